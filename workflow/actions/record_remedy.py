"""Enter a reconsideration or a suit, and its result (行政复议、行政诉讼)."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from law.remedies.answering import Duty, answer_due
from office.actors import Actor
from office.web.dates import chinese_date
from workflow import rules
from workflow.actions._files import attach
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, Remedy
from workflow.requests import FileData
from workflow.selectors.papers import ENDINGS, papers_of

DUTIES = {"simple": Duty.SIMPLE, "ordinary": Duty.ORDINARY}
#: The kinds of paper that are attacked, by how they begin.
ATTACKED = {Remedy.About.REPLY: ("reply_",), Remedy.About.LAPSE: ENDINGS}


@dataclass(frozen=True)
class RemedyData:
    """A proceeding as the copy that reached the office tells of it.

    ``kind`` is reconsideration or suit, ``about`` what is attacked, ``after_id`` the reconsideration (or the
    earlier instance) a suit follows, ``paper_id`` the attacked paper where there are several.
    """

    kind: str
    about: str
    body: str
    received_on: dt.date
    number: str = ""
    applied_on: dt.date | None = None
    procedure: str = ""
    instance: str = ""
    after_id: int | None = None
    paper_id: int | None = None
    claimant: str = "applicant"
    claimant_name: str = ""
    beside_body: bool = False


def record_remedy(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, remedy: RemedyData, copy: FileData | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Enter a proceeding; the term to answer runs from the day the copy arrived (复议法48、54，行诉法67).

    5 working days in the simple procedure of a reconsideration, 10 in the ordinary one, 15 calendar days in a suit.
    Raises BadRequest naming what does not fit together.
    """

    def effect(case: Case, work: Work) -> None:
        row = _row(case, remedy, on)
        row.by_ref, row.created_at = work.by.ref, work.now
        row.save(force_insert=True)
        if copy is not None:
            attach(case, work, FileData(copy.name, copy.content, "remedy"))
        work.note.update(
            remedy=row.seq,
            road=row.get_road_display(),
            due_on=chinese_date(row.answer_due_on),
            about=row.about,
        )
        work.notify("workflow.remedy", f"remedy:{row.seq}")

    return fire(
        case_id, "record_remedy", by=by, on=on, now=now, effect=effect, expected_version=expected_version, act_id=act_id
    )  # fmt: skip


def conclude_remedy(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, remedy_id: int, result: str, decided_on: dt.date,
    decision_number: str = "", decision_received_on: dt.date | None = None, order: str = "",
    order_days: int | None = None, decision: FileData | None = None, note: str = "",
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Enter the result of a proceeding, with what it orders and in how many working days.

    An order starts its own clock when the case is taken up again (``reopen``), from the day it reached the office.
    """

    def effect(case: Case, work: Work) -> None:
        row = _open(case, remedy_id)
        if result not in (Remedy.Result.UPHELD, Remedy.Result.CORRECTED, Remedy.Result.OTHER):
            raise BadRequest("no_result", "请选择维持、纠正或者其他结果", field="result")
        if not row.received_on <= decided_on <= on:
            raise BadRequest("bad_day", "决定或者裁判日期应在收到副本之日与今天之间", field="decided_on")
        received = decision_received_on or decided_on
        if not decided_on <= received <= on:
            raise BadRequest(
                "bad_day", "收到日期不能早于决定或者裁判日期，也不能晚于今天", field="decision_received_on"
            )
        if order and result != Remedy.Result.CORRECTED:
            raise BadRequest("order_needs_correction", "责令重新答复的，结果应为「结果纠正」", field="order")
        if order_days is not None and not order:
            raise BadRequest("days_without_order", "没有责令重新答复的，不填期限", field="order_days")
        row.result, row.decided_on, row.decision_received_on = result, decided_on, received
        row.decision_number, row.order, row.order_days = decision_number.strip(), order, order_days
        row.mark_decided()
        row.save()
        if decision is not None:
            attach(case, work, FileData(decision.name, decision.content, "remedy"))
        work.remark(note)
        work.note.update(
            remedy=row.seq, road=row.get_road_display(), result=Remedy.Result(result).label, order=order, days=order_days
        )  # fmt: skip
        if order:
            work.notify("workflow.ordered", f"ordered:{row.seq}")

    return fire(
        case_id, "conclude_remedy", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def _row(case: Case, given: RemedyData, on: dt.date) -> Remedy:
    if given.kind not in Remedy.Kind.values:
        raise BadRequest("no_kind", "请选择行政复议或者行政诉讼", field="kind")
    if given.about not in Remedy.About.values:
        raise BadRequest("no_about", "请选择请求的种类", field="about")
    if not given.body.strip():
        raise BadRequest("no_body", "请填写行政复议机关或者人民法院的名称", field="body")
    if not case.arrived_on <= given.received_on <= on:
        raise BadRequest("bad_day", "收到副本的日期应在申请到达之日与今天之间", field="received_on")
    if given.applied_on and not case.arrived_on <= given.applied_on <= given.received_on:
        raise BadRequest("bad_day", "申请、起诉日期不能晚于收到副本的日期", field="applied_on")
    after = _after(case, given)
    reconsidered = given.kind == Remedy.Kind.RECONSIDERATION
    if reconsidered and given.procedure not in Remedy.Procedure.values:
        raise BadRequest("no_procedure", "行政复议请选择简易程序或者普通程序", field="procedure")
    if not reconsidered and given.instance not in Remedy.Instance.values:
        raise BadRequest("no_instance", "行政诉讼请选择审级", field="instance")
    procedure = given.procedure if reconsidered else ""
    duty = DUTIES[procedure] if reconsidered else Duty.DEFENCE
    calendar, overrides = rules.of(case.office)
    due = answer_due(duty, given.received_on, calendar, overrides=overrides).date
    name = given.claimant_name.strip() or (case.applicant_name if given.claimant == "applicant" else "")
    if not name:
        raise BadRequest("no_claimant", "第三方提起的，请填写其姓名或者名称", field="claimant_name")
    return Remedy(
        case=case, seq=len(case.all_remedies()) + 1, kind=given.kind, road=_road(given.kind, after), after=after,
        about=given.about, claimant=given.claimant, claimant_name=name, paper=_paper(case, given),
        body=given.body.strip(), number=given.number.strip(), instance="" if reconsidered else given.instance,
        procedure=procedure, beside_body=given.beside_body, applied_on=given.applied_on,
        received_on=given.received_on, answer_due_on=due,
    )  # fmt: skip


def _road(kind: str, after: Remedy | None) -> str:
    """Tell the column of the annual table: a later instance stays on the road of the first."""
    if kind == Remedy.Kind.RECONSIDERATION:
        return Remedy.Road.RECONSIDERATION
    if after is None or after.road == Remedy.Road.DIRECT:
        return Remedy.Road.DIRECT
    return Remedy.Road.AFTER


def _after(case: Case, given: RemedyData) -> Remedy | None:
    if given.after_id is None:
        if given.kind == Remedy.Kind.SUIT and given.instance in ("second", "retrial"):
            raise BadRequest("no_earlier", "二审、再审请选择前一程序", field="after")
        return None
    found = next((row for row in case.all_remedies() if row.pk == given.after_id), None)
    if found is None:
        raise BadRequest("no_earlier", "前一程序不属于本件", field="after")
    if given.kind == Remedy.Kind.RECONSIDERATION:
        raise BadRequest("no_earlier", "行政复议没有前一程序", field="after")
    if found.is_open:
        raise BadRequest("earlier_open", "前一程序尚未登记结果，请先登记结果", field="after")
    return found


def _paper(case: Case, given: RemedyData) -> object | None:
    start = ATTACKED.get(Remedy.About(given.about))
    if start is None:
        return None
    papers = [paper for paper in papers_of(case) if paper.kind.startswith(start)]
    if given.paper_id is not None:
        papers = [paper for paper in papers if paper.pk == given.paper_id]
    if not papers:
        raise BadRequest("no_paper", "本件没有这样的文书，请核对请求的种类", field="about")
    return papers[-1]


def _open(case: Case, remedy_id: int) -> Remedy:
    found = next((row for row in case.open_remedies() if row.pk == remedy_id), None)
    if found is None:
        raise BadRequest("no_remedy", "请选择正在进行的行政复议或者行政诉讼", field="remedy")
    return found
