"""A case with a document that may be marked, and what reviewers do to it, past the screen."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import pytest

from office.models import OfficeParameter, User
from tests.review.documents import found
from tests.workflow.factories import DAY, Town, at
from workflow.models import Case, DisclosedCopy, HoldingVersion, RedactionMark
from workflow.review import copies, sandbox
from workflow.review.disclosing import begin, burning
from workflow.review.marking import choose_text, draw, settle
from workflow.review.marking.doing import GroundData

PRIVACY = GroundData("article", "条例第十五条")
PHONE = GroundData("personal", "mobile")
NAME = GroundData("personal", "name")
_run = sandbox.run
#: Valid by its check digit, and nobody's.
NUMBER = "11010519491231002X"
LIST = (
    "采薇村三组土地征收补偿清单\n"
    "张三丰  13800000000  水田2.1亩\n"
    "李四光  13900000001  旱地0.8亩\n"
    f"经办人张三丰  {NUMBER}\n"
).encode()


@cache
def _run_once(task: str, content: bytes, **given: Any) -> sandbox.Outcome:
    """Make what is made of the same content once for all tests of a process."""
    return _run(task, content, **given)


def who(by: User, *, on: dt.date = DAY) -> dict[str, Any]:
    """Return by, on and now of an act."""
    return {"by": by, "on": on, "now": at(on)}


def listed(town: Town, case: Case, content: bytes = LIST, **changes: Any) -> HoldingVersion:
    """Attach a document that is to be disclosed in part, with its working copy."""
    version = found(
        town, case, content, **{"name": "清单.txt", "title": "征收补偿清单", "plan": "partial"} | changes
    )
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sandbox, "run", _run_once)
        assert copies.make(version.pk, now=at(DAY)) == "ready"
    return HoldingVersion.objects.get(pk=version.pk)


def text_of(version: HoldingVersion, page: int = 1) -> str:
    """Return the text of a page."""
    return copies.text_of(version.copy.pages.get(number=page)).text


def mark_text(
    version: HoldingVersion, text: str, by: User, ground: GroundData = NAME, page: int = 1
) -> RedactionMark:
    """Mark the first occurrence of a text on a page."""
    start = text_of(version, page).index(text)
    return choose_text.choose_text(
        version_id=version.pk, page=page, start=start, end=start + len(text), ground=ground, **who(by)
    )[0]


def box(
    version: HoldingVersion, by: User, *edges: float, ground: GroundData = PRIVACY, page: int = 1
) -> RedactionMark:
    """Draw a box."""
    return draw.draw(
        version_id=version.pk, page=page, boxes=[edges], ground=ground, made_by="mouse", **who(by)
    )[0]  # type: ignore[list-item]


def everywhere(version: HoldingVersion, text: str, by: User, ground: GroundData = NAME, **more: Any) -> Any:
    """Mark a text wherever it stands."""
    return choose_text.mark_everywhere(version_id=version.pk, text=text, ground=ground, **who(by), **more)


def reject(version: HoldingVersion, mark: RedactionMark, by: User, reason: str = "") -> RedactionMark:
    """Reject a mark."""
    return settle.reject(version_id=version.pk, mark_id=mark.pk, reason=reason, **who(by))


def copied(version: HoldingVersion, by: User) -> DisclosedCopy:
    """Have the copy made, as a worker makes it."""
    asked = begin.ask_for_copy(version_id=version.pk, **who(by))
    burning.run(asked.pk, now=at(DAY))
    return DisclosedCopy.objects.get(pk=asked.pk)


def two_persons(town: Town) -> None:
    """Let the office want a second person."""
    OfficeParameter.objects.create(
        office=town.office, key=begin.SECOND_PERSON, value=True, from_on=DAY, reason="遮盖与复核分开", entered_by=town.admin,
        entered_at=at(DAY), confirmed_by=town.head, confirmed_at=at(DAY),
    )  # fmt: skip
