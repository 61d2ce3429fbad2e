"""Three sample cases for each wording: the usual one, the barest, and one with everything a letter may tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from letters import samples
from letters.catalogue import KINDS, reply_kind
from letters.facts import COMMON
from letters.own.naming import names_in
from letters.shapes import named
from letters.wordings import FENCE, ITEMS, Wording, environment

# What a wording may tell and most samples do not; kept in step with each other.
MORE: dict[str, Any] = {
    "old_title": "政府信息公开申请答复书", "old_number": "清自然资依复〔2026〕9号", "old_on": "2026-09-18",
    "ordered_by": "清源县人民政府《行政复议决定书》（清政复〔2026〕21号）", "again_on": "2026-10-20",
    "supplement_notice_on": "2026-11-02", "supplemented_on": "2026-11-06", "lacking": "申请内容不明确",
    "extension_notice_on": "2026-11-19", "extended_due_on": "2026-12-23",
    "consultations": ["本机关于2026年11月2日依法书面征求第三方意见，2026年11月10日收到答复，第三方不同意公开"],
    "fee_notice_on": "2026-11-03", "paid_on": "2026-11-05", "delay_notice_on": "2026-11-10", "delayed_until_on": "2027-01-29",
    "override_notes": ["本机关认为第三方不同意公开的理由不合理，决定予以公开，并已书面告知第三方"],
    "query_code": "7K3M-92PX-QH4T", "query_place": "清源县人民政府网站“依申请公开”专栏", "due_on": "2026-12-11",
    "month": "2026年10月", "already": 17, "count": 1, "discretion": "公开后会影响工作人员在今后的决策讨论中坦率发表意见",
    "history": ["2026年10月28日，本机关收到王䶮通过互联网提交的政府信息公开申请"], "proceeding_number": "清政复〔2026〕21号",
    "attachments": ["材料清单"], "reply_days": 20, "reply_to": "清源县自然资源局政策法规股（清源县府前街18号）",
}  # fmt: skip
# Papers whose items carry outcomes, by which the remedies clause goes.
WITH_OUTCOMES = frozenset({"reply", "correction_of_reply"})


@dataclass(frozen=True)
class SampleCase:
    """One sample case: what is particular about it, the kind of its letter, the facts."""

    name: str
    kind: str
    facts: dict[str, Any]


def sample_cases(wording: Wording, office: Mapping[str, Any] | None = None) -> tuple[SampleCase, ...]:
    """Return three different sample cases in which a wording is used.

    :param office: the facts of the office whose letters they are; what it leaves blank is taken from the sample office
    """
    made = _of_section(wording) if wording.key.startswith(ITEMS) else _of_paper(wording)
    own = {**samples.OFFICE, **{name: value for name, value in (office or {}).items() if value}}
    return tuple(
        SampleCase(case.name, case.kind, {**case.facts, "office": {**own, "kind": _kind(case.facts, own)}})
        for case in made
    )


def _kind(facts: Mapping[str, Any], own: Mapping[str, Any]) -> Any:
    # A paper of a government's office stays one: its signatory is another than a department's.
    return (
        facts["office"]["kind"]
        if facts["office"] is not samples.OFFICE and "kind" in facts["office"]
        else own["kind"]
    )


def _of_paper(wording: Wording) -> list[SampleCase]:
    kinds = [
        kind for kind in KINDS.values() if kind.wording_name == wording.key and kind.code in samples.SAMPLES
    ]
    usual, last = kinds[0].code, kinds[-1].code
    middle = kinds[len(kinds) // 2].code
    if wording.key == "reply":
        usual, middle, last = "reply_refuse", "reply_not_ours", "reply_mixed"
    return [
        SampleCase("通常的一件", usual, samples.facts(usual)),
        SampleCase("要素最少、另一类收件人的一件", middle, _bare(samples.facts(middle), wording)),
        SampleCase("要素最全的一件", last, _full(samples.facts(last), wording)),
    ]


def _of_section(wording: Wording) -> list[SampleCase]:
    outcomes = [name for name in wording.outcomes if name in samples.ITEMS]
    first, other = deepcopy(samples.ITEMS[outcomes[0]]), deepcopy(samples.ITEMS[outcomes[-1]])
    bare = {name: value for name, value in other.items() if name not in wording.optional}
    more = {name: MORE.get(name, _guess(name)) for name in wording.optional}
    full = {**deepcopy(samples.ITEMS[outcomes[len(outcomes) // 2]]), **more, "seq": 2}
    first_of_two = "already_public" if "disclose" in outcomes else "disclose"
    return [
        SampleCase("只有一项的一件", reply_kind([first["outcome"]]), samples.with_items(first)),
        SampleCase(
            "要素最少、另一类申请人的一件", reply_kind([bare["outcome"]]),
            samples.with_items(bare, addressee=_other_addressee(samples.PERSON)),
        ),
        SampleCase(
            "多项中的一项、要素最全的一件", reply_kind([first_of_two, full["outcome"]]),
            samples.with_items(deepcopy(samples.ITEMS[first_of_two]), full),
        ),
    ]  # fmt: skip


def _bare(facts: dict[str, Any], wording: Wording) -> dict[str, Any]:
    # A fact named without a guard (a fee's month, where it goes by items) is there whenever its case is.
    needed = names_in(environment().parse(wording.source.split(FENCE, 2)[2])).unguarded
    dropped = {*(set(wording.optional) - COMMON), "due_on"} - needed.keys()
    kept = {name: value for name, value in facts.items() if name not in dropped}
    if "addressee" in kept:
        kept["addressee"] = _other_addressee(facts["addressee"])
    if "channel" in kept:
        kept["channel"] = "post_signed"
    for name, value in kept.items():
        if isinstance(value, str):
            kept[name] = value.split("\n")[0]
    if "case_number" in kept:
        kept["case_number"] = "清自然资申〔2026〕41号"
    if "attachments" not in wording.required:
        kept.pop("attachments", None)
    return kept


def _full(facts: dict[str, Any], wording: Wording) -> dict[str, Any]:
    more = {name: MORE.get(name, _guess(name)) for name in wording.optional if name not in facts}
    if "attachments" in wording.used:
        more.setdefault("attachments", facts.get("attachments") or MORE["attachments"])
    made = {**facts, **more}
    if wording.name not in WITH_OUTCOMES and isinstance(facts.get("items"), list):
        asked = facts["items"][0]
        made["items"] = [asked, {**asked, "seq": 2, "description": "城北片区（二期）征收补偿登记表"}]
    for name, value in facts.items():
        if name.endswith("_number") and isinstance(value, str):
            made[name] = re.sub(r"\d+(?=\D*$)", lambda found: str(int(found[0]) + 5), value)
    if "channel" in facts:
        made["channel"] = "counter"
    if isinstance(facts.get("content"), str):
        made["content"] = f"{facts['content'].rstrip('。')}（节选）"
    return made


def _other_addressee(held: Mapping[str, Any]) -> dict[str, Any]:
    """Return somebody whom a letter addresses otherwise: a company for a person, a person for a company."""
    if held["kind"] == "org":
        return {"name": "清源县应急管理局", "kind": "org"}
    return dict(samples.COMPANY if held["kind"] == "natural" else samples.PERSON)


def _guess(name: str) -> str:
    return "2026-11-12" if name.endswith("_on") else f"（{named(name)}）"
