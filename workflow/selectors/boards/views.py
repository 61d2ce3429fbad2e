"""The views beside the board: lateness, stages and hands, load, arrivals and departures, forecast."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count

from law.clock.reading import MovedBy
from office.models import User
from workflow.machine import OPEN, State
from workflow.selectors.boards import flow, forecast, held
from workflow.selectors.boards.overview import Line, counted
from workflow.selectors.boards.scope import NOBODY, Names, Scope, names, narrowed, watched
from workflow.selectors.boards.table import Bars, Cell, Piece, Row, Table, View, summed
from workflow.selectors.boards.wanted import COLUMNS, LATE, Wanted
from workflow.selectors.timeliness import RUNNING, date_band, open_cases, standing_in_groups

#: So many people are listed where a view is about several offices; an office's own view lists all of its people.
HEAVIEST = 50
#: Who has a case in hand in each stage (牵头科室始终负责).
HOLDERS = {
    State.SUBMITTED: "登记员", State.REGISTERED: "分办人", State.SUPPLEMENTING: "申请人", State.EXPLAINING: "申请人",
    State.AWAITING_FEE: "申请人", State.HANDLING: "承办科室、承办人", State.REVIEWING: "审查员", State.SIGNING: "签发人",
    State.REPLIED: "登记员（送达）", State.REOPENED: "分办人",
}  # fmt: skip


def late(user: User, scope: Scope, *, on: dt.date) -> View:
    """Tell lateness with authority from that without, and the original dates from those that are in force."""
    scope = narrowed(user, scope)
    cases, known = watched(user, scope), names(user, scope)
    below = _below(scope)
    lines: dict[Scope, Line] = {}
    whole = Line("合计", scope.office, scope.unit, scope.person)
    for row in counted(cases, below, on=on):
        whole.count(row)
        part = _part(row, below)
        lines.setdefault(part, Line(known.of(part), part.office, part.unit, part.person)).count(row)
    at = Wanted().at(scope)
    grounds = [
        Row(
            LATE[how], (Cell(MovedBy(moved).label or "没有延长"), Cell(number, at.asking(late=how, moved=moved))),
            kind="overdue" if how == "without" else "",
        )
        for how, found in (("with", whole.covered), ("without", whole.uncovered))
        for moved, number in sorted(found.items())
    ]  # fmt: skip
    parts = [
        Row(line.name, _late_cells(line, Wanted().at(part)), part)
        for part, line in sorted(lines.items(), key=lambda pair: known.order(pair[0]))
    ]
    head = (_what(below), LATE["with"], LATE["without"], "在办合计")
    tables = (
        Table("grounds", "超过原期限的依据", ("是否有依据", "依据", "件数"), tuple(grounds),
              "依据指延期、征求意见、延迟答复；有依据而仍逾期的，列在“没有依据”。"),
        Table("parts", f"按{_what(below)}", head, (*parts, summed("合计", parts, scope, columns=3))),
        _dates(cases, at, on),
    )  # fmt: skip
    bars = Bars("超过原期限的案件", tuple(
        (row.name, (Piece("near", LATE["with"], _int(row.cells[0])), Piece("overdue", LATE["without"], _int(row.cells[1]))))
        for row in parts
    ))  # fmt: skip
    lead = f"超过原期限 {whole.covered.total() + whole.uncovered.total()} 件，其中依法延长 {whole.covered.total()} 件，没有依据 {whole.uncovered.total()} 件。"
    return View("late", "超期与依据", on, scope, known, lead, tables, bars)


def _late_cells(line: Line, at: Wanted) -> tuple[Cell, ...]:
    return (
        Cell(line.covered.total(), at.asking(late="with")),
        Cell(line.uncovered.total(), at.asking(late="without"), "overdue"), Cell(line.total, at),
    )  # fmt: skip


def _dates(cases: Any, at: Wanted, on: dt.date) -> Table:
    found: Counter[tuple[str, str]] = Counter()
    dated = open_cases(cases).filter(original_due_on__isnull=False).annotate(
        original=date_band(on, "original_due_on"), standing=standing_in_groups(on)
    )  # fmt: skip
    for row in dated.order_by().values("original", "standing").annotate(n=Count("pk")):
        found[row["original"], row["standing"]] += row["n"]
    rows = [
        Row(f"原届满日{band.label}", tuple(
            Cell(found[str(band), str(now)], at.asking(original=str(band), standing=str(now)), str(now))
            for now in COLUMNS
        ))
        for band in RUNNING
    ]  # fmt: skip
    return Table("dates", "原届满日与现届满日", ("原届满日", *(str(now.label) for now in COLUMNS)), tuple(rows),
                 "行按原届满日、列按现届满日（含延长、暂停）归入。")  # fmt: skip


def stages(user: User, scope: Scope, *, on: dt.date) -> View:
    """Tell in which stage open cases are and for how long, and who has had them in hand since when."""
    scope = narrowed(user, scope)
    cases, known = watched(user, scope), names(user, scope)
    broken = held.interrupted(cases, on=on)
    by_stage = held.stays(cases, held.STAGE, ("state",), on=on, broken=broken)
    at = Wanted().at(scope)
    rows = [
        _stage_row(state, by_stage.totals[(str(state),)], by_stage.ages[(str(state),)], at)
        for state in OPEN
        if (str(state),) in by_stage.totals
    ]
    tables = [
        Table("stages", "各阶段停留", ("阶段", "在谁手上", *held.AGE_LABELS, "件数", "平均工作日", "最长工作日"), tuple(rows),
              "从进入本阶段的次日起计算工作日，征求意见期间不计。"),
    ]  # fmt: skip
    for below, since in _hands(scope):
        found = held.stays(cases, since, below, on=on, broken=broken).totals
        lines = sorted(((_part(dict(zip(below, key, strict=True)), below), total) for key, total in found.items()),
                       key=lambda pair: known.order(pair[0]))  # fmt: skip
        tables.append(Table(
            f"hands-{below[-1]}", f"在{_what(below)}手上", (_what(below), "计时中件数", "平均工作日", "最长工作日"),
            tuple(Row(known.of(part), (Cell(total.cases), Cell(total.mean), Cell(total.most)), part) for part, total in lines),
            "从交办的次日起计算工作日；征求意见、等待申请人期间和重新起算以前的不计，停止计时的案件不计。",
        ))  # fmt: skip
    bars = Bars("各阶段停留时间", tuple(
        (row.name, tuple(Piece(f"age{n}", label, _int(row.cells[1 + n])) for n, label in enumerate(held.AGE_LABELS)))
        for row in rows
    ))  # fmt: skip
    return View(
        "stages", "阶段与停留", on, scope, known, "案件在哪个阶段、在谁手上、多久了。", tuple(tables), bars
    )


def _stage_row(state: State, total: held.Total, ages: list[int], at: Wanted) -> Row:
    by_age = (Cell(number, at.asking(stage=str(state), age=age)) for age, number in enumerate(ages))
    whole = Cell(total.cases, at.asking(stage=str(state)))
    return Row(str(state.label), (Cell(HOLDERS[state]), *by_age, whole, Cell(total.mean), Cell(total.most)))


def people(user: User, scope: Scope, *, on: dt.date) -> View:
    """Tell what each person has in hand and has lately finished."""
    scope = narrowed(user, scope)
    cases, known = watched(user, scope), names(user, scope)
    keys = ("office_id", "unit_id", "handler_id")
    lines: dict[Scope, Line] = {}
    rows = open_cases(cases).annotate(standing=standing_in_groups(on)).order_by().values(*keys, "standing")
    for row in rows.annotate(n=Count("pk")):
        part = _part(row, keys)
        line = lines.setdefault(part, Line("", part.office, part.unit, part.person))
        line.counts[row["standing"]] += row["n"]
    # Whose hands are empty has finished everything: no less worth a line.
    finished = {
        _part(dict(zip(keys, key, strict=True)), keys): n for key, n in flow.paces(cases, keys, on=on).items()
    }
    for part in finished:
        lines.setdefault(part, Line("", part.office, part.unit, part.person))
    ordered = sorted(lines.values(), key=lambda line: (-line.total, known.order(line.scope)))
    several = scope.level == "county"
    shown = [line for line in ordered if line.person][:HEAVIEST] if several else ordered
    if several:
        known.add_people([line.person for line in shown])
    table = [
        Row(_person(known, line, several), (
            *(Cell(number, Wanted().at(line.scope).asking(standing=key), key) for key, _, number in line.cells()),
            Cell(line.total, Wanted().at(line.scope)),
            Cell(finished.get(line.scope, 0), _finished(line.scope, on)),
        ), line.scope)
        for line in shown
    ]  # fmt: skip
    head = (
        "承办人",
        *(str(column.label) for column in COLUMNS),
        "在办合计",
        f"近{flow.PACE_DAYS}个工作日办结",
    )
    note = f"只列在办最多的{HEAVIEST}人；点机关可看全部。" if several else ""
    bars = Bars("各人在办件数", tuple(
        (row.name, tuple(Piece(key, label, number) for key, label, number in line.cells()))
        for row, line in zip(table[:20], shown, strict=False)
    ))  # fmt: skip
    busy = len({line.person for line in lines.values() if line.person and line.total})
    return View("people", "各人负荷", on, scope, known, f"{busy} 人手上有在办案件。",
                (Table("people", "按承办人", head, tuple(table), note),), bars)  # fmt: skip


def _person(known: Names, line: Line, several: bool) -> str:
    name = known.of(line.scope) or NOBODY
    place = known.offices.get(line.office or 0, "") if several else known.of(Scope(line.office, line.unit))
    return f"{name}（{place}）" if place else name


def _finished(scope: Scope, on: dt.date) -> Wanted:
    return Wanted().at(scope).asking(way=flow.OUT, first=flow.pace_since(on) + dt.timedelta(days=1), last=on)


def movement(user: User, scope: Scope, *, on: dt.date) -> View:
    """Tell what came in and what left in the last weeks."""
    scope = narrowed(user, scope)
    cases, known = watched(user, scope), names(user, scope)
    found = flow.weeks(cases, on=on)
    at = Wanted().at(scope)
    rows = []
    for week in found:
        span = {"first": week.first, "last": week.last}
        left = tuple(
            Cell(week.left[result], at.asking(way=flow.OUT, result=result, **span), "overdue" if result == "late" else "")
            for result in flow.RESULTS
        )  # fmt: skip
        rows.append(Row(
            f"{week.first.month}月{week.first.day}日—{week.last.month}月{week.last.day}日",
            (Cell(week.arrived, at.asking(way=flow.IN, **span)), *left,
             Cell(week.departed, at.asking(way=flow.OUT, **span)), Cell(week.in_hand)),
        ))  # fmt: skip
    head = ("周", "新收", *flow.RESULTS.values(), "办结合计", "周末在办")
    bars = Bars("每周新收与办结", tuple(pair for row in rows for pair in (
        (f"{row.name} 新收", (Piece("near", "新收", _int(row.cells[0])),)),
        ("办结", tuple(Piece(kind, label, _int(row.cells[1 + n])) for n, (kind, label) in enumerate(
            zip(("done", "soon", "overdue", "ended"), flow.RESULTS.values(), strict=True)))),
    )))  # fmt: skip
    arrived, left_all = sum(week.arrived for week in found), sum(week.departed for week in found)
    note = "新收按收到日，办结按送达（撤回、不再处理）之日；重新办理的案件视为一直在办。本周未完。"
    return View("flow", "新收与办结", on, scope, known, f"近{flow.WEEKS}周新收 {arrived} 件，办结 {left_all} 件。",
                (Table("flow", "按周", head, tuple(rows), note),), bars)  # fmt: skip


def outlook(user: User, scope: Scope, *, on: dt.date) -> View:
    """Foresee what will be overdue: if nobody does anything, and at each unit's own pace."""
    scope = narrowed(user, scope)
    cases, known = watched(user, scope), names(user, scope)
    below = (
        ("office_id",) if scope.level == "county" else _below(scope)[: 3 if scope.level == "person" else 2]
    )
    lines: defaultdict[Scope, forecast.Outlook] = defaultdict(forecast.Outlook)
    whole = forecast.Outlook()
    for key, one in forecast.outlooks(cases, scope, on=on).items():
        lines[_part(dict(zip(forecast.group(scope), key, strict=True)), below)].add(one)
        whole.add(one)
    rows = [
        _outlook_row(known.of(part), one, Wanted().at(part), part)
        for part, one in sorted(lines.items(), key=lambda pair: known.order(pair[0]))
    ]
    total = _outlook_row("合计", whole, Wanted().at(scope), None)
    head = [_what(below), "现已逾期"]
    for ahead in forecast.AHEAD:
        head += [f"{ahead}个工作日后·不再办理", f"{ahead}个工作日后·按现有速度"]
    table = Table("forecast", f"按{_what(below)}", (*head, f"近{flow.PACE_DAYS}个工作日办结"), (*rows, total),
                  f"按现有速度：各科室按近{flow.PACE_DAYS}个工作日的办结件数继续办理，先到期的先办。征求意见未送达的，视为继续暂停。")  # fmt: skip
    bars = Bars("逾期预测", (
        ("现已逾期", (Piece("overdue", "逾期", whole.now),)),
        *(pair for ahead in forecast.AHEAD for pair in (
            (f"{ahead}个工作日后 不再办理", (Piece("overdue", "逾期", whole.nothing[ahead]),)),
            (f"{ahead}个工作日后 按现有速度", (Piece("today", "按现有速度逾期", whole.paced[ahead]),)),
        )),
    ))  # fmt: skip
    lead = "；".join(
        f"{n}个工作日后逾期 {whole.nothing[n]} 件，按现有速度 {whole.paced[n]} 件" for n in forecast.AHEAD
    )
    return View("forecast", "逾期预测", on, scope, known, f"{lead}。", (table,), bars)


def _outlook_row(name: str, one: forecast.Outlook, at: Wanted, part: Scope | None) -> Row:
    cells = [Cell(one.now, at.asking(standing="overdue"), "overdue")]
    for ahead in forecast.AHEAD:
        cells += [
            Cell(one.nothing[ahead], at.asking(ahead=ahead)), Cell(one.paced[ahead], at.asking(ahead=ahead, pace=True)),
        ]  # fmt: skip
    return Row(name, (*cells, Cell(one.pace)), part, "" if part else "total")


VIEWS: dict[str, tuple[str, Callable[..., View]]] = {
    "late": ("超期与依据", late), "stages": ("阶段与停留", stages), "people": ("各人负荷", people), "flow": ("新收与办结", movement),
    "forecast": ("逾期预测", outlook),
}  # fmt: skip


def _below(scope: Scope) -> tuple[str, ...]:
    """Name the columns of the parts right below a scope."""
    return {"county": ("office_id",), "office": ("office_id", "unit_id")}.get(
        scope.level, ("office_id", "unit_id", "handler_id")
    )


def _hands(scope: Scope) -> Iterable[tuple[tuple[str, ...], str]]:
    people_of = (("office_id", "unit_id", "handler_id"), "handler_on")
    if scope.level == "county":
        return [(("office_id",), "unit_on")]
    return [(("office_id", "unit_id"), "unit_on"), people_of] if scope.level == "office" else [people_of]


def _part(row: dict[str, Any], keys: tuple[str, ...]) -> Scope:
    return Scope(
        row["office_id"], (row["unit_id"] or 0) if "unit_id" in keys else None,
        (row["handler_id"] or 0) if "handler_id" in keys else None,
    )  # fmt: skip


def _what(keys: tuple[str, ...]) -> str:
    return {"office_id": "机关", "unit_id": "科室", "handler_id": "承办人"}[keys[-1]]


def _int(cell: Cell) -> int:
    assert isinstance(cell.value, int)
    return cell.value
