"""Handing papers over: the post's batch with its EMS numbers, its list, the days of signature, the counter's sheet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST

from office.errors import Refusal
from office.today import now, today
from office.web.dates import chinese_date
from office.web.forms import Form, refuse
from workflow import post_file, spreadsheet
from workflow.actions.read_contact import read_contact
from workflow.bulk.running import run
from workflow.bulk.starting import start
from workflow.desk.asked import act_id, chosen_office
from workflow.desk.forms import day
from workflow.desk.uploads import FileField, file_data
from workflow.selectors import bulk_pages, worklists
from workflow.selectors import posting as pages

BOTH = ["GET", "HEAD", "POST"]


class PostForm(Form):
    """On which day, and the post's own table."""

    sent_on = day("交寄日期")
    file = FileField(
        label="从表格导入邮件号",
        required=False,
        help_text="xlsx 或者 CSV，含「文号」「邮件号」两列；只填入左边，核对后再登记",
    )


class SignedForm(Form):
    """The post's table of signatures."""

    file = FileField(
        label="从表格导入签收情况",
        required=False,
        help_text="xlsx 或者 CSV，含「邮件号」「签收日期」「签收人」列",
    )


@login_required
@require_http_methods(BOTH)
def posting(request: HttpRequest) -> HttpResponse:
    """Show what waits for the post; enter the EMS number of each paper and the day, in one press."""
    user: Any = request.user
    context = _tabs(user)
    offices = pages.offices_of(user)
    if not offices:
        return render(request, "workflow/desk/posting.html", context)
    office = chosen_office(request, offices)
    press, sent = act_id(request), request.method == "POST"
    if sent and (earlier := bulk_pages.started(user, press)):
        return redirect("desk:bulk", earlier)
    found, more = pages.papers_out(user, office, "post")
    form = PostForm(
        request.POST if sent else None, request.FILES if sent else None, initial={"sent_on": today()}
    )
    numbers = {out.paper.pk: request.POST.get(f"tracking-{out.paper.pk}", "").strip() for out in found}
    if sent and form.is_valid():
        try:
            if request.POST.get("step") == "import":
                _fill(form, found, numbers)
            elif lines := _lines(form, found, numbers):
                given = {"sent_on": form.cleaned_data["sent_on"].isoformat(), "lines": lines}
                return _started(request, "post", office, [int(pk) for pk in lines], given)
        except Refusal as refusal:
            refuse(form, refusal)
    waiting = pages.papers_out(user, office, "counter")[0]
    context |= {
        "office": office, "offices": offices, "form": form, "more": more, "act_id": press, "counter": waiting,
        "rows": [(out, numbers[out.paper.pk]) for out in found], "days": pages.posting_days(user, office),
        "way": pages.on_its_way(user, office),
    }  # fmt: skip
    return render(request, "workflow/desk/posting.html", context)


@login_required
@require_http_methods(BOTH)
def signed(request: HttpRequest) -> HttpResponse:
    """Enter on which days posted papers were signed for, in one press."""
    user: Any = request.user
    offices = pages.offices_of(user)
    if not offices:
        raise PermissionDenied
    office = chosen_office(request, offices)
    press, sent = act_id(request), request.method == "POST"
    if sent and (earlier := bulk_pages.started(user, press)):
        return redirect("desk:bulk", earlier)
    found = pages.on_its_way(user, office)
    form = SignedForm(request.POST if sent else None, request.FILES if sent else None)
    held = {
        row.key: (
            request.POST.get(f"signed-{row.key}", "").strip(),
            request.POST.get(f"receiver-{row.key}", "").strip(),
        )
        for row in found
    }
    if sent and form.is_valid():
        try:
            if request.POST.get("step") == "import":
                _fill_signed(form, found, held)
            elif lines := _signed_lines(form, found, held):
                return _started(request, "mail_signed", office, [int(pk) for pk in lines], {"lines": lines})
        except Refusal as refusal:
            refuse(form, refusal)
    context = _tabs(user) | {
        "office": office, "offices": offices, "form": form, "act_id": press,
        "rows": [(row, *held[row.key]) for row in found],
    }  # fmt: skip
    return render(request, "workflow/desk/posting_signed.html", context)


@login_required
@require_POST
def day_list(request: HttpRequest) -> HttpResponse:
    """Send the list of what was posted on a day; each applicant whose address is on it has that logged first."""
    user: Any = request.user
    offices = pages.offices_of(user)
    if not offices:
        raise PermissionDenied
    office = chosen_office(request, offices)
    try:
        on = dt.date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        messages.error(request, "请选择交寄日期")
        return redirect("desk:posting")
    found, consulted = pages.posted_on(user, office, on), pages.consulted_on(user, office, on)
    if not found and not consulted:
        messages.info(request, f"{chinese_date(on)}没有交寄的文书")
        return redirect("desk:posting")
    for case in {row.case_id: row.case for row in found}.values():
        read_contact(case, by=user, on=today(), now=now())
    rows = pages.list_rows(found, consulted)
    if request.POST.get("format") == "xlsx":
        heading = f"{office.name}交寄清单（{chinese_date(on)}）"
        content = spreadsheet.sheet("交寄清单", rows, widths=pages.WIDTHS, heading=heading)
        return _file(content, spreadsheet.CONTENT_TYPE, f"交寄清单{on:%Y%m%d}.xlsx")
    return _file(pages.list_pdf(office, on, rows), "application/pdf", f"交寄清单{on:%Y%m%d}.pdf")


@login_required
@require_POST
def counter(request: HttpRequest) -> HttpResponse:
    """Send the sheet on which applicants sign for what they fetch at the counter."""
    user: Any = request.user
    offices = pages.offices_of(user)
    if not offices:
        raise PermissionDenied
    office = chosen_office(request, offices)
    found = [out for out in pages.papers_out(user, office, "counter")[0] if not out.unsealed]
    if not found:
        messages.info(request, "没有等待当面领取的文书")
        return redirect("desk:posting")
    on = today()
    return _file(pages.counter_pdf(office, on, found), "application/pdf", f"文书领取签收单{on:%Y%m%d}.pdf")


def _fill(form: Form, found: list[Any], numbers: dict[int, str]) -> None:
    file = file_data(form.cleaned_data.get("file"), kind="proof")
    if file is None:
        form.add_error("file", "请选择表格")
        return
    told = post_file.read_tracking(file)
    for out in found:
        numbers[out.paper.pk] = told.pop(out.paper.number_text, numbers[out.paper.pk])
    if told:
        form.add_error("file", "这些文号不在待交寄的文书里：" + "、".join(list(told)[:10]))


def _lines(form: Form, found: list[Any], numbers: dict[int, str]) -> dict[str, list[dict[str, Any]]]:
    lines: dict[str, list[dict[str, Any]]] = {}
    used: dict[str, tuple[int, str]] = {}
    for out in found:
        if not (typed := numbers[out.paper.pk]):
            continue
        tracking = post_file.plain_tracking(typed)
        if not tracking:
            form.add_error(
                None, f"{out.paper.number_text}：“{typed}”不是 EMS 邮件号（如 EX990130007CN 或者 13 位数字）"
            )
        elif out.unsealed:
            form.add_error(None, f"{out.paper.number_text}还没有登记用印，不能交寄")
        elif used.setdefault(tracking, (out.case.pk, out.to)) != (out.case.pk, out.to):
            form.add_error(None, f"{out.paper.number_text}：邮件号{tracking}已用于另一件或者另一人的文书")
        line = {"paper": out.paper.pk, "tracking": tracking, "reply": out.reply}
        if out.consultation is not None:
            line |= {"consultation": out.consultation.pk, "which": out.which}
        lines.setdefault(str(out.case.pk), []).append(line)
    if not lines:
        form.add_error(None, "请至少填写一份文书的 EMS 邮件号")
    return {} if form.errors else lines


def _fill_signed(form: Form, found: list[Any], held: dict[str, tuple[str, str]]) -> None:
    file = file_data(form.cleaned_data.get("file"), kind="proof")
    if file is None:
        form.add_error("file", "请选择表格")
        return
    told = post_file.read_signed(file)
    for row in found:
        if row.tracking in told:
            on, receiver = told[row.tracking]
            held[row.key] = (on.isoformat(), receiver)
    if strangers := set(told) - {row.tracking for row in found}:
        form.add_error("file", "这些邮件号不在途中：" + "、".join(sorted(strangers)[:10]))


def _signed_lines(
    form: Form, found: list[Any], held: dict[str, tuple[str, str]]
) -> dict[str, list[dict[str, Any]]]:
    lines: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        typed, receiver = held[row.key]
        if not typed:
            continue
        try:
            on = forms.DateField(input_formats=["%Y-%m-%d"]).clean(typed)
        except forms.ValidationError:
            form.add_error(None, f"{row.tracking}：“{typed}”不是日期")
            continue
        if not row.sent_on <= on <= today():
            form.add_error(None, f"{row.tracking}：签收日期应在交寄日期{chinese_date(row.sent_on)}与今天之间")
        line: dict[str, Any] = {"signed_on": on.isoformat()}
        if row.consultation is None:
            line |= {"delivery": row.delivery, "receiver": receiver[:60]}
        else:
            line |= {"consultation": row.consultation.pk, "which": row.which, "tracking": row.tracking}
        lines.setdefault(str(row.case.pk), []).append(line)
    if not lines:
        form.add_error(None, "请至少填写一件的签收日期")
    return {} if form.errors else lines


def _started(
    request: HttpRequest, kind: str, office: Any, case_ids: list[int], given: dict[str, Any]
) -> HttpResponse:
    user: Any = request.user
    bulk = start(
        kind=kind, office_id=office.pk, case_ids=case_ids, given=given, on=today(), now=now(), act_id=act_id(request),
        by=bulk_pages.decider(user, kind, office.pk),
    )  # fmt: skip
    run(bulk.pk, now=now())
    return redirect("desk:bulk", bulk.pk)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(kind != "application/pdf", name)
    return response


def _tabs(user: Any) -> dict[str, Any]:
    return {"tab": "outgoing", "section": "posting", "counts": worklists.tab_counts(user, on=today())}
