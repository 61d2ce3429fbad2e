"""条例第四十五条: registration, examination, handling, reply, filing: each a step with somebody who answers for it."""

from __future__ import annotations

#: 登记、审核、办理、答复、归档, each with the acts that carry it out.
STEPS: dict[str, tuple[str, ...]] = {
    "登记": ("register",),
    "审核": ("send_to_review", "clear_secrecy", "clear_redaction"),
    "办理": ("assign", "take", "record_search", "propose"),
    "答复": ("sign", "serve"),
    "归档": ("archive",),
}


def steps_missing(acts: frozenset[str] | set[str]) -> list[str]:
    """List the steps that a procedure with these acts leaves out."""
    return [step for step, needed in STEPS.items() if not set(needed) <= acts]
