"""An annual report put together: parts, text, tables, and what still keeps it from being published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from law.annual.figures import Figures, cell_of
from law.annual.layout import layout
from law.annual.printed import Table, table2, table3, table4
from law.annual.rules import Finding, check
from law.annual.told import told_in
from law.gid.art50_report import parts
from workflow.annual.narrative import Facts, must_be_written, standard, write

#: The parts, by place, whose table stands behind their text.
TABLE_2, TABLE_3, TABLE_4 = 2, 3, 4


@dataclass(frozen=True)
class Part:
    """One part of the report: its heading, paragraphs and table."""

    number: int
    heading: str
    paragraphs: tuple[str, ...]
    table: Table | None


@dataclass(frozen=True)
class Report:
    """A whole report; ``gaps`` says in words what is not written or entered yet."""

    office: str
    year: int
    scope: str
    due_on: dt.date
    figures: Figures
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    gaps: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def title(self) -> str:
        """Return the report's title."""
        return f"{self.office}{self.year}年政府信息公开工作年度报告"

    @property
    def blocked(self) -> tuple[str, ...]:
        """Return why the report may not be published as it stands."""
        return (*(finding.sentence for finding in self.findings if finding.blocks), *self.gaps)


def put_together(
    figures: Figures, facts: Facts, *, scope: str, due_on: dt.date, hand: Mapping[str, Mapping[str, object]],
    texts: Mapping[str, str], notes: tuple[str, ...] = (), kept: Sequence[Sequence[str]] | None = None,
) -> Report:  # fmt: skip
    """Put a report together from its figures, what was entered by hand and an office's words.

    :param kept: the paragraphs of each part as they were published, where the report was
    """
    gaps: list[str] = []
    figures.table2 = {
        row: {name: cell_of(value) for name, value in cells.items()} for row, cells in hand.items()
    }
    for table in layout().hand_tables(facts.year):
        for row in table.rows:
            cells = figures.table2.setdefault(row, {})
            for column in table.columns:
                if cells.setdefault(column, cell_of(None)).blank:
                    gaps.append(f"表二“{row}·{column}”没有填写")
    made = []
    told = ""
    for number, heading in enumerate(parts(max(facts.year, layout().split_other_from)), 1):
        text = texts.get(str(number), standard(number, facts.year))
        written = write(text, figures, facts)
        paragraphs = tuple(kept[number - 1]) if kept else written.paragraphs
        told += "\n".join(paragraphs) if number == 1 else ""
        gaps += [f"第{number}部分没有名为“{name}”的数字" for name in written.unknown]
        if must_be_written(number) and not paragraphs:
            gaps.append(f"“{heading}”还没有写")
        made.append(Part(number, heading, paragraphs, _table(number, figures, facts.year)))
    figures.narrative = told_in(told)
    return Report(
        facts.office,
        facts.year,
        scope,
        due_on,
        figures,
        tuple(made),
        tuple(check(figures)),
        tuple(gaps),
        notes,
    )


def _table(number: int, figures: Figures, year: int) -> Table | None:
    if number == TABLE_2:
        return table2(figures, year)
    if number == TABLE_3:
        return table3(figures, year)
    return table4(figures) if number == TABLE_4 else None
