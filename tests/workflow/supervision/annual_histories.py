"""Random cases over some years with outcomes, second rounds and proceedings, and a plain recount from their events."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import dataclass, field

from law.annual.layout import layout
from law.annual.tally import Period
from law.outcomes import Outcome
from office.models import Office
from tests.workflow.supervision.histories import History, random_history, store
from workflow.clock import reading
from workflow.kinds import PartyKind
from workflow.models import Case, ClockEvent, Item, Remedy, Reopening

FIRST, LAST = dt.date(2024, 10, 1), dt.date(2026, 11, 1)
REPLIES = [one.value for one in Outcome if one.family != "other"]
NOW = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)


@dataclass
class Told:
    """What was decided about a case, round by round: the day and the outcomes of its items."""

    rounds: list[tuple[dt.date, list[str]]] = field(default_factory=list)


def fill(office: Office, count: int, seed: int) -> dict[int, Told]:
    """Write some random cases of an office, and say what each came to."""
    rng = random.Random(seed)
    told: dict[int, Told] = {}
    seq: Counter[int] = Counter()
    for _ in range(count):
        on = FIRST + dt.timedelta(days=rng.randrange((LAST - FIRST).days))
        one = random_history(rng, on)
        while one.arrived_on < FIRST:
            one = random_history(rng, on)
        seq[one.arrived_on.year] += 1
        case = store(one, office=office, seq=seq[one.arrived_on.year])
        told[case.pk] = _decide(case, one, rng)
    return told


def _decide(case: Case, one: History, rng: random.Random) -> Told:
    told = Told()
    case.applicant_kind = rng.choice(PartyKind.values)
    items = [
        Item(case=case, seq=seq, description=f"事项{seq}", outcome="")
        for seq in range(1, rng.choice([1, 1, 1, 2, 3]) + 1)
    ]
    ended = [event for event in one.events if event["type"] in ("replied", "withdrawn")]
    if ended:
        day = ended[0]["on"]
        withdrawn = ended[0]["type"] == "withdrawn"
        outcomes = [
            "withdrawn" if withdrawn else rng.choice(REPLIES if rng.random() < 0.7 else REPLIES[:5])
            for _ in items
        ]
        told.rounds.append((day, outcomes))
        case.answered(day, outcomes)
        if not withdrawn and rng.random() < 0.2:
            _again(case, day, outcomes, told, rng)
        for item, outcome in zip(
            items, told.rounds[-1][1] if case.replied_on else [""] * len(items), strict=True
        ):
            item.outcome = outcome
        if not withdrawn:
            _contest(case, day, rng)
    case.save()
    Item.objects.bulk_create(items)
    return told


def _again(case: Case, day: dt.date, outcomes: list[str], told: Told, rng: random.Random) -> None:
    """Take a case up again on a decision, answered anew or not yet."""
    remedy = _remedy(case, "reconsideration", day + dt.timedelta(days=20), None)
    _end(remedy, "corrected", day + dt.timedelta(days=60))
    Reopening.objects.create(
        case=case, seq=1, cause="ordered", remedy=remedy, on=day + dt.timedelta(days=61),
        before={"replied_on": day.isoformat(), "items": [{"seq": n, "outcome": o} for n, o in enumerate(outcomes, 1)]},
    )  # fmt: skip
    place = ClockEvent.objects.filter(case=case).count()
    event = {"case": case, "office": case.office, "data": {}}
    ClockEvent.objects.create(seq=place + 1, type="ordered_rereply", on=day + dt.timedelta(days=61), **event)
    case.taken_up_again()
    if rng.random() < 0.6:
        second = day + dt.timedelta(days=80)
        told.rounds.append((second, [rng.choice(REPLIES) for _ in outcomes]))
        ClockEvent.objects.create(seq=place + 2, type="replied", on=second, **event)
        case.answered(second, told.rounds[-1][1])


def _contest(case: Case, day: dt.date, rng: random.Random) -> None:
    if rng.random() < 0.5:
        return
    kind = rng.choice(["reconsideration", "suit"])
    remedy = _remedy(case, kind, day + dt.timedelta(days=rng.randrange(5, 90)), None)
    while rng.random() < 0.7:
        decided = remedy.received_on + dt.timedelta(days=rng.randrange(20, 120))
        _end(remedy, rng.choice(["upheld", "corrected", "other"]), decided)
        if rng.random() < 0.5:
            return
        remedy = _remedy(case, "suit", decided + dt.timedelta(days=rng.randrange(0, 20)), remedy)


def _remedy(case: Case, kind: str, received_on: dt.date, after: Remedy | None) -> Remedy:
    if kind == "reconsideration":
        road = "reconsideration"
    else:
        road = "direct" if after is None or after.road == "direct" else "after"
    return Remedy.objects.create(
        case=case, seq=case.remedies.count() + 1, kind=kind, road=road, after=after, about="reply",
        claimant_name="赵某", body="清源县人民政府", received_on=received_on, answer_due_on=received_on,
        instance="" if kind == "reconsideration" else "first" if after is None or after.kind != "suit" else "second",
        procedure="ordinary" if kind == "reconsideration" else "", by_ref="user:1", created_at=NOW,
    )  # fmt: skip


def _end(remedy: Remedy, result: str, on: dt.date) -> None:
    remedy.result, remedy.decided_on, remedy.decision_received_on = result, on, on
    remedy.mark_decided()
    remedy.save()


def one_outcome(outcomes: list[str]) -> str:
    """Say by hand under which outcome several items count."""
    families = [Outcome(outcome).family for outcome in outcomes]
    if "partial" in families or ("grant" in families and "refuse" in families):
        return "partial"
    for family in ("grant", "refuse", "unable", "not_handled", "other"):
        if family in families:
            return outcomes[families.index(family)]
    raise AssertionError(outcomes)


@dataclass(frozen=True)
class Plain:
    """What the events of one case say: who asked, when it was received, when it was first ended and how."""

    kind: str
    received_on: dt.date | None
    done_on: dt.date | None
    outcome: str


def read_events(told: dict[int, Told]) -> list[Plain]:
    """Read every case from its events alone."""
    found = []
    for case in Case.objects.prefetch_related("events").select_related("office"):
        ends = sorted(
            (event.on, event.seq) for event in case.events.all() if event.type in ("replied", "withdrawn")
        )
        outcome = one_outcome(told[case.pk].rounds[0][1]) if ends else ""
        received = reading(case, as_of=LAST).received_on
        found.append(Plain(case.applicant_kind, received, ends[0][0] if ends else None, outcome))
    return found


def recount(period: Period, cases: list[Plain]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Count tables three and four case by case, without a thought to cost."""
    table3: Counter[tuple[str, str]] = Counter()
    for case in cases:
        if case.received_on is None or case.received_on > period.last:
            continue
        if case.done_on is not None and case.done_on < period.first:
            continue
        rows = ["new" if case.received_on >= period.first else "carried_in"]
        if case.done_on is None or case.done_on > period.last:
            rows.append("carried_out")
        else:
            rows += [next(row.id for row in layout().leaves if case.outcome in row.outcomes), "total"]
        for row in rows:
            table3[row, case.kind] += 1
            table3[row, "all"] += 1
    return table3, _recount_proceedings(period)


def _recount_proceedings(period: Period) -> Counter[tuple[str, str]]:
    table4: Counter[tuple[str, str]] = Counter()
    for remedy in Remedy.objects.prefetch_related("followed_by"):
        later = [
            one for one in remedy.followed_by.all() if one.kind == "suit" and one.received_on <= period.last
        ]
        if remedy.received_on > period.last or (remedy.kind == "suit" and later):
            continue
        if remedy.decided_on and remedy.decided_on < period.first:
            continue
        pending = remedy.decided_on is None or remedy.decided_on > period.last
        for result in ("pending" if pending else remedy.result, "all"):
            table4[remedy.road, result] += 1
    return table4
