"""Write docs/papers.md: every paper with its recipient, basis, series, signatory, remedies, facts, terms and act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from law.outcomes import Outcome
from law.remedies.classes import class_rule
from law.values import DatedValue, table
from letters import wordings
from letters.catalogue import BY_CAUSE, BY_ITEMS, KINDS, PaperKind, Term
from letters.shapes import named
from letters.sheets import SHEETS
from workflow.beside.steps import STEPS
from workflow.machine import ACTS

#: The wording and the class of remedies shown are the newest.
NEWEST = dt.date.max
UNITS = {"working days": "个工作日", "calendar days": "个自然日", "month-day": ""}
#: Papers that an act makes only in some cases, and so is not bound to.
SOMETIMES = {
    "rectification_notice": ("decide_complaint",), "remedy_body_notice": ("correct_reply", "withdraw_reply"),
}  # fmt: skip
HEADER = """# The papers 文书目录

Written from `letters/catalogue.toml`, the wordings, `letters/sheets.py` and `workflow/machine.py` by
`./dev manage drawpapers`; a test compares it with them. Articles without a law's name are of 政府信息公开条例. A term is
the newest of `law/`; an office's own goes before where the law leaves a choice.

Remedies: A reconsideration first, B either road, C disputed and written as B, P procedural and so none, – internal or
no decision. The words come from `law.remedies` on the day of signature, item by item.

"""


def document() -> str:
    """Write docs/papers.md."""
    return HEADER + "\n".join([*_kinds(), "", *_facts(), "", *_replies()]) + "\n"


def _kinds() -> Iterator[str]:
    yield "| № | 文书 | title | identifier | to | basis | series | signed by | remedies | due | recipient's term | made by |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|---|"
    for number, row in enumerate(KINDS.values(), 1):
        cells = (
            str(number), row.label, _title(row), f"`{row.code}`", row.recipient, "、".join(row.basis) or "–",
            row.series or "–", row.signatory, _remedies(row), _term(row.due), _term(row.answer), _made_by(row),
        )  # fmt: skip
        yield f"| {' | '.join(cells)} |"


def _facts() -> Iterator[str]:
    yield "## Facts 要素"
    yield ""
    yield "A fact that is missing or blank is refused by name, and so is one the paper does not use. `office` stands in every paper."
    yield ""
    yield "| identifier | must have | may have |"
    yield "|---|---|---|"
    for codes, row in _alike():
        must, may = _needed(row)
        yield f"| {codes} | {_listed(must)} | {_listed(may)} |"


def _alike() -> Iterator[tuple[str, PaperKind]]:
    """Return the kinds that need the same facts together: all replies have one wording."""
    replies = [row for row in KINDS.values() if row.is_reply]
    for row in KINDS.values():
        if row == replies[0]:
            yield "、".join(f"`{reply.code}`" for reply in replies), row
        elif not row.is_reply:
            yield f"`{row.code}`", row


def _replies() -> Iterator[str]:
    yield "## Replies by outcome 答复"
    yield ""
    yield "Items of one outcome make the reply of that outcome; items of several make 答复书（多项）, a section for each."
    yield ""
    yield "| 处理结果 | identifier | 文书 | article | remedies | an item must have | may have |"
    yield "|---|---|---|---|---|---|---|"
    for row in KINDS.values():
        for name in row.outcomes:
            wording = wordings.section(name, NEWEST)
            article = "、".join(filter(None, (Outcome(name).article, Outcome(name).ground))) or "第二条"
            must, may = _listed(wording.required), _listed(wording.optional)
            yield f"| {Outcome(name).label} | `{name}` | `{row.code}` | {article} | {_class(name)} | {must} | {may} |"


def _title(row: PaperKind) -> str:
    return wordings.paper(row.wording_name, NEWEST).title if row.form == "letter" else SHEETS[row.code].title


def _needed(row: PaperKind) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if row.form == "letter":
        wording = wordings.paper(row.wording_name, NEWEST)
        return ("addressee", *wording.required), wording.optional
    sheet = SHEETS[row.code]
    return tuple(name for name in sheet.required if name != "office"), sheet.optional


def _listed(names: tuple[str, ...]) -> str:
    return "、".join(named(name) for name in names) or "–"


def _class(outcome: str) -> str:
    return class_rule(outcome, NEWEST).cls


def _remedies(row: PaperKind) -> str:
    if row.procedural:
        return "P"
    if row.remedies == BY_ITEMS:
        classes = sorted({_class(name) for name in row.outcomes})
        return "、".join(classes) or "逐项"
    if row.remedies == BY_CAUSE:
        return _class("lapsed_supplement")
    return _class(row.remedies) if row.remedies else "–"


def _term(term: Term | None) -> str:
    if term is None:
        return "–"
    if term.words:
        return term.words
    newest = table()[term.term][-1]
    simple = f"（简易程序{_length(table()[term.simple][-1])}）" if term.simple else ""
    return (
        f"{term.starts}之日起{_length(newest)}{simple}"
        if UNITS.get(newest.unit)
        else f"{term.starts}{_day(newest)}前"
    )


def _length(value: DatedValue) -> str:
    return f"{value.value}{UNITS[value.unit]}"


def _day(value: DatedValue) -> str:
    month, day = str(value.value).split("-")
    return f"{int(month)}月{int(day)}日"


def _made_by(row: PaperKind) -> str:
    acts = [act.label for act in ACTS.values() if any(_makes(kind, row) for kind in act.papers)]
    acts += [step.label for step in STEPS.values() if step.paper == row.code]
    acts += [ACTS[name].label for name in SOMETIMES.get(row.code, ())]
    return "、".join(acts) or f"打印：{row.printed}"


def _makes(kind: str, row: PaperKind) -> bool:
    return (
        kind == row.code
        or (kind == "reply" and row.is_reply)
        or (kind == "remedy_answer" and row.code.startswith(kind))
    )
