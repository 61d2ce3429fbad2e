"""Pictures of pages asked for all at once, or one after the other: drawn in blocks, once, and no more than are kept."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

from tests.workflow.factories import DAY, at
from workflow.holding_kinds import CopyStatus
from workflow.review import copies, originals, sandbox
from workflow.selectors import room_copies


@pytest.fixture
def copy(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A working copy of 600 pages that nobody has looked at, and no database."""
    monkeypatch.setattr(originals, "still_open", lambda version: True)
    return SimpleNamespace(pk=1, status=CopyStatus.READY, pdf=object(), version=None, page_count=600)


def test_of_requests_for_the_same_pictures_the_first_draws_and_the_others_wait(
    copy: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[tuple[int, int], bytes] = {}
    drawn: list[tuple[int, int]] = []

    def draw(copy: Any, pdf: Any, number: int, dpi: int, now: Any) -> bytes:
        drawn.append((number, dpi))
        time.sleep(0.05)
        kept.update({(page, dpi): b"%d" % page for page in range(1, 9)})
        return kept[number, dpi]

    monkeypatch.setattr(copies, "_kept", lambda copy, number, dpi: kept.get((number, dpi)))
    monkeypatch.setattr(copies, "_draw", draw)
    with ThreadPoolExecutor(7) as people:
        found = list(people.map(lambda page: copies.image_of(copy, page, dpi=24, now=at(DAY)), range(1, 8)))
    assert found == [b"%d" % page for page in range(1, 8)]
    assert len(drawn) == 1
    assert copies.image_of(copy, 601, dpi=24, now=at(DAY)) is None


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[list[int]]]:
    """Give the pages each process was asked to draw."""
    asked: list[list[int]] = []

    def run(task: str, content: bytes, *, numbers: list[int], dpi: int) -> Any:
        asked.append(numbers)
        return SimpleNamespace(numbered={page: b"%s %d" % (content, page) for page in numbers if page <= 40})

    monkeypatch.setattr(sandbox, "run", run)
    monkeypatch.setattr(room_copies.files, "read", lambda file: file)
    room_copies._pictures.clear()
    yield asked
    room_copies._pictures.clear()


def disclosed(content: bytes, sha256: str) -> Any:
    return SimpleNamespace(file=content, sha256=sha256, changed_pages=list(range(1, 41)))


def test_who_pages_through_the_changed_pages_waits_for_one_in_four(runs: list[list[int]]) -> None:
    copy = disclosed(b"one", "a" * 64)
    assert [room_copies.after_picture(copy, page) for page in range(1, 41)] == [
        b"one %d" % page for page in range(1, 41)
    ]
    assert (len(runs), runs[0], runs[-1]) == (10, [1, 2, 3, 4], [37, 38, 39, 40])
    assert len(room_copies._pictures) <= room_copies.KEPT


def test_the_picture_of_another_copy_is_another_and_there_is_none_beyond_the_last(
    runs: list[list[int]],
) -> None:
    room_copies.after_picture(disclosed(b"one", "a" * 64), 1)
    assert room_copies.after_picture(disclosed(b"two", "b" * 64), 1) == b"two 1"
    assert room_copies.after_picture(disclosed(b"two", "b" * 64), 41) is None
    assert room_copies.after_picture(disclosed(b"two", "b" * 64), 0) is None
    assert room_copies.after_picture(SimpleNamespace(file=None, sha256="a" * 64), 1) is None
