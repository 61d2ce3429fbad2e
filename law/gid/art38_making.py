"""条例第三十八条: the office provides what it has; what must first be made or analysed it need not provide."""

from __future__ import annotations

from law.outcomes import Outcome


def as_held(*, exists: bool, must_be_made: bool, separable: bool) -> Outcome:
    """Tell the outcome that follows from what the office holds.

    Taking separable parts out (条例37) is no making: such information is provided.

    :param exists: the office holds information that answers, whole or in parts
    :param must_be_made: answering would take processing or analysis of what is held
    :param separable: only disclosable parts need to be taken from what must stay
    """
    if not exists:
        return Outcome.NEEDS_MAKING if must_be_made else Outcome.NOT_EXIST
    if separable:
        return Outcome.PARTIAL
    return Outcome.NEEDS_MAKING if must_be_made else Outcome.DISCLOSE
