"""Backups made every night: a folder for each, the oldest given up."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path

from ..today import SHANGHAI
from . import manifest

DATED = re.compile(r"\d{4}-\d{2}-\d{2}-\d{6}\Z")


def dated(folder: Path, now: datetime) -> Path:
    """Return the folder of a backup made at an instant, named by day and time in Shanghai."""
    return folder / now.astimezone(SHANGHAI).strftime("%Y-%m-%d-%H%M%S")


def keep(folder: Path, newest: int) -> int:
    """Remove all but the newest dated backups of a folder; returns how many.

    Nothing goes but a folder that is named as `dated` names it and holds the manifest of a backup.
    """
    made = sorted(path for path in folder.iterdir() if DATED.match(path.name) and _is_backup(path))
    for path in (gone := made[: max(0, len(made) - newest)]):
        shutil.rmtree(path)
    return len(gone)


def _is_backup(path: Path) -> bool:
    places = (path / manifest.NAME, path / "database" / manifest.NAME)
    return path.is_dir() and not path.is_symlink() and any(place.is_file() for place in places)
