"""Clock events: what happened to a request on a day, and which fields each kind carries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from law.clock.errors import BadEvent, quoted

#: Reads a field's value: (value, name of the field, the event it belongs to).
Reader = Callable[[object, str, str | int], object]

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
    "served": (("channel", "service", True), ("signed_on", "date?", False), ("failed_on", "date?", False)),
}

LABELS = {
    "supplement_notice": "补正告知",
    "supplement_received": "收到补正",
    "consultation_sent": "征求意见",
    "opinion_received": "收到意见",
    "extension": "延期",
    "fee_notice": "收费通知",
    "fee_paid": "缴费",
    "excess_asked": "要求说明理由",
    "excess_explained": "说明理由",
    "excess_delay": "延迟答复",
    "ordered_rereply": "责令重新答复",
    "withdrawn": "撤回",
    "replied": "答复",
    "served": "送达",
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


def in_order(events: Sequence[Event | Mapping[str, Any]]) -> list[Event]:
    """Read events in order of their days, those of one day in the order in which they can follow each other.

    :raises BadEvent: naming the field that cannot be read
    """
    told: list[Event] = []
    last, rising = date.min, True
    for place, raw in enumerate(events):
        event = raw if isinstance(raw, Event) else read_event(raw, place)
        on = event[1]
        if on <= last:
            rising = False
        last = on
        told.append(event)
    if rising:
        return told
    told.sort(key=_place)
    paid = {event.on for event in told if event.type == "fee_paid"}
    if paid and (at_once := paid & {event.on for event in told if event.type == "fee_notice"}):
        told.sort(
            key=lambda e: (e.on, _PAID_AT_ONCE.get(e.type, RANK[e.type]) if e.on in at_once else RANK[e.type])
        )
    return told


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


def _day(raw: object, name: str, where: str | int) -> date:
    return raw if type(raw) is date else read_day(raw, _named(where, name))


def _day_or_none(raw: object, name: str, where: str | int) -> date | None:
    return raw if raw is None or type(raw) is date else read_day(raw, _named(where, name))


def _days(raw: object, name: str, where: str | int) -> int:
    if type(raw) is int and 1 <= raw <= MOST_DAYS:
        return raw
    raise BadEvent(_named(where, name), f"{quoted(raw)}不是工作日数，应为 1 至 {MOST_DAYS} 的整数。")


def _days_or_none(raw: object, name: str, where: str | int) -> int | None:
    return None if raw is None else _days(raw, name, where)


def _id(raw: object, name: str, where: str | int) -> str | int:
    if type(raw) in (str, int) and 1 <= len(str(raw).strip()) <= MOST_LETTERS:
        return raw  # type: ignore[return-value]  # one of the two
    raise BadEvent(_named(where, name), f"应为征求意见的编号，不超过 {MOST_LETTERS} 个字。")


def _one_of(choices: tuple[str, ...]) -> Reader:
    def read(raw: object, name: str, where: str | int) -> object:
        if raw in choices:
            return raw
        raise BadEvent(_named(where, name), f"{quoted(raw)}不可用，可用：{'、'.join(choices)}。")

    return read


def _named(where: str | int, name: str) -> str:
    return f"{where}.{name}" if isinstance(where, str) else f"events[{where}].{name}"


def read_event(raw: Mapping[str, Any], where: str | int = "event") -> Event:
    """Read an event from a mapping with the keys of the command line, refusing unknown or missing fields.

    :param where: how a refusal names the event, or its place in the list of events
    :raises BadEvent: naming the field
    """
    kind = raw.get("type")
    if not isinstance(kind, str) or (readers := _READERS.get(kind)) is None:
        raise BadEvent(_named(where, "type"), f"没有名为{quoted(kind)}的事件，可用：{'、'.join(FIELDS)}。")
    on = raw.get("on")
    if type(on) is not date:
        if "on" not in raw:
            raise BadEvent(_named(where, "on"), "缺少日期。")
        on = read_day(on, _named(where, "on"))
    data: dict[str, Any] = {}
    for name, read, required in readers:
        if name in raw:
            data[name] = read(raw[name], name, where)
        elif required:
            raise BadEvent(_named(where, name), "缺少此项。")
    if len(raw) != len(data) + 2:
        unknown = sorted(set(raw) - set(data) - {"type", "on"})
        raise BadEvent(_named(where, quoted(unknown[0]).strip("“”")), f"“{LABELS[kind]}”（{kind}）没有此项。")
    # Past the generated constructor, which costs as much as reading a field.
    return tuple.__new__(Event, (kind, on, data))


_FORMS: dict[str, Reader] = {
    "date": _day,
    "date?": _day_or_none,
    "days": _days,
    "days?": _days_or_none,
    "id": _id,
    "party": _one_of(PARTIES),
    "service": _one_of(SERVICE_CHANNELS),
}
_READERS = {
    kind: tuple((name, _FORMS[form], required) for name, form, required in fields)
    for kind, fields in FIELDS.items()
}
