"""Unseen text over a page, made only from what was read in the finished, redacted picture."""

from __future__ import annotations

from collections.abc import Sequence

from workflow.review.redaction.ocr import Word
from workflow.review.redaction.tone import Stored

_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
1 beginbfrange
<0000> <FFFF> <0000>
endbfrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""

_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/Unseen/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>"
)
_DESCENDANT = (
    "<</Type/Font/Subtype/CIDFontType2/BaseFont/Unseen/FontDescriptor 5 0 R/DW 500"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity>>"
)
_DESCRIPTOR = (
    "<</Type/FontDescriptor/FontName/Unseen/Flags 4/FontBBox[0 -250 500 750]/ItalicAngle 0/Ascent 750"
    "/Descent -250/CapHeight 750/StemV 80>>"
)
#: The font of the layer: no outlines, every code unit of UTF-16 stands for itself, half an em wide.
FONT_OBJECTS: tuple[tuple[str, bytes | None], ...] = (
    (_FONT, None),
    (_DESCENDANT, None),
    (_DESCRIPTOR, None),
    ("", _TO_UNICODE),
)


def page_text(words: Sequence[Word], size: tuple[float, float], picture: Stored) -> bytes:
    """Return the operators that set words, unseen, over the place where they were read."""
    across, down = size[0] / picture.width, size[1] / picture.height
    lines = ["BT 3 Tr"]
    for word in words:
        box = word.box
        height = max(1.0, box.height * down)
        units = word.text.encode("utf-16-be")
        natural = height * 0.5 * (len(units) // 2)
        stretch = max(1.0, 100 * box.width * across / natural)
        left, base = box.x0 * across, size[1] - box.y1 * down + 0.22 * height
        lines.append(
            f"/F {height:.2f} Tf {stretch:.2f} Tz 1 0 0 1 {left:.2f} {base:.2f} Tm <{units.hex()}> Tj"
        )
    lines.append("ET")
    return "\n".join(lines).encode()
