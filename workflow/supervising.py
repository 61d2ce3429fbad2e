"""From where a person supervises, and which offices that reaches (监督范围)."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from office.models import Office, Post, User
from office.roles import Role
from workflow.errors import BadRequest, NotYourRole

#: No supervision waits longer; beyond it a year was typed wrongly, and nobody can tell working days.
LONGEST = dt.timedelta(days=366)


def check_day(day: dt.date, on: dt.date, *, what: str, field: str) -> None:
    """Refuse a day by which something is wanted that has passed or is more than a year ahead. Raises BadRequest."""
    if day < on:
        raise BadRequest("bad_day", f"{what}不能早于今天", field=field)
    if day > on + LONGEST:
        raise BadRequest("bad_day", f"{what}不能晚于一年以后，请核对年份", field=field)


def seats(user: User, *, on: dt.date) -> list[Office]:
    """Return the offices in which a person holds the supervisor's post on a day and that have offices below them.

    Supervision is carried down the tree; a notice comes from the office that supervises, not from one it reaches.
    """
    held = Post.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=on),
        role=Role.SUPERVISOR,
        from_on__lte=on,
        user_id=user.duty_of.pk,
    )
    reached = [office for office, roles in user.roles(on=on).items() if Role.SUPERVISOR in roles]
    found = Office.objects.filter(pk__in=held.values("office_id")).filter(
        pk__in=reached, children__isnull=False
    )
    return list(found.distinct().order_by("code"))


def seat(office_id: int, by: User, *, on: dt.date) -> Office:
    """Return an office from which a person supervises others. Raises NotYourRole for any other."""
    for office in seats(by, on=on):
        if office.pk == office_id:
            return office
    raise NotYourRole("not_your_role", "须由设有下级机关、所属部门的监督机关的监督员办理", field="office")


def below(office: Office, office_id: int) -> Office:
    """Return an office below the supervising one. Raises BadRequest for any other."""
    found = office.descendants().filter(pk=office_id, is_active=True).first()
    if found is None:
        raise BadRequest("not_below", "请选择本机关监督的下级机关或者所属部门", field="about")
    return found
