"""The documents of a case on their way out, and one disclosed copy: its making, its certificate, its check."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from office import files
from office.models import User
from workflow.models import Case, DisclosedCopy, Holding, HoldingVersion, RedactionMark
from workflow.redaction_kinds import DiscloseState, Extent, MarkState
from workflow.review import sandbox
from workflow.review.disclosing import check, table_files
from workflow.review.disclosing.burning import certificate_of
from workflow.review.disclosing.hands import SUGGESTED
from workflow.review.disclosing.standing import Standing, standings
from workflow.selectors.holdings import visible_holdings

#: Resolution at which before and after are compared; pages drawn at once for it, and pictures kept in this process.
DPI = 110
AT_ONCE, KEPT = 4, 24
_pictures: OrderedDict[tuple[str, int], bytes] = OrderedDict()
_keeping = threading.Lock()
TONES = {
    "passed": "done",
    "to_check": "wait",
    "void": "bad",
    "refused": "bad",
    "failed": "bad",
    "returned": "bad",
}


@dataclass(frozen=True)
class DocumentLine:
    """One document of a case: its newest version, how far its marks and its copy are."""

    holding: Holding
    version: HoldingVersion
    ready: bool
    note: str
    pages: int
    marks: int
    undecided: int
    withheld: bool
    copy: DisclosedCopy | None
    tone: str
    why: str


def documents_of(user: User, case: Case) -> list[DocumentLine]:
    """Return the documents of a case this person may see, each as it stands."""
    holdings = list(visible_holdings(user).filter(case=case).select_related("item").order_by("seq"))
    newest: dict[int, HoldingVersion] = {}
    for version in (
        HoldingVersion.objects.filter(holding__in=holdings).select_related("copy").order_by("number")
    ):
        newest[version.holding_id] = version
    pks = [version.pk for version in newest.values()]
    marks: dict[int, dict[tuple[str, str], int]] = {}
    for row in (
        RedactionMark.objects.filter(version_id__in=pks, status__in=(MarkState.OPEN, MarkState.ACCEPTED))
        .values("version_id", "status", "extent").annotate(n=Count("pk")).order_by()
    ):  # fmt: skip
        marks.setdefault(row["version_id"], {})[row["status"], row["extent"]] = row["n"]
    made = {
        copy.version_id: copy for copy in DisclosedCopy.objects.filter(version_id__in=pks).order_by("number")
    }
    stands = {one.version.pk: one for one in standings(case)}
    return [
        _line(holding, newest[holding.pk], marks, made, stands)
        for holding in holdings
        if holding.pk in newest
    ]


def _line(
    holding: Holding, version: HoldingVersion, marks: dict[int, dict[tuple[str, str], int]], made: dict[int, DisclosedCopy],
    stands: dict[int, Standing],
) -> DocumentLine:  # fmt: skip
    copy, held = getattr(version, "copy", None), marks.get(version.pk, {})
    ready = copy is not None and copy.status == "ready"
    stand, disclosed = stands.get(version.pk), made.get(version.pk)
    return DocumentLine(
        holding=holding, version=version, ready=ready,
        note="" if ready else ((copy.reason or copy.get_status_display()) if copy else "没有工作副本"),
        pages=copy.page_count if copy else 0,
        marks=sum(count for (status, _), count in held.items() if status == MarkState.ACCEPTED),
        undecided=sum(count for (status, _), count in held.items() if status == MarkState.OPEN),
        withheld=(MarkState.ACCEPTED, Extent.DOCUMENT) in held, copy=disclosed,
        tone=TONES.get(disclosed.status, "live") if disclosed else "", why=stand.why if stand else "",
    )  # fmt: skip


@dataclass(frozen=True)
class CopyPage:
    """One disclosed copy as it is shown: progress, refusals, certificate, the pages to compare."""

    copy: DisclosedCopy
    version: HoldingVersion
    tone: str
    grounds: tuple[tuple[str, int], ...]
    probes: tuple[dict[str, Any], ...]
    ocr: str
    tools: str
    reviewers: tuple[str, ...]
    why_no_check: str
    unseen: tuple[int, ...]
    tables: tuple[tuple[str, str], ...]
    layer: str
    network: str

    @property
    def running(self) -> bool:
        """Tell whether a worker still has it."""
        return self.copy.under_way

    @property
    def seen(self) -> int:
        """Count the changed pages this person has looked at."""
        return len(self.copy.changed_pages) - len(self.unseen)

    @property
    def may_check(self) -> bool:
        """Tell whether this person is to check it."""
        return self.copy.status == DiscloseState.TO_CHECK and not self.why_no_check


#: What the proof's probes look for, in Chinese.
PROBES = {
    "uncovered_identity_numbers": "漏盖的身份证号码", "structure": "文件中遮盖后的画面以外的东西",
    "bytes_streams_objects": "文件字节、数据流、对象中的残留", "boxes_are_solid": "没有盖满的遮盖处", "text_of_pages": "各页文字中的残留",
    "reading_of_boxes": "遮盖处的画面中还能认出的文字", "table_identity_numbers": "表格中漏涂的身份证号码",
    "table_structure": "表格文件中文字以外的东西（公式、隐藏的表、批注、名称、属性）", "table_texts_and_bytes": "表格文件中的残留",
}  # fmt: skip
RESULTS = {"nothing": "没有发现", "found": "发现残留", "not run": "没有进行"}


def find_copy(user: User, version: HoldingVersion, copy_id: int) -> DisclosedCopy | None:
    """Read a copy of a version this person may see; None for any other."""
    rows = version.disclosed_copies.select_related(
        "file", "table", "made_by", "checked_by", "version__holding__case__office"
    )
    return rows.filter(pk=copy_id).first()


def copy_page(user: User, version: HoldingVersion, copy_id: int) -> CopyPage | None:
    """Read everything the page of a copy shows."""
    copy = find_copy(user, version, copy_id)
    if copy is None:
        return None
    told = json.loads(certificate_of(copy)) if copy.certificate_sealed else {}
    return CopyPage(
        copy=copy, version=version, tone=TONES.get(copy.status, "live"),
        grounds=tuple((one["ground"], one["boxes"]) for one in told.get("grounds", ())),
        probes=tuple(
            {"name": PROBES.get(one["probe"], one["probe"]), "result": RESULTS.get(one["result"], one["result"]), "why": one.get("why", "")}
            for one in told.get("probes", ())
        ),
        ocr=str(told.get("ocr", "")), tools="，".join(f"{name} {text}" for name, text in told.get("tools", {}).items()),
        reviewers=tuple(sorted({name for box in told.get("boxes", ()) for name in box["reviewers"]} - {SUGGESTED})),
        why_no_check=check.why_no_check(user, copy) or "" if copy.status == DiscloseState.TO_CHECK else "",
        unseen=tuple(check.unseen(copy, user)), tables=tuple(table_files.parts(copy)),
        layer=_layer(copy, told), network=str(told.get("network", "")),
    )  # fmt: skip


def _layer(copy: DisclosedCopy, told: dict[str, Any]) -> str:
    if not told.get("copy", {}).get("searchable_layer"):
        return "没有；只有画面，不能选取文字"
    return "有，只从遮盖后的画面识别，已逐页验证"


def after_picture(copy: DisclosedCopy, number: int) -> bytes | None:
    """Return the picture of a page of a copy, drawn in the sandbox like any other; None beyond its last page.

    Whoever checks pages through, so the pages behind it are drawn along with it and kept for a moment.
    """
    if copy.file is None or number < 1:
        return None
    with _keeping:
        kept = _pictures.get((copy.sha256, number))
    if kept is not None:
        return kept
    wanted = [page for page in copy.changed_pages if page > number][: AT_ONCE - 1]
    made = sandbox.run("render", files.read(copy.file), numbers=[number, *wanted], dpi=DPI).numbered
    with _keeping:
        for page, picture in made.items():
            _pictures[copy.sha256, page] = picture
        while len(_pictures) > KEPT:
            _pictures.popitem(last=False)
    return made.get(number)


def table(copy: DisclosedCopy, part: str) -> table_files.GivenFile | None:
    """Return one of the clean tables of a copy; None where there is none."""
    return table_files.table_file(copy, part)


def copy_file(copy: DisclosedCopy) -> bytes | None:
    """Return the disclosed copy itself."""
    return files.read(copy.file) if copy.file is not None and copy.finished else None
