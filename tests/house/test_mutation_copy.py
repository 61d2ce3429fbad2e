"""The mutation check copies a part of the tests: what these import must be in the copy, or none of them runs."""

import ast
from pathlib import Path

from tests.mutation.__main__ import ROOT, _wanted

FLOORS = ("calendars", "law", "tests")


def test_what_the_copied_tests_import_is_copied_too():
    copied = set(_wanted())
    missing = set()
    for inner in copied:
        if inner.suffix == ".py" and inner.parts[0] == "tests":
            # Within a test another floor may be asked: such a test is left out, and breaks nothing.
            for node in ast.parse((ROOT / inner).read_text("utf-8")).body:
                if isinstance(node, ast.ImportFrom) and node.module:
                    missing |= {(str(inner), one) for one in _files(node) if one not in copied}
    assert missing == set()


def _files(node: ast.ImportFrom) -> list[Path]:
    """Return the files of ours that a line imports from."""
    assert node.module is not None
    parts = node.module.split(".")
    if parts[0] not in FLOORS:
        return [Path(*parts[:1])] if (ROOT / parts[0]).is_dir() else []
    base = Path(*parts)
    if (ROOT / base).with_suffix(".py").is_file():
        return [base.with_suffix(".py")]
    inner = [base / f"{alias.name}.py" for alias in node.names]
    return [path for path in inner if (ROOT / path).is_file()]
