"""Break law and days on purpose, one small change at a time, and list the changes that no test noticed."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import chdir
from fnmatch import fnmatch
from pathlib import Path

from tests.mutation.report import Outcome, page, survivors, table

ROOT = Path(__file__).resolve().parents[2]
RUNNER = Path(__file__).with_name("runner.py")
SCRATCH = ROOT / ".mutation"
PAGE = ROOT / "docs" / "mutation.md"

# Changed: arithmetic, law, and the reader of notices. Not changed: the edge to Django, which is tested with databases;
# the listing of files; and the commands, whose answers are tested but which decide nothing.
LEFT_OUT = (
    "calendars/apps.py",
    "calendars/middleware.py",
    "calendars/published.py",
    "calendars/management/*",
    "calendars/migrations/*",
    "calendars/models/*",
    "law/index/*",
)
COMMANDS = ("calendars/cli.py", "calendars/notice/cli.py", "law/cli/*")
TESTS_LEFT_OUT = ("test_published.py", "test_index.py", "test_remedy_docs.py", "made_up.py")
SETTINGS = f"""
[tool.mutmut]
source_paths = ["calendars", "law"]
do_not_mutate = {list(COMMANDS)}

[tool.pytest.ini_options]
pythonpath = ["."]
addopts = ["--import-mode=importlib", "-m", "not slow"]
markers = ["slow", "databases", "pg", "browser"]
filterwarnings = ["error"]
"""


def _among(inner: Path, patterns: Iterable[str]) -> bool:
    return any(fnmatch(inner.as_posix(), pattern) for pattern in patterns)


def _wanted() -> Iterator[Path]:
    """Walk over the files that the scratch copy consists of, relative to the tree."""
    for floor in ("calendars", "law"):
        for path in sorted((ROOT / floor).rglob("*")):
            inner = path.relative_to(ROOT)
            if path.suffix in (".py", ".toml", ".md") and not _among(inner, LEFT_OUT):
                yield inner
    for place in (
        "tests/calendars",
        "tests/law",
        "tests/data/annual",
        "tests/data/calendar",
        "tests/data/remedies",
    ):
        for path in sorted((ROOT / place).rglob("*")):
            if path.is_file() and path.name not in TESTS_LEFT_OUT and path.suffix != ".pyc":
                yield path.relative_to(ROOT)
    yield Path("tests/amount.py")


def _copied() -> None:
    """Bring the scratch copy up to date, touching only what differs: the rest keeps its verdicts."""
    kept = {SCRATCH / inner for inner in _wanted()}
    for place in ("calendars", "law", "tests"):
        for old in [p for p in (SCRATCH / place).rglob("*") if p.is_file() and p not in kept]:
            old.unlink()
    for inner in _wanted():
        target = SCRATCH / inner
        if not target.exists() or target.read_bytes() != (ROOT / inner).read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / inner, target)
            if inner.suffix != ".py" and inner.parts[0] != "tests":
                # Data beside the code is copied by mutmut once only.
                (SCRATCH / "mutants" / inner).unlink(missing_ok=True)
    shutil.copyfile(Path(__file__).with_name("scratch_conftest.py"), SCRATCH / "tests" / "conftest.py")
    (SCRATCH / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    shutil.rmtree(SCRATCH / "mutants" / "tests", ignore_errors=True)


def _metas() -> Iterator[Path]:
    kept = {inner.as_posix() for inner in _wanted() if not _among(inner, COMMANDS)}
    for meta in sorted((SCRATCH / "mutants").rglob("*.py.meta")):
        inner = meta.relative_to(SCRATCH / "mutants").as_posix().removesuffix(".meta")
        if inner in kept and not inner.startswith("tests/"):
            yield meta


def _forget_survivors() -> None:
    """Have the mutants that were neither killed nor accounted for tried again, with the tests of today."""
    with chdir(SCRATCH):  # mutmut reads its settings where it stands
        again = {s.outcome.name for s in survivors(_outcomes()) if not s.why}
    for meta in _metas():
        held = json.loads(meta.read_text(encoding="utf-8"))
        codes = held["exit_code_by_key"]
        held["exit_code_by_key"] = {k: None if k in again else c for k, c in codes.items()}
        meta.write_text(json.dumps(held), encoding="utf-8")


def _outcomes() -> list[Outcome]:
    found = []
    for meta in _metas():
        inner = meta.relative_to(SCRATCH / "mutants").as_posix().removesuffix(".meta")
        codes = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        found += [Outcome(inner, name, code) for name, code in codes.items()]
    return found


def main() -> int:
    """Carry out one call of `./dev mutate` and give its exit code: 0 when every survivor is accounted for."""
    parser = argparse.ArgumentParser(prog="./dev mutate", description=__doc__)
    parser.add_argument("mutants", nargs="*", help="names of mutants, with * (calendars.notice*); else all")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time")
    parser.add_argument("--again", action="store_true", help="try those that survived once more")
    parser.add_argument("--list", action="store_true", help="only tell what is known so far")
    parser.add_argument("--write", action="store_true", help="write docs/mutation.md")
    options = parser.parse_args()
    if not options.list:
        SCRATCH.mkdir(exist_ok=True)
        # One floor's mutants need one floor's tests.
        floors = {name.partition(".")[0].rstrip("*") for name in options.mutants} & {"calendars", "law"}
        tests = [f"tests/{floor}" for floor in sorted(floors or {"calendars", "law"})]
        _copied()
        if options.again:
            _forget_survivors()
        # Thousands of short runs: compiled modules must be kept.
        unwanted = ("DJANGO_", "PYTEST_", "PYTHONDONTWRITEBYTECODE")
        environment = {k: v for k, v in os.environ.items() if not k.startswith(unwanted)}
        done = subprocess.run(
            [sys.executable, RUNNER, "--jobs", str(options.jobs), "--tests", *tests, "--",
             *options.mutants], cwd=SCRATCH, env=environment, check=False,
        )  # fmt: skip
        if done.returncode:
            return done.returncode
    outcomes = _outcomes()
    os.chdir(SCRATCH)  # mutmut reads its settings where it stands
    print(table(outcomes))
    text, unexplained = page(outcomes)
    for survivor in unexplained:
        print(survivor)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
