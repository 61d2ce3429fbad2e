"""Hand over the work of somebody who leaves (离岗移交)."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from office import delegations, journal
from office.actors import Actor
from office.models import Delegation, Office, Post, User
from office.roles import Role
from workflow.errors import BadRequest, NotYourRole
from workflow.fire import Work, fire
from workflow.handing import give_lead
from workflow.locking import one_transaction
from workflow.models import Bulk, Case, Share
from workflow.states import GIVEN_OUT

LEFT = journal.register("person.left", "{by}办理{leaver}离岗：停用岗位，移交{cases}件")


def hand_over(
    *, office_id: int, leaver_id: int, to_id: int | None, by: User, on: dt.date, now: dt.datetime,
    act_id: uuid.UUID | None = None,
) -> Bulk:  # fmt: skip
    """End somebody's duties in an office and re-assign everything open on their table, in one act.

    Posts and delegations end, the account is closed unless duties in other offices remain, and a bulk with one
    line for each case is written: one transaction. Each case then goes to ``to_id`` where that person handles
    for the case's unit, else back into its unit. The head or an administrator does it. Raises Refusal.
    """
    from workflow.bulk.starting import record

    with one_transaction():
        office = Office.objects.select_for_update().get(pk=office_id)
        if (earlier := Bulk.objects.filter(act_id=act_id).first()) is not None:
            return earlier
        if not by.roles_in(office_id) & {Role.HEAD.value, Role.ADMIN.value}:
            raise NotYourRole("not_your_role", "离岗移交由工作机构负责人或者管理员办理")
        leaver = User.objects.select_for_update().filter(pk=leaver_id).first()
        if leaver is None or not leaver.posts.filter(office=office).exists():
            raise BadRequest("no_such_person", "请选择本机关的人员", field="leaver")
        if leaver.pk in by.principals:
            raise BadRequest("oneself", "不能移交自己的工作，请由另一名负责人或者管理员办理", field="leaver")
        _successor(office, leaver, to_id)
        _end_duties(office, leaver, by=by, on=on, now=now)
        cases = held_cases(office_id, leaver_id)
        bulk = record(
            office=office, kind=Bulk.Kind.HAND_OVER, case_ids=cases, given={"leaver": leaver.pk, "to": to_id},
            by=by, on=on, now=now, act_id=act_id,
        )  # fmt: skip
        journal.write(
            subject=office.ref, key=LEFT, by=by, on=on, now=now, office_id=office.pk, act_id=bulk.act_id,
            data={"leaver": leaver.ref, "cases": len(cases), "bulk": bulk.pk},
        )  # fmt: skip
    return bulk


def hand_over_case(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, leaver_id: int, to_id: int | None,
    act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Give one case, and the parts in it that lie with a leaver, to the successor or back to their units."""

    def effect(case: Case, work: Work) -> None:
        work.note.update(leaver=f"user:{leaver_id}", to=to_id)
        if case.handler_id == leaver_id and case.unit_id is not None:
            give_lead(case, work, unit_id=case.unit_id, handler_id=_fit(case.office_id, case.unit_id, to_id))
        for share in case.open_co_shares():
            if share.handler_id == leaver_id:
                share.handler_id = _fit(case.office_id, share.unit_id, to_id)
                share.status, share.accepted_on = Share.Status.GIVEN, None
                share.save(update_fields=["handler", "status", "accepted_on"])
                work.notify("workflow.share_given", f"share:{share.pk}:{work.act_id}", share=share.pk)

    return fire(case_id, "hand_over", by=by, on=on, now=now, effect=effect, act_id=act_id)


def held_cases(office_id: int, person_id: int) -> list[int]:
    """List the cases of an office in which something open lies with a person: lead, part or desk task."""
    part = Share.objects.filter(case_id=OuterRef("pk"), handler_id=person_id, status__in=Share.OPEN)
    task = Task.objects.filter(
        process__caseprocess__case_id=OuterRef("pk"), owner_id=person_id, status=STATUS.ASSIGNED
    )
    held = Q(handler_id=person_id) | Q(Exists(part)) | Q(Exists(task))
    cases = Case.objects.filter(held, office_id=office_id, state__in=[str(state) for state in GIVEN_OUT])
    return list(cases.order_by("due_on", "pk").values_list("pk", flat=True))


def _fit(office_id: int, unit_id: int, person_id: int | None) -> int | None:
    """Return the successor where they handle for a unit, else None: the case waits in its unit."""
    if person_id is None:
        return None
    held = Post.objects.filter(
        Q(unit_id=unit_id) | Q(unit__isnull=True), user_id=person_id, office_id=office_id, role=Role.HANDLER,
        user__is_active=True,
    )  # fmt: skip
    return person_id if held.exists() else None


def _successor(office: Office, leaver: User, to_id: int | None) -> None:
    if to_id is None:
        return
    if to_id == leaver.pk:
        raise BadRequest("same_person", "接手人不能是离岗的人", field="to")
    held = Post.objects.filter(office=office, user_id=to_id, role=Role.HANDLER, user__is_active=True)
    if not held.exists():
        raise BadRequest("not_a_handler", "接手人须是本机关的承办人", field="to")


def _end_duties(office: Office, leaver: User, *, by: User, on: dt.date, now: dt.datetime) -> None:
    yesterday = on - dt.timedelta(days=1)
    for post in leaver.posts.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), office=office):
        post.to_on = max(post.from_on, yesterday)
        post.save(update_fields=["to_on"])
    lent = Delegation.objects.filter(
        Q(delegator=leaver) | Q(delegate=leaver), office=office, ended_on__isnull=True, to_on__gte=on
    )
    for row in lent.select_related("office"):
        delegations.close(row, by=by, on=on, now=now)
    if leaver.posts.filter(Q(to_on__isnull=True) | Q(to_on__gte=on)).exclude(office=office).exists():
        return  # still at work for another office
    leaver.is_active, leaver.deactivated_on = False, localdate(now)
    leaver.save(update_fields=["is_active", "deactivated_on"])
