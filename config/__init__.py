"""Settings, URLs and entry points: mounts everything, holds no rule."""
