"""What an edited draft must not lose or gain against the system's own: decisions, articles, remedies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from letters import lint
from letters.compose_paper import Composed
from letters.lint import BLOCK, WARN, Finding
from letters.lint.finding import Mend
from letters.working_copy.parts import WORDED, plain

PROVISION = re.compile(r"第[一二三四五六七八九十百零]+条(?:(?:第[一二三四五六七八九十]+[款项])*)")
REMEDY = re.compile(r"提起行政诉讼|申请行政复议|行政复议机关|向.{2,30}法院.{0,4}起诉")
# Where a reply decides. What it decides follows from the proposal of each item, not from the copy.
DECISION = re.compile(
    r"(?:决定|告知|本机关|信息)[^。，；“”]{0,14}?"
    r"(不予公开|予以公开|不存在|不属于本机关负责公开|不予处理|不再处理|不再重复处理|不予提供|无法提供)"
)


PROPOSE = "改回原文；要改处理结果的，改拟办意见后重新导出工作稿"
# What each rule weighs, the article it rests on, why it loses, how it is mended.
RULES: dict[str, tuple[str, str, str, str]] = {
    "edit_lost_decision": (BLOCK, "条例第三十六条", "答复书的决定须与拟办、审批的处理结果一致", PROPOSE),
    "edit_new_decision": (BLOCK, "条例第三十六条", "答复书的决定须与拟办、审批的处理结果一致", PROPOSE),
    "edit_lost_article": (
        BLOCK,
        "条例第三十六条",
        "没有引用具体条款的答复，复议、诉讼中按没有依据处理",
        "补回原文引用的条款",
    ),
    "edit_new_article": (WARN, "条例第三十六条", "新引用的条款未经拟办", "核对条款及其内容"),
    "edit_lost_number": (BLOCK, "条例第三十一条", "没有登记编号，不能确定答复的是哪一件申请", "补回登记编号"),
    "edit_remedy": (BLOCK, "行政复议法第二十三条", "另写的救济途径与系统写明的重复或者矛盾", "删去这一段"),
}


def check(edited: Composed, base: Composed, facts: Mapping[str, Any]) -> list[Finding]:
    """Return the lint's findings on an edited draft, with what the edit lost or added; those that block come first."""
    shown = edited.issued("（签发时编号）", edited.on)
    found = [*lint.check_text(edited.kind, shown.blocks, facts, on=edited.on), *losses(edited, base, facts)]
    return sorted(found, key=lambda finding: finding.severity != BLOCK)


def losses(edited: Composed, base: Composed, facts: Mapping[str, Any]) -> Iterator[Finding]:
    """Find what an edit took away from a draft or added to it that only the proposal or the system may."""
    before, after = _worded(base), _worded(edited)
    if before == after:
        return
    old, new = "\n".join(before), "\n".join(after)
    decided, decides = Counter(DECISION.findall(old)), Counter(DECISION.findall(new))
    for words in decided | decides:
        if decides[words] < decided[words]:
            yield _found("edit_lost_decision", f"修改稿中少了“{words}”的决定，与拟办意见不一致", words)
        elif decides[words] > decided[words]:
            yield _found("edit_new_decision", f"修改稿中多了“{words}”的决定，与拟办意见不一致", words)
    cited, cites = list(dict.fromkeys(PROVISION.findall(old))), list(dict.fromkeys(PROVISION.findall(new)))
    for provision in cited:
        if provision not in cites:
            yield _found("edit_lost_article", f"修改稿中没有了原文引用的{provision}", provision)
    for provision in cites:
        if provision not in cited:
            yield _found("edit_new_article", f"修改稿新引用了{provision}，请核对", provision)
    number = str(facts.get("case_number") or "")
    if number and number in old and number not in new:
        yield _found("edit_lost_number", f"修改稿中没有了登记编号{number}", "case_number")
    for text in after:
        if text not in before and REMEDY.search(text):
            yield _found("edit_remedy", "救济途径由系统按照法律写明，请不要在正文中另写", text[:20])


def _found(rule: str, message: str, where: str) -> Finding:
    severity, article, reason, mend = RULES[rule]
    return Finding(rule, severity, message, where, article, reason, Mend("edit", "edited_copy", mend))


def _worded(composed: Composed) -> list[str]:
    remedies = {plain(text) for text in composed.remedies}
    return [
        plain(block["text"])
        for block in composed.blocks
        if block["type"] in WORDED and plain(block["text"]) not in remedies
    ]
