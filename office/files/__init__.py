"""Files (文件): kept by the hash of their content, checked by content, sealed at rest."""

from .errors import BadFile, FileDamaged
from .kinds import ALL, BY_NAME, DEEPER, DOCUMENTS, IMAGES, FileKind, sniff
from .store import put, read
from .sweeping import Swept, sweep

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
    "put",
    "read",
    "sniff",
    "sweep",
]
