"""What the forms of the acts after the reply offer to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from letters.models import Seal, SealUse
from office.web.dates import chinese_date
from workflow.models import Complaint, Handout, Remedy, ReplyChange

Options = list[tuple[Any, str]]

KINDS = list(Remedy.Kind.choices)
ABOUT = list(Remedy.About.choices)
CLAIMANTS = list(Remedy.Claimant.choices)
PROCEDURES = [("", "不适用"), *Remedy.Procedure.choices]
INSTANCES = [("", "不适用"), *Remedy.Instance.choices]
RESULTS = [(value, label) for value, label in Remedy.Result.choices if value]
ORDERS = list(Remedy.Order.choices)
FORMS = list(ReplyChange.Form.choices)
HANDING_WAYS = list(Handout.Way.choices)
SEAL_KINDS = list(Seal.Kind.choices)
COMPLAINT_RESULTS = [(value, label) for value, label in Complaint.Result.choices if value]


def earlier(case: Any) -> Options:
    """List the decided proceedings that a suit may follow."""
    return [("", "没有（直接起诉）"), *_remedies(r for r in case.all_remedies() if not r.is_open)]


def running(case: Any) -> Options:
    """List the proceedings without a result."""
    return _remedies(case.open_remedies())


def to_answer(case: Any) -> Options:
    """List the proceedings that wait for the office's answer, with the last day."""
    return [
        (row.pk, f"{row.label}（{chinese_date(row.answer_due_on)}前答复）")
        for row in case.remedies_to_answer()
    ]


def to_advise(case: Any) -> Options:
    """List the reconsiderations without an opinion on record."""
    found = [r for r in case.all_remedies() if r.kind == "reconsideration" and not r.opinion_received_on]
    return _remedies(found)


def to_report(case: Any) -> Options:
    """List the reconsiderations whose opinion waits for a report."""
    return _remedies(case.advice_to_report())


def orders(case: Any) -> Options:
    """List the orders that are not carried out yet."""
    return _remedies(case.orders_to_carry_out())


def order_of(case: Any, remedy_id: str) -> Any:
    """Return one order that is not carried out yet, or None."""
    return next((row for row in case.orders_to_carry_out() if str(row.pk) == remedy_id), None)


def drafted(case: Any, remedy_id: str) -> Any:
    """Return a proceeding that waits for its answer, or None."""
    return next((row for row in case.remedies_to_answer() if str(row.pk) == remedy_id), None)


def complaints(case: Any) -> Options:
    """List the complaints without a result."""
    return [
        (row.pk, f"{chinese_date(row.received_on)}收到：{row.matters[:30]}") for row in case.open_complaints()
    ]


def owed(case: Any) -> Options:
    """List the rectifications that are not reported yet."""
    return [
        (
            row.pk,
            f"{row.supervisor.name}{chinese_date(row.decided_on)}督促，{chinese_date(row.rectify_by_on)}前整改",
        )
        for row in case.rectifications_owed()
    ]


def unsigned(case: Any) -> Options:
    """List mail that is on its way."""
    return _mail(case.deliveries_unsigned())


def returned(case: Any) -> Options:
    """List mail that came back and waits to be sent anew."""
    return _mail(case.returned_mail())


def _mail(rows: Iterable[Any]) -> Options:
    return [
        (
            row.pk,
            f"{row.paper.title}（{row.paper.number_text}），{chinese_date(row.sent_on)}交寄，{row.tracking or '无邮件号'}",
        )
        for row in rows
    ]


def _remedies(rows: Iterable[Remedy]) -> Options:
    return [(row.pk, row.label) for row in rows]


def unanswered(case: Any) -> Options:
    """List e-mails of which neither arrival nor return is on record."""
    return [
        (row.pk, f"{row.paper.title}（{row.paper.number_text}），{chinese_date(row.sent_on)}发出")
        for row in case.mails_unanswered()
    ]


def to_seal(case: Any) -> Options:
    """List the papers that wait for a seal."""
    return [(paper.pk, f"{paper.title}（{paper.number_text}）") for paper in case.papers_to_seal()]


def seal_uses(case: Any) -> Options:
    """List the uses of a seal on record, the void ones left out."""
    rows = SealUse.objects.filter(
        paper__subject_ref=case.subject_ref, paper__office_id=case.office_id, voided_on__isnull=True
    )
    return [(row.pk, use_words(row)) for row in rows.select_related("paper").order_by("pk")]


def use_words(use: Any) -> str:
    """Say one use of a seal in a line."""
    return f"{use.paper.number_text}，{chinese_date(use.used_on)}，{use.copies}份"
