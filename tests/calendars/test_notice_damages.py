"""Damaged notices are refused, each with a reason a clerk understands."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from calendars.notice import BadNotice, check, doubts, read_notice
from calendars.years import Year
from tests.calendars import made_notices
from tests.calendars.made_notices import HELD, YEARS, days_of, imported, refused, text_of


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


DAMAGED = [
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
]  # fmt: skip


@pytest.mark.parametrize(
    "old,new,reason",
    DAMAGED,
)
def test_a_damaged_notice_is_refused_with_a_reason(old, new, reason):
    plain = text_of(2026, 0)
    assert old in plain
    damaged = plain.replace(old, new)
    with pytest.raises(BadNotice, match=reason):
        imported(damaged, 2026, published_on=date(2025, 11, 4))


MORE_DAMAGED = [
    ("6日（周一）放假，共3天", "6日（周一）放假，共1天", "写“共1天”，但列出的放假日期是 3 天"),
    ("6日（周一）放假，共3天", "6日（周一）放假4天", "写“4月4日（周六）至6日（周一）放假4天”，但列出的放假日期是 3 天"),
    ("六、中秋节：9月25日（周五）至27日（周日）放假，共3天。\n　　七、国庆节", "六、国庆节", "应有七个节日，读到 6 个，缺少中秋节"),
    ("六、中秋节：9月25日（周五）至27日（周日）放假，共3天。\n　　七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。\n", "", "应有七个节日，读到 5 个，缺少中秋节、国庆节"),
    ("1月4日（周日）上班", "1月18日（周日）上班", "元旦的调休上班日 2026-01-18 离放假日期超过 14 天"),
    ("5月9日（周六）上班", "前一个周六上班", "看不懂这一句（见“前一个周六上班”）"),
    ("共5天", "共　天", "看不懂这一句（见“共天”）"), ("共5天", "共六天", "写“共六天”，但列出的放假日期是 5 天"),
    ("1月1日（周四）至3日", "1月日至3日", "看不懂这一句"), ("10月1日（周四）至7日", "10月1号至7号", "看不懂这一句"),
    ("五、端午节：", "五、清明节：", "清明节出现了两次"), ("三、清明节：4", "三、中秋节：4", "中秋节出现了两次"),
    ("1月4日（周日）上班", "1月11日（周日）、1月25日（周日）上班", "离放假日期超过 14 天"),
    ("1月4日（周日）上班。", "", "平日放假 19 天，减去调休上班 5 天"), ("6日（周一）放假，共3天", "6日（周一）放假，共3天。4月8日（周三）放假", "写共 3 天，但前后写到的放假日期有 4 天"),
    ("至6日（周一）放假，共3天", "至6日（周一）、8日（周三）放假，共4天", "之间隔着上班日"), ("现将2026年", "现将2025年", "正文安排的是 2025 年"),
    ("9月25日（周五）至27日（周日）放假，共3天", "另行通知", "没有找到放假日期"), ("1月1日（周四）", "1月1日星期五", "是星期四，不是星期五"),
    ("放假调休，共9天", "", "看不懂这一句"), ("2月14日（周六）、2月28日（周六）上班", "2月14日（周六）至28日（周六）上班", "既放假又上班"),
]  # fmt: skip


@pytest.mark.parametrize(
    "old,new,reason",
    MORE_DAMAGED,
)
def test_more_damages_are_refused_with_a_reason(old, new, reason):
    plain = text_of(2026, 0)
    assert old in plain
    with pytest.raises(BadNotice) as refusal:
        imported(plain.replace(old, new), 2026, published_on=date(2025, 11, 4))
    assert reason in refusal.value.message


DAMAGED_CHANGES = [
    (2020, 1, "2月3日（星期一）起正常上班", "2月4日（星期二）起正常上班", "2020-02-04 起正常上班，但放假到 2020-02-02 为止"),
    (2020, 1, "至2月2日（农历正月初九，星期日）", "至1月29日", "不晚于原假期的最后一天 2020-01-30"), (2020, 1, "延长2020年春节", "延长2020年元宵节", "原通知没有元宵节的放假安排"),
    (2019, 1, "4月28日（星期日）、5月5日（星期日）上班", "4月28日（星期日）上班", "调整后多放 2 个工作日，另有 1 天调休上班"),
    (2019, 1, "5月1日至4日", "4日至5月1日", "日期没有写月份"), (2015, 1, "9月3日至5日", "9月3日至7日", "写“共3天”"),
    (2020, 1, "至2月2日（农历正月初九，星期日），2月3日（星期一）起正常上班", "至1月31日（星期五），2月2日（星期日）起正常上班，2月1日（星期六）起正常上班", "2020-02-02 起正常上班，但放假到 2020-01-31 为止"),
]  # fmt: skip


@pytest.mark.parametrize(
    "year,place,old,new,reason",
    DAMAGED_CHANGES,
)
def test_a_damaged_change_is_refused_with_a_reason(year, place, old, new, reason):
    held, plain = YEARS[year], text_of(year, place)
    assert old in plain
    with pytest.raises(BadNotice) as refusal:
        imported(
            plain.replace(old, new), year, published_on=held.notices[place].published_on,
            earlier=Year(year, held.notices[:place]),
        )  # fmt: skip
    assert reason in refusal.value.message


#: What is damaged in older notices, which told each day and each weekend moved.
DAMAGED_OLD = [
    (2008, "2月6日（除夕）、2月7日（春节）", "2月5日（除夕）、2月7日（春节）"), (2008, "10月4日（星期六）、5日（星期日）照常公休", "10月11日（星期六）、5日（星期日）照常公休"),
    (2008, "5月4日（星期日）公休日调至5月2日（星期五）", "5月4日（星期日）公休日调至5月9日（星期五）"),
    (2008, "9月27日（星期六）、9月28日（星期日）两个公休日", "9月26日（星期五）、9月28日（星期日）两个公休日"),
    (2008, "12月29日（星期六）公休日调至12月31日（星期一）", "12月28日（星期五）公休日调至12月31日（星期一）"),
    (2008, "2月2日（星期六）、2月3日（星期日）两个公休日调至2月11日（星期一）、2月12日（星期二）", "2月1日（星期五）公休日调至2月11日（星期一），2月3日（星期日）公休日调至2月12日（星期二）"),
    (2008, "1月1日（星期二）为法定节假日", "1月8日（星期二）为法定节假日"), (2009, "1月4日（星期日）公休日", "1月5日（星期一）公休日"),
]  # fmt: skip
REFUSALS = Path(__file__).parents[1] / "data/calendar/refusals.txt"


def told_refusals():
    """Yield each damage with the whole sentence in which it is refused."""
    rows = [(2026, 0, old, new) for old, new, _ in (*DAMAGED, *MORE_DAMAGED)]
    rows += [(year, place, old, new) for year, place, old, new, _ in DAMAGED_CHANGES]
    rows += [(year, 0, old, new) for year, old, new in DAMAGED_OLD]
    for year, place, old, new in rows:
        held, plain = YEARS[year], text_of(year, place)
        assert old in plain, old
        why, _ = refused(
            plain.replace(old, new), year, published_on=held.notices[place].published_on,
            earlier=Year(year, held.notices[:place]) if place else None,
        )  # fmt: skip
        shown = [" ".join(words.split()) for words in (old, new)]
        yield f"{year} {shown[0]} → {shown[1]}\n    {why}\n"


def test_a_clerk_is_told_each_damage_in_these_words():
    told = "".join(told_refusals())
    if os.environ.get("REFUSALS") == "write":
        REFUSALS.write_text(told, encoding="utf-8")
    assert REFUSALS.read_text(encoding="utf-8") == told
    assert "\n    \n" not in told, "a damage was not refused"


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
