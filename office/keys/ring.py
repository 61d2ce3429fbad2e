"""The key rings: one file for each purpose in KEY_DIR, every key under a version number."""

from __future__ import annotations

import base64
import json
import os
import secrets
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

#: What the keys are for. Each has a file of its own, so that they can be handed out apart.
PURPOSES = ("encryption", "search", "query")
KEY_BYTES = 32


class KeyMissing(RuntimeError):
    """Raised when a key file, or a version in it, is not there; its message never holds a key."""


@dataclass(frozen=True)
class Ring:
    """The keys of one purpose: all that are kept, and which of them seals what is new."""

    purpose: str
    current: int
    _keys: dict[int, bytes] = field(repr=False)

    @property
    def versions(self) -> tuple[int, ...]:
        """Return the versions kept, oldest first."""
        return tuple(sorted(self._keys))

    def key(self, version: int | None = None) -> bytes:
        """Return the key of a version, or of the current one."""
        wanted = self.current if version is None else version
        try:
            return self._keys[wanted]
        except KeyError:
            raise KeyMissing(f"密钥环 {self.purpose} 没有第{wanted}版密钥") from None


_cache: dict[Path, tuple[tuple[int, int], Ring]] = {}
_lock = threading.RLock()  # adding a version makes the first key where there is none yet


def path_of(purpose: str) -> Path:
    """Return the file of a purpose."""
    if purpose not in PURPOSES:
        raise KeyMissing(f"没有 {purpose} 这种密钥")
    return Path(settings.KEY_DIR) / f"{purpose}.json"


def ring(purpose: str) -> Ring:
    """Return the ring of a purpose, read again whenever its file has changed.

    A missing file is made where the setting KEY_AUTOCREATE allows it, else refused: a server that merely
    forgot to mount its keys must not seal new rows under a key of its own.
    """
    path = path_of(purpose)
    try:
        stat = path.stat()
    except FileNotFoundError:
        if not getattr(settings, "KEY_AUTOCREATE", True):
            raise KeyMissing(
                f"找不到密钥文件 {path.name}：请检查 KEY_DIR，或运行 rotatekeys --init"
            ) from None
        create(purpose)
        stat = path.stat()
    stamp = (stat.st_mtime_ns, stat.st_ino)
    cached = _cache.get(path)
    if cached is None or cached[0] != stamp:
        cached = (stamp, _read(purpose, path))
        _cache[path] = cached
    return cached[1]


def create(purpose: str) -> None:
    """Make the first key of a purpose; does nothing where the file is there already."""
    path = path_of(purpose)
    with _lock:
        if not path.exists():
            _write(path, Ring(purpose, 1, {1: secrets.token_bytes(KEY_BYTES)}), exclusive=True)


def add_version(purpose: str) -> int:
    """Add a new key and make it current; the older ones are kept. Returns the new version."""
    with _lock:
        old = ring(purpose)
        new = max(old.versions) + 1
        keys = {version: old.key(version) for version in old.versions}
        keys[new] = secrets.token_bytes(KEY_BYTES)
        _write(path_of(purpose), Ring(purpose, new, keys))
    return new


def drop_version(purpose: str, version: int) -> None:
    """Take an older key out of the ring for good; the caller has made sure that nothing uses it."""
    with _lock:
        old = ring(purpose)
        if version == old.current:
            raise KeyMissing("现行密钥不能删除")
        keys = {kept: old.key(kept) for kept in old.versions if kept != version}
        _write(path_of(purpose), Ring(purpose, old.current, keys))


def _read(purpose: str, path: Path) -> Ring:
    try:
        raw = json.loads(path.read_text(encoding="ascii"))
        keys = {int(version): base64.b64decode(text, validate=True) for version, text in raw["keys"].items()}
        found = Ring(purpose, int(raw["current"]), keys)
    except (ValueError, KeyError, TypeError, AttributeError):
        # The cause is dropped on purpose: it would quote the file.
        raise KeyMissing(f"密钥文件 {path.name} 已损坏") from None
    if raw.get("purpose") != purpose or any(len(key) != KEY_BYTES for key in keys.values()):
        raise KeyMissing(f"密钥文件 {path.name} 不是 {purpose} 的密钥")
    found.key()
    return found


def _write(path: Path, made: Ring, *, exclusive: bool = False) -> None:
    """Write a ring whole: a reader sees the old file or the new one, and a crash leaves either."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    body = {
        "purpose": made.purpose,
        "current": made.current,
        "keys": {str(v): base64.b64encode(made.key(v)).decode("ascii") for v in made.versions},
    }
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".ring-")  # mkstemp makes it 0600
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            json.dump(body, stream, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        if exclusive:
            try:
                os.link(temporary, path)
            except FileExistsError:
                return  # another process was first: its key is the key
        else:
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
