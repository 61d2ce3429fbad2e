"""What a source holds beside its pages, all of which the copy is made without: counted, never repeated."""

from __future__ import annotations

from pathlib import Path

import pikepdf

from workflow.review.redaction.pages import open_source
from workflow.review.redaction.probe.pdf_streams import revisions


def dropped_from(source: Path) -> dict[str, int]:
    """Return how many of each thing a source has that its copy has not, by names for the certificate."""
    with open_source(source) as opened:
        if opened.kind != "pdf":
            return {"元数据": 1}
    try:
        with pikepdf.open(source) as pdf:
            found = _counted(pdf)
    except (pikepdf.PdfError, AttributeError, TypeError, ValueError):
        # pdfium shows more damaged files than qpdf reads: the copy is made of what is shown alone all the same.
        return {"原件结构不完好，页面以外的内容没有清点": 1}
    found["早期版本"] = len(revisions(source.read_bytes()))
    return {name: number for name, number in found.items() if number}


def _counted(pdf: pikepdf.Pdf) -> dict[str, int]:
    root = pdf.Root
    form = root.get("/AcroForm")
    annotations = [
        one
        for page in pdf.pages
        for one in page.obj.get("/Annots", [])
        if isinstance(one, pikepdf.Dictionary)
    ]
    layers = root.get("/OCProperties")
    return {
        "文档属性": len(pdf.trailer.get("/Info", {}).keys()) if "/Info" in pdf.trailer else 0,
        "元数据（XMP）": int("/Metadata" in root),
        "附件": len(pdf.attachments),
        "书签": _outlines(root.get("/Outlines")),
        "批注": sum(1 for one in annotations if one.get("/Subtype") not in ("/Widget", "/Link")),
        "链接": sum(1 for one in annotations if one.get("/Subtype") == "/Link"),
        "表单域": len(form.get("/Fields", [])) if isinstance(form, pikepdf.Dictionary) else 0,
        "图层": len(layers.get("/OCGs", [])) if isinstance(layers, pikepdf.Dictionary) else 0,
        "结构树（替代文本）": int("/StructTreeRoot" in root),
        "动作和脚本": sum(1 for key in ("/OpenAction", "/AA") if key in root)
        + int("/JavaScript" in root.get("/Names", {})),
    }


def _outlines(top: pikepdf.Object | None) -> int:
    if not isinstance(top, pikepdf.Dictionary):
        return 0
    count, seen, waiting = 0, set(), [top.get("/First")]
    while waiting:
        item = waiting.pop()
        if not isinstance(item, pikepdf.Dictionary) or item.objgen in seen:
            continue
        seen.add(item.objgen)
        count += 1
        waiting += [item.get("/Next"), item.get("/First")]
    return count
