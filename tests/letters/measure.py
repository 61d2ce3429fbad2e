"""Measure a PDF: where each character stands, in millimetres from the upper left corner."""

from __future__ import annotations

import ctypes
import re
import subprocess
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MM = 25.4 / 72


@dataclass(frozen=True)
class Char:
    """One character: its origin on the base line and its size, in mm; page from 0."""

    page: int
    char: str
    x: float
    base: float
    size: float


def chars(pdf: bytes) -> list[Char]:
    """Return every visible character of a PDF in the order of drawing."""
    found = []
    with pdfium.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            height = page.get_height()
            text = page.get_textpage()
            for index in range(text.count_chars()):
                code = raw.FPDFText_GetUnicode(text.raw, index)
                if code in (0, 0xFFFE, 10, 13, 32) or raw.FPDFText_IsGenerated(text.raw, index):
                    continue
                if 0xDC00 <= code < 0xE000 and 0xD800 <= ord(found[-1].char) < 0xDC00:
                    whole = (
                        (found[-1].char + chr(code)).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
                    )
                    found[-1] = replace(found[-1], char=whole)
                    continue
                x, y = ctypes.c_double(), ctypes.c_double()
                assert raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
                size = raw.FPDFText_GetFontSize(text.raw, index)
                found.append(Char(number, chr(code), x.value * MM, (height - y.value) * MM, size * MM))
    return found


def rows(found: list[Char], page: int) -> dict[float, list[Char]]:
    """Return the characters of a page by base line, from the top."""
    by_base: dict[float, list[Char]] = {}
    for char in found:
        if char.page == page:
            by_base.setdefault(round(char.base, 1), []).append(char)
    return dict(sorted(by_base.items()))


def fonts(pdf: bytes) -> list[str]:
    """Return what pdffonts says of each font of a PDF."""
    done = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().splitlines()[2:]


def plain(pdf: bytes) -> str:
    """Return the text of a PDF as pdftotext gives it, without white space and page numbers."""
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True
    )
    text = re.sub(r"^— \d+ —$", "", done.stdout.decode("utf-8"), flags=re.M)
    return re.sub(r"—\d+—|\s", "", text)
