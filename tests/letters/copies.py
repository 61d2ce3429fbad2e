"""Working copies for tests: edited as a word processor would, and made hostile by hand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from docx import Document

MAIN = "word/document.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def edited(content: bytes, edit: Callable[[object], None]) -> bytes:
    """Open a copy, let a test edit it, and save it."""
    document = Document(io.BytesIO(content))
    edit(document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def more_words(content: bytes, words: str = "特此说明。") -> bytes:
    """Add a sentence to the first paragraph of a copy."""

    def edit(document: object) -> None:
        found = paragraph(document, "政府信息公开申请（登记编号")
        found.runs[0].text = found.text + words

    return edited(content, edit)


def paragraph(document: object, words: str) -> object:
    """Find the paragraph that holds some words, also within a locked part."""
    from docx.text.paragraph import Paragraph

    for element in document.element.body.iter(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
    ):
        found = Paragraph(element, document)
        if words in found.text:
            return found
    raise LookupError(words)


def rebuilt(
    content: bytes, change: Callable[[dict[str, bytes]], None], *, more: tuple[tuple[str, bytes], ...] = ()
) -> bytes:
    """Take a package apart, let a test change its parts, and pack it again; ``more`` may double a name."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {entry.filename: old.read(entry) for entry in old.infolist()}
    change(parts)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name, held_part in (*parts.items(), *more):
            new.writestr(name, held_part)
    return held.getvalue()


def with_xml(content: bytes, xml: str) -> bytes:
    """Put a paragraph's worth of XML at the end of the body."""

    def change(parts: dict[str, bytes]) -> None:
        text = parts[MAIN].decode()
        parts[MAIN] = re.sub(r"(<w:sectPr)", lambda found: xml + found[1], text, count=1).encode()

    return rebuilt(content, change)


def with_relation(content: bytes, kind: str, target: str, *, outside: bool = True) -> bytes:
    """Add a relation to the main part."""

    def change(parts: dict[str, bytes]) -> None:
        name = "word/_rels/document.xml.rels"
        mode = ' TargetMode="External"' if outside else ""
        kinds = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
        more = f'<Relationship Id="rId999" Type="{kinds}" Target="{target}"{mode}/></Relationships>'
        parts[name] = parts[name].replace(b"</Relationships>", more.encode())

    return rebuilt(content, change)
