"""Correct or withdraw a served reply of the office's own accord (自行纠正)."""

from __future__ import annotations

import datetime as dt
import uuid

from law.remedies.answering import Duty, answer_due
from letters.models import Paper
from office.models import User
from workflow import remedy_facts, rules
from workflow.actions._service import serve_at_once
from workflow.actions.reopen import take_up
from workflow.errors import BadRequest
from workflow.fire import Effect, Work, fire
from workflow.models import Case, Reopening, ReplyChange
from workflow.selectors.papers import reply_of


def propose_change(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, form: str, reason: str, wrong: str = "", right: str = "",
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Propose to correct words of the reply (``wrong`` to ``right``) or to withdraw it; another person signs.

    ``reason`` goes into the paper. Raises BadRequest where words to correct do not stand in the reply.
    """
    if not reason.strip():
        raise BadRequest("no_reason", "请写明更正或者撤销的理由", field="reason")

    def effect(case: Case, work: Work) -> None:
        old = _reply(case)
        if form not in ReplyChange.Form.values:
            raise BadRequest("no_form", "请选择更正文字或者撤销重办", field="form")
        if form == ReplyChange.Form.CORRECT:
            _words_stand(old, wrong, right)
        ReplyChange.objects.create(
            case=case, form=form, old=old, reason=reason.strip(), proposed_by=by, proposed_on=on,
            wrong=wrong.strip() if form == "correct" else "", right=right.strip() if form == "correct" else "",
        )  # fmt: skip
        work.note["form"] = form

    return _fired("propose_change", effect, case_id, by, on, now, expected_version, act_id)


def correct_reply(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Sign the correction: a new paper that names the old one, with the remedies told anew; the old one stays.

    A body that reconsiders or hears the reply is told by a letter of its own (复议法65、行诉法62).
    """

    def effect(case: Case, work: Work) -> None:
        change = _pending(case)
        paper = work.seal(
            "correction_of_reply", remedy_facts.correction(case, change), takes_place_of=change.old
        )
        serve_at_once(case, work, paper)
        _settle(change, by, on, paper)
        _tell_bodies(case, work, change, paper)
        work.note["old"] = change.old.number_text

    return _fired("correct_reply", effect, case_id, by, on, now, expected_version, act_id)


def withdraw_reply(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Sign the withdrawal of the reply: the case is handled anew, in the term of an ordered re-reply (R9)."""

    def effect(case: Case, work: Work) -> None:
        change = _pending(case)
        calendar, overrides = rules.of(case.office)
        due = answer_due(Duty.REREPLY, on, calendar, overrides=overrides).date
        facts = remedy_facts.withdrawal(case, change, due_on=due)
        paper = work.seal("withdrawal_of_reply", facts, takes_place_of=change.old)
        serve_at_once(case, work, paper)
        _settle(change, by, on, paper)
        _tell_bodies(case, work, change, paper)
        take_up(case, work, Reopening(cause=Reopening.Cause.OWN, notice=paper, on=on))
        work.note["old"] = change.old.number_text

    return _fired("withdraw_reply", effect, case_id, by, on, now, expected_version, act_id)


def drop_change(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, reason: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Leave the reply as it is, and say why the proposed change was not taken up."""
    if not reason.strip():
        raise BadRequest("no_reason", "请写明不采纳的理由", field="reason")

    def effect(case: Case, work: Work) -> None:
        change = _pending(case)
        change.status, change.decided_by, change.decided_on = ReplyChange.Status.DROPPED, by, on
        change.save()
        work.remark(reason)

    return _fired("drop_change", effect, case_id, by, on, now, expected_version, act_id)


def _reply(case: Case) -> Paper:
    old = reply_of(case)
    if old is None:
        raise BadRequest("no_reply", "本件没有可以纠正的答复书", field="form")
    return old


def _pending(case: Case) -> ReplyChange:
    change = case.pending_change()
    assert change is not None  # the machine's condition has just seen it
    return change


def _words_stand(old: Paper, wrong: str, right: str) -> None:
    if not wrong.strip() or not right.strip():
        raise BadRequest("no_words", "请写明原文和更正后的文字", field="wrong")
    if "".join(wrong.split()) not in "".join(old.frozen()["text"].split()):
        raise BadRequest("not_in_reply", "原答复书中没有这段文字，请照原文填写", field="wrong")


def _settle(change: ReplyChange, by: User, on: dt.date, paper: Paper) -> None:
    change.status, change.new = ReplyChange.Status.DONE, paper
    change.decided_by, change.decided_on = by, on
    change.save()


def _tell_bodies(case: Case, work: Work, change: ReplyChange, paper: Paper) -> None:
    for remedy in case.open_remedies():
        facts = remedy_facts.body_notice(case, remedy, old=change.old, new=paper)
        work.seal("remedy_body_notice", facts)


def _fired(
    act: str, effect: Effect, case_id: int, by: User, on: dt.date, now: dt.datetime, expected_version: int | None,
    act_id: uuid.UUID | None,
) -> Case:  # fmt: skip
    return fire(
        case_id, act, by=by, on=on, now=now, effect=effect, expected_version=expected_version, act_id=act_id
    )
