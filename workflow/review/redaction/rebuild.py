"""A clean PDF written from pictures alone, page by page, the same bytes every time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from workflow.review.redaction.layer import FONT_OBJECTS, page_text
from workflow.review.redaction.ocr import Word
from workflow.review.redaction.tone import BILEVEL, COLOUR, Stored

#: The catalogue's key for the seal; names with a prefix of their own are free for whoever writes a file.
SEAL_KEY = "GKAI_RedactionSeal"
#: Every word that a copy has by itself; a string that happens to be one of them is looked for in its texts alone.
OWN_WORDS = """obj endobj stream endstream xref trailer startxref %%EOF Type Page Pages Parent MediaBox Resources XObject Font
Contents Subtype Image Width Height ColorSpace DeviceGray DeviceRGB BitsPerComponent Filter CCITTFaxDecode DCTDecode DecodeParms
Columns Rows BlackIs1 true Length Count Kids Catalog Lang zh-CN Size Root GKAI_RedactionSeal gongkai redaction seal tool form
pictures pages legend boxes ground count Type0 BaseFont Unseen Encoding Identity-H DescendantFonts ToUnicode CIDFontType2
FontDescriptor CIDSystemInfo Registry Adobe Ordering Identity Supplement CIDToGIDMap FontName Flags FontBBox ItalicAngle Ascent
Descent CapHeight StemV CIDInit ProcSet findresource begin dict begincmap CMapName Adobe-Identity-UCS def CMapType
begincodespacerange endcodespacerange beginbfrange endbfrange endcmap currentdict defineresource pop end"""
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_CATALOGUE, _PAGES, _FONT = 1, 2, 3


class CleanPdf:
    """Writes pages to a file as they come; keeps nothing of them but where they begin."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._starts: dict[int, int] = {}
        self._kids: list[int] = []
        self._next = _FONT + len(FONT_OBJECTS)
        self._layered = False
        self._digest = hashlib.sha256()
        self._file.write(_HEAD)

    def __enter__(self) -> CleanPdf:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    @property
    def pages_sha256(self) -> str:
        """The hash over the pictures of all pages so far, in their order."""
        return self._digest.hexdigest()

    def add(self, size: tuple[float, float], picture: Stored, words: Sequence[Word] = ()) -> None:
        """Write one page.

        :param size: width and height in points
        :param words: what was read in the finished picture, in its pixels; set unseen so that it can be searched
        """
        image, content, page = self._next, self._next + 1, self._next + 2
        self._next += 3
        width, height = (f"{value:.2f}".rstrip("0").rstrip(".") for value in size)
        self._digest.update(hashlib.sha256(picture.data).digest())
        self._object(image, _image(picture), picture.data)
        drawn = f"q {width} 0 0 {height} 0 0 cm /I Do Q".encode()
        fonts = ""
        if words:
            self._layered = True
            drawn += b"\n" + page_text(words, size, picture)
            fonts = f"/Font<</F {_FONT} 0 R>>"
        self._object(content, "", drawn)
        self._object(
            page,
            f"<</Type/Page/Parent {_PAGES} 0 R/MediaBox[0 0 {width} {height}]"
            f"/Resources<</XObject<</I {image} 0 R>>{fonts}>>/Contents {content} 0 R>>",
        )
        self._kids.append(page)

    def finish(self, seal: bytes) -> None:
        """Write what ends the file.

        :param seal: the certificate's part that travels with the copy, as JSON
        """
        sealed = self._next
        self._object(sealed, "", seal)
        kids = " ".join(f"{kid} 0 R" for kid in self._kids)
        self._object(_PAGES, f"<</Type/Pages/Count {len(self._kids)}/Kids[{kids}]>>")
        if self._layered:
            for number, (head, data) in enumerate(FONT_OBJECTS, _FONT):
                self._object(number, head, data)
        self._object(_CATALOGUE, f"<</Type/Catalog/Pages {_PAGES} 0 R/Lang(zh-CN)/{SEAL_KEY} {sealed} 0 R>>")
        self._table(sealed + 1)

    def _object(self, number: int, head: str, data: bytes | None = None) -> None:
        self._starts[number] = self._file.tell()
        self._file.write(f"{number} 0 obj\n".encode())
        if data is None:
            self._file.write(head.encode())
        else:
            self._file.write(f"<<{head}/Length {len(data)}>>stream\n".encode())
            self._file.write(data)
            self._file.write(b"\nendstream")
        self._file.write(b"\nendobj\n")

    def _table(self, size: int) -> None:
        start = self._file.tell()
        lines = [b"0000000000 65535 f \n"]
        for number in range(1, size):
            at = self._starts.get(number)
            # A number left out, such as the font's where nothing is set in it, is a free entry.
            lines.append(b"0000000000 65535 f \n" if at is None else f"{at:010d} 00000 n \n".encode())
        self._file.write(f"xref\n0 {size}\n".encode() + b"".join(lines))
        self._file.write(
            f"trailer\n<</Size {size}/Root {_CATALOGUE} 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
        )


def _image(picture: Stored) -> str:
    known = f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}"
    if picture.kind == BILEVEL:
        parameters = f"/K -1/Columns {picture.width}/Rows {picture.height}/BlackIs1 true"
        return f"{known}/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<<{parameters}>>"
    space = "DeviceRGB" if picture.kind == COLOUR else "DeviceGray"
    return f"{known}/ColorSpace/{space}/BitsPerComponent 8/Filter/DCTDecode"
