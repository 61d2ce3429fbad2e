"""Who acts for whom in the offices of a person, and who may be chosen for it (代理、离岗移交)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from office.delegations import KEEPERS, may_keep
from office.models import Delegation, Office, Post, User
from office.roles import Role
from workflow.actions.leaver import held_cases

Options = list[tuple[Any, Any]]
#: Delegations that ended longer ago are not listed.
KEPT_SHOWN = dt.timedelta(days=60)


@dataclass(frozen=True)
class Lent:
    """One delegation as its page shows it."""

    id: int
    office: str
    delegator: str
    delegate: str
    from_on: dt.date
    to_on: dt.date
    reason: str
    status: str
    can_end: bool


def delegations_of(user: User, *, on: dt.date) -> list[Lent]:
    """List the delegations a person gave or holds, and all of an office they keep, newest first."""
    keeps = [office_id for office_id in user.roles(on=on) if may_keep(user, office_id)]
    rows = Delegation.objects.filter(
        Q(delegator=user) | Q(delegate=user) | Q(office_id__in=keeps), to_on__gte=on - KEPT_SHOWN
    )
    return [
        Lent(
            id=row.pk, office=row.office.name, delegator=row.delegator.display, delegate=row.delegate.display,
            from_on=row.from_on, to_on=row.to_on, reason=row.reason, status=_status(row, on),
            can_end=_status(row, on) in ("代理中", "未开始")
            and (row.delegator_id == user.pk or row.office_id in keeps),
        )
        for row in rows.select_related("office", "delegator", "delegate").order_by("-from_on", "-pk")
    ]  # fmt: skip


def own_offices(user: User, *, on: dt.date) -> list[Office]:
    """List the offices in which a person holds a post on a day and so may lend it."""
    return list(Office.objects.filter(posts__in=_current(Post.objects.filter(user=user), on)).distinct())


def kept_offices(user: User) -> list[Office]:
    """List the offices in which a person may hand over a leaver's work."""
    ids = [office_id for office_id, roles in user.roles().items() if roles & KEEPERS]
    return list(Office.objects.filter(pk__in=ids, is_active=True))


def people_of(office: Office, *, on: dt.date) -> Options:
    """List who holds a post in an office on a day, by name."""
    posts = _current(Post.objects.filter(office=office), on).select_related("user", "unit")
    found: dict[int, str] = {}
    for post in posts.order_by("unit__code", "user_id"):
        found.setdefault(post.user_id, f"{post.user.display}（{post.unit.name if post.unit else '全机关'}）")
    return list(found.items())


def handlers_of(office: Office, *, on: dt.date) -> Options:
    """List the handlers of an office on a day."""
    posts = _current(Post.objects.filter(office=office, role=Role.HANDLER), on).select_related("user", "unit")
    found: dict[int, str] = {}
    for post in posts.order_by("unit__code", "user_id"):
        found.setdefault(post.user_id, f"{post.user.display}（{post.unit.name if post.unit else '全机关'}）")
    return list(found.items())


def left_behind(office: Office, leaver_id: int, *, on: dt.date) -> tuple[int, list[str]]:
    """Tell how many cases lie with a person, and which duties nobody else holds once they are gone."""
    posts = list(_current(Post.objects.filter(office=office), on))
    mine = {post.role for post in posts if post.user_id == leaver_id}
    others = {post.role for post in posts if post.user_id != leaver_id}
    orphaned = [Role(role).label for role in Role.values if role in mine - others]
    return len(held_cases(office.pk, leaver_id)), orphaned


def name_of(person_id: int, people: Iterable[tuple[int, str]]) -> str:
    """Name a person among those offered."""
    return dict(people).get(person_id, "")


def _current(posts: Any, on: dt.date) -> Any:
    return posts.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), from_on__lte=on, user__is_active=True)


def _status(row: Delegation, on: dt.date) -> str:
    if row.ended_on is not None:
        return f"已终止（{row.ended_on:%Y-%m-%d}）"
    if row.to_on < on:
        return "已结束"
    return "代理中" if row.from_on <= on else "未开始"
