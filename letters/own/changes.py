"""Change an office's wording: drafted and proposed by one person, confirmed or refused by another."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Max

from calendars import published
from letters.models import OwnWording
from letters.own import in_force
from letters.own.contract import checked, editable
from letters.own.strict import LONGEST
from letters.own.titles import base_of, title_of
from letters.own.trial import Trial, tried
from office import journal
from office.errors import Refusal
from office.models import Office, User
from office.roles import Role

PROPOSED = journal.register("wording.proposed", "{by}提出修改文书文本「{title}」（定于{from_on}起适用）")
CONFIRMED = journal.register(
    "wording.confirmed", "{by}复核施行文书文本「{title}」第{version}版（{from_on}起适用）"
)
REFUSED = journal.register("wording.refused", "{by}退回或撤回文书文本「{title}」的修改")
WORDERS = frozenset({Role.ADMIN, Role.LEGAL})
LONGEST_REASON = 2_000


def may_word(by: User, office: Office) -> bool:
    """Tell whether a person may change an office's wordings: its administrator or legal officer, or an administrator above."""
    held = by.roles()
    if WORDERS & held.get(office.pk, frozenset()):
        return True
    return any(Role.ADMIN in held.get(above.pk, ()) for above in office.ancestors())


def try_out(*, key: str, source: str, office: Office, from_on: date) -> tuple[Trial, ...]:
    """Check a text and compose its three sample cases for an office. Raises BadWording with the faults by line."""
    base = base_of(key, from_on)
    wording = checked(source, base, version="own", applies_from=from_on)
    return tried(wording, base, on=from_on, office=office.facts(), others=in_force.own_of(office.code))


def save_draft(
    *, key: str, source: str, office: Office, from_on: date, reason: str, by: User, on: date, now: datetime,
    draft_id: int | None = None,
) -> OwnWording:  # fmt: skip
    """Keep a text to look at in its three sample cases before it is proposed; a draft is its author's alone.

    A blank text goes back to the shipped wording. Raises BadWording with every fault by line, Refusal.
    """
    _require(by, office)
    if from_on < on:
        raise Refusal("too_early", "适用起始日不能早于今天：已经作出的文书不会改变。", field="from_on")
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST:
        raise Refusal("too_long", f"文本过长，最多{LONGEST}字。", field="source")
    base = base_of(key, from_on)
    plain = text.strip()
    if plain:
        text = plain + "\n"
        try_out(key=key, source=text, office=office, from_on=from_on)
        if text == editable(base.source) and in_force.own_of(office.code)(key, from_on) is None:
            raise Refusal("unchanged", "文本与现行文本相同，没有修改。", field="source")
    elif in_force.own_of(office.code)(key, from_on) is None:
        raise Refusal("nothing_to_restore", "本机关现在用的就是系统文本，无须恢复。", field="source")
    with transaction.atomic():
        values: dict[str, Any] = {
            "source": text if plain else "", "from_on": from_on, "reason": reason.strip()[:LONGEST_REASON],
            "base_version": base.version, "base_source": base.source, "entered_at": now,
        }  # fmt: skip
        if draft_id is None:
            return OwnWording.objects.create(office=office, key=key, entered_by=by, **values)
        row = _locked(draft_id)
        if not row.is_draft or row.entered_by_id != by.pk or row.office_id != office.pk or row.key != key:
            raise Refusal("not_your_draft", "这份草稿不能再改，请重新起草。")
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
    return row


def propose(*, wording_id: int, by: User, on: date, now: datetime) -> OwnWording:
    """Hand a draft to a second person. Raises Refusal, BadWording."""
    with transaction.atomic():
        row = _locked(wording_id)
        _require(by, row.office)
        if not row.is_draft or row.entered_by_id != by.pk:
            raise Refusal("not_your_draft", "只有起草人可以提出这份草稿。")
        if not row.reason:
            raise Refusal("no_reason", "请写明修改的理由。", field="reason")
        if OwnWording.objects.filter(
            office=row.office, key=row.key, proposed_at__isnull=False, confirmed_at__isnull=True, refused_at__isnull=True
        ).exists():  # fmt: skip
            raise Refusal("one_waits", "这一文本已有一项修改等待复核，请先复核或者退回。")
        if row.from_on < on:
            raise Refusal("too_early", "适用起始日已过，请改为今天或者以后的日期。", field="from_on")
        if row.source:
            try_out(key=row.key, source=row.source, office=row.office, from_on=row.from_on)
        row.proposed_at = now
        row.save(update_fields=["proposed_at"])
        _tell(PROPOSED, row, by, on, now)
    return row


def confirm(*, wording_id: int, by: User, on: date, now: datetime) -> OwnWording:
    """Put a text in force; refused to the person who wrote it. A day already past becomes the day of confirmation.

    It is tried again, since the shipped wording, the office's facts or the lint may be others by now. Raises
    Refusal, BadWording.
    """
    with transaction.atomic():
        published.begin_change()
        row = _waiting(wording_id, by)
        if row.entered_by_id == by.pk:
            raise Refusal("same_person", "须由起草人以外的人复核。")
        row.from_on = max(row.from_on, on)
        if row.source:
            try_out(key=row.key, source=row.source, office=row.office, from_on=row.from_on)
        last = OwnWording.objects.filter(office=row.office, key=row.key).aggregate(last=Max("version"))[
            "last"
        ]
        row.version, row.confirmed_by, row.confirmed_at = (last or 0) + 1, by, now
        row.save(update_fields=["from_on", "version", "confirmed_by", "confirmed_at"])
        _tell(CONFIRMED, row, by, on, now)
        published.changed()
    return row


def refuse(*, wording_id: int, by: User, on: date, now: datetime, reason: str = "") -> OwnWording:
    """Send a text back with a reason, or take back one's own. Raises Refusal."""
    with transaction.atomic():
        row = _locked(wording_id)
        _require(by, row.office)
        mine = row.entered_by_id == by.pk
        if not (row.waits or (row.is_draft and mine)):
            raise Refusal("already_decided", "这项修改已经处理过了。")
        if not mine and not reason.strip():
            raise Refusal("no_reason", "请写明退回的理由。", field="reason")
        told = row.waits
        row.refused_by, row.refused_at, row.refusal = by, now, reason.strip()[:LONGEST_REASON]
        row.save(update_fields=["refused_by", "refused_at", "refusal"])
        if told:
            _tell(REFUSED, row, by, on, now)
    return row


def _require(by: User, office: Office) -> None:
    if not may_word(by, office):
        raise Refusal(
            "not_your_role", "只有本机关的管理员、法制审核人员或者上级机关的管理员可以修改文书文本。"
        )


def _locked(wording_id: int) -> OwnWording:
    rows = OwnWording.objects.select_for_update(of=("self",)).select_related("office")
    row = rows.filter(pk=wording_id).first()
    if row is None:
        raise Refusal("no_such_change", "没有这项修改，请刷新页面。")
    return row


def _waiting(wording_id: int, by: User) -> OwnWording:
    row = _locked(wording_id)
    _require(by, row.office)
    if not row.waits:
        raise Refusal("already_decided", "这项修改已经处理过了，或者还没有提出。")
    return row


def _tell(key: str, row: OwnWording, by: User, on: date, now: datetime) -> None:
    """Write a step under its office, whose row is the lock of its chain; the text by its hash alone."""
    Office.objects.select_for_update().get(pk=row.office_id)
    data: dict[str, Any] = {
        "wording": row.key, "title": title_of(base_of(row.key, row.from_on)), "change": row.pk,
        "from_on": row.from_on.isoformat(), "sha256": hashlib.sha256(row.source.encode()).hexdigest(),
        "restores": row.restores,
    }  # fmt: skip
    if row.version is not None:
        data["version"] = row.version
    journal.write(
        subject=row.office.ref,
        key=key,
        by=by,
        on=on,
        now=now,
        office_id=row.office_id,
        act_id=uuid4(),
        data=data,
    )
