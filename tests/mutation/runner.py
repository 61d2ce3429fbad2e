"""Try mutants quickly: collect the tests once, then fork for each mutant and run what reaches it until one fails."""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import os
import pickle
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from math import ceil
from pathlib import Path
from typing import Any

import pytest

FELL = 70
SLOWEST = 3600
MEMORY = 4 << 30
LOG = "tests.log"
REACH = "reach.json"
QUIETLY = ("-q", "--rootdir=.", "--tb=native", "-p", "no:cacheprovider", "-p", "no:django", "-p", "no:xdist")
SAVED_EVERY = 25


@dataclass
class Reach:
    """Hold which test runs which function, and how long each test takes in seconds of the processor."""

    tests_of: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    seconds: dict[str, float] = field(default_factory=dict)


class Loop:
    """Stand in for pytest's own loop over the collected tests: one child process for each mutant."""

    def __init__(self, names: list[str], jobs: int) -> None:
        self.names, self.jobs = names, jobs
        # Whatever the tests of thousands of mutants print goes into a file.
        self.terminal = os.dup(2)
        self.reach = Reach()
        self.at_import: set[str] = set()
        self.killers: dict[str, list[str]] = defaultdict(list)
        self.running: dict[int, tuple[str, int]] = {}
        self.verdicts: dict[str, int] = {}
        self.survived = 0

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try all mutants asked for, write their verdicts, and run no test in this process."""
        from mutmut.state import state

        if session.testsfailed:
            raise RuntimeError("the tests cannot be collected")
        self.session = session
        # What runs while modules are imported and tests collected cannot be tried in a fork of what is imported already.
        self.at_import = set(state()._stats)
        state()._stats.clear()
        self._measure()
        self._try_all()
        return True

    def _measure(self) -> None:
        """Run every test unchanged, in a child, to see that it passes and which functions it reaches."""
        digest = _digest(self.session.config.args)
        if Path(REACH).exists():
            held = json.loads(Path(REACH).read_text(encoding="utf-8"))
            if held["digest"] == digest:
                self.reach = Reach({f: set(tests) for f, tests in held["tests_of"].items()}, held["seconds"])
                return
        with tempfile.TemporaryFile() as answer:
            child = _child(lambda: self._measured(answer))
            if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
                raise RuntimeError("the tests fail without any change")
            answer.seek(0)
            self.reach = pickle.load(answer)
        held = {
            "digest": digest,
            "tests_of": {function: sorted(tests) for function, tests in self.reach.tests_of.items()},
            "seconds": self.reach.seconds,
            "at_import": sorted(self.at_import),
        }
        Path(REACH).write_text(json.dumps(held, indent=1), encoding="utf-8")
        self.say(f"{len(self.reach.seconds)} tests, {len(self.at_import)} functions run at import")

    def _measured(self, answer: Any) -> int:
        from mutmut.state import state

        seen, last = Reach(), None
        for item, following in _pairs(self.session.items):
            function = getattr(item, "function", None)
            if function is not last:
                _forget_results()
                last = function
            state()._stats.clear()
            began = time.process_time()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            seen.seconds[item.nodeid] = time.process_time() - began
            for name in state()._stats:
                seen.tests_of[name].add(item.nodeid)
            if self.session.testsfailed:
                self.say(f"fails without any change: {item.nodeid}")
                return 1
        seen.tests_of = dict(seen.tests_of)
        pickle.dump(seen, answer)
        answer.flush()
        return 0

    def _try_all(self) -> None:
        # What all children share stays shared: the collector of one would touch, and so copy, all of it.
        gc.collect()
        gc.freeze()
        # The quick ones first: a run that is stopped has then found out the most.
        self.names.sort(key=self._cost)
        for number, name in enumerate(self.names):
            while len(self.running) >= self.jobs:
                self._reap()
            self._start(name)
            if number % SAVED_EVERY == SAVED_EVERY - 1:
                self._save(number + 1)
        while self.running:
            self._reap()
        self._save(len(self.names))

    def _cost(self, name: str) -> tuple[bool, float]:
        function = name.partition("__mutmut_")[0]
        return function in self.at_import, sum(
            self.reach.seconds[t] for t in self.reach.tests_of.get(function, ())
        )

    def _start(self, name: str) -> None:
        function = name.partition("__mutmut_")[0]
        reached = self.reach.tests_of.get(function, set())
        if not reached and function in self.at_import:
            # What only an import runs, any test may notice.
            reached = set(self.reach.seconds)
        if name.startswith("calendars."):
            # A floor is held to its own tests: that the law's tests would notice a wrong calendar is no excuse.
            reached = {t for t in reached if t.startswith("tests/calendars")}
        if not reached:
            self.verdicts[name] = 33
            return
        before = self.killers[function]
        tests = sorted(
            reached, key=lambda t: (-before.index(t) - 1 if t in before else 0, self.reach.seconds[t])
        )
        told, tell = os.pipe()
        child = _child(lambda: self._tried(name, function, tests, tell))
        os.close(tell)
        self.running[child] = (name, told)

    def _tried(self, name: str, function: str, tests: list[str], tell: int) -> int:
        """Run the tests on one mutant, in this child, until the first fails: 1 if one does, else 0."""
        from mutmut.mutation.trampoline import set_mutant_under_test

        estimate = sum(self.reach.seconds[t] for t in tests)
        # Seconds of the processor, not of the clock: a busy machine must not look like a loop without an end.
        limit = ceil(20 + 4 * estimate + time.process_time())
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.setitimer(signal.ITIMER_REAL, SLOWEST)
        set_mutant_under_test(name)
        if function in self.at_import:
            return _anew(tests)
        by_id = {item.nodeid: item for item in self.session.items}
        for item, following in _pairs([by_id[t] for t in tests]):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.session.testsfailed:
                os.write(tell, item.nodeid.encode())
                return 1
        return 0

    def _reap(self) -> None:
        child, status = os.wait()
        name, told = self.running.pop(child)
        self.verdicts[name] = os.waitstatus_to_exitcode(status)
        killer = os.read(told, 1 << 16).decode()
        os.close(told)
        if killer:
            # What killed one mutant of a function probably kills the next.
            before = self.killers[name.partition("__mutmut_")[0]]
            if killer in before:
                before.remove(killer)
            before.append(killer)

    def _save(self, done: int) -> None:
        for meta in Path().rglob("*.py.meta"):
            held = json.loads(meta.read_text(encoding="utf-8"))
            found = {n: self.verdicts[n] for n in held["exit_code_by_key"] if n in self.verdicts}
            if found:
                held["exit_code_by_key"] |= found
                meta.write_text(json.dumps(held, indent=4), encoding="utf-8")
        self.survived += sum(code in (0, 33) for code in self.verdicts.values())
        self.say(f"{done} of {len(self.names)} tried, {self.survived} survived")
        self.verdicts.clear()

    def say(self, words: str) -> None:
        os.write(self.terminal, f"{time.strftime('%H:%M:%S')} {words}\n".encode())


def _digest(places: list[str]) -> str:
    """Sum up all that a measurement rests on: the tests asked for, and every file of the scratch copy."""
    sums = hashlib.sha256(repr(places).encode())
    for path in sorted(p for p in Path().rglob("*") if p.suffix in (".py", ".toml", ".md", ".json", ".txt")):
        if path.name != REACH:
            sums.update(path.as_posix().encode() + path.read_bytes())
    return sums.hexdigest()


def _pairs(items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    yield from zip(items, [*items[1:], None], strict=True)


def _child(run: Callable[[], int]) -> int:
    """Run in a child process, which ends with the answer as its code, and give the child's number.

    What is neither a passed nor a failed test ends with FELL: no verdict, and no kill.
    """
    child = os.fork()
    if child == 0:
        code = FELL
        try:
            code = int(run())
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            os._exit(code)
    return child


def _forget_results() -> None:
    """Empty all memories of results in our modules, so that a test is seen to run what its answer rests on."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("calendars", "law"):
            spaces = [module, *(held for held in vars(module).values() if isinstance(held, type))]
            for held in [held for space in spaces for held in vars(space).values()]:
                if callable(getattr(held, "cache_clear", None)):
                    held.cache_clear()


class _Only:
    """Have pytest run the tests named, in that order, and nothing else it collected."""

    def __init__(self, tests: list[str]) -> None:
        self.rank = {test: number for number, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (item for item in items if item.nodeid in self.rank), key=lambda item: self.rank[item.nodeid]
        )


def _anew(tests: list[str]) -> int:
    """Import everything anew with the mutant in place, and run the tests on it."""
    files = sorted({test.partition("::")[0] for test in tests})
    return int(pytest.main(["-x", *QUIETLY, *files], plugins=[_Only(tests)]))


def _generated(jobs: int) -> None:
    """Write the mutants of all functions that changed since the last run."""
    from mutmut import __main__ as mutmut
    from mutmut.mutation.trampoline import set_mutant_under_test
    from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir, setup_source_paths

    set_mutant_under_test("mutant_generation")
    with mutmut.CatchOutput():
        copy_src_dir()
        copy_also_copy_files()
        setup_source_paths()
        mutmut.create_mutants(jobs)


def main() -> int:
    """Bring the mutants up to date, try those that have no verdict, and give 0 when all were tried."""
    from mutmut.mutation.trampoline import set_mutant_under_test
    from mutmut.state import state

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--tests", nargs="+")
    parser.add_argument("patterns", nargs="*")
    options = parser.parse_args()
    _generated(options.jobs)
    os.chdir("mutants")
    names = [
        name
        for meta in sorted(Path().rglob("*.py.meta"))
        for name, code in json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"].items()
        if code is None and any(fnmatch(name, p) for p in options.patterns or ["*"])
    ]
    if not names:
        return 0
    set_mutant_under_test("stats")
    state()._stats.clear()
    loop = Loop(names, options.jobs)
    log = os.open(LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    code = int(pytest.main([*QUIETLY, *options.tests], plugins=[loop]))
    if code:
        loop.say(f"pytest gave up with {code}, see {Path(LOG).resolve()}")
    return code


if __name__ == "__main__":
    sys.exit(main())
