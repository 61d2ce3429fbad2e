"""`workdays` on the command line: answers, refusals by field, exit codes."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from calendars.cli import run


def workdays(*argv, given=""):
    out, err = io.StringIO(), io.StringIO()
    code = run(argv, stdin=io.StringIO(given), stdout=out, stderr=err)
    return code, out.getvalue(), err.getvalue()


@pytest.mark.parametrize(
    "start,n,answer",
    [
        ("2026-09-18", "20", "2026-10-22"),
        ("2025-12-20", "40", "2026-02-14"),
        ("2026-12-01", "20", "2026-12-29"),
    ],
)
def test_add(start, n, answer):
    code, out, _ = workdays("add", start, n)
    assert (code, out) == (0, answer + "\n")


def test_add_beyond_the_last_notice_says_so():
    code, out, _ = workdays("add", "2026-12-10", "20")
    assert code == 3
    assert "2027 年的放假安排尚未公布" in out
    assert "2027-01-08（暂定" in out
    code, out, _ = workdays("add", "2026-12-10", "20", "--json")
    assert code == 3
    told = json.loads(out)
    assert (told["date"], told["provisional"], told["earliest"]) == ("2027-01-08", True, "2027-01-06")


def test_a_day_that_may_change_is_noted_beside_the_answer():
    code, out, err = workdays("add", "2026-12-01", "20")
    assert (code, out) == (0, "2026-12-29\n")
    assert "仍可能" in err


def test_between_and_show_and_check():
    assert workdays("between", "2026-03-02", "2026-03-30")[:2] == (0, "20\n")
    code, out, _ = workdays("between", "2026-12-01", "2027-01-10")
    assert (code, "27（暂定）" in out) == (3, True)
    code, out, _ = workdays("show", "2020")
    assert code == 0
    assert "国办发明电〔2020〕1号" in out
    assert "249" in out
    assert workdays("check")[0] == 0
    assert json.loads(workdays("--json", "check")[1])["faults"] == []
    assert json.loads(workdays("show", "2026", "--json")[1])["working_days"] == 248


def test_batch_answers_line_for_line():
    given = "2026-09-18 20\n2026-12-10 20\nnonsense\n2026-09-18 -1\n2007-01-05 3\n"
    code, out, _ = workdays("add", "-", given=given)
    lines = out.splitlines()
    assert code == 0
    assert lines[:2] == ["2026-10-22", "provisional 2027-01-08"]
    assert [line.startswith("error: ") for line in lines[2:]] == [True, True, True]
    rows = [json.loads(line) for line in workdays("add", "-", "--json", given=given)[1].splitlines()]
    assert [row.get("date") for row in rows] == ["2026-10-22", "2027-01-08", None, None, None]
    assert [row.get("field") for row in rows] == [None, None, "行", "N", "DATE"]


BATCH = [
    ("2026-09-18 20", "2026-10-22"),
    ("", "error: 行："),
    ("   ", "error: 行："),
    ("2026-09-18", "error: 行："),
    ("2026-09-18 20 30", "error: 行："),
    ("\t2026-09-18\u300020  ", "2026-10-22"),
    ("２０２６-09-18 20", "error: DATE："),
    ("2026-02-29 20", "error: DATE："),
    ("2026-9-18 20", "error: DATE："),
    ("2026-09-18 ２０", "error: N："),
    ("2026-09-18 -1", "error: N："),
    ("2026-09-18 0", "error: N："),
    ("2026-09-18 1.5", "error: N："),
    ("2026-09-18 " + "9" * 5000, "error: N："),
    ("2007-12-31 5", "error: DATE：没有 2007 年"),
    ("2038-12-31 300", "error: N：2040 年"),
    ("2026-12-10 20", "provisional 2027-01-08"),
    ("2026-12-01 20", "2026-12-29"),
    ("2008-01-01 1", "2008-01-02"),
]


@pytest.mark.parametrize("end,first", [("\n", ""), ("\r\n", "\ufeff")])
def test_a_batch_answers_every_line_in_its_place(end, first):
    code, out, err = workdays("add", "-", given=first + end.join(line for line, _ in BATCH) + end)
    answers = out.splitlines()
    assert (code, err, len(answers)) == (0, "", len(BATCH))
    for (line, expected), answer in zip(BATCH, answers, strict=True):
        assert answer.startswith(expected) if expected.startswith("error") else answer == expected, line


def test_an_empty_batch_has_no_answer():
    assert workdays("add", "-") == (0, "", "")


@pytest.mark.parametrize(
    "argv,field",
    [
        (("add", "2026-02-30", "20"), "DATE"), (("add", "20260218", "20"), "DATE"), (("add", "2026-02-18", "0"), "N"),
        (("add", "2026-02-18", "x"), "N"), (("add", "2026-02-18"), "N"), (("between", "2026-02-18", "2026-02-17"), "D2"),
        (("between", "x", "2026-02-17"), "D1"), (("show", "26"), "YEAR"), (("show", "2027"), "2027 年"), (("nothing",), "命令行"), ((), "命令行"),
        (("between", "2006-02-18", "2027-02-17"), "D1：没有 2006 年"), (("between", "2026-02-18", "2039-02-17"), "D2：2039 年"),
        (("add", "2007-12-31", "1"), "DATE：没有 2007 年"), (("add", "9999-12-31", "1"), "DATE：9999 年"), (("add", "2026-12-01", "2000000"), "N：“2000000”"),
        (("add", "2038-12-31", "300"), "N：2040 年"), (("add", "2026-02-18", "9" * 5000), "N："), (("add", "2026-02-18", "２０"), "N：“２０”"),
        (("add", "２０２６-02-18", "20"), "DATE：“２０２６-02-18”"), (("add", "2026-02-18", "-1"), "N：“-1”"), (("add", "2026-02-18", "2001"), "N：“2001”"),
        (("add", "-", "5"), "N：add -"), (("add", "2026-02-18", "5", "6"), "命令行：多余的参数：6"), (("show", "0000"), "YEAR：没有 0000 年"),
        (("add",), "命令行：缺少参数：DATE"), (("weekdays",), "命令行：不认识“weekdays”"), (("show", "２０２６"), "YEAR：“２０２６”"), (("show", "2007"), "YEAR：没有 2007 年"),
    ],
)  # fmt: skip
def test_bad_input_names_its_field(argv, field):
    code, out, err = workdays(*argv)
    assert (code, out) == (2, "")
    assert field in err
    # For other systems the refusal is JSON as well, as `clock`, `fee` and `remedy` give it.
    code, out, again = workdays(*argv, "--json")
    told = json.loads(out)
    assert (code, again) == (2, err)
    assert (told["error"], err.startswith(told["field"])) == (err.rstrip("\n"), True)


def test_the_command_needs_no_database_and_no_environment(tmp_path):
    root = Path(__file__).parents[2]
    bare = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "manage.py", "workdays", "add", "2026-12-10", "20"],
        cwd=root, env=bare, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "暂定" in done.stdout
    batch = subprocess.run(
        [sys.executable, str(root / "manage.py"), "workdays", "add", "-"],
        cwd=tmp_path, env=bare, input=b"2026-09-18 20\n\xff\xfe 3\n2022-09-30 20\n", capture_output=True, check=False,
    )  # fmt: skip
    answers = batch.stdout.decode().splitlines()
    assert (batch.returncode, answers[0], answers[2], list(tmp_path.iterdir())) == (
        0,
        "2026-10-22",
        "2022-11-02",
        [],
    )
    assert answers[1].startswith("error: DATE")
