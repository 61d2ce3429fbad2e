"""What each outcome must be able to say before it may be proposed (条例36–40)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from law.gid.art15_third_party_rights import withheld
from law.gid.art36_reply import facts_needed, needs_grounds, needs_reason
from law.grounds import discretionary, grounds_for, refuses_only
from law.grounds import grounds as all_grounds
from law.outcomes import Outcome

WORDS = {
    "provided": "请写明公开哪些内容、以何种方式提供",
    "where": "请写明已主动公开信息的获取方式、途径（网址、栏目）",
    "withheld": "请写明不予公开的是哪些部分",
    "inseparable": "请说明能否区分处理；不能区分的写明理由",
    "discretion": "条例第十六条是「可以」不予公开，请写明为什么选择不公开",
    "other_office": "请写明负责公开该信息的机关；不能确定的，写明「无法确定」",
    "earlier_number": "请写明此前答复的文号",
    "query_way": "请写明专门查询的依据和办理途径",
}


def missing_facts(
    outcome: str, *, grounds: list[str], reason: str, facts: Mapping[str, Any]
) -> tuple[str, str] | None:
    """Return the first field an outcome lacks, with the sentence that asks for it, or None."""
    kind = Outcome(outcome)
    if needs_grounds(kind) and not grounds:
        return "grounds", "请选择不予公开所依据的条款"
    wrong = [
        g.name
        for g in all_grounds()
        if g.name in grounds and (kind.family != "grant" or refuses_only(g.article))
    ]
    if not needs_grounds(kind) and (withheld_on := wrong):
        return "grounds", f"“{kind.label}”不是不予公开，不能引用{withheld_on[0]}；请改选处理结果或者删去依据"
    if needs_reason(kind) and not reason.strip():
        return "reason", "请写明理由，不能只引用条文"
    for name in facts_needed(kind):
        if not str(facts.get(name) or "").strip():
            return name, WORDS[name]
    chosen = [g for g in grounds_for(kind) if g.name in grounds]
    withholds_by_choice = kind == Outcome.PARTIAL and any(discretionary(g.article) for g in chosen)
    if withholds_by_choice and not str(facts.get("discretion") or "").strip():
        return "discretion", WORDS["discretion"]
    return None


def ungrounded(case: Any, outcome: str, facts: Mapping[str, Any]) -> str | None:
    """Say why a case's own record does not carry an outcome yet, or None."""
    if outcome == Outcome.STILL_UNCLEAR and not case.events_of("supplement_received"):
        return "申请人没有补正过，不能答复补正后仍不明确；申请内容不明确的，请先「告知补正」"
    if outcome == Outcome.REFUSE_THIRD_PARTY:
        asked = [row for row in case.all_consultations() if row.kind == "third"]
        agreed = bool(asked) and all(row.opinion == "agree" for row in asked)
        if not withheld(harms=True, consents=agreed, public_interest=False):
            return "征求的第三方均同意公开，不能以损害第三方合法权益为由不予公开（条例第十五条）"
    if outcome == Outcome.EXCESSIVE:
        inquiry = case.excess_inquiry()
        if inquiry is None or inquiry.finding != "unreasonable":
            return "须先「要求说明理由」，并认定理由不合理，方可答复不予处理（条例第三十五条）"
    if outcome == Outcome.REPEAT:
        return unanswered_before(case, str(facts.get("earlier_number") or ""))
    return None


def unanswered_before(case: Any, number: str) -> str | None:
    """Say why an earlier number does not make a request a repeat: it must be an answer to the same applicant.

    What was withdrawn or lapsed has no answer, and asking again is a new request (条例36(6)). An answer from
    before the system can only be taken on the handler's word; one the system should know must be in it.
    """
    from letters.models import Paper
    from workflow.models import Case, Party

    paper = Paper.objects.filter(office_id=case.office_id, number_text=number.strip()).first()
    if paper is None:
        first = Paper.objects.filter(office_id=case.office_id).order_by("signed_on").first()
        year = re.search(r"〔(\d{4})〕", number)
        known = first is not None and year is not None and int(year[1]) > first.signed_on.year
        return f"本系统中没有文号为{number}的文书，请核对此前答复的文号" if known else None
    if not paper.kind.startswith("reply"):
        return f"{number}不是答复书；此前没有答复过的，不构成重复申请，应当作为新的申请办理"
    earlier = Case.objects.filter(pk=paper.subject_ref.removeprefix("case:")).first()
    same = [party.id_hash for party in case.applicants() if party.id_hash]
    if earlier is None or earlier.pk == case.pk:
        return f"{number}是本件自己的文书"
    if not Party.objects.filter(case=earlier, part="applicant", id_hash__in=same).exists():
        return f"{number}不是对同一申请人的答复，不构成重复申请"
    if earlier.state == "withdrawn":
        return "此前的申请已经撤回，没有送达答复，应当作为新的申请办理"
    return None
