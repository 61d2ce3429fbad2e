"""What no single page or row says whole: strings that break between pages, and rows that only look like a number."""

import pytest
from pikepdf import Dictionary

from tests.workflow.redaction.corpus.case import ID, NAME, changed, drawn, text
from workflow.review.redaction import BadSource, Box, Leaks, Mark, NotLocated, Wanted, release

SMALL = [Mark(1, Box(10, 10, 20, 20), "依据")]


def released(place, data, *given):
    (place / "in.pdf").write_bytes(data)
    return release(place / "in.pdf", place / "out.pdf", place / "c.json", *given, workers=1, read=False)


def last(paper):
    paper.drawString(300, 75, f"身份证号码{ID[:10]}")


def first(paper):
    paper.drawString(72, 770, f"{ID[10:]}，男")
    paper.drawString(72, 500, f"又见{ID}")


def test_a_string_that_breaks_between_pages_is_not_left_there(tmp_path):
    with pytest.raises(NotLocated) as refusal:
        released(tmp_path, drawn(last, first), (), [Wanted(ID)])
    assert "第1页末和第2页首" in str(refusal.value)
    assert [path.name for path in tmp_path.iterdir()] == ["in.pdf"]


def test_marks_may_cover_where_it_breaks(tmp_path):
    marks = [Mark(1, Box(290, 750, 500, 785), "个人信息"), Mark(2, Box(60, 50, 200, 85), "个人信息")]
    assert len(released(tmp_path, drawn(last, first), marks, [Wanted(ID)])["boxes"]) == 3


def test_a_name_that_breaks_between_pages(tmp_path):
    pages = [text(f"经办人{NAME[:2]}", 400, 90), text(f"{NAME[2:]}与{NAME}", 72, 770)]
    with pytest.raises(NotLocated):
        released(tmp_path, drawn(*pages), (), [Wanted(NAME)])


def test_pages_that_merely_follow_each_other(tmp_path):
    pages = [text(f"号码{ID}", 72, 90), text(f"号码{ID}", 72, 770)]
    assert len(released(tmp_path, drawn(*pages), (), [Wanted(ID)])["boxes"]) == 2


def row(*cells):
    def draw(paper):
        for place, cell in enumerate(cells):
            paper.drawString(72 + 120 * place, 600, cell)

    return drawn(draw)


@pytest.mark.parametrize("cells", [(ID[:4] + "." + ID[4:6], f"{ID[6:10]}-{ID[10:12]}-{ID[12:14]}", f"{ID[14:]}.00"),
                                   ("3" + ID[:6], ID[6:14], ID[14:]), (ID[:6], ID[6:14], ID[14:] + "5")])  # fmt: skip
def test_amounts_and_dates_in_a_row_are_no_identity_number(cells, tmp_path):
    assert released(tmp_path, row(*cells), SMALL)["boxes"]


@pytest.mark.parametrize("cells", [(ID[:6], ID[6:14], ID[14:]), (f"转账{ID}5",)])
def test_an_identity_number_over_cells_or_within_more_digits_stops_the_copy(cells, tmp_path):
    with pytest.raises(Leaks):
        released(tmp_path, row(*cells), SMALL)


def test_digits_parted_by_commas_are_burned_with_the_rest(tmp_path):
    page = drawn(
        lambda paper: [
            paper.drawString(72, 500, f"号{ID[:6]},{ID[6:14]},{ID[14:]}"),
            paper.drawString(72, 480, ID),
        ]
    )
    assert len(released(tmp_path, page, (), [Wanted(ID)])["boxes"]) == 2


def test_a_page_without_anything_to_see_is_refused_with_the_reason(tmp_path):
    empty = changed(
        drawn(text(ID)), lambda pdf: pdf.pages[0].obj.update(Dictionary(CropBox=[2000, 2000, 3000, 3000]))
    )
    with pytest.raises(BadSource) as refusal:
        released(tmp_path, empty, (), [Wanted(ID)])
    assert "第1页" in str(refusal.value)
