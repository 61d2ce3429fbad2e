"""ReportLab's canvas as we use it: no font of its own, objects written as they are."""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace
from typing import Any

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFDocument, PDFName, PDFObject, PDFStream, PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from letters.typeset.measures import PAGE_HEIGHT, PAGE_WIDTH
from letters.typeset.model import Stamp
from letters.typeset.subset import Subset

# Streams as they are: text encoding would make them a quarter larger and slower.
rl_config.useA85 = 0
# A canvas begins with a font, and its own would be named in every file without being embedded. This one is never
# written: a font that is made while the file is made is asked for only where a text uses it.
NO_FONT = "letters-none"
pdfmetrics.registerFont(
    SimpleNamespace(fontName=NO_FONT, face=SimpleNamespace(name=NO_FONT), _dynamicFont=1, _multiByte=0)
)
PDF_VERSION = (1, 7)
SYMBOLIC = 4


class Raw(PDFObject):  # type: ignore[misc]
    """An object whose text we write ourselves."""

    __RefOnly__ = 1

    def __init__(self, text: str = "") -> None:
        self.text = text

    def format(self, document: PDFDocument) -> bytes:
        """Return the object as it stands in the file."""
        return self.text.encode("ascii")


class Pen(Canvas):  # type: ignore[misc]
    """A document that is the same bytes every time; its pages are of A4 unless told otherwise (points)."""

    def __init__(self, out: BytesIO, width: float = PAGE_WIDTH, height: float = PAGE_HEIGHT) -> None:
        super().__init__(
            out,
            pagesize=(width, height),
            invariant=1,
            pageCompression=1,
            initialFontName=NO_FONT,
            pdfVersion=PDF_VERSION,
            lang="zh-CN",
        )

    @property
    def catalog(self) -> Any:
        """Return the root of the document; its entries are attributes."""
        return self._doc.Catalog

    @property
    def pages(self) -> list[Any]:
        """Return the pages that are finished; their entries are attributes."""
        return list(self._doc.Pages.pages)

    def seal(self, stamp: Stamp, x: float, y: float) -> None:
        """Draw the picture of a seal about a point (from the lower left corner), its clear ground left clear."""
        picture = ImageReader(BytesIO(stamp.content))
        width, height = picture.getSize()
        tall = stamp.width * height / width
        self.drawImage(picture, x - stamp.width / 2, y - tall / 2, stamp.width, tall, mask="auto")

    def reference(self, made: PDFObject) -> str:
        """Put an object on record and return how others refer to it."""
        name = self._doc.Reference(made).name
        return f"{self._doc.idToObjectNumberAndVersion[name][0]} 0 R"

    def add_font(self, name: str, subset: Subset) -> None:
        """Put a subset into the fonts of all pages under a name."""
        fonts = self._doc.idToObject["BasicFonts"].dict
        fonts[name] = self._doc.Reference(self._type0(subset))

    def _type0(self, subset: Subset) -> Raw:
        """Return a font of two-byte codes that are its glyph numbers (ISO 32000-1, 9.7)."""
        parsed = subset.face.parsed
        file, length = subset.program()
        stream = self._packed({"Length1": length}, file)
        box = " ".join(f"{value:.0f}" for value in parsed.bbox)
        descriptor = Raw(
            f"<</Type/FontDescriptor/FontName/{subset.name}/Flags {SYMBOLIC}/FontBBox[{box}]"
            f"/ItalicAngle {parsed.italicAngle:.0f}/Ascent {parsed.ascent:.0f}/Descent {parsed.descent:.0f}"
            f"/CapHeight {parsed.capHeight:.0f}/StemV {parsed.stemV:.0f}/FontFile2 {self.reference(stream)}>>"
        )
        descendant = Raw(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{subset.name}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {self.reference(descriptor)}/CIDToGIDMap/Identity/DW 1000/W {subset.widths()}>>"
        )
        to_unicode = PDFStream(content=subset.to_unicode())
        to_unicode.filters = [PDFZCompress]
        return Raw(
            f"<</Type/Font/Subtype/Type0/BaseFont/{subset.name}/Encoding/Identity-H"
            f"/DescendantFonts[{self.reference(descendant)}]/ToUnicode {self.reference(to_unicode)}>>"
        )

    def _packed(self, entries: dict[str, Any], data: bytes) -> PDFStream:
        return PDFStream(PDFDictionary({**entries, "Filter": PDFName("FlateDecode")}), data)
