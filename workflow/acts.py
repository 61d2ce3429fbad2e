"""What an act of the machine is, and how its row becomes a django_fsm transition."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django_fsm import GET_STATE, transition

Condition = Callable[[Any, Any, Any], "str | None"]
Decide = Callable[[Any], Any]
Reach = Callable[[Any], frozenset[int]]


def lead_unit(case: Any) -> frozenset[int]:
    """Return the unit that answers for a case, if it was given to one."""
    return frozenset({case.unit_id}) if case.unit_id else frozenset()


@dataclass(frozen=True)
class Act:
    """One thing somebody may do to a case.

    ``by`` are roles; ``conditions`` return the Chinese sentence why not (or None); ``papers`` are the kinds
    without which the act cannot happen; ``clock`` names the events it may put on the clock; ``finishes`` is the
    desk task it completes, ``back_to`` the one it opens again, ``jumps_to`` one further on; ``ends_flow`` that the
    desk's work is over; ``restarts`` that it begins anew; ``binds`` that whoever does it sees first what it brings;
    ``follows`` the desk task whose owner is the case's handler from then on; ``reach`` the units whose handlers and
    heads the act is for.
    """

    name: str
    label: str
    says: str
    article: str
    by: frozenset[str]
    source: tuple[Any, ...]
    target: Any
    targets: tuple[Any, ...] = ()
    conditions: tuple[Condition, ...] = ()
    papers: tuple[str, ...] = ()
    clock: tuple[str, ...] = ()
    finishes: str | None = None
    back_to: str | None = None
    jumps_to: str | None = None
    ends_flow: bool = False
    restarts: bool = False
    binds: bool = False
    follows: str | None = None
    reach: Reach = lead_unit


ACTS: dict[str, Act] = {}


def act(
    name: str,
    label: str,
    source: Any,
    target: Any,
    *,
    by: Iterable[str],
    article: str,
    says: str,
    when: Iterable[Condition] = (),
    paper: str | Iterable[str] = (),
    clock: str | Iterable[str] = (),
    finishes: str | None = None,
    back_to: str | None = None,
    jumps_to: str | None = None,
    ends_flow: bool = False,
    restarts: bool = False,
    binds: bool = False,
    follows: str | None = None,
    reach: Reach = lead_unit,
) -> tuple[Act, Any]:
    """Declare one act: its law, and the target its transition has (one state, a choice, or None to stay).

    ``says`` is the Chinese sentence a screen shows under the act's name. Returns the row with that target.
    """
    several = isinstance(target, GET_STATE)
    row = Act(
        name=name, label=label, says=says, article=article, by=frozenset(str(role) for role in by),
        source=_several(source), target=None if several else target,
        targets=tuple(target.allowed_states) if several else (), conditions=tuple(when), papers=_several(paper),
        clock=_several(clock), finishes=finishes, back_to=back_to, jumps_to=jumps_to, ends_flow=ends_flow,
        restarts=restarts, binds=binds,
        follows=follows, reach=reach,
    )  # fmt: skip
    return row, target


def install(machine: type[models.Model], field: str, *rows: tuple[Act, Any]) -> None:
    """Give a machine its acts as django_fsm transitions of one field. Raises ValueError for one declared twice."""
    for row, target in rows:
        if row.name in ACTS:
            raise ValueError(f"act declared twice: {row.name}")
        ACTS[row.name] = row
        method = transition(field=field, source=list(row.source), target=target, custom={"act": row})(
            _still(row)
        )
        setattr(machine, row.name, method)


def _still(row: Act) -> Callable[[Any], None]:
    """Make a transition's body: it does nothing, since what an act writes is the action's business."""

    def body(self: Any) -> None:
        return None

    body.__name__, body.__doc__ = row.name, row.says
    return body


def _several(one_or_more: Any) -> tuple[Any, ...]:
    return (one_or_more,) if isinstance(one_or_more, str) else tuple(one_or_more)
