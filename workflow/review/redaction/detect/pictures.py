"""Areas of a picture that identify somebody without words: QR codes and bar codes, red seals, faces."""

from __future__ import annotations

from collections.abc import Iterator

import zxingcpp
from PIL import Image, ImageChops

from workflow.review.redaction.detect.area import Area
from workflow.review.redaction.detect.faces import faces
from workflow.review.redaction.detect.found import QR_CODE, SEAL, Found
from workflow.review.redaction.marks import Box

#: Pixels a point at which a page is looked at: small letters of a code are still told apart.
SCALE = 2.0
#: Points from side to side of what may be a seal: 20 to 60 mm, with room for bad scans.
_SMALLEST, _LARGEST = 34.0, 190.0
#: Share of its square that the ink of a seal fills.
_LEAST_INK, _MOST_INK = 0.04, 0.75
#: Pixels of one cell of the raster in which red patches are joined.
_CELL = 6
_LEVEL, _LEAD = 110, 48


def areas(picture: Image.Image, scale: float) -> Iterator[Area]:
    """This function will find QR codes, bar codes, red seals and faces in the picture of a page.

    :param picture: the page in colour
    :param scale: pixels a point
    """
    for code in zxingcpp.read_barcodes(picture):
        corners = (
            code.position.top_left,
            code.position.top_right,
            code.position.bottom_right,
            code.position.bottom_left,
        )
        across, down = [corner.x for corner in corners], [corner.y for corner in corners]
        box = Box(min(across) / scale, min(down) / scale, max(across) / scale, max(down) / scale)
        # Its content may be a person's link: the reason names the kind of code, and says that there is something in it.
        reason = f"可以读出内容的{'二维码' if 'QR' in str(code.format) or 'Matrix' in str(code.format) else '条形码'}（{len(code.text)}个字符）"
        yield Area(Found(QR_CODE, 0, 0, code.text, reason, 0.97, "code"), box)
    yield from _seals(picture, scale)
    yield from faces(picture, scale)


def _seals(picture: Image.Image, scale: float) -> Iterator[Area]:
    """Find round or square patches of red ink of the size of a seal."""
    red, green, blue = picture.convert("RGB").split()
    other = ImageChops.lighter(green, blue)
    lead = ImageChops.subtract(red, other)
    mask = ImageChops.logical_and(
        red.point(lambda v: 255 if v > _LEVEL else 0).convert("1"),
        lead.point(lambda v: 255 if v > _LEAD else 0).convert("1"),
    ).convert("L")
    raster = mask.reduce(_CELL)
    width, height = raster.size
    inked = {place for place, value in enumerate(raster.tobytes()) if value > 12}
    while inked:
        patch = _patch(inked, width, height)
        left, right = min(p % width for p in patch), max(p % width for p in patch) + 1
        top, bottom = min(p // width for p in patch), max(p // width for p in patch) + 1
        across, down = (right - left) * _CELL / scale, (bottom - top) * _CELL / scale
        if not (
            min(across, down) >= _SMALLEST and max(across, down) <= _LARGEST and 0.55 <= across / down <= 1.8
        ):
            continue
        part = mask.crop((left * _CELL, top * _CELL, right * _CELL, bottom * _CELL))
        ink = part.histogram()[255] / max(1, part.width * part.height)
        if _LEAST_INK <= ink <= _MOST_INK:
            box = Box(
                left * _CELL / scale, top * _CELL / scale, right * _CELL / scale, bottom * _CELL / scale
            )
            shape = "圆形或方形的红色印迹，大小与印章相符"
            yield Area(Found(SEAL, 0, 0, "", shape, 0.7, "red"), box)


def _patch(inked: set[int], width: int, height: int) -> set[int]:
    """Take one connected patch out of the inked cells; a gap of one cell does not part it."""
    todo = [inked.pop()]
    patch = set(todo)
    while todo:
        place = todo.pop()
        row, column = divmod(place, width)
        for down in (-2, -1, 0, 1, 2):
            if not 0 <= row + down < height:
                continue
            for across in (-2, -1, 0, 1, 2):
                near = place + down * width + across
                if 0 <= column + across < width and near in inked:
                    inked.remove(near)
                    patch.add(near)
                    todo.append(near)
    return patch
