"""What offices owe beside their cases (sheets, annual reports, rectifications): whoever has not done it is reminded."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.timezone import localdate

from calendars import published
from law.annual.tally import Period
from office import mail, outbox
from office.models import Office, OutboxMessage, User
from office.roles import Role
from workflow import rules
from workflow.annual.statistics import Months
from workflow.models import AnnualReport, Case, StatisticsFiling
from workflow.notices import owed_rectified
from workflow.notices.escalation import Kind, Step, Steps, steps_of
from workflow.notices.mails import FOOT, site
from workflow.notices.owing import Owing, before
from workflow.notices.people import People
from workflow.selectors import annual_report, filings

KIND = "workflow.owed"
FILE = Path(__file__).with_suffix(".toml")
#: Working days before the end of the term from which it is spoken of.
SHEET_NEAR, ANNUAL_NEAR = 2, 10
#: Months after the year's end in which a missing annual report is spoken of; later it is history.
ANNUAL_MONTHS = 6


@cache
def kinds() -> dict[str, Kind]:
    """Read every kind of reminder."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        what: Kind(what, row["subject"], row["hint"], steps_of(row["steps"])) for what, row in read.items()
    }


def owing(*, on: dt.date) -> Iterator[Owing]:
    """Yield what is near its day or past it and not done: notices to rectify, sheets and annual reports."""
    yield from owed_rectified.owing(on)
    yield from _sheets(on)
    yield from _reports(on)


def _handling(until: dt.date) -> list[Office]:
    """List the offices that had received a request by a day: the others have not moved in."""
    cases = Case.objects.filter(office=OuterRef("pk"), received_on__lte=until)
    return list(Office.objects.filter(Exists(cases), is_active=True).order_by("code"))


def _sheets(on: dt.date) -> Iterator[Owing]:
    terms = filings.Terms(on=on)
    month = filings.last_over(on)
    runs = [month]
    if month.last % 3 == 0:
        runs.append(Months(month.year, month.last - 2, month.last))
    for months in runs:
        confirmed = set(
            StatisticsFiling.objects.filter(
                year=months.year, first=months.first, last=months.last, scope=filings.OWN, stage=StatisticsFiling.Stage.CONFIRMED
            ).values_list("office_id", flat=True)
        )  # fmt: skip
        for office in _handling(months.period.last):
            if office.pk in confirmed or not terms.owes(office.pk, months):
                continue
            due = terms.due_on(office.pk, months)
            yield from _near_or_late(
                "sheet", office, due, SHEET_NEAR, on, (("period", months.name), ("scope", "own"))
            )


def _reports(on: dt.date) -> Iterator[Owing]:
    if on.month > ANNUAL_MONTHS:
        return
    year = on.year - 1
    done = set(
        AnnualReport.objects.filter(year=year, stage=AnnualReport.Stage.PUBLISHED).values_list(
            "office_id", "scope"
        )
    )
    handling = _handling(Period.of_year(year).last)
    own = [(office, annual_report.OWN) for office in handling]
    for office, scope in [*own, *((office, annual_report.WHOLE) for office in _governing(handling))]:
        if (office.pk, str(scope)) not in done:
            due = annual_report.due_on(office, year, scope)
            about = (("year", year), ("scope", str(scope)))
            yield from _near_or_late("annual", office, due, ANNUAL_NEAR, on, about)


def _governing(handling: Sequence[Office]) -> list[Office]:
    """List who makes the report of a whole government, itself asked or any office below it."""
    parents = dict(Office.objects.values_list("pk", "parent_id"))
    above: set[int] = set()
    for office in handling:
        here: int | None = office.pk
        while here is not None and here not in above:
            above.add(here)
            here = parents.get(here)
    found = Office.objects.filter(pk__in=above, kind__in=annual_report.GOVERNMENTS, is_active=True)
    return list(found.order_by("code"))


def _near_or_late(
    what: str, office: Office, due: dt.date, near: int, on: dt.date, about: tuple[tuple[str, Any], ...]
) -> Iterator[Owing]:
    if on > due:
        yield Owing(f"{what}_late", office.pk, office.name, due + dt.timedelta(days=1), about)
    elif on >= (since := before(rules.days_of(office.pk), due, near)):
        yield Owing(f"{what}_due", office.pk, office.name, since, about)


def post_new(*, on: dt.date, now: dt.datetime) -> int:
    """Queue every reminder that is due and that nobody has been told yet, the most urgent first; return how many."""
    order = {what: place for place, what in enumerate(kinds())}
    found = sorted(owing(on=on), key=lambda one: order[one.what])
    people, steps = People({one.office for one in found}, on=on), Steps(on=on)
    wanted = {}
    for one in found:
        for user in _told(one, people, steps.of(one.what, one.office, otherwise=kinds()[one.what].steps), on):
            payload = {"office": one.office, "user": user, "what": one.what, **dict(one.about)}
            mark = ":".join(str(value) for _, value in one.about)
            wanted[f"office:{one.office}:{one.what}:{mark}:user:{user}"] = payload
    known = set(OutboxMessage.objects.filter(dedupe_key__in=wanted).values_list("dedupe_key", flat=True))
    fresh = [
        OutboxMessage(kind=KIND, dedupe_key=key, payload=payload, created_at=now, due_at=now)
        for key, payload in wanted.items()
        if key not in known
    ]
    OutboxMessage.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _told(one: Owing, people: People, steps: Sequence[Step], on: dt.date) -> list[int]:
    calendar, told = published.calendar(), list[int]()
    if dict(one.about).get("scope") == annual_report.WHOLE:
        # The report of a whole government is made by whoever supervises its offices.
        told += people.supervisors(one.office)
    for step in steps:
        if step.after and calendar.project(one.since, step.after).date > on:
            continue
        told += _whom(step.to, one, people)
    return list(dict.fromkeys(told))


def _whom(to: str, one: Owing, people: People) -> list[int]:
    if to == "supervisor":
        return people.supervisors(one.office)
    if to == "asker":
        return [one.asker] if one.asker else []
    return people.with_role(one.office, Role(to))


def send(payload: Mapping[str, Any], now: dt.datetime) -> None:
    """Send a reminder, unless what it reminds of has been done while it waited.

    :param now: when the outbox sends it; a sheet or a report that was owed still is, whatever the day
    """
    user = User.objects.filter(pk=payload["user"], is_active=True).exclude(email="").first()
    office = Office.objects.get(pk=payload["office"])
    kind = kinds()[payload["what"]]
    on = localdate(now)
    if user is None or _done(payload, on):
        return
    line = ""
    if "record" in payload:
        told, line, place = owed_rectified.told(payload, on)
    elif "period" in payload:
        told = Months.named(payload["period"]).label
        place = reverse("board:statistics_sheet", args=[office.pk, "own", payload["period"]])
    else:
        told = f"{payload['year']}年度"
        place = reverse("board:annual_report", args=[office.pk, payload["year"], payload["scope"]])
    text = "\n\n".join(
        (f"{office.name}{told}：{kind.subject}。{line}{kind.hint}", f"办理：{site()}{place}", FOOT)
    )
    mail.send(to=user.email, subject=f"〔依申请公开〕{office.name}{told}{kind.subject}", text=text)


def _done(payload: Mapping[str, Any], on: dt.date) -> bool:
    if "record" in payload:
        return not owed_rectified.still_due(payload, on)
    if "period" in payload:
        months = Months.named(payload["period"])
        return StatisticsFiling.objects.filter(
            office_id=payload["office"], year=months.year, first=months.first, last=months.last, scope=filings.OWN,
            stage=StatisticsFiling.Stage.CONFIRMED,
        ).exists()  # fmt: skip
    row = {name: payload[name] for name in ("year", "scope")}
    return AnnualReport.objects.filter(
        office_id=payload["office"], stage=AnnualReport.Stage.PUBLISHED, **row
    ).exists()


def register() -> None:
    """Register the handler; called when the app is ready."""
    outbox.handler(KIND)(send)
