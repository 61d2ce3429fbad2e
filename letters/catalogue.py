"""The catalogue of papers: one row for each kind, read once from catalogue.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from law.outcomes import Outcome
from letters.errors import UnknownKind

TABLE = Path(__file__).with_suffix(".toml")
FORMS = ("letter", "sheet", "envelope")
# What `remedies` may say besides an outcome.
BY_ITEMS, BY_CAUSE = "items", "cause"


@dataclass(frozen=True, slots=True)
class Term:
    """By when something is due: a term of the law counted from an event, or words where the law has no number.

    `term` and `simple` (the summary procedure's) are keys of `law.values`.
    """

    words: str = ""
    term: str = ""
    starts: str = ""
    simple: str = ""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper.

    `series` is the word behind the office's 机关代字 in the document number; a kind without one is a sheet that is
    printed on request and never numbered. `form` is letter (信函格式), sheet (表单) or envelope (信封). `remedies`
    says where the remedies clause comes from: "" none, "items" each item's outcome, "cause" why a request is no
    longer handled, or one outcome. `due` is the office's own term, `answer` the recipient's. `you` is how the paper speaks to a recipient that is
    neither a person (您) nor one organisation among others (贵单位).
    """

    code: str
    label: str
    recipient: str
    signatory: str
    series: str = ""
    basis: tuple[str, ...] = ()
    form: str = "letter"
    procedural: bool = False
    remedies: str = ""
    calls_itself: str = "本答复书"
    outcomes: tuple[str, ...] = ()
    due: Term | None = None
    answer: Term | None = None
    you: str = ""
    wording: str = ""
    annex: str = ""
    printed: str = ""
    retired: bool = False

    @property
    def wording_name(self) -> str:
        """Return the name of the wording file."""
        return self.wording or self.code

    @property
    def is_reply(self) -> bool:
        """Return whether the paper decides about the items of a request."""
        return self.wording_name == "reply"


def _row(code: str, raw: Mapping[str, Any]) -> PaperKind:
    """Read one row. Raises ValueError naming what is wrong with it."""
    known = {field.name for field in fields(PaperKind)} - {"code", "label"} | {"name"}
    if unknown := sorted(set(raw) - known):
        raise ValueError(f"文书目录 {code}：不认识的栏目 {'、'.join(unknown)}")
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}
    for name in ("due", "answer"):
        if name in values:
            values[name] = Term(**values[name])
    made = PaperKind(code=code, label=values.pop("name"), **values)
    if made.form not in FORMS:
        raise ValueError(f"文书目录 {code}：没有“{made.form}”这一种格式")
    if made.remedies not in ("", BY_ITEMS, BY_CAUSE, *Outcome) or (made.procedural and made.remedies):
        raise ValueError(f"文书目录 {code}：救济条款的来源“{made.remedies}”不对")
    if bool(made.series) == bool(made.printed):
        raise ValueError(f"文书目录 {code}：文号系列和打印处只能有一样")
    return made


def _read() -> Mapping[str, PaperKind]:
    raw = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    rows = {code: _row(code, row) for code, row in raw.items()}
    claimed = [name for row in rows.values() for name in row.outcomes]
    if len(claimed) != len(set(claimed)):
        raise ValueError("文书目录：同一处理结果列在两种答复书之下")
    return MappingProxyType(rows)


ISSUED = _read()
# The kinds that are made today; a retired one stays among those that were ever issued.
KINDS = MappingProxyType({code: row for code, row in ISSUED.items() if not row.retired})
_BY_OUTCOME = MappingProxyType({name: code for code, row in KINDS.items() for name in row.outcomes})


def kind_of(code: str) -> PaperKind:
    """Return a kind of paper, also one that is no longer made. Raises UnknownKind."""
    if code not in ISSUED:
        raise UnknownKind(code)
    return ISSUED[code]


def reply_kind(outcomes: Iterable[str]) -> str:
    """Return the kind of the reply that answers items with these outcomes.

    Items of one kind of outcome make the reply of that kind; anything else is a reply to several items.
    """
    kinds = {_BY_OUTCOME.get(name, "reply_mixed") for name in outcomes}
    return kinds.pop() if len(kinds) == 1 else "reply_mixed"
