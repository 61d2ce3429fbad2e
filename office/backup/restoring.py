"""Restores a backup and proves that it came back whole."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from .. import files, journal
from ..models import StoredFile
from . import database, manifest
from .errors import BackupFault
from .making import outside


def restore(source: Path, *, keys_from: Path | None = None, force: bool = False) -> dict[str, int]:
    """Put a backup in place of what is here; nothing is touched before the whole backup was checked.

    Refuses a target that holds anything unless `force` is set. Afterwards counts rows, opens every file and
    goes through the journal. Raises BackupFault.
    """
    keys_from = keys_from or source / "keys"
    parts = {"database": source / "database", "files": source / "files", "keys": keys_from}
    for folder in parts.values():
        outside(folder)
    read = {part: manifest.check(folder, part) for part, folder in parts.items()}
    if len({body["backup"] for body in read.values()}) != 1:
        raise BackupFault("数据库、文件、密钥三部分不是同一次备份")
    if read["database"]["vendor"] != connection.vendor:
        raise BackupFault(f"备份来自 {read['database']['vendor']}，不能恢复到 {connection.vendor}")
    if not force and (held := _held()):
        raise BackupFault(f"目标不是空的（{'、'.join(held)}），确需覆盖请加 --force")
    # Keys first: a restore broken off later leaves nothing that cannot be read.
    _replace(parts["keys"], Path(settings.KEY_DIR))
    _replace(parts["files"], Path(settings.FILES_DIR))
    database.load(parts["database"] / database.file_name())
    return _proof(read["database"])


def _held() -> list[str]:
    """Name what the target holds already."""
    held = ["数据库"] if database.holds_rows() else []
    if any(Path(settings.FILES_DIR).glob("*/*/*/*")):
        held.append("文件")
    if any(Path(settings.KEY_DIR).glob("*.json")):
        held.append("密钥")
    return held


def _replace(source: Path, target: Path) -> None:
    """Put a folder's files in place of a directory's content; the directory itself may be a mount point."""
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for old in target.iterdir():
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    for path in sorted(source.rglob("*")):
        if path.is_file() and path.name != manifest.NAME:
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copy2(path, copy)
            copy.chmod(0o600)


def _proof(body: dict[str, Any]) -> dict[str, int]:
    rows = database.counts()
    different = sorted(
        table for table in body["rows"].keys() | rows.keys() if body["rows"].get(table) != rows.get(table)
    )
    if different:
        raise BackupFault(f"恢复后行数与备份不符：{'、'.join(different)}")
    opened = 0
    for stored in StoredFile.objects.order_by("pk").iterator():
        files.read(stored)
        opened += 1
    fault = next(journal.verify(), None)
    if fault is not None:
        raise BackupFault(f"恢复后留痕链断裂：{fault}")
    return {"tables": len(rows), "rows": sum(rows.values()), "files": opened}
