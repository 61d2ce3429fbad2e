"""A font of two glyphs, one of them with a name of one's choice."""

from __future__ import annotations

import io

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


def small_font(name: str) -> bytes:
    """Return a TrueType font whose second glyph has that name."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 500))
    pen.lineTo((500, 500))
    pen.closePath()
    glyph = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", name])
    font.setupCharacterMap({65: name})
    font.setupGlyf({".notdef": glyph, name: glyph})
    font.setupHorizontalMetrics({".notdef": (600, 0), name: (600, 0)})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Small", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost(keepGlyphNames=True)
    held = io.BytesIO()
    font.save(held)
    return held.getvalue()
