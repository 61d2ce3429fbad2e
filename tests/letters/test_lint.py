"""The lint: for each rule a paper that must be stopped and a near-identical one that must pass."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from law.outcomes import Outcome
from letters.catalogue import KINDS, reply_kind
from letters.compose_paper import Composed, compose
from letters.lint import BLOCK, check
from tests.letters import samples

ON = samples.ON


def findings(
    kind: str, facts: dict[str, Any], *, on: date = ON, text: Callable[[str], str] | None = None
) -> set[str]:
    made: Composed = compose(kind, facts, on=on)
    if text is not None:
        changed = text(made.text)
        assert changed != made.text
        made = replace(made, text=changed)
    return {finding.rule for finding in check(made, facts)}


def of(name: str, **changes: Any) -> dict[str, Any]:
    return samples.with_items({**samples.ITEMS[name], **changes})


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


@pytest.mark.parametrize("kind", KINDS)
def test_every_sample_passes(kind: str):
    assert findings(kind, samples.facts(kind)) == set()


@pytest.mark.parametrize("name", samples.ITEMS)
def test_every_outcome_passes(name: str):
    assert findings(reply_kind([name]), of(name)) == set()


@pytest.mark.parametrize("name", [o.value for o in Outcome if o.value.startswith("refuse_")] + ["partial"])
def test_direct_suit_for_a_refusal_is_stopped(name: str):
    direct = swap(
        "先向清源县人民政府申请行政复议；",
        "向清源县人民政府申请行政复议，或者自收到本答复书之日起6个月内向清源县人民法院提起行政诉讼；",
    )
    assert "direct_suit" in findings(reply_kind([name]), of(name), text=direct)


def test_direct_suit_for_the_refused_item_of_a_mixed_letter_is_stopped():
    facts = samples.facts("reply_mixed")
    assert "direct_suit" in findings("reply_mixed", facts, text=swap("对其余各项不服的", "对本答复不服的"))
    assert "remedy_first" in findings("reply_mixed", facts, text=swap("60日内先向", "60日内向"))


# rule, kind, facts, change of the text
STOPPED_TEXT = [
    ("remedy_missing", "reply_disclose", of("disclose"), lambda t: "\n".join(x for x in t.splitlines() if "行政复议" not in x)),
    ("remedy_direct", "reply_disclose", of("disclose"), swap("，或者自收到本答复书之日起6个月内向清源县人民法院提起行政诉讼", "")),
    ("remedy_body_old", "reply_disclose", of("disclose"), swap("向清源县人民政府申请行政复议", "向安平市自然资源局申请行政复议")),
    ("remedy_court", "reply_disclose", of("disclose"), swap("清源县人民法院", "安平市人民法院")),
    ("suit_term", "reply_disclose", of("disclose"), swap("6个月内", "3个月内")),
    ("procedural_remedy", "extension_notice", samples.facts("extension_notice"),
     lambda t: t + "　　不服的，可以向清源县人民政府申请行政复议。\n"),
    ("no_such_article", "reply_disclose", of("disclose"), swap("《条例》第三十六条第二项", "《条例》第六十六条第二项")),
    ("no_such_article", "reply_disclose", of("disclose"), swap("第三十六条第二项", "第三十六条第八项")),
    ("no_such_article", "reply_disclose", of("disclose"), swap("第三十六条第二项", "第三十六条第一款")),
    ("no_article", "reply_disclose", of("disclose"), swap("《条例》第三十六条第二项", "有关规定")),
    ("purpose", "supplement_notice", samples.facts("supplement_notice"), swap("请写明图件的名称", "请说明所申请信息的用途和图件的名称")),
    ("received_day", "reply_disclose", of("disclose"), swap("2026年10月28日", "2026年10月29日")),
    ("not_restated", "reply_disclose", of("disclose"), swap("及其附图", "")),
    ("bare_promise", "registration_receipt", samples.facts("registration_receipt"),
     swap("本机关自收到申请之日起20个工作日内予以答复", "本机关将于2026年11月25日前答复")),
    ("personal_data", "reply_disclose", of("disclose"), swap("随本答复书邮寄", "随本答复书寄往13904150000")),
    ("glyph", "reply_disclose", of("disclose"), swap("随本答复书邮寄", "随本答复书邮寄😀")),
]  # fmt: skip


@pytest.mark.parametrize(
    "rule, kind, facts, change", STOPPED_TEXT, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_changed_text_is_stopped(rule: str, kind: str, facts: dict, change: Callable[[str], str]):
    assert rule in findings(kind, facts, text=change)
    assert rule not in findings(kind, facts)


STOPPED_FACTS = [
    ("thin_reason", of("refuse_process", reason="属于过程性信息"), {}),
    ("wrong_ground", of("refuse_process", grounds=["条例第十五条"]), {}),
    ("conflicting_grounds", of("refuse_process", grounds=["条例第十四条", "条例第十六条第二款"]), {}),
    ("no_discretion", of("partial", grounds=["条例第十六条第二款"]), {}),
    ("third_party_reason", of("refuse_third_party", reason="甲公司答复不同意公开该方案，因此本机关不予公开"), {}),
    ("found", of("not_exist", searches=[{**samples.ITEMS["not_exist"]["searches"][0], "found": True}]), {}),
    ("search_ahead", of("not_exist", searches=[{**samples.ITEMS["not_exist"]["searches"][0], "searched_on": "2026-11-21"}]), {}),
    ("other_office", of("not_ours", other_office="有关部门"), {}),
    ("other_office", of("not_ours", other_office="清源县住房和城乡建设局"), {}),
    ("overdue", of("disclose"), {"due_on": "2026-11-19"}),
    ("date_order", of("disclose"), {"supplement_notice_on": "2026-10-20", "supplemented_on": "2026-11-02"}),
    ("date_ahead", of("disclose"), {"received_on": "2026-11-23"}),
    ("author", of("disclose"), {"office": {**samples.OFFICE, "name": "清源县自然资源局规划科"}}),
]  # fmt: skip


@pytest.mark.parametrize(
    "rule, facts, more", STOPPED_FACTS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_bad_facts_are_stopped(rule: str, facts: dict, more: dict):
    outcome = facts["items"][0]["outcome"]
    assert rule in findings(reply_kind([outcome]), {**facts, **more})


PASSED_FACTS = [
    ("other_office", of("not_ours", other_office="无法确定负责公开的机关"), {}),
    ("other_office", of("not_ours", other_office="清源县住房和城乡建设局（建设路6号）"), {}),
    ("overdue", of("disclose"), {"due_on": "2026-11-20"}),
    ("found", of("not_exist", searches=[{**samples.ITEMS["not_exist"]["searches"][0], "found": False}]), {}),
    ("no_discretion", of("partial", grounds=["条例第十六条第二款"], discretion="公开后会影响正常的内部讨论"), {}),
    ("conflicting_grounds", of("refuse_other_law"), {}),
    ("author", of("disclose"), {"office": {**samples.OFFICE, "name": "清源县人民政府办公室", "kind": "government_office"}}),
    ("personal_data", of("disclose"), {"handler": {"phone": "13904150000"}}),
]  # fmt: skip


@pytest.mark.parametrize(
    "rule, facts, more", PASSED_FACTS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_near_misses_pass(rule: str, facts: dict, more: dict):
    outcome = facts["items"][0]["outcome"]
    assert rule not in findings(reply_kind([outcome]), {**facts, **more})


def test_electronic_service_needs_an_online_road():
    from letters.errors import BadFacts

    facts = {**of("disclose"), "electronic": True}
    with pytest.raises(BadFacts) as caught:
        compose("reply_disclose", facts, on=ON)
    assert caught.value.fact == "reconsideration_online"
    online = {**samples.OFFICE, "reconsideration_online": "https://xzfy.example.gov.cn"}
    assert findings("reply_disclose", {**facts, "office": online}) == set()
    made = compose("reply_disclose", of("disclose"), on=ON)
    assert "online_channel" in {f.rule for f in check(made, facts)}
    withdrawn = {**samples.facts("withdrawal_confirmation"), "electronic": True}
    assert findings("withdrawal_confirmation", withdrawn) == set()


def test_an_extension_after_the_term_is_stopped():
    facts = samples.facts("extension_notice")
    assert findings("extension_notice", facts, on=date(2026, 11, 25)) == set()
    assert "late_extension" in findings("extension_notice", facts, on=date(2026, 11, 26))


def test_a_lapse_before_the_term_has_passed_is_stopped():
    facts = samples.facts("lapse_notice")
    assert "early_lapse" in findings("lapse_notice", facts, on=date(2026, 11, 19))


def test_an_unanswered_item_and_an_answer_to_nothing_are_stopped():
    facts = samples.facts("reply_mixed")
    made = compose("reply_mixed", facts, on=ON)
    assert "unanswered" in {f.rule for f in check(replace(made, sections=made.sections[:2]), facts)}
    fewer = {**facts, "items": facts["items"][:2]}
    assert "not_asked" in {f.rule for f in check(made, fewer)}


def test_the_words_of_the_request_do_not_set_off_the_purpose_rule():
    facts = samples.with_items({**samples.ITEMS["disclose"], "description": "关于说明土地用途变更的批复"})
    assert "purpose" not in findings("reply_disclose", facts)


def test_a_finding_says_why_and_where_in_chinese():
    facts = of("not_ours", other_office="有关部门")
    found = check(compose("reply_not_ours", facts, on=ON), facts)[0]
    assert found.mend.target == "items.1.other_office"
    assert (found.severity, found.where, found.article) == (BLOCK, "第一项", "条例第三十六条第五项")
    assert "名称和联系方式" in found.message
    assert set(found.as_dict()) == {"rule", "severity", "message", "where", "article", "reason", "mend"}


def test_a_hash_is_no_telephone() -> None:
    from letters.lint.privacy import MOBILE

    assert MOBILE.search("电话13800000000。")
    assert not MOBILE.search("a1b13812343634f0")
    assert not MOBILE.search("13812343634f")
