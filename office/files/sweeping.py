"""Removes files that nothing points to."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.db import models, transaction

from ..models import StoredFile
from .store import LEFT_OVER, exclusive, path_of, root

GRACE = timedelta(hours=24)
BATCH = 500
HASH = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True)
class Swept:
    """What a sweep removed: rows with their files, files without a row, left-over temporary files."""

    rows: int
    strays: int
    bytes: int


def referenced() -> models.QuerySet:
    """Return the stored files some other row points to, whatever floor that row is on."""
    condition = models.Q(pk__in=[])
    # include_hidden: a key with related_name="+" holds a file as fast as any other.
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.is_relation):
            continue
        holders = relation.related_model._base_manager.filter(**{relation.field.name: models.OuterRef("pk")})
        condition |= models.Q(models.Exists(holders))
    return StoredFile.objects.filter(condition)


def sweep(now: datetime, grace: timedelta = GRACE) -> Swept:
    """Remove files nothing points to that were last put longer ago than the grace time.

    Safe beside uploads: a row is removed under its lock after it was looked at again, a file under the
    store's lock. What a backup or an upload is holding at the moment is left for the next sweep.
    """
    rows, strays, freed = 0, 0, 0
    before = now - grace
    unused = StoredFile.objects.filter(last_put_at__lt=before).exclude(pk__in=referenced().values("pk"))
    for pk in list(unused.values_list("pk", flat=True)):
        with contextlib.suppress(BlockingIOError), transaction.atomic():
            stored = StoredFile.objects.select_for_update().filter(pk=pk, last_put_at__lt=before).first()
            if stored is None or referenced().filter(pk=pk).exists():
                continue
            path = path_of(stored.office_id, stored.sha256)
            stored.delete()
            with exclusive():
                freed += _remove(path)
            rows += 1
    for path in _strays(before):
        with contextlib.suppress(BlockingIOError), exclusive():
            if _is_old(path, before):
                freed += _remove(path)
                strays += 1
    return Swept(rows, strays, freed)


def discard(pks: Iterable[int]) -> int:
    """Remove files at once, without the grace time, unless something points to them; returns how many.

    For what may not stay an hour longer. Called after the commit that let go of them; one that a backup holds at the
    moment is left for the next sweep.
    """
    gone = 0
    for pk in pks:
        with contextlib.suppress(BlockingIOError), transaction.atomic():
            stored = StoredFile.objects.select_for_update().filter(pk=pk).first()
            if stored is None or referenced().filter(pk=pk).exists():
                continue
            path = path_of(stored.office_id, stored.sha256)
            stored.delete()
            with exclusive():
                _remove(path)
            gone += 1
    return gone


def _strays(before: datetime) -> Iterator[Path]:
    """Yield old files that belong to nobody: left over from writing, or without a row."""
    if not root().is_dir():
        return
    paths = (p for p in root().glob("*/*/*/*") if _is_ours(p) and p.is_file() and _is_old(p, before))
    for batch in _batches(paths):
        rows = StoredFile.objects.filter(sha256__in={path.name for path in batch})
        known = set(rows.values_list("office_id", "sha256"))
        yield from (path for path in batch if (int(path.parts[-4]), path.name) not in known)


def _is_ours(path: Path) -> bool:
    """Tell whether this store could have given a file its name and place."""
    office, *folders, name = path.parts[-4:]
    if not office.isdecimal():
        return False
    return name.startswith(LEFT_OVER) or (bool(HASH.match(name)) and folders == [name[:2], name[2:4]])


def _batches(paths: Iterator[Path]) -> Iterator[list[Path]]:
    while batch := list(islice(paths, BATCH)):
        yield batch


def _is_old(path: Path, before: datetime) -> bool:
    try:
        return path.stat().st_mtime < before.timestamp()
    except FileNotFoundError:
        return False


def _remove(path: Path) -> int:
    try:
        size = path.stat().st_size
        path.unlink()
    except FileNotFoundError:
        return 0
    return size
