"""Text of XML and HTML trees: paragraphs as lines, table rows as lines of cells parted by tabs."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree, html

from workflow.review.redaction.detect.read.part import decoded
from workflow.review.redaction.errors import BadSource

#: Local names by what they do to the text.
_PARAGRAPHS = frozenset(
    {
        "p",
        "h",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "div",
        "li",
        "br",
        "title",
        "dt",
        "dd",
        "caption",
        "section",
        "cr",
    }
)
_ROWS = frozenset({"tr", "table-row"})
_CELLS = frozenset({"tc", "td", "th", "table-cell"})
_TABS = frozenset({"tab"})
_SILENT = frozenset({"script", "style", "instrText"})
_RUNS = frozenset({"t", "delText"})


def _local(node: etree._Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def xml_text(data: bytes, name: str) -> str:
    """This function will give the text of a part of an Office document, without fetching or resolving anything.

    :raises BadSource: where it is no XML
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BadSource(f"{name}已损坏，无法读取；请打印为 PDF 后再检查") from error
    spaces = set(root.nsmap.values())
    # In these formats only runs carry text; elsewhere (ODF) every element may.
    runs_only = any(space and ("wordprocessingml" in space or "drawingml" in space) for space in spaces)
    return _text(root, (lambda node: _local(node) in _RUNS) if runs_only else (lambda node: True))


def html_text(data: bytes) -> str:
    """This function will give the text of a web page, with the words of attributes that people read."""
    coding = None
    if b"charset" not in data[:2048].lower():
        # A page that does not say what it is written in would be read as Western European.
        data, coding = decoded(data, "网页").encode(), "utf-8"
    parser = html.HTMLParser(encoding=coding, no_network=True, remove_comments=False)
    root = html.document_fromstring(data or b"<p></p>", parser=parser)
    shown = _text(root, lambda node: True)
    aside = [
        node.get(name)
        for node in root.iter(etree.Element)
        for name in ("alt", "title", "value", "content", "placeholder")
    ]
    comments = [node.text for node in root.iter(etree.Comment)]
    return "\n".join([shown, *(word.strip() for word in (*aside, *comments) if word and word.strip())])


def _text(root: etree._Element, speaks: Callable[[etree._Element], bool]) -> str:
    """Walk a tree without recursion: hostile files nest deeply."""
    out: list[str] = []
    cells = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "comment":
            out.append((node.tail or "") if cells == 0 or node.tail else "")
            continue
        name = _local(node)
        if event == "start":
            if name in _CELLS:
                cells += 1
            if node.text and speaks(node) and name not in _SILENT:
                out.append(_flat(node.text))
            continue
        if name in _TABS:
            out.append("\t" if not cells else " ")
        elif name in _CELLS:
            cells -= 1
            out.append("\t")
        elif name in _ROWS:
            _strip(out)
            out.append("\n")
        elif name in _PARAGRAPHS:
            out.append(" " if cells else "\n")
        parent = node.getparent()
        if (
            node.tail
            and parent is not None
            and speaks(parent)
            and _local(parent) not in _SILENT
            and name not in _RUNS
        ):
            out.append(_flat(node.tail))
    return "".join(out)


def _flat(text: str) -> str:
    return " ".join(text.split("\n")) if text.strip() else ("" if "\n" in text else text)


def _strip(out: list[str]) -> None:
    while out and out[-1].strip(" ") in ("", "\t"):
        if out[-1].strip(" ") == "\t":
            out.pop()
            return
        out.pop()
