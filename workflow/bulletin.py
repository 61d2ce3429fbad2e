"""A month's bulletin as a document: its title, paragraphs and tables, for the page and the file alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from law.annual.printed import Print, Table
from office.web.dates import chinese_date
from workflow.models import Bulletin
from workflow.selectors.bulletin_figures import ACTS, COLUMNS, rate

#: The longest bar of a table of figures, in characters of the wide block.
BAR = 20


@dataclass(frozen=True)
class Section:
    """One part of a bulletin."""

    heading: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A whole bulletin."""

    title: str
    office: str
    day: str
    sections: tuple[Section, ...]


def put_together(row: Bulletin) -> Paper:
    """Write a bulletin from its figures and its words."""
    figures, month = row.figures, f"{row.year}年{row.month}月"
    words = tuple(line.strip() for line in row.words.splitlines() if line.strip())
    day = row.settled_on or row.figures_on
    return Paper(
        f"关于{month}政府信息公开申请办理情况的通报", row.office.name, chinese_date(day),
        (
            Section("一、总体情况", tuple(_whole(figures, month, chinese_date(row.figures_on))), (_months(figures),)),
            Section("二、各机关办理情况", tuple(_late(figures)), (_offices(figures),)),
            Section("三、督办情况", (_acts(figures["total"]),), (_acted(figures),)),
            Section("四、存在的问题和下一步要求", words or ("（请填写）",)),
        ),
    )  # fmt: skip


def _whole(figures: dict[str, Any], month: str, day: str) -> list[str]:
    total, months = figures["total"], figures["months"]
    earlier = months[-2]["received"] if len(months) > 1 else 0
    change = total["received"] - earlier
    compared = "与上月持平" if change == 0 else f"比上月{'增加' if change > 0 else '减少'}{abs(change)}件"
    came = (
        f"{month}，{len(figures['offices'])}个机关共新收政府信息公开申请{total['received']}件，{compared}；"
    )
    judged = total["in_time"] + total["late"]
    done = f"办结{total['finished']}件，其中按期{total['in_time']}件、逾期{total['late']}件"
    if others := total["finished"] - judged:
        done += f"、尚未送达或者终止办理{others}件"
    share = f"，按期办结率{rate(total['in_time'], judged)}。"
    return [came + done + share, f"截至{day}，在办{total['open']}件，其中已逾期{total['overdue']}件。"]


def _late(figures: dict[str, Any]) -> list[str]:
    late = [f"{line['office']}{line['overdue']}件" for line in figures["offices"] if line["overdue"]]
    over = [f"{line['office']}{line['late']}件" for line in figures["offices"] if line["late"]]
    if over:
        told = f"本月逾期办结的：{'、'.join(over)}。"
    elif figures["total"]["in_time"]:
        told = "本月办结并已送达的申请全部按期。"
    else:
        told = "本月没有办结并已送达的申请。"
    return [told, f"在办申请已逾期的：{'、'.join(late)}。" if late else "没有已逾期的在办申请。"]


def _acts(total: dict[str, int]) -> str:
    return (
        f"本月催办{total['urged']}次，其中逾期未答复{total['unanswered']}次；发出督促整改通知书{total['rectify']}份、"
        f"通报批评{total['criticise']}份，逾期未整改{total['unrectified']}份。"
    )


def _head(*names: str) -> tuple[Print, ...]:
    return tuple(Print(name, head=True, centre=True) for name in names)


def _months(figures: dict[str, Any]) -> Table:
    most = max([1, *(max(one["received"], one["finished"]) for one in figures["months"])])
    rows = [_head("月份", "新收", "办结", "新收（图示）")]
    for one in figures["months"]:
        bar = "█" * round(one["received"] * BAR / most)
        rows.append(
            (
                Print(one["month"], head=True),
                Print(str(one["received"])),
                Print(str(one["finished"])),
                Print(bar, head=True),
            )
        )
    return Table("近六个月新收和办结", (16, 10, 10, 40), tuple(rows), 1)


def _offices(figures: dict[str, Any]) -> Table:
    rows = [_head("机关", *COLUMNS.values(), "按期办结率")]
    lines = [*figures["offices"], {"office": "合计", **figures["total"]}]
    rows += [
        _line(line, tuple(COLUMNS), rate(line["in_time"], line["in_time"] + line["late"])) for line in lines
    ]
    return Table("各机关办理情况（件）", (30, *(10 for _ in COLUMNS), 12), tuple(rows), 1)


def _acted(figures: dict[str, Any]) -> Table:
    rows = [_head("机关", *ACTS.values())]
    # An office with which nothing was to be done need not be read.
    touched = [line for line in figures["offices"] if any(line[name] for name in ACTS)]
    rows += [_line(line, tuple(ACTS)) for line in (*touched, {"office": "合计", **figures["total"]})]
    return Table("各机关督办情况", (30, *(14 for _ in ACTS)), tuple(rows), 1)


def _line(line: dict[str, Any], names: tuple[str, ...], *more: str) -> tuple[Print, ...]:
    return (
        Print(line["office"], head=True),
        *(Print(str(line[name])) for name in names),
        *(Print(text) for text in more),
    )
