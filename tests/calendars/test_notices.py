"""Notices as the State Council words them: every one imports to its year, in its own words and in others."""

import re
from dataclasses import replace
from datetime import date

import pytest

import calendars
from calendars.notice import BadNotice, read_notice, to_toml
from calendars.notice.dates import Context
from calendars.notice.writer import _text
from calendars.years import Year, parse_year
from tests.calendars import made_notices
from tests.calendars.made_notices import HELD, YEARS, days_of, imported, text_of


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


@pytest.mark.parametrize("year", calendars.load().years, ids=lambda y: str(y.year))
def test_a_year_written_is_the_year_read(year):
    assert parse_year(to_toml(year)) == year


def test_a_text_is_written_so_that_a_person_can_read_it():
    assert _text('国办发 "1"\\\x1f\x7f') == r'"国办发 \"1\"\\\u001f\u007f"'


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
        ("10月1日（周四）至7日（周三）放假", "自10月1日（周四）起至7日（周三）止放假"), ("5月1日（周五）至5日", "从5月1日（周五）到5日"),
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


@pytest.mark.parametrize("year,told,total", [
    (2026, "6月18日（周四）、19日（周五）放假，与周末连休，共{}天。6月14日（周日）上班", 4),
    (2026, "6月19日（周五）、22日（周一）放假，与周末连休，共{}天。6月14日（周日）上班", 4),
    (2024, "6月10日（周一）放假，与周末连休，共{}天", 3),
    (2024, "6月10日（周一）、11日（周二）放假，与周末连休，共{}天。6月15日（周六）上班", 4),
    (2024, "6月10日（周一）、11日（周二）放假，与周末连休，共{}天。6月8日（周六）上班", 3),
])  # fmt: skip
def test_a_total_told_with_the_weekend_counts_the_days_beside_and_between(year, told, total):
    held = YEARS[year].notices[0]
    old = WEEKEND if year == 2026 else "6月10日放假，与周末连休"
    assert old in text_of(year)
    imported(text_of(year).replace(old, told.format(total)), year, published_on=held.published_on)
    for wrong in (1, total + 1, total + 2) if "、" in told else (total + 1,):
        with pytest.raises(BadNotice, match=f"写“共{wrong}天”"):
            imported(text_of(year).replace(old, told.format(wrong)), year, published_on=held.published_on)


def test_a_make_up_day_may_lie_two_weeks_from_its_holiday():
    told = text_of(2026, 0).replace("1月4日（周日）上班", "1月17日（周六）上班")
    found = imported(told, 2026, published_on=date(2025, 11, 4))
    assert next(f for f in found.festivals if f.name == "元旦").work == (date(2026, 1, 17),)


def test_weekend_days_moved_are_told_together_or_one_by_one():
    together = (
        "2月2日（星期六）、2月3日（星期日）两个公休日调至2月11日（星期一）、2月12日（星期二），"
        "2月2日（星期六）、2月3日（星期日）上班"
    )
    singly = "2月2日（星期六）公休日调至2月11日（星期一），2月3日（星期日）公休日调至2月12日（星期二）"
    held, plain = YEARS[2008].notices[0], text_of(2008, 0)
    assert together in plain
    assert days_of(
        imported(plain.replace(together, singly), 2008, published_on=held.published_on)
    ) == days_of(held)


def test_named_paragraphs_may_stand_without_numbers_and_full_stops():
    plain = text_of(2026, 0)
    for number, name in zip(
        "一二三四五六七", ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"), strict=True
    ):
        assert f"{number}、{name}：" in plain
        plain = plain.replace(f"{number}、{name}：", f"{name}：")
    plain = plain.replace("天。\n", "天\n").replace("5月9日（周六）上班。", "5月9日（周六）上班")
    assert days_of(imported(plain, 2026, published_on=date(2025, 11, 4))) == days_of(YEARS[2026].notices[0])


def test_a_change_without_paragraphs_is_read_from_one_line_up_to_its_signature():
    held = YEARS[2015]
    plain = re.sub("(?<=。)[^。]*放假期间[^。]*。", "", text_of(2015, 1))
    assert "放假期间" not in plain
    for told in (plain, "".join(plain.splitlines())):
        found = imported(
            told, 2015, published_on=held.notices[1].published_on, earlier=Year(2015, held.notices[:1])
        )
        assert days_of(found) == days_of(held.notices[1])
        assert found.issued_on == date(2015, 5, 13)


@pytest.mark.parametrize("written,days", [("2月1日至15日", 15), ("2月1日至2日", 2)])
def test_a_span_may_be_fifteen_days_long(written, days):
    assert len(Context(2026).read_list(written)) == days


def test_a_span_of_sixteen_days_is_a_slip():
    with pytest.raises(BadNotice, match="长达 16 天"):
        Context(2026).read_list("2月1日至16日")


@pytest.mark.parametrize("total", [1, 3])
def test_a_total_may_come_before_its_days(total):
    old = "4月4日（周六）至6日（周一）放假，共3天"
    told = text_of(2026, 0).replace(old, f"共{total}天，4月4日（周六）至6日（周一）放假")
    if total == 3:
        assert days_of(imported(told, 2026, published_on=date(2025, 11, 4))) == days_of(
            YEARS[2026].notices[0]
        )
    else:
        with pytest.raises(BadNotice, match="写“共1天”，但列出的放假日期是 3 天"):
            imported(told, 2026, published_on=date(2025, 11, 4))


def test_days_told_after_advice_to_take_leave_count():
    old = "2月14日（周六）、2月28日（周六）上班。"
    told = text_of(2026, 0).replace(
        old, "2月14日（周六）上班。鼓励职工在除夕（2月16日）前休假。2月28日（周六）上班。"
    )
    assert days_of(imported(told, 2026, published_on=date(2025, 11, 4))) == days_of(YEARS[2026].notices[0])


@pytest.mark.parametrize("written,reason", [
    ("三月一日", "看不懂的日期（见“三月一日”）"),
    ("1日", "日期没有写月份（见“1日”）"),
    ("2024年12月31日", "2024-12-31 不属于 2026 年的安排（见“2024年12月31日”）"),
    ("2025年3月1日", "2025-03-01 不属于 2026 年的安排（见“2025年3月1日”）"),
    ("2027年1月1日", "2027-01-01 不属于 2026 年的安排（见“2027年1月1日”）"),
])  # fmt: skip
def test_what_is_no_day_of_the_year_is_refused(written, reason):
    with pytest.raises(BadNotice) as refusal:
        Context(2026).read(written)
    assert refusal.value.message == reason
    assert refusal.value.where == written


def test_a_text_without_its_title_is_a_notice_all_the_same():
    told = text_of(2026, 0).replace("国务院办公厅关于2026年\n部分节假日安排的通知\n", "")
    found = imported(told, 2026, published_on=date(2025, 11, 4))
    assert found.title == "国务院办公厅关于2026年部分节假日安排的通知"


def test_days_of_no_festival_are_refused_with_their_words():
    with pytest.raises(BadNotice) as refusal:
        read_notice("国务院办公厅关于2026年放假的通知\n一、1月1日放假。", 2026)
    assert refusal.value.message == "看不出是哪个节日（见“1月1日放假。”）"
    with pytest.raises(BadNotice) as refusal:
        read_notice("", 2026)
    assert refusal.value.message == "没有找到放假安排（应有“一、元旦：……”等各段）"
    title = "国务院办公厅关于调整2026年劳动节假期安排的通知"
    with pytest.raises(BadNotice) as refusal:
        read_notice(f"{title}\n一、5月1日放假。", 2026)
    assert refusal.value.message == f"调整或延长假期的通知须在 2026 年原通知录入之后录入（见“{title}”）"


def test_digits_of_another_script_are_numbers_too():
    told = text_of(2026, 0).replace("放假调休，共9天", "放假调休，共٩天")
    assert days_of(imported(told, 2026, published_on=date(2025, 11, 4))) == days_of(YEARS[2026].notices[0])


def test_a_holiday_is_lengthened_by_one_day_and_only_after_its_notice():
    plain, held = text_of(2020, 1), YEARS[2020]
    first = Year(2020, held.notices[:1])
    shorter = plain.replace(
        "至2月2日（农历正月初九，星期日），2月3日（星期一）", "至1月31日（星期五），2月1日（星期六）"
    )
    found = imported(shorter, 2020, published_on=date(2020, 1, 27), earlier=first)
    assert [(f.off, f.work) for f in found.festivals] == [((date(2020, 1, 31),), (date(2020, 2, 1),))]
    with pytest.raises(BadNotice) as refusal:
        read_notice("国务院办公厅关于春节假期的通知\n一、延长2020年春节假期至2月2日。", 2020)
    assert (
        refusal.value.message
        == "延长假期的通知须在该年度原通知录入之后录入（见“延长2020年春节假期至2月2日”）"
    )
    assert refusal.value.where == "延长2020年春节假期至2月2日"


@pytest.mark.parametrize(
    "signed,day",
    [
        ("二〇二五年十月二十日", date(2025, 10, 20)), ("二○二五年十二月三十一日", date(2025, 12, 31)), ("二零二五年十一月十日", date(2025, 11, 10)),
        ("2025年12月9日", date(2025, 12, 9)), ("２０２５年１１月２１日", date(2025, 11, 21)), ("二〇二五年十一月十九日", date(2025, 11, 19)),
    ],
)  # fmt: skip
def test_the_day_under_a_notice_is_read_in_digits_and_in_chinese(signed, day):
    assert read_notice(text_of(2026, 0).replace("2025年11月4日", signed), 2026).issued_on == day


def test_a_lengthened_holiday_may_have_a_make_up_day_beside_the_day_work_goes_on():
    held = YEARS[2020]
    told = text_of(2020, 1).replace(
        "2月3日（星期一）起正常上班", "2月8日（星期六）上班，2月3日（星期一）起正常上班"
    )
    found = imported(told, 2020, published_on=date(2020, 1, 27), earlier=Year(2020, held.notices[:1]))
    assert [f.work for f in found.festivals] == [(date(2020, 2, 3), date(2020, 2, 8))]


def test_make_up_days_of_two_sentences_are_added_up():
    plain = text_of(2026, 0)
    old = "9月20日（周日）、10月10日（周六）上班"
    assert old in plain
    found = imported(
        plain.replace(old, "9月20日（周日）上班。10月10日（周六）上班"), 2026, published_on=date(2025, 11, 4)
    )
    assert days_of(found) == days_of(YEARS[2026].notices[0])


def test_a_year_with_marks_that_toml_minds_is_written_and_read():
    notice = YEARS[2026].notices[0]
    odd = replace(notice, title='甲"乙"\\丙', number="\\\x01", address='"\t\n\x7f')
    year = Year(2026, (odd,))
    assert parse_year(to_toml(year)) == year
    assert to_toml(year).startswith("year = 2026\n\n[[notice]]\n")
    assert to_toml(year).endswith("]\n")


@pytest.mark.parametrize(
    "text,reason",
    [
        ("", "没有找到放假安排"),
        ("国务院办公厅关于2026年会议安排的通知\n一、会议照常召开。", "没有找到放假安排"),
        ("国务院办公厅关于某项办法的通知\n本办法自2026年1月1日起施行。", "没有找到放假安排"),
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
