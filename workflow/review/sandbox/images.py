"""Scans and photographs: checked by decoding them, each picture a page."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Any

from PIL import Image, ImageFile, ImageOps, ImageSequence, UnidentifiedImageError
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from workflow.review.sandbox.limits import Limits
from workflow.review.sandbox.unfit import Unfit

BROKEN = "图片已损坏或者没有传完，无法打开，请重新扫描或者导出后上传。"
USUAL_DPI = 200.0
FORMATS = ("JPEG", "PNG", "TIFF")
FAULTS = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    OverflowError,
    ArithmeticError,
)
ImageFile.LOAD_TRUNCATED_IMAGES = False


def look(content: bytes, limits: Limits) -> list[str]:
    """Check that a picture opens and is of a bearable size; there are no words in it. Raises Unfit."""
    with _opened(content, limits) as picture:
        frames = getattr(picture, "n_frames", 1)
        if frames > limits.pages:
            raise Unfit("file_pages", f"图片有 {frames} 页，超过 {limits.pages} 页，请分成几个文件上传。")
    return ["这是图片，没有可以检索的文字，密级标志和个人信息须由人逐页查看。"]


def to_pdf(content: bytes, limits: Limits) -> bytes:
    """Put every picture of a file on a page of its own size. Raises Unfit."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1)
    with _opened(content, limits) as picture:
        try:
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if number >= limits.pages:
                    raise Unfit("file_pages", f"图片超过 {limits.pages} 页，请分成几个文件上传。")
                _bearable(frame, limits)
                _put(canvas, ImageOps.exif_transpose(frame) or frame, limits)
        except FAULTS:
            raise Unfit("file_broken", BROKEN) from None
    canvas.save()
    return out.getvalue()


def _opened(content: bytes, limits: Limits) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = limits.pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError:
        raise Unfit("file_pixels", _too_many(limits)) from None
    except FAULTS:
        raise Unfit("file_broken", BROKEN) from None
    _bearable(picture, limits)
    return picture


def _bearable(picture: Image.Image, limits: Limits) -> None:
    if picture.width * picture.height > limits.pixels:
        raise Unfit("file_pixels", _too_many(limits))


def _too_many(limits: Limits) -> str:
    return f"图片超过 {limits.pixels // 10_000} 万像素，请以较低的分辨率（300 dpi 足够）重新扫描后上传。"


def _put(canvas: Canvas, frame: Image.Image, limits: Limits) -> None:
    frame.load()
    dpi = _dpi(frame)
    width, height = frame.width * 72 / dpi, frame.height * 72 / dpi
    shrink = min(1.0, limits.page_points / max(width, height))
    width, height = max(width * shrink, 1), max(height * shrink, 1)
    plain: Any = frame.convert("L" if frame.mode in ("1", "L", "LA", "I;16") else "RGB")
    kept = BytesIO()
    plain.save(kept, "JPEG", quality=88)
    kept.seek(0)
    canvas.setPageSize((width, height))
    canvas.drawImage(ImageReader(kept), 0, 0, width, height)
    canvas.showPage()


def _dpi(frame: Image.Image) -> float:
    said = frame.info.get("dpi", (USUAL_DPI, USUAL_DPI))
    found = float(said[0]) if isinstance(said, tuple) and said and said[0] else USUAL_DPI
    return found if 50 <= found <= 2400 else USUAL_DPI
