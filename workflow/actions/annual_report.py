"""Write an office's annual report, note that it was published, enter an older one, take one back (年度报告)."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Mapping

from law.annual.errors import Unreadable
from law.annual.figures import Cell, as_json, cell_of
from law.annual.layout import layout
from law.annual.read_file import read_bytes
from law.annual.rules import check
from office.models import Office, User
from office.roles import Role
from office.web.dates import chinese_date
from workflow.annual.narrative import NAME, names
from workflow.beside.step import Doing, make, take
from workflow.errors import BadRequest, NotYourRole
from workflow.models import AnnualReport
from workflow.requests import FileData
from workflow.selectors.annual_report import assembled

Hand = Mapping[str, Mapping[str, str]]
WRITERS, PUBLISHERS = frozenset({Role.HEAD, Role.ALLOCATOR, Role.INTAKE}), frozenset({Role.HEAD})
#: Longer than any part of a report is.
MOST_TEXT = 20_000


def fill_report(
    *, office_id: int, year: int, scope: str, by: User, on: dt.date, now: dt.datetime, hand: Hand,
    texts: Mapping[str, str], version: int = 0, act_id: uuid.UUID | None = None,
) -> AnnualReport:  # fmt: skip
    """Enter table two and the words of the report; the first time this begins the report.

    :param hand: what was entered by row and column of table two, as text; blank for what is not known yet
    :param version: of the report that was before the writer's eyes; nought for a new one
    Raises BadRequest naming the field.
    """
    office = _office(office_id, by, scope, WRITERS)
    entered = _entered(hand, year)
    words = _words(texts)
    row = AnnualReport.objects.filter(office=office, year=year, scope=scope).first()
    if row is None:

        def build(doing: Doing) -> AnnualReport:
            if AnnualReport.objects.filter(office=office, year=year, scope=scope).exists():
                raise BadRequest("changed", "刚才另有人建立了这份报告，请重新打开再填写", field="version")
            doing.note["year"] = year
            return AnnualReport.objects.create(
                office=office,
                year=year,
                scope=scope,
                hand=entered,
                texts=words,
                created_at=now,
                updated_at=now,
            )

        _year(year, on)
        made: AnnualReport = make("begin_report", office, build, by=by, on=on, now=now, act_id=act_id)
        return made

    def effect(report: AnnualReport, doing: Doing) -> None:
        if report.version != version:
            raise BadRequest("changed", "刚才另有人改过这份报告，请重新打开再填写", field="version")
        report.hand, report.texts, report.updated_at = entered, words, now
        report.version += 1
        doing.note["year"] = report.year

    done: AnnualReport = take(
        "fill_report", AnnualReport, row.pk, effect, by=by, on=on, now=now, act_id=act_id
    )
    return done


def publish_report(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, published_on: dt.date, address: str = "",
    act_id: uuid.UUID | None = None,
) -> AnnualReport:  # fmt: skip
    """Note that the report was published, and keep its figures as they are; refused while R1 to R6 or a gap stand against it."""

    def effect(report: AnnualReport, doing: Doing) -> None:
        _allowed(by, report.office_id, report.scope, PUBLISHERS)
        if not dt.date(report.year + 1, 1, 1) <= published_on <= on:
            raise BadRequest(
                "bad_day", f"公布日期应在{report.year + 1}年1月1日与今天之间", field="published_on"
            )
        made = assembled(report.office, report.year, report.scope, on=on)
        if made.blocked:
            raise BadRequest("not_ready", f"还不能公布：{'；'.join(made.blocked[:5])}", field="published_on")
        report.published, report.published_on, report.published_by = (
            as_json(made.figures) | {"paragraphs": [list(part.paragraphs) for part in made.parts]},
            published_on,
            by.duty_of,
        )
        report.address, report.updated_at = address.strip(), now
        report.version += 1
        report.publish()
        doing.note.update(year=report.year, published_on=chinese_date(published_on))

    done: AnnualReport = take(
        "publish_report", AnnualReport, record_id, effect, by=by, on=on, now=now, act_id=act_id
    )
    return done


def take_back_report(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, reason: str, act_id: uuid.UUID | None = None
) -> AnnualReport:
    """Write a published report anew after a mistake was found in it; what was published stays in the journal's reason."""
    if not reason.strip():
        raise BadRequest("no_reason", "请写明撤回重新编制的理由", field="reason")

    def effect(report: AnnualReport, doing: Doing) -> None:
        _allowed(by, report.office_id, report.scope, PUBLISHERS)
        if report.origin == AnnualReport.Origin.ENTERED:
            raise BadRequest("entered", "据已公布的报告录入的，请改正文件后重新录入", field="reason")
        report.published_on, report.published_by, report.updated_at = None, None, now
        report.version += 1
        report.take_back()
        doing.note.update(year=report.year, reason=reason.strip())

    done: AnnualReport = take(
        "take_back_report", AnnualReport, record_id, effect, by=by, on=on, now=now, act_id=act_id
    )
    return done


def enter_report(
    *, office_id: int, year: int, scope: str, by: User, on: dt.date, now: dt.datetime, file: FileData,
    published_on: dt.date, address: str = "", act_id: uuid.UUID | None = None,
) -> AnnualReport:  # fmt: skip
    """Enter a report that was published before the system was in use, from its page or workbook.

    What it left over to the next year is what the next report has to carry in (R4). A table that does not add up is
    entered as it was printed: it is what the public was told.
    """
    office = _office(office_id, by, scope, frozenset({Role.HEAD, Role.ALLOCATOR}))
    try:
        figures = read_bytes(file.content)
    except Unreadable as error:
        raise BadRequest("unreadable", error.message, field="file") from error
    if figures.year not in (None, year):
        raise BadRequest("other_year", f"这是{figures.year}年度的报告，不是{year}年度的", field="file")
    if not year < published_on.year or published_on > on:
        raise BadRequest("bad_day", "公布日期应在该年度之后、今天之前", field="published_on")
    _year(year, on)

    def build(doing: Doing) -> AnnualReport:
        found = AnnualReport.objects.filter(office=office, year=year, scope=scope).first()
        if found is not None and found.origin != AnnualReport.Origin.ENTERED:
            raise BadRequest("made_here", "这个年度的报告已在本系统编制，不能再录入", field="file")
        row = found or AnnualReport(
            office=office, year=year, scope=scope, origin=AnnualReport.Origin.ENTERED, created_at=now
        )
        row.published, row.published_on, row.published_by = as_json(figures), published_on, by.duty_of
        row.address, row.updated_at = address.strip(), now
        if found is None:
            row.publish()
        else:
            row.version += 1
        row.save()
        doing.note.update(year=year, findings=len([one for one in check(figures) if one.blocks]))
        return row

    made: AnnualReport = make("enter_report", office, build, by=by, on=on, now=now, act_id=act_id)
    return made


def _office(office_id: int, by: User, scope: str, own: frozenset[Role]) -> Office:
    if scope not in AnnualReport.Scope.values:
        raise BadRequest("no_scope", "请选择本机关的报告或者本级政府汇总的报告", field="scope")
    _allowed(by, office_id, scope, own)
    return Office.objects.get(pk=office_id)


def _allowed(by: User, office_id: int, scope: str, own: frozenset[Role]) -> None:
    """An office makes its own report; the whole government's is made by whoever supervises its offices (条例第四十九条)."""
    whole = scope == AnnualReport.Scope.WHOLE
    needed = frozenset({Role.SUPERVISOR}) if whole else own
    if not needed & by.roles_in(office_id):
        who = "、".join(role.label for role in Role if role in needed)
        raise NotYourRole(
            "not_your_role", f"{'本级政府汇总' if whole else '本机关'}的报告须由{who}办理", field="scope"
        )


def _year(year: int, on: dt.date) -> None:
    if not layout().first_year <= year <= on.year:
        raise BadRequest("bad_year", f"年度应在{layout().first_year}年与今年之间", field="year")


def _entered(hand: Hand, year: int) -> dict[str, dict[str, int | float | None]]:
    found: dict[str, dict[str, int | float | None]] = {}
    for table in layout().hand_tables(year):
        for row in table.rows:
            for column in table.columns:
                raw = hand.get(row, {}).get(column, "").strip()
                cell = cell_of(raw)
                where = f"{row}·{column}"
                if not _fits(cell, money=column in table.money, signed=column in table.signed):
                    kind = "不小于零的数" if column in table.money else "非负整数"
                    raise BadRequest("bad_number", f"“{where}”应填{kind}，您填写了“{raw}”", field=where)
                value = cell.value
                found.setdefault(row, {})[column] = (
                    None if value is None else value if isinstance(value, int) else float(value)
                )
    return found


def _fits(cell: Cell, *, money: bool, signed: bool) -> bool:
    if cell.blank:
        return True
    if cell.value is None:
        return False
    if money:
        return cell.value >= 0
    return isinstance(cell.value, int) and (signed or cell.value >= 0)


def _words(texts: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for part, text in texts.items():
        plain = re.sub(r"\r\n?", "\n", text).strip()
        if len(plain) > MOST_TEXT:
            raise BadRequest("too_long", f"第{part}部分超过{MOST_TEXT}字", field=f"text_{part}")
        for name in NAME.findall(plain):
            if name.strip() not in names():
                raise BadRequest(
                    "unknown_name", f"没有名为“{{{name}}}”的数字，可用：{'、'.join(names())}", field=f"text_{part}"
                )  # fmt: skip
        found[part] = plain
    return found
