"""E-mail addresses, WeChat and QQ numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.review.redaction.detect.found import EMAIL, QQ, WECHAT, Found
from workflow.review.redaction.detect.rows import heading

_EMAIL = re.compile(
    r"(?<![0-9A-Za-z._%+\-])([0-9A-Za-z][0-9A-Za-z._%+\-]{0,63} ?@ ?(?:[0-9A-Za-z](?:[0-9A-Za-z\-]{0,62}[0-9A-Za-z])?\.)+[A-Za-z]{2,12})(?![0-9A-Za-z])"
)
#: Written so that no program finds it.
_COVERT = re.compile(
    r"(?<![0-9A-Za-z._%+\-])([0-9A-Za-z][0-9A-Za-z._%+\-]{0,63} ?(?:(?:[\[(（【]at[\])）】]|#|艾特) ?(?:[0-9A-Za-z](?:[0-9A-Za-z\-]{0,62}[0-9A-Za-z])?\.)+[A-Za-z]{2,12}"
    r"|@ ?(?:[0-9A-Za-z\-]{1,63} ?[.。] ?)+(?:com|cn|net|org)))(?![0-9A-Za-z])",
    re.I,
)
_SIGNS = ("#", "[at", "(at", "（at", "【at", "[AT", "(AT", "（AT", "【AT", "艾特", "。com", "。cn", " . ")
_EMAIL_CUE = re.compile(r"邮箱|邮件|e-?mail", re.I)
_SAYS = r"[\s　]{0,2}(?:号码|账号|帐号|号|ID|id)?[\s　]{0,2}(?:同号)?[\s　]{0,2}(?:[：:]|是|为|叫)?[\s　“\"(（]{0,3}"
_WECHAT = re.compile(
    rf"(?:微信|微 信|WeChat|wechat|薇信|V信|加 ?[Vv微]|VX|vx|Vx|wx)(?!公众|小程序|群|支付|转账){_SAYS}([A-Za-z][A-Za-z0-9_\-]{{5,19}}|[1-9]\d{{5,12}})(?![0-9A-Za-z_])"
)
_WXID = re.compile(r"(?<![0-9A-Za-z])(wxid_[0-9A-Za-z]{6,20})")
_QQ = re.compile(
    rf"(?:QQ|qq|Qq|扣扣|企鹅号)(?!群|音乐|浏览器){_SAYS}([1-9]\d{{4,10}}|[1-9]\d{{2,3}}(?: \d{{3,4}}){{1,2}})(?![0-9A-Za-z@])"
)
_HEADS = (
    (WECHAT, re.compile(r"微信"), re.compile(r"[A-Za-z][A-Za-z0-9_\-]{5,19}")),
    (QQ, re.compile(r"QQ", re.I), re.compile(r"[1-9]\d{4,10}")),
)


def emails(text: str) -> Iterator[Found]:
    """This function will find e-mail addresses."""
    for match in _EMAIL.finditer(text):
        yield Found(EMAIL, match.start(1), match.end(1), match.group(1), "电子邮箱地址格式", 0.97)
    if any(sign in text for sign in _SIGNS) and _EMAIL_CUE.search(text):
        for match in _COVERT.finditer(text):
            if _EMAIL_CUE.search(text[max(0, match.start() - 24) : match.start()].rpartition("\n")[2]):
                yield Found(
                    EMAIL, match.start(1), match.end(1), match.group(1), "前文写明邮箱，用别的写法代替@", 0.85
                )


def accounts(text: str) -> Iterator[Found]:
    """This function will find WeChat and QQ numbers after the word for them, or in a column headed by it."""
    for kind, pattern in ((WECHAT, _WECHAT), (WECHAT, _WXID), (QQ, _QQ)):
        for match in pattern.finditer(text):
            word = "微信号" if kind == WECHAT else "QQ号"
            yield Found(kind, match.start(1), match.end(1), match.group(1), f"前文写明{word}", 0.93)
    for kind, head, shape in _HEADS:
        if not head.search(text):
            continue
        for match in shape.finditer(text):
            if head.search(heading(text, match.start())):
                yield Found(kind, match.start(), match.end(), match.group(0), "表格该栏写明", 0.9)
