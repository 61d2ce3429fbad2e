"""Look again at what was refused, every year, item by item (定期评估审查, 条例18)."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Max

from law.gid.art18_reassessment import is_reassessed, reassess_due
from office.models import Office, User
from workflow import rules
from workflow.actions.convert import started
from workflow.beside.step import Doing, make, take
from workflow.errors import BadRequest
from workflow.models import Item, Reassessment


def list_reassessments(
    *, office_id: int, by: User, on: dt.date, now: dt.datetime, act_id: uuid.UUID | None = None
) -> list[Reassessment]:
    """List every item refused in whole or in part whose reply is twelve months old and that was not looked at since.

    Returns the rows added to this year's list; called again it adds only what has become due meanwhile.
    """
    office = Office.objects.get(pk=office_id)
    added: list[Reassessment] = []

    def build(doing: Doing) -> _List:
        calendar, overrides = rules.of(office)
        looked_at = dict(
            Reassessment.objects.filter(office=office).values_list("item_id").annotate(last=Max("listed_on"))
        )
        answered = Item.objects.filter(case__office=office, case__replied_on__isnull=False).exclude(
            outcome=""
        )
        for item in answered.order_by("pk").select_related("case"):
            if not is_reassessed(item.outcome):
                continue
            last = max(filter(None, (item.case.replied_on, looked_at.get(item.pk))))
            if reassess_due(last, calendar, overrides=overrides) > on:
                continue
            added.append(
                Reassessment.objects.create(
                    office=office, year=on.year, case=item.case, item=item, outcome=item.outcome,
                    replied_on=item.case.replied_on, listed_on=on,
                )
            )  # fmt: skip
        if not added:
            raise BadRequest("nothing_due", "没有新到期的不予公开事项需要评估", field="year")
        doing.note.update(year=on.year, count=len(added))
        return _List(f"{office.ref}:reassessment:{on.year}")

    make("list_reassessments", office, build, by=by, on=on, now=now, act_id=act_id)
    return added


def decide_reassessment(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, disclosable: bool, reason: str, redaction: str = "",
    act_id: uuid.UUID | None = None,
) -> Reassessment:  # fmt: skip
    """Decide one item: still withheld, or disclosable by now and so proposed for publication."""
    if not reason.strip():
        raise BadRequest("no_reason", "请写明评估意见", field="reason")
    if disclosable and not redaction.strip():
        raise BadRequest("no_redaction", "可以公开的，请写明去标识化处理", field="redaction")

    def effect(row: Reassessment, doing: Doing) -> None:
        row.reason, row.decided_by, row.decided_on = reason.strip(), by, on
        if disclosable:
            row.conversion = started(
                row.office, doing, by=by, title=row.item.description, reason=reason, redaction=redaction,
                source="reassessment", item=row.item,
            )  # fmt: skip
            row.free()
        else:
            row.keep()
        doing.note["result"] = row.get_stage_display()

    return take("decide_reassessment", Reassessment, record_id, effect, by=by, on=on, now=now, act_id=act_id)


class _List:
    """The year's list as a subject of the journal."""

    def __init__(self, subject_ref: str) -> None:
        self.subject_ref = subject_ref
