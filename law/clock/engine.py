"""Evaluate a clock: events in, dates out; a pure function of events, published days and dated law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import calendars
from calendars.clock import Pause, counted, is_paused, nth_counted, union
from calendars.days import HORIZON_YEARS, Calendar
from calendars.errors import UnknownYear
from calendars.line import Line
from law.clock.acts import ACTS
from law.clock.errors import ImpossibleEvent
from law.clock.events import LABELS, RANK, Event, in_order
from law.clock.ledger import build
from law.clock.reading import Reading, Status
from law.clock.track import Track
from law.gid.art31_receipt import received_on
from law.values import Overrides


def evaluate(
    *,
    channel: str,
    arrived_on: date,
    confirmed_on: date | None = None,
    events: Sequence[Event | Mapping[str, Any]] = (),
    as_of: date,
    calendar: Calendar | None = None,
    overrides: Overrides | None = None,
    ledger: bool = False,
) -> Reading:
    """Tell every date of a request's clock as of a day (条例30–35; law 手册 §2–§3).

    Every listed event counts, also one after `as_of`. Events of one day are taken in the order in which they
    can follow each other. Beyond the last notice the result is provisional.

    :param channel: how the request came (条例31)
    :param arrived_on: the day it actually arrived
    :param confirmed_on: the day receipt was confirmed with the applicant, where the channel needs it
    :param events: `Event`s or mappings with the keys of the command line
    :param overrides: an office's own dated parameters for readings and practice values
    :param ledger: also explain day by day
    :raises ImpossibleEvent: with a code, where an event cannot have happened at its place
    :raises BadEvent: naming the field that cannot be read
    :raises UnknownYear: before the first notice
    """
    days = calendar or calendars.load()
    received = received_on(
        channel=channel, arrived_on=arrived_on, confirmed_on=confirmed_on, overrides=overrides
    )
    told = in_order(events)
    try:
        return _tell(days, days.line, told, arrived_on, received, as_of, overrides, ledger)
    except IndexError:
        if arrived_on < days.published_from:
            raise UnknownYear(
                arrived_on, arrived_on.year, first=days.published_from.year, last=days.published_until.year
            ) from None
    far = max([as_of, arrived_on, *(e.on for e in told), *_dates(told)])
    for year in (max(far.year, days.published_until.year) + 1, days.published_until.year + HORIZON_YEARS):
        line = days.outlook(year).line
        try:
            return _tell(days, line, told, arrived_on, received, as_of, overrides, ledger)
        except IndexError:
            continue
    raise UnknownYear(None, far.year + 1, first=days.published_from.year, last=days.published_until.year)


def _dates(told: Sequence[Event]) -> list[date]:
    return [held for event in told for held in event.data.values() if isinstance(held, date)]


def _read_ends(told: Sequence[Event]) -> dict[object, int]:
    """Find where each consultation ends: the day its opinion arrived."""
    ends: dict[object, int] = {}
    for event in told:
        if event.type == "opinion_received":
            name = event.data["id"]
            if name in ends:
                error = ImpossibleEvent("opinion_twice", f"征求意见 {name} 的意见已经登记，不能重复。")
                error.event = event
                raise error
            ends[name] = event.on.toordinal()
        elif event.type == "excess_explained":
            ends["excess_explained"] = event.on.toordinal()
    return ends


# What moves or stops the clock needs a clock: nothing of it can come before legal receipt.
_NEEDS_RECEIPT = frozenset(RANK) - {"consultation_sent", "opinion_received", "withdrawn", "replied", "served"}


def _follow(track: Track, told: Sequence[Event]) -> None:
    arrived = track.arrived
    received = track.received or arrived
    for event in told:
        kind, on, data = event
        day = on.toordinal()
        try:
            if day < arrived:
                raise ImpossibleEvent(
                    "before_arrival", f"{on} 早于申请到达之日，不能有“{LABELS[kind]}”（{kind}）。"
                )
            if day < received and kind in _NEEDS_RECEIPT:
                raise ImpossibleEvent(
                    "before_receipt", f"{on} 早于收到申请之日，不能有“{LABELS[kind]}”（{kind}）。"
                )
            if track.ended is not None:
                ended = date.fromordinal(track.ended)
                raise ImpossibleEvent(
                    "after_withdrawal", f"申请已于 {ended} 撤回，其后不能有“{LABELS[kind]}”（{kind}）。"
                )
            ACTS[kind](track, day, data)
        except ImpossibleEvent as error:
            error.event = event
            raise


def _tell(
    days: Calendar,
    line: Line,
    told: Sequence[Event],
    arrived_on: date,
    received: date | None,
    as_of: date,
    overrides: Overrides | None,
    ledger: bool,
) -> Reading:
    today = as_of.toordinal()
    track = Track(line=line, arrived=arrived_on, received=received, as_of=today, overrides=overrides)
    if told:
        track.ends = _read_ends(told)
        _follow(track, told)
    pauses = track.merged()
    start, quota = track.start, track.quota
    due = original = None
    if start is not None:
        original = line.add(start, track.base_quota)
        if not track.waiting:
            due = track.due_from(start, pauses)
            if track.delay is not None:
                quota = counted(line, start, due, pauses)
    # A pause that was dropped by a restart, or began on or after the due date, rests nothing on an assumption.
    if track.pauses and any(p.assumed and (due is None or p.after < due) for p in track.pauses):
        track.flags.append("assumed")
    status, used, left = _standing(track, due, quota, pauses, today)
    if track.ended is not None:
        track.flags.append("withdrawn")
        if status is Status.STOPPED:
            due = None
    provisional = may_change = False
    earliest = due
    if due is not None and due >= days.doubtful_from:
        assert start is not None
        provisional = due > days.published_until.toordinal()
        may_change = not provisional
        earliest = _earliest(days, track, start, due, pauses)
    alert = _alert(days, track, earliest, pauses)
    at = date.fromordinal
    return Reading(
        received,
        arrived_on,
        None if start is None else at(start),
        None if original is None else at(original),
        None if due is None else at(due),
        None if alert is None else at(alert),
        provisional,
        may_change,
        None if earliest is None else at(earliest),
        None if track.replied is None else at(track.replied),
        None if track.completed is None else at(track.completed),
        status,
        used,
        left,
        quota,
        track.waiting,
        None if track.notice_due is None else at(track.notice_due),
        None if track.window_due is None else at(track.window_due),
        None if track.fee_due is None else at(track.fee_due),
        track.extended,
        "assumed" in track.flags,
        track.broken,
        tuple(track.flags),
        build(days, track, due, today) if ledger else (),
        track.moved_by(due),
    )


def _standing(
    track: Track, due: int | None, quota: int, pauses: list[Pause], today: int
) -> tuple[Status, int, int | None]:
    """Tell status, days used and days left (negative when late): the one definition of timeliness."""
    done = track.completed
    if due is None:
        if done is not None:
            return Status.MET, track.used(track.stopped), None
        return Status.STOPPED, track.used(min(track.stopped, today)), None
    at = done if done is not None else today
    if track.ended is not None:
        at = track.ended
    if at > due:
        over = track.line.count(due, at)
        return Status.LATE, quota + over, -over
    assert track.start is not None
    used = counted(track.line, track.start, at, pauses)
    left = quota - used
    if track.ended is not None:
        return Status.STOPPED, used, None
    if done is not None:
        prolonged = track.extensions or track.delay is not None
        if prolonged and done > nth_counted(track.line, track.start, track.base_quota, pauses):
            return Status.MET_AFTER_EXTENSION, used, left
        return Status.MET, used, left
    if is_paused(today, pauses):
        return Status.PAUSED, used, left
    return Status.RUNNING, used, left


def _earliest(days: Calendar, track: Track, start: int, due: int, pauses: list[Pause]) -> int:
    """Find the earliest day that a due date, counted from a day, can turn out to be."""
    if due < days.doubtful_from:
        return due
    outlook = days.outlook(date.fromordinal(due).year)
    early = pauses
    if track.pauses:
        # Silence can end earlier than reckoned, and then before an opinion that is given in time as reckoned.
        early = union(
            (
                p.after,
                min(p.until, outlook.earliest(p.delivered, track.terms.opinion_days[p.reason]))
                if p.delivered is not None and p.until >= days.doubtful_from
                else p.until,
            )
            for p in track.pauses
        )
    earliest = outlook.earliest(start, track.quota, early)
    if track.delay is not None:
        stated = outlook.earliest(track.delay - 1, 1, early)
        if track.delay_extended:
            stated = outlook.earliest(stated, track.delay_extended, early)
        earliest = max(earliest, stated)
    return min(earliest, due)


def _alert(days: Calendar, track: Track, earliest: int | None, pauses: list[Pause]) -> int | None:
    """Tell the day reminders go by: the earlier of the legal date and that reckoned from actual arrival."""
    if track.chapters or track.received == track.arrived:
        return earliest
    if track.waiting == "confirmation":
        if track.replied is not None:
            return None
        return _earliest(days, track, track.arrived, track.due_from(track.arrived, []), [])
    if earliest is None:
        return None
    risk = track.due_from(track.arrived, pauses)
    return min(earliest, _earliest(days, track, track.arrived, risk, pauses))
