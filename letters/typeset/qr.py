"""A QR code as black rectangles."""

from __future__ import annotations

import segno

from letters.typeset.model import Figure


def qr_code(data: str, *, x: float, y: float, side: float, words: str) -> Figure:
    """Return a QR code of a side (points) whose upper left corner stands at x, y; dark modules in a row are one box.

    Its error correction (M) bears a fold or a stamp's edge; the blank around it is the margin of its place.
    """
    matrix = segno.make(data, error="m", micro=False, boost_error=False).matrix
    module = side / len(matrix)
    boxes = []
    for row, line in enumerate(matrix):
        start = None
        for column, dark in enumerate([*line, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                boxes.append((x + start * module, y + row * module, (column - start) * module, module))
                start = None
    return Figure(tuple(boxes), words)
