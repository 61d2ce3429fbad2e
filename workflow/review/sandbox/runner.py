"""Starts the process, waits for it no longer than allowed, and believes nothing it says without looking."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from workflow.review.sandbox.limits import MIB, Limits
from workflow.review.sandbox.network import SHARED
from workflow.review.sandbox.unfit import Unfit

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[3]
#: What a process may write in all, and in its one answer.
MOST_OUT, MOST_ANSWER = 600 * MIB, 4 * MIB
#: Only these names are read back.
NAMES = ("pages.pdf", "table.xlsx", "pages.jsonl", "text.txt", "grid.json", "hits.jsonl")
HEAVY = "文件过大或者过于复杂，处理时超出了允许的内存，请拆分或者打印为 PDF 后重新上传。"
SLOW = "文件过于复杂，在允许的时间内没有处理完，请拆分或者打印为 PDF 后重新上传。"
BROKEN = "文件已损坏或者不合规范，无法打开，请在原软件中重新保存或者打印为 PDF 后上传。"


@dataclass(frozen=True)
class Outcome:
    """What a run gave: its answer, the files it wrote, and what it took."""

    answer: dict[str, Any]
    files: dict[str, bytes]
    peak_kib: int
    seconds: float
    numbered: dict[int, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class _Ended:
    status: int
    peak_kib: int
    seconds: float
    timed_out: bool


def run(
    task: str, content: bytes, *, limits: Limits | None = None, **given: Any
) -> Outcome:  # fmt: skip
    """Read a file in a process of its own and return what it made of it.

    :param task: ``inspect``, ``make``, ``render``, ``grid`` or ``look``
    :raises Unfit: where the file is refused, where the process broke, took too long or needed too much
    """
    bounds = limits or Limits()
    place = Path(tempfile.mkdtemp(prefix="sandbox-"))
    try:
        (place / "out").mkdir()
        (place / "in.bin").write_bytes(content)
        job = {"task": task, "limits": bounds.plain(), **given}
        (place / "job.json").write_text(json.dumps(job), encoding="utf-8")
        ended = _wait(_start(place), bounds)
        try:
            answer = _answer(place, ended)
        except Unfit as unfit:
            unfit.peak_kib = ended.peak_kib
            raise
        if answer.get("network") == "shared":
            _say_shared()
        return Outcome(
            answer=answer, files=_files(place), peak_kib=ended.peak_kib, seconds=ended.seconds, numbered=_numbered(place)
        )  # fmt: skip
    finally:
        shutil.rmtree(place, ignore_errors=True)


@cache
def _say_shared() -> None:
    """Say once in each process that its sandboxes have a network."""
    logger.warning(SHARED)


def _start(place: Path) -> subprocess.Popen[bytes]:
    # Nothing of the server's environment goes along: no keys, no database, no proxies.
    environment = {
        "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(place), "TMPDIR": str(place),
    }  # fmt: skip
    with (place / "log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-s", "-m", "workflow.review.sandbox", str(place)],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            close_fds=True,
        )  # fmt: skip


def _wait(process: subprocess.Popen[bytes], limits: Limits) -> _Ended:
    """Wait for the end of a process and of all it started, and read what it used from the system."""
    began = time.monotonic()
    handle = os.pidfd_open(process.pid)
    try:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        in_time = bool(poll.poll(limits.wall_seconds * 1000))
    finally:
        os.close(handle)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # whoever is left over of its session
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return _Ended(process.returncode, int(used.ru_maxrss), time.monotonic() - began, not in_time)


def _answer(place: Path, ended: _Ended) -> dict[str, Any]:
    if ended.timed_out or ended.status == -signal.SIGXCPU:
        raise Unfit("file_slow", SLOW)
    path = place / "out" / "answer.json"
    answer = _read_answer(path) if path.is_file() and path.stat().st_size <= MOST_ANSWER else None
    if answer is None:
        told = (place / "log").read_bytes()[-4000:]
        if b"MemoryError" in told or b"bad_alloc" in told or b"out of memory" in told.lower():
            raise Unfit("file_heavy", HEAVY)
        raise Unfit("file_broken", BROKEN)
    refused = answer.get("refused")
    if isinstance(refused, dict):
        raise Unfit(str(refused.get("code", "file_broken"))[:40], str(refused.get("message", BROKEN))[:300])
    return answer


def _read_answer(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _files(place: Path) -> dict[str, bytes]:
    found, room = {}, MOST_OUT
    for name in NAMES:
        path = place / "out" / name
        if path.is_symlink() or not path.is_file():
            continue
        room -= path.stat().st_size
        if room < 0:
            raise Unfit("file_heavy", HEAVY)
        found[name] = path.read_bytes()
    return found


def _numbered(place: Path) -> dict[int, bytes]:
    """Read the pictures of pages, or the members of an archive: files with a number in their name."""
    found: dict[int, bytes] = {}
    for path in sorted((place / "out").glob("[pm]*-*")):
        number = path.stem.rpartition("-")[2]
        if number.isdecimal() and not path.is_symlink() and path.stat().st_size <= 60 * MIB:
            found[int(number)] = path.read_bytes()
    return found
