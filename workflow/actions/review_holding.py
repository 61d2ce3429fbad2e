"""The secrecy review of one document, level by level (保密初审、逐级保密审查)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from law.grounds import Binding, ground_of
from office.models import User
from workflow.actions._holdings import holding_of
from workflow.errors import BadRequest, NotNow, NotSeparated, Stale
from workflow.fire import Work, fire
from workflow.holding_kinds import Conclusion, Decision, Level, Plan, ReviewStatus, Secrecy, Term
from workflow.models import Case, Holding, SecrecyReview, SecrecyStep
from workflow.review import levels
from workflow.scope import persons

PLAN_OF = {
    Conclusion.DISCLOSE: Plan.DISCLOSE,
    Conclusion.PARTIAL: Plan.PARTIAL,
    Conclusion.REFUSE: Plan.WITHHOLD,
}


@dataclass(frozen=True)
class Weighed:
    """What the first level says of a document: each provision with its basis, term, content, timing, manner, conclusion.

    ``ticks`` gives for each line of articles 14 to 16 (``levels.lines``) whether it holds and on what basis.
    """

    term: str
    content: str
    timing: str
    manner: str
    conclusion: str
    opinion: str
    term_note: str = ""
    ticks: Mapping[str, tuple[bool, str]] = field(default_factory=dict)


def begin_holding_review(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, holding_id: int, seen_sha256: str, weighed: Weighed,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Open the review of one document with the handler's own opinion as its first level (条例17; 一事一审).

    Raises BadRequest for a line without its basis and for a conclusion that does not follow from the lines; Stale when
    another version came meanwhile.
    """
    _holds_together(weighed)

    def effect(case: Case, work: Work) -> None:
        row = holding_of(case, holding_id)
        if row.review is not None and row.review.in_force:
            raise NotNow("under_review", f"{row.named}已经在审查或者审查完毕", field="holding_id")
        _seen(row, seen_sha256)
        _of_this_document(row, weighed)
        kept = levels.levels_of(case.office, on)
        review = SecrecyReview.objects.create(
            office=case.office, case=case, holding=row, version=row.current, levels=kept, ticks=_ticks(weighed),
            term=weighed.term, term_note=weighed.term_note.strip(), content=weighed.content.strip(),
            timing=weighed.timing.strip(), manner=weighed.manner.strip(), conclusion=weighed.conclusion, opened_on=on,
        )  # fmt: skip
        _step(review, Level.HANDLER, Decision.AGREE, weighed.opinion, seen_sha256, by=by, on=on)
        work.note.update(holding=row.seq, version=row.current.number)
        work.notify("workflow.to_review_document", f"document:{review.pk}:{kept[1]}", level=kept[1])

    return fire(
        case_id, "begin_holding_review", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def review_holding(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, holding_id: int, seen_sha256: str, decision: str, opinion: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Speak for the level whose turn it is: agree, or return the document to its handler.

    With the last level's consent the review is signed off and pins the sha256 of the version that was seen. Raises Stale
    when another version came meanwhile, NotNow while marks of secrecy are open.
    """
    if decision not in (Decision.AGREE, Decision.RETURN):
        raise BadRequest("no_decision", "请选择同意或者退回", field="decision")
    if not opinion.strip():
        raise BadRequest("no_opinion", "请填写审查意见", field="opinion")

    def effect(case: Case, work: Work) -> None:
        row = holding_of(case, holding_id)
        review, level = turn_of(row, case, by)
        _seen(row, seen_sha256)
        _step(review, level, Decision(decision), opinion, seen_sha256, by=by, on=on)
        work.note.update(holding=row.seq, level=levels.label(level), finding=Decision(decision).label)
        if decision == Decision.RETURN:
            review.status = ReviewStatus.RETURNED
            review.save(update_fields=["status"])
            if case.handler_id:
                work.notify("workflow.document_returned", f"returned:{review.pk}", user=case.handler_id)
            return
        if level == Level.SECRECY and levels.marks_open_in(row):
            raise NotNow("marks_open", "还有密级等标志没有认定，请先「认定密级等标志」", field="decision")
        _go_on(row, review, level, work, on)

    return fire(
        case_id,
        "review_holding",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def turn_of(row: Holding, case: Case, by: User) -> tuple[SecrecyReview, str]:
    """Return the running review of a document and the level a person speaks for. Raises NotNow, NotSeparated."""
    review = row.review
    if review is None or review.status != ReviewStatus.OPEN:
        raise NotNow("not_under_review", f"{row.named}没有正在进行的审查", field="holding_id")
    level = review.next_level
    if not levels.ROLES[level] & by.roles_in(case.office_id):
        raise NotNow("not_your_turn", f"{row.named}现在轮到{levels.label(level)}", field="holding_id")
    if levels.took_part(review) & persons(by):
        raise NotSeparated("two_levels", "您已经在前一层级签署过意见，须由他人审查", field="holding_id")
    return review, level


def _go_on(row: Holding, review: SecrecyReview, level: str, work: Work, on: dt.date) -> None:
    after = review.levels[review.levels.index(level) + 1 :]
    if after:
        work.notify("workflow.to_review_document", f"document:{review.pk}:{after[0]}", level=after[0])
        return
    review.status, review.pinned_sha256, review.signed_on = ReviewStatus.SIGNED, row.current.sha256, on
    review.save(update_fields=["status", "pinned_sha256", "signed_on"])
    row.plan = PLAN_OF[Conclusion(review.conclusion)]
    row.save(update_fields=["plan"])
    work.note["sha256"] = review.pinned_sha256


def _step(
    review: SecrecyReview, level: str, decision: Decision, opinion: str, seen: str, *, by: User, on: dt.date
) -> None:  # fmt: skip
    SecrecyStep.objects.create(
        review=review, level=level, decision=decision, opinion=opinion.strip(), seen_sha256=seen, by=by,
        by_for=by.acting_for, decided_on=on,
    )  # fmt: skip


def _seen(row: Holding, seen_sha256: str) -> None:
    if row.current.sha256 != seen_sha256:
        raise Stale("stale_document", f"{row.named}已有新版本，请重新阅看后再签署意见", field="holding_id")


def _ticks(weighed: Weighed) -> list[dict[str, object]]:
    return [
        {"code": code, "provision": provision, "covers": covers, "holds": weighed.ticks[code][0], "basis": weighed.ticks[code][1].strip()}
        for code, provision, covers in levels.lines()
    ]  # fmt: skip


def _holds_together(weighed: Weighed) -> None:
    """Refuse an opinion with a gap or whose conclusion does not follow from what it found."""
    for code, provision, covers in levels.lines():
        if code not in weighed.ticks or not weighed.ticks[code][1].strip():
            raise BadRequest(
                "no_basis", f"请写明{provision}（{covers}）适用或者不适用的依据", field=f"basis_{code}"
            )
    for name, label in (
        ("content", "内容和表述"),
        ("timing", "公开的时机"),
        ("manner", "公开的方式"),
        ("opinion", "初审意见"),
    ):
        if not getattr(weighed, name).strip():
            raise BadRequest("missing_field", f"请填写{label}", field=name)
    if weighed.conclusion not in Conclusion.values:
        raise BadRequest("no_conclusion", "请选择结论", field="conclusion")
    if weighed.term not in Term.values:
        raise BadRequest("no_term", "请选择保密期限的状态", field="term")
    barred = [code for code, (holds, _) in weighed.ticks.items() if holds and _must(code)]
    if barred and weighed.conclusion == Conclusion.DISCLOSE:
        raise BadRequest(
            "barred",
            "有不予公开的情形，不能得出“可以公开”的结论；可以区分的，选“区分处理后公开”",
            field="conclusion",
        )
    if not any(holds for holds, _ in weighed.ticks.values()) and weighed.conclusion == Conclusion.REFUSE:
        raise BadRequest("no_ground", "没有一项不予公开的情形，不能得出“不予公开”的结论", field="conclusion")


def _must(code: str) -> bool:
    ground = ground_of(code)
    return ground is not None and ground.binding != Binding.MAY


def _of_this_document(row: Holding, weighed: Weighed) -> None:
    """Refuse a term that does not fit the document: what is still secret may not be here, what was is not yet open."""
    if weighed.term in (Term.RUNNING, Term.CHANGED):
        raise BadRequest(
            "still_secret",
            "仍在保密期限内的是国家秘密，不得存储在本系统；请立即「报告密级标志」",
            field="term",
        )
    declassified = row.secrecy == Secrecy.DECLASSIFIED
    if declassified != (weighed.term in (Term.OVER, Term.LIFTED)):
        raise BadRequest("term_does_not_fit", "期限状态与登记的密级标志不一致，请核对", field="term")
    if declassified and not weighed.term_note.strip():
        raise BadRequest(
            "not_yet_open", "解密不等于可以公开，请写明解密后为何可以（或者不可以）公开", field="term_note"
        )
