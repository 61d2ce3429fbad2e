"""What the screens of an office's data and of its seals show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from letters import seal_image, sealing
from letters.models import SealImage
from letters.office_data import FIELDS
from letters.specimen import specimen
from office import files
from office.models import Office

PAPERS = {"replies": "答复书须登记用印", "letters": "文书均须登记用印", "none": "不在系统登记用印"}


def columns(office: Office) -> dict[str, Any]:
    """Return the columns of an office that may be changed, by name."""
    return {name: office._meta.get_field(name) for name in FIELDS}


def images(office: Office) -> list[SealImage]:
    """List every picture of an office's seals, newest first."""
    rows = SealImage.objects.filter(office=office).select_related("by", "confirmed_by", "refused_by")
    return list(rows.order_by("-pk"))


def in_use(office: Office, *, on: dt.date) -> set[int]:
    """Return the pictures an office's letters of a day bear, one for each seal at most."""
    found = (seal_image.in_force(office, kind, on) for kind in SealImage.Kind.values)
    return {row.pk for row in found if row is not None}


def find_image(image_id: int, offices: Sequence[Office]) -> SealImage | None:
    """Read one picture of a seal of these offices, and of no other."""
    rows = SealImage.objects.select_related("office", "image", "by", "confirmed_by", "refused_by")
    return rows.filter(pk=image_id, office__in=[office.pk for office in offices]).first()


def picture(row: SealImage) -> bytes:
    """Return the picture itself."""
    return files.read(row.image)


def sealed_specimen(row: SealImage, *, on: dt.date) -> bytes:
    """Return a made-up letter that bears the seal. Raises BadFacts for what the office's data lack."""
    return specimen(row.office, on=max(row.from_on, on), stamp=seal_image.picture(row))


def practice_words(office: Office, *, on: dt.date) -> str:
    """Say how an office uses its seals on a day."""
    how = sealing.practice(office, on)
    way = "签发时由系统加盖电子印章" if how.electronic else "加盖实物印章后登记用印"
    return f"{PAPERS.get(how.papers, how.papers)}；{way}；{'由印章保管人用印' if how.keeper else '登记员、印章保管人均可登记用印'}"
