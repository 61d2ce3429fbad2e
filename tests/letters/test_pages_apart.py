"""What is no plain page of text: an envelope, an attachment on its own page, a cell over several rows."""

import pytest

from letters.typeset import TypesetError, default_faces, draw, layout
from letters.typeset.measures import BOTTOM, PITCH, TOP
from letters.typeset.model import ORNAMENT
from letters.typeset.strips import wide
from letters.typeset.tables import table_strips

FACES = default_faces("")
LETTER = {
    "type": "envelope", "size": "DL", "postcode": "118100", "address": "清源县城关镇北关村二组15号", "name": "王䶮",
    "sender": ["清源县府前街18号", "清源县自然资源局", "邮政编码：118100"], "contents": "内件：清自然资依复〔2026〕12号",
}  # fmt: skip


@pytest.mark.parametrize("size, width, height", [("DL", 220, 110), ("C5", 229, 162)])
def test_an_envelope_is_of_its_own_size(size: str, width: int, height: int):
    laid = layout([{**LETTER, "size": size}], FACES, form="envelope")
    assert laid.width / 72 * 25.4 == pytest.approx(width)
    assert laid.height / 72 * 25.4 == pytest.approx(height)
    texts = laid.pages[0].texts
    assert [text.text for text in texts[:6]] == list("118100")
    for text in texts:
        assert 0 < text.x < laid.width
        assert 0 < text.y < laid.height
    assert draw(laid, FACES, title="信封", author="", on=None).startswith(b"%PDF")


def test_a_postcode_that_is_not_known_leaves_the_boxes_open():
    texts = layout([{**LETTER, "postcode": ""}], FACES, form="envelope").pages[0].texts
    assert not any(text.text.isdigit() for text in texts)


def test_an_address_too_long_for_an_envelope_is_refused():
    with pytest.raises(TypesetError, match="地址太长"):
        layout([{**LETTER, "address": "清源县" * 60}], FACES, form="envelope")


def test_an_attachment_begins_on_a_page_of_its_own_and_the_imprint_comes_last():
    blocks = [
        {"type": "para", "text": "正文。"}, {"type": "imprint", "text": "某局。"}, {"type": "annex", "text": "附件"},
        {"type": "title", "text": "确认函", "tight": True},
    ]  # fmt: skip
    first, second = layout(blocks, FACES, form="sheet").pages
    assert [text.text for text in first.texts if text.text in ("正文。", "附件", "确认函")] == ["正文。"]
    head = next(text for text in second.texts if text.text == "附件")
    assert head.y - TOP < 20
    assert any("某局" in text.text for text in second.texts)


def test_a_cell_reaches_over_the_rows_below_it():
    rows = [
        [{"text": "公民", "down": 2, "middle": True}, {"text": "姓名"}],
        [{"text": "", "under": True}, {"text": "证件"}],
        [{"text": "其他"}, {"text": "无"}],
    ]
    first, second, third = table_strips(FACES, {"type": "table", "columns": [1, 1], "rows": rows})
    left = min(rule.x1 for rule in first.rules)

    def flat(strip, y):
        return [
            rule for rule in strip.rules if rule.x1 == left and rule.x2 > left and rule.y1 == rule.y2 == y
        ]

    assert flat(first, 0)
    assert not flat(first, first.height)
    assert not flat(second, 0)
    assert flat(second, second.height)
    assert flat(third, 0)
    assert first.with_next
    assert not second.with_next
    # In the middle of both rows: its base line lies below the middle of the first.
    assert first.texts[0].y > first.height / 2 + 4


def _register(count: int, head_rows: int = 1, head: str = "序号") -> dict:
    rows = [[{"text": head, "role": "heading"}, {"text": "名称", "role": "heading"}]]
    rows += [[{"text": f"行{n}"}, {"text": f"第{n}件材料"}] for n in range(1, count + 1)]
    return {"type": "table", "columns": [1, 3], "rows": rows, "head_rows": head_rows}


@pytest.mark.parametrize("count", [20, 60, 200])
def test_the_head_of_a_register_stands_over_every_page(count: int):
    laid = layout([{"type": "title", "text": "登记簿", "tight": True}, _register(count)], FACES, form="sheet")
    told = []
    for page in laid.pages:
        heads = [text for text in page.texts if text.text == "序号"]
        assert len(heads) == 1
        assert (heads[0].element == ORNAMENT) == (page.number > 1)
        told += [text.text for text in page.texts if text.element != ORNAMENT and text.text.startswith("行")]
        below = [text for text in page.texts if text.text.startswith("行")]
        assert heads[0].y < min(text.y for text in below)
        assert max(text.y for text in page.texts if text.role == "body") < BOTTOM
        assert max(rule.y2 for rule in page.rules) < BOTTOM + 1
    assert told == [f"行{n}" for n in range(1, count + 1)]


def test_no_head_is_repeated_where_none_was_declared_or_it_would_fill_the_page():
    plain = layout([_register(60, head_rows=0)], FACES, form="sheet")
    tall = layout([_register(60, head="很高的表头\n" * 20)], FACES, form="sheet")
    for laid in (plain, tall):
        assert len(laid.pages) > 1
        assert not [text for text in laid.pages[1].texts if text.text == "名称"]


def test_a_row_as_high_as_a_page_stands_there_without_the_head():
    block = _register(1)
    block["rows"].append([{"text": "长\n" * 35}, {"text": "短"}])
    laid = layout([{"type": "para", "text": "正文。" * 40}, block], FACES, form="sheet")
    assert [len([text for text in page.texts if text.text == "序号"]) for page in laid.pages][-1] == 0
    assert [text.text for text in laid.pages[-1].texts].count("长") == 35


def test_what_follows_a_register_has_no_head_over_it():
    notes = [{"type": "small", "text": "说明。" * 30} for _ in range(20)]
    laid = layout([_register(30), *notes], FACES, form="sheet")
    for page in laid.pages[1:]:
        rows = [text for text in page.texts if text.text.startswith("行")]
        heads = [text for text in page.texts if text.text == "序号"]
        assert len(heads) == (1 if rows else 0)


def noted(names: int, length: int) -> list[dict]:
    """A letter of some lines with a note of attachments."""
    return [
        {"type": "office", "text": "某局"}, {"type": "number", "text": "某复〔2026〕1号"},
        {"type": "title", "text": "答复书"}, {"type": "para", "text": "正文" * 140},
        {"type": "attachments", "items": [f"第{n}号附件" + "名" * length for n in range(1, names + 1)]},
        {"type": "signature", "office": "某局", "date": "2026年11月20日"},
    ]  # fmt: skip


@pytest.mark.parametrize("names", [2, 10, 100])
def test_the_number_of_an_attachment_ends_before_its_name(names: int):
    texts = [text for page in layout(noted(names, 4), FACES, form="letter").pages for text in page.texts]
    labels = [(n, text) for n, text in enumerate(texts) if text.text.removeprefix("附件：").endswith(".")]
    assert len(labels) == names
    for n, label in labels:
        assert label.x + wide(FACES, label.text, label.role, label.size) < texts[n + 1].x


@pytest.mark.parametrize("form", ["letter", "document"])
@pytest.mark.parametrize("names", [3, 9, 14, 20])
def test_a_long_note_of_attachments_does_not_draw_the_text_from_its_page(names: int, form: str):
    pages = layout(noted(names, 90), FACES, form=form).pages
    for page in pages[:-1]:
        last = max(text.y for text in page.texts if text.y < BOTTOM)
        assert BOTTOM - last < 10 * PITCH, f"page {page.number} of {len(pages)}"
    signed = [text.text for text in pages[-1].texts]
    assert signed[0] != "某局"
