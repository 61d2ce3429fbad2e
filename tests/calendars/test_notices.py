"""Notices as the State Council words them: every one imports to its year; damaged ones are refused."""

import io
from datetime import date
from pathlib import Path

import pytest

import calendars
from calendars.days import Calendar
from calendars.notice import BadNotice, check, read_notice, to_toml
from calendars.notice.cli import run
from calendars.years import Year, parse_year

TEXTS = Path(__file__).parents[1] / "data/calendar/notices"
HELD = [(year, place) for year in calendars.load().years for place in range(len(year.notices))]


def text_of(year, place):
    return (TEXTS / (f"{year}.txt" if place == 0 else f"{year}-{place + 1}.txt")).read_text("utf-8")


def imported(text, year, *, published_on, address="https://example.test/", earlier=None):
    return check(read_notice(text, year, earlier=earlier), published_on=published_on, address=address)


@pytest.mark.parametrize("year,place", HELD, ids=lambda v: str(getattr(v, "year", v)))
def test_each_notice_imports_to_exactly_its_data(year, place):
    held = year.notices[place]
    earlier = Year(year.year, year.notices[:place]) if place else None
    found = imported(
        text_of(year.year, place),
        year.year,
        published_on=held.published_on,
        address=held.address,
        earlier=earlier,
    )
    assert {(f.name, f.off, f.work) for f in found.festivals} == {
        (f.name, f.off, f.work) for f in held.festivals
    }
    assert (found.number, found.title) == (held.number, held.title)
    assert found.issued_on in (held.issued_on, None)


@pytest.mark.parametrize("year", calendars.load().years, ids=lambda y: str(y.year))
def test_a_year_written_is_the_year_read(year):
    assert parse_year(to_toml(year)) == year


@pytest.mark.parametrize(
    "old,new",
    [
        ("（周四）至3日（周六）", "(星期四)－3日(星期六)"), ("2月15日（农历腊月二十八、周日）至23日", "2月15日—23日"),
        ("10月1日（周四）至7日（周三）放假调休，共7天", "10月1日至10月7日放假调休，共7天"),
        ("五、端午节：", "五、端午节"), ("放假，共3天", "放假公休，共3天"), ("4月4日", "2026年4月4日"), ("\n", "\r\n"), ("　　", ""),
    ],
)  # fmt: skip
def test_other_wordings_of_the_same_notice_import_alike(old, new):
    plain = text_of(2026, 0)
    assert old in plain
    assert imported(plain.replace(old, new), 2026, published_on=date(2025, 11, 4)) == imported(
        plain, 2026, published_on=date(2025, 11, 4)
    )


@pytest.mark.parametrize(
    "old,new,reason",
    [
        ("2月14日（周六）", "2月14日（周日）", "2026-02-14 是星期六，不是星期日"),
        ("（周四）至3日（周六）", "（周五）至3日（周六）", "2026-01-01 是星期四，不是星期五"),
        ("共9天", "共8天", "写“共8天”，但列出的放假日期是 9 天"),
        ("2月14日（周六）、2月28日（周六）上班", "2月13日、2月28日（周六）上班", "本来就上班"),
        ("2月14日（周六）、2月28日（周六）上班", "2月14日（周六）、2月31日上班", "没有 2026 年 2 月 31 日"),
        ("5月9日（周六）上班", "5月9日（周六）照常办公", "看不懂这一句"),
        ("2月28日（周六）上班", "2月30日上班", "没有 2026 年 2 月 30 日"),
        ("9月20日（周日）、10月10日（周六）上班", "10月7日、10月10日（周六）上班", "既放假又上班"),
        ("9月20日（周日）、10月10日（周六）上班", "9月27日（周日）、10月10日（周六）上班", "都有安排"),
        ("四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。\n", "\n", "应有七个节日，读到 6 个"),
        ("2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天", "2月17日至23日放假调休，共7天", "春节的法定假日 2026-02-16 没有放假"),
        ("4月4日（周六）至6日（周一）放假", "4月6日（周一）至4日（周六）放假", "不晚于"),
        ("10月1日（周四）至7日（周三）", "10月1日（周四）至11月7日", "长达"),
        ("5月1日（周五）至5日（周二）放假调休", "5月1日（周五）至5日（周二）另行安排", "看不懂这一句"),
        ("六、中秋节：", "六、重阳节：", "看不出“重阳节”是哪个节日"),
        ("关于2026年", "关于2027年", "通知是关于 2027 年的，不是 2026 年"),
        ("1月4日（周日）上班", "2024年1月4日上班", "不属于 2026 年的安排"),
        ("6月19日（周五）至21日（周日）放假", "6月19日（周五）至21日（周日）休息放假", "看不懂这一句"),
        ("2月15日（农历腊月二十八、周日）至23日", "15日至23日", "日期没有写月份"),
        ("9月25日（周五）至27日（周日）放假，共3天", "9月26日（周六）至27日（周日）放假，共2天", "中秋节的法定假日 2026-09-25 没有放假"),
        ("4月4日（周六）至6日（周一）放假，共3天", "4月4日（周六）放假，共3天", "写“共3天”，但列出的放假日期是 1 天"),
        ("10月10日（周六）上班", "10月12日（周一）上班", "本来就上班"),
        ("2025年11月4日", "二〇二五年十三月四日", "看不懂落款日期"),
        ("七、国庆节：10月1日", "七、国庆节：9月27日至9月27日放假。10月1日", "不晚于"),
    ],
)  # fmt: skip
def test_a_damaged_notice_is_refused_with_a_reason(old, new, reason):
    plain = text_of(2026, 0)
    assert old in plain
    damaged = plain.replace(old, new)
    with pytest.raises(BadNotice, match=reason):
        imported(damaged, 2026, published_on=date(2025, 11, 4))


@pytest.mark.parametrize(
    "text,reason",
    [
        ("", "没有找到放假安排"),
        ("国务院办公厅关于2026年会议安排的通知\n一、会议照常召开。", "没有找到放假安排"),
    ],
)
def test_a_text_without_days_off_is_refused(text, reason):
    with pytest.raises(BadNotice, match=reason):
        read_notice(text, 2026)


def test_a_lengthened_holiday_needs_the_first_notice():
    with pytest.raises(BadNotice, match="原通知录入之后"):
        read_notice(text_of(2020, 1), 2020)


@pytest.mark.parametrize("day", [date(2024, 11, 4), date(2027, 1, 4), date(2025, 11, 3)])
def test_a_day_of_publication_that_cannot_be_is_refused(day):
    with pytest.raises(BadNotice, match="发布日期"):
        imported(text_of(2026, 0), 2026, published_on=day)


def years(*argv, given="", calendar=None):
    out, err = io.StringIO(), io.StringIO()
    code = run(argv, stdin=io.StringIO(given), stdout=out, stderr=err, calendar=calendar)
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def until_2025():
    return Calendar(y for y in calendars.load().years if y.year < 2026)


def test_import_shows_what_it_understood_and_writes_the_year(until_2025, tmp_path):
    argv = ["import", "--text", "-", "--year", "2026"]
    code, out, _ = years(*argv, given=text_of(2026, 0), calendar=until_2025)
    assert code == 0
    assert "原文　春节：2月15日" in out
    assert "理解　春节　放假 2026-02-15、" in out
    assert "自查通过" in out
    assert list(tmp_path.iterdir()) == []
    code, _, _ = years(
        *argv,
        "--write",
        str(tmp_path),
        "--address",
        "https://example.test/1",
        given=text_of(2026, 0),
        calendar=until_2025,
    )
    written = parse_year((tmp_path / "2026.toml").read_text("utf-8"))
    assert code == 0
    grown = Calendar((*until_2025.years, written))
    assert grown.line.ordinals == calendars.load().line.ordinals


def test_import_adds_a_second_notice_to_its_year(tmp_path):
    first = Calendar(
        Year(y.year, y.notices[:1]) if y.year == 2020 else y for y in calendars.load().years if y.year <= 2020
    )
    code, _, err = years(
        "import", "--text", "-", "--year", "2020", "--published-on", "2020-01-27", "--write", str(tmp_path),
        given=text_of(2020, 1), calendar=first,
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert len(parse_year((tmp_path / "2020.toml").read_text("utf-8")).notices) == 2


@pytest.mark.parametrize(
    "argv,field",
    [
        (["import", "--text", "-", "--year", "2026"], "已经录入"),
        (["import", "--text", "-", "--year", "26"], "--year"),
        (["import", "--text", "/nowhere.txt", "--year", "2026"], "--text"),
        (["import", "--text", "-"], "命令行"),
        (["import", "--text", "-", "--year", "2026", "--published-on", "soon"], "--published-on"),
    ],
)
def test_import_names_what_it_refuses(argv, field):
    code, _, err = years(*argv, given=text_of(2026, 0))
    assert code == 2
    assert field in err


def test_import_leaves_no_gap(until_2025):
    before = Calendar(y for y in until_2025.years if y.year < 2025)
    code, _, err = years("import", "--text", "-", "--year", "2026", given=text_of(2026, 0), calendar=before)
    assert (code, "不能跳过" in err) == (2, True)


def test_import_without_any_date_asks_for_one(until_2025):
    before = Calendar(y for y in until_2025.years if y.year < 2025)
    code, _, err = years("import", "--text", "-", "--year", "2025", given=text_of(2025, 0), calendar=before)
    assert (code, err.startswith("--published-on")) == (2, True)
