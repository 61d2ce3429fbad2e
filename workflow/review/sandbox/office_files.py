"""Office documents become PDF through LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from workflow.review.sandbox.limits import Limits
from workflow.review.sandbox.packages import look
from workflow.review.sandbox.unfit import Unfit

#: Looked for in this order, unless another program is named.
PROGRAMS = ("soffice", "libreoffice")
NO_PROGRAM = "本机没有安装 LibreOffice，不能显示 {label}；请在 Word、WPS 中打印（另存）为 PDF 后上传 PDF。"
FAILED = "文档无法转换为页面，可能已损坏；请在 Word、WPS 中打印（另存）为 PDF 后上传 PDF。"
LABELS = {"docx": "Word 文档", "pptx": "演示文稿", "odt": "ODT 文档"}
#: Left for reading the made PDF after the conversion.
RESERVED_SECONDS = 60


def to_pdf(kind: str, content: bytes, converter: str, limits: Limits) -> bytes:
    """Return the PDF of an Office document, checked before it is opened. Raises Unfit.

    :param converter: the program to use; blank looks for LibreOffice, ``none`` does as if there were none
    """
    look(kind, content, limits)
    program = _program(converter)
    if program is None:
        raise Unfit("no_converter", NO_PROGRAM.format(label=LABELS[kind]))
    source = Path(f"document.{kind}")
    source.write_bytes(content)
    command = [
        program, "--headless", "--norestore", "--nolockcheck", "--nodefault", "-env:UserInstallation=file://" + str(Path("profile").resolve()),
        "--convert-to", "pdf", "--outdir", ".", str(source),
    ]  # fmt: skip
    try:
        subprocess.run(
            command, check=False, timeout=max(10, limits.wall_seconds - RESERVED_SECONDS), capture_output=True
        )
    except subprocess.TimeoutExpired:
        raise Unfit("file_slow", "文档过于复杂，没有转换完，请打印为 PDF 后上传。") from None
    made = Path("document.pdf")
    if not made.is_file():
        raise Unfit("file_broken", FAILED)
    return made.read_bytes()


def _program(converter: str) -> str | None:
    if converter == "none":
        return None
    return next(
        (found for name in ([converter] if converter else PROGRAMS) if (found := shutil.which(name))), None
    )
