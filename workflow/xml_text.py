"""Texts as files made of XML may hold them: what word processors leave in a text that is pasted makes no file."""

from __future__ import annotations

import re

#: What XML 1.0 has no place for.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: The line and page breaks of word processors.
_BREAKS = str.maketrans("\x0b\x0c", "\n\n")


def fit(text: str) -> str:
    """Return a text without the control characters that no workbook and no document can hold, its breaks as new lines."""
    return _UNFIT.sub("", text.translate(_BREAKS)) if _UNFIT.search(text) else text
