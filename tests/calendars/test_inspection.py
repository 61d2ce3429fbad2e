"""What a year holds, told in full; and years that do not add up."""

from __future__ import annotations

from datetime import date

import calendars
from calendars.days import Calendar
from calendars.inspection import faults, summary, year_faults
from calendars.years import Festival, Notice, Year

D = date.fromisoformat
SHIPPED = calendars.load()


def year_of(*notices: Notice) -> Calendar:
    return Calendar([Year(2026, notices)])


def notice(published_on: str, **days: list[str]) -> Notice:
    festivals = tuple(
        Festival(
            name, tuple(D(d) for d in told if not d.startswith("+")), tuple(D(d[1:]) for d in told if d[0] == "+")
        )
        for name, told in days.items()
    )  # fmt: skip
    return Notice("某通知", D(published_on), "https://example.test/", festivals, number=published_on)


WHOLE = {
    "元旦": ["2026-01-01"], "春节": ["2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19"], "清明节": ["2026-04-05"],
    "劳动节": ["2026-05-01", "2026-05-02"], "端午节": ["2026-06-19"], "中秋节": ["2026-09-25"],
    "国庆节": ["2026-10-01", "2026-10-02", "2026-10-03"],
}  # fmt: skip


def test_a_year_tells_its_notices_festivals_and_working_days():
    told = summary(SHIPPED, 2020)
    assert (told["year"], told["working_days"]) == (2020, 249)
    assert told["notices"][1] == {
        "cite": "国办发明电〔2020〕1号", "title": "国务院办公厅关于延长2020年春节假期的通知", "published_on": "2020-01-27",
        "archive_date_only": False, "address": "http://www.gov.cn/zhengce/zhengceku/2020-01/27/content_5472352.htm",
    }  # fmt: skip
    spring = next(row for row in told["festivals"] if row["name"] == "春节")
    # 1 February was to be worked until the second notice made it a day off.
    assert spring["off"] == [f"2020-01-{d}" for d in range(24, 32)] + ["2020-02-01", "2020-02-02"]
    assert spring["work"] == ["2020-01-19", "2020-02-03"]
    assert [row["name"] for row in told["festivals"]] == [
        "元旦", "春节", "清明节", "劳动节", "端午节", "国庆节、中秋节"
    ]  # fmt: skip
    assert summary(SHIPPED, 2008)["notices"][0]["archive_date_only"] is True


def test_a_first_of_january_that_is_worked_is_counted():
    only = year_of(notice("2025-11-04", 元旦=["2026-01-02"]))
    assert summary(only, 2026)["working_days"] == 260


def test_a_whole_year_has_no_fault():
    assert faults(year_of(notice("2025-11-04", **WHOLE))) == []


def test_a_statutory_day_that_is_worked_is_a_fault_on_the_first_and_the_last_day_too():
    told = faults(
        year_of(notice("2025-11-04", **{**WHOLE, "元旦": ["2026-01-02"], "中秋节": ["2026-09-26"]}))
    )
    assert [line.split("（")[0] for line in told] == [
        "2026-01-01：元旦是法定假日", "2026-09-25：中秋节是法定假日"
    ]  # fmt: skip
    assert told[0].endswith("），但没有放假。")


def test_a_make_up_day_on_a_weekday_is_a_fault_in_the_first_notice_only():
    idle = {**WHOLE, "春节": [*WHOLE["春节"], "+2026-02-12"]}
    assert faults(year_of(notice("2025-11-04", **idle))) == ["2026-02-12：写作调休上班，但不是周末。"]
    later = notice("2026-02-01", 春节=["2026-02-20", "+2026-02-23"])
    assert faults(year_of(notice("2025-11-04", **WHOLE), later)) == []


def test_notices_of_one_day_or_out_of_order_are_a_fault():
    first, second = notice("2025-11-04", **WHOLE), notice("2025-11-04", 春节=["2026-02-20"])
    calendar = year_of(first, second)
    assert list(year_faults(calendar, calendar.years[0])) == ["2026 年：2025-11-04 不晚于 2025-11-04。"]
    early = Year(
        2026, (first, notice("2025-10-01", 春节=["2026-02-20"]), notice("2026-03-01", 春节=["2026-02-23"]))
    )
    told = list(year_faults(Calendar([early]), early))
    assert told == ["2026 年：2025-10-01 不晚于 2025-11-04。"]
