"""What administrators look at: the years and their notices, the law's values and the offices' own, what a change moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from calendars import published
from calendars.inspection import summary
from calendars.models import StoredNotice
from law import values
from law.values import Certainty, DatedValue
from office import parameters
from office.models import Office, OfficeParameter, User
from office.roles import Role
from workflow import practices, rules
from workflow.impact.applying import notice_change
from workflow.impact.assess import Impact, impact_of
from workflow.impact.change import of_parameter
from workflow.selectors.access import visible_cases

#: Rows of an impact shown on the page; the numbers count all.
SHOWN = 200
CERTAINTY = {
    Certainty.VERIFIED: "原文已核", Certainty.SECOND_HAND: "转引，未见原文", Certainty.GENERAL: "通行认识",
    Certainty.PRACTICE: "实践做法", Certainty.DISPUTED: "有争议",
}  # fmt: skip
UNITS = {"working days": "个工作日", "months": "个月", "years": "年", "times": "次"}
WORDS = {
    "arrived": "到达之日", "confirmed": "与申请人确认之日", "received": "收到申请之日（法定）", "signed": "签收之日", "sent": "交邮之日", "grant": "公开",
    "refuse": "不予公开", "A": "先申请行政复议", "B": "申请行政复议或者提起行政诉讼", "unable": "无法提供", "not_handled": "不予处理", "other": "其他",
}  # fmt: skip
NAMES = {
    "art18.reassess_months": "不予公开事项定期评估的间隔",
    "art41.correction_days": "答复更正申请的期限",
    "art44.conversion_days": "批准转为主动公开后公开的期限",
    "fees.payment_days": "缴费期限",
    "fees.month_by": "按件计收时月份的归属",
    "fees.clock_restarts": "缴费后答复期限重新起算",
    "art30.supplement_term_days": "补正的合理期限",
    "art31.receipt.email": "电子邮件申请的收到日",
    "art31.receipt.pushed": "平台推送申请的收到日",
    "art32.publication_buffer_days": "告知第三方后至公开的缓冲",
    "art33.agency_opinion_days": "其他机关答复征求意见的期限",
    "art35.explain_days": "要求说明理由的期限",
    "art35.stops_clock": "要求说明理由期间停止计时",
    "completion.courier": "快递送达的完成日",
    "completion.email": "电子邮件送达的完成日",
    "remedies.class.partial": "对部分公开不服的救济途径",
    "remedies.excluded_direct_suit": "另行制作、信访、重复等答复告知直接起诉",
    "rereply.days": "责令重新答复的期限",
    "retention.long_years": "归档保管期限（长）",
    "retention.short_years": "归档保管期限（短）",
    "retention.transfer": "移交归档的截止日",
}


@dataclass(frozen=True)
class YearLine:
    """One year in force: its notices, its festivals, its number of working days."""

    year: int
    working_days: int
    notices: tuple[dict[str, Any], ...]
    festivals: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class ImpactRow:
    """One case that moves; ``seen`` tells whether this person may open it."""

    id: int
    number: str
    office: str
    before: dt.date | None
    after: dt.date | None
    turns: str
    why: str
    seen: bool


@dataclass(frozen=True)
class Shown:
    """An impact ready to show."""

    sentence: str
    digest: str
    rows: tuple[ImpactRow, ...]
    more: int


@dataclass(frozen=True)
class ValueLine:
    """One value of which the law leaves a choice, and what an office goes by."""

    key: str
    name: str
    law: str
    citation: str
    certainty: str
    reading: str
    own: str
    since: dt.date | None
    waiting: int


@dataclass(frozen=True)
class PracticeLine:
    """One setting of how an office works, and what it goes by."""

    key: str
    name: str
    says: str
    basis: str
    shipped: str
    own: str
    since: dt.date | None
    waiting: int
    part: str
    part_says: str
    for_all: bool


def is_administrator(user: User) -> bool:
    """Tell whether a person administers any office."""
    return any(Role.ADMIN in roles for roles in user.roles().values())


def administered(user: User) -> list[Office]:
    """List the offices a person administers, and those below them."""
    own = {pk for pk, roles in user.roles().items() if Role.ADMIN in roles}
    everyone = {row.pk: row for row in Office.objects.filter(is_active=True)}
    return [row for pk, row in everyone.items() if own & set(rules.chain_of(pk, everyone))]


def years() -> list[YearLine]:
    """List the years in force, newest first."""
    calendar = published.calendar()
    found = []
    for held in reversed(calendar.years):
        told = summary(calendar, held.year)
        found.append(
            YearLine(held.year, told["working_days"], tuple(told["notices"]), tuple(told["festivals"]))
        )
    return found


def notices() -> list[StoredNotice]:
    """List what was entered in the database, what waits first."""
    rows = StoredNotice.objects.select_related("entered_by", "confirmed_by", "withdrawn_by").order_by("-pk")
    return sorted(rows, key=lambda row: not row.is_open)


def find_notice(notice_id: int) -> StoredNotice | None:
    """Read one entered notice."""
    rows = StoredNotice.objects.select_related("entered_by", "confirmed_by", "withdrawn_by")
    return rows.filter(pk=notice_id).first()


def notice_impact(row: StoredNotice, user: User, *, on: dt.date) -> Shown:
    """Tell what a waiting notice would do. Raises Refusal where it does not follow on what is held."""
    return _shown(impact_of(notice_change(row), on=on), user)


def find_change(parameter_id: int, user: User, *, practice: bool = False) -> OfficeParameter | None:
    """Read one change of a value of the law, in an office this person administers or of all offices.

    :param practice: a change of how an office works (`workflow.practices`) instead
    """
    rows = OfficeParameter.objects.select_related("office", "entered_by", "confirmed_by", "withdrawn_by")
    keys = practices.table() if practice else rules.overridable()
    row = rows.filter(pk=parameter_id, key__in=list(keys)).first()
    if row is None or (row.office_id and row.office_id not in {office.pk for office in administered(user)}):
        return None
    return row


def change_impact(row: OfficeParameter, user: User, *, on: dt.date) -> Shown:
    """Tell what a waiting value would do."""
    return _shown(impact_of(of_parameter(row), on=on), user)


def value_lines(office: Office | None, *, on: dt.date) -> list[ValueLine]:
    """List every value of which the law leaves a choice, and what an office goes by on a day."""
    own = rules.layered([] if office is None else _chain(office), rules.own_values())
    waiting = _waiting(office, rules.overridable())
    lines = []
    for key in rules.overridable():
        law = values.table()[key][-1]
        held = [pair for pair in own.get(key, ()) if pair[0] <= on]
        lines.append(
            ValueLine(
                key, name_of(key), worded(law, law.value), law.citation, CERTAINTY[law.certainty], law.reading,
                worded(law, held[-1][1]) if held else "", held[-1][0] if held else None, waiting.get(key, 0),
            )
        )  # fmt: skip
    return lines


def practice_lines(office: Office | None, *, on: dt.date) -> list[PracticeLine]:
    """List every setting of how an office works, and what it goes by on a day."""
    holders = [None] if office is None else [*_chain(office), None]
    rows = OfficeParameter.objects.filter(
        key__in=list(practices.table()), confirmed_at__isnull=False, from_on__lte=on
    )
    own: dict[str, dict[int | None, OfficeParameter]] = {}
    for row in rows.order_by("from_on", "confirmed_at"):
        own.setdefault(row.key, {})[row.office_id] = row
    together = {key for key, practice in practices.table().items() if practice.for_all}
    waiting = _waiting(office, [*(practices.table().keys() - together)]) | _waiting(None, [*together])
    lines = []
    for key, practice in practices.table().items():
        held = next((own[key][pk] for pk in holders if pk in own.get(key, {})), None)
        lines.append(
            PracticeLine(
                key, practice.name, practice.says, practice.basis, practices.worded(practice, practice.value),
                practices.worded(practice, held.value) if held else "", held.from_on if held else None, waiting.get(key, 0),
                practice.part, practices.PARTS[practice.part], practice.for_all,
            )
        )  # fmt: skip
    return lines


def history(key: str, office: Office | None) -> list[tuple[OfficeParameter, str]]:
    """List every change of a value or setting by an office, newest first, with the value in words."""
    rows = parameters.history(key, office=office)
    if key in practices.table():
        return [(row, practices.worded(practices.table()[key], row.value)) for row in rows]
    law = values.table()[key][-1]
    return [(row, worded(law, row.value)) for row in rows]


def _waiting(office: Office | None, keys: Sequence[str]) -> dict[str, int]:
    rows = OfficeParameter.objects.filter(
        office=office, key__in=keys, confirmed_at__isnull=True, withdrawn_at__isnull=True
    )
    return dict(rows.values_list("key", "pk"))


def name_of(key: str) -> str:
    """Name a value of the law in Chinese."""
    return NAMES.get(key, key)


def worded(law: DatedValue, value: Any) -> str:
    """Write a value in words."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return f"{value} {UNITS.get(law.unit, law.unit)}"
    if law.unit == "month-day":
        month, _, day = str(value).partition("-")
        return f"次年{int(month)}月{int(day)}日"
    return "、".join(WORDS.get(word, word) for word in str(value).split(","))


def _chain(office: Office) -> list[int]:
    return [office.pk, *(above.pk for above in office.ancestors())]


def _shown(found: Impact, user: User) -> Shown:
    crossing = [*found.late, *found.cured]
    rest = [row for row in found.moved if not row.turns]
    picked = [*crossing, *rest][:SHOWN]
    stuck = found.stuck[:SHOWN]
    ids = {row.case for row in picked} | {row.case for row in stuck}
    seen = set(visible_cases(user).filter(pk__in=ids).values_list("pk", flat=True))
    names = dict(Office.objects.values_list("pk", "name"))
    words = {"late": "变为逾期", "cured": "不再逾期"}
    rows = [
        ImpactRow(row.case, row.number, names[row.office], None, None, "", row.why, row.case in seen)
        for row in stuck
    ]
    rows += [
        ImpactRow(
            row.case, row.number, names[row.office], row.before, row.after, words.get(row.turns, ""), "",
            row.case in seen,
        )
        for row in picked
    ]  # fmt: skip
    return Shown(found.sentence, found.digest, tuple(rows), len(found.moved) - len(picked))
