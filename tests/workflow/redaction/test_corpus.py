"""Nothing survives in a copy, by our own search and by programs of others; and the same search finds it in the original."""

from __future__ import annotations

import io
import json
import shutil
import subprocess

import pikepdf
import pytest

from tests.amount import turn_of
from tests.workflow.redaction.corpus import CASES
from tests.workflow.redaction.outside import found_by_others
from workflow.review.redaction import Wanted, ocr, probe, release

PDFS = [one for one in CASES if one.suffix == ".pdf"]
PICTURES = [one for one in CASES if one.suffix in (".png", ".jpg", ".tiff")]
READS = ocr.engine() is not None


def shares(cases, share):
    return [pytest.param(one, id=one.name, marks=() if turn_of(number, share) else pytest.mark.slow)
            for number, one in enumerate(cases)]  # fmt: skip


def test_the_corpus_is_large_and_has_every_kind():
    assert len(CASES) >= 90
    assert {one.suffix for one in CASES} == {
        ".pdf", ".png", ".jpg", ".tiff", ".docx", ".xlsx", ".pptx", ".odt", ".txt", ".html", ".eml", ".zip",
    }  # fmt: skip


@pytest.mark.parametrize("one", shares(CASES, 6))
def test_the_search_finds_it_in_the_original(one):
    report = probe(one.make(), one.secrets, read=one.pixels)
    if one.pixels and not READS and not report.findings:
        assert any("文字识别" in note for note in report.notes)
        return
    assert {finding.secret for finding in report.findings} == set(range(1, len(one.secrets) + 1))
    told = "".join(finding.sentence() for finding in report.findings)
    assert not any(secret in told for secret in one.secrets)


@pytest.mark.parametrize("one", shares(PDFS, 8))
def test_a_page_that_is_merely_blackened_keeps_it(one):
    """The opposite test: black drawn on top hides from the eye alone, and the same search finds what is under it."""
    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(one.make())) as pdf:
        for page in pdf.pages:
            page.contents_add(pdf.make_stream(b"\nq 0 g -1000 -1000 3000 3000 re f Q"))
        pdf.save(held)
    # A number in pixels alone, covered by black, shows only when the picture is taken out and read.
    report = probe(held.getvalue(), one.secrets, read=one.name == "scan")
    if one.name in REWRITTEN or (one.name == "scan" and not READS):
        return
    assert {finding.secret for finding in report.findings} == set(range(1, len(one.secrets) + 1))


#: What lies outside of objects does not outlive being saved anew, blackened or not.
REWRITTEN = {"behind_the_end", "remark_between_objects", "earlier_revision", "attachment_taken_off_later",
             "object_that_nothing_refers_to"}  # fmt: skip


@pytest.mark.parametrize("one", shares([*PDFS, *PICTURES], 16))
def test_nothing_survives_in_the_copy(one, tmp_path):
    source, out, paper = tmp_path / f"in{one.suffix}", tmp_path / "out.pdf", tmp_path / "c.json"
    source.write_bytes(one.make())
    if one.pixels and not READS:
        return
    made = release(source, out, paper, (), [Wanted(secret) for secret in one.secrets], workers=1)
    assert json.loads(paper.read_text(encoding="utf-8")) == made
    assert [bool(string["burned"]) for string in made["strings"]] == [one.shown] * len(one.secrets)
    assert all(
        string["burned"] or string["dropped_from"] or string["beyond_the_page"] for string in made["strings"]
    )
    assert probe(out, one.secrets).findings == []
    assert not any(secret in paper.read_text(encoding="utf-8") for secret in one.secrets)
    assert found_by_others(out, one.secrets) == []


@pytest.mark.slow
@pytest.mark.parametrize("one", [pytest.param(one, id=one.name) for one in CASES if one.suffix in (
    ".docx", ".xlsx", ".txt", ".html", ".eml")])  # fmt: skip
def test_nothing_survives_in_the_copy_of_an_office_file(one, tmp_path):
    """Office files are set on pages in the sandbox first; their copy is made from those pages."""
    from workflow.review.sandbox import Unfit, run

    source, out = tmp_path / "in.pdf", tmp_path / "out.pdf"
    kind = {".docx": "docx", ".xlsx": "xlsx", ".txt": "txt", ".html": "html", ".eml": "eml"}[one.suffix]
    try:
        source.write_bytes(run("make", one.make(), kind=kind).files["pages.pdf"])
    except Unfit:
        # A machine without LibreOffice asks for a print instead.
        assert shutil.which("soffice") is None
        return
    wanted = [Wanted(secret) for secret in one.secrets if probe(source, [secret], read=False).findings]
    release(source, out, tmp_path / "c.json", (), wanted, workers=1)
    assert probe(out, one.secrets).findings == []
    assert found_by_others(out, one.secrets) == []


def test_the_programs_of_others_find_it_in_an_original(tmp_path):
    source = tmp_path / "in.pdf"
    source.write_bytes(next(one for one in PDFS if one.name == "body_chinese_font").make())
    assert {tool for tool, _ in found_by_others(source, ["110101199003070011"])} >= {"pdftotext"}
    source.write_bytes(next(one for one in PDFS if one.name == "document_title").make())
    assert found_by_others(source, ["110101199003070011"])


def test_others_are_asked():
    assert shutil.which("pdftotext")
    assert subprocess.run(["pdftotext", "-v"], capture_output=True, check=False).returncode == 0
