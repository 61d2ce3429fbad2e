"""What an edited draft must not lose or gain against the system's own: decisions, articles, remedies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from letters import lint
from letters.compose_paper import Composed
from letters.lint import BLOCK, WARN, Finding
from letters.working_copy.parts import WORDED, plain

PROVISION = re.compile(r"第[一二三四五六七八九十百零]+条(?:(?:第[一二三四五六七八九十]+[款项])*)")
REMEDY = re.compile(r"提起行政诉讼|申请行政复议|行政复议机关|向.{2,30}法院.{0,4}起诉")
# Where a reply decides. What it decides follows from the proposal of each item, not from the copy.
DECISION = re.compile(
    r"(?:决定|告知|本机关|信息)[^。，；“”]{0,14}?"
    r"(不予公开|予以公开|不存在|不属于本机关负责公开|不予处理|不再处理|不再重复处理|不予提供|无法提供)"
)


def check(edited: Composed, base: Composed, facts: Mapping[str, Any]) -> list[Finding]:
    """Return the lint's findings on an edited draft, with what the edit lost or added; those that block come first."""
    found = [*lint.check(edited, facts), *losses(edited, base, facts)]
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
            yield Finding(
                "edit_lost_decision",
                BLOCK,
                f"修改稿中少了“{words}”的决定，与拟办意见不一致；要改处理结果的，请改拟办意见",
                words,
            )
        elif decides[words] > decided[words]:
            yield Finding(
                "edit_new_decision",
                BLOCK,
                f"修改稿中多了“{words}”的决定，与拟办意见不一致；要改处理结果的，请改拟办意见",
                words,
            )
    kept = {*PROVISION.findall(new)}
    for provision in dict.fromkeys(PROVISION.findall(old)):
        if provision not in kept:
            yield Finding(
                "edit_lost_article",
                BLOCK,
                f"修改稿中没有了原文引用的{provision}",
                provision,
                "条例第三十六条",
            )
    for provision in dict.fromkeys(PROVISION.findall(new)):
        if provision not in old:
            yield Finding("edit_new_article", WARN, f"修改稿新引用了{provision}，请核对", provision)
    number = str(facts.get("case_number") or "")
    if number and number in old and number not in new:
        yield Finding("edit_lost_number", BLOCK, f"修改稿中没有了登记编号{number}", "case_number")
    for text in after:
        if text not in before and REMEDY.search(text):
            yield Finding(
                "edit_remedy",
                BLOCK,
                "救济途径由系统按照法律写明，请不要在正文中另写",
                text[:20],
                "行政复议法第二十条",
            )


def _worded(composed: Composed) -> list[str]:
    remedies = {plain(text) for text in composed.remedies}
    return [
        plain(block["text"])
        for block in composed.blocks
        if block["type"] in WORDED and plain(block["text"]) not in remedies
    ]
