"""What one run may use, and how a process puts the limits on itself."""

from __future__ import annotations

import resource
from dataclasses import asdict, dataclass
from typing import Any

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The limits of one run: memory, processor and wall time, files, pages, pixels, characters."""

    memory: int = 1024 * MIB
    cpu_seconds: int = 240
    wall_seconds: int = 300
    file_bytes: int = 200 * MIB
    open_files: int = 256
    pages: int = 2000
    pixels: int = 80_000_000
    page_points: int = 14_400
    characters: int = 3_000_000
    cells: int = 400_000
    members: int = 200
    member_bytes: int = 20 * MIB
    unpacked_bytes: int = 300 * MIB
    ratio: int = 200

    def __post_init__(self) -> None:
        """Refuse more memory than a sandbox may ever have."""
        if self.memory > 1024 * MIB:
            raise ValueError("the sandbox has at most 1 GiB")

    def plain(self) -> dict[str, int]:
        """Return the limits as they travel to the process."""
        return asdict(self)


def impose(limits: Limits) -> None:
    """Put the limits on this process and on whatever it starts; they cannot be raised again."""
    _set(resource.RLIMIT_AS, limits.memory)
    _set(resource.RLIMIT_CPU, limits.cpu_seconds)
    _set(resource.RLIMIT_FSIZE, limits.file_bytes)
    _set(resource.RLIMIT_NOFILE, limits.open_files)
    _set(resource.RLIMIT_CORE, 0)


def _set(what: Any, most: int) -> None:
    _, hard = resource.getrlimit(what)
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (least, least))
