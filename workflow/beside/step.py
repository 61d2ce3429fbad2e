"""The one door through which a record beside the cases changes: lock, check, paper, stage, journal; or nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils.timezone import localdate

import letters
from calendars import published
from letters import sealing
from letters.models import Paper
from office import journal
from office.actors import Actor
from office.models import JournalEntry, Office
from office.roles import Role
from workflow import linting
from workflow.beside.steps import STEPS, Step
from workflow.errors import BadRequest, MissingPaper, NotYourRole, WrongState
from workflow.locking import one_transaction


class Doing:
    """What one step leaves behind besides the new stage: a paper and a note for the journal."""

    def __init__(self, row: Step, by: Actor, on: dt.date, now: dt.datetime, act_id: uuid.UUID) -> None:
        self.row, self.by, self.on, self.now, self.act_id = row, by, on, now, act_id
        self.note: dict[str, Any] = {}
        self.papers: list[Paper] = []

    def seal(
        self, office: Office, subject_ref: str, facts: dict[str, Any], *, asked: dict[str, str] | None = None
    ) -> Paper:
        """Lint, number, freeze and store the paper of this step. Raises Blocked where the lint stops it.

        :param asked: whose own data may stand in it, and what that person wrote
        """
        composed = letters.compose_for_office(self.row.paper, facts, on=self.on)
        linting.stop_beside(office, composed, facts, asked=asked, what=f"《{composed.title}》")
        how = sealing.practice(office, self.on)
        paper = letters.seal(
            kind=self.row.paper, facts=facts, office=office, subject_ref=subject_ref, by=self.by, on=self.on, now=self.now,
            composed=composed, needs_seal=how.wants(self.row.paper),
        )  # fmt: skip
        duty = getattr(self.by, "duty_of", None)
        sealing.seal_by_system(
            paper, how, office=office, approver_id=duty.pk if duty else None, on=self.on, now=self.now
        )
        self.papers.append(paper)
        return paper


def may(step: str, by: Actor, office_id: int) -> bool:
    """Tell whether a person holds a post that takes a step."""
    return bool(STEPS[step].by & {str(role) for role in by.roles_in(office_id)})


def make(
    step: str, office: Office, build: Callable[[Doing], Any], *, by: Actor, on: dt.date, now: dt.datetime,
    act_id: uuid.UUID | None = None,
) -> Any:  # fmt: skip
    """Take the first step of a record: ``build`` writes it, under a lock of its office; journal with it.

    Raises a ``CaseRefusal`` that says why not, also for an ``act_id`` that was carried out before.
    """
    row, act_id = STEPS[step], act_id or uuid.uuid4()
    with one_transaction(), published.pinned():
        if JournalEntry.objects.filter(key=f"beside.{step}", act_id=act_id).exists():
            raise BadRequest("done_before", "这一步刚才已经办好，没有重复办理", field=step)
        _checked(row, by, office.pk, on, now)
        Office.objects.select_for_update().get(pk=office.pk)
        doing = Doing(row, by, on, now, act_id)
        made = build(doing)
        _record(row, made, doing, office.pk)
    return made


def take(
    step: str, model: type[models.Model], pk: int, effect: Callable[[Any, Doing], None], *, by: Actor, on: dt.date,
    now: dt.datetime, act_id: uuid.UUID | None = None,
) -> Any:  # fmt: skip
    """Take a later step of a record: lock its row, check stage and post, run ``effect``, save, write the journal.

    ``effect`` moves the stage by the record's own machine. Raises a ``CaseRefusal`` that says why not.
    """
    row, act_id = STEPS[step], act_id or uuid.uuid4()
    with one_transaction(), published.pinned():
        record: Any = model._default_manager.select_for_update().filter(pk=pk).first()
        if record is None:
            raise BadRequest("no_record", "没有这条记录", field="record")
        if JournalEntry.objects.filter(subject=record.subject_ref, act_id=act_id).exists():
            return record
        _checked(row, by, getattr(record, row.at), on, now)
        stages = {"answered": ("corrected", "handed_over", "declined")}.get(row.source, (row.source,))
        if record.stage not in stages:
            raise WrongState(
                "wrong_stage", f"现为「{record.get_stage_display()}」，不能「{row.label}」", field=step
            )
        doing = Doing(row, by, on, now, act_id)
        effect(record, doing)
        record.save()
        _record(row, record, doing, record.office_id)
    return record


def _checked(row: Step, by: Actor, office_id: int, on: dt.date, now: dt.datetime) -> None:
    if not may(row.name, by, office_id):
        who = "、".join(Role(role).label for role in Role.values if role in row.by)
        raise NotYourRole("not_your_role", f"「{row.label}」须由{who}办理", field=row.name)
    if on > localdate(now):
        raise BadRequest("in_the_future", "日期不能晚于今天", field="on")


def _record(row: Step, record: Any, doing: Doing, office_id: int) -> None:
    if row.paper and not doing.papers:
        raise MissingPaper("missing_paper", f"「{row.label}」缺少应当出具的文书", field=row.name)
    papers = [{"kind": p.kind, "number": p.number_text, "sha256": p.text_sha256} for p in doing.papers]
    journal.write(
        subject=record.subject_ref, key=f"beside.{row.name}", by=doing.by, on=doing.on, now=doing.now,
        office_id=office_id, act_id=doing.act_id, data={**doing.note, **({"papers": papers} if papers else {})},
    )  # fmt: skip
