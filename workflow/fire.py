"""The one door through which a case changes: lock, check, act, paper, task, journal, outbox; or nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.utils.timezone import localdate
from django_fsm import TransitionNotAllowed

import letters
from calendars import published
from law.errors import LawError
from letters import sealing
from letters.models import Paper
from office import journal, outbox
from office.actors import Actor
from office.models import JournalEntry, Office
from office.roles import Role
from office.web.dates import chinese_date
from workflow import desk_tasks, linting, stays
from workflow.acts import Act
from workflow.changes import difference, moved, snapshot
from workflow.clock import refresh_clock
from workflow.errors import BadRequest, MissingPaper, Stale, WrongState
from workflow.handing import mark_accepted
from workflow.locking import one_transaction
from workflow.machine import ACTS
from workflow.models import Case, ClockEvent, Remark
from workflow.permissions import why_not


class Work:
    """What one act leaves behind besides the new state: papers, clock events, notices, a note."""

    def __init__(
        self, case: Case, act: str, by: Actor, on: dt.date, now: dt.datetime, act_id: uuid.UUID
    ) -> None:
        self.case, self.act, self.by, self.on, self.now, self.act_id = case, act, by, on, now, act_id
        self.papers: list[Paper] = []
        self.events: list[str] = []
        self.notices: list[tuple[str, str, dict[str, Any]]] = []
        self.note: dict[str, Any] = {}
        self.changes: dict[str, dict[str, list[Any]]] = {}

    def note_changes(self, what: str, changed: dict[str, list[Any]]) -> None:
        """Keep what changed in one row, column by column, for the journal (see `workflow.changes`)."""
        if changed:
            self.changes[what] = changed

    def seal(self, kind: str, facts: dict[str, Any], **more: Any) -> Paper:
        """Lint, number, freeze and store one paper of this act; where the office's seal is the system's, with its use.

        Whoever hands in a text that is composed already has linted it. Raises Blocked where the lint stops it.

        :param approver: who signed it, where that is not who acts
        """
        office, on = more.pop("office", self.case.office), more.pop("on", self.on)
        approver = more.pop("approver", None) or getattr(self.by, "duty_of", None)
        approver_id = approver.pk if approver else None
        composed = more.pop("composed", None)
        if composed is None:
            composed = letters.compose_for_office(kind, facts, on=on)
            linting.stop(self.case, composed, facts, what=f"《{composed.title}》")
        how = self._practice(office, on)
        paper = letters.seal(
            kind=kind, facts=facts, office=office, subject_ref=self.case.subject_ref, by=self.by, on=on, now=self.now,
            composed=composed, needs_seal=how.wants(kind), **more,
        )  # fmt: skip
        sealing.seal_by_system(paper, how, office=office, approver_id=approver_id, on=on, now=self.now)
        self.papers.append(paper)
        return paper

    def _practice(self, office: Office, on: dt.date) -> sealing.Practice:
        return (
            self.case.seal_practice(on) if office.pk == self.case.office_id else sealing.practice(office, on)
        )

    def event(
        self, kind: str, *, on: dt.date | None = None, paper: Paper | None = None, **data: Any
    ) -> ClockEvent:
        """Record one event of the clock."""
        row = ClockEvent.objects.create(
            case=self.case,
            office_id=self.case.office_id,
            seq=len(self.case.clock_events()) + 1,
            type=kind,
            on=on or self.on,
            data=data,
            paper=paper,
        )
        self.events.append(kind)
        self.case.forget_facts()
        return row

    def remark(self, text: str) -> None:
        """Keep what was written beside this act, apart from the journal, which holds no free text."""
        if text.strip():
            Remark.objects.create(
                case=self.case, act_id=self.act_id, act=self.act, text=text.strip(), by_ref=self.by.ref, on=self.on,
                created_at=self.now,
            )  # fmt: skip

    def notify(self, kind: str, what: str, **payload: Any) -> None:
        """Queue a message to leave after the transaction; ``what`` makes it unique within the case."""
        self.notices.append((kind, f"{self.case.subject_ref}:{what}", payload))


Effect = Callable[[Case, Work], None]


def fire(
    case_id: int,
    act: str,
    *,
    by: Actor,
    on: dt.date,
    now: dt.datetime,
    effect: Effect | None = None,
    expected_version: int | None = None,
    act_id: uuid.UUID | None = None,
) -> Case:
    """Do one act on a case, whole or not at all.

    Locks the case row; checks version, state, role, separation and conditions; runs ``effect`` (which writes
    the act's own records and seals its papers); moves the state; recomputes the dates from the events;
    follows on the desk; writes one journal entry and the outbox rows: one transaction. ``on`` is the day the
    act counts for, ``now`` the instant it is recorded. A repeated ``act_id`` changes nothing and returns the
    case as it stands, so that a second click is harmless.

    Returns the case, read again. Raises a ``CaseRefusal`` whose message says why not.
    """
    row = ACTS[act]
    fresh, act_id = act_id is None, act_id or uuid.uuid4()
    with one_transaction(), published.pinned():
        case = Case.objects.locked(case_id)
        if not fresh and _done_before(case, act_id):
            return Case.objects.get(pk=case_id)
        if expected_version is not None and expected_version != case.version:
            raise Stale("stale", "本件刚刚被他人办理过，请查看最新情况后再操作", field=act)
        refusal = why_not(case, act, by=by, on=on)
        if refusal is not None:
            raise refusal
        _on_a_real_day(case, on, now)
        before, stored, was = case.state, snapshot(case), stays.place(case)
        recorded = len(case.clock_events())
        work = Work(case, act, by, on, now, act_id)
        if effect is not None:
            effect(case, work)
        _has_its_papers(row, work)
        _on_its_clock(row, work)
        case.forget_facts(keep="events")  # whoever puts one on record has forgotten the earlier reading
        try:
            getattr(case, act)()
        except TransitionNotAllowed as error:
            raise WrongState("wrong_state", f"本件现在不能「{row.label}」", field=act) from error
        _move_clock(case, on, recorded)
        if Role.HANDLER in row.by:
            mark_accepted(case, by, on)
        stays.follow(case, was, on)
        case.version += 1
        case.updated_at = now
        became = snapshot(case)
        case.save(update_fields=[*moved(stored, became), "state", "version", "updated_at", *stays.COLUMNS])
        desk_tasks.follow(case, row, by=by, now=now)
        work.note_changes("case", difference(stored, became))
        _record(case, row, work, before)
        return reread(case)


def open_case(
    case: Case, *, by: Actor, on: dt.date, now: dt.datetime, effect: Effect, act_id: uuid.UUID
) -> Case:
    """Put a new case on the record in its first state, with its parties and items; one transaction.

    The number must already be drawn under the series' lock in the same transaction.
    """
    if not connection.in_atomic_block:
        raise BadRequest("not_atomic", "新建案件必须在事务中进行")
    with published.pinned():
        case.created_at = case.updated_at = now
        case.stage_on = on
        case.save(force_insert=True)
        stored = snapshot(case)
        work = Work(case, "submit", by, on, now, act_id)
        case.know_as_new()
        effect(case, work)
        case.forget_facts(keep="events")
        _move_clock(case, on, 0)
        if columns := moved(stored, snapshot(case)):
            case.save(update_fields=columns)
        desk_tasks.begin(case)
        _record(case, None, work, "")
    return case


def reread(case: Case) -> Case:
    """Read a case again as it is stored, with the office that was read under the same lock."""
    found = Case.objects.get(pk=case.pk)
    if found.office_id == case.office_id:
        found.office = case.office
    return found


def _record(case: Case, row: Act | None, work: Work, before: str) -> None:
    name = row.name if row else "submit"
    papers = [{"kind": p.kind, "number": p.number_text, "sha256": p.text_sha256} for p in work.papers]
    data = {"before": before, "after": case.state, **({"papers": papers} if papers else {}), **work.note}
    if (principal := getattr(work.by, "acting_for", None)) is not None:
        data[journal.ACTING_FOR] = principal.ref
    if work.changes:
        data["changes"] = work.changes
    journal.write(
        subject=case.subject_ref,
        key=f"case.{name}",
        by=work.by,
        on=work.on,
        now=work.now,
        office_id=case.office_id,
        act_id=work.act_id,
        data=data,
    )
    for kind, key, payload in work.notices:
        outbox.post(kind=kind, dedupe_key=key, payload={"case": case.pk, **payload}, now=work.now)


def _done_before(case: Case, act_id: uuid.UUID) -> bool:
    return JournalEntry.objects.filter(subject=case.subject_ref, act_id=act_id).exists()


def _move_clock(case: Case, on: dt.date, recorded: int) -> None:
    try:
        refresh_clock(case, as_of=on, recorded=recorded)
    except LawError as error:
        raise BadRequest("impossible_event", error.message, field="on") from error


def _has_its_papers(row: Act, work: Work) -> None:
    made = {paper.kind for paper in work.papers}
    for kind in row.papers:
        if not any(name == kind or name.startswith(f"{kind}_") for name in made):
            raise MissingPaper("missing_paper", f"「{row.label}」缺少应当出具的文书", field=row.name)


def _on_its_clock(row: Act, work: Work) -> None:
    if strangers := set(work.events) - set(row.clock):
        raise RuntimeError(f"{row.name} is not declared to put {sorted(strangers)} on the clock")


def _on_a_real_day(case: Case, on: dt.date, now: dt.datetime) -> None:
    if on < case.arrived_on:
        raise BadRequest(
            "before_arrival", f"日期不能早于申请到达之日{chinese_date(case.arrived_on)}", field="on"
        )
    if on > localdate(now):
        raise BadRequest("in_the_future", "日期不能晚于今天", field="on")
