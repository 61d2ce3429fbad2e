"""Tells what a file is by its content; the name it came with is never believed."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from dataclasses import dataclass

from .errors import BadFile


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is taken in."""

    name: str
    content_type: str
    label: str


PDF = FileKind("pdf", "application/pdf", "PDF")
JPEG = FileKind("jpg", "image/jpeg", "JPG 图片")
PNG = FileKind("png", "image/png", "PNG 图片")
TIFF = FileKind("tiff", "image/tiff", "TIFF 图片")
_OOXML = "application/vnd.openxmlformats-officedocument."
DOCX = FileKind("docx", _OOXML + "wordprocessingml.document", "Word 文档（docx）")
XLSX = FileKind("xlsx", _OOXML + "spreadsheetml.sheet", "Excel 表格（xlsx）")
PPTX = FileKind("pptx", _OOXML + "presentationml.presentation", "PowerPoint 演示文稿（pptx）")
ODT = FileKind("odt", "application/vnd.oasis.opendocument.text", "ODT 文档")
TXT = FileKind("txt", "text/plain", "纯文本（txt）")
HTML = FileKind("html", "text/html", "网页（html）")
EML = FileKind("eml", "message/rfc822", "电子邮件（eml）")
ZIP = FileKind("zip", "application/zip", "压缩包（zip）")

IMAGES = frozenset({JPEG, PNG, TIFF})
DOCUMENTS = frozenset({PDF, DOCX, XLSX, PPTX, ODT, TXT})
ALL = IMAGES | DOCUMENTS
#: Taken only where a deeper look than here has told what the file is.
DEEPER = frozenset({HTML, EML, ZIP})
BY_TYPE = {kind.content_type: kind for kind in ALL}
BY_NAME = {kind.name: kind for kind in ALL | DEEPER}

_MAIN_PARTS = {
    "word/document.xml": DOCX,
    "xl/workbook.xml": XLSX,
    "ppt/presentation.xml": PPTX,
}
MAX_ENTRIES = 10_000
MAX_UNPACKED = 500 * 1024 * 1024
_MARKUP = ("<!doctype html", "<html", "<script", "<svg", "<?xml", "<?php", "<body")


def sniff(content: bytes) -> FileKind | None:
    """Return the kind of a file by its content, or None when it is none that is taken in.

    Raises BadFile for a file that is recognised but must be brought in another form.
    """
    head = content[:16]
    if head.startswith(b"%PDF-"):
        return _whole_pdf(content)
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        if b"IEND" not in content[-64:]:
            raise _cut("PNG 图片")
        return PNG
    if head[:4] in (b"II*\x00", b"MM\x00*"):
        return TIFF
    if head.startswith(b"PK\x03\x04"):
        return _packed(content)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise BadFile(
            "old_office_file",
            "这是旧版 Office/WPS 文件（doc、xls、ppt），请另存为 docx、xlsx 或 PDF 后上传。",
        )
    return TXT if _is_text(content) else None


def _whole_pdf(content: bytes) -> FileKind:
    if b"%%EOF" not in content[-2048:]:
        raise _cut("PDF 文件")
    return PDF


def _cut(label: str) -> BadFile:
    return BadFile("file_cut", f"{label}不完整，可能未传完，请重新上传。")


def _packed(content: bytes) -> FileKind | None:
    """Look into a zip container; its own table of contents says what it is."""
    # Counted before it is read: a table of contents of some hundred thousand entries alone fills the memory.
    if content.count(b"PK\x01\x02") > MAX_ENTRIES:
        raise BadFile("file_bomb", "文件解压后过大，无法接收，请拆分后上传。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise BadFile("file_bomb", "文件解压后过大，无法接收，请拆分后上传。")
            if any(entry.flag_bits & 1 for entry in entries):
                raise BadFile("file_locked", "文件设有密码，请取消密码后上传。")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise BadFile("file_macro", "文件含有宏，请另存为不含宏的 docx、xlsx 或 PDF 后上传。")
            if "[Content_Types].xml" in names:
                return next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype").decode("ascii", "replace").strip()
                return ODT if kind == ODT.content_type else None
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError):
        raise _cut("文件") from None
    return None


def decode(content: bytes) -> str | None:
    """Decode text as UTF-8 or GB18030; None when it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _is_text(content: bytes) -> bool:
    text = decode(content)
    if text is None or text.lstrip().lower().startswith(_MARKUP):
        return False
    # Cn and Co: GB18030 decodes nearly any bytes, but then into characters that do not exist.
    return all(c in "\t\n\r\f" or unicodedata.category(c) not in ("Cc", "Cn", "Co", "Cs") for c in set(text))
