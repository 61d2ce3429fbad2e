"""The golden table: who gets what answer to which page, written so that a person can read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.access.world import POSTS
from workflow.machine import State

PATH = Path(__file__).parents[1] / "data" / "access_matrix.txt"
STATES = [str(state) for state in State]
NONE = "."
HEAD = """\
# Who gets what answer. One column for each state of the case, in this order:
#   {states}
# o 200 shown            - 404 as if there were no such case     x 403 not for this post
# l led to sign in       q led to ask for the query code         > led on to another page
# c 409 says why not now m 405 not that way
# . there is no such paper, file or page in that state
# An act's page names only who may do it in some state. Everybody else who is shown the case (desk:case) is told why
# not (c), and who is not shown the case gets the answer that desk:case gives. Own is the case's office, sideways a
# department of the same county; another county's people are answered as those sideways.
"""

Cells = dict[tuple[str, str], str]


def mark(answer: Any) -> str:
    """Write an answer as one character."""
    status, place = answer.status_code, answer.get("Location", "")
    if status == 302:
        return "l" if place.startswith("/account/login/") else "q" if place == "/follow/" else ">"
    return {200: "o", 404: "-", 403: "x", 409: "c", 405: "m"}.get(status, "?")


def read() -> Cells:
    """Read the table: (page, person) → a string with one mark for each state."""
    cells: Cells = {}
    page = ""
    for line in PATH.read_text(encoding="utf-8").splitlines() if PATH.exists() else []:
        if not line or line.startswith("#"):
            continue
        if not line.startswith(" "):
            page = line
            continue
        marks, people = line.strip().split("  ", 1)
        for group in people.split("; "):
            where, _, who = group.partition(": ")
            cells |= {(page, one): marks for one in _named(where, who)}
    return cells


def write(cells: Cells) -> None:
    """Write the table, the people with the same answers on one line."""
    lines = [HEAD.format(states=" ".join(STATES))]
    for page in dict.fromkeys(page for page, _ in cells):
        lines.append(page)
        rows: dict[str, list[str]] = {}
        for (at, who), marks in cells.items():
            if at == page:
                rows.setdefault(marks, []).append(who)
        lines += [f"  {marks}  {_people(people)}" for marks, people in rows.items()]
        lines.append("")
    PATH.write_text("\n".join(lines).rstrip("\n") + "\n", encoding="utf-8")


#: Who there is of each kind; "all" stands for them in the table.
EVERY = {
    "own": (*POSTS, "handler of another unit"), "above": ("supervisor", "head", "admin"), "below": ("supervisor",),
    "sideways": POSTS,
}  # fmt: skip


def _people(people: list[str]) -> str:
    """Write people by kind, the longer of "all but" and a list left out."""
    groups: dict[str, list[str]] = {}
    for one in people:
        where, _, role = one.partition(" ")
        where, role = (where, role) if where in EVERY else (one, "")
        groups.setdefault(where, []).append(role)
    return "; ".join(_group(where, roles) for where, roles in groups.items())


def _group(where: str, roles: list[str]) -> str:
    if roles == [""]:
        return where
    missing = [role for role in EVERY[where] if role not in roles]
    if len(missing) < len(roles) - 1:
        return f"{where}: all but {', '.join(missing)}" if missing else f"{where}: all"
    return f"{where}: {', '.join(roles)}"


def _named(where: str, text: str) -> list[str]:
    if text != "all" and not text.startswith("all but "):
        return [f"{where} {role}".strip() for role in text.split(", ")]
    missing = text.removeprefix("all").removeprefix(" but ").split(", ")
    return [f"{where} {role}" for role in EVERY[where] if role not in missing]


def ordered(cells: Cells) -> Cells:
    """Put the table in an order that a run cannot change: pages by name, people as they are made."""
    people = ["own", "above", "below", "sideways", "no post at all", "anonymous", "applicant"]

    def place(key: tuple[str, str]) -> tuple[str, int, str]:
        page, who = key
        return (
            ("|" if len(cells[key]) == 1 else "") + page,
            next(n for n, start in enumerate(people) if who.startswith(start)),
            who,
        )

    return {key: cells[key] for key in sorted(cells, key=place)}


def keep(found: Cells, column: int) -> None:
    """Write the marks found in one state into their column."""
    cells = read()
    alone = {key: marks for key, marks in cells.items() if len(marks) == 1}
    for key in found.keys() | (cells.keys() - alone.keys()):
        marks = cells.get(key, NONE * len(STATES))
        cells[key] = marks[:column] + found.get(key, NONE) + marks[column + 1 :]
    write(ordered(alone | {key: marks for key, marks in cells.items() if set(marks) != {NONE}}))


def differences(found: Cells, column: int, asked: set[tuple[str, str]]) -> list[str]:
    """Compare the marks found in one state with the table, both ways; only what was asked for.

    A page that the table has in this state and that nobody asked for is a difference too.
    """
    golden = {key: marks[column] for key, marks in read().items() if len(marks) > 1}
    state, lines = STATES[column], []
    pages = {page for page, _ in asked}
    lines += [
        f"{page}, {state}: nobody asked for it"
        for page in {page for (page, _), mark in golden.items() if mark != NONE} - pages
        if not page.startswith("GET desk:act ")
    ]
    golden = {key: mark for key, mark in golden.items() if key in asked}
    for key in sorted(golden.keys() | found.keys()):
        told, got = golden.get(key, NONE), found.get(key, NONE)
        if told != got:
            lines.append(f"{key[0]}, {key[1]}, {state}: answered {got}, the table says {told}")
    return lines
