"""Office files as packages of parts: what is not taken in them, what they say, what properties they carry."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from typing import Any
from zlib import error as zlib_error

from workflow.review.sandbox.archives import bearable
from workflow.review.sandbox.limits import Limits
from workflow.review.sandbox.unfit import Unfit

KINDS = ("docx", "xlsx", "pptx", "odt")
ANEW = "请另存为不含这些内容的文件或者打印为 PDF 后上传。"
#: What an external relation may be: a link that a reader would have to click.
LINKS = ("/hyperlink",)
RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
EXTERNAL = re.compile(r"TargetMode\s*=\s*[\"']External[\"']", re.I)
TYPE = re.compile(r"\bType\s*=\s*[\"']([^\"']*)[\"']")
TEXT_PARTS = re.compile(
    r"(word/(document|header\d*|footer\d*|comments|footnotes|endnotes)\.xml|xl/(sharedStrings|workbook)\.xml"
    r"|xl/worksheets/sheet\d+\.xml|ppt/(slides|notesSlides)/\w+\.xml|content\.xml|styles\.xml)\Z"
)
PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "meta.xml")
BREAK = re.compile(r"</(?:w:p|a:p|si|text:p|text:h|row|is)>")
TAG = re.compile(r"<[^>]*>")


def look(kind: str, content: bytes, limits: Limits) -> tuple[str, list[str]]:
    """Refuse macros, what is fetched from elsewhere and entities; return text with properties, and notes. Raises Unfit."""
    notes = []
    with _opened(content, limits) as archive:
        names = archive.namelist()
        _no_programs(names)
        words = [f"{key}：{value}" for key, value in _properties(archive).items()]
        for name in names:
            if name.lower().endswith((".xml", ".rels", ".vml")) or name.startswith("META-INF/"):
                words += _part(archive, name)
        inside = [name for name in names if re.search(r"(^|/)embeddings/|^Object \d+/content\.xml$", name)]
        if inside:
            notes.append(f"文件里嵌有 {len(inside)} 个对象，工作副本只显示其外观；需要公开的请另行上传审查。")
    text = "\n".join(words)
    if kind == "docx" and re.search(r"\bDDE(AUTO)?\b", text):
        raise Unfit("file_macro", f"文件含有会自动取数的域（DDE），{ANEW}")
    return text, notes


def metadata(content: bytes) -> dict[str, str]:
    """Return the properties of an Office file as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return _properties(archive)


def _opened(content: bytes, limits: Limits) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError):
        raise Unfit("file_cut", "文件已损坏或者没有传完，请在原软件中重新保存后上传。") from None
    bearable(archive, len(content), limits, most=5000)
    return archive


def _no_programs(names: list[str]) -> None:
    low = [name.lower() for name in names]
    if any(
        name.endswith(("vbaproject.bin", "vbadata.xml")) or name.startswith(("basic/", "scripts/"))
        for name in low
    ):
        raise Unfit(
            "file_macro", "文件含有宏，请另存为不含宏的 docx、xlsx、pptx、odt 或者打印为 PDF 后上传。"
        )
    if any("/activex/" in name for name in low):
        raise Unfit("file_macro", f"文件含有控件（ActiveX），{ANEW}")
    if any("/externallinks/" in name for name in low):
        raise Unfit("file_external", f"文件引用了其他文件的内容（外部链接），请断开链接，{ANEW}")


def _part(archive: zipfile.ZipFile, name: str) -> list[str]:
    """Check one part and return its text, if it is one that is read."""
    raw = read_part(archive, name)
    if re.search(rb"<!\s*(DOCTYPE|ENTITY)", raw, re.I) or re.search(rb"<\x00?!\x00\s*D\x00O\x00C", raw, re.I):
        raise Unfit("file_entity", f"文件里含有实体声明（DTD），可能用来读取其他文件，{ANEW}")
    text = _decoded(raw)
    if name.endswith(".rels"):
        for relation in RELATION.findall(text):
            kind = TYPE.search(relation)
            if EXTERNAL.search(relation) and not (kind and kind.group(1).endswith(LINKS)):
                raise Unfit("file_external", f"文件引用了外部的图片、模板或者数据，{ANEW}")
    if name.startswith("xl/connections"):
        raise Unfit("file_external", f"表格连接了外部数据，请断开连接，{ANEW}")
    if (
        name == "content.xml"
        and re.search(
            r"xlink:href=\"(?!#|Pictures/|\./Object|mailto:|https?://[^\"]*\"\s+xlink:type=\"simple\"\s+office)[a-z]+:",
            text,
        )
        and re.search(
            r"<(draw:image|draw:object|draw:plugin|text:section-source)[^>]*xlink:href=\"[a-z]+:", text
        )
    ):
        raise Unfit("file_external", f"文件引用了外部的图片或者数据，{ANEW}")
    if not TEXT_PARTS.fullmatch(name):
        return []
    return [unescape(TAG.sub("", BREAK.sub("\n", text)))]


def _decoded(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    return raw.decode("utf-8", "replace")


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return one part of a package. Raises Unfit where it is damaged or locked."""
    try:
        return archive.read(name)
    except RuntimeError:
        raise Unfit("file_locked", "文件设有密码，请取消密码后上传。") from None
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, zlib_error):
        raise Unfit("file_cut", "文件已损坏或者没有传完，请在原软件中重新保存后上传。") from None


def _properties(archive: zipfile.ZipFile) -> dict[str, str]:
    found: dict[str, Any] = {}
    for name in PROPERTIES:
        if name not in archive.namelist():
            continue
        text = _decoded(read_part(archive, name))
        for tag, value in re.findall(r"<(?:\w+:)?(\w+)(?:\s[^>]*)?>([^<>]+)</", text):
            if value.strip():
                found[tag] = unescape(value.strip())[:500]
    return found
