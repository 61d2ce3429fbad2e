"""The document format (文件格式) of GB/T 9704-2012, and signatures without a seal, measured on the PDF within half a millimetre."""

from __future__ import annotations

from functools import cache

import pikepdf
import pypdfium2 as pdfium
import pytest

from letters.compose_paper import Composed, compose, set_in
from letters.errors import BadFacts
from letters.print_shop import printed
from letters.typeset import default_faces, draw, layout
from tests.letters import samples
from tests.letters.measure import MM, Char, chars
from tests.letters.papers import NUMBER
from tests.letters.test_geometry import ASCENT, BOTTOM, CELL, LEFT, PITCH, RIGHT, TOP, body, near

NOTE = 14 * MM
COPIES = ["清源县人民政府办公室", "清源县司法局"]


@cache
def composed() -> Composed:
    facts = samples.facts("reply_mixed") | {"copies_to": COPIES}
    return compose("reply_mixed", set_in("reply_mixed", facts, "document"), on=samples.ON)


@cache
def document() -> bytes:
    return printed(composed(), samples.facts("reply_mixed"), on=samples.ON, number=NUMBER)


@cache
def seen() -> list[Char]:
    return chars(document())


def found(text: str) -> list[Char]:
    at = "".join(char.char for char in seen()).index(text)
    return seen()[at : at + len(text)]


def lines(page: int) -> list[tuple[float, float, float, float, str]]:
    """Return the straight lines of a page from the top: left, right, height, thickness in mm, colour."""
    import io

    out, colour, width, start = [], "", 0.0, (0.0, 0.0)
    with pikepdf.open(io.BytesIO(document())) as pdf:
        for operands, operator in pikepdf.parse_content_stream(pdf.pages[page]):
            word = str(operator)
            if word == "RG":
                colour = "red" if [float(v) for v in operands] == [1, 0, 0] else "black"
            elif word == "w":
                width = float(operands[0]) * MM
            elif word == "m":
                start = (float(operands[0]) * MM, 297 - float(operands[1]) * MM)
            elif word == "l":
                out.append((start[0], float(operands[0]) * MM, start[1], width, colour))
    return sorted(out, key=lambda line: line[2])


def test_the_red_name_begins_35_mm_below_the_top_of_the_text():
    with pdfium.PdfDocument(document()) as pdf:
        picture = pdf[0].render(scale=300 / 72).to_pil().convert("RGB")
    dots = picture.tobytes()
    red = [n // 3 for n in range(0, len(dots), 3) if dots[n] > 200 and dots[n + 1] < 90 and dots[n + 2] < 90]
    assert red[0] // picture.width * 25.4 / 300 == near(TOP + 35)
    across = [n % picture.width for n in red if n // picture.width * 25.4 / 300 < TOP + 35 + 11]
    assert (min(across) + max(across)) / 2 * 25.4 / 300 == near((LEFT + RIGHT) / 2)


def test_number_and_red_line_below_the_name():
    name, number = found("清源县自然资源局"), found(NUMBER)
    faces = default_faces()
    low = min(faces.of(char.char, "title").ink(char.char)[1] for char in name)
    name_end = name[0].base - low * name[0].size
    assert number[0].base - ASCENT * CELL == near(name_end + 2 * PITCH)  # 标志下空二行
    assert (number[0].x + number[-1].x + CELL) / 2 == near((LEFT + RIGHT) / 2)  # 居中
    ((left, right, height, *_),) = [line for line in lines(0) if line[4] == "red"]
    assert (left, right) == (near(LEFT), near(RIGHT))  # 与版心等宽
    assert height == near(number[0].base + (1 - ASCENT) * CELL + 4)


def test_title_two_rows_below_the_line_and_the_addressee_one_row_below_the_title():
    title = found("政府信息公开申请答复书")
    (line,) = [line for line in lines(0) if line[4] == "red"]
    assert title[0].base - ASCENT * title[0].size == near(line[2] + 2 * PITCH)
    assert title[0].size == near(22 * MM)
    assert (title[0].x + title[-1].x + title[0].size) / 2 == near((LEFT + RIGHT) / 2)
    addressee = found("王䶮：")
    # The title takes a row of the grid, one is left free.
    assert addressee[0].base - ASCENT * CELL == near(title[0].base - ASCENT * title[0].size + 2 * PITCH)
    assert addressee[0].x == near(LEFT)


def test_the_rows_of_the_document_are_those_of_the_standard():
    second = body(seen(), 1)
    bases = [char.base for char in seen() if char.page == 1 and abs(char.size - CELL) < 0.01]
    assert len(second) == 22
    assert (max(bases) - min(bases)) / 21 == pytest.approx(PITCH, abs=0.02)
    assert min(bases) - ASCENT * CELL == near(TOP)
    assert max(bases) + (1 - ASCENT) * CELL <= BOTTOM + 0.5
    for page in range(seen()[-1].page + 1):
        for row in body(seen(), page).values():
            assert row[0].x >= LEFT - 0.5
            assert row[-1].x <= RIGHT + 0.5 - 1


def test_28_characters_fill_a_row():
    blocks = [{"type": "office", "text": "清源县自然资源局"}, {"type": "number", "text": NUMBER},
              {"type": "para", "text": "字" * 28 * 40}]  # fmt: skip
    faces = default_faces()
    made = chars(draw(layout(blocks, faces, form="document"), faces, title="t", author="a", on=None))
    assert {len(row) for row in body(made, 1).values()} == {28}


def test_with_a_seal_the_date_is_four_characters_in_and_the_office_centred_above():
    office, day = "清源县自然资源局", "2026年11月20日"
    both = found(office + day)
    signed, dated = both[: len(office)], both[len(office) :]
    assert dated[-1].x + CELL == near(RIGHT - 4 * CELL)  # 右空四字
    assert (signed[0].x + signed[-1].x + CELL) / 2 == near((dated[0].x + dated[-1].x + CELL) / 2)
    assert dated[0].base - signed[0].base == near(PITCH)
    assert dated[0].page == signed[0].page


def test_every_page_is_numbered_right_on_odd_and_left_on_even_pages():
    last = seen()[-1].page
    for page in range(last + 1):
        folio = [char for char in seen() if char.page == page and char.base > BOTTOM + 5]
        assert "".join(char.char for char in folio) == f"—{page + 1}—"
        if page % 2:
            assert folio[0].x == near(LEFT + NOTE)  # 双页码左空一字
        else:
            assert folio[-1].x + NOTE * 0.89 == near(RIGHT - NOTE)  # 单页码右空一字
        low, high = (default_faces().of("—", "folio").ink("—")[n] for n in (1, 3))
        assert folio[0].base - (low + high) / 2 * NOTE == near(BOTTOM + 7)


def test_the_imprint_stands_at_the_foot_of_the_last_page_between_its_lines():
    last = seen()[-1].page
    outer, inner, end = [line for line in lines(last) if line[4] == "black"]
    for line in (outer, inner, end):
        assert (line[0], line[1]) == (near(LEFT), near(RIGHT))
    assert end[2] == near(BOTTOM)  # 末条分隔线与版心下边缘重合
    assert [round(line[3], 2) for line in (outer, inner, end)] == [0.35, 0.25, 0.35]
    copies, issuer = found("抄送："), found("清源县自然资源局办公室")
    assert copies[0].size == near(NOTE)
    assert copies[0].x == near(LEFT + NOTE) or copies[0].x == near(LEFT + CELL)  # 左空一字
    printed_on = found("2026年11月20日印发")
    assert printed_on[-1].x + NOTE == near(RIGHT - CELL)  # 右空一字
    assert outer[2] < copies[0].base < inner[2] < issuer[0].base < end[2]
    assert issuer[0].base == near(printed_on[0].base)


def test_the_imprint_is_in_the_frozen_text():
    issued = composed().issued(NUMBER, samples.ON)
    assert issued.text.endswith(
        "抄送：清源县人民政府办公室，清源县司法局。\n清源县自然资源局办公室　2026年11月20日印发\n"
    )
    assert composed().body_sha256 == issued.body_sha256
    letter = compose("reply_mixed", samples.facts("reply_mixed"), on=samples.ON)
    assert "印发" not in letter.text


def test_an_office_may_set_its_letters_as_documents_and_a_sheet_stays_a_sheet():
    facts = samples.facts("reply_refuse")
    facts["office"] = {**facts["office"], "letter_form": "document"}
    assert compose("reply_refuse", facts, on=samples.ON).form == "document"
    assert compose("reply_refuse", set_in("reply_refuse", facts, "letter"), on=samples.ON).form == "letter"
    with pytest.raises(BadFacts, match="公文版式"):
        compose("reply_refuse", set_in("reply_refuse", facts, "poster"), on=samples.ON)
    with pytest.raises(BadFacts, match="固定的版式"):
        set_in("approval_sheet", samples.facts("approval_sheet"), "document")


@pytest.mark.parametrize("office, day", [
    ("清源县自然资源局", "2026年3月12日"), ("清源县水利局", "2026年11月20日"), ("清源县住房和城乡建设局办公室", "2026年1月2日"),
])  # fmt: skip
def test_without_a_seal_the_date_begins_two_characters_behind_the_office(office: str, day: str):
    blocks = [
        {"type": "para", "text": "字" * 40},
        {"type": "signature", "office": office, "date": day, "sealed": False},
    ]
    faces = default_faces()
    made = chars(draw(layout(blocks, faces, form="sheet"), faces, title="t", author="a", on=None))
    text = "".join(char.char for char in made)
    signed, dated = made[text.index(office) :][: len(office)], made[text.index(day) :]
    assert dated[0].x - signed[0].x == near(2 * CELL)
    ends = signed[-1].x + CELL, dated[-1].x + CELL
    assert max(ends) == near(RIGHT - 2 * CELL)  # 右空二字
    last = [char for char in made if char.char == "字"][-1]
    assert signed[0].base - last.base == near(2 * PITCH)  # 正文下空一行
    assert dated[0].base - signed[0].base == near(PITCH)


HEADS = {"letter": 14, "document": 11}


@pytest.mark.parametrize("form", HEADS)
def test_no_page_break_leaves_a_signature_or_a_heading_alone(form: str):
    """Let the text grow row by row across two page ends: whatever ends there, it keeps its company."""
    faces = default_faces()
    for count in range(1, 60):
        blocks = [
            {"type": "office", "text": "清源县自然资源局"}, {"type": "number", "text": NUMBER}, {"type": "title", "text": "答复书"},
            {"type": "para", "text": "字" * (26 + 28 * (count // 2))}, {"type": "heading", "level": 1, "text": "一、事项"},
            {"type": "heading", "level": 2, "text": "（一）认定"}, {"type": "para", "text": "文" * (26 + 28 * (count - count // 2))},
            {"type": "signature", "office": "清源县自然资源局", "date": "2026年3月12日"}, {"type": "note", "text": "（电话）"},
        ]  # fmt: skip
        pages = layout(blocks, faces, form=form).pages
        for page in pages:
            told = [text.text for text in page.texts if text.size > 15 and not text.text.startswith("—")]
            assert not told[-1].startswith(("一、", "（一）")), count
            if any("3月12日" in text for text in told):
                assert told[0].startswith(("文", "字", "一", "清源县自然资源局")), count
                assert sum(text.startswith("文") for text in told) >= 2, count
