"""The pictures of a document looked at by the sandbox: scans read, codes, seals, faces and signatures found; never more than hints."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from workflow.models import HoldingVersion
from workflow.review import sandbox
from workflow.review.marking.detecting import Suggestion, kept_kind
from workflow.review.redaction import Box

#: Kinds whose working copy is set from text alone.
WITHOUT_PICTURES = ("txt", "html", "eml", "xlsx")
#: Pages one process looks at, so that one page cannot take the others' suggestions along.
AT_ONCE = 25
#: Pages of a document on which pictures are read: some seconds each.
MOST_READ = 300
#: Seconds for a process, and for each of its pages.
SECONDS, SECONDS_A_PAGE = 60, 40
BROKEN = "本页的图像没有查找（{why}），请人工查看"
#: Part of a box that lies in another of its kind for both to be the same thing.
_SAME = 0.4


@dataclass
class Looked:
    """What the pictures gave: suggestions by page, pages whose pictures nothing has read, and what was not looked for at all."""

    suggestions: dict[int, list[Suggestion]] = field(default_factory=dict)
    unread: dict[int, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def look(version: HoldingVersion, content: bytes) -> Looked:
    """Look at the pictures on every page of a version's working copy.

    :param content: the PDF of the working copy
    """
    found, left = Looked(), MOST_READ
    if version.kind in WITHOUT_PICTURES:
        return found
    numbers = list(version.copy.pages.order_by("number").values_list("number", flat=True))
    for start in range(0, len(numbers), AT_ONCE):
        part = numbers[start : start + AT_ONCE]
        seconds = SECONDS + SECONDS_A_PAGE * len(part)
        limits = sandbox.Limits(cpu_seconds=seconds, wall_seconds=seconds)
        try:
            made = sandbox.run("look", content, limits=limits, numbers=part, most=left)
        except sandbox.Unfit as unfit:
            found.unread |= {number: BROKEN.format(why=unfit.message.rstrip("。")) for number in part}
            continue
        left = max(0, left - int(made.answer.get("read", 0)))
        told = [str(note)[:100] for note in made.answer.get("notes", [])][:5]
        found.notes += [note for note in told if note not in found.notes]
        for line in _lines(made):
            number = int(line["page"])
            if number not in part:
                continue
            if line["unread"]:
                found.unread[number] = str(line["reason"])[:200]
            elif one := _suggestion(line):
                held = found.suggestions.setdefault(number, [])
                if not any(_same(one, other) for other in held):
                    held.append(one)
    return found


def _lines(made: sandbox.Outcome) -> Iterator[dict[str, Any]]:
    for line in made.files.get("hits.jsonl", b"").decode("utf-8").splitlines():
        yield json.loads(line)


def _suggestion(line: dict[str, Any]) -> Suggestion | None:
    boxes = tuple(Box(*map(float, edges)) for edges in line["boxes"])
    if not boxes:
        return None
    return Suggestion(
        kind=kept_kind(str(line["kind"])), boxes=boxes, text=str(line["text"])[:500], reason=str(line["reason"])[:200],
        confidence=max(0, min(100, round(float(line["sure"]) * 100))), rule=str(line["rule"] or line["kind"])[:80],
    )  # fmt: skip


def _same(one: Suggestion, other: Suggestion) -> bool:
    return one.kind == other.kind and all(
        any(box.common(known).area > _SAME * box.area for known in other.boxes) for box in one.boxes
    )
