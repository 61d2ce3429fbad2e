"""The same text, one character for one character, with full-width digits and letters as plain ones."""

from __future__ import annotations

_WIDE = {code + 0xFEE0: code for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))}
_WIDE |= {
    ord("＠"): ord("@"),
    ord("．"): ord("."),
    ord("－"): ord("-"),
    ord("＋"): ord("+"),
    ord("＿"): ord("_"),
}
_WIDE |= dict.fromkeys(map(ord, "‐‑‒–—―−"), ord("-"))
_WIDE |= dict.fromkeys(map(ord, "•・．‧∙⋅●"), ord("·")) | {ord("．"): ord(".")}
_WIDE |= {ord("\u00a0"): ord(" "), ord("\u2002"): ord(" "), ord("\u2003"): ord(" "), ord("\u2009"): ord(" ")}
_WIDE |= {ord("Ⅹ"): ord("X"), ord("ⅹ"): ord("x")}


def half_width(text: str) -> str:
    """This function will give a text of the same length whose digits, letters, hyphens and dots are plain ones.

    Chinese punctuation stays: it tells where a sentence ends.
    """
    return text.translate(_WIDE)
