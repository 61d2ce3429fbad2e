"""Work through a bulk, case by case; whoever comes after a crash goes on where it stopped."""

from __future__ import annotations

import datetime as dt
import logging
import traceback

from django.db.models import Q
from django.utils.timezone import localdate

from law.errors import LawError
from office.errors import Refusal
from office.models import User
from workflow.bulk.kinds import DOING
from workflow.errors import BadRequest, Busy
from workflow.models import Bulk, BulkLine

#: How long one runner has a bulk to itself; a dead one's lease runs out by itself.
LEASE = dt.timedelta(minutes=5)
CHUNK = 40
MOST_TRIES = 5
GAVE_UP = "本机关办理的人较多，多次没有轮到，请稍后点「再试一次」"
FAULT = "系统出错，本件没有变化；请点「再试一次」，仍然不成请告诉管理员（{name}）"

logger = logging.getLogger(__name__)


def run(bulk_id: int, *, now: dt.datetime, most: int = CHUNK) -> int:
    """Settle up to ``most`` waiting cases of a bulk and return how many; 0 when another runner is at it.

    Each case goes through its act in a transaction of its own, with an id that is done once: a case done just
    before a crash is found done. A refusal is the line's result, in its own words; nothing is passed over.
    """
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    claimed = Bulk.objects.filter(free, pk=bulk_id, finished_at__isnull=True)
    if not claimed.update(claimed_until=now + LEASE):
        return 0
    settled = 0
    try:
        bulk = Bulk.objects.select_related("started_by", "acting_for").get(pk=bulk_id)
        waiting = bulk.lines.filter(status=BulkLine.Status.WAITING).order_by("tries", "seq")
        for line in list(waiting[:most]):
            settled += _settle(bulk, line, now)
    finally:
        Bulk.objects.filter(pk=bulk_id).update(claimed_until=None)
    left = BulkLine.objects.filter(bulk_id=bulk_id, status=BulkLine.Status.WAITING)
    if not left.exists():
        Bulk.objects.filter(pk=bulk_id, finished_at__isnull=True).update(finished_at=now)
    return settled


def run_all(*, now: dt.datetime) -> int:
    """Go on with every bulk that is not finished, a chunk of each; return how many cases were settled."""
    unfinished = Bulk.objects.filter(finished_at__isnull=True).order_by("pk").values_list("pk", flat=True)
    return sum(run(pk, now=now) for pk in list(unfinished))


def retry(*, bulk_id: int, by: User, now: dt.datetime) -> int:
    """Let whoever decided a bulk try again what was not done; return how many cases. Raises BadRequest."""
    bulk = Bulk.objects.get(pk=bulk_id)
    if bulk.started_by_id != by.pk:
        raise BadRequest("not_yours", "只有作出决定的人可以再试一次")
    lines = bulk.lines.filter(status__in=[BulkLine.Status.REFUSED, BulkLine.Status.FAILED])
    again = lines.update(status=BulkLine.Status.WAITING, code="", message="", tries=0, settled_at=None)
    if again:
        Bulk.objects.filter(pk=bulk_id).update(finished_at=None)
    return again


def _settle(bulk: Bulk, line: BulkLine, now: dt.datetime) -> int:
    given = {
        "case_id": line.case_id, "by": bulk.actor, "on": localdate(now), "now": now, "act_id": line.act_id,
    }  # fmt: skip
    line.tries += 1
    try:
        DOING[bulk.kind](given, bulk.given)
    except Busy:
        if line.tries < MOST_TRIES:
            line.save(update_fields=["tries"])
            return 0
        return _result(line, BulkLine.Status.REFUSED, "busy", GAVE_UP, now)
    except (Refusal, LawError) as refusal:
        return _result(line, BulkLine.Status.REFUSED, getattr(refusal, "code", "law"), refusal.message, now)
    except Exception as fault:  # noqa: BLE001 - the line says so, and the other cases have their turn
        # Frames without the message: it may quote a row.
        frames = "".join(traceback.format_tb(fault.__traceback__))
        logger.error("bulk %s line %s: %s\n%s", bulk.pk, line.seq, type(fault).__name__, frames)
        name = type(fault).__name__
        return _result(line, BulkLine.Status.FAILED, name, FAULT.format(name=name), now)
    return _result(line, BulkLine.Status.DONE, "", "", now)


def _result(line: BulkLine, status: str, code: str, message: str, now: dt.datetime) -> int:
    line.status, line.code, line.message, line.settled_at = status, code[:60], message[:400], now
    line.save(update_fields=["status", "code", "message", "settled_at", "tries"])
    return 1
