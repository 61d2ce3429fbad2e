"""Ten thousand cases beside a few real ones: rows copied past every act, alike but for number and date."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db import models

from tests.access.world import DAY, FILES, MAKERS
from tests.review.documents import found as attached
from tests.workflow.factories import APPLICANT, Town, registered
from workflow.actions import record_search
from workflow.machine import State
from workflow.models import Case, Item, Party, ReplyDraft, Review


def values_of(row: models.Model, **changes: Any) -> dict[str, Any]:
    """Return a row's columns for a copy of it."""
    held = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return held | {"id": None} | changes


def copy(cases: list[Case], count: int, *, first: int) -> None:
    """Copy each case so often that there are `count` more, with what its lists are drawn from."""
    made: list[tuple[Case, Case]] = []
    for n in range(count):
        old = cases[n % len(cases)]
        due = None if old.due_on is None else DAY + dt.timedelta(days=n % 60 - 10)
        number = {"seq": first + n, "submission_id": uuid.UUID(int=first + n), "query_code_hash": ""}
        made.append((old, Case(**values_of(old, due_on=due, alert_due_on=due, **number))))
    Case.objects.bulk_create([new for _, new in made], batch_size=500)
    drafts = [
        ReplyDraft(**values_of(draft, case_id=new.pk)) for old, new in made for draft in _held(old, "drafts")
    ]
    ReplyDraft.objects.bulk_create(drafts, batch_size=500)
    draft_of = {draft.case_id: draft.pk for draft in drafts}
    Review.objects.bulk_create(
        (
            Review(**values_of(row, case_id=new.pk, draft_id=draft_of[new.pk]))
            for old, new in made for row in _held(old, "reviews")
        ),
        batch_size=500,
    )  # fmt: skip
    Item.objects.bulk_create(
        (Item(**values_of(row, case_id=new.pk)) for old, new in made for row in _held(old, "items")),
        batch_size=500,
    )
    sealed = {"id_number": "", "phone": "", "email": "", "address": ""}
    Party.objects.bulk_create(
        (
            Party(**values_of(row, case_id=new.pk, **sealed))
            for old, new in made for row in _held(old, "parties")
        ),
        batch_size=500,
    )  # fmt: skip


def _held(case: Case, name: str) -> list[Any]:
    kept = case.__dict__.setdefault("_copied", {})
    if name not in kept:
        kept[name] = list(getattr(case, name).all())
    return kept[name]


def one_of_each(town: Town) -> dict[str, Case]:
    """Make one case in every state, each with a document that was found."""
    cases = {str(state): make(town) for state, make in MAKERS.items() if state != State.LAPSED}
    for case in cases.values():
        attached(town, case, on=DAY, plan="reference")
    return cases


def a_village(town: Town, *, people: int, items: int, searches: int) -> Case:
    """Make one case of many: joint applicants, items, files, records of search."""
    parties = tuple(
        type(APPLICANT)(
            part="applicant", kind="natural", name=f"村民{n}", id_kind="passport", id_number=f"E{n:08d}",
            phone=f"139{n:08d}", address=f"采薇村{n}号", signed=True,
        )
        for n in range(people)
    )  # fmt: skip
    wanted = tuple(f"2025年度采薇村第{n}村民小组分户补偿清单" for n in range(items))
    leader = type(APPLICANT)(
        part="representative", kind="natural", name="村民0", id_kind="passport", id_number="E00000000"
    )
    case = registered(town, parties=(*parties, leader), items=wanted, files=FILES * min(items, 5))
    Case.objects.filter(pk=case.pk).update(state="handling", unit=town.unit, handler=town.handler)
    for n in range(searches):
        record_search.record_search(
            case_id=case.pk, by=town.handler, on=DAY, now=case.created_at, systems="局档案系统", keywords="采薇村",
            period="2025年", method="全文检索", result="清单1份", found=True, item_seq=n % items + 1,
        )  # fmt: skip
    return case
