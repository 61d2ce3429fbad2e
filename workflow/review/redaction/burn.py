"""Make the redacted copy: every page drawn anew with its boxes burned in, and nothing else of the source."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workflow.review.redaction import legend, ocr
from workflow.review.redaction.errors import BadPlan, BadSource, NotLocated
from workflow.review.redaction.findings import Finding
from workflow.review.redaction.folded import fold, without_spreading
from workflow.review.redaction.hands import each_page, hands
from workflow.review.redaction.marks import NO_GROUND, Burned, Mark, Wanted
from workflow.review.redaction.one_page import Done, Order, redact_page
from workflow.review.redaction.over_pages import Edges, broken
from workflow.review.redaction.pages import DPI, open_source
from workflow.review.redaction.plan import check
from workflow.review.redaction.probe import probe
from workflow.review.redaction.rebuild import CleanPdf
from workflow.review.redaction.tone import BILEVEL, stored
from workflow.review.redaction.versions import TOOL

#: Called after each page with its number and how many there are.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class PageFacts:
    """What is known of one page of the copy.

    :param kind: `1-bit`, `grey` or `colour`
    :param scale: pixels a point
    """

    number: int
    size: tuple[float, float]
    kind: str
    pixels: tuple[int, int]
    scale: float
    burned: tuple[Burned, ...]
    sha256: str


@dataclass
class Copy:
    """A redacted copy that is not proved yet: hand it to `prove` before it goes anywhere.

    :param hidden: for each string of the plan that lies only where no page shows it, those places of the source
    :param numbers: every valid identity number of the source's pages
    :param open_numbers: pages and numbers of those that no box covers
    :param under: texts under the drawn marks
    :param unread: pages with pictures that should have been read for the strings and were not, and why
    :param edges: strings that the latest page may end in the middle of
    :param broken: strings that break between two pages, and the first of these
    """

    source: Path
    path: Path
    source_sha256: str
    source_kind: str
    dpi: float
    layer: bool
    marks: tuple[Mark, ...]
    wanted: tuple[Wanted, ...]
    seal: bytes = b""
    pages: list[PageFacts] = field(default_factory=list)
    legend: list[legend.Entry] = field(default_factory=list)
    legend_pages: int = 0
    found: Counter[int] = field(default_factory=Counter)
    beyond: Counter[int] = field(default_factory=Counter)
    hidden: dict[int, list[str]] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)
    open_numbers: list[tuple[int, str]] = field(default_factory=list)
    under: set[str] = field(default_factory=set)
    unread: dict[int, str] = field(default_factory=dict)
    edges: Edges = field(default_factory=Edges)
    broken: list[tuple[int, int]] = field(default_factory=list)

    @property
    def burned(self) -> list[tuple[int, Burned]]:
        """Every box with its page."""
        return [(page.number, one) for page in self.pages for one in page.burned]


def burn(
    source: Path,
    to: Path,
    marks: Sequence[Mark] = (),
    wanted: Sequence[Wanted] = (),
    *,
    dpi: float = DPI,
    layer: bool = False,
    read: bool = True,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Copy:
    """Write a copy of a PDF or a picture in which marks and strings are burned out of the pixels.

    :param source: read only
    :param to: where the copy is written, over whatever is there; on a refusal what was begun is removed
    :param marks: areas, in points from the top left of each page as it is seen
    :param wanted: strings to be found and burned wherever they stand
    :param dpi: pixels an inch of the copy
    :param layer: adds unseen text read from the finished picture, where the machine has an engine
    :param read: whether pictures are read to find the strings in them, where the machine has an engine
    :param workers: processes side by side; as many as the machine has processors by default
    :raises BadSource: where the source cannot be read
    :raises BadPlan: where a mark or a string does not fit the source, or a ground would print what is hidden
    :raises NotLocated: where a string is nowhere in the source, or breaks between two pages and is not covered there
    """
    if to.exists() and source.exists() and to.samefile(source):
        raise BadSource("副本不能写在原件上，请另选文件名", field="out")
    with open_source(source) as opened:
        kind = opened.kind
        sizes = [_size(opened, number) for number in range(1, len(opened) + 1)] if marks else []
        count = len(opened)
    check(marks, wanted, sizes)
    copy = Copy(source, to, _sha256(source), kind, dpi, layer, tuple(marks), tuple(wanted))
    numbers = _numbered(marks, wanted)
    orders = _orders(count, marks, tuple(wanted), numbers, dpi, read, layer)
    try:
        with CleanPdf(to) as pdf:
            for done in each_page(source, orders, redact_page, pages=count, workers=workers or hands()):
                pdf.add(done.size, done.picture, _searchable(done, copy))
                _note(done, copy)
                if progress:
                    progress(done.number, count)
            _nothing_breaks(copy)
            _locate_elsewhere(copy)
            _grounds_tell_nothing(copy)
            _add_legend(pdf, copy, numbers)
            copy.seal = _seal(copy, pdf.pages_sha256)
            pdf.finish(copy.seal)
    except BaseException:
        to.unlink(missing_ok=True)
        raise
    return copy


def _size(opened: object, number: int) -> tuple[float, float]:
    page = opened.page(number)  # type: ignore[attr-defined]
    try:
        return (page.size[0], page.size[1])
    finally:
        page.close()


def _orders(
    count: int,
    marks: Sequence[Mark],
    wanted: tuple[Wanted, ...],
    numbers: dict[str, int],
    dpi: float,
    read: bool,
    layer: bool,
) -> Iterator[tuple[int, Order]]:
    by_page: dict[int, list[Mark]] = {}
    for mark in marks:
        by_page.setdefault(mark.page, []).append(mark)
    for number in range(1, count + 1):
        yield number, Order(number, tuple(by_page.get(number, ())), wanted, numbers, dpi, read, layer)


def _numbered(marks: Sequence[Mark], wanted: Sequence[Wanted]) -> dict[str, int]:
    """Number the grounds in the order in which they come; a box without a ground of its own has none to look up."""
    grounds = dict.fromkeys([mark.ground for mark in marks] + [string.ground for string in wanted])
    grounds.pop(NO_GROUND, None)
    return {ground: number for number, ground in enumerate(grounds, 1)}


def _note(done: Done, copy: Copy) -> None:
    copy.pages.append(
        PageFacts(
            done.number, done.size, done.picture.kind, (done.picture.width, done.picture.height), done.scale,
            tuple(done.burned), hashlib.sha256(done.picture.data).hexdigest(),
        )
    )  # fmt: skip
    copy.found.update(done.found)
    copy.beyond.update(done.beyond)
    copy.numbers.update(done.numbers)
    copy.open_numbers += [(done.number, number) for number in done.open_numbers]
    copy.under.update(done.under)
    copy.broken += [(index, done.number - 1) for index in broken(copy.edges, done.edges)]
    copy.edges = done.edges
    if done.unread:
        copy.unread[done.number] = done.unread


def _searchable(done: Done, copy: Copy) -> list[ocr.Word]:
    """Return the words for the layer, without those that repeat six characters of what was burned elsewhere."""
    if not done.words:
        return []
    secrets = [*(fold(string.text) for string in copy.wanted), *done.under, *done.numbers]
    parts = {
        part
        for secret in secrets
        for part in ([secret] if len(secret) < 6 else [secret[at : at + 6] for at in range(len(secret) - 5)])
    }
    lines: dict[tuple[int, int, int], list[ocr.Word]] = {}
    for word in done.words:
        lines.setdefault(word.line, []).append(word)
    kept: list[ocr.Word] = []
    for line in lines.values():
        said = fold("".join(word.text for word in line))
        joined = without_spreading(said)
        # A number may be read as several words: the line is left out as a whole.
        if not any(part in said or part in joined for part in parts):
            kept += line
    return kept


def _nothing_breaks(copy: Copy) -> None:
    """Refuse where a string breaks between two pages: neither shows it whole, both together do."""
    if not copy.broken:
        return
    told = "；".join(
        f"strings[{index}] 在第{page}页末和第{page + 1}页首断开，没有遮盖完整"
        for index, page in copy.broken[:10]
    )
    numbers = sorted({index for index, _ in copy.broken})
    raise NotLocated(numbers, f"{told}，没有输出；请另用 marks 画出这两处")


def _locate_elsewhere(copy: Copy) -> None:
    """Find where strings lie that no page shows; refuse where one is nowhere at all."""
    missing = [index for index in range(len(copy.wanted)) if not copy.found[index] and not copy.beyond[index]]
    if not missing:
        return
    report = probe(copy.source, [copy.wanted[index].text for index in missing], read=False)
    for finding in report.findings:
        if finding.how == "whole":
            copy.hidden.setdefault(missing[finding.secret - 1], []).append(finding.where)
    nowhere = [index for index in missing if index not in copy.hidden]
    if nowhere:
        raise NotLocated(nowhere, _nowhere(nowhere, copy))


def _nowhere(numbers: Sequence[int], copy: Copy) -> str:
    named = "、".join(f"strings[{number}]" for number in numbers)
    told = f"{named} 在原件中没有找到，没有输出；请核对文字，或者改用 marks 画出位置"
    if copy.unread:
        pages = legend.told_pages(list(copy.unread))
        engine = ocr.engine()
        why = f"没有安装文字识别引擎（{ocr.PACKAGES}）" if engine is None else "文字识别没有成功或者没有启用"
        told += f"。{pages}有图像，{why}，图像中的文字没有查找"
    return told


def _grounds_tell_nothing(copy: Copy) -> None:
    for index, mark in enumerate(copy.marks):
        if any(number in fold(mark.ground) for number in copy.numbers):
            raise BadPlan(
                f"marks[{index}].ground", f"marks[{index}].ground 会印在副本上，但含有身份证号码，请改写依据"
            )


def _add_legend(pdf: CleanPdf, copy: Copy, numbers: dict[str, int]) -> None:
    where: dict[str, list[int]] = {}
    # One that must be looked up brings the whole list, so that its numbers have no gaps.
    looked_up = any(one.number is not None for _, one in copy.burned)
    for page, one in copy.burned:
        if looked_up and one.mark.ground in numbers:
            where.setdefault(one.mark.ground, []).append(page)
    copy.legend = sorted(
        (
            legend.Entry(numbers[ground], ground, tuple(sorted(set(pages))), len(pages))
            for ground, pages in where.items()
        ),
        key=lambda entry: entry.number,
    )
    if not copy.legend:
        return
    for image in legend.drawn(copy.legend, copy.dpi):
        pdf.add(legend.A4, stored(image, BILEVEL))
        copy.legend_pages += 1


def _seal(copy: Copy, pages_sha256: str) -> bytes:
    """Return what of the certificate travels in the copy: nothing of the source, no name, no number that is not needed.

    A hash is written in letters, a for 0 to p for 15, so that no part of it can be taken for a part of a number.
    """
    grounds = Counter(one.mark.ground for _, one in copy.burned)
    told = {
        "form": "gongkai redaction seal",
        "tool": TOOL,
        "pictures": pages_sha256.translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop")),
        "pages": len(copy.pages),
        "legend": copy.legend_pages,
        "boxes": [{"ground": ground, "count": count} for ground, count in sorted(grounds.items())],
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_identity_numbers(copy: Copy) -> list[Finding]:
    """Return a finding for every valid identity number of the source that no box covers."""
    known = sorted({number for _, number in copy.open_numbers})
    return [
        Finding(0, f"第{known.index(number) + 1}个身份证号码", f"第{page}页", "uncovered", page)
        for page, number in sorted(copy.open_numbers)
    ]
