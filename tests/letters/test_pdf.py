"""The PDF itself: fonts embedded, text whole, the same bytes every time."""

import hashlib
import re
import subprocess
import sys

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.compose_paper import compose
from letters.render_paper import check_glyphs, render_draft
from letters.typeset import MissingGlyph, default_faces, draw, layout
from letters.typeset.units import NO_END
from tests.letters import samples
from tests.letters.measure import chars, fonts, plain, rows
from tests.letters.papers import LETTERS, NAMES, composed, drawn

MUST_NOT_START = set("，。、；：？！）》”")
MUST_NOT_END = set("（《“")


@pytest.mark.parametrize("name", NAMES)
def test_every_font_is_embedded_subset_and_mapped_to_unicode(name: str):
    found = fonts(drawn(name))
    assert found
    for line in found:
        assert re.match(r"[A-Z]{6}\+Paper", line), line
        assert re.search(r"\byes yes yes\b", line), line


@pytest.mark.parametrize("name", LETTERS)
def test_the_text_comes_back_whole(name: str):
    wanted = re.sub(r"\s", "", composed(name).text)
    assert plain(drawn(name)) == wanted
    assert "〔2026〕" in wanted


def test_names_beyond_the_basic_plane_come_back():
    assert "安平市𬭼源建材有限公司" in plain(drawn("reply_not_ours"))
    assert "王䶮" in plain(drawn("reply_refuse"))


@pytest.mark.parametrize("name", LETTERS)
def test_no_line_begins_or_ends_against_the_rules(name: str):
    found = chars(drawn(name))
    for page in range(found[-1].page + 1):
        for row in rows(found, page).values():
            line = "".join(char.char for char in sorted(row, key=lambda char: char.x))
            assert line[0] not in MUST_NOT_START, line
            assert line[-1] not in MUST_NOT_END, line
            assert line[-1] not in NO_END, line


def test_two_processes_make_the_same_bytes():
    code = (
        "import hashlib;from tests.letters.papers import drawn;"
        "print(hashlib.sha256(drawn('reply_mixed')).hexdigest())"
    )
    made = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                           env={"PYTHONPATH": ".", "PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"}).stdout.strip()
            for seed in ("1", "2")]  # fmt: skip
    assert made[0] == made[1] == hashlib.sha256(drawn("reply_mixed")).hexdigest()


def test_title_language_author_and_date_of_the_file():
    import io

    with pikepdf.open(io.BytesIO(drawn("reply_refuse"))) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        assert str(pdf.docinfo["/Title"]) == "政府信息公开申请答复书"
        assert str(pdf.docinfo["/Author"]) == "清源县自然资源局"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261120")


def test_a_draft_says_so_and_has_no_number():
    made = compose("reply_refuse", samples.facts("reply_refuse"), on=samples.ON)
    found = chars(render_draft(made))
    text = "".join(char.char for char in found if char.size < 20)
    assert "".join(char.char for char in found if char.size > 50) == "草稿" * (found[-1].page + 1)
    assert "（签发时编号）" in text
    assert "依复〔2026〕" not in text


def test_more_than_255_characters_of_one_face_come_back():
    text = "".join(chr(0x4E00 + n) for n in range(700))
    blocks = [{"type": "office", "text": "清源县"}, {"type": "para", "text": text}]
    faces = default_faces()
    assert plain(draw(layout(blocks, faces), faces, title="t", author="a", on=None)) == "清源县" + text


def test_every_supplementary_character_of_the_shipped_faces_comes_back():
    faces = default_faces()
    held = {u for key in ("song-rare-4", "han-plane2-1") for u in faces.face(key).glyphs if u >= 0x20000}
    sample = "".join(chr(u) for u in sorted(held)[::97])
    blocks = [{"type": "office", "text": "清源县"}, {"type": "para", "text": sample}]
    assert plain(draw(layout(blocks, faces), faces, title="t", author="a", on=None)) == "清源县" + sample


ANY = st.one_of(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FEF), st.characters(min_codepoint=0x3400, max_codepoint=0x4DB5),
    st.characters(min_codepoint=0x20000, max_codepoint=0x2A6D6), st.sampled_from("，。、；：？！（）《》“”〔〕…—·"),
    st.characters(min_codepoint=0x21, max_codepoint=0x7E), st.characters(),
)  # fmt: skip


@settings(max_examples=60)
@given(st.text(ANY, min_size=1, max_size=120))
def test_any_text_comes_back_whole_or_is_refused_by_name(text: str):
    faces = default_faces()
    blocks = [{"type": "office", "text": "清源县"}, {"type": "para", "text": text}]
    try:
        pdf = draw(layout(blocks, faces), faces, title="t", author="a", on=None)
    except MissingGlyph:
        with pytest.raises(MissingGlyph):
            faces.check(text)
        return
    seen = "".join(sorted(char.char for char in chars(pdf)))
    assert seen == "".join(sorted("清源县" + re.sub(r"\s", "", text)))


def test_a_text_can_be_checked_before_it_becomes_a_letter():
    from letters.errors import CannotTypeset

    check_glyphs("王䶮𬭼〔2026〕")
    with pytest.raises(CannotTypeset, match=r"U\+1F600"):
        check_glyphs("您好😀")
