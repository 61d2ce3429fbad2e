"""Lend one's duties for the days of a leave, and take them back (代理)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from . import journal
from .errors import Refusal
from .models import Delegation, Office, Post, User
from .roles import Role

GRANTED = journal.register("delegation.granted", "{by}登记：{delegator}自{from_on}至{to_on}由{delegate}代理")
ENDED = journal.register("delegation.ended", "{by}终止{delegate}对{delegator}的代理，自{ended_on}起")
#: Who may enter or end a delegation of somebody else.
KEEPERS = frozenset({Role.HEAD.value, Role.ADMIN.value})


def grant(
    *, office_id: int, delegator_id: int, delegate_id: int, from_on: date, to_on: date, reason: str, by: User,
    on: date, now: datetime, act_id: UUID | None = None,
) -> Delegation:  # fmt: skip
    """Let one person act for another in an office from a first to a last day, both included.

    A person lends the own duties; the head or an administrator enters it for somebody who is already away.
    The delegate holds a post in the same office. Days before ``on`` are refused: nobody acts in the past.
    Raises Refusal naming the field.
    """
    with transaction.atomic():
        office = Office.objects.select_for_update().get(pk=office_id)
        _may(by, office_id, delegator_id)
        if not reason.strip():
            raise Refusal("no_reason", "请写明事由，例如年休假、出差、培训。", field="reason")
        if from_on < on:
            raise Refusal("in_the_past", "起始日不能早于今天：代理不能追认。", field="from_on")
        if to_on < from_on:
            raise Refusal("bad_days", "截止日不能早于起始日。", field="to_on")
        if delegate_id == delegator_id:
            raise Refusal("same_person", "请选择本人以外的代理人。", field="delegate")
        _holds_a_post(delegator_id, office_id, from_on, field="delegator", who="被代理人")
        _holds_a_post(delegate_id, office_id, from_on, field="delegate", who="代理人")
        _no_other(office_id, delegator_id, from_on, to_on)
        row = Delegation.objects.create(
            office=office, delegator_id=delegator_id, delegate_id=delegate_id, from_on=from_on, to_on=to_on,
            reason=reason.strip(), entered_by=by, entered_at=now,
        )  # fmt: skip
        days = {"from_on": from_on.isoformat(), "to_on": to_on.isoformat()}
        _tell(GRANTED, row, days, by=by, on=on, now=now, act_id=act_id)
    return row


def end(*, delegation_id: int, by: User, on: date, now: datetime, act_id: UUID | None = None) -> Delegation:
    """End a delegation from this very day: who came back early, or found somebody better. Raises Refusal."""
    with transaction.atomic():
        row = Delegation.objects.select_related("office").filter(pk=delegation_id).first()
        if row is None:
            raise Refusal("no_such_delegation", "没有这项代理，请刷新页面。")
        Office.objects.select_for_update().get(pk=row.office_id)
        row = Delegation.objects.select_related("office").get(pk=delegation_id)
        _may(by, row.office_id, row.delegator_id)
        if row.ended_on is not None or row.to_on < on:
            raise Refusal("already_over", "这项代理已经结束。")
        close(row, by=by, on=on, now=now, act_id=act_id)
    return row


def close(row: Delegation, *, by: User, on: date, now: datetime, act_id: UUID | None = None) -> None:
    """End a delegation inside the caller's transaction and under the office's lock, with its journal line."""
    row.ended_on, row.ended_by = on, by
    row.save(update_fields=["ended_on", "ended_by"])
    _tell(ENDED, row, {"ended_on": on.isoformat()}, by=by, on=on, now=now, act_id=act_id)


def may_keep(user: User, office_id: int) -> bool:
    """Tell whether a person may enter and end delegations of others in an office."""
    return bool(user.roles_in(office_id) & KEEPERS)


def _may(by: User, office_id: int, delegator_id: int) -> None:
    if by.acting_for is not None or (by.pk != delegator_id and not may_keep(by, office_id)):
        raise Refusal("not_yours", "只能由本人、工作机构负责人或者管理员登记、终止代理。", field="delegator")


def _holds_a_post(user_id: int, office_id: int, on: date, *, field: str, who: str) -> None:
    held = Post.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=on), user_id=user_id, office_id=office_id, from_on__lte=on,
        user__is_active=True,
    )  # fmt: skip
    if not held.exists():
        raise Refusal("no_post", f"{who}在本机关没有岗位或者已经停用。", field=field)


def _no_other(office_id: int, delegator_id: int, from_on: date, to_on: date) -> None:
    others = Delegation.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=from_on), office_id=office_id, delegator_id=delegator_id,
        from_on__lte=to_on, to_on__gte=from_on,
    )  # fmt: skip
    if other := others.select_related("delegate").first():
        raise Refusal(
            "overlaps",
            f"这几天已由{other.delegate.display}代理（{other.from_on:%Y-%m-%d} 至 {other.to_on:%Y-%m-%d}），请先终止那一项。",
            field="from_on",
        )


def _tell(
    key: str, row: Delegation, more: dict[str, str], *, by: User, on: date, now: datetime, act_id: UUID | None
) -> None:
    data = {
        "delegator": f"user:{row.delegator_id}",
        "delegate": f"user:{row.delegate_id}",
        "row": row.pk,
    } | more
    journal.write(
        subject=row.office.ref, key=key, by=by, on=on, now=now, office_id=row.office_id, act_id=act_id or uuid4(),
        data=data,
    )  # fmt: skip
