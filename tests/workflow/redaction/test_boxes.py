"""Boxes: wide enough to tell nothing, never over what stands beside them, labelled so that a person can read them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from workflow.review.redaction.lettering import drawable, words_for
from workflow.review.redaction.marks import Box, covered
from workflow.review.redaction.padding import ink_of, padded
from workflow.review.redaction.tone import BILEVEL, GREY, kind_of

SCALE = 200 / 72


def page(*ink):
    image = Image.new("L", (round(595 * SCALE), round(842 * SCALE)), 255)
    for box in ink:
        ImageDraw.Draw(image).rectangle([value * SCALE for value in box], fill=0)
    return image


def test_names_of_two_and_of_four_characters_get_boxes_of_one_width():
    widths = {
        padded(ink_of(page()), Box(100, 100, 100 + 14 * chars, 116), SCALE)[0].width for chars in (2, 3, 4)
    }
    assert len(widths) == 1


@pytest.mark.parametrize("size", [9, 10.5, 12, 14, 16, 22])
def test_an_identity_number_and_a_telephone_number_are_not_told_apart_by_pixels(size):
    one, _ = padded(ink_of(page()), Box(100, 100, 100 + 9 * size, 100 + size), SCALE)
    other, _ = padded(ink_of(page()), Box(100, 100, 100 + 8.7 * size, 100 + 1.1 * size), SCALE)
    assert abs(one.width - other.width) <= 1


@settings(max_examples=40)
@given(
    left=st.floats(0, 200), right=st.floats(0, 200), above=st.floats(0, 20), below=st.floats(0, 20),
    wide=st.floats(4, 200), high=st.floats(4, 30),
)  # fmt: skip
def test_what_is_printed_beside_a_box_is_never_touched(left, right, above, below, wide, high):
    box = Box(210, 300, 210 + wide, 300 + high)
    beside = [
        Box(box.x0 - left - 6, box.y0, box.x0 - left - 2, box.y1),
        Box(box.x1 + right + 2, box.y0, box.x1 + right + 6, box.y1),
        Box(box.x0, box.y0 - above - 6, box.x1, box.y0 - above - 2),
        Box(box.x0, box.y1 + below + 2, box.x1, box.y1 + below + 6),
    ]
    image = page(*beside)
    area, hides = padded(ink_of(image), box, SCALE)
    burned = area.box(SCALE)
    assert covered(box, [burned], slack=0)
    assert image.crop(area).getextrema() == (255, 255)
    assert not hides or burned.width >= box.width


def test_a_tall_box_is_an_area_and_stays_as_it_was_drawn():
    area, _ = padded(ink_of(page()), Box(100, 100, 300, 300), SCALE)
    assert area.box(SCALE) == pytest.approx((99, 99, 301, 301), abs=0.7)


@pytest.mark.parametrize(
    "text, width, height, fits",
    [("个人隐私", 200, 40, True), ("个人隐私", 60, 40, True), ("长" * 60, 200, 40, False), ("隐", 8, 8, False),
     ("个人隐私", 40, 200, True)],
)  # fmt: skip
def test_a_ground_is_written_where_it_fits_and_can_be_read(text, width, height, fits):
    words = words_for(text, width, height, SCALE)
    assert (words is not None) == fits
    if words:
        assert words.width <= width
        assert words.height <= height
        assert words.getextrema() == (0, 255)


def test_a_character_without_a_shape_is_shown_as_such():
    assert drawable("依据😀") == "依据〓"
    assert drawable("条例第十六条（一）") == "条例第十六条（一）"


def test_a_box_covered_by_several_is_covered():
    halves = [Box(0, 0, 50, 20), Box(49, 0, 100, 20)]
    assert covered(Box(1, 1, 99, 19), halves)
    assert not covered(Box(1, 1, 99, 25), halves)
    assert not covered(Box(1, 1, 99, 19), halves[:1])


class _Page:
    shaded = False

    def __init__(self, *, colour=(0, 0, 0), grey=0):
        self._image = Image.new("RGB", (300, 400), "white")
        ImageDraw.Draw(self._image).rectangle(
            (20, 20, 60, 30), fill=colour if colour != (0, 0, 0) else (grey,) * 3
        )

    def glance(self):
        return self._image


@pytest.mark.parametrize(
    "grey, kind", [(0, BILEVEL), (40, BILEVEL), (128, GREY), (200, GREY), (240, BILEVEL)]
)
def test_a_page_of_ink_is_black_and_white_and_a_shade_is_kept(grey, kind):
    assert kind_of(_Page(grey=grey), Image.new("L", (10, 10), 255)) == kind


def test_a_red_seal_stays_red():
    assert kind_of(_Page(colour=(200, 0, 0)), Image.new("L", (10, 10), 255)) == "colour"
