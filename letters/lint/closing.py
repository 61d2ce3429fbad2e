"""Rules on who speaks: the office itself, with signature, day, seal and a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from letters.lint.finding import WARN, Finding, finding
from letters.lint.looked import Looked
from letters.shapes import is_blank, is_filler

#: A unit inside an organ, by the end of its name.
UNIT = re.compile(
    r"(?:[科股]|科室|处室|股室|(?:工作|领导|综合|协调|专项)小?组|党组|党委|工作专班|窗口|(?:法制|工作|内设)机构|(?:信息|政务)公开办(?:公室)?|(?:局|委|委员会|厅|部|署|院)办公室|(?:局|委|委员会|厅|部|署|政府)[^局委厅部署]{2,12}[处室])$"
)
#: Bodies whose names end like a unit's and which act in their own name (条例10第二款、54).
OWN_NAME = re.compile(
    r"(?:办事处|管理处|人民政府[^科股]{0,10}办公室|人民政府办公厅|政府办公室|政府办公厅|教研室|管理办公室|(?:机构编制|地方志编纂|史志编纂|国防动员)委员会办公室)$"
)
BRACKETS = re.compile(r"[（(]([^（()）]*)[）)]")
OUTSIDE = frozenset({"dispatched", "authorised", "government_office", "township", "zone", "party_gov"})
#: Seals that are for other things than letters.
OTHER_SEAL = re.compile(
    r"(?:财务|合同|发票|收费|业务|档案|人事|工会|食堂|仓库)(?:管理|收讫|现金|办理)?(?:专用|业务)?章$"
)
MARK = re.compile(r"[（(](?:加?盖?(?:印章|公章)|盖章|章)[）)]|\s")
DAY = re.compile(
    r"^\s*(?:\d{4}年\d{1,2}月\d{1,2}日|二[〇○零]二[〇○零一二三四五六七八九]年.{2,8}日|（签发时填写日期）)\s*$"
)
CALLED = re.compile(r"\d{5}|\d{3,4}\D{1,2}\d{3,4}|[〇零一二三四五六七八九]{5}")
PHONE = re.compile(r"\d{3,4}[-－—]\d{3,4} ?\d{4}|0\d{10}|1[3-9]\d{9}|(?<!\d)\d{7,8}(?!\d)|\b12345\b")


def author(looked: Looked) -> Iterator[Finding]:
    """Find an internal unit as the author of a paper, or another name than the office's under it."""
    if looked.kind.form != "letter":
        return
    name = str(looked.office.get("name") or "")
    units = {str(unit) for unit in looked.register.get("units") or ()}
    outside = str(looked.office.get("kind") or "") in OUTSIDE or OWN_NAME.search(name)
    # A unit may stand in brackets behind its office, or have something in brackets behind it.
    plain, beside = BRACKETS.sub("", name), BRACKETS.findall(name)
    unit = any(UNIT.search(part) and not OWN_NAME.search(part) for part in (plain, *beside))
    if name in units or (unit and not outside):
        yield finding("author", f"“{name}”疑似内设机构，文书应以机关名义作出", where="office.name")
    if not looked.foreign or not name:
        return
    signed = _signed_by(looked)
    if signed and signed != re.sub(r"\s", "", name):
        yield finding("author", f"落款是“{signed}”，应为“{name}”", where="落款")


def _signed_at(looked: Looked) -> int | None:
    """Return which paragraph is the day under a text; None where there is none."""
    found = [at for at, line in enumerate(looked.paragraphs) if at and DAY.match(re.sub(r"\s", "", line))]
    return found[-1] if found else None


def _signed_by(looked: Looked) -> str:
    """Return the line that stands above the day at the end of a text."""
    at = _signed_at(looked)
    above = MARK.sub("", looked.paragraphs[at - 1]) if at else ""
    return above if len(above) < 40 and not re.search(r"[。；：]", above) else ""


def signature(looked: Looked) -> Iterator[Finding]:
    """Find a text without the office's name or the day under it."""
    if not looked.foreign or looked.kind.form != "letter":
        return
    name = str(looked.office.get("name") or "")
    missing = []
    # The first paragraph is the red name above the paper.
    if not _signed_by(looked) and name not in looked.paragraphs[1:]:
        missing.append("落款机关名称")
    if _signed_at(looked) is None:
        missing.append("成文日期")
    if missing:
        yield finding("signature", f"文末没有{'、'.join(missing)}", where="落款")


def seal(looked: Looked) -> Iterator[Finding]:
    """Find an office without a seal to set, or with one of a unit of its own.

    Only a warning where the electronic seal is missing and one of metal is set in its place (`by_hand`).
    """
    for held in (looked.register, looked.office):
        if "seal" not in held:
            continue
        told = held["seal"]
        named = (
            str(told.get("name") or told.get("text") or "") if isinstance(told, Mapping) else str(told or "")
        )
        if isinstance(told, Mapping) and told.get("by_hand") and not named:
            yield finding(
                "seal", "没有正在使用的电子印模，签发后须加盖实物印章并登记用印", where="seal", severity=WARN
            )
        elif is_blank(told) or told is False or is_blank(named) or is_filler(named):
            yield finding("seal", "没有登记可以使用的印章，签发后不能用印", where="seal")
        elif OTHER_SEAL.search(named):
            yield finding("seal", f"“{named}”是其他用途的印章，不能用于答复", where="seal")
        elif (
            UNIT.search(re.sub(r"(?:业务)?(?:专用|印)?章$", "", named)) and "政府信息公开专用章" not in named
        ):
            yield finding("seal", f"“{named}”是内设机构的印章，不能用于答复", where="seal")
        return


def contact(looked: Looked) -> Iterator[Finding]:
    """Find a letter without a telephone to call."""
    if looked.kind.form != "letter":
        return
    handler = looked.facts.get("handler")
    phones = [looked.office.get("phone"), handler.get("phone") if isinstance(handler, Mapping) else ""]
    if all(is_blank(phone) for phone in phones):
        yield finding("contact", "没有写联系电话，请在机关设置中填写", where="office.phone")
    elif not any(CALLED.search(str(phone or "")) for phone in phones):
        told = next(str(phone) for phone in phones if not is_blank(phone))
        yield finding("contact", f"“{told}”不是可以拨打的联系电话，请在机关设置中填写", where="office.phone")
    elif looked.foreign and not _called_at_the_end(looked, [str(phone or "") for phone in phones]):
        yield finding("contact", "文末没有写联系电话", where="落款")


def _called_at_the_end(looked: Looked, phones: list[str]) -> bool:
    """Say whether a telephone stands under the signature, or the office's own right above it."""
    at = _signed_at(looked) or -5
    if PHONE.search("\n".join(looked.paragraphs[at:])):
        return True
    above = re.sub(r"[^0-9\n]", "", "\n".join(looked.paragraphs[at - 3 : at]))
    return any(len(known := re.sub(r"\D", "", phone)) > 4 and known in above for phone in phones)


RULES: tuple[Any, ...] = (author, signature, seal, contact)
