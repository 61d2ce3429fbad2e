"""The catalogue: every paper of the handbook has its row, and every row what a paper needs."""

from datetime import date

import pytest

from law.outcomes import Outcome
from law.remedies.classes import procedural_papers
from law.values import dated
from letters import wordings
from letters.catalogue import KINDS, kind_of, reply_kind
from letters.fact_names import NAMES
from letters.sheets import SHEETS

# The papers of the handbook's table, as a clerk names them.
HANDBOOK = (
    "申请表", "登记表", "接收回执", "转办单", "协办函", "补正告知书", "说明理由告知书", "征求意见书", "征求意见确认函",
    "征求意见告知书", "征求共同制作机关意见书", "公开决定告知书", "延期答复告知书", "延迟答复告知书", "缴费通知书", "审查呈批单",
    "予以公开答复书", "已主动公开", "部分公开答复书", "不予公开答复书", "行政查询", "信息不存在答复书", "非本机关答复书", "另行制作",
    "仍不明确", "信访", "重复申请", "公开出版物", "大量反复", "重新出具", "不再处理告知书", "不再处理告知书（未缴费）", "撤回申请确认书",
    "更正申请答复书", "送达回证", "交寄清单", "转主动公开审批单", "查阅通知书", "查阅登记表", "材料清单", "沟通函", "督促整改通知书",
    "行政复议答复书", "行政诉讼答辩状", "证据目录", "卷宗封面", "卷内目录", "备考表", "信封", "移送函", "移交清单",
)  # fmt: skip
LAW_NOW = date(2026, 11, 20)


@pytest.mark.parametrize("name", HANDBOOK)
def test_every_paper_of_the_handbook_has_a_row(name: str):
    assert [row.code for row in KINDS.values() if name in row.label]


def test_names_and_codes_are_each_used_once():
    labels = [row.label for row in KINDS.values()]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("code", KINDS)
def test_a_row_says_what_a_paper_needs(code: str):
    row = KINDS[code]
    assert row.recipient
    assert row.signatory
    assert row.due is not None or code == "application_form"
    for term in filter(None, (row.due, row.answer)):
        assert bool(term.words) != bool(term.term)
        for key in filter(None, (term.term, term.simple)):
            assert dated(key, LAW_NOW).citation
            assert term.starts
    if row.form == "letter":
        assert row.series
        assert wordings.paper(row.wording_name, LAW_NOW).title
    else:
        assert SHEETS[code].title
    assert bool(row.printed) != bool(row.series)


def test_every_outcome_that_a_reply_can_have_makes_a_reply_of_its_own():
    ends = {Outcome.LAPSED_SUPPLEMENT, Outcome.LAPSED_FEE, Outcome.WITHDRAWN}
    for outcome in set(Outcome) - ends:
        row = KINDS[reply_kind([outcome])]
        assert outcome in row.outcomes
        assert row.is_reply
    assert reply_kind(["disclose", "not_exist"]) == "reply_mixed"
    assert reply_kind(["refuse_internal", "refuse_process"]) == "reply_refuse"


def test_procedural_papers_are_those_of_the_law_and_offer_no_remedies():
    procedural = {code for code, row in KINDS.items() if row.procedural}
    assert set(procedural_papers()) <= procedural
    assert not [code for code in procedural if KINDS[code].remedies]


def test_a_paper_that_is_no_longer_made_is_still_known():
    for code in ("reply_other", "archive_cover"):
        assert code not in KINDS
        assert kind_of(code).retired


@pytest.mark.parametrize("row, wrong", [
    ({"name": "甲"}, "文号系列"), ({"name": "甲", "series": "依甲", "colour": "红"}, "colour"),
    ({"name": "甲", "series": "依甲", "form": "poem"}, "poem"), ({"name": "甲", "series": "依甲", "remedies": "either"}, "either"),
    ({"name": "甲", "series": "依甲", "remedies": "items", "procedural": True}, "items"),
    ({"name": "甲", "series": "依甲", "printed": "桌面"}, "只能有一样"),
])  # fmt: skip
def test_a_row_that_is_not_well_made_is_refused(row: dict, wrong: str):
    from letters.catalogue import _row

    with pytest.raises(ValueError, match=wrong):
        _row("x", {"recipient": "内部", "signatory": "经办人", **row})


def test_every_fact_has_a_chinese_name():
    asked = {name for row in KINDS.values() if row.form == "letter"
             for wording in [wordings.paper(row.wording_name, LAW_NOW)] for name in (*wording.required, *wording.optional)}  # fmt: skip
    asked |= {name for sheet in SHEETS.values() for name in (*sheet.required, *sheet.optional)}
    asked |= {
        name.rstrip("!") for sheet in SHEETS.values() for row in sheet.rows.values() for name in row
    } - {"*"}
    assert sorted(asked - NAMES.keys()) == []
