"""Texts of the made-up papers: composed once with marks in the places of a case's own words, then filled."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from law.values import number
from letters.catalogue import kind_of, reply_kind
from letters.compose_paper import Composed, canonical, compose, sha256
from letters.freeze import freeze
from letters.markup import text_of
from office.web.dates import chinese_date
from workflow.load.county import Staff
from workflow.load.words import EXTENSION, FINDING, GUIDANCE, LACKING, MATTERS, OUTCOMES, SEARCH

# Marks from the private use area, which no wording contains, and days of a month nobody writes about.
NAME, NUMBER, DOCUMENT, BODY, PEOPLE = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
ITEM = "\ue010"
MARK = re.compile("([\ue000-\ue01f]|1901年1月[0-9]+日|1901-01-[0-9]{2})")
(
    RECEIVED,
    NOTICE,
    SUPPLEMENTED,
    EXTENDED,
    DUE,
    NEW_DUE,
    SENT,
    OPINION,
    SEARCHED,
    WITHDRAWN,
    SERVED,
    DEADLINE,
) = range(1, 13)
SIGNED = 31
EARLIER = "\ue005"
ABRIDGED = "load-1"


def mark(slot: int) -> str:
    """Return the day that stands for a date of the case."""
    return dt.date(1901, 1, slot).isoformat()


def put(values: dict[str, str], slot: int, day: dt.date) -> None:
    """Set a date of the case in both spellings."""
    values[f"1901年1月{slot}日"] = chinese_date(day)
    values[f"1901-01-{slot:02}"] = day.isoformat()


class Text:
    """A text with marks, cut at them once."""

    def __init__(self, text: str) -> None:
        self.parts = MARK.split(text)
        self.keys = self.parts[1::2]

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the text with the case's own words in their places."""
        filled = self.parts.copy()
        filled[1::2] = [values[key] for key in self.keys]
        return "".join(filled)


@dataclass(frozen=True)
class Form:
    """One kind of paper, ready to be filled: its body (which is hashed), its frozen text, its facts."""

    kind: str
    series: str
    title: str
    version: str
    body: Text
    frozen: Text
    facts: Text


def form(made: Composed, office: str, facts: Mapping[str, Any]) -> Form:
    """Cut a composed paper with marks into a form."""
    blocks = [{key: value for key, value in block.items() if not _later(block, key)} for block in made.blocks]
    body = canonical({"kind": made.kind, "title": made.title, "blocks": blocks})
    signed_on = dt.date(1901, 1, SIGNED)
    frozen = freeze(replace(made, body_sha256=BODY).issued(DOCUMENT, signed_on), office, DOCUMENT, signed_on)
    return Form(
        made.kind, kind_of(made.kind).series, made.title, made.wording_version, Text(body), Text(canonical(frozen)),
        Text(canonical(facts)),
    )  # fmt: skip


def _later(block: Mapping[str, Any], key: str) -> bool:
    """Say whether a part of a block is filled in at signature, and so is no part of the hashed body."""
    return (block["type"], key) in {("number", "text"), ("signature", "date"), ("sheet_line", "right")}


def abridged(kind: str, staff: Staff) -> Form:
    """Make the short form of a paper of a case long closed: a whole letter, but of one sentence."""
    row = kind_of(kind)
    words = f"登记编号为{NUMBER}的政府信息公开申请，本机关作出本{row.label}。"
    if row.form == "sheet":
        blocks = [
            {"type": "title", "text": row.label}, {"type": "sheet_line", "left": staff.name, "right": ""},
            {"type": "sheet_line", "left": f"案件：{NUMBER}"}, {"type": "para", "text": words},
        ]  # fmt: skip
    else:
        to = "云岫县白石镇采薇村民委员会" if row.recipient == "第三方" else NAME
        blocks = [
            {"type": "office", "text": staff.name}, {"type": "number", "text": ""},
            {"type": "title", "text": row.label}, {"type": "addressee", "text": f"{to}："},
            {"type": "para", "text": words}, {"type": "signature", "office": staff.name, "date": ""},
            {"type": "note", "text": f"（联系电话：{staff.facts['phone']}）"},
        ]  # fmt: skip
    made = Composed(
        kind, row.form, row.label, blocks, text_of(blocks), sha256(canonical(blocks)), ABRIDGED, dt.date.min
    )
    return form(made, staff.name, {})


@dataclass(frozen=True)
class Shape:
    """Everything of a case that decides the words of its papers, beside its own names and dates."""

    channel: str
    natural: bool
    electronic: bool
    items: int
    outcome: str
    path: str


def whole(kind: str, staff: Staff, shape: Shape, on: dt.date) -> Form:
    """Compose the whole form of a paper as the law and the wording stand on a day."""
    facts = _common(staff, shape) | _own(kind, staff, shape, on)
    if kind == "reply":
        kind = reply_kind([shape.outcome])
    return form(compose(kind, facts, on=on), staff.name, facts)


def _common(staff: Staff, shape: Shape) -> dict[str, Any]:
    return {
        "office": dict(staff.facts), "addressee": {"name": NAME, "kind": "natural" if shape.natural else "org"},
        "case_number": NUMBER, "received_on": mark(RECEIVED), "channel": shape.channel,
        "items": [{"seq": n + 1, "description": chr(ord(ITEM) + n)} for n in range(shape.items)],
        "electronic": shape.electronic,
    }  # fmt: skip


def _own(kind: str, staff: Staff, shape: Shape, on: dt.date) -> dict[str, Any]:
    if kind == "reply":
        return _reply(shape)
    return {
        # The marks stand for days on which no law was in force: the term is that of the day of the wording.
        "registration_receipt": {"reply_days": number("art33.reply_days", on)},
        "supplement_notice": {"lacking": LACKING, "matters": MATTERS, "guidance": GUIDANCE, "days": 15},
        "extension_notice": {
            "reason": EXTENSION, "days": 15, "original_due_on": mark(DUE), "new_due_on": mark(NEW_DUE),
        },
        "consultation_applicant_notice": {"sent_on": mark(SENT), "consulted": "第三方"},
        "lapse_notice": {
            "cause": "supplement", "lacking": LACKING, "notice_number": EARLIER, "notice_on": mark(NOTICE), "served_on": mark(SERVED),
            "deadline_on": mark(DEADLINE), "finding": FINDING,
        },
        "withdrawal_confirmation": {"withdrawn_on": mark(WITHDRAWN)},
    }[kind]  # fmt: skip


def _reply(shape: Shape) -> dict[str, Any]:
    _, grounds, reason, own = OUTCOMES[shape.outcome]
    items = []
    for n in range(shape.items):
        item: dict[str, Any] = {
            "seq": n + 1,
            "description": chr(ord(ITEM) + n),
            "outcome": shape.outcome,
            **own,
        }
        if grounds:
            item["grounds"] = grounds
        if reason:
            item["reason"] = reason
        if shape.outcome == "not_exist":
            item["searches"] = [
                {**SEARCH, "people": PEOPLE, "searched_on": mark(SEARCHED), "result": "没有检索到"}
            ]
        items.append(item)
    facts: dict[str, Any] = {"items": items}
    if shape.path == "supplement":
        facts |= {
            "lacking": LACKING,
            "supplement_notice_on": mark(NOTICE),
            "supplemented_on": mark(SUPPLEMENTED),
        }
    if shape.path == "extended":
        facts |= {"extension_notice_on": mark(EXTENDED), "extended_due_on": mark(NEW_DUE)}
    if shape.path == "consulted":
        sent, came = f"1901年1月{SENT}日", f"1901年1月{OPINION}日"
        facts["consultations"] = [f"本机关于{sent}依法书面征求第三方意见，{came}收到答复，第三方同意公开"]
    return facts
