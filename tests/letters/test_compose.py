"""Composing: missing, blank and unused facts are named; a fact is never markup; the hash pins the text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import wordings
from letters.catalogue import KINDS, kind_of, reply_kind
from letters.compose_paper import compose
from letters.errors import BadFacts, UnknownKind
from letters.facts import COMMON
from letters.sheets import SHEETS
from letters.vocabulary import clause, numeral, quoted
from tests.letters import samples

ON = samples.ON
LETTERS = [code for code, row in KINDS.items() if row.form == "letter"]


def refused(kind: str, facts: dict) -> BadFacts:
    with pytest.raises(BadFacts) as caught:
        compose(kind, facts, on=ON)
    return caught.value


def required(kind: str) -> tuple[str, ...]:
    if kind in LETTERS:
        return (*wordings.paper(KINDS[kind].wording_name, ON).required, "office", "addressee")
    return SHEETS[kind].required


@pytest.mark.parametrize("kind", KINDS)
def test_every_required_fact_is_missed_by_name(kind: str):
    for name in required(kind):
        facts = samples.facts(kind)
        del facts[name]
        assert refused(kind, facts).fact == name


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("blank", ["", "  ", "\n", None])
def test_a_blank_fact_is_an_error_and_never_a_gap(kind: str, blank):
    for name in required(kind):
        assert refused(kind, {**samples.facts(kind), name: blank}).fact == name


@pytest.mark.parametrize("kind", SHEETS)
def test_a_row_or_group_without_what_it_needs_is_missed_by_name(kind: str):
    if kind_of(kind).retired:
        return
    for name, parts in SHEETS[kind].parts.items():
        for part in parts:
            facts = samples.facts(kind)
            if name in facts:
                del facts[name][part]
                assert refused(kind, facts).fact == f"{name}.{part}"
    for name, columns in SHEETS[kind].rows.items():
        for column in columns:
            facts = samples.facts(kind)
            if column.endswith("!") and name in facts:
                facts[name][0][column[:-1]] = " "
                assert refused(kind, facts).fact == f"{name}.1.{column[:-1]}"
            if name in facts and "*" not in columns:
                assert (
                    refused(kind, {**facts, name: [{**samples.facts(kind)[name][0], "colour": "红"}]}).fact
                    == f"{name}.1.colour"
                )
        for wrong in ("一行", ["一行"], 5):
            assert refused(kind, {**samples.facts(kind), name: wrong}).fact.startswith(name)


@pytest.mark.parametrize("kind", KINDS)
def test_an_unused_fact_is_named(kind: str):
    assert refused(kind, {**samples.facts(kind), "colour": "红"}).fact == "colour"


@pytest.mark.parametrize("name", samples.ITEMS)
def test_every_fact_an_outcome_needs_is_missed_by_name(name: str):
    for fact in wordings.section(name, ON).required:
        if fact in ("grounds",):
            continue
        item = {key: value for key, value in samples.ITEMS[name].items() if key != fact}
        assert refused(reply_kind([name]), samples.with_items(item)).fact == f"items.1.{fact}"


def test_a_fact_no_outcome_uses_is_named():
    item = {**samples.ITEMS["not_exist"], "provided": "复印件"}
    assert refused("reply_not_exist", samples.with_items(item)).fact == "items.1.provided"


def test_an_unknown_kind_and_an_unknown_outcome():
    with pytest.raises(UnknownKind):
        compose("poem", {}, on=ON)
    assert refused("reply_refuse", samples.with_items(samples.item(1, "maybe"))).fact == "items.1.outcome"


def test_an_offices_missing_phone_is_named():
    facts = samples.with_items(samples.ITEMS["disclose"])
    facts["office"] = {**facts["office"], "phone": ""}
    facts["handler"] = {}
    assert refused("reply_disclose", facts).fact == "office.phone"


def test_an_office_without_court_cannot_reply():
    facts = samples.with_items(samples.ITEMS["disclose"])
    facts["office"] = {**facts["office"], "basic_court": "", "court": ""}
    assert refused("reply_disclose", facts).fact == "basic_court"


@pytest.mark.parametrize(
    "evil", ["# 一、伪造的标题", "+ 伪造的附件", "{{ office.phone }}", "{% raw %}", "> 顶格"]
)
def test_a_fact_is_never_read_as_markup(evil: str):
    facts = samples.facts("reply_refuse")
    facts["items"][0]["reason"] = f"第一行理由写得很清楚。\n{evil}\n第三行"
    made = compose("reply_refuse", facts, on=ON)
    assert not [block for block in made.blocks if block["type"] in ("heading", "attachments", "flush")]
    assert evil.strip() in made.text


@pytest.mark.parametrize("fact, value", [("received_on", "2026-13-01"), ("received_on", 5), ("office", "局"),
                                         ("items", "全部"), ("items", ["全部"]), ("handler", "李敏"), ("channel", "鸽子"),
                                         ("items", [{"seq": 1}])])  # fmt: skip
def test_facts_of_the_wrong_shape_are_named(fact: str, value):
    assert refused("reply_refuse", {**samples.facts("reply_refuse"), fact: value}).fact.startswith(fact)


def test_a_search_record_without_its_people_is_named():
    record = {
        key: value for key, value in samples.ITEMS["not_exist"]["searches"][0].items() if key != "people"
    }
    item = {**samples.ITEMS["not_exist"], "searches": [record]}
    refusal = refused("reply_not_exist", samples.with_items(item))
    assert refusal.fact == "items.1.searches"
    assert "people" in refusal.message


def test_the_wordings_cannot_reach_python():
    source = '+++\nversion = "1"\napplies_from = 2019-05-15\nbasis = []\nfacts = []\n+++\n{{ "".__class__.__mro__ }}\n'
    from jinja2.exceptions import SecurityError

    with pytest.raises(SecurityError):
        wordings.parse("evil", source).template.render()


def test_a_wording_declares_what_it_uses_and_uses_what_it_declares():
    derived = {"by_channel", "request", "you", "natural", "sections", "remedies", "level", "many", "received"}
    for wording in wordings._papers():
        assert wording.used <= {*wording.required, *wording.optional, *COMMON, *derived}, wording.name
    for wording in wordings._sections():
        known = {*wording.required, *wording.optional, "you", "grounds", "finding"}
        assert wording.used <= known, wording.outcomes
        assert set(wording.findings) in (set(), set(wording.outcomes))


def test_a_wording_that_declares_too_much_is_refused():
    with pytest.raises(ValueError, match="colour"):
        wordings.parse(
            "x", '+++\nversion = "1"\napplies_from = 2019-05-15\nbasis = []\nfacts = ["colour"]\n+++\n正文\n'
        )


def test_no_wording_applies_before_the_regulation():
    with pytest.raises(BadFacts):
        compose("reply_disclose", samples.facts("reply_disclose"), on=date(2019, 5, 14))


def test_the_hash_is_over_the_text_without_number_and_day():
    facts = samples.facts("reply_refuse")
    made = compose("reply_refuse", facts, on=ON)
    assert (
        made.issued("甲〔2026〕1号", ON).body_sha256
        == made.issued("乙〔2026〕2号", date(2026, 12, 1)).body_sha256
    )
    assert compose("reply_refuse", facts, on=date(2026, 12, 1)).body_sha256 == made.body_sha256
    facts["items"][0]["reason"] += "补充一句"
    assert compose("reply_refuse", facts, on=ON).body_sha256 != made.body_sha256


def test_people_are_您_and_organisations_贵单位():
    facts = samples.facts("supplement_notice")
    assert "贵单位" not in compose("supplement_notice", facts, on=ON).text
    facts["addressee"] = {"name": "安平市甲公司", "kind": "commercial"}
    text = compose("supplement_notice", facts, on=ON).text
    assert "贵单位" in text
    assert "您" not in text


def test_nobody_reads_of_the_applicant_in_a_consultation():
    assert (
        "王䶮"
        not in compose("consultation_third_party", samples.facts("consultation_third_party"), on=ON).text
    )


@pytest.mark.parametrize("kind", ["supplement_notice", "extension_notice", "consultation_third_party",
                                  "consultation_applicant_notice", "registration_receipt", "communication"])  # fmt: skip
def test_procedural_papers_carry_no_remedies(kind: str):
    text = compose(kind, samples.facts(kind), on=ON).text
    assert "行政复议" not in text
    assert "诉讼" not in text


@pytest.mark.parametrize("name", [n for n in samples.ITEMS if n.startswith("refuse_") or n == "partial"])
def test_a_refusal_is_never_offered_direct_suit(name: str):
    made = compose(reply_kind([name]), samples.with_items(samples.ITEMS[name]), on=ON)
    assert "先向清源县人民政府申请行政复议" in made.text
    assert "个月内" not in made.text


def test_a_mixed_letter_has_both_clauses_item_by_item():
    made = compose("reply_mixed", samples.facts("reply_mixed"), on=ON)
    first, second = made.remedies
    assert "第二项" in first
    assert "先向" in first
    assert "个月内" not in first
    assert second.startswith("对其余各项不服的")
    assert "6个月内" in second


def test_before_2024_every_reply_offers_both_roads():
    facts = samples.with_items(samples.ITEMS["refuse_process"])
    text = compose("reply_refuse", facts, on=date(2023, 12, 20)).text
    assert "6个月内" in text


def test_a_correction_names_the_paper_it_corrects():
    facts = samples.facts("reply_disclose")
    facts["correction"] = {"title": "政府信息公开申请答复书", "number": "清自然资依复〔2026〕9号",
                           "on": "2026-11-12", "reason": "附件页码有误"}  # fmt: skip
    text = compose("reply_disclose", facts, on=ON).text
    assert (
        "本机关2026年11月12日作出的《政府信息公开申请答复书》（清自然资依复〔2026〕9号），因附件页码有误，现予更正"
        in text
    )
    facts["correction"]["reason"] = " "
    assert refused("reply_disclose", facts).fact == "correction.reason"


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_composes_or_is_refused_by_name(reason: str, description: str):
    item = {**samples.ITEMS["refuse_process"], "reason": reason, "description": description}
    try:
        made = compose("reply_refuse", samples.with_items(item), on=ON)
    except BadFacts:
        return
    assert [block["type"] for block in made.blocks].count("heading") == 0
    assert made.blocks[-1]["type"] == "note"


@pytest.mark.parametrize("kind, fact", [
    ("lapse_notice", "cause"), ("fee_notice", "basis"), ("disclosure_decision_notice", "basis"),
    ("complaint_answer", "result"), ("rectification_notice", "criticised"), ("remedy_body_notice", "suit"),
    ("correction_answer", "decision"), ("proof_of_service", "way"), ("application_form", "wanted_form"),
    ("application_form", "service"), ("envelope", "size"),
])  # fmt: skip
def test_a_choice_that_a_paper_does_not_know_is_refused_and_never_read_as_another(kind: str, fact: str):
    refusal = refused(kind, {**samples.facts(kind), fact: "else"})
    assert refusal.fact == fact


def test_a_fact_that_only_one_case_of_a_letter_needs_is_missed_by_name():
    facts = samples.facts("fee_notice")
    del facts["month"]
    assert refused("fee_notice", facts).fact == "month"
    facts = samples.facts("lapse_notice")
    del facts["lacking"]
    assert refused("lapse_notice", facts).fact == "lacking"


MIXED = ("disclose", "refuse_process", "not_exist", "already_public", "partial", "not_ours", "petition", "repeat",
         "refuse_third_party", "needs_making", "publication", "reconfirm")  # fmt: skip


@pytest.mark.parametrize("several", [2, 5, 12])
def test_many_items_are_answered_one_by_one_each_with_its_own_reasons(several: int):
    items = [{**samples.ITEMS[name], "seq": n} for n, name in enumerate(MIXED[:several], 1)]
    made = compose("reply_mixed", samples.with_items(*items), on=ON)
    heads = [block["text"] for block in made.blocks if block["type"] == "heading"]
    numbers = [numeral(n) for n in range(1, several + 2)]
    assert heads == [f"{n}、关于第{n}项申请" for n in numbers[:-1]] + [f"{numbers[-1]}、救济途径"]
    assert f"您的申请共{'两' if several == 2 else numbers[-2]}项" in made.text
    for item, section in zip(items, made.sections, strict=True):
        said = "".join(section["lines"])
        assert (
            clause(
                str(
                    item.get("reason")
                    or item.get("provided")
                    or item.get("where")
                    or item.get("query_way")
                    or "没有找到"
                )
            )[:12]
            in said
        )
        assert f"您申请公开{quoted(item['description'])}。" in made.text
    refusing = [
        n for n, name in enumerate(MIXED[:several], 1) if name.startswith("refuse_") or name == "partial"
    ]
    first, rest = made.remedies[0], made.remedies[-1]
    assert all(f"第{numeral(n)}项" in first for n in refusing)
    assert "个月内" not in first
    assert rest.startswith("对其余各项不服的")


def test_a_recipient_is_spoken_to_as_what_it_is():
    assert "贵院" in compose("remedy_answer_suit", samples.facts("remedy_answer_suit"), on=ON).text
    answer = compose(
        "remedy_answer_reconsideration", samples.facts("remedy_answer_reconsideration"), on=ON
    ).text
    assert "贵机关" in answer
    assert "贵单位" not in answer
    told = compose("remedy_body_notice", {**samples.facts("remedy_body_notice"), "suit": "yes"}, on=ON).text
    assert "贵机关" not in told
    assert "贵院" in told


@pytest.mark.parametrize("received, days", [("2026-10-28", 20), ("2010-03-01", 15)])
def test_a_receipt_says_the_term_of_its_day(received: str, days: int):
    """The term comes from the law's dated values, an office's own shorter one from its facts."""
    facts = {**samples.facts("registration_receipt"), "received_on": received}
    assert (
        f"自收到申请之日起{days}个工作日内予以答复"
        in compose("registration_receipt", facts, on=samples.ON).text
    )
    own = compose("registration_receipt", {**facts, "reply_days": 10}, on=samples.ON)
    assert "自收到申请之日起10个工作日内予以答复" in own.text


@pytest.mark.parametrize("received", ["1999-01-01", "2026-13-01", "", None])
def test_a_receipt_of_a_day_without_law_is_refused(received: str | None):
    with pytest.raises(BadFacts) as caught:
        compose(
            "registration_receipt",
            {**samples.facts("registration_receipt"), "received_on": received},
            on=samples.ON,
        )
    assert caught.value.fact == "received_on"
