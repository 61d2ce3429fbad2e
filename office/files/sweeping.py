"""Removes files that nothing points to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import models, transaction

from ..models import StoredFile
from .store import exclusive, path_of, root

GRACE = timedelta(hours=24)
BATCH = 200


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
    store's lock.
    """
    rows, strays, freed = 0, 0, 0
    before = now - grace
    unused = StoredFile.objects.filter(last_put_at__lt=before).exclude(pk__in=referenced().values("pk"))
    for pk in list(unused.values_list("pk", flat=True)):
        with transaction.atomic():
            stored = StoredFile.objects.select_for_update().filter(pk=pk, last_put_at__lt=before).first()
            if stored is None or referenced().filter(pk=pk).exists():
                continue
            path = path_of(stored.office_id, stored.sha256)
            stored.delete()
            with exclusive():
                freed += _remove(path)
        rows += 1
    for path in _old_files(before):
        known = StoredFile.objects.filter(office_id=_office_of(path), sha256=path.name).exists()
        if known and not path.name.startswith("."):
            continue
        with exclusive():
            if _is_old(path, before):
                freed += _remove(path)
                strays += 1
    return Swept(rows, strays, freed)


def _office_of(path: Path) -> int:
    name = path.relative_to(root()).parts[0]
    return int(name) if name.isdigit() else 0


def _old_files(before: datetime) -> list[Path]:
    if not root().is_dir():
        return []
    return [p for p in sorted(root().glob("*/*/*/*")) if p.is_file() and _is_old(p, before)]


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
