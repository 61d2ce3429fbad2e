"""The supervisor's board: its numbers, the lists behind them, and who may look."""

from __future__ import annotations

from office.models import Office, User
from workflow.selectors.boards.lists import HEADER, WIDTHS, Listed, Row, case_list, export, heading
from workflow.selectors.boards.overview import Board, Line, OfficeLines, board, lines_table, waiting_table
from workflow.selectors.boards.scope import Scope, reach, watched_offices
from workflow.selectors.boards.wanted import ALL, COLUMNS, LABELS, PROVISIONAL, Wanted

__all__ = [
    "ALL", "COLUMNS", "HEADER", "LABELS", "PROVISIONAL", "WIDTHS", "Board", "Line", "Listed", "OfficeLines", "Row", "Scope",
    "Wanted", "board", "case_list", "choices", "export", "heading", "lines_table", "may_watch",
    "waiting_table", "watched_offices",
]  # fmt: skip


def may_watch(user: User) -> bool:
    """Tell whether a person watches anything at all: whole offices, or the unit they head."""
    return bool(reach(user).everything)


def choices(user: User) -> list[tuple[int, str]]:
    """Return the watched offices by id and name, for choosing one."""
    rows = Office.objects.filter(pk__in=reach(user).everything).order_by("code")
    return list(rows.values_list("pk", "name"))
