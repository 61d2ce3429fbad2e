"""The legal state of a case is written in one place."""

import ast
import re

from tests.house.tree import FLOORS, parsed, python, read

# fire() runs the declared transition; nothing else may move a case.
WRITER = "workflow/fire.py"
# Fills an empty database with made-up cases for measurements, row by row, past every act.
FILLERS = ("workflow/management/commands/makeload.py", "workflow/load/")
# Writes the recomputed dates of many cases in one statement; the columns are named there, and state is none.
DATES = "workflow/impact/writing.py"
QUERY_WRITES = {"update", "create", "get_or_create", "update_or_create", "acreate", "aupdate"}
SQL = re.compile(r"UPDATE\s+\"?workflow_case\"?\b|SET\s+\"?state\"?\s*=", re.IGNORECASE)


def _writes(tree):
    for node in ast.walk(tree):
        targets = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            if isinstance(target, ast.Attribute) and target.attr == "state":
                yield node.lineno
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in QUERY_WRITES and any(keyword.arg == "state" for keyword in node.keywords):
                yield node.lineno
            if name == "setattr" and any(
                isinstance(arg, ast.Constant) and arg.value == "state" for arg in node.args
            ):
                yield node.lineno


def test_nobody_but_fire_writes_a_state():
    found = [
        f"{path}:{line}"
        for path in python(*FLOORS)
        if path.as_posix() != WRITER and not path.as_posix().startswith(FILLERS)
        for line in _writes(parsed(path))
    ]
    assert found == []


def test_no_sql_writes_a_case():
    found = [
        str(path)
        for path in python(*FLOORS)
        if not path.as_posix().startswith((*FILLERS, DATES)) and SQL.search(read(path))
    ]
    assert found == []


def test_the_dates_that_are_written_at_once_are_no_state():
    from workflow.impact.assess import COLUMNS

    assert "state" not in COLUMNS


def test_the_check_itself_sees_each_kind_of_write():
    seen = list(
        _writes(
            ast.parse(
                "case.state = 'x'\n"
                "Case.objects.filter(pk=1).update(state='x')\n"
                "Case.objects.create(state='x')\n"
                "setattr(case, 'state', 'x')\n"
            )
        )
    )
    assert seen == [1, 2, 3, 4]
