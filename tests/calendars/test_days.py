"""Single days: adding, counting, explaining, refusing."""

from datetime import date

import pytest

import calendars
from calendars.days import Calendar, DayFact
from calendars.errors import BadCount, BadYear, UnknownNoticeDate, UnknownYear
from calendars.inspection import faults
from calendars.years import Festival, Notice, Year, parse_year, read_region, read_years

D = date.fromisoformat


@pytest.fixture(scope="module")
def calendar():
    return calendars.load()


@pytest.mark.parametrize(
    "start,n,expected",
    [
        ("2026-02-06", 7, "2026-02-24"), ("2026-02-06", 15, "2026-03-05"), ("2026-02-06", 20, "2026-03-12"), ("2026-02-06", 40, "2026-04-10"),
        ("2026-02-14", 7, "2026-03-03"), ("2026-02-14", 15, "2026-03-13"), ("2026-02-14", 20, "2026-03-20"), ("2026-02-14", 40, "2026-04-20"),
        ("2026-02-15", 7, "2026-03-03"), ("2026-02-15", 15, "2026-03-13"), ("2026-02-15", 20, "2026-03-20"), ("2026-02-15", 40, "2026-04-20"),
        ("2026-09-18", 7, "2026-09-29"), ("2026-09-18", 15, "2026-10-15"), ("2026-09-18", 20, "2026-10-22"), ("2026-09-18", 40, "2026-11-19"),
        ("2025-12-20", 7, "2025-12-30"), ("2025-12-20", 15, "2026-01-12"), ("2025-12-20", 20, "2026-01-19"), ("2025-12-20", 40, "2026-02-14"),
        ("2024-09-27", 7, "2024-10-12"), ("2024-09-27", 15, "2024-10-23"), ("2024-09-27", 20, "2024-10-30"), ("2024-09-27", 40, "2024-11-27"),
        ("2011-06-01", 15, "2011-06-23"), ("2022-09-30", 20, "2022-11-02"), ("2026-03-02", 20, "2026-03-30"), ("2026-03-02", 40, "2026-04-28"),
    ],
)  # fmt: skip
def test_the_nth_working_day(calendar, start, n, expected):
    assert calendar.add_working_days(D(start), n) == D(expected)
    assert calendar.project(D(start), n).date == D(expected)
    assert calendar.working_days_between(D(start), D(expected)) == n


def test_zero_days_is_the_day_itself(calendar):
    assert calendar.add_working_days(D("2026-10-01"), 0) == D("2026-10-01")


@pytest.mark.parametrize("n", [-1, -20])
def test_a_negative_number_is_refused(calendar, n):
    with pytest.raises(BadCount):
        calendar.add_working_days(D("2026-03-02"), n)
    with pytest.raises(BadCount):
        calendar.project(D("2026-03-02"), n)


@pytest.mark.parametrize("day", ["2007-12-31", "2007-12-29", "2027-01-01", "2035-06-01"])
def test_a_year_without_notice_does_not_exist(calendar, day):
    for question in (calendar.is_working_day, calendar.explain):
        with pytest.raises(UnknownYear) as refusal:
            question(D(day))
        assert refusal.value.year == D(day).year
    with pytest.raises(UnknownYear):
        calendar.add_working_days(D(day), 1)
    with pytest.raises(UnknownYear):
        calendar.add_working_days(D(day), 0)
    with pytest.raises(UnknownYear):
        calendar.working_days_between(D("2020-01-01"), D(day))


def test_a_term_into_an_unpublished_year_names_that_year(calendar):
    with pytest.raises(UnknownYear, match="2027 年的放假安排尚未公布") as refusal:
        calendar.add_working_days(D("2026-12-10"), 20)
    assert refusal.value.year == 2027


@pytest.mark.parametrize(
    "day,working,why,source",
    [
        ("2026-02-14", True, "调休上班（春节）", "国办发明电〔2025〕7号"),
        ("2026-02-15", False, "春节放假", "国办发明电〔2025〕7号"),
        ("2026-03-02", True, "工作日", "《国务院关于职工工作时间的规定》第七条"),
        ("2026-03-01", False, "周末（星期日）", "《国务院关于职工工作时间的规定》第七条"),
        ("2018-12-29", True, "调休上班（元旦）", "国办发明电〔2018〕15号"),
        ("2020-02-01", False, "春节放假", "国办发明电〔2020〕1号"),
        ("2020-02-03", True, "工作日", "国办发明电〔2020〕1号"),
        ("2008-02-06", False, "春节放假", "《国务院办公厅关于2008年部分节假日安排的通知》"),
    ],
)
def test_a_day_explains_itself(calendar, day, working, why, source):
    fact = calendar.explain(D(day))
    assert fact == DayFact(D(day), working, why, source, provisional=False)


@pytest.mark.parametrize(
    "known,day,working",
    [
        ("2018-12-05", "2018-12-29", False), ("2018-12-06", "2018-12-29", True),
        ("2019-03-21", "2019-05-02", True), ("2019-03-22", "2019-05-02", False),
        ("2019-03-21", "2019-05-05", False), ("2019-03-22", "2019-05-05", True),
        ("2015-05-12", "2015-09-03", True), ("2015-05-13", "2015-09-03", False),
        ("2015-05-12", "2015-09-06", False), ("2015-05-13", "2015-09-06", True),
        ("2020-01-26", "2020-02-01", True), ("2020-01-27", "2020-02-01", False),
        ("2020-01-26", "2020-01-31", True), ("2020-01-27", "2020-01-31", False),
    ],
)  # fmt: skip
def test_a_calendar_as_known_on_a_day(calendar, known, day, working):
    assert calendar.as_known_on(D(known)).is_working_day(D(day)) is working


def test_what_was_known_is_refused_where_only_the_archives_date_is_held(calendar):
    with pytest.raises(UnknownNoticeDate, match="存档日期"):
        calendar.as_known_on(D("2008-01-15"))


def test_as_known_before_the_next_notice_the_next_year_does_not_exist(calendar):
    known = calendar.as_known_on(D("2025-11-03"))
    assert known.published_until == D("2025-12-31")
    with pytest.raises(UnknownYear):
        known.is_working_day(D("2026-01-01"))


def test_a_day_off_is_rolled_forward(calendar):
    assert calendar.next_working_day(D("2026-10-01")) == D("2026-10-08")
    assert calendar.next_working_day(D("2026-10-10")) == D("2026-10-10")


@pytest.mark.parametrize("code", ["513400", "513401"])
def test_a_regions_own_festival_is_off_there_and_says_why(calendar, code):
    region = calendars.load(code)
    told = region.explain(D("2011-07-25"))
    assert (told.working, told.why, told.source) == (False, "火把节放假", "凉府办发〔2010〕31号")
    assert calendar.is_working_day(D("2011-07-25"))
    assert region.explain(D("2011-07-31")).why == "调休上班（火把节）"
    # The region's notice counts before the national one, which had this Saturday worked.
    assert (region.is_working_day(D("2011-10-08")), calendar.is_working_day(D("2011-10-08"))) == (False, True)
    assert region.add_working_days(D("2011-07-22"), 1) == D("2011-07-31")
    assert not region.as_known_on(D("2010-12-20")).is_working_day(D("2011-07-25"))
    assert region.as_known_on(D("2010-12-19")).is_working_day(D("2011-07-25"))


def test_a_region_without_festivals_of_its_own_has_the_national_calendar():
    assert calendars.load("110000") is calendars.load()


def test_the_shipped_years_add_up(calendar):
    assert faults(calendar) == []


def test_a_gap_between_years_is_refused():
    years = [y for y in read_years() if y.year != 2015]
    with pytest.raises(BadYear, match="年度必须连续"):
        Calendar(years)


REGION = """
region = "某州"
code = "513400"
[[notice]]
year = {year}
title = "{title}"
published_on = 2026-01-05
address = "https://example.test/"
[[notice.festival]]
name = "火把节"
off = [{year}-08-06]
"""


def test_a_region_goes_by_the_notices_of_every_region_it_lies_in(tmp_path):
    for code, title in (
        ("510000", "省"),
        ("513400", "州"),
        ("513423", "县"),
        ("513500", "别州"),
        ("513000", "又一州"),
    ):
        (tmp_path / f"{code}.toml").write_text(REGION.format(year=2026, title=title), encoding="utf-8")
    assert [n.title for n in read_region("513423", tmp_path)] == ["省", "州", "县"]
    assert [n.title for n in read_region("513400", tmp_path)] == ["省", "州"]
    assert read_region("110101", tmp_path) == ()
    (tmp_path / "513423.toml").write_text(
        REGION.format(year=2026, title="县") + "\n[other]\n", encoding="utf-8"
    )
    with pytest.raises(BadYear, match=r"^地区 513423：不认识的字段 other。$"):
        read_region("513423", tmp_path)


GOOD = """
year = 2027
[[notice]]
title = "某通知"
published_on = 2026-11-30
address = "https://example.test/1"
[[notice.festival]]
name = "元旦"
off = [2027-01-01, 2027-01-02, 2027-01-03]
"""


@pytest.mark.parametrize(
    "change,reason",
    [
        (("year = 2027", ""), "^缺少 year。$"),
        (("year = 2027", 'year = "2027"'), "^缺少 year。$"),
        (("year = 2027", "year = 2027\nplace = 1"), "^2027 年：不认识的字段 place。$"),
        (('name = "元旦"', "name = 1"), "^2027 年：有一个节日没有名称。$"),
        (('name = "元旦"', 'name = ""'), "^2027 年：有一个节日没有名称。$"),
        (("off =", "odd = 1\neven = 2\noff ="), "^2027 年节日：不认识的字段 even、odd。$"),
        (("off =", "odd = 1\noff ="), "^2027 年节日：不认识的字段 odd。$"),
        (('title = "某通知"', 'title = "某通知"\nodd = 1'), "^2027 年通知：不认识的字段 odd。$"),
        (("published_on = 2026-11-30", ""), "^2027 年通知：缺少 published_on。$"),
        (('address = "https://example.test/1"', ""), "^2027 年通知：缺少 address。$"),
        (("2027-01-03", "2028-01-03"), "不属于该年度"),
        (("2027-01-03", "2026-11-03"), "不属于该年度"),
        (("2027-01-03", "2027-01-02"), "出现两次"),
        (("2027-01-03", '"3 January"'), "不是日期"),
        (('name = "元旦"', ""), "没有名称"),
        (("off =", "of ="), "不认识的字段"),
        (("off = [2027-01-01, 2027-01-02, 2027-01-03]", ""), "没有放假日期"),
        (('title = "某通知"', ""), "缺少 title"),
    ],
)
def test_a_damaged_year_is_refused_with_its_reason(change, reason):
    assert parse_year(GOOD).year == 2027
    with pytest.raises(BadYear, match=reason):
        parse_year(GOOD.replace(*change))


def test_a_notice_is_read_with_all_it_says_and_without_what_it_does_not():
    days = (Festival("元旦", (D("2027-01-01"), D("2027-01-02"), D("2027-01-03"))),)
    plain = Notice("某通知", D("2026-11-30"), "https://example.test/1", days)
    assert parse_year(GOOD) == Year(2027, (plain,))
    held = plain.number, plain.issued_on, plain.archive_date_only
    assert held == ("", None, False)
    told = GOOD.replace(
        "[[notice]]\n", '[[notice]]\nnumber = "甲1号"\nissued_on = 2026-11-29\narchive_date_only = true\n'
    )
    full = Notice(
        "某通知", D("2026-11-30"), "https://example.test/1", days, number="甲1号", issued_on=D("2026-11-29"),
        archive_date_only=True,
    )  # fmt: skip
    assert parse_year(told) == Year(2027, (full,))
    assert (full.cite, plain.cite) == ("甲1号", "《某通知》")


def test_notices_of_a_file_stand_in_the_order_of_their_publication():
    notices = GOOD.split("[[notice]]")[1]
    later = notices.replace("2026-11-30", "2027-03-01").replace("2027-01-0", "2027-02-0")
    year = parse_year("year = 2027\n[[notice]]" + later + "[[notice]]" + notices)
    assert [n.published_on for n in year.notices] == [D("2026-11-30"), D("2027-03-01")]


def test_a_file_bears_the_name_of_its_year(tmp_path):
    (tmp_path / "2027.toml").write_text(GOOD, encoding="utf-8")
    assert [y.year for y in read_years(tmp_path)] == [2027]
    (tmp_path / "2028.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(BadYear, match=r"^文件 2028.toml 写的是 2027 年。$"):
        read_years(tmp_path)


def test_a_year_without_notice_is_no_year():
    with pytest.raises(BadYear, match="没有通知的年度不存在"):
        parse_year("year = 2027\n")
