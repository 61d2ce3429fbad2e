"""The electronic seal (电子印章): the picture of a seal, checked when it is taken in, and laid over signature and date."""

from __future__ import annotations

import io
from datetime import date, datetime

from django.db.models import QuerySet
from PIL import Image, UnidentifiedImageError

from letters.models import Paper, SealImage, SealUse
from letters.typeset.measures import MM
from letters.typeset.model import Stamp
from office import files
from office.errors import Refusal
from office.models import Office

SMALLEST, LARGEST = 300, 3000  # dots of a side
MOST_BYTES = 4 * 1024 * 1024
NARROWEST, WIDEST = 0.6, 1.7  # width by height: round seals, and oval ones
CLEAR, INK = 16, 128  # opacity below which nothing is seen, and from which a dot is ink
LEAST_CLEAR = 0.15  # part of the picture that must be clear: at least its corners
LEAST_RED = 0.9  # part of the ink that must be red


class BadSealImage(Refusal):
    """Raised for a picture that cannot be a seal's; says what is wrong with it."""

    def __init__(self, message: str) -> None:
        super().__init__("bad_seal_image", message, field="image")


def check_image(content: bytes) -> None:
    """Refuse what is not a red seal on clear ground, saying what to do about it. Raises BadSealImage."""
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            width, height = picture.size
            if not (min(width, height) >= SMALLEST and max(width, height) <= LARGEST):
                raise BadSealImage(
                    f"印模的边长应为{SMALLEST}至{LARGEST}像素，这张是{width}×{height}像素，请重新扫描"
                )
            if not NARROWEST <= width / height <= WIDEST:
                raise BadSealImage("印模的宽高相差太大，请裁去印章以外的部分")
            if getattr(picture, "n_frames", 1) != 1:
                raise BadSealImage("印模不能是动画，请换成单张图片")
            # A sample of its dots tells what the whole is.
            small = picture.convert("RGBA").resize((150, 150), Image.Resampling.NEAREST)
    except BadSealImage:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadSealImage("印模应为 PNG 图片，这个文件不是或者已经损坏，请重新制作") from error
    data = small.tobytes()
    dots = [tuple(data[n : n + 4]) for n in range(0, len(data), 4)]
    if sum(alpha < CLEAR for *_, alpha in dots) < LEAST_CLEAR * len(dots):
        raise BadSealImage("印模的背景应是透明的，请去掉白底后另存为带透明通道的 PNG")
    ink = [(r, g, b) for r, g, b, alpha in dots if alpha >= INK]
    if not ink:
        raise BadSealImage("印模是空白的，请检查图片")
    if sum(r > 150 and r > 1.6 * max(g, b) for r, g, b in ink) < LEAST_RED * len(ink):
        raise BadSealImage("印模应是红色的，请检查扫描的颜色")


def stamp_of(office: Office, kind: str, on: date, *, known_at: datetime | None = None) -> Stamp | None:
    """Return the picture of an office's seal in force on a day, or nothing where it has none.

    :param known_at: leave out what was put in use after that moment, so that an issued letter stays as it was
    """
    found = in_force(office, kind, on, known_at=known_at)
    return None if found is None else picture(found)


def in_force(office: Office, kind: str, on: date, *, known_at: datetime | None = None) -> SealImage | None:
    """Return the row of an office's seal that is in force on a day."""
    rows = _in_force(office, kind, on, known_at)
    return rows.order_by("-from_on", "-pk").select_related("image").first()


def picture(row: SealImage) -> Stamp:
    """Return a picture of a seal as it is laid on a letter, in use or not."""
    return Stamp(files.read(row.image), row.width_mm * MM, row.get_kind_display())


def has_image(office: Office, kind: str, on: date, *, known_at: datetime | None = None) -> bool:
    """Tell whether an office has a picture of a seal in force on a day."""
    return _in_force(office, kind, on, known_at).exists()


def _in_force(office: Office, kind: str, on: date, known_at: datetime | None) -> QuerySet[SealImage]:
    rows = SealImage.objects.filter(office=office, kind=kind, from_on__lte=on, confirmed_at__isnull=False)
    return rows if known_at is None else rows.filter(confirmed_at__lte=known_at)


def stamp_on(paper: Paper) -> Stamp | None:
    """Return the seal that the system put on a paper, as it looked when it was used; nothing for one sealed by hand."""
    if paper.sealed_on is None:
        return None
    uses = paper.seal_uses.filter(way=SealUse.Way.ELECTRONIC, voided_on__isnull=True)
    use = uses.select_related("seal", "office").order_by("pk").last()
    if use is None:
        return None
    return stamp_of(use.office, use.seal.kind, use.used_on, known_at=use.created_at)
