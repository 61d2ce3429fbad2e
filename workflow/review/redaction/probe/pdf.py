"""PDF files: pages as text and as pictures, every object, every earlier revision, every byte."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from workflow.review.redaction.errors import BadSource
from workflow.review.redaction.locate import Reading
from workflow.review.redaction.pages import MOST_PAGES, PdfPage
from workflow.review.redaction.probe.beneath import beneath
from workflow.review.redaction.probe.pdf_objects import object_pieces
from workflow.review.redaction.probe.pdf_streams import carved, comments, revisions, without_tables
from workflow.review.redaction.probe.picture import in_the_pixels
from workflow.review.redaction.probe.pieces import Data, Note, Piece, Text, Unread

if TYPE_CHECKING:
    from workflow.review.redaction.probe.kinds import Reader

_READ_AT = 200


def pdf_pieces(data: bytes, where: str, reader: Reader) -> Iterator[Piece]:
    """Yield everything in a PDF file.

    :raises BadSource: where the file that was asked about cannot be opened; one within another is reported as unread
    """
    place = f"{where} › " if where else ""
    yield Data(f"{place}文件原始字节", without_tables(data), faint=True)
    yield from carved(data, place)
    yield Text(f"{place}对象之外的文字", comments(data), faint=True)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            yield from _whole(pdf, data, place, reader)
    except pikepdf.PasswordError as error:
        if not where:
            raise BadSource("文件设有打开密码，无法检查；请先另存为不加密的文件") from error
        yield Unread(where, "设有打开密码")
    except pikepdf.PdfError as error:
        if not where:
            raise BadSource("文件不是完好的 PDF，无法检查") from error
        yield Unread(where, "不是完好的 PDF")
    for number, revision in enumerate(revisions(data), 1):
        yield from _revision(revision, f"{place}第{number}个早期版本 › ", reader)


def _whole(pdf: pikepdf.Pdf, data: bytes, place: str, reader: Reader) -> Iterator[Piece]:
    yield from _pages(data, place, reader)
    yield from object_pieces(pdf, place, reader)


def _revision(data: bytes, place: str, reader: Reader) -> Iterator[Piece]:
    """Yield an earlier revision; what is no whole file by itself was carved out of the bytes already."""
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
            yield from _pages(data, place, reader)
            yield from object_pieces(pdf, place, reader)
    except (pikepdf.PdfError, pypdfium2.PdfiumError):
        return


def _pages(data: bytes, place: str, reader: Reader) -> Iterator[Piece]:
    try:
        document = pypdfium2.PdfDocument(data)
        document.init_forms()
    except pypdfium2.PdfiumError:
        yield Note(f"{place}页面无法显示，只检查了对象和字节")
        return
    with document:
        for index in range(min(len(document), MOST_PAGES)):
            yield from _page(document, index, place, reader)


def _page(document: pypdfium2.PdfDocument, index: int, place: str, reader: Reader) -> Iterator[Piece]:
    number = index + 1
    try:
        raw = document[index]
        bare = Reading(PdfPage(raw).glyphs())
        yield from _texts(bare, f"{place}第{number}页正文", number)
        if pdfium.FPDFPage_Flatten(raw, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
            raw.close()
            raw = document[index]
            yield from _texts(Reading(PdfPage(raw).glyphs()), f"{place}第{number}页批注或表单域", number)
        page = PdfPage(raw)
        try:
            if reader.read and (page.pictured or not bare.glyphs):
                picture = page.picture(_READ_AT)
                if picture.getextrema()[0] < 200:
                    yield from in_the_pixels(
                        picture,
                        f"{place}第{number}页画面",
                        reader,
                        dpi=page.scale(_READ_AT) * 72,
                        page=number,
                    )
            if reader.read:
                for picture, upright in beneath(raw):
                    where = f"{place}第{number}页被遮住或画在页外的图像"
                    if picture is None:
                        yield Note(f"{where}无法取出，只检查了对象和字节")
                        continue
                    turned = picture.rotate(-90 * upright, expand=True)
                    yield from in_the_pixels(turned, where, reader, page=number)
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        yield Note(f"{place}第{number}页无法显示，只检查了对象和字节")


def _texts(reading: Reading, where: str, number: int) -> Iterator[Piece]:
    for text in reading.texts():
        yield Text(where, text, number)
