"""Burn, prove and put in place: the copy and its certificate appear together and whole, or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workflow.review.redaction.burn import Progress, burn
from workflow.review.redaction.certificate import certificate
from workflow.review.redaction.errors import BadSource
from workflow.review.redaction.marks import Mark, Wanted
from workflow.review.redaction.pages import DPI
from workflow.review.redaction.prove import prove


def release(
    source: Path,
    out: Path,
    certificate_path: Path,
    marks: Sequence[Mark] = (),
    wanted: Sequence[Wanted] = (),
    *,
    dpi: float = DPI,
    layer: bool = False,
    read: bool = True,
    workers: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Write a proved copy and its certificate, and return the certificate.

    :raises BadSource: where the source cannot be read, or a file cannot be written or is one that is read
    :raises BadPlan: as `burn`
    :raises NotLocated: as `burn`
    :raises Leaks: as `prove`
    """
    _apart(source, out, certificate_path)
    held, held_certificate = _beside(out), None
    try:
        copy = burn(
            source, held, marks, wanted, dpi=dpi, layer=layer, read=read, workers=workers, progress=progress
        )
        made = certificate(copy, prove(copy, workers=workers))
        held_certificate = _beside(certificate_path)
        held_certificate.write_text(json.dumps(made, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        _put(held_certificate, certificate_path, held, out)
    except OSError as error:
        raise BadSource(
            f"不能写入：{error.strerror or error}，请换一个可以写入的位置", field="out"
        ) from error
    finally:
        held.unlink(missing_ok=True)
        if held_certificate is not None:
            held_certificate.unlink(missing_ok=True)
    return made


def _apart(source: Path, out: Path, certificate_path: Path) -> None:
    """Refuse to write over what is read, or two files into one."""
    for field, path in (("out", out), ("certificate", certificate_path)):
        if path.is_dir():
            raise BadSource(f"{path} 是目录，请写明文件名", field=field)
        if path.resolve() == source.resolve() or (
            path.exists() and source.exists() and path.samefile(source)
        ):
            raise BadSource(f"{path} 就是原件，不能覆盖，请另选文件名", field=field)
    if out.resolve() == certificate_path.resolve():
        raise BadSource("副本和见证书不能写入同一个文件", field="certificate")


def _beside(path: Path) -> Path:
    """Return a new, empty file in the same directory, so that putting it in place is one step."""
    try:
        number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        os.close(number)
    except OSError as error:
        raise BadSource(f"不能写入 {path}：{error.strerror}，请换一个可以写入的位置", field="out") from error
    return Path(name)


def _put(certificate_file: Path, certificate_path: Path, copy_file: Path, out: Path) -> None:
    """Put both in place, the certificate first: one without its copy does no harm, a copy without it might go out."""
    umask = os.umask(0)
    os.umask(umask)
    for path in (certificate_file, copy_file):
        path.chmod(0o666 & ~umask)
        with path.open("rb") as file:
            os.fsync(file.fileno())
    certificate_file.replace(certificate_path)
    try:
        copy_file.replace(out)
    except OSError:
        certificate_path.unlink(missing_ok=True)
        raise
