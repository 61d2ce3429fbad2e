"""Makes a backup."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from ..files.store import path_of, shared
from ..models import StoredFile
from . import database, manifest
from .errors import BackupFault


def backup(to: Path, *, now: datetime, keys_to: Path | None = None) -> dict[str, int]:
    """Write database, files and keys into three folders of `to`, each with a manifest of its own.

    `keys_to` puts the keys' folder elsewhere: a backup that lies beside its keys protects nothing. The sweep
    is held off between dump and copy, so that no file the dump knows is missing. Returns how much was saved.
    Raises BackupFault where the target is not empty or a file is missing.
    """
    keys_to = keys_to or to / "keys"
    for folder in (to, keys_to):
        outside(folder)
        if folder.exists() and any(folder.iterdir()):
            raise BackupFault(f"{folder} 不是空目录，请换一个目录")
    parts = (to / "database", to / "files", keys_to)
    for folder in parts:
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    try:
        return _fill(*parts, now)
    except BaseException:
        for folder in parts:  # half a backup must not be taken for one, nor fill the disk night after night
            shutil.rmtree(folder, ignore_errors=True)
        raise


def outside(folder: Path) -> None:
    """Refuse a backup's folder in a place that a sweep or a restore empties. Raises BackupFault."""
    for place in (Path(settings.FILES_DIR).resolve(), Path(settings.KEY_DIR).resolve()):
        if folder.resolve().is_relative_to(place):
            raise BackupFault(f"{folder} 在系统自己的目录 {place} 之内，备份不能放在那里")


def _fill(to_database: Path, to_files: Path, to_keys: Path, now: datetime) -> dict[str, int]:
    facts = {"backup": uuid4().hex, "made_at": now.isoformat(), "vendor": connection.vendor}
    with shared():
        rows = database.dump(to_database / database.file_name())
        saved = _copy_files(to_files)
    migrations = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
    manifest.write(to_database, "database", rows=rows, migrations=migrations, **facts)
    manifest.write(to_files, "files", **facts)
    for path in sorted(Path(settings.KEY_DIR).glob("*")):
        if path.is_file() and not path.name.startswith("."):
            shutil.copy2(path, to_keys / path.name)
    manifest.write(to_keys, "keys", **facts)
    return {"tables": len(rows), "rows": sum(rows.values()), "files": saved}


def _copy_files(target: Path) -> int:
    """Copy every stored file as it lies on disk, sealed."""
    saved, missing = 0, []
    for stored in StoredFile.objects.order_by("pk").iterator():
        source = path_of(stored.office_id, stored.sha256)
        copy = target / str(stored.office_id) / stored.sha256[:2] / stored.sha256[2:4] / stored.sha256
        copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            shutil.copy2(source, copy)
        except FileNotFoundError:
            missing.append(stored.pk)
        saved += 1
    if missing:
        raise BackupFault(f"有 {len(missing)} 个文件不在存储中（编号 {missing[0]} 等），备份不完整")
    return saved
