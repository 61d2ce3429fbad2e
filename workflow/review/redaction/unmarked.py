"""Plain text in UTF-16 without the mark that says so, as old editors and exports write it."""

from __future__ import annotations

import re

#: Shorter than this, in bytes, anything may look like it.
_SHORTEST = 16
#: How much of a text must be characters that Chinese papers hold, and how much of a long one is looked at.
_SHARE, _LOOKED_AT = 0.95, 20_000
_USUAL = re.compile("[\t\r\n -~\u00b7\u2010-\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def unmarked_utf16(data: bytes) -> str | None:
    """This function will read a text in UTF-16 that has no byte order mark, or give nothing where it is no such text."""
    if len(data) < _SHORTEST or len(data) % 2 or _is_utf8(data):
        return None
    for coding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(coding)
        except UnicodeDecodeError:
            continue
        looked_at = text[:_LOOKED_AT]
        if len(_USUAL.findall(looked_at)) >= _SHARE * len(looked_at):
            return text
    return None


def _is_utf8(data: bytes) -> bool:
    """Tell whether it is a text in UTF-8: in UTF-16 every letter and digit brings a zero byte."""
    if b"\0" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
