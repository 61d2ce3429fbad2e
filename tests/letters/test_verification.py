"""Letters that can be verified: a code on them, a QR code beside the signature, and an answer that names nobody."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image

import letters
from letters import verification
from letters.catalogue import KINDS
from letters.models import Paper
from letters.verification import NotIssued, check_code, normal_number, verify, verify_place
from office import keys
from office.keys import rotate
from tests.letters import samples
from tests.letters.conftest import DAY, NOW, Signer
from tests.letters.measure import MM, chars, plain
from tests.letters.pdfa import faults
from tests.letters.test_geometry import CELL, LEFT

ADDRESS = "https://gk.example.gov.cn/verify"


@pytest.fixture
def issued(bureau, settings) -> Paper:
    settings.VERIFY_URL = ADDRESS
    return issue(bureau)


def issue(bureau, kind: str = "reply_refuse", **more) -> Paper:
    return letters.seal(kind=kind, facts=samples.facts(kind), office=bureau, subject_ref="case:1", by=Signer(), on=DAY,
                        now=NOW, **more)  # fmt: skip


def code_on(paper: Paper) -> str:
    (signed,) = [block for block in paper.frozen()["blocks"] if block["type"] == "signature"]
    return signed["verify"]["code"]


def test_a_letter_is_found_by_number_and_code_and_names_nobody(issued):
    found = verify(number_text=issued.number_text, code=code_on(issued))
    assert (found.office, found.number, found.signed_on) == ("清源县自然资源局", issued.number_text, DAY)
    assert found.label == KINDS["reply_refuse"].label
    assert not found.void
    assert not found.corrected
    assert "王䶮" not in repr(found)


def test_the_address_of_the_qr_code_leads_to_the_same_letter(issued):
    (signed,) = [block for block in issued.frozen()["blocks"] if block["type"] == "signature"]
    address = signed["verify"]["url"]
    assert address.startswith(f"{ADDRESS}/zrzy/reply_refuse/2026/1/")
    assert address.isascii()
    office, kind, year, number, code = address.removeprefix(ADDRESS).strip("/").split("/")
    found = verify_place(office=office, kind=kind, year=int(year), number=int(number), code=code)
    assert found == verify(number_text=issued.number_text, code=code_on(issued))


@pytest.mark.parametrize("typed", [
    "清自然资依复〔2026〕{n}号", "清自然资依复[2026]{n}号", "清自然资依复（2026）第{n}号", " 清自然资依复【２０２６】 {n} 号", "清自然资依复〔2026〕{n}",
])  # fmt: skip
def test_a_number_may_be_typed_in_any_way(issued, typed: str):
    assert normal_number(typed.format(n=issued.number)) == issued.number_text
    code = code_on(issued).lower().replace("-", " ")
    assert verify(number_text=typed.format(n=issued.number), code=code).number == issued.number_text


def test_what_does_not_fit_is_told_apart_by_nothing(issued, bureau):
    other = issue(bureau)
    said = set()
    for number, code in [
        (issued.number_text, "AAAAA-BBBBB"), (issued.number_text, ""), (issued.number_text, "😀"), ("清自然资依复〔2026〕99号", code_on(issued)),
        (other.number_text, code_on(issued)), (issued.number_text, code_on(other)), ("", ""), ("'; DROP TABLE", "1"),
    ]:  # fmt: skip
        with pytest.raises(NotIssued) as caught:
            verify(number_text=number, code=code)
        said.add(caught.value.message)
    assert len(said) == 1


def test_the_code_hangs_on_number_text_and_key(own_keys):
    code = check_code("清自然资依复〔2026〕12号", "a" * 64)
    assert code == check_code("清自然资依复〔2026〕12号", "a" * 64)
    assert len(code) == 11
    assert set(code) - {"-"} <= set(verification.ALPHABET)
    assert code != check_code("清自然资依复〔2026〕13号", "a" * 64)
    assert code != check_code("清自然资依复〔2026〕12号", "b" * 64)
    rotate.start(("query",))
    assert code != check_code("清自然资依复〔2026〕12号", "a" * 64)


def test_a_letter_can_be_verified_after_the_keys_were_changed(issued, bureau):
    code = code_on(issued)
    rotate.start()
    later = issue(bureau)
    rotate.retire()
    assert 1 in keys.ring("query").versions
    assert verify(number_text=issued.number_text, code=code).number == issued.number_text
    assert verify(number_text=later.number_text, code=code_on(later)).number == later.number_text


def test_a_letter_that_was_corrected_says_so(issued, bureau):
    issue(bureau, corrects=issued, correction_reason="条款引用有误")
    assert verify(number_text=issued.number_text, code=code_on(issued)).corrected


def test_without_an_address_a_letter_bears_no_code_and_earlier_letters_stay_as_they_are(bureau, settings):
    earlier = issue(bureau)
    before = letters.render(earlier)
    assert earlier.check_key == ""
    assert "verify" not in str(earlier.frozen()["blocks"])
    settings.VERIFY_URL = ADDRESS
    assert letters.render(earlier) == before
    with pytest.raises(NotIssued):
        verify(number_text=earlier.number_text, code=check_code(earlier.number_text, earlier.body_sha256))


def test_a_draft_and_a_sheet_bear_no_code(bureau, settings):
    from letters.compose_paper import compose
    from letters.render_paper import render_draft

    settings.VERIFY_URL = ADDRESS
    made = compose("reply_refuse", samples.facts("reply_refuse"), on=DAY)
    assert "核验码" not in plain(render_draft(made))
    assert issue(bureau, "evidence_index").check_key == ""


def test_the_qr_code_stands_left_of_the_signature_and_reads_as_its_address(issued):
    pdf = letters.render(issued)
    assert faults(pdf) == []
    assert plain(pdf) == "".join(issued.frozen()["text"].split())
    found = chars(pdf)
    text = "".join(char.char for char in found)
    label = found[text.index("核验码：")]
    day = found[text.rindex("2026年11月20日")]
    assert label.x == pytest.approx(LEFT, abs=0.5)
    assert label.page == day.page
    assert label.base > day.base
    left, top, right, bottom = _dark(pdf, day.page)
    assert (left, right) == (pytest.approx(LEFT, abs=0.5), pytest.approx(LEFT + 20, abs=0.5))
    assert bottom - top == pytest.approx(20, abs=0.5)
    assert bottom < label.base - label.size
    assert right < day.x - CELL
    above = [char for char in found if char.page == day.page and char.base < day.base - 12 and char.size > 5]
    assert top > max(char.base for char in above) + 3


def _dark(pdf: bytes, page: int) -> tuple[float, float, float, float]:
    """Return the box of the black rectangles of a page: left, top, right, bottom in mm."""
    boxes = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for operands, operator in pikepdf.parse_content_stream(document.pages[page]):
            if str(operator) == "re":
                x, y, w, h = (float(value) * MM for value in operands)
                boxes.append((x, 297 - y - h, x + w, 297 - y))
    assert len(boxes) > 100
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def test_the_modules_are_those_of_the_code():
    """Draw the boxes on a raster of modules: it is what the library says."""
    import segno

    from letters.typeset.qr import qr_code

    address = f"{ADDRESS}/zrzy/reply_refuse/2026/12/7K3M92PXQH/"
    matrix = segno.make(address, error="m", micro=False, boost_error=False).matrix
    size = len(matrix)
    picture = Image.new("1", (size, size))
    for x, y, w, h in qr_code(address, x=0.0, y=0.0, side=float(size), words="").boxes:
        picture.paste(1, (round(x), round(y), round(x + w), round(y + h)))
    assert [list(row) for row in matrix] == [
        [int(picture.getpixel((x, y)) > 0) for x in range(size)] for y in range(size)
    ]
    assert 20.0 / size > 0.45  # of a module, in mm: a telephone reads it from paper


def test_an_office_with_a_long_name_keeps_clear_of_the_code():
    from letters.typeset import default_faces, layout

    name = "清源县自然资源和规划局经济技术开发区分局行政审批服务科政务服务窗口"
    blocks = [{"type": "para", "text": "正文。"},
              {"type": "signature", "office": name, "date": "2026年3月12日", "verify": {"url": ADDRESS, "code": "AAAAA-BBBBB"}}]  # fmt: skip
    texts = layout(blocks, default_faces(), form="sheet").pages[0].texts
    signed = [text for text in texts if text.text and text.text in name]
    assert "".join(text.text for text in signed) == name
    assert all(text.x * MM > LEFT + 20 + 2 for text in signed)
