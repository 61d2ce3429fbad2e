"""Every object of a PDF file, reached or not, with the words for where it lies."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2

from workflow.review.redaction.glyphs import glyphs_of
from workflow.review.redaction.locate import Reading
from workflow.review.redaction.probe.fonts import font_pieces
from workflow.review.redaction.probe.pdf_streams import shown_strings, unpacked
from workflow.review.redaction.probe.picture import beside_the_pixels
from workflow.review.redaction.probe.pieces import Data, Note, Piece, Text, Unread, decoded, markup, runs

if TYPE_CHECKING:
    from workflow.review.redaction.probe.kinds import Reader

#: What a key leads to, in words; the deepest one on the way names the place.
_PLACES = {
    "/Info": "文档属性", "/Metadata": "元数据（XMP）", "/Outlines": "书签", "/Annots": "批注", "/AcroForm": "表单域",
    "/EmbeddedFiles": "附件", "/AF": "附件", "/StructTreeRoot": "结构树", "/OCProperties": "图层", "/JavaScript": "脚本",
    "/OpenAction": "动作", "/AA": "动作", "/A": "动作", "/PieceInfo": "应用私有数据", "/Thumb": "缩略图", "/Font": "字体",
    "/XObject": "图形对象", "/Contents": "页面内容", "/PageLabels": "页码标签", "/Dests": "目标名称", "/ID": "文件标识",
    "/Encrypt": "加密字典", "/Properties": "页面属性列表", "/XFA": "表单域（XFA）", "/Collection": "附件包",
    "/FontFile": "字体程序", "/FontFile2": "字体程序", "/FontFile3": "字体程序", "/ToUnicode": "字体编码",
    "/DSS": "签名数据", "/Perms": "权限签名", "/Legal": "法律声明", "/Threads": "文章线索", "/URI": "链接",
}  # fmt: skip
_KEYS = {
    "/Alt": "替代文本", "/ActualText": "替代文本", "/E": "缩写全称", "/Contents": "批注内容", "/TU": "表单域提示",
    "/V": "表单域值", "/DV": "表单域默认值", "/T": "标题", "/Title": "标题", "/Subj": "主题",
}  # fmt: skip
_MOST_FORMS = 400
_HASH = re.compile(rb"#([0-9A-Fa-f]{2})")
_FONT_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


def object_pieces(pdf: pikepdf.Pdf, place: str, reader: Reader) -> Iterator[Piece]:
    """Yield the strings, names and streams of every object."""
    walk = _Walk(place, reader)
    trailer = pdf.trailer
    yield from walk.below(trailer.get("/Info"), "文档属性", None)
    for number, page in enumerate(pdf.pages, 1):
        yield from walk.below(page.obj, "", number)
    for key in list(trailer):
        yield from walk.below(trailer[key], _PLACES.get(key, ""), None)
    for number, found in enumerate(pdf.objects):
        # A number or a truth value comes as Python's own.
        if isinstance(found, pikepdf.Object) and found.objgen not in walk.seen:
            yield from walk.below(found, f"未被引用的对象{number}", None)
    yield from _forms(walk.forms, place)


class _Walk:
    """Goes through objects once each."""

    def __init__(self, place: str, reader: Reader) -> None:
        self.seen: set[tuple[int, int]] = set()
        self.forms: list[tuple[str, pikepdf.Object]] = []
        self._place, self._reader = place, reader

    def below(self, start: Any, label: str, page: int | None) -> Iterator[Piece]:
        """Yield everything an object leads to that was not seen before."""
        waiting: list[tuple[Any, str, str, int | None]] = [(start, label, "", page)]
        while waiting:
            found, label, key, page = waiting.pop()
            if isinstance(found, (bytes, str)):
                yield Text(self._where(label, key, page), str(found), page)
                continue
            if not isinstance(found, pikepdf.Object):
                continue
            if found.is_indirect and found.objgen != (0, 0):
                if found.objgen in self.seen:
                    continue
                self.seen.add(found.objgen)
            try:
                yield from self._one(found, label, key, page, waiting)
            except UnicodeDecodeError:
                # A name in it is no UTF-8: it is searched as it is written; what it refers to comes by itself.
                where, written = self._where(label, key, page), found.unparse(resolved=True)
                yield Text(where, decoded(_hashes_undone(written)), page)
                yield Data(where, written, page)

    def _one(
        self,
        found: pikepdf.Object,
        label: str,
        key: str,
        page: int | None,
        waiting: list[tuple[Any, str, str, int | None]],
    ) -> Iterator[Piece]:
        where = self._where(label, key, page)
        if isinstance(found, pikepdf.String):
            yield from _string(where, found, page)
        elif isinstance(found, pikepdf.Name):
            yield Text(where, _name(str(found)), page, structural=True)
        elif isinstance(found, pikepdf.Array):
            waiting += [(item, label, key, page) for item in reversed(list(found))]
        elif isinstance(found, pikepdf.Stream):
            yield from self._stream(found, label, key, page)
            waiting += self._items(found, label, page)
        elif isinstance(found, pikepdf.Dictionary):
            keys = "\n".join(map(_name, found.keys()))
            yield Text(self._where(label, "", page) + "（键名）", keys, page, structural=True)
            waiting += self._items(found, label, page)

    def _items(
        self, found: pikepdf.Object, label: str, page: int | None
    ) -> list[tuple[Any, str, str, int | None]]:
        if "/FT" in found or found.get("/Subtype") == "/Widget":
            label = "表单域"
        items = []
        for key in reversed(list(found.keys())):
            # These lead back up; what lies there has its own place.
            if key in ("/Parent", "/P") and isinstance(found[key], pikepdf.Dictionary):
                continue
            named = _PLACES.get(key) if not (key == "/Contents" and label) else None
            items.append((found[key], named or label, key, page))
        return items

    def _where(self, label: str, key: str, page: int | None) -> str:
        told = [f"第{page}页"] if page else []
        inner = "" if key == "/Contents" and label != "批注" else _KEYS.get(key, "")
        told += [word for word in (label, inner) if word and word not in told]
        return self._place + ("".join(told[:1]) + " ".join(told[1:]) if told else "文档目录")

    def _stream(self, found: pikepdf.Stream, label: str, key: str, page: int | None) -> Iterator[Piece]:
        where = self._where(label, key, page)
        data, unread = unpacked(found, where)
        if unread is not None:
            yield unread
        if found.get("/Type") == "/EmbeddedFile" or label == "附件":
            yield from self._attachment(data, where)
            return
        yield Data(where, data, page)
        kind, subtype = found.get("/Type"), found.get("/Subtype")
        if kind == "/Metadata" or subtype == "/XML" or data[:100].lstrip()[:1] == b"<":
            yield from markup(where, data, page)
        elif subtype == "/Image":
            yield from _image(found, data, where)
        elif key in _FONT_PROGRAMS:
            yield from font_pieces(data, where, page)
        elif kind == "/ObjStm" or kind == "/XRef":
            yield Text(where, runs(data) if kind == "/ObjStm" else "", page, faint=True)
        else:
            yield from self._content(found, data, where, page)

    def _content(self, found: pikepdf.Stream, data: bytes, where: str, page: int | None) -> Iterator[Piece]:
        plain, hexed = shown_strings(data)
        yield Text(where, plain.decode("latin-1"), page)
        yield Text(where, decoded(plain), page)
        yield Text(where, decoded(hexed), page)
        yield Text(where, hexed.decode("utf-16-be", "replace"), page)
        yield Data(where, plain + b"\n" + hexed, page)
        if found.get("/Subtype") == "/Form" and len(self.forms) < _MOST_FORMS:
            self.forms.append((where, found))

    def _attachment(self, data: bytes, where: str) -> Iterator[Piece]:
        from workflow.review.redaction.probe.kinds import pieces_of

        yield from pieces_of(data, "", where, self._reader)


def _string(where: str, found: pikepdf.String, page: int | None) -> Iterator[Piece]:
    raw = bytes(found)
    yield Text(where, str(found), page)
    yield Data(where, raw, page)
    if len(raw) >= 6 and not raw.isascii():
        yield Text(where, decoded(raw), page)


def _name(name: str) -> str:
    """Return a name with its #xx written out."""
    return decoded(_hashes_undone(name.encode("utf-8", "surrogateescape"))) if "#" in name else name


def _hashes_undone(written: bytes) -> bytes:
    return _HASH.sub(lambda found: bytes([int(found[1], 16)]), written)


def _image(found: pikepdf.Stream, data: bytes, where: str) -> Iterator[Piece]:
    from PIL import Image, UnidentifiedImageError

    if data[:3] != b"\xff\xd8\xff" and b"jP" not in data[:16]:
        return
    try:
        with Image.open(io.BytesIO(data)) as image:
            yield from beside_the_pixels(image, f"{where}内图像")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        yield Note(f"{where}有一幅图像无法读取，只检查了其字节")


def _forms(forms: list[tuple[str, pikepdf.Object]], place: str) -> Iterator[Piece]:
    """Yield the text of graphics that may be on no page, read with their own fonts: hidden comments, other states of a field."""
    if not forms:
        return
    try:
        held = pikepdf.new()
        for _, form in forms:
            page = held.add_blank_page(page_size=(2000, 2000))
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=held.copy_foreign(form)))
            page.obj.Contents = held.make_stream(b"q 1 0 0 1 500 500 cm /X Do Q")
        made = io.BytesIO()
        held.save(made)
        with pypdfium2.PdfDocument(made.getvalue()) as document:
            for (where, _), page in zip(forms, document, strict=True):
                for text in Reading(glyphs_of(page)).texts():
                    yield Text(where, text, faint=True)
                page.close()
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, pypdfium2.PdfiumError) as error:
        yield Unread(f"{place}图形对象", f"无法取出其中的文字（{error}）")
