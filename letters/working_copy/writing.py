"""Write a draft as a document for Word and WPS, laid out as the PDF is (GB/T 9704)."""

from __future__ import annotations

import io
import math
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from letters.compose_paper import Composed
from letters.errors import CannotTypeset
from letters.typeset.measures import CELL, PITCH, TEXT_WIDTH, number, table
from letters.working_copy.parts import FLUSH, HEADING_1, HEADING_2, PARA, REMEDY, STYLES, Part, parts_of
from letters.working_copy.tables import put_table

FANGSONG, HEITI, KAITI, BIAOSONG, SONG = "仿宋", "黑体", "楷体", "方正小标宋简体", "宋体"
LATIN = "Times New Roman"
RED, GREY = RGBColor(0xFF, 0, 0), RGBColor(0x57, 0x60, 0x6A)
BODY = 16
# A working copy has no date of its own: the same draft gives the same bytes.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
ZIP_DATE = (2000, 1, 1, 0, 0, 0)
# What must come after the spacing of characters in the properties of a run.
AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect", "w:lang")
NOTICE = "工作稿：只供修改正文和小标题，其余（含灰底的救济途径）由系统保留；签发的以系统排版的文书为准。"
# Twentieths of a point, rounded down: 22 lines must fit.
LINE = math.floor(PITCH * 20)


def write(composed: Composed, *, base_sha256: str = "") -> bytes:
    """Return the working copy of a draft as .docx: the same bytes every time.

    :param base_sha256: of a draft that was edited before, the hash of the system's own; else the draft's

    Parts that the system keeps are locked and tagged; the draft's hash stands in the document's properties. Raises
    CannotTypeset for a text that no document can hold.
    """
    document = Document()
    _page(document)
    _styles(document)
    _properties(document, composed, base_sha256 or composed.body_sha256)
    body = document.element.body
    try:
        for part in parts_of(composed):
            _put(document, body, part)
    except ValueError as error:
        raise CannotTypeset("文稿中含有文档不能保存的控制字符，请先改正要素的内容") from error
    held = io.BytesIO()
    document.save(held)
    return _same_every_time(held.getvalue())


def _page(document: Any) -> None:
    section, page = document.sections[0], table()["page"]
    section.page_width, section.page_height = Mm(page["width"]), Mm(page["height"])
    section.top_margin, section.left_margin = Mm(page["top"]), Mm(page["left"])
    section.bottom_margin = Mm(page["height"] - page["top"] - page["text_height"])
    section.right_margin = Mm(page["width"] - page["left"] - page["text_width"])
    section.header_distance, section.footer_distance = Mm(15), Mm(22)
    # Lines on the standard's grid; the 28 characters come from the styles, since word processors read a grid of
    # characters each in its own way.
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = _element("w:docGrid", type="lines", linePitch=str(LINE))
    section._sectPr.append(grid)
    header = section.header.paragraphs[0]
    _low(header)
    header.text = NOTICE
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for run in header.runs:
        run.font.size, run.font.color.rgb = Pt(9), GREY
        _faces(run.element.get_or_add_rPr(), SONG)
    _page_number(section.footer.paragraphs[0])


def _page_number(paragraph: Any) -> None:
    _low(paragraph)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in ("— ", None, " —"):
        run = paragraph.add_run(text or "")
        run.font.size = Pt(14)
        _faces(run.element.get_or_add_rPr(), SONG)
        if text is None:
            for kind in ("begin", "end"):
                run.element.append(_element("w:fldChar", fldCharType=kind))
                if kind == "begin":
                    instruction = OxmlElement("w:instrText")
                    instruction.text = "PAGE"
                    run.element.append(instruction)


def _low(paragraph: Any) -> None:
    """Keep a line of the margins low, so that it takes nothing from the text area."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(16)


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    _font(normal, FANGSONG, BODY)
    _spacing(normal)
    made: dict[str, dict[str, Any]] = {
        PARA: {"indent": True}, REMEDY: {"indent": True}, HEADING_1: {"face": HEITI, "indent": True},
        HEADING_2: {"face": KAITI, "indent": True}, FLUSH: {}, STYLES["addressee"]: {}, STYLES["attachments"]: {"indent": True},
        STYLES["office"]: {"face": BIAOSONG, "size": 36, "align": "center", "color": RED, "pitch": 48},
        STYLES["number"]: {"align": "right"}, STYLES["sheet_line"]: {"size": number("size_pt", "table")},
        STYLES["title"]: {"face": BIAOSONG, "size": number("size_pt", "title"), "align": "center", "pitch": 36},
        STYLES["signature"]: {"align": "right"}, STYLES["note"]: {"indent": True},
        STYLES["imprint"]: {"size": number("size_pt", "note")}, STYLES["table"]: {"size": number("size_pt", "table"), "pitch": 17.5},
    }  # fmt: skip
    for name, look in made.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = normal, True
        _font(style, look.get("face", FANGSONG), look.get("size", BODY), look.get("color"))
        _spacing(style, look.get("pitch", LINE / 20))
        if look.get("size", BODY) == BODY:
            # 28 characters fill a line: what one is narrower than 16 pt, in twentieths of a point.
            squeezed = _element("w:spacing", val=str(math.floor((CELL - BODY) * 20)))
            style.element.get_or_add_rPr().insert_element_before(squeezed, *AFTER_SPACING)
        if look.get("indent"):
            indent = _element("w:ind", firstLineChars="200", firstLine=str(round(2 * CELL * 20)))
            style.element.get_or_add_pPr().append(indent)
        align = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
        style.paragraph_format.alignment = align.get(look.get("align", ""), WD_ALIGN_PARAGRAPH.JUSTIFY)
    _ruled(document.styles[STYLES["office"]])
    document.styles[STYLES["sheet_line"]].paragraph_format.tab_stops.add_tab_stop(
        Pt(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT
    )
    document.styles[STYLES["signature"]].paragraph_format.keep_together = True
    for name in (HEADING_1, HEADING_2):
        document.styles[name].paragraph_format.keep_with_next = True


def _font(style: Any, face: str, size: float, color: RGBColor | None = None) -> None:
    style.font.name, style.font.size, style.font.bold = LATIN, Pt(size), False
    style.font.color.rgb = color or RGBColor(0, 0, 0)
    _faces(style.element.get_or_add_rPr(), face)


def _faces(properties: Any, face: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for name, held in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", face)):
        fonts.set(qn(f"w:{name}"), held)


def _spacing(style: Any, pitch: float = LINE / 20) -> None:
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    form.widow_control = False


def _ruled(style: Any) -> None:
    """Put the red double line of a letter under the office's name."""
    borders = OxmlElement("w:pBdr")
    borders.append(_element("w:bottom", val="thickThinSmallGap", sz="18", space="4", color="FF0000"))
    style.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _properties(document: Any, composed: Composed, base_sha256: str) -> None:
    held = document.core_properties
    held.author = held.last_modified_by = held.comments = ""
    held.title = f"{composed.title}（工作稿）"
    held.identifier = base_sha256
    held.language = "zh-CN"
    held.created = held.modified = NO_DATE.replace(tzinfo=None)
    held.revision = 1


def _put(document: Any, body: Any, part: Part) -> None:
    if part.block["type"] == "table":
        made = [put_table(document, part.block, STYLES["table"])]
    elif part.block["type"] == "title":
        # The standard leaves two lines between number and title, and one before the addressee.
        _blank(document)
        made = _paragraphs(document, part)
        if not part.block.get("tight"):
            _after(document, made[-1])
    else:
        made = _paragraphs(document, part)
    if part.fixed:
        _lock(body, made, part)


def _paragraphs(document: Any, part: Part) -> list[Any]:
    made = []
    for line in part.lines:
        paragraph = document.add_paragraph(style=part.style)
        run = paragraph.add_run(line)
        if part.fixed and part.style == REMEDY:
            shade = _element("w:shd", val="clear", color="auto", fill="F0F0F0")
            run.element.get_or_add_rPr().append(shade)
        if part.block["type"] == "signature":
            paragraph.paragraph_format.right_indent = Pt(CELL * (4 if line == part.lines[-1] else 2))
        made.append(paragraph._p)
    return made


def _blank(document: Any) -> None:
    document.add_paragraph(style=FLUSH)


def _after(document: Any, paragraph: Any) -> None:
    blank = document.add_paragraph(style=FLUSH)._p
    paragraph.addnext(blank)


def _lock(body: Any, made: list[Any], part: Part) -> None:
    """Wrap what the system keeps into a content control that cannot be edited or deleted, and tag it."""
    control, properties, content = (OxmlElement(f"w:{name}") for name in ("sdt", "sdtPr", "sdtContent"))
    properties.append(_element("w:alias", val=f"{part.name}（由系统保留）"))
    properties.append(_element("w:tag", val=part.tag))
    properties.append(_element("w:id", val=str(1000 + part.ordinal)))
    properties.append(_element("w:lock", val="sdtContentLocked"))
    made[0].addprevious(control)
    for element in made:
        content.append(element)
    control.append(properties)
    control.append(content)


def _element(name: str, **attributes: str) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _same_every_time(content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, ZIP_DATE)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, old.read(entry))
    return held.getvalue()
