"""Files made for tests: a PDF with text where it is wanted, office documents, mails, pictures."""

import io
import zipfile
from email.message import EmailMessage

import docx
import openpyxl
import segno
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.house.tree import ROOT

HEIGHT = 842
#: A public portrait, square, the face in its middle.
PORTRAIT = ROOT / "tests/data/faces/portrait.jpg"


def pdf(*pages, turn=0):
    """Make a PDF; each page a list of (x, y from the top, text, size)."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, HEIGHT))
    for page in pages:
        if turn:
            canvas.setPageRotation(turn)
        for x, y, text, size in page:
            canvas.setFont("STSong-Light", size)
            canvas.drawString(x, HEIGHT - y, text)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def signed(line, x, y, at):
    """Make a PDF with a line of text and, as a picture, a scribble of 60 by 20 points with its top left corner at a place."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    image = Image.new("RGB", (240, 80), "white")
    ImageDraw.Draw(image).line(
        [(8, 60), (60, 10), (90, 70), (140, 16), (170, 66), (230, 30)], fill=(20, 30, 120), width=6
    )
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, HEIGHT))
    canvas.drawImage(ImageReader(image), at[0], HEIGHT - at[1] - 20, 60, 20)
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(x, HEIGHT - y, line)
    canvas.save()
    return held.getvalue()


def table(rows, columns, top=100, step=24, size=12):
    """Place rows of cells at the given x of their columns; empty cells leave nothing."""
    return [
        (x, top + step * number, cell, size)
        for number, row in enumerate(rows)
        for x, cell in zip(columns, row, strict=True)
        if cell
    ]


def word(paragraphs=(), rows=(), header=""):
    """Make a docx with paragraphs, one table and a header."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        made = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, cells in zip(made.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    if header:
        document.sections[0].header.paragraphs[0].text = header
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def workbook(rows, hidden=(), comment=""):
    """Make an xlsx with a sheet, a hidden sheet and a comment."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if comment:
        book.active["A1"].comment = openpyxl.comments.Comment(comment, "x")
    if hidden:
        sheet = book.create_sheet("底稿")
        sheet.sheet_state = "hidden"
        for row in hidden:
            sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def mail(sender, body, **files):
    """Make a mail with files hanging on it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "xxgk@example.gov.cn", "补充材料"
    message.set_content(body)
    for name, content in files.items():
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name.replace("__", ".")
        )
    return bytes(message)


def odt(paragraph, rows):
    """Make the little of an ODF text that a reader needs."""
    space = 'xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:b="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    cells = "".join(
        "<b:table-row>"
        + "".join(f"<b:table-cell><t:p>{c}</t:p></b:table-cell>" for c in row)
        + "</b:table-row>"
        for row in rows
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr(
            "content.xml", f"<o:d {space}><t:p>{paragraph}</t:p><b:table>{cells}</b:table></o:d>"
        )
    return held.getvalue()


def picture(code="", seal=None, photo=None):
    """Make a scan of A4 at 100 dpi with a QR code at (400, 600) points, a round red seal around a place in points, and a
    photograph: left, top and width in points."""
    image = Image.new("RGB", (827, 1169), "white")
    if code:
        held = io.BytesIO()
        segno.make(code).save(held, kind="png", scale=4)
        image.paste(Image.open(held).convert("RGB"), (round(400 * 100 / 72), round(600 * 100 / 72)))
    if photo:
        x, y, width = (round(value * 100 / 72) for value in photo)
        image.paste(Image.open(PORTRAIT).resize((width, width)), (x, y))
    if seal:
        x, y, radius = (value * 100 / 72 for value in seal)
        ImageDraw.Draw(image).ellipse(
            (x - radius, y - radius, x + radius, y + radius), outline=(214, 30, 40), width=6
        )
    held = io.BytesIO()
    image.save(held, "PNG", dpi=(100, 100))
    return held.getvalue()
