"""The structure of a document, by which a screen reader tells it: headings, paragraphs, tables (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from reportlab.pdfbase.pdfdoc import PDFName

from letters.typeset.model import ORNAMENT, Element
from letters.typeset.pen import Pen, Raw


class Tags:
    """The elements of a document, and which pieces of which pages belong to them."""

    def __init__(self, elements: Sequence[Element]) -> None:
        self.elements = elements
        #: For each page the element of each marked piece, in order.
        self._pieces: dict[int, list[int]] = defaultdict(list)

    def begin(self, element: int, page: int) -> str:
        """Return the operator that begins a piece of an element on a page (from 0)."""
        number = len(self._pieces[page])
        self._pieces[page].append(element)
        return f"/{self.elements[element].kind} <</MCID {number}>> BDC"

    def write(self, pen: Pen) -> None:
        """Write the tree of elements into a document whose pages are finished."""
        if not self.elements:
            return
        root, whole = Raw(), Raw()
        made = [Raw() for _ in self.elements]
        root_at, whole_at = pen.reference(root), pen.reference(whole)
        # A cell that another reaches over is no element.
        places = [pen.reference(raw) if e.kind else "" for raw, e in zip(made, self.elements, strict=True)]
        pages = [pen.reference(page) for page in pen.pages]
        kids: dict[int, list[str]] = defaultdict(list)
        for number, element in enumerate(self.elements):
            if element.parent != ORNAMENT and element.kind:
                kids[element.parent].append(places[number])
        for index, pieces in sorted(self._pieces.items()):
            for mark, number in enumerate(pieces):
                kids[number].append(f"<</Type/MCR/Pg {pages[index]}/MCID {mark}>>")
        for number, element in enumerate(self.elements):
            parent = whole_at if element.parent == ORNAMENT else places[element.parent]
            made[
                number
            ].text = f"<</Type/StructElem/S/{element.kind}/P {parent}/K[{' '.join(kids[number])}]{_more(element)}>>"
        top = [place for place, e in zip(places, self.elements, strict=True) if e.parent == ORNAMENT]
        whole.text = f"<</Type/StructElem/S/Document/P {root_at}/K[{' '.join(top)}]>>"
        rows = (
            f"{index}[{' '.join(places[number] for number in pieces)}]"
            for index, pieces in sorted(self._pieces.items())
        )
        root.text = f"<</Type/StructTreeRoot/K {whole_at}/ParentTree<</Nums[{' '.join(rows)}]>>>>"
        pen.catalog.StructTreeRoot = root
        pen.catalog.MarkInfo = Raw("<</Marked true>>")
        for index, page in enumerate(pen.pages):
            # Which entries a page writes is a list of its own class; this page has two more.
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = index, PDFName("S")


def _more(element: Element) -> str:
    """Return what a reader is told of an element beside its text: the words of a figure, what a cell reaches over."""
    if element.words:
        return f"/Alt<FEFF{element.words.encode('utf-16-be').hex().upper()}>"
    about = "".join((
        f"/ColSpan {element.columns}" if element.columns > 1 else "",
        f"/RowSpan {element.rows}" if element.rows > 1 else "",
        f"/Scope/{element.scope}" if element.scope else "",
    ))  # fmt: skip
    return f"/A<</O/Table{about}>>" if about else ""
