"""Try a wording on its sample cases: the three texts, and what the lint says of them, by line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from letters import lint, samples
from letters.compose_paper import Composed, compose
from letters.errors import BadFacts, CannotTypeset
from letters.own.cases import SampleCase, sample_cases
from letters.own.contract import BadWording
from letters.own.strict import Fault
from letters.render_paper import check_layout
from letters.wordings import Own, Wording

QUOTED = re.compile(
    r"[“《]([^”》]{2,40})[”》]|(第[一二三四五六七八九十百零]+条(?:第[一二三四五六七八九十]+[款项])?)"
)


@dataclass(frozen=True)
class Trial:
    """One sample case composed in a wording, and what the lint only warns of."""

    case: SampleCase
    composed: Composed
    warnings: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the text as a draft shows it."""
        return self.composed.as_draft().text


def tried(
    wording: Wording,
    base: Wording,
    *,
    on: date,
    office: Mapping[str, Any] | None = None,
    others: Own | None = None,
) -> tuple[Trial, ...]:
    """Compose the three sample cases in a wording, lint them, and lay them out.

    What the lint also says of the shipped text in the same case is not held against the office's. ``others`` are
    the office's other wordings in force. Raises BadWording for a text that cannot be composed, that the lint
    would stop, or that cannot be set.
    """

    def own(key: str, day: date) -> Wording | None:
        return wording if key == wording.key else (others(key, day) if others else None)

    day = max(on, samples.ON)
    made, faults = [], []
    for case in sample_cases(base, office):
        try:
            composed = compose(case.kind, case.facts, on=day, own=own)
            check_layout(composed.as_draft().blocks, form=composed.form)
        except (BadFacts, CannotTypeset) as error:
            faults.append(Fault(line_of(wording.source, error.message), f"{case.name}：{error.message}"))
            continue
        before = {(f.rule, f.where) for f in lint.check(compose(case.kind, case.facts, on=day), case.facts)}
        found = [f for f in lint.check(composed, case.facts) if (f.rule, f.where) not in before]
        faults += [
            Fault(line_of(wording.source, f"{f.where} {f.message}", f.where), f"{case.name}：{f.message}")
            for f in found
            if f.severity == lint.BLOCK
        ]
        made.append(Trial(case, composed, tuple(f.message for f in found if f.severity != lint.BLOCK)))
    if faults:
        raise BadWording(_once(faults))
    return tuple(made)


def line_of(source: str, message: str, where: str = "") -> int:
    """Return the line of a text that a message is about, by the words it quotes; 0 where none is found."""
    words = [where] if len(where) > 1 else []
    words += [word for pair in QUOTED.findall(message) for word in pair if word]
    for word in words:
        for number, line in enumerate(source.split("\n"), 1):
            if word in line:
                return number
    return 0


def _once(faults: list[Fault]) -> list[Fault]:
    """Tell the same fault of several cases once."""
    seen: dict[tuple[int, str], Fault] = {}
    for fault in faults:
        seen.setdefault((fault.line, fault.message.partition("：")[2]), fault)
    return list(seen.values())
