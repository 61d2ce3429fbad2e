"""Nothing below the door reads today's date, and nothing but the one module at the door reads it at all."""

import ast

from tests.house.tree import FLOORS, parsed, python

DOOR = "office/today.py"
# Access checks ask whether a post is held now, not on the day of an act.
ACCESS = {"workflow/scope.py"}
# A job of the worker is a door, as a command is: nobody above it could tell it the day.
JOBS = {"workflow/tasks.py"}
READS = {
    ("date", "today"),
    ("datetime", "today"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("time", "time"),
    ("functions", "Now"),
}


def _calls(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            if (name, node.attr) in READS:
                yield node.lineno, f"{name}.{node.attr}"
        if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
            yield node.value.lineno, node.arg


def test_only_the_door_reads_the_clock():
    found = [
        f"{path}:{line} {what}"
        for path in python(*FLOORS)
        if path.as_posix() != DOOR
        for line, what in _calls(parsed(path))
    ]
    assert found == []


def _imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module, {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, set()


def test_actions_law_letters_and_days_are_told_the_day():
    below = [
        path
        for path in python("law", "calendars", "letters", "workflow")
        if "management" not in path.parts
        and not {"desk", "supervision", "room", "web"} & set(path.parts)
        and path.name != "views.py"
        and path.as_posix() not in ACCESS | JOBS
    ]
    found = [
        f"{path}:{line}"
        for path in below
        for line, module, names in _imports(parsed(path))
        if module == "office.today" or (module == "office" and "today" in names)
    ]
    assert found == []
