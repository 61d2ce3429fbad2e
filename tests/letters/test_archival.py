"""Papers for the archive: PDF/A-2b by their structure, tagged, with bookmarks, the same bytes whatever came before."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pytest
from PIL import Image, ImageCms

from letters.compose_paper import compose
from letters.render_paper import pdf as pdf_of
from letters.render_paper import render_draft
from letters.typeset.srgb import profile
from tests.amount import turn_of
from tests.letters import samples
from tests.letters.papers import LETTERS, NAMES, composed, drawn
from tests.letters.pdfa import faults

SHARE = [name for n, name in enumerate(NAMES) if turn_of(n, 4) or name in ("reply_mixed", "approval_sheet")]


@pytest.mark.parametrize("name", SHARE)
def test_a_paper_has_no_fault_against_the_standard(name: str):
    assert faults(drawn(name)) == []


def test_a_draft_has_none_either():
    made = compose("reply_mixed", samples.facts("reply_mixed"), on=samples.ON)
    assert faults(render_draft(made)) == []


def _without(key: str) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.Root.__delitem__(key)


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))


def _unembedded(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].resources.Font.values()))
    del font.DescendantFonts[0].FontDescriptor.FontFile2


def _wide(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].resources.Font.values():
        font.DescendantFonts[0].DW = 900


def _mute(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].resources.Font.values():
        del font.ToUnicode


def _cmyk(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 0 1 k")


@pytest.mark.parametrize("spoil, clause", [
    (_without("/OutputIntents"), "6.2.3"), (_without("/Metadata"), "6.6.2"), (_script, "6.5.1"), (_unembedded, "6.2.11.4"),
    (_wide, "6.2.11.5"), (_mute, "6.2.11.7"), (_cmyk, "6.2.4.3"),
    (lambda pdf: pdf.docinfo.__setitem__("/Title", "另一标题"), "6.6.3"),
    (lambda pdf: pdf.attachments.__setitem__("a.txt", b"x"), "6.8"),
    (lambda pdf: pdf.pages[0].__setitem__("/Group", pikepdf.Dictionary(S=pikepdf.Name.Transparency)), "6.2.10"),
])  # fmt: skip
def test_the_checker_finds_a_fault(spoil: Callable[[pikepdf.Pdf], None], clause: str):
    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn("reply_refuse"))) as pdf:
        spoil(pdf)
        pdf.save(held)
    assert any(clause in fault for fault in faults(held.getvalue()))


def test_the_colours_are_those_of_srgb():
    own = ImageCms.ImageCmsProfile(io.BytesIO(profile()))
    turned = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), own, "RGB", "RGB")
    picture = Image.new("RGB", (16, 16))
    picture.putdata([(r, g, 255 - r) for r in range(0, 256, 17) for g in range(0, 256, 17)])
    seen = ImageCms.applyTransform(picture, turned)
    assert max(abs(a - b) for a, b in zip(picture.tobytes(), seen.tobytes(), strict=True)) <= 1


@pytest.mark.parametrize("name", ["reply_mixed", "approval_sheet"])
def test_the_same_bytes_whatever_was_made_before_and_beside(name: str):
    first = drawn(name)
    drawn.cache_clear()
    others = [
        other
        for other in ("reply_not_ours", "registration_receipt", "archive_index", "fee_notice")
        if other != name
    ]
    with ThreadPoolExecutor(4) as workers:
        made = list(workers.map(drawn.__wrapped__, [*others, name, *reversed(others), name]))
    assert made[len(others)] == made[-1] == first


def _tree(pdf: pikepdf.Pdf) -> list[tuple[str, int]]:
    """Return the structure: each element's type and how deep it stands, in order of reading."""
    found = []

    def visit(element: pikepdf.Object, depth: int) -> None:
        found.append((str(element.S)[1:], depth))
        for kid in element.get("/K", []):
            if str(kid.Type) == "/StructElem":
                visit(kid, depth + 1)

    visit(pdf.Root.StructTreeRoot.K, 0)
    return found


def test_a_screen_reader_is_told_title_headings_and_paragraphs():
    with pikepdf.open(io.BytesIO(drawn("reply_mixed"))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        kinds = [kind for kind, _ in _tree(pdf)]
        headings = [block for block in composed("reply_mixed").blocks if block["type"] == "heading"]
        assert kinds[0] == "Document"
        assert kinds.count("H1") == 1
        assert kinds.count("H2") + kinds.count("H3") == len(headings) > 2


def test_a_screen_reader_is_told_rows_and_cells():
    with pikepdf.open(io.BytesIO(drawn("archive_index"))) as pdf:
        tree = _tree(pdf)
    block = next(block for block in composed("archive_index").blocks if block["type"] == "table")
    assert tree.count(("TR", 2)) == len(block["rows"])
    assert tree.count(("TH", 3)) + tree.count(("TD", 3)) == sum(len(row) for row in block["rows"])
    assert tree.count(("TH", 3)) >= 7


def _elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    found = []

    def visit(element: pikepdf.Object) -> None:
        if str(element.S) == f"/{kind}":
            found.append(element)
        for kid in element.get("/K", []):
            if str(kid.Type) == "/StructElem":
                visit(kid)

    visit(pdf.Root.StructTreeRoot.K)
    return found


def test_a_screen_reader_is_told_what_a_head_stands_over_and_how_far_a_cell_reaches():
    with pikepdf.open(io.BytesIO(drawn("archive_index"))) as pdf:
        heads = _elements(pdf, "TH")
        assert [str(head.A.Scope) for head in heads] == ["/Column"] * 7 + ["/Row"]
        assert {str(head.A.O) for head in heads} == {"/Table"}
    with pikepdf.open(io.BytesIO(drawn("register_sheet"))) as pdf:
        assert "/Row" in {str(head.A.Scope) for head in _elements(pdf, "TH")}
        spans = [int(cell.A.get("/ColSpan", 1)) for cell in _elements(pdf, "TD") if "/A" in cell]
    block = next(block for block in composed("register_sheet").blocks if block["type"] == "table")
    wide = [cell["span"] for row in block["rows"] for cell in row if cell.get("span", 1) > 1]
    assert sorted(spans) == sorted(wide)


def test_a_picture_is_told_in_words():
    """Without words a screen reader says nothing of the code beside the signature, or of the seal over it."""
    checked = composed("reply_refuse").with_check(url="https://x.example/v", code="ABCD-EFGH")
    content = pdf_of(checked.blocks, form="letter", title="答复", author="局", on=samples.ON, draft=False)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert [str(figure.Alt) for figure in _elements(pdf, "Figure")] == ["核验二维码"]


def test_the_head_of_a_list_is_told_once_however_many_pages_show_it():
    facts = samples.facts("archive_index")
    facts["entries"] = [{**facts["entries"][0], "title": f"材料{n}"} for n in range(1, 90)]
    made = compose("archive_index", facts, on=samples.ON)
    content = pdf_of(made.blocks, form="sheet", title=made.title, author="局", on=samples.ON, draft=False)
    assert faults(content) == []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) > 2
        assert [str(head.A.Scope) for head in _elements(pdf, "TH")].count("/Column") == 7
        assert len(_elements(pdf, "Table")) == 1


@pytest.mark.parametrize("name", ["reply_mixed", "archive_index"])
def test_every_text_belongs_to_an_element_or_is_an_ornament(name: str):
    with pikepdf.open(io.BytesIO(drawn(name))) as pdf:
        nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        parents = {int(key): list(values) for key, values in zip(nums[::2], nums[1::2], strict=True)}
        for page in pdf.pages:
            seen, within = [], 0
            for operands, operator in pikepdf.parse_content_stream(page):
                word = str(operator)
                if word == "BDC":
                    seen.append(int(operands[1].MCID))
                within += (word in ("BDC", "BMC")) - (word == "EMC")
                assert within <= 1
                assert within or word not in ("Tj", "TJ", "S")
            assert seen == list(range(len(parents[int(page.StructParents)])))


@pytest.mark.parametrize("name", [name for n, name in enumerate(LETTERS) if turn_of(n, 5)])
def test_the_structure_reads_as_the_text(name: str):
    """Read the marked pieces in the order of the tree: it is the frozen text."""
    with pikepdf.open(io.BytesIO(drawn(name))) as pdf:
        pieces = {(page.objgen, mark): text for page in pdf.pages for mark, text in _pieces(page)}
        said: list[str] = []

        def visit(element: pikepdf.Object) -> None:
            for kid in element.get("/K", []):
                if str(kid.Type) == "/MCR":
                    said.append(pieces.pop((kid.Pg.objgen, int(kid.MCID))))
                else:
                    visit(kid)

        visit(pdf.Root.StructTreeRoot.K)
        assert pieces == {}
    assert re.sub(r"\s", "", "".join(said)) == re.sub(r"\s", "", composed(name).text)


def _pieces(page: pikepdf.Page) -> list[tuple[int, str]]:
    maps = {}
    for name, font in page.resources.Font.items():
        rows = re.findall(r"^<([0-9A-F]{4})><([0-9A-F]+)>$", font.ToUnicode.read_bytes().decode(), re.M)
        maps[name] = {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in rows}
    found, font, mark, said = [], "", -1, ""
    for operands, operator in pikepdf.parse_content_stream(page):
        word = str(operator)
        if word == "BDC":
            mark, said = int(operands[1].MCID), ""
        elif word == "Tf":
            font = str(operands[0])
        elif word == "Tj" and mark >= 0:
            data = bytes(operands[0])
            said += "".join(
                maps[font][int.from_bytes(data[n : n + 2], "big")] for n in range(0, len(data), 2)
            )
        elif word == "EMC" and mark >= 0:
            found.append((mark, said))
            mark = -1
    return found


def test_the_outline_names_the_title_and_every_heading():
    with pikepdf.open(io.BytesIO(drawn("reply_mixed"))) as pdf:
        assert str(pdf.Root.ViewerPreferences.DisplayDocTitle) == "True"
        with pdf.open_outline() as outline:
            (top,) = outline.root
            assert top.title == composed("reply_mixed").title
            under = [item.title for item in top.children]
    headings = [
        b["text"] for b in composed("reply_mixed").blocks if b["type"] == "heading" and b["level"] == 1
    ]
    assert under == headings
