"""The working copy: made by the sandbox for a worker, looked at page by page, never for a document in quarantine."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable
from typing import Any
from weakref import WeakValueDictionary

from django.conf import settings
from django.utils.timezone import localdate

from office import files
from office.actors import Actor, SystemActor
from office.models import StoredFile
from workflow.errors import NotNow
from workflow.holding_kinds import CopyStatus, Secrecy
from workflow.locking import one_transaction
from workflow.models import Case, HoldingVersion, PageImage, WorkingCopy, WorkingPage
from workflow.review import originals, quarantine, sandbox, sealed_json
from workflow.review.page_text import PageText, rebuilt
from workflow.review.secrecy import marks

JOB = SystemActor("working_copy")
#: Tries of one copy: a worker that was killed may have another, a file that kills workers may not go on for ever.
MOST_TRIES = 3
#: Resolutions (dots an inch) at which pages are drawn: thumbnails, the screen, a close look.
DPIS = (24, 110, 200)
#: Pages drawn at once, in blocks from the first page on, since opening a large file costs more than drawing a page.
AT_ONCE = {24: 8, 110: 4, 200: 4}
MOST_BYTES = 200 * 1024 * 1024
#: A screen asks for all its small pictures at the same time: the first request draws them, the others wait for it.
_drawing: WeakValueDictionary[tuple[int, int], threading.Lock] = WeakValueDictionary()
_looking_up = threading.Lock()


def make(version_id: int, *, now: dt.datetime) -> str:
    """Make the working copy of a version, find its marks of secrecy, and return what became of the copy.

    Anything but a waiting copy of an open document is left as it is. A file that breaks the sandbox is refused with the
    reason on the copy; a mark of classification puts the document into quarantine instead.
    """
    found = _begin(version_id)
    if found is None:
        return CopyStatus.STOPPED
    version, copy = found
    why = "制作工作副本"
    content = originals.read_original(version, by=JOB, on=localdate(now), now=now, why=why)
    try:
        made = sandbox.run("make", content, kind=version.kind, converter=settings.OFFICE_CONVERTER)
    except sandbox.Unfit as unfit:
        return _refuse(copy, unfit.message, now)
    return _keep(version, copy, made, now)


def waiting() -> list[int]:
    """Return the versions whose copies nobody has made yet, the oldest first."""
    rows = WorkingCopy.objects.filter(
        status=CopyStatus.WAITING, version__holding__status="open", tries__lt=MOST_TRIES
    )
    return list(rows.order_by("queued_at").values_list("version_id", flat=True))


def text_of(page: WorkingPage, *, unseal: Callable[[str], Any] | None = None) -> PageText:
    """Return the text of a page with the box of each character, in points from its top left.

    :param unseal: what opens the values of its case, where many pages are read (`sealed_json.opener`)
    """
    opened = unseal or sealed_json.opener(page.copy.version.holding.case.subject_ref)
    runs = opened(page.words_sealed) or []
    return rebuilt(page.number, page.width_pt, page.height_pt, runs)


def image_of(copy: WorkingCopy, number: int, *, dpi: int, now: dt.datetime) -> bytes | None:
    """Return the picture of a page as PNG, drawn when it is first asked for; None beyond the last page.

    Raises ValueError for a resolution there is none of, NotNow while there is no copy or the document is in quarantine.
    """
    if dpi not in DPIS:
        raise ValueError(f"no pictures at {dpi} dpi")
    if copy.status != CopyStatus.READY or copy.pdf is None or not originals.still_open(copy.version):
        raise NotNow("no_copy", copy.reason or "工作副本还没有制作好，请稍后再看", field="copy")
    if not 1 <= number <= copy.page_count:
        return None
    if (kept := _kept(copy, number, dpi)) is not None:
        return kept
    with _looking_up:
        alone = _drawing.setdefault((copy.pk, dpi), threading.Lock())
    with alone:
        kept = _kept(copy, number, dpi)
        return kept if kept is not None else _draw(copy, copy.pdf, number, dpi, now)


def pdf_of(version: HoldingVersion, *, by: Actor, on: dt.date, now: dt.datetime, why: str) -> bytes:
    """Return the pages of a version as PDF; where they are the original itself, its reading is journaled with the reason.

    Raises NotNow where there is no copy any more.
    """
    pdf = version.copy.pdf
    if pdf is None or not originals.still_open(version):
        raise NotNow("no_copy", "工作副本已经不在", field="copy")
    if pdf.pk == version.file_id:
        return originals.read_original(version, by=by, on=on, now=now, why=why)
    return files.read(pdf)


def _kept(copy: WorkingCopy, number: int, dpi: int) -> bytes | None:
    rows = PageImage.objects.filter(page__copy=copy, page__number=number, dpi=dpi).select_related("file")
    row = rows.first()
    return files.read(row.file) if row is not None else None


def _draw(copy: WorkingCopy, pdf: StoredFile, number: int, dpi: int, now: dt.datetime) -> bytes | None:
    drawn = set(PageImage.objects.filter(page__copy=copy, dpi=dpi).values_list("page__number", flat=True))
    first = number - (number - 1) % AT_ONCE[dpi]
    block = range(first, min(first + AT_ONCE[dpi], copy.page_count + 1))
    wanted = [n for n in block if n not in drawn]
    made = sandbox.run("render", files.read(pdf), numbers=wanted, dpi=dpi).numbered
    pages = {page.number: page for page in copy.pages.filter(number__in=wanted)}
    with one_transaction():
        for n, picture in made.items():
            if n in pages:
                stored = _store(copy.version, picture, "page.png", now)
                PageImage.objects.get_or_create(page=pages[n], dpi=dpi, defaults={"file": stored})
    return made.get(number)


def _begin(version_id: int) -> tuple[HoldingVersion, WorkingCopy] | None:
    with one_transaction():
        version = HoldingVersion.objects.select_related("holding__case__office", "file").get(pk=version_id)
        Case.objects.locked(version.holding.case_id)
        version.holding.refresh_from_db(fields=["status"])
        copy = WorkingCopy.objects.get(version=version)
        if copy.status != CopyStatus.WAITING or not originals.still_open(version):
            return None
        if copy.tries >= MOST_TRIES:
            copy.status, copy.reason = CopyStatus.REFUSED, sandbox.runner.BROKEN
            copy.save(update_fields=["status", "reason"])
            return None
        copy.tries += 1
        copy.save(update_fields=["tries"])
        return version, copy


def _refuse(copy: WorkingCopy, reason: str, now: dt.datetime) -> str:
    with one_transaction():
        copy.status, copy.reason, copy.made_at = CopyStatus.REFUSED, reason, now
        copy.save(update_fields=["status", "reason", "made_at"])
    return CopyStatus.REFUSED


def _keep(version: HoldingVersion, copy: WorkingCopy, made: sandbox.Outcome, now: dt.datetime) -> str:
    pages = list(_pages(made))
    found = [
        *marks.in_pages(
            rebuilt(n, page["width"], page["height"], page["runs"]) for n, page in enumerate(pages, 1)
        ),
        *marks.in_metadata(_plain(made.answer.get("metadata"))),
    ]
    subject = version.holding.case.subject_ref
    with one_transaction():
        case = Case.objects.locked(version.holding.case_id)
        holding = version.holding
        holding.refresh_from_db(fields=["status"])
        if not originals.still_open(version):  # put into quarantine meanwhile: nothing is kept of it
            return CopyStatus.STOPPED
        new = quarantine.keep_marks(version, found)
        if any(one.quarantines for one in new) and not (
            holding.secrecy == Secrecy.DECLASSIFIED or holding.mark_explained
        ):
            quarantine.put(case, holding, by=JOB, on=localdate(now), now=now)
            return CopyStatus.STOPPED
        copy.pdf = (
            _store(version, made.files["pages.pdf"], "pages.pdf", now)
            if "pages.pdf" in made.files
            else version.file
        )
        copy.table = (
            _store(version, made.files["table.xlsx"], "table.xlsx", now)
            if "table.xlsx" in made.files
            else None
        )
        copy.status, copy.page_count, copy.made_at = CopyStatus.READY, len(pages), now
        copy.notes = [str(note)[:300] for note in made.answer.get("notes", [])][:20]
        copy.tool, copy.peak_kib = str(made.answer.get("tool", ""))[:120], made.peak_kib
        copy.metadata_sealed = sealed_json.seal(subject, _plain(made.answer.get("metadata")))
        copy.save()
        WorkingPage.objects.bulk_create(
            WorkingPage(
                copy=copy, number=number, width_pt=page["width"], height_pt=page["height"], rotation=page["rotation"],
                word_count=sum(len(run[0]) for run in page["runs"]), words_sealed=sealed_json.seal(subject, page["runs"]),
            )
            for number, page in enumerate(pages, 1)
        )  # fmt: skip
    return CopyStatus.READY


def _pages(made: sandbox.Outcome) -> Any:
    """Yield the pages the sandbox tells of, each number and text taken for what it must be."""
    for line in made.files.get("pages.jsonl", b"").decode("utf-8").splitlines():
        page = json.loads(line)
        runs = [[str(text), [float(edge) for edge in places]] for text, places in page["runs"]]
        yield {
            "width": float(page["width"]), "height": float(page["height"]), "rotation": int(page["rotation"]) % 360,
            "runs": [run for run in runs if len(run[1]) == 4 * len(run[0])],
        }  # fmt: skip


def _plain(metadata: Any) -> dict[str, str]:
    return {str(key)[:80]: str(value)[:500] for key, value in (metadata or {}).items()}


def _store(version: HoldingVersion, content: bytes, name: str, now: dt.datetime) -> StoredFile:
    return files.put(office=version.holding.case.office, content=content, name=name, now=now, most=MOST_BYTES)
