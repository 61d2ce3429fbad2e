"""Dated parameters of an office; a change is made by one person and confirmed by another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from . import journal
from .errors import Refusal
from .models import Latch, Office, OfficeParameter, User
from .roles import Role
from .today import day_of

PROPOSED = journal.register("parameter.proposed", "{by}提出修改参数{parameter}（自{from_on}起）")
CONFIRMED = journal.register("parameter.confirmed", "{by}复核同意修改参数{parameter}（自{from_on}起）")
WITHDRAWN = journal.register("parameter.withdrawn", "{by}撤回或退回参数{parameter}的修改")


# Keys whose change moves dates: whoever puts one in force must be shown what moves.
_moving: list[Callable[[str], bool]] = []


def moves_dates(judge: Callable[[str], bool]) -> None:
    """Let a floor above name the keys that are confirmed only after their impact was shown."""
    _moving.append(judge)


def get(key: str, *, office: Office | None, on: date, default: Any = None) -> Any:
    """Return a parameter's value on a day: the office's own, else that of the nearest office above, else the default."""
    found = _in_force(key, on)
    for holder in _chain(office) if found else ():
        if holder in found:
            return found[holder]
    return default


class Held:
    """Some parameters of every office on a day, read with two questions."""

    def __init__(self, keys: Iterable[str], *, on: date) -> None:
        rows = OfficeParameter.objects.filter(key__in=list(keys), from_on__lte=on, confirmed_at__isnull=False)
        ordered = rows.order_by("from_on", "confirmed_at").values_list("key", "office_id", "value")
        self._values = {(key, office): value for key, office, value in ordered}
        self._parents = dict(Office.objects.order_by().values_list("pk", "parent_id"))

    def get(self, key: str, office_id: int | None, default: Any = None) -> Any:
        """Return an office's value: its own, else that of the nearest office above or of all, else the default."""
        here = office_id
        while here is not None:
            if (key, here) in self._values:
                return self._values[key, here]
            here = self._parents.get(here)
        return self._values.get((key, None), default)


def propose(
    *, key: str, value: Any, office: Office | None, from_on: date, reason: str, by: User, now: datetime
) -> OfficeParameter:
    """Enter a change; it is not in force until another administrator confirms it. Raises Refusal."""
    require_administrator(by, office)
    if not reason.strip():
        raise Refusal("no_reason", "请写明修改的理由。", field="reason")
    with transaction.atomic():
        row = OfficeParameter.objects.create(
            office=office,
            key=key,
            value=value,
            from_on=from_on,
            reason=reason.strip(),
            entered_by=by,
            entered_at=now,
        )
        _tell(PROPOSED, row, by, now)
    return row


def confirm(*, parameter_id: int, by: User, now: datetime, impact_shown: bool = False) -> OfficeParameter:
    """Put a change into force; refused to the person who entered it. Raises Refusal."""
    with transaction.atomic():
        row = _open(parameter_id, by)
        if not impact_shown and any(judge(row.key) for judge in _moving):
            raise Refusal("impact_unseen", "这项参数会移动案件的期限，请在「参数与读法」页面看过影响后复核。")
        if row.entered_by_id == by.pk:
            raise Refusal("same_person", "须由录入人以外的管理员复核。")
        row.confirmed_by, row.confirmed_at = by, now
        row.save(update_fields=["confirmed_by", "confirmed_at"])
        _tell(CONFIRMED, row, by, now)
    return row


def withdraw(*, parameter_id: int, by: User, now: datetime) -> OfficeParameter:
    """Take back a change that is not in force, or send it back; either administrator may. Raises Refusal."""
    with transaction.atomic():
        row = _open(parameter_id, by)
        row.withdrawn_by, row.withdrawn_at = by, now
        row.save(update_fields=["withdrawn_by", "withdrawn_at"])
        _tell(WITHDRAWN, row, by, now)
    return row


def history(key: str, *, office: Office | None) -> list[OfficeParameter]:
    """Return every change of a parameter of an office, those not in force as well, newest first."""
    rows = OfficeParameter.objects.filter(key=key, office=office)
    return list(
        rows.select_related("entered_by", "confirmed_by", "withdrawn_by").order_by("-entered_at", "-pk")
    )


def _open(parameter_id: int, by: User) -> OfficeParameter:
    """Lock a change that is still to be decided and that this person may decide."""
    row = OfficeParameter.objects.select_for_update(of=("self",)).filter(pk=parameter_id).first()
    if row is None:
        raise Refusal("no_such_change", "没有这项修改，请刷新页面。")
    require_administrator(by, row.office)
    if row.confirmed_at or row.withdrawn_at:
        raise Refusal("already_decided", "这项修改已经处理过了。")
    return row


def _tell(key: str, row: OfficeParameter, by: User, now: datetime) -> None:
    """Journal a step under its office; the office's row is the lock of its chain."""
    subject = f"office:{row.office_id or 0}"
    if row.office_id:
        Office.objects.select_for_update().get(pk=row.office_id)
    else:  # a parameter of all offices has no office to lock
        Latch.objects.get_or_create(name="journal:office:0")
        Latch.objects.select_for_update().get(name="journal:office:0")
    # The value itself stays in the row: it may be text that does not belong into the journal.
    data = {"parameter": row.key, "change": row.pk, "from_on": row.from_on.isoformat()}
    journal.write(
        subject=subject,
        key=key,
        by=by,
        on=day_of(now),
        now=now,
        office_id=row.office_id,
        act_id=uuid4(),
        data=data,
    )


def _in_force(key: str, on: date) -> dict[int | None, Any]:
    rows = OfficeParameter.objects.filter(key=key, from_on__lte=on, confirmed_at__isnull=False)
    return {row.office_id: row.value for row in rows.order_by("from_on", "confirmed_at")}


def _chain(office: Office | None) -> list[int | None]:
    if office is None:
        return [None]
    return [office.pk, *(above.pk for above in office.ancestors()), None]


def administers(by: User, office: Office | None) -> bool:
    """Tell whether a person is an administrator of the office or of one above it: a small town has but one."""
    held = by.roles()
    places = held.keys() if office is None else [pk for pk in _chain(office) if pk is not None]
    return any(Role.ADMIN in held.get(place, ()) for place in places)


def require_administrator(by: User, office: Office | None) -> None:
    """Refuse anybody but an administrator of the office or of one above it."""
    if not administers(by, office):
        raise Refusal("not_your_role", "只有本机关或上级机关的管理员可以修改参数。")
