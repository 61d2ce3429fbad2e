"""Template tags of the design system: dates, due badges, lists, errors, timelines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from office.web import dates
from office.web.addresses import address_of
from office.web.due import due as due_of

register = template.Library()

register.filter("cn_date", dates.long_day)
register.filter("cn_day", dates.short_day)
register.filter("cn_instant", dates.long_instant)

# A case's legal state to the tag's tone; an unknown state is shown neutral.
TONES = {
    "SUBMITTED": "wait", "SUPPLEMENTING": "wait", "EXPLAINING": "wait", "AWAITING_FEE": "wait",
    "REGISTERED": "live", "HANDLING": "live", "REVIEWING": "live", "SIGNING": "live", "REOPENED": "live",
    "REPLIED": "done", "SERVED": "done", "LAPSED": "end", "WITHDRAWN": "end", "ARCHIVED": "end",
}  # fmt: skip


@register.filter
def iso(value: date | datetime | str | None) -> str:
    """Write a day for a machine: 2026-11-21."""
    day = dates.as_day(value)
    return day.isoformat() if day else ""


@register.simple_tag
def due_badge(due_on: Any, left: int | None, status: str = "", provisional: bool = False) -> SafeString:
    """Show a due date in a list; see office.web.due.due for the arguments (left: working days)."""
    found = due_of(due_on, left, status=status, provisional=provisional)
    level = f"{found.level} provisional" if provisional else found.level
    return format_html('<span class="due {}">{}{}</span>', level, found.shape, found.text)


@register.filter
def at(name: str, number: int) -> str:
    """Give the address of one of many pages of a kind, for the rows of a list: {{ 'desk:case'|at:row.id }}."""
    return address_of(name, number)


@register.inclusion_tag("office/parts/due_big.html")
def due_panel(due_on: Any, left: int | None, status: str = "", provisional: bool = False) -> dict[str, Any]:
    """Show a due date at the top of a case page."""
    found = due_of(due_on, left, status=status, provisional=provisional)
    return {
        "level": found.level, "headline": found.headline, "subline": found.subline,
        "shape": found.shape, "provisional": provisional,
    }  # fmt: skip


@register.simple_tag
def state_tag(state: str, label: str, tone: str = "") -> SafeString:
    """Show a case's legal state as a tag."""
    return format_html('<span class="tag {}">{}</span>', tone or TONES.get(str(state).upper(), ""), label)


@register.inclusion_tag("office/parts/summary.html")
def summary(rows: Iterable[Any]) -> dict[str, Any]:
    """Show (term, value) or (term, value, change-address) rows as a description list."""
    shown = []
    for row in rows:
        term, value, *rest = row
        shown.append({"term": term, "value": value, "href": rest[0] if rest else ""})
    return {"rows": shown}


@register.inclusion_tag("office/parts/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """Show what happened from top to bottom; an entry has on, title, body, kind, href and link.

    `kind` is "done", "now", "wait", "future", "bad" or empty.
    """
    return {"entries": entries}


@register.inclusion_tag("office/parts/pager.html")
def pager(previous: str = "", following: str = "") -> dict[str, str]:
    """Show links to the previous and next page of a keyset-paged list."""
    return {"previous": previous, "next": following}


@register.inclusion_tag("office/parts/empty.html")
def empty_state(title: str, body: str = "", href: str = "", link: str = "") -> dict[str, str]:
    """Say what an empty list would hold and what to do."""
    return {"title": title, "body": body, "href": href, "link": link}


def _errors(form: Any) -> Iterator[dict[str, str]]:
    if isinstance(form, BaseFormSet):
        for message in form.non_form_errors():
            yield {"href": "", "message": message}
        for part in form.forms:
            yield from _errors(part)
        return
    for message in form.non_field_errors():
        yield {"href": "", "message": message}
    for bound in form:
        for message in bound.errors:
            yield {"href": first_control(bound), "message": message}


def first_control(bound: Any) -> str:
    """Name the element that an error's link jumps to: the first radio button or the control itself."""
    if bound.use_fieldset:
        return f"{bound.auto_id}_0" if bound.auto_id else ""
    return bound.id_for_label or bound.auto_id


def _bound_forms(candidates: Iterable[Any]) -> Iterator[Any]:
    for form in candidates:
        if isinstance(form, BaseForm | BaseFormSet) and form.is_bound:
            yield form


@register.inclusion_tag("office/parts/error_summary.html")
def error_summary(*forms: Any, extra: Iterable[str] = ()) -> dict[str, Any]:
    """List every error of the forms at the top of the page, each linked to its field.

    An argument may be a form, a formset or a list of forms. `extra` takes messages that belong to no field, such as a refusal of an act.
    """
    found = [{"href": "", "message": message} for message in extra or ()]
    listed = (form for given in forms for form in (given if isinstance(given, list | tuple) else [given]))
    for form in _bound_forms(listed):
        found += _errors(form)
    return {"errors": found}


@register.simple_tag(takes_context=True)
def title_prefix(context: Context) -> str:
    """Begin the page's title with 「错误：」 when a form of the page has errors."""
    if context.get("has_errors") or context.get("refusal"):
        return "错误："
    for form in _bound_forms([context.get("form"), context.get("formset"), *(context.get("forms") or ())]):
        if form.total_error_count() if isinstance(form, BaseFormSet) else form.errors:
            return "错误："
    return ""
