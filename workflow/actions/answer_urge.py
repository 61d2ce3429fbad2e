"""Answer a reminder (答复催办)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.models import User
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case
from workflow.requests import visible
from workflow.transfer_conditions import my_urges


def answer_urge(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, answer: str, urge_id: int | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Tell whoever urged how far the work is and when it will be done; the answer moves no date.

    :param urge_id: which reminder; without one, every reminder this person may answer
    Raises BadRequest for an answer without words, or a reminder that does not wait for this person.
    """
    answer = visible(answer).strip()
    if not answer:
        raise BadRequest("no_words", "请写明办理情况和预计办结的日期", field="answer")

    def effect(case: Case, work: Work) -> None:
        mine = [urge for urge in my_urges(case, by) if urge_id in (None, urge.pk)]
        if not mine:
            raise BadRequest("no_urge", "请选择等待您答复的催办", field="urge")
        for urge in mine:
            if on < urge.urged_on:
                raise BadRequest("bad_day", "答复的日期不能早于催办之日", field="on")
            urge.answer, urge.answered_on, urge.answered_by = answer, on, by
            urge.save(update_fields=["answer", "answered_on", "answered_by"])
        work.note["urges"] = [urge.pk for urge in mine]
        for person in dict.fromkeys(urge.urged_by_id for urge in mine):
            work.notify("workflow.urge_answered", f"urge_answered:{work.act_id}:{person}", user=person)

    return fire(
        case_id, "answer_urge", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip
