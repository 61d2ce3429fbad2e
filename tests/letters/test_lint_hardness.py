"""Whatever facts, register or text come from outside: findings or a named refusal, never a crash."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from letters import lint
from letters.catalogue import KINDS
from letters.compose_paper import compose
from letters.errors import BadFacts
from letters.lint.handbook import REGISTER
from tests.amount import FULL
from tests.letters import samples

EXAMPLES = 3000 if FULL else 120
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from(["第四十条", "2026-13-01", "disagree"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["seq", "ground", "opinion", "description", "1"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
WORDS = st.lists(
    st.sampled_from([
        "《条例》第", "四十", "三十六", "条", "第二", "款", "项", "（", "）", "。", "\n", "可以自收到之日起", "60日内", "三个月内", "先", "向", "清源县人民政府",
        "申请行政复议", "或者", "提起行政诉讼", "人民法院", "关于第", "二项", "申请", "答复", "2026年11月20日", "11010519491231002X", "😀", "\u202e", "𬭼", " ",
    ]) | st.text(max_size=8),
    max_size=60,
).map("".join)  # fmt: skip


def _places(held: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    rows = held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ()
    return [place for key, value in rows for place in [(*way, key), *_places(value, (*way, key))]]


def _damaged(facts: dict[str, Any], way: tuple[Any, ...], junk: Any) -> dict[str, Any]:
    held: Any = facts
    for step in way[:-1]:
        held = held[step]
    held[way[-1]] = junk
    return facts


def _judged(kind: str, text: str, facts: dict[str, Any]) -> str | list[lint.Finding]:
    """Return the findings on a text, or the name of the fact for which it was refused."""
    try:
        return lint.check_text(kind, text, facts, on=samples.ON)
    except BadFacts as error:
        return error.fact


@given(st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_damage_to_facts_is_told(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    facts = samples.facts(kind)
    facts = _damaged(facts, data.draw(st.sampled_from(_places(facts))), data.draw(JUNK))
    if data.draw(st.booleans()):
        facts["register"] = {data.draw(st.sampled_from([row[0] for row in REGISTER])): data.draw(JUNK)}
    linted = lint.lint_facts(kind, deepcopy(facts), on=samples.ON)
    assert all(error.message and error.fact is not None for error in linted.bad)
    assert _judged(kind, "本机关答复如下。", facts) is not None


@given(st.sampled_from(sorted(KINDS)), WORDS)
@settings(max_examples=EXAMPLES, deadline=None)
def test_any_text_is_judged_or_refused_by_name(kind: str, text: str) -> None:
    found = _judged(kind, text, samples.facts(kind))
    assert found == "text" or all(finding.message and finding.mend.label for finding in found)


def test_a_long_text_is_judged_in_a_blink() -> None:
    """No rule may go back and forth over a text; twenty thousand characters of the worst kind are few steps."""
    facts = samples.facts("reply_mixed")
    text = compose("reply_mixed", facts, on=samples.ON).text + "　　" + "可以自收到之日起向" * 2500 + "\n"
    assert isinstance(lint.check_text("reply_mixed", text, facts, on=samples.ON), list)
