"""Clock events: what happened to a request on a day, and which fields each kind carries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from law.clock.errors import BadEvent, quoted

PARTIES = ("third", "agency", "joint")
SERVICE_CHANNELS = ("counter", "post", "courier", "portal", "email")

# A term longer than these working days is a slip of the pen, and so is a longer name of a consultation.
MOST_DAYS = 1000
MOST_LETTERS = 100

# Fields beside type and on: (name, kind, required). "date?" may be null.
FIELDS: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "supplement_notice": (("days", "days?", False), ("delivered_on", "date?", False)),
    "supplement_received": (),
    "consultation_sent": (("id", "id", True), ("party", "party", True), ("delivered_on", "date?", False)),
    "opinion_received": (("id", "id", True),),
    "extension": (("days", "days", True),),
    "fee_notice": (("delivered_on", "date?", False),),
    "fee_paid": (),
    "excess_asked": (),
    "excess_explained": (),
    "excess_delay": (("until", "date", True),),
    "ordered_rereply": (("days", "days?", False),),
    "withdrawn": (),
    "replied": (),
    "served": (("channel", "service", True), ("signed_on", "date?", False)),
}

# Order of events of the same day: what opens comes before what closes it, and what starts the clock anew
# comes before what the new clock then meets.
RANK = {
    name: place
    for place, name in enumerate(
        (
            "ordered_rereply",
            "fee_paid",
            "supplement_notice",
            "supplement_received",
            "excess_asked",
            "excess_explained",
            "consultation_sent",
            "opinion_received",
            "excess_delay",
            "extension",
            "fee_notice",
            "replied",
            "served",
            "withdrawn",
        )
    )
}

# A notice paid on its own day goes before everything but a corrected request.
_PAID_AT_ONCE = {
    "fee_notice": RANK["supplement_received"] + 0.3,
    "fee_paid": RANK["supplement_received"] + 0.6,
}


class Event(NamedTuple):
    """Hold one event; `data` holds its further fields, dates as `date`."""

    type: str
    on: date
    data: Mapping[str, Any] = {}


def in_order(events: list[Event]) -> list[Event]:
    """Put events in order of their days, those of one day in the order in which they can follow each other."""
    events.sort(key=_place)
    paid = {event.on for event in events if event.type == "fee_paid"}
    if paid and (at_once := paid & {event.on for event in events if event.type == "fee_notice"}):
        events.sort(
            key=lambda e: (e.on, _PAID_AT_ONCE.get(e.type, RANK[e.type]) if e.on in at_once else RANK[e.type])
        )
    return events


def _place(event: Event) -> tuple[date, int]:
    return event.on, RANK[event.type]


def read_day(raw: object, field: str) -> date:
    """Take a day from a date or from its text 2026-10-01."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    if isinstance(raw, str):
        try:
            found = date.fromisoformat(raw)
        except ValueError:
            found = None
        if found is not None and found.isoformat() == raw:
            return found
    raise BadEvent(field, f"{quoted(raw)}不是日期，应写作 2026-10-01。")


def _field(name: str, kind: str, raw: object, where: str | int) -> Any:
    if kind in ("date", "date?"):
        return None if raw is None and kind == "date?" else read_day(raw, _named(where, name))
    if kind in ("days", "days?"):
        if raw is None and kind == "days?":
            return None
        if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= MOST_DAYS:
            raise BadEvent(_named(where, name), f"{quoted(raw)}不是工作日数，应为 1 至 {MOST_DAYS} 的整数。")
        return raw
    if kind == "id":
        if (
            isinstance(raw, bool)
            or not isinstance(raw, str | int)
            or not 1 <= len(str(raw).strip()) <= MOST_LETTERS
        ):
            raise BadEvent(_named(where, name), f"应为征求意见的编号，不超过 {MOST_LETTERS} 个字。")
        return raw
    choices = _CHOICES[kind]
    if raw not in choices:
        raise BadEvent(_named(where, name), f"{quoted(raw)}不可用，可用：{'、'.join(choices)}。")
    return raw


_CHOICES = {"party": PARTIES, "service": SERVICE_CHANNELS}


def _named(where: str | int, name: str) -> str:
    return f"{where}.{name}" if isinstance(where, str) else f"events[{where}].{name}"


def read_event(raw: Mapping[str, Any], where: str | int = "event") -> Event:
    """Read an event from a mapping with the keys of the command line, refusing unknown or missing fields.

    :param where: how a refusal names the event, or its place in the list of events
    :raises BadEvent: naming the field
    """
    kind = raw.get("type")
    if not isinstance(kind, str) or kind not in FIELDS:
        raise BadEvent(_named(where, "type"), f"没有名为{quoted(kind)}的事件，可用：{'、'.join(FIELDS)}。")
    if "on" not in raw:
        raise BadEvent(_named(where, "on"), "缺少日期。")
    on = raw["on"]
    if type(on) is not date:
        on = read_day(on, _named(where, "on"))
    data: dict[str, Any] = {}
    for name, form, required in FIELDS[kind]:
        if name in raw:
            held = raw[name]
            data[name] = held if type(held) is date and form in _DATES else _field(name, form, held, where)
        elif required:
            raise BadEvent(_named(where, name), "缺少此项。")
    if len(raw) != len(data) + 2:
        unknown = sorted(set(raw) - set(data) - {"type", "on"})
        raise BadEvent(_named(where, quoted(unknown[0]).strip("“”")), f"{kind} 没有此项。")
    return Event(kind, on, data)


_DATES = ("date", "date?")
