"""Pages dealt out to processes, each with the file open once, and taken back in order; nothing piles up in between."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TypeVar

from workflow.review.redaction.errors import BadSource
from workflow.review.redaction.pages import Page, Source, open_source

Job = TypeVar("Job")
Result = TypeVar("Result")

#: Fewer pages are done sooner than a second process has started.
FEW = 8
#: A file is opened anew after so many pages, because the library keeps what it read of them.
_FRESH = 64
#: Pages under way for each process.
_AHEAD = 3
_MOST_HANDS = 8

_open: dict[str, tuple[Source, int]] = {}


def hands() -> int:
    """Return how many processes may work side by side on this machine."""
    return max(1, min(_MOST_HANDS, len(os.sched_getaffinity(0))))


def each_page(
    path: Path,
    jobs: Iterable[tuple[int, Job]],
    work: Callable[[Page, Job], Result],
    *,
    pages: int,
    workers: int,
) -> Iterator[Result]:
    """Yield the result of a piece of work for each page, in order.

    :param jobs: page numbers from 1, and what to do with each
    :param work: a function of a module, with what it takes and returns fit to be sent to another process
    :param pages: how many jobs there are about; few are done here
    :raises BadSource: where a page cannot be opened, or brings its process down
    """
    if workers <= 1 or pages < FEW:
        try:
            for number, job in jobs:
                yield _on_page(path, number, job, work)
        finally:
            _close(path)
        return
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    waiting: deque[Future[Result]] = deque()
    try:
        for number, job in jobs:
            waiting.append(pool.submit(_on_page, path, number, job, work))
            if len(waiting) >= workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise BadSource(f"{path.name}有页面无法绘制，绘制进程已中止；文件可能已损坏") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _on_page(path: Path, number: int, job: Job, work: Callable[[Page, Job], Result]) -> Result:
    key = str(path)
    source, used = _open.pop(key, (None, 0))
    if source is None or used >= _FRESH:
        if source is not None:
            source.close()
        source, used = open_source(path), 0
    _open[key] = (source, used + 1)
    page = source.page(number)
    try:
        return work(page, job)
    finally:
        page.close()


def _close(path: Path) -> None:
    held = _open.pop(str(path), None)
    if held is not None:
        held[0].close()
