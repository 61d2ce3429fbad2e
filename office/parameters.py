"""Dated parameters of an office; a change is made by one person and confirmed by another."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from .errors import Refusal
from .models import Office, OfficeParameter, User
from .roles import Role


def get(key: str, *, office: Office | None, on: date, default: Any = None) -> Any:
    """Return a parameter's value on a day: the office's own, else that of the nearest office above, else the default."""
    found = _in_force(key, on)
    for holder in _chain(office):
        if holder in found:
            return found[holder]
    return default


def propose(
    *, key: str, value: Any, office: Office | None, from_on: date, reason: str, by: User, now: datetime
) -> OfficeParameter:
    """Enter a change; it is not in force until another administrator confirms it. Raises Refusal."""
    _administrator(by, office)
    if not reason.strip():
        raise Refusal("no_reason", "请写明修改的理由。", field="reason")
    return OfficeParameter.objects.create(
        office=office,
        key=key,
        value=value,
        from_on=from_on,
        reason=reason.strip(),
        entered_by=by,
        entered_at=now,
    )


def confirm(*, parameter_id: int, by: User, now: datetime) -> OfficeParameter:
    """Put a change into force; refused to the person who entered it. Raises Refusal."""
    with transaction.atomic():
        row = OfficeParameter.objects.select_for_update(of=("self",)).get(pk=parameter_id)
        _administrator(by, row.office)
        if row.confirmed_at or row.withdrawn_at:
            raise Refusal("already_decided", "这项修改已经处理过了。")
        if row.entered_by_id == by.pk:
            raise Refusal("same_person", "须由录入人以外的管理员复核。")
        row.confirmed_by, row.confirmed_at = by, now
        row.save(update_fields=["confirmed_by", "confirmed_at"])
        return row


def _in_force(key: str, on: date) -> dict[int | None, Any]:
    rows = OfficeParameter.objects.filter(key=key, from_on__lte=on, confirmed_at__isnull=False)
    return {row.office_id: row.value for row in rows.order_by("from_on", "confirmed_at")}


def _chain(office: Office | None) -> list[int | None]:
    if office is None:
        return [None]
    return [office.pk, *(above.pk for above in office.ancestors()), None]


def _administrator(by: User, office: Office | None) -> None:
    held = by.roles()
    allowed = Role.ADMIN in held.get(office.pk, ()) if office else any(Role.ADMIN in r for r in held.values())
    if not allowed:
        raise Refusal("not_your_role", "只有本机关的管理员可以修改参数。")
