"""Correct the table by which a reader turns glyphs back into characters."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfbase import ttfonts

BLOCK = 100  # a PDF reader may refuse more entries in one bfchar section


def to_unicode_map(font_name: str, subset: Sequence[int]) -> str:
    """Write the ToUnicode map of a subset, characters beyond U+FFFF as UTF-16 pairs.

    ReportLab writes U+2CB7C as <2CB7C>, which a reader takes for U+2CB7: 𬭼 would come back as another sign.
    """
    rows = [
        f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in enumerate(subset)
    ]
    parts = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo",
        f"<< /Registry ({font_name})",
        f"/Ordering ({font_name})",
        "/Supplement 0",
        ">> def",
        f"/CMapName /{font_name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        parts += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    parts += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(parts)


def install() -> None:
    """Put the correct map in the place of ReportLab's, for this process."""
    ttfonts.makeToUnicodeCMap = to_unicode_map
