"""Urge another office to put something right, or criticise it before others; receive, report, close (督促整改、通报批评)."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Sequence

from office import outbox
from office.models import Office, User
from office.web.dates import chinese_date
from workflow import rules
from workflow.actions._seal_beside import enter_use_beside
from workflow.actions.use_seal import refuse_unsealed
from workflow.beside.step import Doing, make, take
from workflow.errors import BadRequest
from workflow.models import Case, Rectification, RectificationCopy
from workflow.requests import SealData
from workflow.supervising import below, check_day, seat

#: So many offices are named one by one as those a criticism goes to.
NAMED = 6
#: A case number as the office writes it: 2026-0128.
NUMBER = re.compile(r"(\d{4})-(\d{1,6})")
CAME = "workflow.rectification_came"
REPORTED = "workflow.rectification_reported"


def issue_rectification(
    *, office_id: int, by: User, on: dt.date, now: dt.datetime, about_id: int, occasion: str, finding: str, measures: str,
    rectify_by_on: dt.date, case_number: str = "", act_id: uuid.UUID | None = None,
) -> Rectification:  # fmt: skip
    """Send a notice to rectify (督促整改通知书) to an office below; numbered and frozen with the record (条例47).

    Where the office seals such papers by hand it waits in the house for ``seal_notice``, and nobody else learns of it.

    :param occasion: in which inspection the fault was found, as the notice names it
    :param case_number: the request it is about, if it is about one
    Raises BadRequest naming the field, NotYourRole for anybody but the supervisor of an office above.
    """
    return _issue(
        "issue_rectification", Rectification.Kind.RECTIFY, office_id, by, on, now, about_id, occasion, finding, measures,
        rectify_by_on, case_number, (), act_id,
    )  # fmt: skip


def issue_criticism(
    *, office_id: int, by: User, on: dt.date, now: dt.datetime, about_id: int, occasion: str, finding: str, measures: str,
    rectify_by_on: dt.date, to_ids: Sequence[int] = (), case_number: str = "", act_id: uuid.UUID | None = None,
) -> Rectification:  # fmt: skip
    """Criticise an office below before others (通报批评, 条例47).

    :param to_ids: the other offices below to which it goes
    Raises BadRequest naming the field, NotYourRole for anybody but the supervisor of an office above.
    """
    return _issue(
        "issue_criticism", Rectification.Kind.CRITICISE, office_id, by, on, now, about_id, occasion, finding, measures,
        rectify_by_on, case_number, to_ids, act_id,
    )  # fmt: skip


def seal_notice(
    *,
    record_id: int,
    by: User,
    on: dt.date,
    now: dt.datetime,
    seal: SealData,
    act_id: uuid.UUID | None = None,
) -> Rectification:
    """Enter the use of the seal on a notice or a criticism, which then goes out to whom it is addressed.

    Raises BadRequest for one that waits for no seal, and for who does not keep the seal where one person does.
    """

    def effect(row: Rectification, doing: Doing) -> None:
        enter_use_beside(seal, row.paper, office=row.office, approver_id=row.issued_by_id, by=by, doing=doing)
        _tell(row, now)

    return take("seal_notice", Rectification, record_id, effect, by=by, on=on, now=now, act_id=act_id)


def receive_rectification(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, act_id: uuid.UUID | None = None
) -> Rectification:
    """Sign for a notice on behalf of the office that is urged; there is nothing to sign for before it is sealed."""

    def effect(row: Rectification, doing: Doing) -> None:
        if row.paper is not None:
            refuse_unsealed(row.paper)
        row.received_by, row.received_on = by, on
        row.receive()

    return take(
        "receive_rectification", Rectification, record_id, effect, by=by, on=on, now=now, act_id=act_id
    )


def report_rectified(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, report: str, act_id: uuid.UUID | None = None
) -> Rectification:
    """Report what was put right; whoever issued the notice is told. Raises BadRequest for a report without words."""
    if not report.strip():
        raise BadRequest("no_report", "请逐项写明整改情况", field="report")

    def effect(row: Rectification, doing: Doing) -> None:
        row.report, row.reported_by, row.reported_on = report.strip(), by, on
        row.tell()
        outbox.post(
            kind=REPORTED,
            dedupe_key=f"{row.subject_ref}:reported:{row.returned}",
            now=now,
            payload={"record": row.pk},
        )

    return take("report_rectified", Rectification, record_id, effect, by=by, on=on, now=now, act_id=act_id)


def return_rectified(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, verdict: str, rectify_by_on: dt.date,
    act_id: uuid.UUID | None = None,
) -> Rectification:  # fmt: skip
    """Send a report back: what was done is not enough, and is to be done by another day."""
    if not verdict.strip():
        raise BadRequest("no_reason", "请写明哪里没有整改到位", field="verdict")
    check_day(rectify_by_on, on, what="整改期限", field="rectify_by_on")

    def effect(row: Rectification, doing: Doing) -> None:
        row.verdict, row.rectify_by_on, row.returned = verdict.strip(), rectify_by_on, row.returned + 1
        row.send_back()
        doing.note["until"] = chinese_date(rectify_by_on)
        _tell(row, now)

    return take("return_rectified", Rectification, record_id, effect, by=by, on=on, now=now, act_id=act_id)


def close_rectification(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, verdict: str, act_id: uuid.UUID | None = None
) -> Rectification:
    """Close a notice: it was looked at and is put right (销号)."""
    if not verdict.strip():
        raise BadRequest("no_verdict", "请写明怎样核实、整改是否到位", field="verdict")

    def effect(row: Rectification, doing: Doing) -> None:
        row.verdict, row.closed_by, row.closed_on = verdict.strip(), by, on
        row.close()

    return take("close_rectification", Rectification, record_id, effect, by=by, on=on, now=now, act_id=act_id)


def _issue(
    step: str, kind: str, office_id: int, by: User, on: dt.date, now: dt.datetime, about_id: int, occasion: str,
    finding: str, measures: str, until: dt.date, case_number: str, to_ids: Sequence[int], act_id: uuid.UUID | None,
) -> Rectification:  # fmt: skip
    for name, text, what in (
        ("occasion", occasion, "在什么检查中发现"), ("finding", finding, "存在的问题"), ("measures", measures, "整改要求"),
    ):  # fmt: skip
        if not text.strip():
            raise BadRequest("missing", f"请写明{what}", field=name)
    check_day(until, on, what="整改期限", field="rectify_by_on")
    office = seat(office_id, by, on=on)
    about = below(office, about_id)
    case = _case(about, case_number)
    others = _others(office, about, to_ids)

    def build(doing: Doing) -> Rectification:
        row = Rectification.objects.create(
            office=office, about=about, kind=kind, case=case, occasion=occasion.strip(), finding=finding.strip(),
            measures=measures.strip(), rectify_by_on=until, issued_by=by, issued_on=on, created_at=now,
        )  # fmt: skip
        RectificationCopy.objects.bulk_create(
            RectificationCopy(rectification=row, office=one) for one in others
        )
        row.paper = doing.seal(office, row.subject_ref, _facts(row, others))
        row.save(update_fields=["paper"])
        doing.note.update(about=about.name, until=chinese_date(until))
        if not row.waits_for_seal:
            _tell(row, now)
        return row

    made: Rectification = make(step, office, build, by=by, on=on, now=now, act_id=act_id)
    return made


def _facts(row: Rectification, others: Sequence[Office]) -> dict[str, object]:
    facts: dict[str, object] = {
        "office": rules.facts_of(row.office), "occasion": row.occasion, "finding": row.finding, "measures": row.measures,
        "rectify_by_on": row.rectify_by_on.isoformat(), "about_number": row.case.number if row.case else "",
    }  # fmt: skip
    if row.kind == Rectification.Kind.RECTIFY:
        return facts | {"addressee": {"name": row.about.name, "kind": "org"}}
    names = [row.about.name, *(one.name for one in others)]
    to = "、".join(names) if len(names) <= NAMED else "各有关机关"
    return facts | {"addressee": {"name": to, "kind": "org"}, "about_office": row.about.name}


def _case(about: Office, number: str) -> Case | None:
    if not number.strip():
        return None
    parts = NUMBER.fullmatch(number.strip())
    found = (
        Case.objects.filter(office=about, year=int(parts[1]), seq=int(parts[2])).first() if parts else None
    )
    if found is None:
        raise BadRequest(
            "no_case", f"{about.name}没有登记编号为“{number.strip()}”的案件，请核对", field="case_number"
        )
    return found


def _others(office: Office, about: Office, ids: Sequence[int]) -> list[Office]:
    wanted = set(ids) - {about.pk}
    found = list(office.descendants().filter(pk__in=wanted, is_active=True).order_by("code"))
    if len(found) != len(wanted):
        raise BadRequest("not_below", "通报范围内有不属于本机关监督的机关，请重新选择", field="to_ids")
    return found


def _tell(row: Rectification, now: dt.datetime) -> None:
    outbox.post(
        kind=CAME, dedupe_key=f"{row.subject_ref}:came:{row.returned}", now=now, payload={"record": row.pk}
    )
