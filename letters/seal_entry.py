"""Take in the picture of an office's seal: entered by one administrator, put in use or sent back by another."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from letters.models import SealImage
from letters.seal_image import MOST_BYTES, check_image
from office import files, journal
from office.errors import Refusal
from office.files.kinds import PNG
from office.models import Office, User
from office.parameters import require_administrator

ENTERED = journal.register("seal_image.entered", "{by}录入{seal}的印模（定于{from_on}起使用）")
CONFIRMED = journal.register("seal_image.confirmed", "{by}复核启用{seal}的印模（{from_on}起使用）")
REFUSED = journal.register("seal_image.refused", "{by}退回或撤回{seal}的印模")
NARROWEST, WIDEST = 30, 60  # millimetres


def enter(
    *, office: Office, kind: str, content: bytes, from_on: date, by: User, on: date, now: datetime, width_mm: int = 42
) -> SealImage:  # fmt: skip
    """Take in the picture of a seal of an office; no letter bears it before a second person has seen it.

    :param from_on: the day from which it is used; earlier letters keep the earlier picture
    :param width_mm: the width of the seal on paper in millimetres; a round seal of an office has 42
    Raises BadSealImage, and Refusal for somebody who does not administer the office, and where one waits already.
    """
    require_administrator(by, office)
    if kind not in SealImage.Kind.values:
        raise Refusal(
            "no_such_seal",
            "印章的种类应为 office（机关印章）或者 disclosure（政府信息公开专用章）",
            field="kind",
        )
    if not NARROWEST <= width_mm <= WIDEST:
        raise Refusal("seal_width", f"印章的宽度应在{NARROWEST}至{WIDEST}毫米之间", field="width_mm")
    check_image(content)
    with transaction.atomic():
        Office.objects.select_for_update().get(pk=office.pk)
        if SealImage.objects.filter(
            office=office, kind=kind, confirmed_at__isnull=True, refused_at__isnull=True
        ).exists():
            raise Refusal("one_waits", "这一印章已有一个印模等待复核，请先复核或者退回", field="kind")
        stored = files.put(
            office=office, content=content, name="印模.png", now=now, allow=[PNG], most=MOST_BYTES
        )
        row = SealImage.objects.create(
            office=office, kind=kind, image=stored, width_mm=width_mm, from_on=from_on, by=by, created_at=now
        )
        _tell(ENTERED, row, by, on, now)
    return row


def confirm(*, image_id: int, by: User, on: date, now: datetime) -> SealImage:
    """Put a picture in use; refused to the person who entered it. A day already past becomes the day of confirmation."""
    with transaction.atomic():
        row = _waiting(image_id, by)
        if row.by_id == by.pk:
            raise Refusal("same_person", "须由录入人以外的管理员复核")
        row.from_on, row.confirmed_by, row.confirmed_at = max(row.from_on, on), by, now
        row.save(update_fields=["from_on", "confirmed_by", "confirmed_at"])
        _tell(CONFIRMED, row, by, on, now)
    return row


def refuse(*, image_id: int, by: User, on: date, now: datetime) -> SealImage:
    """Send a picture back, or take back one's own, before it is in use."""
    with transaction.atomic():
        row = _waiting(image_id, by)
        row.refused_by, row.refused_at = by, now
        row.save(update_fields=["refused_by", "refused_at"])
        _tell(REFUSED, row, by, on, now)
    return row


def _waiting(image_id: int, by: User) -> SealImage:
    rows = SealImage.objects.select_related("office")
    found = rows.filter(pk=image_id).first()
    if found is None:
        raise Refusal("no_such_image", "没有这个印模，请刷新页面")
    require_administrator(by, found.office)
    # The office's row is the lock of its chain of the journal, and of its seals.
    Office.objects.select_for_update().get(pk=found.office_id)
    row = rows.get(pk=image_id)
    if not row.waits:
        raise Refusal("already_decided", "这个印模已经处理过了")
    return row


def _tell(key: str, row: SealImage, by: User, on: date, now: datetime) -> None:
    """Write a step under its office; the picture by its hash alone."""
    data = {
        "image": row.pk, "kind": row.kind, "seal": row.get_kind_display(), "from_on": row.from_on.isoformat(),
        "width_mm": row.width_mm, "sha256": row.image.sha256,
    }  # fmt: skip
    journal.write(
        subject=row.office.ref, key=key, by=by, on=on, now=now, office_id=row.office_id, act_id=uuid4(), data=data
    )  # fmt: skip
