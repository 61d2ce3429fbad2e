"""Backups: database, files and keys, each in a folder of its own, with a manifest that proves them whole."""

from .errors import BackupFault
from .keeping import dated, keep
from .making import backup
from .restoring import restore

__all__ = ["BackupFault", "backup", "dated", "keep", "restore"]
