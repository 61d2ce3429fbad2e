"""Which article lives in which file, which tests pin it, which letters and acts rest on it."""

from law.index.listing import Entry, entries, render

__all__ = ["Entry", "entries", "render"]
