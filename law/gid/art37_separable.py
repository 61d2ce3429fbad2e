"""条例第三十七条: what can be separated is provided (what must first be made: 条例38)."""

from __future__ import annotations

from law.outcomes import Outcome


def must_ask_separable(outcome: Outcome) -> bool:
    """Say whether a decision needs the answer to "can it be separated?" before signature."""
    return outcome.family == "refuse"


def as_separable(outcome: Outcome, *, separable: bool) -> Outcome:
    """Turn a refusal of separable information into partial disclosure; leave every other outcome."""
    return Outcome.PARTIAL if separable and must_ask_separable(outcome) else outcome
