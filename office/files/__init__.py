"""Files (文件): kept by the hash of their content, checked by content, sealed at rest."""

from .errors import BadFile, FileDamaged
from .kinds import ALL, BY_NAME, DEEPER, DOCUMENTS, IMAGES, FileKind, sniff
from .store import put, read
from .sweeping import Swept, discard, sweep

__all__ = [
    "ALL",
    "BY_NAME",
    "DEEPER",
    "DOCUMENTS",
    "IMAGES",
    "BadFile",
    "FileDamaged",
    "FileKind",
    "Swept",
    "discard",
    "put",
    "read",
    "sniff",
    "sweep",
]
