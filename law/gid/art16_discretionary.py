"""条例第十六条: internal affairs, deliberation and enforcement files: the office may withhold, and must say why it does."""

from __future__ import annotations

from law.grounds import discretionary, ground_of
from law.outcomes import Outcome, outcome


def is_discretionary(decided: Outcome | str) -> bool:
    """Say whether a refusal is the office's choice (可以不予公开) and so needs its own reason."""
    ground = ground_of(outcome(decided))
    return ground is not None and discretionary(ground.article)


def may_withhold(decided: Outcome | str, *, disclosure_required: bool) -> bool:
    """Say whether the office may withhold on a ground of 条例16.

    :param disclosure_required: a law, regulation or rule (法律、法规、规章) says that such information is disclosed
    """
    return is_discretionary(decided) and not (
        disclosure_required and outcome(decided) is not Outcome.REFUSE_INTERNAL
    )
