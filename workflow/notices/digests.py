"""Summaries by e-mail, once a working day and once a week: counts, numbers and days, nothing of anybody (每日、每周汇总)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from calendars import published
from office import mail, outbox
from office.models import OutboxMessage, Post, User
from office.roles import Role
from office.web.dates import chinese_date
from workflow.models import Subscription
from workflow.selectors.own_days import Summary, summary
from workflow.selectors.timeliness import Standing

KIND = "workflow.digest"
DAILY, WEEKLY = "daily", "weekly"
NAMES = {DAILY: "每日汇总", WEEKLY: "每周汇总"}
#: In the order of a mail's lines.
LINES = (Standing.OVERDUE, Standing.TODAY, Standing.SOON, Standing.NEAR)
BATCH = 1000
#: In weeks; no notice ever made a longer one.
LONGEST_HOLIDAY = 4


def register() -> None:
    """Register the handler of these messages."""
    outbox.handler(KIND)(_send)


def period(kind: str, on: dt.date) -> str:
    """Return what makes a summary the one of its day or of its week."""
    if kind == DAILY:
        return on.isoformat()
    year, week, _ = on.isocalendar()
    return f"{year}-W{week:02d}"


def due(on: dt.date) -> Iterator[tuple[str, int]]:
    """Yield (kind, person) for every summary of this day and this week, sent already or not.

    Nothing on a day off: the week's goes on its first working day on which anything runs. A day on which nothing ran has no
    summary afterwards, since the next one says all that was true of it.
    """
    if not published.calendar().fact(on).working:
        return
    held = Post.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=on), from_on__lte=on).exclude(
        role=Role.ADMIN
    )
    people = User.objects.filter(is_active=True, pk__in=held.values("user_id")).exclude(email="")
    off = {row.user_id: row for row in Subscription.objects.filter(Q(daily=False) | Q(weekly=False))}
    for pk in people.order_by("pk").values_list("pk", flat=True):
        for kind in (DAILY, WEEKLY):
            if pk not in off or getattr(off[pk], kind):
                yield kind, pk


def post_new(now: dt.datetime) -> int:
    """Queue the summaries of this day and week that were not queued yet; return how many."""
    on = localdate(now)
    with published.moment():
        wanted = {
            f"digest:{kind}:{period(kind, on)}:user:{user}": {
                "kind": kind,
                "user": user,
                "period": period(kind, on),
            }
            for kind, user in due(on)
        }
    posted, keys = 0, list(wanted)
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        known = set(OutboxMessage.objects.filter(dedupe_key__in=batch).values_list("dedupe_key", flat=True))
        fresh = [
            OutboxMessage(kind=KIND, dedupe_key=key, payload=wanted[key], created_at=now, due_at=now)
            for key in batch if key not in known
        ]  # fmt: skip
        OutboxMessage.objects.bulk_create(fresh, ignore_conflicts=True)
        posted += len(fresh)
    return posted


def _send(payload: Mapping[str, Any], now: dt.datetime) -> None:
    """Send a summary of the present moment, unless its day or week is over, its person wants none, or nothing is to be said."""
    kind, on = payload["kind"], localdate(now)
    if period(kind, on) != payload["period"]:
        return  # it waited too long: a newer one says what is true now
    user = User.objects.filter(pk=payload["user"], is_active=True).exclude(email="").first()
    if user is None or Subscription.objects.filter(user=user, **{kind: False}).exists():
        return
    with published.moment():
        found = summary(user, on=on, before=_last_week(on) if kind == WEEKLY else None)
    if found.is_empty:
        return
    subject = f"〔依申请公开〕{NAMES[kind]}（{on.month}月{on.day}日）"
    mail.send(to=user.email, subject=subject, text=write(kind, found, on))


def _last_week(on: dt.date) -> tuple[dt.date, dt.date]:
    """Return the days since the week of the last summary began, up to this week: each day is in one week's summary.

    A week without a working day had none, so that its days are told with those before it.
    """
    monday = on - dt.timedelta(days=on.weekday())
    line, first = published.calendar(), monday
    for _ in range(LONGEST_HOLIDAY):
        first -= dt.timedelta(weeks=1)
        if any(line.fact(first + dt.timedelta(days=day)).working for day in range(7)):
            break
    return first, monday - dt.timedelta(days=1)


def _span(first: dt.date, last: dt.date) -> str:
    if (last - first).days < 7:
        return "过去一周"
    return f"{first.month}月{first.day}日至{last.month}月{last.day}日"


def write(kind: str, found: Summary, on: dt.date) -> str:
    """Write a summary as the text of a mail."""
    lines = [f"截至{chinese_date(on)}："]
    lines += [f"{level.label}：{found.counts[level]}件" for level in LINES if found.counts[level]]
    if not found.counts:
        lines.append("10个工作日内没有到期的案件。")
    if found.urges:
        lines.append(f"等待您答复的催办：{found.urges}件")
    if found.rectifications:
        late = f"（其中{found.rectifications_late}份已过整改期限）" if found.rectifications_late else ""
        lines.append(f"本机关待整改的督促整改通知书、通报批评：{found.rectifications}份{late}")
    if kind == WEEKLY:
        lines.append(f"{_span(*_last_week(on))}新收{found.came}件，办结{found.finished}件。")
    parts = ["\n".join(lines)]
    if found.named:
        named = [
            f"{number}　届满日{due.month}月{due.day}日{'（暂定）' if unsure else ''}　{Standing(standing).label}"
            for number, standing, due, unsure in found.named
        ]
        more = [f"另有{found.more}件，请登录查看。"] if found.more else []
        parts.append("\n".join([*named, *more]))
    site = str(getattr(settings, "SITE_URL", "")).rstrip("/")
    parts.append(f"办理：{site}{reverse('desk:home')}")
    parts.append(
        f"本邮件由系统发出，不含个人信息，请勿直接回复。不想再收到的，可以关闭：{site}{reverse('desk:subscription')}"
    )
    return "\n\n".join(parts)
