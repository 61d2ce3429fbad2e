"""A view of the board as its page shows it: each number with the address of its list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from workflow.selectors.boards.scope import Names, Scope
from workflow.selectors.boards.table import Cell, Row, Table
from workflow.selectors.boards.views import VIEWS
from workflow.supervision.forms import address

#: The board itself, beside the views that have a name of their own.
BOARD = "board"


@dataclass(frozen=True)
class Shown:
    """A table ready for its page."""

    key: str
    title: str
    head: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]
    total: dict[str, Any] | None
    note: str
    # How many columns of words come before the numbers.
    words: int


def place(name: str, scope: Scope) -> str:
    """Give the address of a view of a scope."""
    path = reverse("board:home") if name == BOARD else reverse("board:view", args=[name])
    return _join(path, urlencode(scope.query()))


def picture(name: str, scope: Scope) -> str:
    """Give the address of a view's picture."""
    return _join(reverse("board:picture", args=[name]), urlencode(scope.query()))


def workbook(name: str, scope: Scope) -> str:
    """Give the address of a view's tables as a file."""
    return _join(reverse("board:workbook", args=[name]), urlencode(scope.query()))


def table(one: Table, view: str) -> Shown:
    """Lay out a table: names lead to the same view of that part, numbers to their lists."""
    lists = reverse("board:list")
    rows = [_row(row, view, lists) for row in one.rows]
    total = rows.pop() if one.rows and one.rows[-1].kind == "total" else None
    first = one.rows[0].cells if one.rows else ()
    words = 1 + next((n for n, cell in enumerate(first) if not isinstance(cell.value, str)), 0)
    return Shown(one.key, one.title, one.head, tuple(rows), total, one.note, words)


def tabs(current: str, scope: Scope) -> list[tuple[str, str, bool]]:
    """List the views of a scope, marking the one that is shown."""
    named = [(BOARD, "在办总览"), *((key, title) for key, (title, _) in VIEWS.items())]
    return [(title, place(key, scope), key == current) for key, title in named]


def crumbs(view: str, scope: Scope, names: Names) -> list[tuple[str, str]]:
    """List the way down to a scope: everything, office, unit, person; the last one is where one is."""
    way = [(name, place(view, part)) for name, part in names.path(scope)]
    return [("全部机关", place(view, Scope())), *way] if len(names.offices) > 1 else way


def _row(row: Row, view: str, lists: str) -> dict[str, Any]:
    return {
        "name": row.name, "kind": row.kind, "href": place(view, row.scope) if row.scope else "",
        "cells": [_cell(cell, row.name, lists) for cell in row.cells],
    }  # fmt: skip


def _cell(cell: Cell, name: str, lists: str) -> dict[str, Any]:
    opens = cell.wanted is not None and bool(cell.value)
    href = _join(lists, address(cell.wanted)) if cell.wanted and opens else ""
    label = f"{name}，{cell.wanted.label}，{cell.value}件" if cell.wanted else ""
    value = "—" if cell.value is None else cell.value
    return {
        "value": value,
        "href": href,
        "label": label,
        "kind": cell.kind,
        "word": isinstance(cell.value, str),
    }


def _join(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
