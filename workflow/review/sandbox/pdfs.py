"""PDF: its pages with sizes and text, pictures of them."""

from __future__ import annotations

import ctypes
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from workflow.review.sandbox.limits import Limits
from workflow.review.sandbox.unfit import Unfit

TOOL = f"pdfium {pdfium.PDFIUM_INFO.version} (pypdfium2 {pdfium.PYPDFIUM_INFO.version})"
PRINT_ANEW = "请在原软件中重新打印为 PDF 后上传。"
#: Resolution at which every page is drawn once, to know that each can be.
PROOF_DPI = 18


def metadata(content: bytes) -> dict[str, str]:
    """Return the properties a PDF carries, as text."""
    document = pdfium.PdfDocument(content)
    return {key: value[:500] for key, value in document.get_metadata_dict(skip_empty=True).items()}


def pages(content: bytes, out: Path, limits: Limits) -> int:
    """Write each page's size and text, one JSON line a page, having drawn it once; return how many. Raises Unfit."""
    document = opened(content, limits)
    with (out / "pages.jsonl").open("w", encoding="utf-8") as lines:
        for index in range(len(document)):
            page = page_of(document, index)
            width, height = _size(page, index, limits)
            page.render(scale=PROOF_DPI / 72, may_draw_forms=False)
            runs = list(_runs(page, width, height))
            line = {"width": width, "height": height, "rotation": page.get_rotation(), "runs": runs}
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")
            page.close()
    return len(document)


def render(content: bytes, out: Path, limits: Limits, *, numbers: list[int], dpi: int) -> None:
    """Draw pages as pictures; a page that would have too many pixels is drawn coarser. Raises Unfit."""
    document = opened(content, limits)
    for number in numbers:
        if not 1 <= number <= len(document):
            continue
        page = page_of(document, number - 1)
        width, height = _size(page, number - 1, limits)
        scale = min(dpi / 72, (limits.pixels / 2 / (width * height)) ** 0.5)
        picture = page.render(scale=scale, may_draw_forms=True).to_pil()
        if picture.mode == "RGB" and _is_grey(picture):
            picture = picture.convert("L")
        picture.save(out / f"page-{number}.png", compress_level=3)
        page.close()


def _is_grey(picture: Any) -> bool:
    red, green, blue = picture.resize((160, 160)).split()
    return bool(red.tobytes() == green.tobytes() == blue.tobytes())


def opened(content: bytes, limits: Limits) -> pdfium.PdfDocument:
    """Open a PDF of a bearable number of pages. Raises Unfit."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unfit("file_locked", "PDF 设有打开密码，请取消密码后上传。") from None
        raise Unfit("file_broken", f"PDF 已损坏或者没有传完，无法打开，{PRINT_ANEW}") from None
    if len(document) == 0:
        raise Unfit("file_empty", f"PDF 里没有一页可以显示，{PRINT_ANEW}")
    if len(document) > limits.pages:
        raise Unfit("file_pages", f"PDF 有 {len(document)} 页，超过 {limits.pages} 页，请分成几个文件上传。")
    return document


def page_of(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """Return a page by its place from 0. Raises Unfit."""
    try:
        return document[index]
    except pdfium.PdfiumError:
        raise Unfit("file_broken", f"PDF 的第 {index + 1} 页已损坏，无法显示，{PRINT_ANEW}") from None


def _size(page: pdfium.PdfPage, index: int, limits: Limits) -> tuple[float, float]:
    width, height = page.get_size()
    if not (0 < width <= limits.page_points and 0 < height <= limits.page_points):
        raise Unfit("file_page_size", f"PDF 的第 {index + 1} 页的尺寸不正常，{PRINT_ANEW}")
    return round(width, 2), round(height, 2)


def _runs(page: pdfium.PdfPage, width: float, height: float) -> Iterator[list[Any]]:
    """Yield stretches of text without a space or a jump: the text, and four numbers for each character's box."""
    text, place = page.get_textpage(), _Placed(page, width, height)
    chars: list[str] = []
    boxes: list[list[float]] = []
    for index in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, index))
        blank = char.isspace() or char in "\x00\x02\ufffe"
        box = None if blank else place.box(text, index)
        if chars and (box is None or _jumps(boxes[-1], box)):
            yield _run(chars, boxes)
            chars, boxes = [], []
        if box is not None:
            chars.append(char)
            boxes.append(box)
    if chars:
        yield _run(chars, boxes)


def _jumps(last: list[float], box: list[float]) -> bool:
    """Tell whether a character stands apart from the one before it: on another line, back, or far off."""
    tall = max(last[3] - last[1], 1.0)
    return abs(box[1] - last[1]) > tall / 2 + 1 or box[0] < last[0] - 1 or box[0] > last[2] + 2 * tall


def _run(chars: list[str], boxes: list[list[float]]) -> list[Any]:
    # A character beyond U+FFFF comes in two halves, each with the box of the whole.
    joined: list[str] = []
    places: list[float] = []
    for char, box in zip(chars, boxes, strict=True):
        if joined and "\udc00" <= char <= "\udfff" and "\ud800" <= joined[-1] <= "\udbff":
            joined[-1] = (joined[-1] + char).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
            continue
        joined.append(char)
        places += box
    return ["".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in joined), places]


class _Placed:
    """Turns the places of characters into points from the top left of the page as it is shown."""

    def __init__(self, page: pdfium.PdfPage, width: float, height: float) -> None:
        self._page, self._size = page, (round(width * 100), round(height * 100))
        (self._ox, self._oy), (ax, ay), (bx, by) = (
            self._device(*at) for at in ((0, 0), (1000, 0), (0, 1000))
        )
        self._a, self._b = (ax - self._ox) / 1000, (ay - self._oy) / 1000
        self._c, self._d = (bx - self._ox) / 1000, (by - self._oy) / 1000

    def _device(self, x: float, y: float) -> tuple[float, float]:
        # Hundredths of a point: the call speaks whole device units.
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self._page, 0, 0, *self._size, 0, x, y, across, down)
        return across.value / 100, down.value / 100

    def box(self, text: pdfium.PdfTextPage, index: int) -> list[float]:
        left, bottom, right, top = text.get_charbox(index, loose=True)
        points = [
            (self._ox + self._a * x + self._c * y, self._oy + self._b * x + self._d * y)
            for x, y in ((left, bottom), (right, top))
        ]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return [round(min(xs), 1), round(min(ys), 1), round(max(xs), 1), round(max(ys), 1)]
