"""The working copy: made, read and looked at; stopped and hidden where a mark of classification is found."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from office.models import JournalEntry, OutboxMessage
from tests.review.documents import found
from tests.review.makers import PLAIN, STAMPED, pdf_of
from tests.workflow.factories import DAY, at, handled, make_town
from workflow.errors import NotNow
from workflow.models import PageImage, SecrecyMark, WorkingCopy, WorkingPage
from workflow.review import copies, originals
from workflow.selectors.holdings import find_version, visible_holdings

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db):
    return make_town()


def _lines(case, key):
    return JournalEntry.objects.filter(subject=case.subject_ref, key=key)


def test_a_copy_has_pages_with_sizes_text_and_pictures(town):
    case = handled(town)
    version = found(town, case)
    assert copies.make(version.pk, now=at(DAY)) == "ready"
    copy = WorkingCopy.objects.get(version=version)
    assert (copy.page_count, copy.table, copy.reason) == (1, None, "")
    assert copy.pdf.sha256 != version.sha256
    page = copy.pages.get()
    text = copies.text_of(page)
    assert text.text.splitlines() == PLAIN.decode().splitlines()
    start = text.text.index("补偿安置")
    x0, y0, x1, y1 = text.box(start, start + 4)
    assert 0 < x0 < x1 < page.width_pt
    assert 0 < y0 < y1 < page.height_pt
    assert "补偿安置" not in page.words_sealed
    picture = Image.open(io.BytesIO(copies.image_of(copy, 1, dpi=110, now=at(DAY))))
    assert picture.width == pytest.approx(page.width_pt / 72 * 110, abs=1)
    assert copies.image_of(copy, 1, dpi=110, now=at(DAY)) is not None
    assert PageImage.objects.count() == 1
    assert copies.image_of(copy, 2, dpi=110, now=at(DAY)) is None


def test_the_box_of_the_text_is_where_the_ink_is(town):
    case = handled(town)
    version = found(town, case)
    copies.make(version.pk, now=at(DAY))
    copy = WorkingCopy.objects.get(version=version)
    text = copies.text_of(copy.pages.get())
    x0, y0, x1, y1 = text.box(0, 4)
    picture = Image.open(io.BytesIO(copies.image_of(copy, 1, dpi=200, now=at(DAY)))).convert("L")
    scale = 200 / 72
    inside = picture.crop([round(v * scale) for v in (x0, y0, x1, y1)])
    above = picture.crop([round(v * scale) for v in (x0, 0, x1, y0 - 2)])
    assert inside.getextrema()[0] < 100
    assert above.getextrema() == (255, 255)


def test_every_read_of_an_original_is_a_line_of_the_journal(town):
    case = handled(town)
    version = found(town, case)
    content = originals.read_original(version, by=town.handler, on=DAY, now=at(DAY), why="核对原件")
    assert content == PLAIN
    assert [line.data["why"] for line in _lines(case, "case.read_original")] == ["核对原件"]
    copies.make(version.pk, now=at(DAY))
    assert [line.by_ref for line in _lines(case, "case.read_original")][-1] == "system:working_copy"
    for _ in range(3):
        originals.log_look(version, by=town.handler, on=DAY, now=at(DAY))
    originals.log_look(version, by=town.head, on=DAY, now=at(DAY))
    assert _lines(case, "case.read_pages").count() == 2


def test_a_mark_of_classification_hides_the_document_and_alerts(town):
    case = handled(town)
    version = found(town, case, STAMPED, name="请示.txt")
    assert copies.make(version.pk, now=at(DAY)) == "stopped"
    version.holding.refresh_from_db()
    assert version.holding.status == "quarantined"
    assert list(visible_holdings(town.handler)) == []
    assert list(visible_holdings(town.head)) == []
    assert find_version(town.handler, case.pk, version.pk) is None
    assert list(visible_holdings(town.secrecy)) == [version.holding]
    assert WorkingPage.objects.count() == 0
    copy = WorkingCopy.objects.get(version=version)
    assert (copy.status, copy.pdf) == ("stopped", None)
    with pytest.raises(NotNow):
        copies.image_of(copy, 1, dpi=110, now=at(DAY))
    assert copies.make(version.pk, now=at(DAY)) == "stopped"
    assert {(m.kind, m.quarantines) for m in SecrecyMark.objects.all()} >= {
        ("secret", True),
        ("annotation", False),
    }
    alert = OutboxMessage.objects.get(kind="workflow.quarantined")
    assert alert.payload == {"case": case.pk}
    assert copies.waiting() == []


def test_a_declassified_document_keeps_its_old_mark_and_stays(town):
    case = handled(town)
    version = found(
        town,
        case,
        STAMPED,
        secrecy="declassified",
        declassified_on=DAY,
        declassified_basis="云解密〔2025〕3号",
    )
    assert copies.make(version.pk, now=at(DAY)) == "ready"
    assert SecrecyMark.objects.filter(quarantines=True).exists()


def test_a_file_that_breaks_is_refused_with_a_sentence_and_nothing_else_happens(town):
    case = handled(town)
    version = found(town, case, pdf_of("one", "two")[:-400] + b"%%EOF", name="坏.pdf")
    assert copies.make(version.pk, now=at(DAY)) == "refused"
    copy = WorkingCopy.objects.get(version=version)
    assert "上传" in copy.reason
    with pytest.raises(NotNow, match=r"no_copy"):
        copies.image_of(copy, 1, dpi=110, now=at(DAY))


def test_the_pages_of_a_pdf_are_those_of_the_original_itself(town):
    case = handled(town)
    version = found(town, case, pdf_of("alpha 13800000000", "beta"), name="表.pdf")
    assert copies.make(version.pk, now=at(DAY)) == "ready"
    copy = WorkingCopy.objects.get(version=version)
    assert copy.pdf_id == version.file_id
    assert [copies.text_of(page).text for page in copy.pages.order_by("number")] == [
        "alpha 13800000000",
        "beta",
    ]
    assert copies.image_of(copy, 2, dpi=24, now=at(DAY)) is not None
