"""Try to break a finished copy: its structure, its texts, its bytes, its boxes; one trace, and it does not go out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from mmap import ACCESS_READ, MADV_DONTNEED, mmap

import pikepdf
from PIL import Image, ImageOps

from workflow.review.redaction import ocr
from workflow.review.redaction.burn import Copy, PageFacts, open_identity_numbers
from workflow.review.redaction.errors import Leaks
from workflow.review.redaction.findings import Finding
from workflow.review.redaction.hands import each_page, hands
from workflow.review.redaction.legend import told_pages
from workflow.review.redaction.locate import Reading
from workflow.review.redaction.marks import Box
from workflow.review.redaction.pages import Page
from workflow.review.redaction.probe.pdf_streams import without_tables
from workflow.review.redaction.probe.pieces import Data, Piece, Text
from workflow.review.redaction.probe.run import search
from workflow.review.redaction.probe.secrets import Secrets
from workflow.review.redaction.rebuild import OWN_WORDS, SEAL_KEY

#: A box must be darker than this everywhere but where its ground is written.
_DARK = 100
#: Left out at the edges of a box and around its words, in pixels: a picture on a page is drawn a part of a pixel off.
_RIM, _AROUND_WORDS = 3, 10
#: White words fill less than this part of the place they stand in.
_WORDS = 0.5
#: Crops are read together on sheets, so many on one.
_ON_A_SHEET = 24
#: A copy is opened anew after so many pages.
_FRESH = 64
#: Bytes of a copy that are searched before they leave the memory again.
_AT_ONCE = 4 * 1024 * 1024
_ROOT_KEYS = {"/Type", "/Pages", "/Lang", f"/{SEAL_KEY}"}
_PAGE_KEYS = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
_IMAGE_KEYS = {
    "/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Filter", "/DecodeParms", "/Length",
}  # fmt: skip
_PICTURE = re.compile(rb"/Subtype/Image[^\n]*/Length (\d+)>>stream\n")
_WHITE = [0] * 128 + [255] * 128


@dataclass
class Proof:
    """What was tried, and that nothing was found.

    :param probes: the name of each probe, what it looked at, and its result
    :param copy_sha256: of the file as it was proved
    """

    copy_sha256: str
    probes: list[dict[str, object]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def prove(copy: Copy, *, workers: int | None = None) -> Proof:
    """Try to find in a copy what was burned out of it.

    :returns: the probes and what each looked at
    :raises Leaks: with every trace and where it is; the copy must not go out
    """
    with copy.path.open("rb") as file:
        proof = Proof(hashlib.file_digest(file, "sha256").hexdigest())
    findings: list[Finding] = []
    secrets, asked = _secrets(copy)
    # Grounds are printed on purpose, and the file's own words are the same in every copy.
    unprinted, _ = _secrets(copy, known=[OWN_WORDS, *(one.mark.ground for _, one in copy.burned)])
    _tell(
        proof, "uncovered_identity_numbers", open_identity_numbers(copy), findings, numbers=len(copy.numbers)
    )
    _tell(proof, "structure", list(_structure(copy)), findings, pages=len(copy.pages) + copy.legend_pages)
    if findings:
        # A file that is not built as we build it is not looked at further.
        raise Leaks(findings)
    traces, looked = _among_bytes(copy, unprinted)
    _tell(proof, "bytes_streams_objects", traces, findings, looked=looked, **asked)
    boxes: list[Finding] = []
    crops: dict[str, tuple[int, Image.Image]] = {}
    said = search(_texts(copy, workers or hands(), boxes, crops), secrets)
    _tell(proof, "boxes_are_solid", boxes, findings, boxes=len(copy.burned))
    _tell(proof, "text_of_pages", said.findings, findings, looked=said.looked, **asked)
    _read_crops(copy, crops, unprinted, proof, findings)
    if findings:
        raise Leaks(findings)
    return proof


def _tell(
    proof: Proof, name: str, found: list[Finding], findings: list[Finding], **looked_at: object
) -> None:
    findings += found
    proof.probes.append({"probe": name, "result": "found" if found else "nothing", **looked_at})


def _secrets(copy: Copy, known: Sequence[str] = ()) -> tuple[Secrets, dict[str, int]]:
    """Return what may not be in the copy: the plan's strings, what lies under its marks, identity numbers of the source."""
    texts = [string.text for string in copy.wanted]
    names = [f"strings[{index}]" for index in range(len(texts))]
    # One or two characters under a mark are no secret by themselves; the solid box is their proof.
    under = sorted(text for text in copy.under if len(text) >= 3)
    texts += under
    names += ["遮盖下的文字"] * len(under)
    numbers = sorted(copy.numbers)
    texts += numbers
    names += ["原件中的身份证号码"] * len(numbers)
    return Secrets(texts, names, known=known), {
        "strings": len(copy.wanted),
        "under_marks": len(under),
        "numbers": len(numbers),
    }


def _structure(copy: Copy) -> Iterator[Finding]:
    """Yield a finding for every part of the file that we did not put there."""

    def wrong(what: str, page: int | None = None) -> Finding:
        return Finding(0, "不应有的内容", what, "whole", page)

    with copy.path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        if _first(data, b"%%EOF") != len(data) - len(b"%%EOF\n"):
            yield wrong("早期版本")
    try:
        with pikepdf.open(copy.path) as pdf:
            found = list(_not_ours(pdf, copy))
        if ("页数", None) not in found:
            for start in range(0, len(copy.pages) + copy.legend_pages, _FRESH):
                # Opened anew, since what was read of earlier pages stays in memory.
                with pikepdf.open(copy.path) as pdf:
                    found += _pages_not_ours(pdf, copy, start)
        for what, page in found:
            yield wrong(what, page)
    except pikepdf.PdfError:
        yield wrong("文件结构")


def _first(data: mmap, sought: bytes) -> int:
    """Return where a file first has a series of bytes, -1 where nowhere, without keeping the file in memory."""
    for start in range(0, len(data), _AT_ONCE):
        found = data.find(sought, start, start + _AT_ONCE + len(sought) - 1)
        data.madvise(MADV_DONTNEED)
        if found >= 0:
            return found
    return -1


def _not_ours(pdf: pikepdf.Pdf, copy: Copy) -> Iterator[tuple[str, int | None]]:
    if set(pdf.trailer.keys()) - {"/Size", "/Root"}:
        yield "文件尾", None
    if set(pdf.Root.keys()) != _ROOT_KEYS:
        yield "文档目录", None
    if pdf.Root.get(f"/{SEAL_KEY}", pikepdf.Stream(pdf, b"")).read_bytes() != copy.seal:
        yield "封印", None
    if len(pdf.pages) != len(copy.pages) + copy.legend_pages:
        yield "页数", None


def _pages_not_ours(pdf: pikepdf.Pdf, copy: Copy, start: int) -> Iterator[tuple[str, int | None]]:
    """Yield what of some pages, from a place on, is not as we write it."""
    allowed = {"/XObject", "/Font"} if copy.layer else {"/XObject"}
    for number, page in enumerate(pdf.pages[start : start + _FRESH], start + 1):
        if set(page.obj.keys()) - _PAGE_KEYS or set(page.Resources.keys()) - allowed:
            yield "页面字典", number
        images = page.Resources.get("/XObject", pikepdf.Dictionary())
        if set(images.keys()) != {"/I"} or set(images.I.keys()) - _IMAGE_KEYS:
            yield "图像", number
        elif number <= len(copy.pages):
            stored = hashlib.sha256(images.I.read_raw_bytes()).hexdigest()
            if stored != copy.pages[number - 1].sha256:
                yield "图像与遮盖时不同", number


def _among_bytes(copy: Copy, secrets: Secrets) -> tuple[list[Finding], int]:
    """Search all bytes of the copy, for as many secrets at once as their writings take little memory."""
    looked = 0
    found: list[Finding] = []
    for part in secrets.parts():
        report = search(_bytes(copy), part)
        looked = max(looked, report.looked)
        found += report.findings
    return sorted(found, key=lambda one: (one.secret, one.page or 0, one.where)), looked


def _bytes(copy: Copy) -> Iterator[Piece]:
    """Yield each packed picture by itself, and the file without them and without its table of places."""
    with copy.path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        kept, last = [], 0
        for number in count(1):
            found = _PICTURE.search(data, last)
            if found is None:
                break
            end = found.end() + int(found[1])
            kept.append(data[last : found.end()])
            yield Data(f"第{number}页图像数据", data[found.end() : end], number, packed=True)
            data.madvise(MADV_DONTNEED)
            last = end
        kept.append(data[last:])
        yield Data("文件原始字节", without_tables(b"".join(kept)))
    # As it stands in the file: the structure was compared before.
    yield Text("封印", copy.seal.decode(), structural=True)


@dataclass
class _Looked:
    """What one page of the copy showed.

    :param light: boxes that are not black where they should be
    :param crops: pictures of boxes on which something is written, by the hash of what is written
    """

    number: int
    light: list[int]
    texts: list[str]
    crops: dict[str, Image.Image]


def _texts(
    copy: Copy, workers: int, findings: list[Finding], crops: dict[str, tuple[int, Image.Image]]
) -> Iterator[Piece]:
    """Yield the texts of every page of the copy; note boxes that are not black, and what is written on boxes."""
    jobs = ((page.number, page) for page in copy.pages)
    for looked in each_page(copy.path, jobs, look_at_page, pages=len(copy.pages), workers=workers):
        for index in looked.light:
            findings.append(
                Finding(0, f"第{index + 1}个遮盖", f"第{looked.number}页", "uncovered", looked.number)
            )
        for key, crop in looked.crops.items():
            crops.setdefault(key, (looked.number, crop))
        for text in looked.texts:
            yield Text(f"第{looked.number}页可搜索的文字", text, looked.number)


def look_at_page(page: Page, job: PageFacts) -> _Looked:
    """Return what a page of the copy shows: its text, whether its boxes are black, what is written on them."""
    facts = job
    glyphs = page.glyphs()
    looked = _Looked(facts.number, [], Reading(glyphs).texts() if glyphs else [], {})
    if not facts.burned:
        return looked
    picture = page.picture(facts.scale * 72)
    labels = [
        _pixels(one.label, facts.scale, -_AROUND_WORDS) for one in facts.burned if one.label is not None
    ]
    for index, one in enumerate(facts.burned):
        area = _pixels(one.box, facts.scale, _RIM)
        if area[0] >= area[2] or area[1] >= area[3]:
            continue
        crop = picture.crop(area)
        if crop.getextrema()[1] < _DARK:
            continue
        for label in labels:
            # The words are white on black: no more of their place may be light than words are.
            within = (label[0] - area[0], label[1] - area[1], label[2] - area[0], label[3] - area[1])
            light = sum(crop.crop(within).histogram()[128:])
            if light <= _WORDS * (within[2] - within[0]) * (within[3] - within[1]):
                crop.paste(0, within)
        if crop.getextrema()[1] >= _DARK:
            looked.light.append(index)
        if ocr.engine() is not None:
            _keep_crop(picture.crop(area), looked)
    return looked


def _keep_crop(crop: Image.Image, looked: _Looked) -> None:
    words = crop.point(_WHITE).getbbox()
    if words:
        written = crop.crop(words).point(_WHITE)
        looked.crops[hashlib.sha256(repr(written.size).encode() + written.tobytes()).hexdigest()] = crop


def _pixels(box: Box, scale: float, inwards: int) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = (round(value * scale) for value in box)
    return (x0 + inwards, y0 + inwards, x1 - inwards, y1 - inwards)


def _read_crops(
    copy: Copy,
    crops: dict[str, tuple[int, Image.Image]],
    secrets: Secrets,
    proof: Proof,
    findings: list[Finding],
) -> None:
    """Read what is written on the boxes, each writing once; where no engine is installed, say so."""
    name = "reading_of_boxes"
    here = ocr.engine()
    if here is None:
        proof.probes.append(
            {"probe": name, "result": "not run", "why": f"没有安装文字识别引擎（{ocr.PACKAGES}）"}
        )
        return
    held = list(crops.values())
    texts: list[Piece] = []
    for start in range(0, len(held), _ON_A_SHEET):
        part = held[start : start + _ON_A_SHEET]
        pages = sorted({page for page, _ in part})
        try:
            said = ocr.text_of(_sheet([crop for _, crop in part]), copy.dpi)
        except ocr.Unread as error:
            proof.probes.append({"probe": name, "result": "not run", "why": f"文字识别没有成功：{error}"})
            return
        texts.append(Text(f"{told_pages(pages)}遮盖处的画面", said, pages[0]))
    found = search(texts, secrets)
    _tell(proof, name, found.findings, findings, engine=here.name, boxes=len(copy.burned), writings=len(held))


def _sheet(crops: list[Image.Image]) -> Image.Image:
    """Return crops one below the other, dark on light as engines like it."""
    gap = 24
    width = max(crop.width for crop in crops) + 2 * gap
    sheet = Image.new("L", (width, sum(crop.height + gap for crop in crops) + gap), 255)
    top = gap
    for crop in crops:
        sheet.paste(ImageOps.invert(crop), (gap, top))
        top += crop.height + gap
    return sheet
