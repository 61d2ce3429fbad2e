"""Pictures: what is written beside the pixels, and, where the machine can, what is written in them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PIL import ExifTags, Image, ImageOps, ImageSequence

from workflow.review.redaction import ocr
from workflow.review.redaction.probe.pieces import Data, Note, Piece, Text, Unread, decoded

if TYPE_CHECKING:
    from workflow.review.redaction.probe.kinds import Reader

NO_ENGINE = f"没有可用的文字识别引擎（{ocr.PACKAGES}），图像中的文字没有检查"


def picture_pieces(data: bytes, where: str, reader: Reader) -> Iterator[Piece]:
    """Yield what a picture carries, and what it shows."""
    place = where or "图片"
    yield Data(where or "文件原始字节", data)
    try:
        with Image.open(io.BytesIO(data)) as image:
            yield from beside_the_pixels(image, place)
            for number, frame in enumerate(ImageSequence.Iterator(image), 1):
                shown = f"{place}第{number}帧" if getattr(image, "n_frames", 1) > 1 else place
                yield from beside_the_pixels(frame, shown)
                yield from in_the_pixels(ImageOps.exif_transpose(frame), f"{shown}的画面", reader)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        yield Unread(place, "图片已损坏或过大")


def beside_the_pixels(image: Image.Image, place: str) -> Iterator[Piece]:
    """Yield the metadata of a picture as texts."""
    for name, value in image.info.items():
        yield from _value(f"{place}元数据（{name}）", value)
    exif = image.getexif()
    for tag, value in exif.items():
        yield from _value(f"{place}元数据（EXIF {ExifTags.TAGS.get(tag, tag)}）", value)
    for directory in ExifTags.IFD:
        for tag, value in exif.get_ifd(directory).items():
            name = ExifTags.TAGS.get(tag) or ExifTags.GPSTAGS.get(tag, tag)
            yield from _value(f"{place}元数据（EXIF {name}）", value)


def _value(where: str, value: Any) -> Iterator[Piece]:
    if isinstance(value, bytes):
        yield Data(where, value)
        yield Text(where, decoded(value))
        yield Text(where, value.decode("utf-16-le", "replace"))
        # An EXIF comment begins with eight bytes that name its coding.
        yield Text(where, decoded(value[8:]))
        yield Text(where, value[8:].decode("utf-16-be", "replace"))
    elif isinstance(value, str):
        yield Text(where, value)
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _value(where, one)


def in_the_pixels(
    image: Image.Image, place: str, reader: Reader, *, dpi: float = 200, page: int | None = None
) -> Iterator[Piece]:
    """Yield what an engine reads in a picture."""
    if not reader.read:
        return
    if ocr.engine() is None:
        yield Note(NO_ENGINE)
        return
    if min(image.size) < 12:
        return
    # The same picture in an earlier revision, or on every page, is read once.
    key = hashlib.sha256(repr((image.mode, image.size)).encode() + image.tobytes()).hexdigest()
    if key in reader.told:
        return
    reader.told.add(key)
    if not reader.may_read():
        yield Note(f"从{place}起的图像没有用文字识别检查，请分批检查或放宽上限")
        return
    try:
        yield Text(place, ocr.text_of(image, dpi), page, picture=True)
    except ocr.Unread as error:
        yield Note(f"{place}没有能够识别文字：{error}")
