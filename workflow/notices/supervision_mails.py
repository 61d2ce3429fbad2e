"""Mails about notices to rectify and criticism, also those that a complaint led to: the notice's number and a link, nothing of what it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from office import mail, outbox
from office.models import User
from office.roles import Role
from office.web.dates import chinese_date
from workflow.actions import complain
from workflow.actions.rectify import CAME, REPORTED
from workflow.models import Complaint, Rectification
from workflow.notices.people import People

MAIL = "workflow.rectification_mail"
COMPLAINT_MAIL = "workflow.complaint_mail"
FOOT = "本邮件由系统发出，不含个人信息，请勿直接回复。"
PAGE = {"rectify": "rectification", "criticise": "criticism"}


def register() -> None:
    """Register the handlers of these messages."""
    outbox.handler(CAME)(_came)
    outbox.handler(REPORTED)(_reported)
    outbox.handler(MAIL)(_mail)
    outbox.handler(complain.CAME)(_complaint_came)
    outbox.handler(COMPLAINT_MAIL)(_complaint_mail)


def _came(payload: Mapping[str, Any], now: dt.datetime) -> None:
    """Tell who answers for the office that is urged, and for each to which a criticism goes."""
    row = Rectification.objects.get(pk=payload["record"])
    offices = [row.about_id, *row.copies.order_by("office_id").values_list("office_id", flat=True)]
    people = People(offices, on=localdate(now))
    told = [user for office in offices for user in people.with_role(office, Role.HEAD, Role.INTAKE)]
    _each(row, "came", told, now)


def _reported(payload: Mapping[str, Any], now: dt.datetime) -> None:
    row = Rectification.objects.get(pk=payload["record"])
    _each(row, "reported", [row.issued_by_id], now)


def _each(row: Rectification, what: str, users: Iterable[int], now: dt.datetime) -> None:
    for user in dict.fromkeys(users):
        key = f"{row.subject_ref}:mail:{what}:{row.returned}:user:{user}"
        outbox.post(
            kind=MAIL, dedupe_key=key, payload={"record": row.pk, "user": user, "what": what}, now=now
        )


def _mail(payload: Mapping[str, Any], now: dt.datetime) -> None:
    row = Rectification.objects.select_related("office", "about", "paper").get(pk=payload["record"])
    user = User.objects.filter(pk=payload["user"], is_active=True).exclude(email="").first()
    if user is None:
        return
    number = f"（{row.paper.number_text}）" if row.paper else ""
    if payload["what"] == "reported":
        about = f"{row.about.name}已报告整改情况，请核实"
    else:
        about = f"收到{row.office.name}的{row.get_kind_display()}{'通知书' if row.kind == 'rectify' else ''}"
    site = str(getattr(settings, "SITE_URL", "")).rstrip("/")
    link = site + reverse("desk:beside_record", args=[PAGE[row.kind], row.pk])
    _send(user, about, number, row.rectify_by_on, link)


def _complaint_came(payload: Mapping[str, Any], now: dt.datetime) -> None:
    """Tell who answers for the office complained of that it is urged."""
    row = Complaint.objects.select_related("case").get(pk=payload["complaint"])
    office = row.case.office_id
    people = People([office], on=localdate(now))
    for user in dict.fromkeys(people.with_role(office, Role.HEAD, Role.INTAKE)):
        outbox.post(
            kind=COMPLAINT_MAIL, dedupe_key=f"{row.subject_ref}:mail:came:user:{user}",
            payload={"complaint": row.pk, "user": user}, now=now,
        )  # fmt: skip


def _complaint_mail(payload: Mapping[str, Any], now: dt.datetime) -> None:
    row = Complaint.objects.select_related("supervisor", "notice").get(pk=payload["complaint"])
    user = User.objects.filter(pk=payload["user"], is_active=True).exclude(email="").first()
    if user is None or row.notice is None or row.rectify_by_on is None or row.rectified_on is not None:
        return
    site = str(getattr(settings, "SITE_URL", "")).rstrip("/")
    about = f"收到{row.supervisor.name}的督促整改通知书"
    link = site + reverse("desk:case", args=[row.case_id])
    _send(user, about, f"（{row.notice.number_text}）", row.rectify_by_on, link)


def _send(user: User, about: str, number: str, until: dt.date, link: str) -> None:
    text = f"{about}{number}。整改期限为{chinese_date(until)}。\n\n办理：{link}\n\n{FOOT}"
    mail.send(to=user.email, subject=f"〔政府信息公开监督〕{about}", text=text)
