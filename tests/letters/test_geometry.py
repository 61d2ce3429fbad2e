"""The page of GB/T 9704-2012, measured on the PDF within half a millimetre."""

import pypdfium2 as pdfium
import pytest
from PIL import ImageChops

from letters.typeset import default_faces, draw, layout
from tests.letters.measure import MM, Char, chars, fonts, plain, rows
from tests.letters.papers import LETTERS, NUMBER, drawn, facts_of

NEAR = 0.5
TOP, LEFT, RIGHT, BOTTOM = 37.0, 28.0, 184.0, 262.0
CELL = 156 / 28
PITCH = 225 / 22
ASCENT = 0.88


def near(value: float) -> object:
    return pytest.approx(value, abs=NEAR)


def body(found: list[Char], page: int) -> dict[float, list[Char]]:
    """Return the rows of body size on a page."""
    return {y: row for y, row in rows(found, page).items() if abs(row[0].size - CELL) < 0.01}


@pytest.fixture(scope="module")
def full() -> list[Char]:
    """Three pages of nothing but Han: every row full."""
    blocks = [{"type": "office", "text": "清源县自然资源局"}, {"type": "number", "text": NUMBER},
              {"type": "title", "text": "政府信息公开申请答复书"}, {"type": "para", "text": "字" * 28 * 60}]  # fmt: skip
    faces = default_faces()
    return chars(draw(layout(blocks, faces), faces, title="t", author="a", on=None))


@pytest.mark.parametrize("name", LETTERS)
def test_every_page_is_a4(name: str):
    with pdfium.PdfDocument(drawn(name)) as document:
        for page in document:
            assert (page.get_width() * MM, page.get_height() * MM) == (near(210), near(297))


def test_a_full_page_has_22_rows_of_28_characters(full):
    found = body(full, 1)
    assert len(found) == 22
    assert {len(row) for row in found.values()} == {28}


def test_the_text_area_is_156_by_225(full):
    found = body(full, 1)
    for row in found.values():
        assert row[0].x == near(LEFT)
        assert row[-1].x + CELL == near(RIGHT)
    bases = list(found)
    assert bases[0] - ASCENT * CELL == near(TOP)
    # A row is a character with the space below it: 22 of them are 225 mm.
    assert 22 * (bases[-1] - bases[0]) / 21 == near(225)
    assert bases[-1] + (1 - ASCENT) * CELL < BOTTOM + NEAR


def test_the_line_pitch_is_29_points(full):
    bases = sorted(y for y in body(full, 1))
    exact = [char.base for char in full if char.page == 1 and abs(char.size - CELL) < 0.01]
    pitch = (max(exact) - min(exact)) / 21
    assert pitch == pytest.approx(PITCH, abs=0.02)
    assert 28.9 <= pitch / MM <= 29.05
    assert len(bases) == 22


@pytest.mark.parametrize("name", LETTERS)
def test_nothing_but_the_furniture_stands_outside_the_text_area(name: str):
    for char in chars(drawn(name)):
        big = char.size > 8  # the red name, which the letter format sets above the text area
        folio = char.base > BOTTOM + 5
        if big or folio:
            continue
        assert LEFT - NEAR <= char.x <= RIGHT + NEAR - 1, char
        assert char.base - ASCENT * char.size >= TOP - NEAR, char
        assert char.base + (1 - ASCENT) * char.size <= BOTTOM + NEAR, char


def test_the_red_head_of_the_letter_format():
    pdf = drawn("reply_refuse")
    page = pdfium.PdfDocument(pdf)[0]
    image = page.render(scale=300 / 72).to_pil().convert("RGB")
    reds, greens, blues = image.split()
    mask = ImageChops.darker(reds.point(lambda v: 255 * (v > 200)), greens.point(lambda v: 255 * (v < 90)))
    mask = ImageChops.darker(mask, blues.point(lambda v: 255 * (v < 90)))
    flat = mask.tobytes()
    red = [flat[y * image.width : (y + 1) * image.width] for y in range(image.height)]
    inked = [y for y, row in enumerate(red) if any(row)]
    dot = 25.4 / 300
    assert inked[0] * dot == near(30.0)  # 标志上边缘距上页边 30 mm
    long = [y for y in inked if red[y].count(255) > image.width * 0.75]
    groups = _groups(long)
    assert len(groups) == 4  # two double lines
    name_end = max(y for y in inked if y < long[0] - 3)
    assert (long[0] - name_end) * dot == near(4.0)  # 双线距标志 4 mm
    assert (image.height - groups[-1][-1]) * dot == near(20.0)  # 距下页边 20 mm
    assert len(groups[0]) > len(groups[1])  # 上粗下细
    assert len(groups[2]) < len(groups[3])  # 上细下粗
    columns = [x for x in range(image.width) if red[groups[0][0]][x]]
    assert (columns[-1] - columns[0]) * dot == near(170.0)


def _groups(numbers: list[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for n in numbers:
        if groups and n == groups[-1][-1] + 1:
            groups[-1].append(n)
        else:
            groups.append([n])
    return groups


def test_the_number_ends_at_the_right_edge_under_the_line():
    row = _row_of(drawn("reply_refuse"), NUMBER)
    assert row[-1].x + CELL == near(RIGHT)
    ink_end = 30 + 35 * MM * (0.849 + 0.097)
    assert row[0].base - ASCENT * CELL == near(ink_end + 4 + 1.46 + CELL * 7 / 8)


def test_the_title_is_centred_in_22_points_two_rows_below_the_number():
    row = _row_of(drawn("reply_refuse"), "政府信息公开申请答复书")
    above = _row_of(drawn("reply_refuse"), NUMBER)[0]
    top, bottom = row[0].base - ASCENT * row[0].size, above.base + (1 - ASCENT) * CELL
    assert top - bottom == near(2 * PITCH)
    assert row[0].size / MM == pytest.approx(22)
    assert (row[0].x + row[-1].x + row[-1].size) / 2 == near((LEFT + RIGHT) / 2)


@pytest.mark.parametrize("name", LETTERS)
def test_the_date_is_four_characters_in_and_the_office_centred_above(name: str):
    found = chars(drawn(name))
    text = "".join(char.char for char in found)
    at = text.rindex("2026年11月20日")
    day = found[at : at + len("2026年11月20日")]
    assert day[-1].x + CELL == near(RIGHT - 4 * CELL)
    signed = facts_of(name)["office"]["name"]
    office = found[at - len(signed) : at]
    assert "".join(char.char for char in office) == signed
    middle = (day[0].x + day[-1].x + CELL) / 2
    assert (office[0].x + office[-1].x + CELL) / 2 == near(middle)
    assert day[0].base - office[0].base == near(PITCH)
    assert office[0].page == day[0].page


@pytest.mark.parametrize("name", LETTERS)
def test_the_signature_is_never_alone_on_a_page(name: str):
    found = chars(drawn(name))
    text = "".join(char.char for char in found)
    day = found[text.rindex("2026年11月20日")]
    above = [row for y, row in body(found, day.page).items() if y < day.base - PITCH - 1]
    assert len(above) >= 2


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages_and_not_on_the_first():
    found = chars(drawn("reply_mixed"))
    folios = {page: [c for c in found if c.page == page and c.base > BOTTOM + 5] for page in (0, 1, 2)}
    assert folios[0] == []
    even, odd = folios[1], folios[2]
    assert "".join(char.char for char in even) == "—2—"
    assert even[0].x == near(LEFT + 14 * MM)
    assert odd[-1].x + 14 * MM * 0.89 == near(RIGHT - 14 * MM)
    assert {round(char.size / MM) for char in even} == {14}


def test_the_seal_covers_signature_and_date_and_reaches_the_text():
    blocks = [{"type": "office", "text": "清源县自然资源局"}, {"type": "para", "text": "字" * 300},
              {"type": "signature", "office": "清源县自然资源局", "date": "2026年3月12日"}]  # fmt: skip
    faces = default_faces()
    laid = layout(blocks, faces)
    found = chars(draw(laid, faces, title="t", author="a", on=None))
    text = "".join(char.char for char in found)
    day, last = found[text.rindex("2026")], [c for c in found if c.char == "字"][-1]
    centre = laid.seal.y * MM
    between = day.base - ASCENT * CELL - (PITCH - CELL) / 2
    assert 0 < between - centre < PITCH  # 署名和成文日期居印章中心偏下位置
    gap = centre - 21 - (last.base + (1 - ASCENT) * CELL)
    assert 0 < gap < PITCH  # 印章顶端距正文一行之内，不压正文
    assert laid.seal.x * MM == near((day.x + found[text.rindex("日")].x + CELL) / 2)
    assert centre + 21 > day.base  # 下压署名和成文日期


def test_headings_change_face_by_level():
    blocks = [{"type": "office", "text": "清源县自然资源局"}, {"type": "heading", "level": 1, "text": "一、事项"},
              {"type": "heading", "level": 2, "text": "（一）认定"}, {"type": "para", "text": "正文"}]  # fmt: skip
    faces = default_faces()
    pdf = draw(layout(blocks, faces), faces, title="t", author="a", on=None)
    assert plain(pdf) == "清源县自然资源局一、事项（一）认定正文"
    faces_used = "".join(fonts(pdf))
    assert "PaperHeiTi" in faces_used
    assert "PaperKaiTi" in faces_used


def _row_of(pdf: bytes, text: str) -> list[Char]:
    found = chars(pdf)
    at = "".join(char.char for char in found).index(text)
    return found[at : at + len(text)]
