"""A checker of structure for PDF/A-2, conformance B (ISO 19005-2); the numbers are its clauses."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
from fontTools.ttLib import TTFont

OPERATORS = (
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG "
    "rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \""
)
ALLOWED = frozenset(OPERATORS.split(" "))
FILTERS = {"/FlateDecode", "/DCTDecode", "/RunLengthDecode", "/ASCIIHexDecode", "/ASCII85Decode", "/CCITTFaxDecode"}  # fmt: skip
# Only these two say where to go; everything else an action can do is forbidden or of no use in a letter.
ACTIONS = {"/GoTo", "/URI"}
FORBIDDEN_IN_CATALOG = ("/AA", "/Requirements", "/OCProperties", "/Collection")
XMP = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
DEEPEST_STATE, LONGEST_STRING, LONGEST_NAME = 28, 32767, 127


def faults(content: bytes) -> list[str]:
    """Return what stands against the standard, nothing for a file without a fault."""
    found = list(_file(content))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found += _objects(pdf)
        found += _catalog(pdf)
        found += _metadata(pdf)
        for number, page in enumerate(pdf.pages, 1):
            found += [f"page {number}: {fault}" for fault in _page(page)]
    return found


def _file(content: bytes) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[0-7][\r\n]+%[\x80-\xff]{4}", content):
        yield "6.1.2: the header is not that of PDF 1 followed by four bytes beyond ASCII"
    if not re.search(rb"%%EOF\r?\n?\Z", content):
        yield "6.1.3: something follows the end of the file"
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if "/ID" not in pdf.trailer:
            yield "6.1.3: no identifier"
        if "/Encrypt" in pdf.trailer:
            yield "6.1.3: encrypted"
        if complaints := pdf.check_pdf_syntax():
            yield f"6.1: {complaints}"


def _objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    for thing in pdf.objects:
        yield from _values(thing)
        if isinstance(thing, pikepdf.Stream):
            if {"/F", "/FFilter", "/FDecodeParms"} & set(thing.keys()):
                yield "6.1.7.1: a stream lies outside the file"
            names = thing.get("/Filter", pikepdf.Array([]))
            for name in [names] if isinstance(names, pikepdf.Name) else names:
                if str(name) not in FILTERS:
                    yield f"6.1.7.2: filter {name}"
            if str(thing.get("/Subtype", "")) == "/PS" or "/Ref" in thing or "/OPI" in thing:
                yield "6.2.9: a form XObject with PostScript, a reference or an OPI entry"
            if str(thing.get("/Subtype", "")) == "/Image":
                yield from _image(thing)
        if isinstance(thing, pikepdf.Dictionary):
            if str(thing.get("/S", "")) in (
                "/JavaScript",
                "/Launch",
                "/Sound",
                "/Movie",
                "/ResetForm",
                "/ImportData",
            ):
                yield f"6.5.1: action {thing.S}"
            if str(thing.get("/Type", "")) == "/ExtGState":
                yield from _state(thing)
            if str(thing.get("/Type", "")) == "/Filespec" or "/EF" in thing:
                yield "6.8: an embedded file"


def _values(thing: Any) -> Iterator[str]:
    if isinstance(thing, pikepdf.String) and len(bytes(thing)) > LONGEST_STRING:
        yield "6.1.13: a string is too long"
    if isinstance(thing, pikepdf.Name) and len(str(thing)) > LONGEST_NAME:
        yield "6.1.13: a name is too long"


def _image(image: Any) -> Iterator[str]:
    if "/Alternates" in image or "/OPI" in image or image.get("/Interpolate", False):
        yield "6.2.8: an image with alternates, OPI or interpolation"
    if "/SMask" in image and str(image.SMask.get("/ColorSpace", "")) != "/DeviceGray":
        yield "6.2.10: a soft mask that is not grey"
    if str(image.get("/ColorSpace", "/DeviceGray")) not in ("/DeviceRGB", "/DeviceGray"):
        yield f"6.2.4.3: an image in {image.ColorSpace}"


def _state(state: Any) -> Iterator[str]:
    if {"/TR", "/HTP"} & set(state.keys()) or str(state.get("/TR2", "/Default")) != "/Default":
        yield "6.2.5: a transfer function"


def _catalog(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    yield from (f"6.5.2 ff.: {key} in the catalog" for key in FORBIDDEN_IN_CATALOG if key in root)
    if "/OpenAction" in root and isinstance(root.OpenAction, pikepdf.Dictionary):
        yield "6.5.1: an action when the file is opened"
    names = root.get("/Names", {})
    yield from (
        f"6.8, 6.11: {key}"
        for key in ("/JavaScript", "/EmbeddedFiles", "/AlternatePresentations")
        if key in names
    )
    if "/AcroForm" in root and ("/XFA" in root.AcroForm or root.AcroForm.get("/NeedAppearances", False)):
        yield "6.4: a form without appearances or with XFA"
    intents = [i for i in root.get("/OutputIntents", []) if str(i.S) == "/GTS_PDFA1"]
    if len(intents) != 1:
        yield "6.2.3: not exactly one output intent"
        return
    profile = intents[0].DestOutputProfile
    data = profile.read_bytes()
    if data[36:40] != b"acsp" or int.from_bytes(data[:4], "big") != len(data) or data[8] > 4:
        yield "6.2.3: no ICC profile of a version up to 4"
    if data[12:16] not in (b"mntr", b"prtr") or data[16:20] != b"RGB " or profile.N != 3:
        yield "6.2.3: the profile is not for RGB"


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/Metadata" not in pdf.Root:
        yield "6.6.2: no metadata"
        return
    stream = pdf.Root.Metadata
    if (str(stream.get("/Type")), str(stream.get("/Subtype"))) != (
        "/Metadata",
        "/XML",
    ) or "/Filter" in stream:
        yield "6.6.2: the metadata is no plain XML stream"
    try:
        tree = ET.fromstring(stream.read_bytes())
    except ET.ParseError as error:
        yield f"6.6.2: {error}"
        return
    said = {name: _told(tree, name) or "" for name in ("pdfaid:part", "pdfaid:conformance")}
    if said != {"pdfaid:part": "2", "pdfaid:conformance": "B"}:
        yield f"6.6.4: it calls itself {said}"
    pairs = {
        "/Title": "dc:title/rdf:Alt/rdf:li", "/Author": "dc:creator/rdf:Seq/rdf:li", "/Creator": "xmp:CreatorTool",
        "/Producer": "pdf:Producer", "/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate",
    }  # fmt: skip
    for key, value in pdf.docinfo.items():
        if key not in pairs:
            yield f"6.6.3: {key} has no twin in the metadata"
        elif _plain(_told(tree, pairs[key])) != _plain(str(value)):
            yield f"6.6.3: {key} differs from the metadata"


def _told(tree: ET.Element, name: str) -> str | None:
    """Return a property of the metadata, which may be an element or, where it is simple, an attribute."""
    prefix, _, last = name.rpartition("/")[2].partition(":")
    attribute = f"{{{XMP[prefix]}}}{last}"
    held = next((e.get(attribute) for e in tree.iter() if e.get(attribute)), None)
    return tree.findtext(f".//{name}", namespaces=XMP) or held


def _plain(value: str | None) -> str:
    """Return a date of either kind as its digits, UTC as no offset; other values as they are."""
    text = value or ""
    if not re.match(r"D:\d|\d{4}-\d\d-\d\dT", text):
        return text
    return re.sub(r"\D", "", re.sub(r"Z$|[+]00[:']?00'?$", "", text))


def _page(page: pikepdf.Page) -> Iterator[str]:
    if "/Group" in page or "/AA" in page or "/PresSteps" in page:
        yield "6.2.10, 6.5.2, 6.10: a group, actions or steps"
    for note in page.get("/Annots", []):
        if str(note.Subtype) not in ("/Link", "/Widget") or ("/A" in note and str(note.A.S) not in ACTIONS):
            yield f"6.3.1: annotation {note.Subtype}"
        if str(note.Subtype) != "/Link" and not int(note.get("/F", 0)) & 4:
            yield "6.3.2: an annotation that is not printed"
    fonts = page.resources.get("/Font", {})
    used: dict[str, set[int]] = {name: set() for name in fonts}
    yield from _content(page, used)
    for name, codes in used.items():
        if codes:
            yield from _font(name, fonts[name], codes)


def _content(page: pikepdf.Page, used: dict[str, set[int]]) -> Iterator[str]:
    """Look at the operators of a page, and note which codes of which fonts it shows."""
    deep = 0
    font = ""
    for operands, operator in pikepdf.parse_content_stream(page):
        word = str(operator)
        if word not in ALLOWED:
            yield f"6.2.2: operator {word}"
        if word in ("k", "K"):
            yield "6.2.4.3: a colour in CMYK"
        deep += (word == "q") - (word == "Q")
        if deep > DEEPEST_STATE:
            yield "6.1.13: states too deep"
        if word == "Tf":
            font = str(operands[0])
        if word in ("Tj", "TJ"):
            for piece in [operands[0]] if word == "Tj" else operands[0]:
                if isinstance(piece, pikepdf.String):
                    data = bytes(piece)
                    used[font] |= {int.from_bytes(data[n : n + 2], "big") for n in range(0, len(data), 2)}


def _font(name: str, font: Any, codes: set[int]) -> Iterator[str]:
    if str(font.Subtype) != "/Type0" or str(font.Encoding) != "/Identity-H":
        yield f"6.2.11.3: {name} is not of the kind this house writes"
        return
    below = font.DescendantFonts[0]
    if str(below.get("/CIDToGIDMap", "")) != "/Identity":
        yield f"6.2.11.3.2: {name} has no map from codes to glyphs"
    if "/FontFile2" not in below.FontDescriptor:
        yield f"6.2.11.4: {name} is not embedded"
        return
    if not re.match(r"/[A-Z]{6}\+", str(font.BaseFont)) or below.BaseFont != font.BaseFont:
        yield f"6.2.11.4.2: {name} is a subset without a tag"
    data = below.FontDescriptor.FontFile2.read_bytes()
    program = TTFont(io.BytesIO(data), checkChecksums=2)
    count, em = program["maxp"].numGlyphs, program["head"].unitsPerEm
    if 0 in codes or max(codes) >= count:
        yield f"6.2.11.8: {name} shows a glyph that is missing"
        return
    widths = _widths(below)
    for code in codes:
        wanted = program["hmtx"][program.getGlyphName(code)][0] * 1000 / em
        if abs(widths.get(code, float(below.DW)) - wanted) > 1:
            yield f"6.2.11.5: {name}, glyph {code}: the width differs from the font's"
    told = font.ToUnicode.read_bytes().decode("ascii") if "/ToUnicode" in font else ""
    mapped = {int(code, 16) for code in re.findall(r"^<([0-9A-F]{4})><[0-9A-F]+>$", told, re.M)}
    if codes - mapped:
        yield f"6.2.11.7: {name} shows glyphs that no reader can tell"


def _widths(below: Any) -> dict[int, float]:
    found: dict[int, float] = {}
    row = list(below.get("/W", []))
    for first, values in zip(row[::2], row[1::2], strict=True):
        found.update({int(first) + n: float(value) for n, value in enumerate(values)})
    return found
