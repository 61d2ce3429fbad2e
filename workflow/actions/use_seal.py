"""Enter the use of a seal on a paper, what became of the sealed copy, and a use made in error (用印登记)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from letters import sealing
from letters.models import Paper, Seal, SealUse
from office.models import User
from workflow.actions._files import attach
from workflow.actions._service import serve_at_once
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.kinds import Service
from workflow.models import Case
from workflow.requests import FileData, SealData

MOST_COPIES = 200


def use_seal(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, seal: SealData, paper_ids: Sequence[int] = (),
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Enter that papers of a case were sealed, by default every one that waits for it.

    What the applicant reads on the portal goes there with its seal.
    """

    def effect(case: Case, work: Work) -> None:
        waiting = case.papers_to_seal()
        papers = [paper for paper in waiting if not paper_ids or paper.pk in paper_ids]
        if not papers:
            raise BadRequest("no_paper", "所选的文书已经用印或者不属于本件", field="papers")
        for paper in papers:
            enter_use(case, work, paper, seal)
            if case.service == Service.PORTAL:
                _to_portal(case, work, paper)
        work.note.update(sealed="、".join(paper.number_text for paper in papers), **_said(seal))

    return fire(
        case_id, "use_seal", by=by, on=on, now=now, effect=effect, expected_version=expected_version, act_id=act_id
    )  # fmt: skip


def enter_use(case: Case, work: Work, paper: Paper, seal: SealData) -> SealUse:
    """Enter one use of a seal inside another act. Raises BadRequest."""
    used_on = day_of_use(paper, seal, on=work.on)
    scan = (
        attach(case, work, FileData(seal.scan.name, seal.scan.content, "sealed")).file if seal.scan else None
    )
    return sealing.record_use(
        paper, seal=sealing.seal_of(case.office, seal.kind), approver_id=_approver(case, paper),
        copies=seal.copies, used_on=used_on, sealed_by_id=_person(work), now=work.now, scan=scan,
    )  # fmt: skip


def day_of_use(paper: Paper, seal: SealData, *, on: dt.date) -> dt.date:
    """Return the day of a use that is entered on a day. Raises BadRequest for a use that cannot have been."""
    used_on = seal.used_on or on
    if seal.kind not in Seal.Kind.values:
        raise BadRequest("no_seal", "请选择印章", field="seal_kind")
    if not 1 <= seal.copies <= MOST_COPIES:
        raise BadRequest("bad_copies", f"用印份数应为 1 至 {MOST_COPIES} 份", field="seal_copies")
    if not paper.signed_on <= used_on <= on:
        raise BadRequest("bad_day", "用印日期应在签发日期与今天之间", field="seal_used_on")
    return used_on


def return_sealed_copy(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, use_id: int, returned_on: dt.date,
    scan: FileData | None = None, expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Enter that the sealed copy came back into the file, on paper or as a scan."""

    def effect(case: Case, work: Work) -> None:
        use = _use(case, use_id)
        if not use.used_on <= returned_on <= on:
            raise BadRequest("bad_day", "存卷日期应在用印日期与今天之间", field="returned_on")
        if scan is not None:
            use.scan = attach(case, work, FileData(scan.name, scan.content, "sealed")).file
        use.copy = SealUse.Copy.SCANNED if use.scan_id else SealUse.Copy.RETURNED
        use.copy_on = returned_on
        use.save(update_fields=["scan", "copy", "copy_on"])
        work.note["paper"] = use.paper.number_text

    return fire(
        case_id, "return_sealed_copy", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def void_seal_use(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, use_id: int, reason: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Declare a use of the seal void while the paper has not left the house; it then waits for a seal again."""
    if not reason.strip():
        raise BadRequest("no_reason", "请写明作废的理由", field="reason")

    def effect(case: Case, work: Work) -> None:
        use = _use(case, use_id)
        if use.paper_id in {row.paper_id for row in case.all_deliveries()}:
            raise BadRequest("sent", "文书已经发出，用印登记不能作废", field="use")
        sealing.void_use(use, by_id=_person(work), reason=reason.strip(), on=on)
        work.note["paper"] = use.paper.number_text

    return fire(
        case_id, "void_seal_use", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def refuse_unsealed(paper: Paper) -> None:
    """Let no paper leave the house that waits for its seal. Raises BadRequest."""
    if paper.waits_for_seal:
        raise BadRequest(
            "no_seal_use",
            f"{paper.number_text}还没有登记用印，请先「登记用印」，用印后才能发出",
            field="paper",
        )


def _to_portal(case: Case, work: Work, paper: Paper) -> None:
    if paper.kind.startswith("reply"):
        work.notify("workflow.deliver_reply", f"deliver:{paper.pk}:sealed", paper=paper.pk)
    elif paper in case.unserved_papers():
        serve_at_once(case, work, paper)


def _said(seal: SealData) -> dict[str, object]:
    return {"seal": Seal.Kind(seal.kind).label, "copies": seal.copies}


def _use(case: Case, use_id: int) -> SealUse:
    rows = SealUse.objects.select_related("paper").filter(
        voided_on__isnull=True, paper__subject_ref=case.subject_ref, paper__office_id=case.office_id
    )
    found = rows.filter(pk=use_id).first()
    if found is None:
        raise BadRequest("no_use", "请选择本件的一次用印", field="use")
    return found


def _approver(case: Case, paper: Paper) -> int | None:
    """Return on whose signature the seal rests: who signed the sheet by hand, else who signed the paper."""
    if paper.kind.startswith("reply"):
        sheet = case.sheets.filter(status="confirmed", signed_on=paper.signed_on).last()
        if sheet is not None:
            return sheet.signer_id
    return signer_of(paper)


def signer_of(paper: Paper) -> int | None:
    """Return who signed a paper on screen, or None where no person did."""
    kind, _, pk = paper.by_ref.partition(":")
    return int(pk) if kind == "user" and pk.isdecimal() else None


def _person(work: Work) -> int:
    return int(work.by.ref.removeprefix("user:"))
