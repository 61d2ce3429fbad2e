"""Answer a reconsideration or a suit: draft, evidence, signature, report (复议答复、应诉)."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

from law.remedies.answering import Duty, answer_due
from office import files
from office.models import User
from office.web.dates import chinese_date
from workflow import evidence, remedy_facts, rules
from workflow.actions._files import attach
from workflow.errors import BadRequest, Stale
from workflow.fire import Effect, Work, fire
from workflow.models import Attachment, Case, Remedy
from workflow.requests import FileData


def draft_answer(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, remedy_id: int, points: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Draft the facts, grounds and reasons of the answer; another person signs it."""
    if not points.strip():
        raise BadRequest("no_points", "请写明事实、依据和理由", field="points")

    def effect(case: Case, work: Work) -> None:
        row = _one(case.remedies_to_answer(), remedy_id)
        row.draft, row.drafter, row.drafted_on = points.strip(), by, on
        row.save()
        work.note["remedy"] = row.seq

    return _fired("draft_answer", effect, case_id, by, on, now, expected_version, act_id)


def compile_evidence(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, remedy_id: int, added: FileData | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Bind the evidence for a proceeding into one PDF, sealed in the file store, with its index as a paper.

    The pages are set before the case is locked; another act in between refuses them. ``added`` is material that is
    handed in now: it is kept with the case and marked as later than the reply.
    """
    seen = Case.objects.select_related("office").get(pk=case_id)
    running = [row for row in seen.open_remedies() if row.pk == remedy_id]
    bound = evidence.bundle(seen, running[0], on=on, added=[added] if added else []) if running else None

    def effect(case: Case, work: Work) -> None:
        row = _one(case.open_remedies(), remedy_id)
        if bound is None or case.version != seen.version:
            raise Stale("stale", "编制期间本件又有办理，请重新编制", field="remedy")
        if added is not None:
            attach(case, work, FileData(added.name, added.content, "later_evidence"))
        name = f"证据卷 {case.number}-{row.seq}.pdf"
        # Large evidence is whole or it is none: what the office makes itself is not held to the size of uploads.
        row.evidence = files.put(
            office=case.office, content=bound.content, name=name, now=work.now, most=len(bound.content)
        )  # fmt: skip
        Attachment.objects.create(
            case=case, file=row.evidence, kind="evidence", title=name, by_ref=work.by.ref, created_at=work.now
        )
        sha256 = hashlib.sha256(bound.content).hexdigest()
        facts = {
            "office": rules.facts_of(case.office), "case_number": case.number, "proceeding": row.label,
            "signed_on": bound.acted_on.isoformat(), "entries": list(bound.entries), "later": list(bound.later),
            "file_sha256": sha256,
        }  # fmt: skip
        row.evidence_index = work.seal("evidence_index", facts)
        row.save()
        work.note.update(
            remedy=row.seq, count=len(bound.entries) + len(bound.later), later=len(bound.later), sha256=sha256
        )

    return _fired("compile_evidence", effect, case_id, by, on, now, expected_version, act_id)


def answer_remedy(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, remedy_id: int, plea: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Sign the written answer to a reconsideration, or the defence to a suit, with its evidence."""
    if not plea.strip():
        raise BadRequest("no_plea", "请写明答复（答辩）意见，如请求维持、驳回", field="plea")

    def effect(case: Case, work: Work) -> None:
        row = _one(case.remedies_to_answer(), remedy_id)
        if not row.draft or row.evidence_index is None:
            raise BadRequest("not_ready", "这一程序还没有拟好答复或者没有编制证据卷", field="remedy")
        if row.drafter_id in by.principals:
            raise BadRequest("drafter_signs", "拟稿人不能签发自己拟的文稿", field="remedy")
        facts = remedy_facts.answer(
            case, row, points=row.draft, plea=plea, index=row.evidence_index.number_text
        )
        row.answer, row.answered_on = work.seal(f"remedy_answer_{row.kind}", facts), on
        row.mark_answered()
        row.save()
        work.note.update(remedy=row.seq, late=on > row.answer_due_on)

    return _fired("answer_remedy", effect, case_id, by, on, now, expected_version, act_id)


def record_advice(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, remedy_id: int, received_on: dt.date,
    letter: FileData | None = None, note: str = "", expected_version: int | None = None,
    act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Enter a reconsideration opinion; its report is due in 60 calendar days (复议法76)."""

    def effect(case: Case, work: Work) -> None:
        found = [r for r in case.all_remedies() if r.kind == "reconsideration" and not r.opinion_received_on]
        row = _one(found, remedy_id)
        if not row.received_on <= received_on <= on:
            raise BadRequest("bad_day", "收到意见书的日期应在收到副本之日与今天之间", field="received_on")
        calendar, overrides = rules.of(case.office)
        due = answer_due(Duty.REPORT, received_on, calendar, overrides=overrides).date
        row.opinion_received_on, row.opinion_due_on = received_on, due
        row.save()
        if letter is not None:
            attach(case, work, FileData(letter.name, letter.content, "remedy"))
        work.remark(note)
        work.note.update(remedy=row.seq, due_on=chinese_date(due))

    return _fired("record_advice", effect, case_id, by, on, now, expected_version, act_id)


def report_advice(
    *, case_id: int, by: User, on: dt.date, now: dt.datetime, remedy_id: int, opinion_number: str, measures: str,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Report to the reconsideration body how its opinion was followed."""
    if not measures.strip() or not opinion_number.strip():
        raise BadRequest("no_measures", "请写明意见书的文号和纠正的措施", field="measures")

    def effect(case: Case, work: Work) -> None:
        row = _one(case.advice_to_report(), remedy_id)
        facts = remedy_facts.report(case, row, opinion_number=opinion_number.strip(), measures=measures)
        work.seal("opinion_report", facts)
        row.opinion_reported_on = on
        row.save()
        work.note["remedy"] = row.seq

    return _fired("report_advice", effect, case_id, by, on, now, expected_version, act_id)


def _one(rows: list[Remedy], remedy_id: int) -> Remedy:
    found = next((row for row in rows if row.pk == remedy_id), None)
    if found is None:
        raise BadRequest("no_remedy", "请选择本件的一项行政复议或者行政诉讼", field="remedy")
    return found


def _fired(
    act: str, effect: Effect, case_id: int, by: User, on: dt.date, now: dt.datetime, expected_version: int | None,
    act_id: uuid.UUID | None,
) -> Case:  # fmt: skip
    return fire(
        case_id, act, by=by, on=on, now=now, effect=effect, expected_version=expected_version, act_id=act_id
    )
