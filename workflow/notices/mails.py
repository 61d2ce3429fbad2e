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
from workflow.actions.serve import serve
from workflow.machine import ENDED, State
from workflow.models import Case
from workflow.notices import reminders
from workflow.notices.people import People
from workflow.selectors.timeliness import RUNNING, Standing, standing, working_days_left

MAIL = "workflow.mail"
SUBJECTS = {
    "new_case": "收到新的申请", "assigned": "已交您承办", "to_review": "答复书稿待审查", "to_sign": "答复书待签发",
    "returned": "答复书稿退回修改", "supplement_received": "收到申请人的补正", "reasons_received": "收到申请人说明的理由", "overdue": "答复已逾期",
    "due_soon": "答复期限将满", "unserved": "答复书尚未送达", "supplement_ending": "申请人的补正期限将满",
    "supplement_over": "申请人的补正期限已满", "silent": "第三方逾期未提出意见",
    "remedy_late": "复议答复、答辩已逾期", "remedy_due": "复议答复、答辩期限将满", "advice_due": "报告纠正情况的期限将满",
    "remedy": "收到行政复议或者行政诉讼", "ordered": "被责令重新答复", "returned_mail": "邮寄的文书被退回",
}  # fmt: skip
HINTS = {
    "remedy_late": "逾期不举证的，视为没有证据、依据，请立即答复并与受理机关联系。",
    "remedy_due": "请按期提出书面答复或者答辩，并提交证据卷。",
    "supplement_over": "申请人没有补正的，请认定有无正当理由；期限届满本身不会终止本件。",
    "silent": "征求意见期间已经结束，答复期限恢复计算，是否公开由本机关决定。",
    "unserved": "签发不等于送达，以送达之日判断是否按期。",
}
#: Who hears of what comes after the reply.
AFTER_REPLY = {
    "remedy": (Role.HEAD, Role.LEGAL), "ordered": (Role.HEAD, Role.ALLOCATOR), "returned_mail": (Role.INTAKE,),
}  # fmt: skip
FOOT = "本邮件由系统发出，不含个人信息，请勿直接回复。"


def register() -> None:
    """Register a handler for every kind of message the case floor posts."""
    for kind, role in (("new_case", Role.INTAKE), ("to_sign", Role.SIGNATORY)):
        _to_role(kind, role)
    for kind, roles in AFTER_REPLY.items():
        _to_role(kind, *roles)
    outbox.handler("workflow.assigned")(_assigned)
    outbox.handler("workflow.returned")(_returned)
    outbox.handler("workflow.to_review")(_to_review)
    _to_desk("supplement_received")
    _to_desk("reasons_received")
    outbox.handler("workflow.paper_ready")(_paper_ready)
    outbox.handler("workflow.deliver_reply")(_deliver_reply)
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


def _assigned(payload: Mapping[str, Any], now: dt.datetime) -> None:
    _send(_case(payload), payload["user"], "assigned")


def _returned(payload: Mapping[str, Any], now: dt.datetime) -> None:
    _send(_case(payload), payload["user"], "returned")


def _to_review(payload: Mapping[str, Any], now: dt.datetime) -> None:
    case = _case(payload)
    kinds = [review.kind for review in case.current_reviews() if review.status == "pending"]
    _each(
        case, "to_review", People([case.office_id], on=localdate(now)).with_role(case.office_id, *kinds), now
    )


def _to_desk(what: str) -> None:
    def fan_out(payload: Mapping[str, Any], now: dt.datetime) -> None:
        case = _case(payload)
        people = People([case.office_id], on=localdate(now))
        _each(case, what, people.at_work(case.office_id, case.unit_id, case.handler_id), now)

    fan_out.__qualname__ = f"fan_out_{what}"
    outbox.handler(f"workflow.{what}")(fan_out)


def _mail(payload: Mapping[str, Any], now: dt.datetime) -> None:
    _send(_case(payload), payload["user"], payload["what"])


def _reminder(payload: Mapping[str, Any], now: dt.datetime) -> None:
    """Send a reminder, unless what it reminds of has been done while it waited."""
    case, what, on = _case(payload), payload["what"], localdate(now)
    if not _still(case, what, on):
        return
    line = ""
    if what in ("overdue", "due_soon") and case.due_on:
        left = working_days_left(case.due_on, on) or 0
        until = f"届满日{case.due_on.month}月{case.due_on.day}日"
        line = f"逾期 {-left} 个工作日，{until}。" if left < 0 else f"还剩 {left} 个工作日，{until}。"
    _send(case, payload["user"], what, line)


def _still(case: Case, what: str, on: dt.date) -> bool:
    if what == "advice_due":
        return bool(case.advice_to_report())
    if what in reminders.ABOUT_REMEDIES:
        return bool(case.remedies_to_answer())
    if case.state in ENDED:
        return False
    if what == "unserved":
        return bool(case.state == State.REPLIED)
    if what in ("supplement_ending", "supplement_over"):
        return bool(case.state == State.SUPPLEMENTING)
    if what == "silent":
        return any(consultation.silent_on(on) for consultation in case.open_consultations())
    now_at = standing(case, on=on)
    return now_at == Standing.OVERDUE if what == "overdue" else now_at in RUNNING


def _send(case: Case, user_id: int, what: str, line: str = "") -> None:
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not user.email:
        return
    parts = [
        f"案件 {case.number}：{SUBJECTS[what]}。{line}",
        HINTS.get(what, ""),
        f"办理：{_link(case)}",
        FOOT,
    ]
    subject = f"〔依申请公开〕{case.number} {SUBJECTS[what]}"
    mail.send(to=user.email, subject=subject, text="\n\n".join(part for part in parts if part))


def _paper_ready(payload: Mapping[str, Any], now: dt.datetime) -> None:
    """Tell an applicant who left an address that a paper is on the own page."""
    case = _case(payload)
    addresses = dict.fromkeys(party.email.reveal() for party in case.applicants() if party.email)
    for address in addresses:
        text = f"您的申请（登记编号 {case.number}）有新的文书，请凭查询码登录查看：\n\n{_site()}/\n\n{FOOT}"
        mail.send(to=address, subject=f"〔政府信息公开〕{case.number} 有新的文书", text=text)


def _deliver_reply(payload: Mapping[str, Any], now: dt.datetime) -> None:
    """Serve a signed reply on the applicant's own page: the system does the act, on the day it does it."""
    case = _case(payload)
    if case.state != State.REPLIED:
        return  # served by hand, or withdrawn, in the meantime
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


def _site() -> str:
    return str(getattr(settings, "SITE_URL", "")).rstrip("/")


def _link(case: Case) -> str:
    return _site() + reverse("desk:case", args=[case.pk])
