"""A made-up notice of the year whose real one is not out, worded as the State Council words them."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from calendars.models import StoredNotice
from calendars.models.stored_notice import festivals_as_json
from calendars.notice import check, read_notice
from calendars.years import Festival, Notice
from office.models import User

YEAR = 2027
TEXT = """国务院办公厅关于2027年
部分节假日安排的通知
国办发明电〔2026〕99号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2027年部分节假日的放假调休日期具体安排通知如下。
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至13日（周六）放假调休，共9天。1月30日（周六）、2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天。
六、中秋节：9月15日（周三）放假1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
国务院办公厅
2026年11月4日
"""
_counter = itertools.count(1)


def made_up() -> Notice:
    """Read the made-up notice."""
    return check(
        read_notice(TEXT, YEAR), published_on=dt.date(2026, 11, 4), address="https://www.gov.cn/made-up"
    )


def stored_year(
    *, year: int = YEAR, notice: Notice | None = None, region_code: str = "", off: list[str] | None = None,
    number: str = "",
) -> StoredNotice:  # fmt: skip
    """Store a notice that nobody has confirmed yet."""
    told = notice or made_up()
    if off:
        days = tuple(dt.date.fromisoformat(day) for day in off)
        told = Notice(
            "地方节日放假的通知",
            dt.date(year, 1, 5),
            "https://example.test/",
            (Festival("火把节", days),),
            number,
        )
    n = next(_counter)
    values: dict[str, Any] = {
        "year": year, "region_code": region_code, "number": told.number, "title": told.title,
        "issued_on": told.issued_on, "published_on": told.published_on, "address": told.address, "text": TEXT,
        "festivals": festivals_as_json(told), "entered_at": dt.datetime(2026, 11, 5, tzinfo=dt.UTC),
        "entered_by": User.objects.create(username=f"first{n}", name="录入人"),
    }  # fmt: skip
    return StoredNotice.objects.create(**values)
