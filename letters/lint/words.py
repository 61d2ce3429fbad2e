"""Rules on the words of a paper: no purpose asked, no promise, no old fee, silence told right, every character set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from law import fees
from law.fees.tariff import in_force
from letters.errors import CannotTypeset
from letters.lint.finding import Finding, finding
from letters.lint.looked import Looked, as_day
from letters.render_paper import check_glyphs

PURPOSE = re.compile(
    r"(?:说明|提供|写明|补充|告知|填写|提交)[^，。；]{0,10}(?:用途|使用目的|(?:申请|获取)[^，。；]{0,8}?(?:目的|原因|动机)|为(?:何|什么)申请|用于何处|与该(?:政府)?信息的关系)"
    r"|(?:说明|提供|写明|补充|告知|填写|提交)[^，。；]{0,20}(?:信息|材料|文件)的?(?:使用)?用途|特殊需要|三需要|生产、生活、科研"
    r"|与(?:您|贵单位|你|申请人)?(?:自身|本人|本单位)?(?:的)?(?:生产|生活|科研)[^，。；]{0,12}(?:无关|没有(?:直接)?关(?:系|联))"
)
#: What a thing is for: land, money, a house; a matter of the information, not of the request.
USE_OF_THINGS = re.compile(
    r"(?:土地|用地|地块|宗地|房屋|建筑物?|规划|海域|林地|水域|岸线|资金|款项|经费|专款|产品|设备|设施|场地)的?"
    r"(?:使用|法定|批准|登记|现状|实际|具体|设计|主要)?用途|用途(?:管制|变更|分区|分类)"
)
TITLE = re.compile(r"《[^》]*》")
PROMISE = re.compile(r"(?:将|应|承诺|保证)[^。]{0,12}于?\d{4}年\d{1,2}月\d{1,2}日前[^。]{0,6}答复")
AGREED = re.compile(
    r"(?:逾期|届时|期满|期限内)[^。；]{0,16}(?:未|没有|不)[^。；]{0,12}(?<!不)(?<!不能)(?<!不得)(?<!不应)(?:视为|视同|默认)(?:您|贵单位|第三方)?(?:同意|不同意|放弃|没有(?:意见|异议)|无异议)"
)
REFUSED = re.compile(
    r"(?:逾期|届时|期满)[^。；]{0,16}(?:未|没有|不)[^。；]{0,12}(?:视为|视同|默认)(?:贵单位)?(?:不同意|拒绝|反对)"
)
# 成本费用 alone is what a business reckons with, and a matter of its secrets.
FEE_NAMES = r"(?:(?:检索|复制|复印|邮寄|邮递|快递|工本|查阅|打印|扫描)(?:等)?(?:成本)?费用?|成本费(?!用))"
OLD_FEE = re.compile(
    rf"(?:收取|缴纳|交纳|支付|承担|收费)[^。；]{{0,16}}{FEE_NAMES}|{FEE_NAMES}[^。；]{{0,8}}(?:\d+(?:\.\d+)?元|由(?:您|贵单位|申请人)(?:承担|支付|自理))|(?:邮费|运费|邮资|邮递费|快递费)自理"
    r"|(?:请|您|贵单位|申请人)[^。；]{0,10}(?:缴纳|交纳|支付|承担)[^。；]{0,8}成本费用"
)
NOT_TAKEN = re.compile(
    r"不(?:再|另行?|另外|会|得|需要?|用|必|应|向您)*(?:收取|收|计收|缴纳|交纳|支付|承担)|未(?:曾)?收取|无[需须](?:您)?(?:缴纳|交纳|支付|承担)"
    r"|免收|免费|免除|取消|本(?:机关|局|单位)(?:承担|负担|支付)"
)
TAKEN = re.compile(r"收取|收费|缴纳|交纳|缴费|交费|支付|计收|工本|复印|打印|复制|扫描")
SPOKEN_TO = re.compile(r"您|贵单位|申请人|请")
#: So much for a page or a piece: 每页收取0.5元, 0.5元/页, 每页五角.
EACH = re.compile(
    r"每(?P<of>页|张|面|份|件)[^，。；\d]{0,10}?(?:(?P<sum>\d+(?:\.\d+)?)元|(?:\d|[一二两三四五六七八九伍])[角毛])"
    r"|(?P<sum_of>\d+(?:\.\d+)?)元[／/每](?P<of_sum>页|张|面|份|件)"
)
_FIRMS = r"(?:顺丰|圆通|申通|中通|韵达|极兔|京东快递|百世|德邦|(?:普通|民营|商业)快递)"
#: By a firm that is no postal enterprise; the firm itself may be what a request is about.
COURIER = re.compile(
    rf"(?:通过|以|用|由|经|选择|选用|交|委托|改用|使用)[^，。；]{{0,4}}{_FIRMS}(?![^，。；寄送]{{0,10}}(?:公司|集团|地铁|证券|有限|路|街|镇|村))"
    rf"|{_FIRMS}(?:速运|速递|快递|快运|物流)?[^，。；]{{0,12}}?(?:寄(?!递|存)|送达|发出|单号|运单)"
    r"|货到付款|(?<![收接直等达寄送转拨找看])到付(?![清出息给讫款凭])"
)
#: Words before it by which a way is not taken.
NOT_BY = re.compile(
    r"(?:不(?:得|会|再|能|予|可以?)?|勿|禁止)(?:(?:使用|采用|通过|以|用|接受|采取)[^，。；]{0,8})?$"
)
SUM = re.compile(r"计(\d+)元")


def no_purpose(looked: Looked) -> Iterator[Finding]:
    """Find words that ask an applicant for the purpose of the request."""
    if looked.kind.code == "consultation_third_party":
        return
    for found in PURPOSE.finditer(USE_OF_THINGS.sub("〇", TITLE.sub("《》", looked.own_words))):
        # Who asks beyond all measure may be asked why (条例35).
        if looked.kind.code == "excess_notice" and found.group().endswith("原因"):
            continue
        yield finding(
            "purpose",
            f"不得要求申请人说明用途（“{found.group()}”）",
            where=found.group(),
            field=looked.place_of(found.group()),
        )


def no_bare_promise(looked: Looked) -> Iterator[Finding]:
    """Find a receipt that promises a day without its exceptions."""
    if looked.kind.code == "registration_receipt" and (found := PROMISE.search(looked.text)):
        yield finding(
            "bare_promise",
            "回执不得只写承诺答复的日期，应写明法定期限及依法延长、征求意见等例外",
            where=found.group(),
        )


def silence(looked: Looked) -> Iterator[Finding]:
    """Find a consultation that tells the wrong consequence of silence (条例32、34)."""
    if looked.kind.code == "consultation_third_party" and (found := AGREED.search(looked.text)):
        yield finding(
            "silence",
            "第三方逾期不提出意见的，由本机关依法决定是否公开，不能写成视为同意或者不同意",
            where=found.group(),
        )
    if looked.kind.code == "consultation_joint" and (found := REFUSED.search(looked.text)):
        yield finding("silence", "共同制作机关逾期不提出意见的，视为同意公开", where=found.group())


def old_fee(looked: Looked) -> Iterator[Finding]:
    """Find a fee for searching, copying or postage, which 条例42 did away with."""
    asked = "".join(str(item.get("description") or "") for item in looked.asked)
    about_fees = re.search(rf"{FEE_NAMES}|收费|价格", asked)
    for sentence in re.split(r"[。；\n]", TITLE.sub("《》", looked.own_words)):
        if NOT_TAKEN.search(sentence) or (about_fees and not SPOKEN_TO.search(sentence)):
            continue
        found = OLD_FEE.search(sentence)
        if found is None and looked.kind.code != "fee_notice" and TAKEN.search(sentence):
            found = EACH.search(sentence)
        if found:
            yield finding(
                "old_fee",
                f"不得收取检索、复制、邮寄等费用（“{found.group()}”）",
                where=found.group(),
                field=looked.place_of(found.group()),
            )


TOTALS = ("合计", "总计", "共计")


def _rates(looked: Looked, lines: list[str]) -> Iterator[Finding]:
    """Find a rate that the tariff does not know: 每页0.5元."""
    day = looked.day("received_on")
    known = in_force(day) if day else None
    if known is None:
        return
    pages = {int(row["each"]) for row in known["pages"]} | {int(known["pages_beyond"]["each"])}
    step = int(known["items_beyond"]["step_each"])
    for found in (hit for line in lines for hit in EACH.finditer(line)):
        told = found["sum"] or found["sum_of"]
        rate = float(told) if told else -1.0
        if rate in pages if (found["of"] or found["of_sum"]) != "件" else rate >= 0 and rate % step == 0:
            continue
        yield finding("fee_sum", f"费率没有“{found.group()}”这一档", where=found.group())


def fee_sum(looked: Looked) -> Iterator[Finding]:
    """Find a fee whose total is not that of its brackets, or of the tariff."""
    facts = looked.facts
    if looked.kind.code != "fee_notice" or not isinstance(facts.get("total"), int):
        return
    lines = [str(line) for line in facts.get("brackets") or ()]
    listed = [int(n) for line in lines if line[:2] not in TOTALS for n in SUM.findall(line)]
    total = facts["total"]
    yield from _rates(looked, lines)
    if listed and sum(listed) != total:
        yield finding("fee_sum", f"计收明细合计{sum(listed)}元，文中写的是{total}元", where="total")
        return
    day, count = as_day(facts.get("received_on")), facts.get("count")
    if day is None or not isinstance(count, int):
        return
    try:
        if facts.get("basis") == "pages":
            right = fees.pages_fee(count, day).total
        else:
            right = fees.items_fee(count, day, already=int(facts.get("already") or 0)).total
    except fees.BadFee as error:
        yield finding("fee_sum", error.message.rstrip("。"), where="total")
        return
    if right != total:
        yield finding("fee_sum", f"按费率应为{right}元，文中写的是{total}元", where="total")


def delivery_way(looked: Looked) -> Iterator[Finding]:
    """Find a paper that goes by a courier or is paid for by whoever receives it."""
    if looked.kind.form != "letter":
        return
    for found in COURIER.finditer(looked.own_words):
        if NOT_BY.search(looked.own_words[max(0, found.start() - 24) : found.start()]):
            continue
        yield finding(
            "delivery_way",
            f"邮寄送达须通过邮政企业，不得到付（“{found.group()}”）",
            where=found.group(),
            field=looked.place_of(found.group()),
        )


def glyphs(looked: Looked) -> Iterator[Finding]:
    """Find a character that no face has."""
    try:
        check_glyphs(looked.text)
    except CannotTypeset as error:
        words = next((c for c in looked.text if c in error.message and c > "\u2fff"), "")
        yield finding("glyph", error.message, where=words, field=looked.place_of(words) if words else "text")


RULES: tuple[Any, ...] = (no_purpose, no_bare_promise, silence, old_fee, fee_sum, delivery_way, glyphs)
