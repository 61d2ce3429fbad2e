"""Rules on the words of a paper: no purpose asked, no promise, no old fee, silence told right, every character set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from law import fees
from letters.errors import CannotTypeset
from letters.lint.finding import Finding, finding
from letters.lint.looked import Looked, as_day
from letters.render_paper import check_glyphs

PURPOSE = re.compile(
    r"(?:说明|提供|写明|补充|告知|填写|提交)[^，。；]{0,10}(?:用途|使用目的|(?:申请|获取)[^，。；]{0,8}?(?:目的|原因|动机)|为(?:何|什么)申请|用于何处|与该(?:政府)?信息的关系)|特殊需要|三需要|生产、生活、科研"
    r"|与(?:您|贵单位|你|申请人)?(?:自身|本人|本单位)?(?:的)?(?:生产|生活|科研)[^，。；]{0,12}(?:无关|没有(?:直接)?关(?:系|联))"
)
PROMISE = re.compile(r"(?:将|应|承诺|保证)[^。]{0,12}于?\d{4}年\d{1,2}月\d{1,2}日前[^。]{0,6}答复")
AGREED = re.compile(
    r"(?:逾期|届时|期满|期限内)[^。；]{0,16}(?:未|没有|不)[^。；]{0,12}(?:视为|视同|默认)(?:您|贵单位|第三方)?(?:同意|不同意|放弃|没有(?:意见|异议)|无异议)"
)
REFUSED = re.compile(
    r"(?:逾期|届时|期满)[^。；]{0,16}(?:未|没有|不)[^。；]{0,12}(?:视为|视同|默认)(?:贵单位)?(?:不同意|拒绝|反对)"
)
FEE_NAMES = r"(?:检索|复制|复印|邮寄|邮递|快递|工本|成本|查阅|打印|扫描)(?:等)?(?:成本)?费用?"
OLD_FEE = re.compile(
    rf"(?:收取|缴纳|交纳|支付|承担|收费)[^。；]{{0,16}}{FEE_NAMES}|{FEE_NAMES}[^。；]{{0,8}}(?:\d+(?:\.\d+)?元|由(?:您|贵单位|申请人)(?:承担|支付|自理))|(?:邮费|运费|邮资|邮递费|快递费)自理"
)
NOT_TAKEN = re.compile(r"不(?:再)?(?:收取|收|计收)|免收|免费|取消")
COURIER = re.compile(
    r"顺丰|圆通|申通|中通|韵达|极兔|京东快递|百世|德邦|(?:普通|民营|商业)快递|货?到付款?|运费到付"
)
SUM = re.compile(r"计(\d+)元")


def no_purpose(looked: Looked) -> Iterator[Finding]:
    """Find words that ask an applicant for the purpose of the request."""
    if looked.kind.code == "consultation_third_party":
        return
    if found := PURPOSE.search(looked.own_words):
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
    for sentence in re.split(r"[。；\n]", looked.own_words):
        if (found := OLD_FEE.search(sentence)) and not NOT_TAKEN.search(sentence):
            yield finding(
                "old_fee",
                f"不得收取检索、复制、邮寄等费用（“{found.group()}”）",
                where=found.group(),
                field=looked.place_of(found.group()),
            )


def fee_sum(looked: Looked) -> Iterator[Finding]:
    """Find a fee whose total is not that of its brackets, or of the tariff."""
    facts = looked.facts
    if looked.kind.code != "fee_notice" or not isinstance(facts.get("total"), int):
        return
    listed = [int(n) for line in facts.get("brackets") or () for n in SUM.findall(str(line))]
    total = facts["total"]
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
    if (found := COURIER.search(looked.own_words)) and looked.kind.form == "letter":
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
