"""Mails about cases: a number and a link, no names and nothing of what was asked."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from office import mail, outbox
from office.actors import SystemActor
from office.models import User
from office.roles import Role
from office.web.dates import chinese_date
from workflow.actions.serve import serve
from workflow.answering import ANSWERERS
from workflow.holding_kinds import Level
from workflow.machine import State
from workflow.models import Case, Consultation, Share
from workflow.notices import reminders
from workflow.notices.escalation import kinds
from workflow.notices.looks_letters import still_waits
from workflow.notices.paper_mail import email_paper
from workflow.notices.people import People
from workflow.notices.watching import still_due
from workflow.review import levels
from workflow.selectors.papers import reply_of
from workflow.selectors.timeliness import working_days_left

MAIL = "workflow.mail"
LETTER_MAIL = "workflow.letter_mail"
SUBJECTS = {
    "new_case": "收到新的申请", "assigned": "已交您承办", "to_review": "答复书稿待审查", "to_sign": "答复书待签发",
    "returned": "答复书稿退回修改", "supplement_received": "收到申请人的补正", "reasons_received": "收到申请人说明的理由",
    "taken_over": "您承办的案件已由同事接办", "share_given": "请您所在科室协办", "share_answered": "协办科室已答复",
    "share_returned": "协办科室退回协办事项", "letter_answered": "被征求意见的机关已答复", "urged": "催办，请抓紧办理", "urge_answered": "催办已答复",
    "assignment_returned": "科室退回分办，请重新分办",
    "remedy": "收到行政复议或者行政诉讼", "ordered": "被责令重新答复", "returned_mail": "邮寄的文书被退回",
    "quarantined": "有材料疑似带有密级标志，已隔离，请立即处理", "to_review_document": "有材料待保密审查",
    "document_returned": "材料的保密审查退回修改",
}  # fmt: skip
#: Who hears of what comes after the reply.
AFTER_REPLY = {
    "remedy": (Role.HEAD, Role.LEGAL), "ordered": (Role.HEAD, Role.ALLOCATOR), "returned_mail": (Role.INTAKE,),
}  # fmt: skip
FOOT = "本邮件由系统发出，不含个人信息，请勿直接回复。"


def register() -> None:
    """Register a handler for every kind of message the case floor posts."""
    for kind, role in (
        ("new_case", Role.INTAKE), ("to_sign", Role.SIGNATORY), ("assignment_returned", Role.ALLOCATOR),
        ("quarantined", Role.SECRECY),
    ):  # fmt: skip
        _to_role(kind, role)
    for kind, roles in AFTER_REPLY.items():
        _to_role(kind, *roles)
    for kind in (
        "assigned",
        "returned",
        "taken_over",
        "share_answered",
        "share_returned",
        "letter_answered",
        "document_returned",
        "urge_answered",
    ):
        _to_person(kind)
    outbox.handler("workflow.share_given")(_share_given)
    outbox.handler("workflow.letter_came")(_letter_came)
    outbox.handler(LETTER_MAIL)(_letter_mail)
    outbox.handler("workflow.urged")(_urged)
    outbox.handler("workflow.to_review")(_to_review)
    outbox.handler("workflow.to_review_document")(_to_review_document)
    _to_desk("supplement_received")
    _to_desk("reasons_received")
    outbox.handler("workflow.paper_ready")(_paper_ready)
    outbox.handler("workflow.deliver_reply")(_deliver_reply)
    outbox.handler("workflow.email_paper")(email_paper)
    outbox.handler(MAIL)(_mail)
    outbox.handler(reminders.KIND)(_reminder)


def _to_role(what: str, *roles: Role) -> None:
    def fan_out(payload: Mapping[str, Any], now: dt.datetime) -> None:
        case = _case(payload)
        _each(case, what, People([case.office_id], on=localdate(now)).with_role(case.office_id, *roles), now)

    # One handler for each kind, told apart by name where it is registered.
    fan_out.__qualname__ = f"fan_out_{what}"
    outbox.handler(f"workflow.{what}")(fan_out)


def _each(case: Case, what: str, users: list[int], now: dt.datetime) -> None:
    """Queue one mail for each person, so that one bad address does not repeat the mails of the others."""
    for user in users:
        key = f"{case.subject_ref}:mail:{what}:{case.version}:user:{user}"
        outbox.post(kind=MAIL, dedupe_key=key, payload={"case": case.pk, "user": user, "what": what}, now=now)


def _to_person(what: str) -> None:
    def tell(payload: Mapping[str, Any], now: dt.datetime) -> None:
        _send(_case(payload), payload["user"], what)

    tell.__qualname__ = f"tell_{what}"
    outbox.handler(f"workflow.{what}")(tell)


def _share_given(payload: Mapping[str, Any], now: dt.datetime) -> None:
    case = _case(payload)
    share = Share.objects.get(pk=payload["share"])
    people = People([case.office_id], on=localdate(now))
    _each(case, "share_given", people.at_work(case.office_id, share.unit_id, share.handler_id), now)


def _letter_came(payload: Mapping[str, Any], now: dt.datetime) -> None:
    """Queue a mail for everybody who answers letters in the office that is asked for its opinion."""
    letter = Consultation.objects.get(pk=payload["letter"])
    assert letter.office_id is not None  # only an office of the platform is told
    people = People([letter.office_id], on=localdate(now))
    for user in people.with_role(letter.office_id, *sorted(ANSWERERS)):
        told = {**payload, "user": user}
        outbox.post(kind=LETTER_MAIL, dedupe_key=f"letter:{letter.pk}:mail:{user}", payload=told, now=now)


def _letter_mail(payload: Mapping[str, Any], now: dt.datetime) -> None:
    """Tell of a letter that still waits, and of what it is reminded of, if it is.

    Named are neither the case behind it nor anything of what was asked.
    """
    letter = Consultation.objects.select_related("case__office", "paper").get(pk=payload["letter"])
    user = User.objects.filter(pk=payload["user"], is_active=True).exclude(email="").first()
    what = payload.get("what")
    if letter.opinion or user is None or (what and not still_waits(letter, what, localdate(now))):
        return
    number = letter.paper.number_text if letter.paper else ""
    came = f"{letter.case.office.name}来函征求意见"
    told = kinds()[what] if what else None
    about = f"{told.subject}：{came}" if told else came
    hint = told.hint if told else "请签收，并在函件写明的期限内答复。"
    link = site() + reverse("desk:letter", args=[letter.pk])
    text = f"{about}（{number}）。{hint}\n\n办理：{link}\n\n{FOOT}"
    mail.send(to=user.email, subject=f"〔依申请公开〕{about}", text=text)


def _urged(payload: Mapping[str, Any], now: dt.datetime) -> None:
    """Tell whoever has the case on the table, and the units whose parts were urged and are still open."""
    case = _case(payload)
    people = People([case.office_id], on=localdate(now))
    told = list(people.responsible(case.state, case.office_id, case.unit_id, case.handler_id))
    for share in Share.objects.filter(pk__in=payload["shares"], status__in=Share.OPEN):
        told += people.at_work(case.office_id, share.unit_id, share.handler_id)
    _each(case, "urged", list(dict.fromkeys(told)), now)


def _to_review(payload: Mapping[str, Any], now: dt.datetime) -> None:
    case = _case(payload)
    kinds = [review.kind for review in case.current_reviews() if review.status == "pending"]
    _each(
        case, "to_review", People([case.office_id], on=localdate(now)).with_role(case.office_id, *kinds), now
    )


def _to_review_document(payload: Mapping[str, Any], now: dt.datetime) -> None:
    """Tell whoever speaks for the next level of a document's secrecy review."""
    case, level = _case(payload), payload["level"]
    people = People([case.office_id], on=localdate(now))
    told = people.unit_heads(case.office_id, case.unit_id) if level == Level.UNIT else []
    told = told or people.with_role(case.office_id, *(Role(role) for role in sorted(levels.ROLES[level])))
    _each(case, "to_review_document", told, now)


def _to_desk(what: str) -> None:
    def fan_out(payload: Mapping[str, Any], now: dt.datetime) -> None:
        case = _case(payload)
        people = People([case.office_id], on=localdate(now))
        _each(case, what, people.at_work(case.office_id, case.unit_id, case.handler_id), now)

    fan_out.__qualname__ = f"fan_out_{what}"
    outbox.handler(f"workflow.{what}")(fan_out)


def _mail(payload: Mapping[str, Any], now: dt.datetime) -> None:
    case, line = _case(payload), ""
    if payload["what"] == "urged":
        last = case.all_urges()[-1:]
        day = last[0].answer_due_on if last and last[0].waits else None
        line = f"请于{chinese_date(day)}前在系统中答复办理情况。" if day else ""
    _send(case, payload["user"], payload["what"], line)


def _reminder(payload: Mapping[str, Any], now: dt.datetime) -> None:
    """Send a reminder, unless what it reminds of has been done while it waited."""
    if "letter" in payload:
        _letter_mail(payload, now)
        return
    case, what, on = _case(payload), payload["what"], localdate(now)
    if not still_due(case, what, on):
        return
    line = ""
    if what.startswith(("overdue", "due_")) and case.due_on:
        left = working_days_left(case.due_on, on, case.office_id) or 0
        until = f"届满日{case.due_on.month}月{case.due_on.day}日"
        line = f"逾期 {-left} 个工作日，{until}。" if left < 0 else f"还剩 {left} 个工作日，{until}。"
    _send(case, payload["user"], what, line)


def _send(case: Case, user_id: int, what: str, line: str = "") -> None:
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not user.email:
        return
    told = kinds().get(what)
    about = told.subject if told else SUBJECTS[what]
    parts = [
        f"案件 {case.number}：{about}。{line}",
        told.hint if told else "",
        f"办理：{_link(case)}",
        FOOT,
    ]
    subject = f"〔依申请公开〕{case.number} {about}"
    mail.send(to=user.email, subject=subject, text="\n\n".join(part for part in parts if part))


def _paper_ready(payload: Mapping[str, Any], now: dt.datetime) -> None:
    """Tell an applicant who left an address that a paper is on the own page."""
    case = _case(payload)
    addresses = dict.fromkeys(party.email.reveal() for party in case.applicants() if party.email)
    for address in addresses:
        text = f"您的申请（登记编号 {case.number}）有新的文书，请凭查询码登录查看：\n\n{site()}/\n\n{FOOT}"
        mail.send(to=address, subject=f"〔政府信息公开〕{case.number} 有新的文书", text=text)


def _deliver_reply(payload: Mapping[str, Any], now: dt.datetime) -> None:
    """Serve a signed reply on the applicant's own page: the system does the act, on the day it does it."""
    case = _case(payload)
    if case.state != State.REPLIED:
        return  # served by hand, or withdrawn, in the meantime
    reply = reply_of(case)
    if reply is None or reply.waits_for_seal:
        return  # entering the use of the seal asks anew
    paper, on = payload["paper"], localdate(now)
    serve(
        case_id=case.pk, by=SystemActor("deliver"), on=on, now=now, channel="portal", sent_on=on,
        act_id=uuid.uuid5(uuid.NAMESPACE_OID, f"deliver:{paper}"),
    )  # fmt: skip
    key = f"{case.subject_ref}:paper:{paper}"
    outbox.post(
        kind="workflow.paper_ready", dedupe_key=key, payload={"case": case.pk, "paper": paper}, now=now
    )


def _case(payload: Mapping[str, Any]) -> Case:
    return Case.objects.select_related("office").get(pk=payload["case"])


def site() -> str:
    """Return the address of the installation, for links in mails."""
    return str(getattr(settings, "SITE_URL", "")).rstrip("/")


def _link(case: Case) -> str:
    return site() + reverse("desk:case", args=[case.pk])
