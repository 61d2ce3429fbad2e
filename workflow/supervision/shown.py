"""A view of the board as its page shows it: each number with the address of its list."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import mark_safe

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
    return _join(_path(name), urlencode(scope.query()))


def picture(name: str, scope: Scope) -> str:
    """Give the address of a view's picture."""
    return _join(reverse("board:picture", args=[name]), urlencode(scope.query()))


def workbook(name: str, scope: Scope) -> str:
    """Give the address of a view's tables as a file."""
    return _join(reverse("board:workbook", args=[name]), urlencode(scope.query()))


def table(one: Table, view: str) -> Shown:
    """Lay out a table: names lead to the same view of that part, numbers to their lists."""
    here, lists = _path(view), reverse("board:list")
    rows = [_row(row, here, lists) for row in one.rows]
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


def _row(row: Row, here: str, lists: str) -> dict[str, Any]:
    name = escape(row.name)
    return {
        "name": row.name, "kind": row.kind, "href": _join(here, urlencode(row.scope.query())) if row.scope else "",
        "cells": mark_safe("".join(_cell(cell, name, lists) for cell in row.cells)),  # noqa: S308 - each is escaped
    }  # fmt: skip


def _cell(cell: Cell, name: str, lists: str) -> str:
    """Write one cell, of a row whose name is escaped already.

    Not by a template: a county's table has several hundred, and a template takes ten times as long over each.
    """
    value = cell.value
    if isinstance(value, str):
        return f'<td class="{escape(cell.kind)}">{escape(value)}</td>'
    classes = escape(f"num {cell.kind}")
    if not value:
        return f'<td class="{classes}"><span class="quiet">{"—" if value is None else value}</span></td>'
    if cell.wanted is None:
        return f'<td class="{classes}"><span>{value}</span></td>'
    href, what = escape(_join(lists, address(cell.wanted))), escape(cell.wanted.label)
    return f'<td class="{classes}"><a href="{href}" aria-label="{name}，{what}，{value}件">{value}</a></td>'


def _path(name: str) -> str:
    return reverse("board:home") if name == BOARD else reverse("board:view", args=[name])


def _join(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
