"""Open an uploaded working copy without trusting it: its size, its parts, its relations, its XML."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any

from lxml import etree

from office.errors import Refusal

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_PART = 8 * 1024 * 1024
LARGEST_WHOLE = 32 * 1024 * 1024
MOST_ENTRIES = 400
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OFFICE_DOCUMENT = "/officeDocument"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
# What a relation may lead out of the document to: a link that only shows its text. Never a template, a picture, data.
HARMLESS_OUTSIDE = ("/hyperlink",)
EMBEDDED = (
    "/oleObject",
    "/package",
    "/control",
    "/aFChunk",
    "/frame",
    "/subDocument",
    "/attachedTemplate",
    "/mailMerge",
)
MACRO = ("vbaproject.bin", "vbadata.xml")


class BadWorkingCopy(Refusal):
    """Raised for a working copy that cannot be taken in, with the way out in Chinese."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message, field="edited_copy")


def main_part(content: bytes) -> tuple[Any, Any, dict[str, Any]]:
    """Return the roots of the document's main part and of its styles (None without), and its properties.

    Raises BadWorkingCopy for what is no such document, is too large, holds macros or embedded things, leads
    outside, or is not plain XML.
    """
    if len(content) > LARGEST_FILE:
        raise BadWorkingCopy(
            "too_large", f"文件过大，最多{LARGEST_FILE // 1024 // 1024}MB。请上传从系统导出的工作稿。"
        )
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise BadWorkingCopy(
            "old_or_locked", "这是旧版 doc 文件或者加了密码的文件，请取消密码并另存为 docx 后上传。"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _entries(archive)
            main = _main(archive, parts)
            _relations(archive, parts)
            styles = parts.get(f"{posixpath.dirname(main)}/styles.xml")
            return (
                _parsed(archive, parts[main]),
                _parsed(archive, styles) if styles is not None else None,
                _properties(archive, parts),
            )
    except (
        zlib.error,
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        OSError,
        EOFError,
        ValueError,
        KeyError,
    ) as error:
        raise BadWorkingCopy(
            "not_docx", "这不是完整的 docx 文件，请在 Word 或者 WPS 中另存为 docx 后上传。"
        ) from error


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
        raise BadWorkingCopy("bomb", "文件解开后过大，不能接收。请上传从系统导出的工作稿。")
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = entry.filename.replace("\\", "/").lstrip("/").lower()
        if entry.flag_bits & 1:
            raise BadWorkingCopy("locked", "文件设有密码，请取消密码后上传。")
        if name in found:
            raise BadWorkingCopy(
                "doubled", "文件的内部结构重复，可能被改造过，不能接收。请另存为新的 docx 后上传。"
            )
        if name.rpartition("/")[2] in MACRO:
            raise BadWorkingCopy("macro", "文件含有宏，不能接收。请另存为不含宏的 docx 后上传。")
        if "/embeddings/" in name or "/activex/" in name:
            raise BadWorkingCopy("embedded", "文件中嵌有其他文件或者控件，请删除后上传。")
        found[name] = entry
    return found


def _main(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> str:
    """Return the name of the main part, by the relations; its declared type must be that of a plain document."""
    root = _parsed(archive, parts["_rels/.rels"])
    target = next(
        (r.get("Target", "") for r in root.iter(f"{RELATIONS}Relationship") if r.get("Type", "").endswith(OFFICE_DOCUMENT)), ""
    )  # fmt: skip
    name = posixpath.normpath(target.lstrip("/")).lower()
    types = _parsed(archive, parts["[content_types].xml"])
    declared = {
        o.get("PartName", "").lstrip("/").lower(): o.get("ContentType", "")
        for o in types.iter(f"{TYPES}Override")
    }
    if any("macroEnabled" in kind or "vbaProject" in kind for kind in declared.values()):
        raise BadWorkingCopy("macro", "文件含有宏，不能接收。请另存为不含宏的 docx 后上传。")
    if name not in parts or declared.get(name) != MAIN_TYPE:
        raise BadWorkingCopy("not_docx", "这不是 docx 文稿。请上传从系统导出、修改后的工作稿。")
    return name


def _relations(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> None:
    for name, entry in parts.items():
        if not name.endswith(".rels"):
            continue
        for relation in _parsed(archive, entry).iter(f"{RELATIONS}Relationship"):
            kind = relation.get("Type", "")
            if kind.endswith(EMBEDDED):
                raise BadWorkingCopy(
                    "embedded", "文件中嵌有或者连着其他文件（对象、控件、模板、子文档），请删除后上传。"
                )
            if relation.get("TargetMode") == "External" and not kind.endswith(HARMLESS_OUTSIDE):
                raise BadWorkingCopy("external", "文件连着外部的图片、模板或者数据，请断开链接后上传。")


def _parsed(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Any:
    with archive.open(entry) as file:
        content = file.read(LARGEST_PART + 1)  # what the archive says of its sizes is not believed
    if len(content) > LARGEST_PART:
        raise BadWorkingCopy("bomb", "文件解开后过大，不能接收。请上传从系统导出的工作稿。")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise BadWorkingCopy(
            "bad_xml", "文件的内容已经损坏或者层次过深，请在 Word 或者 WPS 中另存后重新上传。"
        ) from error
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise BadWorkingCopy(
            "doctype", "文件中含有不应有的定义（DTD），不能接收。请在 Word 或者 WPS 中另存后重新上传。"
        )
    return root


def _properties(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> dict[str, Any]:
    entry = parts.get("docprops/core.xml")
    if entry is None:
        return {}
    root = _parsed(archive, entry)
    return {etree.QName(child).localname: child.text or "" for child in root if isinstance(child.tag, str)}
