"""条例第十四条: what is never disclosed: state secrets, what other laws forbid, what endangers security or stability."""

from __future__ import annotations

from law.outcomes import Outcome


def forbidden_as(*, state_secret: bool, forbidden_by_law: bool, endangers: bool) -> Outcome | None:
    """Tell as what information is refused, the firmest ground first; nothing where 条例14 does not reach.

    :param state_secret: lawfully classified and still so
    :param forbidden_by_law: a law or an administrative regulation (法律、行政法规, nothing lower) forbids disclosure
    :param endangers: disclosure may endanger state, public or economic security or social stability (三安全一稳定)
    """
    if state_secret:
        return Outcome.REFUSE_STATE_SECRET
    if forbidden_by_law:
        return Outcome.REFUSE_OTHER_LAW
    return Outcome.REFUSE_SECURITY if endangers else None


def needs_other_law(outcome: Outcome | str) -> bool:
    """Say whether a refusal must also cite the law or administrative regulation that forbids disclosure."""
    return outcome == Outcome.REFUSE_OTHER_LAW


def may_cite_other_law(outcome: Outcome | str) -> bool:
    """Say whether a refusal may cite another law beside 条例14: secrecy law, or what forbids disclosure."""
    return outcome in (Outcome.REFUSE_OTHER_LAW, Outcome.REFUSE_STATE_SECRET, Outcome.PARTIAL)
