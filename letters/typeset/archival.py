"""Turn a drawn document into one for the archive: PDF/A-2, conformance B (ISO 19005-2)."""

from __future__ import annotations

import io
from datetime import date
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Stream, StreamDecodeLevel, String

from letters.typeset.srgb import DESCRIPTION, profile

PRODUCER = "ReportLab, pikepdf"
# What the drawing leaves blank: an entry here would need its twin in the metadata.
UNUSED = ("/Subject", "/Keywords", "/Trapped")
PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def archival(drawn: bytes, *, on: date | None) -> bytes:
    """Return a drawn document with its colour space, its metadata as XMP and an identifier made from its content.

    The document's day is the paper's day, as in the drawing; the same drawing is the same bytes.
    """
    day = on or date(2000, 1, 1)
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        info = pdf.docinfo
        for key in UNUSED:
            if key in info:
                del info[key]
        info["/Producer"] = String(PRODUCER)
        packet = PACKET.format(
            title=escape(str(info["/Title"])),
            author=escape(str(info["/Author"])),
            creator=escape(str(info["/Creator"])),
            producer=PRODUCER,
            day=f"{day.isoformat()}T00:00:00+08:00",
        )
        colours = Stream(pdf, profile(), N=3)
        pdf.Root.OutputIntents = Array(
            [
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name("/GTS_PDFA1"),
                    OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
                    Info=String(DESCRIPTION),
                    DestOutputProfile=pdf.make_indirect(colours),
                )
            ]
        )
        pdf.Root.Metadata = pdf.make_indirect(
            Stream(pdf, packet.encode("utf-8"), Type=Name.Metadata, Subtype=Name.XML)
        )
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
            # What the drawing has packed stays as it is; only what was added is packed now.
            stream_decode_level=StreamDecodeLevel.none,
            preserve_pdfa=False,
            fix_metadata_version=False,
        )
        return out.getvalue()
