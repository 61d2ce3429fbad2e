"""Make, renew and withdraw one's own calendar link, and choose one's summaries by e-mail (日历订阅、邮件汇总)."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable

from office import journal
from office.models import User
from workflow.errors import BadRequest
from workflow.locking import one_transaction
from workflow.models import Subscription

LINKED = journal.register("subscription.linked", "{by}生成日历订阅链接，原来的链接（如有）同时作废")
UNLINKED = journal.register("subscription.unlinked", "{by}停用日历订阅链接")
CHOSEN = journal.register("subscription.chosen", "{by}设置邮件汇总：每日{daily}，每周{weekly}")
#: Fewer characters than a secret of 192 bits has in URL-safe letters are no secret.
LEAST_SECRET = 32
WORDS = {True: "接收", False: "不接收"}


def hashed(secret: str) -> str:
    """Return what is kept of a calendar's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def link_calendar(*, by: User, on: dt.date, now: dt.datetime, secret: str) -> Subscription:
    """Give a person a calendar link of their own; an earlier one ends at once.

    :param secret: drawn at the door by a generator fit for secrets; it is shown there once, and only its hash is kept
    Raises BadRequest for a secret that could be guessed.
    """
    if len(secret) < LEAST_SECRET:
        raise BadRequest("short_secret", "链接的密钥太短，请重新生成", field="secret")

    def effect(row: Subscription) -> dict[str, str]:
        row.secret_hash, row.linked_on = hashed(secret), on
        return {}

    return _change(LINKED, effect, by, on, now)


def unlink_calendar(*, by: User, on: dt.date, now: dt.datetime) -> Subscription:
    """Withdraw a person's calendar link: who has it gets nothing any more. Raises BadRequest where there is none."""

    def effect(row: Subscription) -> dict[str, str]:
        if row.secret_hash is None:
            raise BadRequest("no_link", "您没有正在使用的日历订阅链接", field="link")
        row.secret_hash, row.linked_on = None, None
        return {}

    return _change(UNLINKED, effect, by, on, now)


def choose_digests(*, by: User, on: dt.date, now: dt.datetime, daily: bool, weekly: bool) -> Subscription:
    """Choose which summaries by e-mail a person gets."""

    def effect(row: Subscription) -> dict[str, str]:
        row.daily, row.weekly = daily, weekly
        return {"daily": WORDS[daily], "weekly": WORDS[weekly]}

    return _change(CHOSEN, effect, by, on, now)


def _change(
    key: str, effect: Callable[[Subscription], dict[str, str]], by: User, on: dt.date, now: dt.datetime
) -> Subscription:
    """Change a person's own row under its lock, with a line in the journal. A stand-in changes nothing of another's."""
    with one_transaction():
        User.objects.select_for_update().get(pk=by.pk)
        row = Subscription.objects.filter(user_id=by.pk).first() or Subscription(user_id=by.pk)
        data = effect(row)
        row.updated_at = now
        row.save()
        journal.write(
            subject=f"subscription:{by.pk}",
            key=key,
            by=by,
            on=on,
            now=now,
            office_id=None,
            act_id=uuid.uuid4(),
            data=data,
        )
    return row
