"""What the law floor writes for any kind of office on any day, the lint lets pass; what it writes for another day, not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from letters import lint
from letters.catalogue import reply_kind
from letters.compose_paper import Composed, compose
from letters.lint import remedies
from tests.law.test_remedy_matrix import RAW
from tests.letters import samples

DAYS = (date(2023, 12, 29), date(2026, 6, 30), date(2026, 11, 20))
OUTCOMES = (
    ["refuse_process"],
    ["partial"],
    ["not_exist"],
    ["repeat"],
    ["disclose", "refuse_third_party", "not_ours"],
)
OFFICES = {row["label"]: {k: v for k, v in row.items() if k != "label"} for row in RAW["office"]}


def reply(office: dict[str, Any], outcomes: list[str], on: date) -> tuple[Composed, dict[str, Any]]:
    items = [{**samples.ITEMS[name], "seq": n} for n, name in enumerate(outcomes, 1)]
    facts = samples.with_items(*items, office={**office, "phone": "0415-3126677"})
    facts["electronic"] = bool(office.get("electronic"))
    return compose(reply_kind(outcomes), facts, on=on), facts


def said_of_remedies(composed: Composed, facts: dict[str, Any]) -> list[str]:
    from letters.lint.looked import Looked

    looked = Looked(composed, facts)
    return [found.rule for rule in remedies.RULES for found in rule(looked)]


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("label", OFFICES)
def test_what_the_law_writes_passes(label: str, on: date):
    for outcomes in OUTCOMES:
        composed, facts = reply(OFFICES[label], outcomes, on)
        assert said_of_remedies(composed, facts) == [], outcomes


#: Offices whose body the law of 2024 changed.
CHANGED = ("县级政府部门", "市级政府部门", "授权组织", "部门的派出机构（县级）")


@pytest.mark.parametrize("label", CHANGED)
def test_what_was_right_before_2024_is_stopped_after(label: str):
    for outcomes in OUTCOMES:
        composed, facts = reply(OFFICES[label], outcomes, DAYS[0])
        later = lint.check_text(composed.kind, composed.text, facts, on=DAYS[2])
        rules = {found.rule for found in later}
        assert "remedy_body_old" in rules, outcomes
        assert ("direct_suit" in rules) == any(o.startswith("refuse") or o == "partial" for o in outcomes)


@pytest.mark.parametrize("label", CHANGED)
def test_what_is_right_now_is_stopped_before_2024(label: str):
    composed, facts = reply(OFFICES[label], ["refuse_process"], DAYS[2])
    rules = {f.rule for f in lint.check_text(composed.kind, composed.text, facts, on=DAYS[0])}
    assert {"remedy_direct", "remedy_body"} <= rules
