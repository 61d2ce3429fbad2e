"""The pages of a file as they are seen: their size, their picture, their characters; one at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from workflow.review.redaction.errors import BadSource
from workflow.review.redaction.glyphs import Glyph, glyphs_of

DPI = 200
_GLANCE = 72
#: A page is drawn smaller rather than with more pixels than this (an A1 drawing at 200 dpi has 31 million).
MOST_PIXELS = 40_000_000
MOST_PAGES = 5_000
_POINTS = 72.0
_PICTURES = {"PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF", "MPO"}
#: A picture on a page is worth reading from this width and height in points on.
_LEGIBLE = 12.0


class Source:
    """A file with pages; closed by `close` or by leaving a `with`."""

    #: The kind for the certificate: `pdf` or `picture`.
    kind = ""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        raise AssertionError("every kind of source counts its pages")

    def page(self, number: int) -> Page:
        """Return a page, from 1; only one is open at a time."""
        raise AssertionError("every kind of source opens its pages")

    def close(self) -> None:
        """Give the file back."""


class Page:
    """One page as it is seen.

    `size` is its width and height in points; `glyphs` are its characters, those included that nobody sees.
    """

    size: tuple[float, float]
    #: Whether something on it can be read only as a picture: an image, outlines, letters without a code.
    pictured = True
    #: Whether a picture on it has shades, so that black and white alone would lose something.
    shaded = True

    def glyphs(self) -> list[Glyph]:
        """Return its characters in the order of the file."""
        return []

    def scale(self, dpi: float) -> float:
        """Return the pixels a point at a resolution, less for a page too large for it."""
        width, height = self.size
        return min(dpi / _POINTS, math.sqrt(MOST_PIXELS / max(1.0, width * height)))

    def picture(self, dpi: float = DPI, *, colour: bool = False) -> Image.Image:
        """Return it drawn, in grey or in colour."""
        raise AssertionError("every kind of page draws itself")

    def glance(self) -> Image.Image:
        """Return it small and in colour, with hard edges where it is drawn, to see what tones it has."""
        return self.picture(_GLANCE, colour=True)

    def close(self) -> None:
        """Give its memory back."""


class PdfSource(Source):
    """A PDF file, with comments and form fields as its viewers show them."""

    kind = "pdf"

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        try:
            self._pdf = pypdfium2.PdfDocument(path)
            self._pdf.init_forms()
        except pypdfium2.PdfiumError as error:
            raise BadSource(_why(error, path)) from error
        if len(self._pdf) == 0:
            raise BadSource(f"{path.name}没有页面，可能已损坏")
        if len(self._pdf) > MOST_PAGES:
            raise BadSource(f"{path.name}有{len(self._pdf)}页，超过{MOST_PAGES}页，请拆分后分别处理")

    def __len__(self) -> int:
        return len(self._pdf)

    def page(self, number: int) -> Page:
        """Return a page with its comments and form fields drawn into it."""
        try:
            page = self._pdf[number - 1]
            if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
                # What was drawn into it counts only once the page is opened anew.
                page.close()
                page = self._pdf[number - 1]
            made = PdfPage(page)
        except pypdfium2.PdfiumError as error:
            raise BadSource(f"{self.path.name}第{number}页无法打开，文件可能已损坏") from error
        if min(made.size) <= 0:
            made.close()
            raise BadSource(
                f"{self.path.name}第{number}页没有可见的范围（裁切框在页面之外），请先更正或打印为 PDF"
            )
        return made

    def close(self) -> None:
        """Give the file back."""
        self._pdf.close()


class PdfPage(Page):
    """A page of a PDF file."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self.size = page.get_size()
        self._look_at_objects()

    def _look_at_objects(self) -> None:
        pictured = shaded = False
        for found in self._page.get_objects(
            filter=(pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING), max_depth=15
        ):
            if found.type == pdfium.FPDF_PAGEOBJ_SHADING:
                shaded = True
                continue
            left, bottom, right, top = found.get_bounds()
            pictured = pictured or min(right - left, top - bottom) >= _LEGIBLE
            shaded = shaded or _bits(found) > 1
        self.pictured, self.shaded = pictured, shaded

    def glyphs(self) -> list[Glyph]:
        """Return its characters, whether they are seen or not."""
        return glyphs_of(self._page)

    def picture(self, dpi: float = DPI, *, colour: bool = False) -> Image.Image:
        """Return it drawn."""
        bitmap = self._page.render(
            scale=self.scale(dpi), grayscale=not colour, may_draw_forms=False, rev_byteorder=colour
        )
        try:
            # The pixels are pdfium's until they are copied.
            return bitmap.to_pil().copy()
        finally:
            bitmap.close()

    def glance(self) -> Image.Image:
        """Return it small and in colour, without soft edges."""
        bitmap = self._page.render(
            scale=self.scale(_GLANCE), may_draw_forms=False, rev_byteorder=True, no_smoothtext=True,
            no_smoothpath=True, no_smoothimage=True,
        )  # fmt: skip
        try:
            return bitmap.to_pil().convert("RGB")
        finally:
            bitmap.close()

    def close(self) -> None:
        """Give its memory back."""
        self._page.close()


def _bits(found: pypdfium2.PdfObject) -> int:
    described = pdfium.FPDF_IMAGEOBJ_METADATA()
    if not pdfium.FPDFImageObj_GetImageMetadata(found.raw, None, described):
        return 8
    return int(described.bits_per_pixel)


class PictureSource(Source):
    """A picture, or a file of several, each a page of the size its resolution says."""

    kind = "picture"

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        try:
            self._image = Image.open(path)
            if self._image.format not in _PICTURES:
                raise BadSource(f"{path.name}是{self._image.format}图片，请另存为 PNG、JPEG 或 TIFF")
            self._count = int(getattr(self._image, "n_frames", 1))
            self._image.verify()
            self._image = Image.open(path)
        except UnidentifiedImageError as error:
            raise BadSource(
                f"{path.name}不是 PDF，也不是 PNG、JPEG、TIFF 图片；办公文档请先打印为 PDF"
            ) from error
        except Image.DecompressionBombError as error:
            raise BadSource(f"{path.name}的像素过多，请降低分辨率后再处理") from error
        except (OSError, SyntaxError, ValueError) as error:
            raise BadSource(f"{path.name}无法读取，图片可能已损坏") from error

    def __len__(self) -> int:
        return self._count

    def page(self, number: int) -> Page:
        """Return one picture, turned as its own data says it is to be seen."""
        try:
            self._image.seek(number - 1)
            dpi = _resolution(self._image)
            frame = ImageOps.exif_transpose(self._image)
            frame.load()
        except Image.DecompressionBombError as error:
            raise BadSource(f"{self.path.name}第{number}页的像素过多，请降低分辨率后再处理") from error
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise BadSource(f"{self.path.name}第{number}页无法读取，图片可能已损坏") from error
        return Picture(frame, dpi)

    def frames(self) -> Iterator[Image.Image]:
        """Go through the pictures as they are stored."""
        return iter(ImageSequence.Iterator(self._image))

    def close(self) -> None:
        """Give the file back."""
        self._image.close()


class Picture(Page):
    """A page that is a picture and nothing else."""

    def __init__(self, image: Image.Image, dpi: float) -> None:
        self._image, self._dpi = image, dpi
        self.size = (image.width * _POINTS / dpi, image.height * _POINTS / dpi)
        self.shaded = image.mode != "1"

    def scale(self, dpi: float) -> float:
        """Return the pixels a point: its own, where it has fewer than asked for."""
        return min(super().scale(dpi), self._dpi / _POINTS)

    def picture(self, dpi: float = DPI, *, colour: bool = False) -> Image.Image:
        """Return it on white, with its own pixels where it has no more than asked for."""
        image = self._image
        if image.mode in ("I;16", "I", "F"):
            # Sixteen bits of grey: Pillow cuts instead of scaling.
            image = image.point(lambda value: value / 256).convert("L")
        if image.has_transparency_data:
            ground = Image.new("RGBA", image.size, "white")
            ground.alpha_composite(image.convert("RGBA"))
            image = ground
        image = image.convert("RGB" if colour else "L")
        wanted = self.scale(dpi)
        size = (
            max(1, math.ceil(self.size[0] * wanted - 1e-6)),
            max(1, math.ceil(self.size[1] * wanted - 1e-6)),
        )
        return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS)


def open_source(path: Path) -> Source:
    """Return the pages of a PDF file or a picture, by what is in it and not by its name.

    :raises BadSource: where it is missing, damaged, locked by a password or of another kind
    """
    try:
        with path.open("rb") as file:
            head = file.read(1024)
    except FileNotFoundError as error:
        raise BadSource(f"文件不存在：{path}") from error
    except IsADirectoryError as error:
        raise BadSource(f"{path}是目录，请指明文件") from error
    except OSError as error:
        raise BadSource(f"文件无法读取：{path}（{error.strerror}）") from error
    if not head:
        raise BadSource(f"{path.name}是空文件")
    # An archive whose first file is a PDF is no PDF: the rest of it would be left out in silence.
    return PdfSource(path) if b"%PDF-" in head and head[:4] != b"PK\x03\x04" else PictureSource(path)


def _resolution(image: Image.Image) -> float:
    """Return the dots an inch a picture claims, or 72, a pixel a point, where it claims nothing sensible."""
    claimed = image.info.get("dpi", (0, 0))
    value = float(claimed[0] or 0) if isinstance(claimed, tuple) and claimed else 0.0
    return value if 50 <= value <= 2400 else _POINTS


def _why(error: pypdfium2.PdfiumError, path: Path) -> str:
    if getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return f"{path.name}设有打开密码，请先用密码打开并另存为不加密的文件"
    return f"{path.name}不是完好的 PDF，无法打开；请用阅读器打开确认，或重新生成"
