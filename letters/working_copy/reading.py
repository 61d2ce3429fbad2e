"""Read the paragraphs of an uploaded working copy: what a person sees in it, and no more."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from letters.working_copy.container import BadWorkingCopy, main_part
from letters.working_copy.parts import INVISIBLE, TAG

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST_PARAGRAPHS = 3_000
LONGEST = 60_000
LONGEST_WHOLE = 300_000
# What stands in the text and cannot be taken over without guessing: refused, with what to do.
REFUSED = {
    "revision": (
        ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"),
        "文稿中有尚未处理的修订，请先在“审阅”中接受或者拒绝全部修订，再上传。",
    ),
    "picture": (
        ("drawing", "pict", "AlternateContent", "textbox"),
        "文稿中有图片、图形或者文本框，请删除后上传。",
    ),
    "embedded": (("object", "control", "altChunk", "subDoc"), "文稿中嵌有其他文件或者控件，请删除后上传。"),
    "formula": (("oMath", "oMathPara"), "文稿中有公式，请改写成文字后上传。"),
    "footnote": (("footnoteReference", "endnoteReference"), "文稿中有脚注或者尾注，请改写到正文后上传。"),
    "symbol": (("sym",), "文稿中有用符号字体插入的字符，请改用普通字符后上传。"),
}
REFUSED_BY_NAME = {name: (code, says) for code, (names, says) in REFUSED.items() for name in names}
# Taken off with a notice: it is not the text.
COMMENTS = frozenset({"commentRangeStart", "commentRangeEnd", "commentReference"})


@dataclass(frozen=True)
class Paragraph:
    """One paragraph as read: the tag of the locked part it stands in, its style's name, its text."""

    text: str
    style: str = ""
    tag: str = ""
    in_table: bool = False


@dataclass
class Read:
    """What was read of a working copy: its paragraphs, the draft it says it was made from, what was left out."""

    paragraphs: list[Paragraph]
    base_sha256: str = ""
    notices: list[str] = field(default_factory=list)


def read(content: bytes) -> Read:
    """Read an uploaded working copy. Raises BadWorkingCopy with the reason and the way out."""
    root, styles, properties = _opened(content)
    body = root.find(f"{W}body")
    if body is None:
        raise BadWorkingCopy("not_docx", "文稿中没有正文，请上传从系统导出、修改后的工作稿。")
    notices = _judged(body)
    paragraphs: list[Paragraph] = []
    whole = 0
    for paragraph in _paragraphs(body, styles, "", in_table=False):
        paragraphs.append(paragraph)
        whole += len(paragraph.text)
        if len(paragraphs) > MOST_PARAGRAPHS or len(paragraph.text) > LONGEST or whole > LONGEST_WHOLE:
            raise BadWorkingCopy("too_long", "文稿过长，不是一份答复书，请核对后上传。")
    return Read(paragraphs, properties.get("identifier", ""), notices)


def _opened(content: bytes) -> tuple[Any, dict[str, str], dict[str, Any]]:
    root, styles_root, properties = main_part(content)
    styles: dict[str, str] = {}
    if styles_root is not None:
        for style in styles_root.iter(f"{W}style"):
            name = style.find(f"{W}name")
            styles[style.get(f"{W}styleId", "")] = name.get(f"{W}val", "") if name is not None else ""
    return root, styles, properties


def _judged(body: Any) -> list[str]:
    """Refuse what cannot be taken over; return what is taken off, each told once."""
    notices = []
    for element in body.iter():
        if not isinstance(element.tag, str):
            if isinstance(element, etree._Entity):
                raise BadWorkingCopy(
                    "doctype", "文件中含有不应有的定义，不能接收。请在 Word 或者 WPS 中另存后重新上传。"
                )
            continue
        name = etree.QName(element).localname
        if name in REFUSED_BY_NAME:
            raise BadWorkingCopy(*REFUSED_BY_NAME[name])
        if name == "numPr" and _numbers(element):
            raise BadWorkingCopy(
                "numbering",
                "文稿中有自动编号，编号不是文字，导入后会丢失。请把自动编号改成手工输入的编号（选中后粘贴为纯文本）再上传。",
            )
        if name == "vanish" and element.get(f"{W}val", "true") not in ("0", "false", "off"):
            raise BadWorkingCopy("hidden", "文稿中有隐藏文字，请取消隐藏或者删除后上传。")
        if name in COMMENTS:
            notices.append("批注没有导入，批注的内容请另行处理")
        if name == "hyperlink":
            notices.append("超链接只留下文字，链接没有导入")
    return list(dict.fromkeys(notices))


def _numbers(element: Any) -> bool:
    held = element.find(f"{W}numId")
    return held is not None and held.get(f"{W}val", "0") != "0"


def _paragraphs(parent: Any, styles: dict[str, str], tag: str, *, in_table: bool) -> Iterator[Paragraph]:
    for child in parent:
        if not isinstance(child.tag, str):
            continue
        name = etree.QName(child).localname
        if name == "p":
            yield from _paragraph(child, styles, tag, in_table=in_table)
        elif name == "sdt":
            content = child.find(f"{W}sdtContent")
            if content is not None:
                yield from _paragraphs(content, styles, tag or _tag_of(child), in_table=in_table)
        elif name in ("tbl", "tr", "tc", "customXml", "smartTag"):
            yield from _paragraphs(child, styles, tag, in_table=in_table or name == "tbl")


def _tag_of(control: Any) -> str:
    held = control.find(f"{W}sdtPr/{W}tag")
    value = held.get(f"{W}val", "") if held is not None else ""
    return value if value.startswith(TAG) else ""


def _paragraph(element: Any, styles: dict[str, str], tag: str, *, in_table: bool) -> Iterator[Paragraph]:
    held = element.find(f"{W}pPr/{W}pStyle")
    style = styles.get(held.get(f"{W}val", ""), "") if held is not None else ""
    # A tag inside a paragraph counts for it where the word processor moved the control from around it into it.
    inner = next((found for control in element.iter(f"{W}sdt") if (found := _tag_of(control))), "")
    for line in "".join(_texts(element)).split("\n"):
        yield Paragraph(_seen(line), style, tag or inner, in_table)


def _texts(element: Any) -> Iterator[str]:
    for node in element.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"):
        name = etree.QName(node).localname
        if name == "t":
            yield node.text or ""
        elif name == "tab":
            if etree.QName(node.getparent()).localname == "r":
                yield "\t"
        elif name == "noBreakHyphen":
            yield "-"
        elif node.get(f"{W}type", "textWrapping") == "textWrapping":
            yield "\n"


def _seen(text: str) -> str:
    """Return a line without characters nobody sees; others that are no text are refused."""
    kept = "".join(char for char in text if char not in INVISIBLE)
    strange = next((c for c in kept if c != "\t" and unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs")), "")
    if strange:
        raise BadWorkingCopy("characters", f"文稿中有不能使用的字符 U+{ord(strange):04X}，请删除后上传。")
    return kept
