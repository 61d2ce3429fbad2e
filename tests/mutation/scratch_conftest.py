"""What the tests stand on while law and days are broken on purpose: few examples, fresh modules, no Django."""

import inspect
import os
import re
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

# Few examples and no search for the smallest one: a mutant is killed by any failure.
settings.register_profile(
    "mutation",
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    # Being slow on a busy machine is no sign of a mutant.
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutation")

_STAGES = ("", "stats", "fail", "list_all_tests", "mutant_generation")
_OURS = ("calendars", "law", "tests.calendars", "tests.law")
_ELSEWHERE = re.compile(r"(?:from|import) (?:workflow|letters|office|django)|subprocess|glob\(")


def _under_test() -> bool:
    return os.environ.get("MUTANT_UNDER_TEST", "") not in _STAGES


def pytest_configure(config: pytest.Config) -> None:
    """Import our modules anew in each run: what was computed at import time was computed without the mutant."""
    for name in [n for n in sys.modules if n in _OURS or n.startswith(tuple(f"{o}." for o in _OURS))]:
        del sys.modules[name]


def pytest_collectreport(report: Any) -> None:
    """Count a mutant that breaks an import as killed; the plain exit code would read as an interruption."""
    if report.failed and _under_test():
        os._exit(int(pytest.ExitCode.TESTS_FAILED))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tables before the sweeps and the properties: they are quicker and kill most.

    What needs the floors above, a command line or the source as it is written is left out.
    """
    items[:] = [item for item in items if not _ELSEWHERE.search(inspect.getsource(item.function))]
    items.sort(key=_slowness)


def _slowness(item: pytest.Item) -> int:
    if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        return 2
    return int(item.name.startswith(("test_every_notice", "test_no_damage")))
