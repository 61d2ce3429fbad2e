"""The working copy: the same draft comes back, an edit shows, the system's parts stay, a hostile file is refused."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from letters import lint, working_copy
from letters.compare import compared
from letters.compose_paper import Composed, compose
from letters.errors import TextChanged
from letters.print_shop import sample_papers
from letters.working_copy import BadWorkingCopy
from letters.working_copy.applying import Edited, difference
from letters.working_copy.container import LARGEST_FILE
from letters.working_copy.losses import check
from letters.working_copy.parts import HEADING_1, REMEDY
from tests.amount import turn_of
from tests.letters import samples
from tests.letters.copies import MAIN, edited, paragraph, rebuilt, with_relation, with_xml

SAMPLES = [(name, kind, facts) for name, kind, facts in sample_papers()]


@cache
def mixed() -> Composed:
    return compose("reply_mixed", samples.facts("reply_mixed"), on=samples.ON)


@cache
def copy_of_mixed() -> bytes:
    return working_copy.write(mixed())


def taken(content: bytes, base: Composed | None = None) -> tuple[Composed, list[str]]:
    base = base or mixed()
    found, notices = working_copy.edited_from(working_copy.read(content), base)
    return working_copy.apply(found, base), notices


@pytest.mark.parametrize("number", range(len(SAMPLES)), ids=[name for name, _, _ in SAMPLES])
def test_a_copy_that_nobody_edited_is_the_identical_draft(number: int) -> None:
    _, kind, facts = SAMPLES[number]
    base = compose(kind, facts, on=samples.ON)
    content = working_copy.write(base)
    got, notices = taken(content, base)
    assert (got.body_sha256, got.blocks, notices) == (base.body_sha256, base.blocks, [])
    assert difference(base, got) == []
    if turn_of(number, 6):
        assert content == working_copy.write(base)
        resaved, notices = taken(edited(content, lambda document: None), base)
        assert (resaved.body_sha256, notices) == (base.body_sha256, [])


def test_the_page_is_the_standards() -> None:
    section = Document(io.BytesIO(copy_of_mixed())).sections[0]
    sides = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(side.mm, 1) for side in sides] == [37, 28, 26, 35]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    with zipfile.ZipFile(io.BytesIO(copy_of_mixed())) as archive:
        main, styles = archive.read(MAIN).decode(), archive.read("word/styles.xml").decode()
    assert '<w:docGrid w:type="lines" w:linePitch="579"/>' in main
    assert 'w:lineRule="exact" w:line="579"' in styles
    assert all(face in styles for face in ("仿宋", "黑体", "楷体", "方正小标宋简体"))
    assert 'w:firstLineChars="200"' in styles


def test_the_copy_names_nobody_and_no_day() -> None:
    held = Document(io.BytesIO(copy_of_mixed())).core_properties
    assert (held.author, held.last_modified_by, held.comments) == ("", "", "")
    assert held.identifier == mixed().body_sha256


def test_an_edited_paragraph_is_taken_over_and_shown() -> None:
    def edit(document) -> None:
        found = paragraph(document, "关于能否区分处理")
        found.runs[0].text = found.text.replace("不能作区分处理", "经逐段研究，不能作区分处理")

    got, notices = taken(edited(copy_of_mixed(), edit))
    assert notices == []
    assert got.body_sha256 != mixed().body_sha256
    assert "经逐段研究，不能作区分处理" in got.text
    shown = [line for line in difference(mixed(), got) if line.what != "same"]
    assert [line.what for line in shown] == ["gone", "added"]
    assert ("added", "经逐段研究，") in shown[1].parts
    assert [
        f.message for f in check(got, mixed(), samples.facts("reply_mixed")) if f.severity == lint.BLOCK
    ] == []


def test_paragraphs_headings_and_breaks_are_read_as_seen() -> None:
    def edit(document) -> None:
        found = paragraph(document, "关于能否区分处理")
        more = found.insert_paragraph_before("", style=HEADING_1)
        more.add_run("（一）关于").bold = True
        more.add_run("区分处理")
        loose = found.insert_paragraph_before("　　另起一段\n又起一段　")
        loose.style = document.styles["Normal"]

    got, _ = taken(edited(copy_of_mixed(), edit))
    blocks = [(block["type"], block["text"]) for block in got.blocks if "text" in block]
    assert ("heading", "（一）关于区分处理") in blocks
    assert ("para", "另起一段") in blocks
    assert ("para", "又起一段") in blocks


@pytest.mark.parametrize(
    "words", ["清源县自然资源局", "政府信息公开申请答复书", "王䶮：", "联系电话", "附件：", "不予公开不服的"]
)
@pytest.mark.parametrize("way", ["edit", "delete", "unlock and edit"])
def test_what_the_system_keeps_stays_with_a_notice(words: str, way: str) -> None:
    def edit(document) -> None:
        found = paragraph(document, words)
        if way == "delete":
            control = found._p.getparent().getparent()
            control.getparent().remove(control)
            return
        if way == "unlock and edit":
            content = found._p.getparent()
            control = content.getparent()
            for child in list(content):
                control.addprevious(child)
            control.getparent().remove(control)
        found.runs[0].text = found.text.replace("60日", "30日") + "改"

    got, notices = taken(edited(copy_of_mixed(), edit))
    assert got.body_sha256 == mixed().body_sha256
    assert notices
    assert any("没有采用" in notice or "已保留原文" in notice for notice in notices)


def test_remedies_stay_whole_and_in_order_whatever_is_done_to_them() -> None:
    def edit(document) -> None:
        for element in list(
            document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}sdt")
        ):
            if any(text in "".join(element.itertext()) for text in mixed().remedies):
                element.getparent().remove(element)
        paragraph(document, "关于能否区分处理").runs[0].text = "关于能否区分处理：确实不能作区分处理。"

    got, notices = taken(edited(copy_of_mixed(), edit))
    for text in mixed().remedies:
        assert text in got.text
    assert notices.count("“救济途径”在工作稿中被删去，系统已保留原文") == len(mixed().remedies)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("本机关决定不予公开", "本机关决定暂缓办理", "edit_lost_decision"),
        ("告知您该政府信息不存在", "告知您该政府信息目前没有", "edit_lost_decision"),
        ("、第三十六条第三项", "", "edit_lost_article"),
        ("清自然资申〔2026〕36号", "清自然资申", "edit_lost_number"),
        ("2026年10月28日", "2026年10月29日", "received_day"),
        ("“城北片区征收补偿方案专题会议讨论记录”", "有关讨论记录", "not_restated"),
        (
            "记录为与会人员连续发言",
            "不服的可以向清源县人民法院提起行政诉讼，记录为与会人员连续发言",
            "edit_remedy",
        ),
        ("记录为与会人员连续发言", "请说明用途，记录为与会人员连续发言", "purpose"),
    ],
)
def test_an_edit_that_would_lose_is_stopped(old: str, new: str, rule: str) -> None:
    def edit(document) -> None:
        while True:
            try:
                found = paragraph(document, old)
            except LookupError:
                return
            found.runs[0].text = found.text.replace(old, new)

    if old in new:

        def edit(document) -> None:
            found = paragraph(document, old)
            found.runs[0].text = found.text.replace(old, new)

    got, _ = taken(edited(copy_of_mixed(), edit))
    rules = {f.rule for f in check(got, mixed(), samples.facts("reply_mixed")) if f.severity == lint.BLOCK}
    assert rule in rules


def test_a_copy_of_another_draft_is_refused_and_one_without_a_mark_is_told() -> None:
    other = compose("reply_refuse", samples.facts("reply_refuse"), on=samples.ON)
    with pytest.raises(BadWorkingCopy, match="重新导出"):
        taken(working_copy.write(other))

    def unmark(document) -> None:
        document.core_properties.identifier = ""

    got, notices = taken(edited(copy_of_mixed(), unmark))
    assert got.body_sha256 == mixed().body_sha256
    assert any("没有工作稿的标记" in notice for notice in notices)


def test_an_edit_holds_only_for_the_draft_it_was_made_on() -> None:
    found, _ = working_copy.edited_from(working_copy.read(copy_of_mixed()), mixed())
    assert working_copy.apply(Edited.from_data(found.as_data()), mixed()).body_sha256 == mixed().body_sha256
    other = compose("reply_refuse", samples.facts("reply_refuse"), on=samples.ON)
    with pytest.raises(TextChanged):
        working_copy.apply(found, other)


def run(inner: str) -> str:
    return f"<w:p><w:r>{inner}</w:r></w:p>"


INLINE = {
    "inserted": ('<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>新</w:t></w:r></w:ins></w:p>', "修订"),
    "deleted": (
        '<w:p><w:del w:id="1" w:author="x"><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>',
        "修订",
    ),
    "moved": ('<w:p><w:moveTo w:id="1" w:author="x"><w:r><w:t>移</w:t></w:r></w:moveTo></w:p>', "修订"),
    "deleted mark": ('<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="x"/></w:rPr></w:pPr></w:p>', "修订"),
    "picture": (run("<w:drawing/>"), "图片"),
    "old picture": (run("<w:pict/>"), "图片"),
    "object": (run("<w:object/>"), "嵌有其他文件"),
    "chunk": ("<w:altChunk/>", "嵌有其他文件"),
    "footnote": (run('<w:footnoteReference w:id="1"/>'), "脚注"),
    "symbol": (run('<w:sym w:font="Wingdings" w:char="F0FC"/>'), "符号字体"),
    "hidden": ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r></w:p>", "隐藏文字"),
    "numbering": (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr></w:p>',
        "自动编号",
    ),
    "right to left": (run("<w:t>字\u202e字</w:t>"), r"U\+202E"),
    "private": (run("<w:t>字\ue000字</w:t>"), r"U\+E000"),
    "long": (run(f"<w:t>{'字' * 70_000}</w:t>"), "文稿过长"),
    "many": (run("<w:t>字</w:t>") * 3_100, "文稿过长"),
    "deep": ("<w:customXml>" * 300 + "</w:customXml>" * 300, "层次过深"),
}


@pytest.mark.parametrize("name", INLINE)
def test_what_stands_in_the_text_and_cannot_be_taken_is_refused(name: str) -> None:
    xml, message = INLINE[name]
    with pytest.raises(BadWorkingCopy, match=message):
        working_copy.read(with_xml(copy_of_mixed(), xml))


@pytest.mark.parametrize(
    ("xml", "notice"),
    [
        (
            '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>加一句。</w:t></w:r><w:commentRangeEnd w:id="0"/></w:p>',
            "批注没有导入",
        ),
        ("<w:p><w:hyperlink><w:r><w:t>加一句。</w:t></w:r></w:hyperlink></w:p>", "超链接只留下文字"),
        ("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc></w:tr></w:tbl>", "表格没有导入"),
    ],
)
def test_comments_links_and_tables_are_left_out_with_a_notice(xml: str, notice: str) -> None:
    _, notices = taken(with_xml(copy_of_mixed(), xml))
    assert any(notice in told for told in notices)


def _set(name: str, content: bytes):
    def change(parts: dict[str, bytes]) -> None:
        parts[name] = content

    return change


def _main(change):
    def of(parts: dict[str, bytes]) -> None:
        parts[MAIN] = change(parts[MAIN])

    return of


def _macro(parts: dict[str, bytes]) -> None:
    name = "[Content_Types].xml"
    parts[name] = parts[name].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w:document '
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document '
HOSTILE = {
    "empty": (lambda c: b"", "不是完整的 docx"),
    "text": (lambda c: "只是文字".encode(), "不是完整的 docx"),
    "pdf": (lambda c: b"%PDF-1.7\n%%EOF", "不是完整的 docx"),
    "cut": (lambda c: c[: len(c) // 2], "不是完整的 docx"),
    "old doc": (lambda c: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "旧版 doc"),
    "too large": (lambda c: c + b"\x00" * LARGEST_FILE, "文件过大"),
    "another zip": (lambda c: rebuilt(c, lambda parts: parts.clear(), more=(("a.txt", b"a"),)), "不是完整的 docx"),
    "bomb": (lambda c: rebuilt(c, _set("word/media/x.bin", b"\x00" * 40 * 1024 * 1024)), "解开后过大"),
    "giant xml": (lambda c: rebuilt(c, _main(lambda m: m.replace(b"<w:body>", b"<w:body>" + b" " * 9_000_000))), "解开后过大"),
    "many parts": (lambda c: rebuilt(c, lambda parts: parts.update({f"x/{n}": b"" for n in range(500)})), "解开后过大"),
    "macro part": (lambda c: rebuilt(c, _set("word/vbaProject.bin", b"x")), "含有宏"),
    "macro type": (lambda c: rebuilt(c, _macro), "含有宏"),
    "embedding": (lambda c: rebuilt(c, _set("word/embeddings/oleObject1.bin", b"x")), "嵌有其他文件"),
    "active x": (lambda c: rebuilt(c, _set("word/activeX/activeX1.xml", b"<x/>")), "嵌有其他文件"),
    "doubled": (lambda c: rebuilt(c, lambda parts: None, more=((MAIN.upper(), b"<x/>"),)), "内部结构重复"),
    "entities": (lambda c: rebuilt(c, _main(lambda m: LAUGHS + m.split(b"<w:document ", 1)[1])), "不应有的定义"),
    "outside entity": (lambda c: rebuilt(c, _main(lambda m: OUTSIDE + m.split(b"<w:document ", 1)[1])), "不应有的定义"),
    "broken xml": (lambda c: rebuilt(c, _main(lambda m: m[:-20])), "已经损坏"),
    "no body": (lambda c: rebuilt(c, _main(lambda m: m.replace(b"w:body>", b"w:nobody>"))), "没有正文"),
    "no main": (lambda c: rebuilt(c, lambda parts: parts.pop(MAIN)), "不是 docx 文稿"),
    "spreadsheet": (
        lambda c: rebuilt(c, _set("[Content_Types].xml", b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')),
        "不是 docx 文稿",
    ),
    "template": (lambda c: with_relation(c, "attachedTemplate", "http://example.invalid/x.dotm"), "嵌有或者连着其他文件"),
    "outside picture": (lambda c: with_relation(c, "image", "http://example.invalid/x.png"), "连着外部"),
    "outside data": (lambda c: with_relation(c, "customXml", "file:///etc/passwd"), "连着外部"),
    "ole": (lambda c: with_relation(c, "oleObject", "embeddings/x.bin", outside=False), "嵌有或者连着其他文件"),
    "chunk": (lambda c: with_relation(c, "aFChunk", "x.html", outside=False), "嵌有或者连着其他文件"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_chinese(name: str) -> None:
    make, message = HOSTILE[name]
    with pytest.raises(BadWorkingCopy, match=message) as found:
        working_copy.read(make(copy_of_mixed()))
    assert found.value.field == "edited_copy"


def test_a_password_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(copy_of_mixed())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1  # the first entry of the table of contents says it is encrypted
    with pytest.raises(BadWorkingCopy, match="设有密码"):
        working_copy.read(bytes(content))


def test_an_outside_link_is_only_text() -> None:
    got, _ = taken(with_relation(copy_of_mixed(), "hyperlink", "http://example.invalid/"))
    assert got.body_sha256 == mixed().body_sha256


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=12))
def test_damage_is_refused_or_harmless(changes: list[tuple[int, int]]) -> None:
    content = bytearray(copy_of_mixed())
    for place, byte in changes:
        content[place * len(content) // 10_001] = byte
    refused = ""
    try:
        taken(bytes(content))
    except BadWorkingCopy as refusal:
        refused = refusal.message
    assert refused == "" or refused.endswith("。")


@given(
    st.lists(st.text(alphabet="甲乙丙。，", max_size=12), max_size=8),
    st.lists(st.text(alphabet="甲乙丙。，", max_size=12), max_size=8),
)
def test_a_comparison_tells_both_texts_whole(before: list[str], after: list[str]) -> None:
    lines = compared(before, after, around=None)
    if before == after:
        assert lines == []
    else:
        assert [line.text for line in lines if line.what in ("same", "gone")] == before
        assert [line.text for line in lines if line.what in ("same", "added")] == after


def test_the_remedies_have_a_style_of_their_own() -> None:
    document = Document(io.BytesIO(copy_of_mixed()))
    assert paragraph(document, mixed().remedies[0]).style.name == REMEDY
