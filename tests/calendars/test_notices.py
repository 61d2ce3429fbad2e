"""Notices as the State Council words them: every one imports to its year; damaged ones are refused."""

import io
import re
from datetime import date

import pytest

import calendars
from calendars.days import Calendar
from calendars.notice import BadNotice, check, doubts, read_notice, to_toml
from calendars.notice.cli import run
from calendars.years import Year, parse_year
from tests.calendars import made_notices

YEARS = {year.year: year for year in calendars.load().years}
HELD = [(year, place) for year in YEARS.values() for place in range(len(year.notices))]


def text_of(year, place):
    return made_notices.text_of(YEARS[year], place)


def days_of(notice):
    return {(f.name, f.off, f.work) for f in notice.festivals}


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
    assert days_of(found) == days_of(held)
    assert (found.number, found.title) == (held.number, held.title)
    assert found.issued_on in (held.issued_on, None)


@pytest.mark.parametrize("dress", made_notices.DRESSES)
def test_every_notice_imports_alike_in_another_dress(dress):
    for year, place in HELD:
        held = year.notices[place]
        found = imported(
            made_notices.DRESSES[dress](text_of(year.year, place)),
            year.year,
            published_on=held.published_on,
            earlier=Year(year.year, year.notices[:place]) if place else None,
        )
        assert days_of(found) == days_of(held), year.year
        assert (found.number, found.title) == (held.number, held.title)


def refused(text, year, **more):
    """Say why a text is refused; nothing where it is not."""
    try:
        found = imported(text, year, **more)
    except BadNotice as refusal:
        return refusal.message, None
    return "", found


@pytest.mark.parametrize("year,place", HELD, ids=lambda v: str(getattr(v, "year", v)))
def test_no_damage_to_a_notice_passes_unseen(year, place):
    held = year.notices[place]
    earlier = Year(year.year, year.notices[:place]) if place else None
    tried = 0
    for damage, text in made_notices.damages(text_of(year.year, place)):
        tried += 1
        why, found = refused(text, year.year, published_on=held.published_on, earlier=earlier)
        assert re.search("[一-鿿]{2}", why) or days_of(found) == days_of(held), damage
    assert tried >= 6


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
    "old,new",
    [
        ("元旦：1月1日（周四）至3日（周六）放假调休，共3天", "元旦：1月1日（周四）至3日（周六）放假调休，共计三天"),
        ("元旦：1月1日（周四）", "元旦：2026年1月1日（星期四、新年）"), ("1月4日（周日）上班", "其中，1月4日（周日）调休上班"),
        ("五、端午节：6月19日（周五）至21日（周日）放假，共3天", "五、端午：6月19日（周五）至21日（周日）连休3天"),
        ("七、国庆节：", "七、国庆："), ("四、劳动节：", "四、五一劳动节："), ("一、元旦：", "一、元旦节："), ("三、清明节：", "三、清明　"),
        ("（周六）上班。\n　　五、", "（周六）上班，形成5天小长假。\n　　五、"), ("2月14日（周六）、2月28日（周六）上班", "2月14日（周六）和28日（周六）上班"),
        ("4月4日（周六）至6日（周一）放假，共3天", "4月4日（周六）、5日（周日）、6日（周一）放假，共3天"),
        ("9月25日（周五）至27日（周日）放假，共3天", "9月25日（周五）、26日（周六）及27日（周日）放假，不调休"),
        ("国办发明电〔2025〕7号", "国办发明电（２０２５）７号"), ("2025年11月4日", "国务院办公厅2025年11月4日"), ("2025年11月4日", "二〇二五年十一月四日"),
        ("经国务院批准，现将2026年", "根据国务院《全国年节及纪念日放假办法》，经批准，现将2026年"),
    ],
)  # fmt: skip
def test_other_words_import_to_the_same_days(old, new):
    plain = text_of(2026, 0)
    assert old in plain
    found = imported(plain.replace(old, new), 2026, published_on=date(2025, 11, 4))
    assert days_of(found) == days_of(YEARS[2026].notices[0])
    assert (found.number, found.issued_on) == ("国办发明电〔2025〕7号", date(2025, 11, 4))


WEEKEND = "6月19日（周五）至21日（周日）放假，共3天"


def test_a_day_beside_a_weekend_may_be_told_with_the_weekend():
    plain = text_of(2026, 0)
    for told in (
        "6月19日（周五）放假1天，与周末连休",
        "6月19日（周五）放假，与周末连休，共3天",
        "6月19日放假，与周末连休3天",
    ):
        found = imported(plain.replace(WEEKEND, told), 2026, published_on=date(2025, 11, 4))
        dragon_boat = next(f for f in found.festivals if f.name == "端午节")
        assert (dragon_boat.off, dragon_boat.work) == ((date(2026, 6, 19),), ())
    with pytest.raises(BadNotice, match="写“共4天”"):
        imported(
            plain.replace(WEEKEND, "6月19日（周五）放假，与周末连休，共4天"),
            2026,
            published_on=date(2025, 11, 4),
        )


@pytest.mark.parametrize(
    "old,new,reason",
    [
        ("5月9日（周六）上班", "前一个周六上班", "看不懂这一句（见“前一个周六上班”）"),
        ("共5天", "共　天", "看不懂这一句（见“共天”）"), ("共5天", "共六天", "写“共六天”，但列出的放假日期是 5 天"),
        ("1月1日（周四）至3日", "1月日至3日", "看不懂这一句"), ("10月1日（周四）至7日", "10月1号至7号", "看不懂这一句"),
        ("五、端午节：", "五、清明节：", "清明节出现了两次"), ("三、清明节：4", "三、中秋节：4", "中秋节出现了两次"),
        ("1月4日（周日）上班", "1月11日（周日）、1月25日（周日）上班", "离放假日期超过 14 天"),
        ("1月4日（周日）上班。", "", "平日放假 19 天，减去调休上班 5 天"), ("6日（周一）放假，共3天", "6日（周一）放假，共3天。4月8日（周三）放假", "写共 3 天，但前后写到的放假日期有 4 天"),
        ("至6日（周一）放假，共3天", "至6日（周一）、8日（周三）放假，共4天", "之间隔着上班日"), ("现将2026年", "现将2025年", "正文安排的是 2025 年"),
        ("9月25日（周五）至27日（周日）放假，共3天", "另行通知", "没有找到放假日期"), ("1月1日（周四）", "1月1日星期五", "是星期四，不是星期五"),
        ("放假调休，共9天", "", "看不懂这一句"), ("2月14日（周六）、2月28日（周六）上班", "2月14日（周六）至28日（周六）上班", "既放假又上班"),
    ],
)  # fmt: skip
def test_more_damages_are_refused_with_a_reason(old, new, reason):
    plain = text_of(2026, 0)
    assert old in plain
    with pytest.raises(BadNotice) as refusal:
        imported(plain.replace(old, new), 2026, published_on=date(2025, 11, 4))
    assert reason in refusal.value.message


@pytest.mark.parametrize(
    "year,place,old,new,reason",
    [
        (2020, 1, "2月3日（星期一）起正常上班", "2月4日（星期二）起正常上班", "2020-02-04 起正常上班，但放假到 2020-02-02 为止"),
        (2020, 1, "至2月2日（农历正月初九，星期日）", "至1月29日", "不晚于原假期的最后一天 2020-01-30"), (2020, 1, "延长2020年春节", "延长2020年元宵节", "原通知没有元宵节的放假安排"),
        (2019, 1, "4月28日（星期日）、5月5日（星期日）上班", "4月28日（星期日）上班", "调整后多放 2 个工作日，另有 1 天调休上班"),
        (2019, 1, "5月1日至4日", "4日至5月1日", "日期没有写月份"), (2015, 1, "9月3日至5日", "9月3日至7日", "写“共3天”"),
    ],
)  # fmt: skip
def test_a_damaged_change_is_refused_with_a_reason(year, place, old, new, reason):
    held, plain = YEARS[year], text_of(year, place)
    assert old in plain
    with pytest.raises(BadNotice) as refusal:
        imported(
            plain.replace(old, new), year, published_on=held.notices[place].published_on,
            earlier=Year(year, held.notices[:place]),
        )  # fmt: skip
    assert reason in refusal.value.message


def test_what_is_unusual_passes_only_when_it_was_compared():
    plain = text_of(2026, 0).replace("1月4日（周日）上班。", "")
    draft = read_notice(plain, 2026)
    with pytest.raises(BadNotice, match="请与原文核对"):
        check(draft, published_on=date(2025, 11, 4), address="")
    found = check(draft, published_on=date(2025, 11, 4), address="", despite_doubts=True)
    assert next(f for f in found.festivals if f.name == "元旦").work == ()


def test_a_second_whole_notice_of_a_year_is_doubted():
    draft = read_notice(text_of(2026, 0), 2026, earlier=YEARS[2026])
    assert doubts(draft) == ["2026 年已有放假安排，而这份通知不是调整或延长假期的，请核对是否重复录入。"]
    assert doubts(read_notice(text_of(2026, 0), 2026)) == []


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
