"""The manifest of a backup: what is in each folder, with sizes and hashes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from .errors import BackupFault

NAME = "manifest.json"
FORMAT = 1


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def listing(folder: Path) -> dict[str, dict[str, Any]]:
    """Return every file below a folder with size and hash; the manifest itself is left out."""
    return {
        path.relative_to(folder).as_posix(): {"size": path.stat().st_size, "sha256": digest(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != NAME
    }


def write(folder: Path, part: str, **facts: Any) -> None:
    """Write a folder's manifest, so that each folder can be kept and checked apart from the others."""
    body = {"format": FORMAT, "part": part, **facts, "files": listing(folder)}
    path = folder / NAME
    path.write_text(json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    path.chmod(0o600)


def check(folder: Path, part: str) -> dict[str, Any]:
    """Return a folder's manifest after comparing every file with it. Raises BackupFault."""
    try:
        body: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BackupFault(f"{folder} 不是备份的 {part} 部分：没有 {NAME}") from None
    except ValueError:
        raise BackupFault(f"{folder / NAME} 已损坏") from None
    if body.get("format") != FORMAT or body.get("part") != part:
        raise BackupFault(f"{folder} 不是备份的 {part} 部分，或版本不符")
    there = listing(folder)
    for name in sorted(body["files"].keys() | there.keys()):
        if there.get(name) != body["files"].get(name):
            kind = "缺失" if name not in there else "多余" if name not in body["files"] else "已损坏"
            raise BackupFault(f"备份的 {part} 部分{kind}：{name}")
    return body
