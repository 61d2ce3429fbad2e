"""Whether the file of an answered case holds what it must, and what the lint finds in its reply: the list of an inspection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from letters.errors import BadFacts
from letters.lint.finding import rules
from office import keys
from workflow import linting, paper_facts
from workflow.frozen_facts import load_facts
from workflow.models import Case
from workflow.selectors.papers import papers_of, procedural_papers, reply_of

#: What the file may lack: each by a name that is kept, the words for a reader, and the article that wants it.
LACKS: dict[str, tuple[str, str]] = {
    "receipt": ("接收回执", "条例第三十一条、第四十五条"),
    "application": ("申请材料（信件、传真、电子邮件、当面提交的申请）", "条例第二十九条、第四十五条"),
    "oral": ("经申请人签名的口头申请记录", "条例第二十九条"),
    "search": ("信息不存在的检索记录", "条例第三十六条第四项"),
    "secrecy": ("保密审查记录", "条例第十七条"),
    "redaction": ("去标识化审查记录", "条例第十七条、个人信息保护法第七十三条"),
    "consultation": ("征求第三方意见的记录", "条例第三十二条"),
    "assessment": ("对第三方不同意理由的评估", "条例第三十二条"),
    "extension": ("延期告知书的送达记录", "条例第三十三条"),
    "reply": ("答复书", "条例第三十六条"),
    "seal": ("答复书的用印登记", "条例第四十五条"),
    "service": ("答复书的送达记录", "国办公开办函〔2016〕235号"),
    "letters": ("程序文书的送达记录", "国办公开办函〔2016〕235号"),
    "payment": ("缴费凭证", "国办函〔2020〕109号第六条"),
    "unreadable": ("可以检查的答复书要素（请人工检查）", "条例第四十五条"),
    "shredded": ("答复书定稿（已按规定销毁）", "档案法第十四条"),
}
#: Channels whose application is a paper or a file.
WRITTEN = frozenset({"counter", "post_plain", "post_signed", "fax", "email"})


@dataclass(frozen=True)
class Checked:
    """What the list found on one case: rules of the lint by name, with their severity, and what the file lacks."""

    paper_sha256: str
    findings: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


def check(case: Case) -> Checked:
    """Go through the list for one answered case."""
    reply = reply_of(case)
    missing = [name for name, lacks in CHECKS.items() if lacks(case)]
    if reply is None:
        return Checked("", (), tuple(missing))
    found: list[tuple[str, str]] = []
    try:
        told = linting.signed_findings(case, reply, _facts(case))
        found = list(dict.fromkeys((one.rule, one.severity) for one in told))
    except keys.Shredded:
        missing.append("shredded")
    except BadFacts:
        missing.append("unreadable")
    return Checked(reply.text_sha256, tuple(found), tuple(missing))


def lacks_in_words(missing: list[str]) -> list[tuple[str, str]]:
    """Return what a file lacks as (words, article)."""
    return [LACKS[name] for name in missing]


def findings_in_words(findings: list[list[str]]) -> list[tuple[str, str, str]]:
    """Return findings as (what was found, article, severity)."""
    return [(rules()[rule].finds, rules()[rule].article, severity) for rule, severity in findings]


def _facts(case: Case) -> dict[str, Any]:
    """Return the facts the reply was made from: frozen with its draft, or what is on record of one given on the spot."""
    draft = case.current_draft()
    if draft is not None:
        facts: dict[str, Any] = load_facts(keys.data_key(case.subject_ref).unseal(draft.facts_sealed))
        return facts
    return paper_facts.reply(case, on=case.replied_on)[1]


def _kinds(case: Case) -> set[str]:
    return {paper.kind for paper in papers_of(case) if not paper.is_void}


def _files(case: Case) -> set[str]:
    return case._kept("file_kinds", lambda: set(case.attachments.values_list("kind", flat=True)))


def _served(case: Case) -> set[int]:
    return {row.paper_id for row in case.all_deliveries() if row.returned_on is None}


def _reviewed(case: Case, kind: str) -> bool:
    draft = case.current_draft()
    # A reply given on the spot is signed by another than who proposed it, and goes through no review of its own.
    return draft is None or any(
        row.kind == kind and row.status == "cleared" for row in case.current_reviews()
    )


def _no_search(case: Case) -> bool:
    return any(item.outcome == "not_exist" for item in case.items_in_order()) and not case.search_records()


def _no_consultation(case: Case) -> bool:
    refused = any(item.outcome == "refuse_third_party" for item in case.items_in_order())
    return refused and not any(row.kind == "third" for row in case.all_consultations())


def _no_assessment(case: Case) -> bool:
    rows = (row for row in case.all_consultations() if row.kind == "third" and row.opinion == "disagree")
    return any(not row.reason_assessed for row in rows)


def _of_kind(case: Case, *kinds: str) -> Iterator[Any]:
    return (paper for paper in papers_of(case) if paper.kind in kinds and not paper.is_void)


def _no_service(case: Case) -> bool:
    reply = reply_of(case)
    return reply is not None and reply.pk not in _served(case)


def _no_seal(case: Case) -> bool:
    reply = reply_of(case)
    return reply is not None and reply.waits_for_seal


def _no_payment(case: Case) -> bool:
    paid = bool(case.events_of("fee_paid"))
    return paid and "payment" not in _files(case)


CHECKS: dict[str, Callable[[Case], bool]] = {
    "receipt": lambda case: "registration_receipt" not in _kinds(case),
    "application": lambda case: case.channel in WRITTEN and "application" not in _files(case),
    "oral": lambda case: case.channel == "oral" and "oral_record" not in _files(case),
    "search": _no_search,
    "secrecy": lambda case: not _reviewed(case, "secrecy"),
    "redaction": lambda case: not _reviewed(case, "redaction"),
    "consultation": _no_consultation,
    "assessment": _no_assessment,
    "extension": lambda case: any(
        paper.pk not in _served(case) for paper in _of_kind(case, "extension_notice")
    ),
    "reply": lambda case: reply_of(case) is None,
    "seal": _no_seal,
    "service": _no_service,
    "letters": lambda case: any(
        paper.pk not in _served(case) for paper in procedural_papers(case) if paper.kind != "extension_notice"
    ),
    "payment": _no_payment,
}
