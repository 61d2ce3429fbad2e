"""Whatever names, titles and requests say: a PDF whose text is the frozen text, or a refusal that names the fault."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from typing import Any

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from letters.compose_paper import Composed, compose
from letters.errors import BadFacts, CannotTypeset
from letters.render_paper import pdf
from letters.typeset import MissingGlyph, default_faces, layout
from letters.typeset.model import ORNAMENT
from tests.amount import FULL
from tests.letters import samples
from tests.letters.papers import NUMBER


@cache
def covered() -> list[str]:
    """Return characters that some face has: without them nearly every random text would end in a refusal."""
    keys = (
        "fangsong",
        "song-basic",
        *(f"song-rare-{n}" for n in range(1, 5)),
        "han-plane2-1",
        "han-plane2-2",
    )
    return sorted({
        chr(code)
        for key in keys
        for code in list(default_faces("").face(key).glyphs)[:: 7 if key.startswith("han") else 1]
        if code > 0x20
    })  # fmt: skip


MARKS = "，。、；：？！（）《》〈〉“”‘’〔〕【】「」『』…—·％℃,.;:!?()[]{}<>#+>-_/\\|~^*=&@$%'\"`"
LATIN = ["https://www.qingyuan.example.gov.cn/zwgk/2026-03-18/content_204817.html", "GB/T 9704-2012", "O'Neill", "a" * 90,
         "3.14159", "12,000元", "2026年11月20日", "0415-3126677", "{{ 7 * 7 }}", "{% raw %}", "<b>粗</b>", "&amp;", "# 一、", "+ 附件", "> 顶格",
         "ET Q /F1 12 Tf (x) Tj", "%PDF-1.7", "\\u4e2d", "']]>"]  # fmt: skip
WORD = st.one_of(
    st.deferred(lambda: st.text(st.sampled_from(covered()), min_size=1, max_size=30)),
    st.text(
        st.sampled_from("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"),
        min_size=1,
        max_size=80,
    ),
    st.text(st.sampled_from(MARKS), min_size=1, max_size=12),
    st.sampled_from(LATIN),
    st.text(st.characters(min_codepoint=0x30, max_codepoint=0x7A), min_size=1, max_size=40),
)
#: What no face has, or nobody sees: emoji, right-to-left, private use, marks of format, combining marks, the last characters.
ODD = (
    *(
        "😀",
        "👨‍👩‍👧",
        "🇨🇳",
        "שלום",
        "مرحبا",
        "\u202eabc\u202c",
        "\ue000",
        "\ue123",
        "\u200b",
        "\ufeff",
        "é\u0301\u0301",
        "\x00",
    ),
    *(
        "\x1b[0m",
        "\ufffd",
        "\U0010ffff",
        "葛\U000e0100",
        "\u2028",
        "\t",
        "\x0c",
        "ﬁ",
        "２０２６",
        "㎡",
        "①",
        "\u3000",
    ),
)
STRANGE = st.one_of(
    st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
)
TEXT = st.lists(st.one_of(*[WORD] * 9, STRANGE), min_size=1, max_size=12).map("".join)
PLAIN = st.lists(WORD, min_size=1, max_size=12).map("".join)
LONG = st.tuples(PLAIN, st.integers(1_000, 20_000)).map(
    lambda pair: (pair[0] * (pair[1] // len(pair[0]) + 1))[: pair[1]]
)
ANY = st.one_of(PLAIN, PLAIN, TEXT, TEXT)
FEW, MANY = 40, 1_000


def letter(name: str, wanted: str, reason: str) -> tuple[str, dict[str, Any]]:
    """Return kind and facts of a refusal with these words."""
    facts = samples.facts("reply_refuse")
    facts["addressee"] = {**facts["addressee"], "name": name}
    facts["items"][0] |= {"description": wanted, "reason": reason}
    return "reply_refuse", facts


def sheet(title: str, author: str, note: str) -> tuple[str, dict[str, Any]]:
    """Return kind and facts of an index of a file with these words."""
    facts = samples.facts("archive_index")
    facts["entries"] = [
        {**facts["entries"][0], "title": title, "author": author, "note": note},
        *facts["entries"][1:],
    ]
    return "archive_index", facts


def bare(text: str) -> str:
    """Return a text without what layout decides: line ends, indents, and the blanks at which a line may end.

    Both readers take a hyphen at the end of a line for one that the line end has put in, and leave it out. Ours stands there
    only in a run of hyphens longer than a line; elsewhere `test_a_hyphen_comes_back` asks for it.
    """
    return re.sub(r"[-\ufffe\s]", "", text)


def printed_or_refused(kind: str, facts: dict[str, Any]) -> Composed | None:
    """Make the paper and read it back; nothing where it was refused by name."""
    try:
        made = compose(kind, facts, on=samples.ON).issued(NUMBER, samples.ON)
        drawn = pdf(
            made.blocks,
            form=made.form,
            title=made.title,
            author="清源县自然资源局",
            on=samples.ON,
            draft=False,
        )
    except (BadFacts, CannotTypeset) as refusal:
        return _named(refusal)
    wanted = (
        bare(made.text)
        if made.form == "letter"
        else "".join(sorted(bare(re.sub(r" \| | / ", "", made.text)) + bare(_again(made))))
    )
    for read in (_poppler, _pdfium):
        # A reader may join the number of the page and a cell beside it to one line.
        seen = bare(re.sub(r"^— ?\d+ ?—(?= |$)", "", read(drawn), flags=re.M))
        if made.form == "letter":
            assert seen == wanted, read.__name__
        else:  # a reader goes through a table in its own order
            assert "".join(sorted(seen)) == wanted, read.__name__
    return made


def _again(made: Composed) -> str:
    """Return the heads of tables that stand over further pages once more: seen there, and no part of the text."""
    pages = layout(made.blocks, default_faces(""), form=made.form).pages
    return "".join(
        text.text
        for page in pages
        for text in page.texts
        if text.element == ORNAMENT and text.role != "folio"
    )


def _named(refusal: BadFacts | CannotTypeset) -> None:
    """See that a refusal says something to a person."""
    assert re.search("[\u4e00-\u9fff]", refusal.message)


def _poppler(drawn: bytes) -> str:
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", "-", "-"], input=drawn, capture_output=True, check=True
    )
    return done.stdout.decode("utf-8")


def _pdfium(drawn: bytes) -> str:
    with pdfium.PdfDocument(drawn) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r", "\n")


def check(kind: str, facts: dict[str, Any], *texts: str) -> None:
    """Let a paper be made or refused; what is made says each text whole, and what can be printed is not refused for its characters."""
    made = printed_or_refused(kind, facts)
    if made is not None:
        for text in texts:
            default_faces("").check("".join(text.split()))


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])
def test_any_letter(count: int):
    @settings(
        max_examples=count if not FULL or count == MANY else FEW,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @example("王䶮", "采薇村方案😀", "理由")
    @example("𬭼" * 30, "——……“《（〔" * 20, "。，；：" * 30)
    @example("<b>", "{{ office }}{% for x in y %}", "# 一、\n+ 附件\n> 顶格")
    @example("a" * 300, "-" * 200, "/" * 200)
    @example("0", "0", "\u20dd\u20dd")
    @given(ANY, ANY, ANY)
    def letters(name: str, wanted: str, reason: str) -> None:
        check(*letter(name, wanted, reason))

    letters()


@pytest.mark.parametrize("count", [FEW // 2, pytest.param(MANY, marks=pytest.mark.slow)])
def test_any_sheet(count: int):
    @settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))
    @example("0", "0", f"0²4Ú_▶000y―0§Щ{LATIN[0]}00<@Æ<⇧0[0K”℃00000<<<—000")
    @given(ANY, ANY, ANY)
    def sheets(title: str, author: str, note: str) -> None:
        check(*sheet(title, author, note))

    sheets()


@pytest.mark.parametrize("count", [2, pytest.param(100, marks=pytest.mark.slow)])
def test_texts_of_up_to_twenty_thousand_characters(count: int):
    @settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))
    @given(LONG)
    def long(text: str) -> None:
        check(*letter("王䶮", "方案", text))

    long()


@pytest.mark.parametrize(
    "text",
    [
        "王䶮𬭼，" * 5_000,
        pytest.param("a" * 20_000, marks=pytest.mark.slow),
        pytest.param("（" * 20_000, marks=pytest.mark.slow),
        pytest.param("2026年" * 4_000, marks=pytest.mark.slow),
    ],
)
def test_twenty_thousand_characters_of_one_kind(text: str):
    check(*letter("王䶮", "方案", text))


@pytest.mark.parametrize("lead", range(0, 28, 3))
def test_a_hyphen_comes_back(lead: int):
    word = (
        "https://www.qingyuan-example.gov.cn/zwgk/2026-03-18/content-204817.html，电话0415-3126671，甲-乙-丙"
    )
    kind, facts = letter("王䶮", "方案", "字" * lead + word)
    made = compose(kind, facts, on=samples.ON).issued(NUMBER, samples.ON)
    drawn = pdf(made.blocks, form=made.form, title=made.title, author="x", on=samples.ON, draft=False)
    for read in (_poppler, _pdfium):
        assert word in re.sub(r"\s", "", read(drawn)), read.__name__


@pytest.mark.parametrize("char", ["\u00ad", "ﬁ", "😀", "ש", "\u202e", "\ue123", "\U000323b0"])
def test_what_no_face_has_is_refused_by_its_name(char: str):
    kind, facts = letter("王䶮", f"方案{char}", "理由")
    made = compose(kind, facts, on=samples.ON).issued(NUMBER, samples.ON)
    with pytest.raises(CannotTypeset, match=f"U\\+{ord(char):04X}"):
        pdf(made.blocks, form=made.form, title=made.title, author="x", on=samples.ON, draft=False)
    with pytest.raises(MissingGlyph):
        default_faces("").check(char)


@pytest.mark.parametrize(
    "text", ["e\u0301\u0301", "\u0300a", "（\u0300）", " \u0300", "\u20dd\u20dd", "：\u20dd"]
)
def test_a_mark_set_twice_over_a_letter_or_over_none_is_refused(text: str):
    kind, facts = letter("王䶮", "方案", text)
    made = compose(kind, facts, on=samples.ON).issued(NUMBER, samples.ON)
    with pytest.raises(CannotTypeset, match="附加符号"):
        pdf(made.blocks, form=made.form, title=made.title, author="x", on=samples.ON, draft=False)


def test_a_letter_with_its_mark_is_set():
    assert printed_or_refused(*letter("王䶮", "cafe\u0301 a\u0300", "理由")) is not None


@pytest.mark.parametrize("kind, where, facts", [
    ("reply_refuse", "items.1.reason", {"items": [{**samples.facts("reply_refuse")["items"][0], "reason": "讨论\ud800记录"}]}),
    ("reply_refuse", "addressee.name", {"addressee": {"name": "王\udfff", "kind": "natural"}}),
    ("archive_index", "entries.1.title", {"entries": [{"title": "材料\ud83d"}]}),
])  # fmt: skip
def test_half_a_character_is_refused_at_its_place(kind: str, where: str, facts: dict[str, Any]):
    with pytest.raises(BadFacts, match="不完整的字符") as caught:
        compose(kind, {**samples.facts(kind), **facts}, on=samples.ON)
    assert caught.value.fact == where
