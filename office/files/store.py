"""Puts files on disk under the hash of their content, and reads them back, checked."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from ..keys.cipher import NONCE, decrypt, encrypt
from ..keys.ring import ring
from ..models import Office, StoredFile
from .errors import BadFile, FileDamaged
from .kinds import ALL, FileKind, sniff

MAGIC = b"GKF1"
DEFAULT_LIMIT = 20 * 1024 * 1024
#: What the name of a file begins with while it is being written; a crash leaves it so.
LEFT_OVER = ".put-"


def root() -> Path:
    """Return the directory of all files."""
    return Path(settings.FILES_DIR)


def path_of(office_id: int, sha256: str) -> Path:
    """Return where a file of an office lies; each office has a directory of its own."""
    return root() / str(office_id) / sha256[:2] / sha256[2:4] / sha256


def put(
    *,
    office: Office,
    content: bytes,
    name: str,
    now: datetime,
    allow: Collection[FileKind] = ALL,
    most: int | None = None,
    kind: FileKind | None = None,
) -> StoredFile:
    """Take in a file of an office, or return the one with the same content.

    `name` is what the sender called it, for messages only; `most` is the largest size in bytes, where it is not
    that of uploads; `kind` is what the caller has found it to be by its content, where it looked deeper. Raises BadFile with a Chinese reason when it is
    empty, too large, or of a kind not in `allow`. A file put in a transaction that fails later is swept away.
    """
    kind = check(content=content, name=name, allow=allow, most=most, kind=kind)
    sha256 = hashlib.sha256(content).hexdigest()
    encrypted = bool(getattr(settings, "FILES_ENCRYPTED", True))
    version = ring("encryption").current if encrypted else 0
    with transaction.atomic():
        stored = _row(office, sha256, now)
        if stored is None:
            try:
                with transaction.atomic():
                    stored = StoredFile.objects.create(
                        office=office,
                        sha256=sha256,
                        size=len(content),
                        content_type=kind.content_type,
                        key_version=version,
                        created_at=now,
                        last_put_at=now,
                    )
            except IntegrityError:  # another upload of the same content was first
                stored = StoredFile.objects.select_for_update().get(office=office, sha256=sha256)
        with shared():
            path = path_of(office.pk, sha256)
            if path.exists():
                os.utime(path)  # fresh again: the sweep leaves it alone
            else:
                write(path, pack(content, sha256, stored.key_version))
    return stored


def check(
    *, content: bytes, name: str, allow: Collection[FileKind] = ALL, most: int | None = None,
    kind: FileKind | None = None,
) -> FileKind:  # fmt: skip
    """Return the kind of a file that may be taken in. Raises BadFile."""
    limit = most if most is not None else int(getattr(settings, "FILE_MAX_BYTES", DEFAULT_LIMIT))
    if not content:
        raise BadFile("file_empty", f"“{name}”是空文件，请检查后重新上传。")
    if len(content) > limit:
        raise BadFile("file_too_large", f"“{name}”超过{limit // 1024 // 1024} MB，请压缩或拆分后上传。")
    try:
        kind = kind or sniff(content)
    except BadFile as error:
        raise BadFile(error.code, f"“{name}”：{error.message}") from None
    if kind is None or kind not in allow:
        labels = "、".join(sorted(k.label for k in allow))
        raise BadFile("file_kind", f"“{name}”的内容不是可接收的类型（{labels}），请转换后上传。")
    return kind


def read(stored: StoredFile) -> bytes:
    """Return the content of a stored file, its hash checked. Raises FileDamaged."""
    path = path_of(stored.office_id, stored.sha256)
    try:
        content = unpack(path.read_bytes(), stored.sha256)
    except FileNotFoundError:
        raise FileDamaged(f"文件 {stored.pk} 不在存储中") from None
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise FileDamaged(f"文件 {stored.pk} 的内容与哈希不符")
    return content


def _row(office: Office, sha256: str, now: datetime) -> StoredFile | None:
    """Return the row of this content, locked and marked as just put, so that no sweep takes it."""
    stored = StoredFile.objects.select_for_update().filter(office=office, sha256=sha256).first()
    if stored is not None and stored.last_put_at < now:
        stored.last_put_at = now
        stored.save(update_fields=["last_put_at"])
    return stored


def pack(content: bytes, sha256: str, version: int) -> bytes:
    """Return what goes on disk: the content, or its seal under the version given (0: not sealed)."""
    if version == 0:
        return content
    header = MAGIC + version.to_bytes(4, "big")
    return header + encrypt(ring("encryption").key(version), content, header + sha256.encode("ascii"))


def unpack(packed: bytes, sha256: str) -> bytes:
    """Return the content of what is on disk; the header says which key, not the row."""
    version = version_on_disk(packed)
    if version == 0:
        return packed
    header = packed[: len(MAGIC) + 4]
    key = ring("encryption").key(version)
    return decrypt(key, packed[len(header) :], header + sha256.encode("ascii"))


def version_on_disk(packed: bytes) -> int:
    """Return the version of the key a file on disk is sealed with, 0 for none.

    No kind that is taken in begins with the mark except plain text, and that would hold no zero bytes.
    """
    if packed.startswith(MAGIC) and len(packed) > len(MAGIC) + 4 + NONCE and packed[len(MAGIC)] == 0:
        return int.from_bytes(packed[len(MAGIC) : len(MAGIC) + 4], "big")
    return 0


def write(path: Path, packed: bytes) -> None:
    """Write a file whole: it is under its name with all its bytes on disk, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=LEFT_OVER)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(packed)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


@contextmanager
def _locked(how: int) -> Iterator[None]:
    root().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (root() / ".lock").open("a") as handle:
        fcntl.flock(handle, how)
        yield


@contextmanager
def shared() -> Iterator[None]:
    """Hold the store against a sweep; any number of writers may."""
    with _locked(fcntl.LOCK_SH):
        yield


@contextmanager
def exclusive() -> Iterator[None]:
    """Hold the store against every writer, for the moment of changing or removing one file.

    Never waits, since the caller holds database locks that others wait for, and a backup holds the store for
    as long as it takes. Raises BlockingIOError while any writer or backup is at it.
    """
    with _locked(fcntl.LOCK_EX | fcntl.LOCK_NB):
        yield
