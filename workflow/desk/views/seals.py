"""The seal: what waits for it, many papers sealed in one press, the register."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

import letters
from office.errors import Refusal
from office.today import now, today
from office.web.forms import Form, Radios, refuse
from workflow import spreadsheet
from workflow.actions import use_seal
from workflow.actions.file_sealed_copy import file_sealed_copy
from workflow.bulk.running import run
from workflow.bulk.starting import start
from workflow.desk.acts.sealing import copies
from workflow.desk.asked import act_id, chosen_office
from workflow.desk.forms import area, choice, day
from workflow.desk.uploads import FileField, file_data
from workflow.selectors import bulk_pages, worklists
from workflow.selectors import seals as pages
from workflow.selectors.choices_after import SEAL_KINDS, use_words

TAB = {"tab": "outgoing"}
WIDTHS = (12, 26, 30, 18, 10, 6, 10, 10, 18, 12, 24)


class SealsForm(Form):
    """Which seal, how many copies of each, on which day."""

    kind = forms.ChoiceField(label="印章", choices=SEAL_KINDS, initial="office", widget=Radios())
    copies = copies()
    used_on = day("用印日期")


class CopyForm(Form):
    """What became of the sealed copy of one use."""

    use = choice("哪一次用印")
    returned_on = day("存卷日期")
    scan = FileField(label="盖章件扫描件", required=False, help_text="纸质件退回存卷的不用上传")


class VoidForm(Form):
    """Which use, and why."""

    use = choice("哪一次用印")
    reason = area("作废的理由", "写进用印登记簿", rows=2)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits for a seal; enter the use for all that was sealed in one press."""
    user: Any = request.user
    on = today()
    offices = pages.keeper_offices(user, on=on)
    context: dict[str, Any] = TAB | {"section": "seals", "counts": worklists.tab_counts(user, on=on)}
    if not offices:
        return render(request, "workflow/desk/seals.html", context)
    office = chosen_office(request, offices)
    press = act_id(request)
    form = SealsForm(request.POST if request.method == "POST" else None, initial={"used_on": on})
    chosen = [int(pk) for pk in request.POST.getlist("paper") if pk.isdecimal()]
    if request.method == "POST":
        if earlier := bulk_pages.started(user, press):
            return redirect("desk:bulk", earlier)
        found = pages.cases_of(user, office, chosen)
        if form.is_valid() and not found:
            form.add_error(None, "请至少选择一份等待用印的文书")
        elif form.is_valid():
            given = {
                "papers": [pk for papers in found.values() for pk in papers], "kind": form.cleaned_data["kind"],
                "copies": form.cleaned_data["copies"], "used_on": form.cleaned_data["used_on"].isoformat(),
            }  # fmt: skip
            try:
                bulk = start(
                    kind="use_seal", office_id=office.pk, case_ids=list(found), given=given, on=on, now=now(), act_id=press,
                    by=bulk_pages.decider(user, "use_seal", office.pk),
                )  # fmt: skip
            except Refusal as refusal:
                refuse(form, refusal)
            else:
                run(bulk.pk, now=now())
                return redirect("desk:bulk", bulk.pk)
    rows, more = pages.waiting(user, office)
    beside, more_beside = pages.waiting_beside(user, office)
    context |= {
        "rows": rows, "more": more, "beside": beside, "more_beside": more_beside, "form": form, "office": office, "offices": offices, "chosen": set(chosen), "act_id": press,
        "all": request.GET.get("all"),
    }  # fmt: skip
    return render(request, "workflow/desk/seals.html", context)


@login_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show the register of seal uses, filtered by day and seal."""
    user: Any = request.user
    offices = pages.reader_offices(user)
    context: dict[str, Any] = TAB | {"section": "register", "counts": worklists.tab_counts(user, on=today())}
    if offices:
        office = chosen_office(request, offices)
        asked = _asked(request)
        lines, more = pages.register(user, office, **asked)
        context |= {
            "lines": lines, "more": more, "office": office, "offices": offices, "kinds": SEAL_KINDS,
            "beside_kinds": pages.BESIDE, "query": request.GET.urlencode(), **asked,
        }  # fmt: skip
    return render(request, "workflow/desk/seal_register.html", context)


@login_required
@require_safe
def register_sheet(request: HttpRequest) -> HttpResponse:
    """Send the register as a spreadsheet."""
    user: Any = request.user
    offices = pages.reader_offices(user)
    if not offices:
        raise PermissionDenied
    office = chosen_office(request, offices)
    lines, _ = pages.register(user, office, **_asked(request), most=pages.MOST_ROWS)
    content = spreadsheet.sheet(
        "用印登记簿", pages.register_rows(lines), widths=WIDTHS, heading=f"{office.name}用印登记簿"
    )
    response = HttpResponse(content, content_type=spreadsheet.CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, f"{office.name}用印登记簿.xlsx")
    return response


@login_required
@require_safe
def paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Send a paper to whoever seals it."""
    user: Any = request.user
    found = pages.sealed_paper(user, paper_id)
    if found is None:
        raise Http404
    response = HttpResponse(letters.render(found), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(
        False, f"{found.title} {found.number_text}.pdf"
    )
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def uses(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Show the seal uses of one paper; file its sealed copy, or declare a use void, without its case being shown."""
    user: Any = request.user
    shown = pages.sealed_page(user, paper_id)
    if shown is None:
        raise Http404
    step = request.POST.get("step", "")
    copy = CopyForm(*_sent(request, step == "copy"), initial={"returned_on": today()}, prefix="copy")
    void = VoidForm(*_sent(request, step == "void"), prefix="void")
    for form in (copy, void):
        form.fields["use"].choices = [(use.pk, use_words(use)) for use in shown.live]
        form.initial["use"] = shown.live[-1].pk if shown.live else None
    sent = ({"copy": copy, "void": void} if shown.case_id else {"copy": copy}).get(step)
    if request.method == "POST" and sent is not None and sent.is_valid():
        try:
            _carried_out(request, shown, step, sent.cleaned_data)
        except Refusal as refusal:
            refuse(sent, refusal)
        else:
            messages.success(request, "已登记存卷" if step == "copy" else "已作废，文书等待重新用印")
            return redirect("desk:seal_uses", paper_id)
    context = TAB | {
        "section": "register", "counts": worklists.tab_counts(user, on=today()), "page": shown, "copy": copy, "void": void,
        "act_id": act_id(request), "failed": sent if sent is not None and sent.errors else None,
    }  # fmt: skip
    return render(request, "workflow/desk/seal_uses.html", context)


def _sent(request: HttpRequest, meant: bool) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if meant else (None, None)


def _carried_out(request: HttpRequest, shown: pages.SealedPaper, step: str, data: dict[str, Any]) -> None:
    given: dict[str, Any] = {
        "by": request.user, "on": today(), "now": now(), "act_id": act_id(request), "use_id": int(data["use"]),
    }  # fmt: skip
    if step == "void":
        use_seal.void_seal_use(**given, case_id=shown.case_id, reason=data["reason"])
        return
    given |= {"returned_on": data["returned_on"], "scan": file_data(data.get("scan"), kind="sealed")}
    if shown.case_id:
        use_seal.return_sealed_copy(**given, case_id=shown.case_id)
    else:
        file_sealed_copy(**given)


def _asked(request: HttpRequest) -> dict[str, Any]:
    kind = request.GET.get("kind", "")
    return {
        "first": _day(request.GET.get("first", "")), "last": _day(request.GET.get("last", "")),
        "kind": kind if kind in dict(SEAL_KINDS) else "",
    }  # fmt: skip


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
