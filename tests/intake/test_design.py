"""The design system: contrast, size, wording of days and deadlines, errors tied to their fields."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django import forms
from django.template import engines
from django.urls import NoReverseMatch, clear_script_prefix, reverse, set_script_prefix

from office.web import dates
from office.web.addresses import address_of
from office.web.due import SHAPES, due
from office.web.forms import Day, DayField, Form, Radios

CSS = (Path(__file__).resolve().parents[2] / "office/static/office/app.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", CSS))
#: Ink on its ground, as the sheet puts them together.
PAIRS = [
    ("ink", "paper"), ("ink", "ground"), ("quiet", "paper"), ("quiet", "ground"), ("accent", "paper"),
    ("accent", "ground"), ("accent", "accent-wash"), ("accent-deep", "accent-wash"), ("breach", "paper"),
    ("breach", "breach-wash"), ("today", "paper"), ("today", "today-wash"), ("soon", "paper"), ("soon", "soon-wash"),
    ("later", "paper"), ("paused", "paper"), ("paused", "paused-wash"), ("done", "paper"), ("done", "done-wash"),
    ("ink", "today-wash"), ("ink", "done-wash"), ("ink", "breach-wash"),
]  # fmt: skip


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ink,ground", PAIRS)
def test_text_stands_out(ink, ground):
    assert contrast(TOKENS[ink], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("mark", ["control", "focus"])
def test_edges_of_controls_and_focus_stand_out(mark):
    # the ring is yellow outside and ink inside, so that one of the two stands out on any ground
    against = TOKENS["ink"] if mark == "focus" else TOKENS["paper"]
    assert contrast(TOKENS[mark], against) >= 3


def test_the_sheet_is_small_and_uses_four_sizes_of_type():
    assert len(CSS.encode()) <= 30 * 1024
    sizes = {found for found in re.findall(r"font-size: ([^;}]+)", CSS) if found != "12pt"}
    assert sizes <= {"var(--s)", "var(--m)", "var(--l)", "var(--xl)"}
    assert "letter-spacing" not in CSS
    assert "italic" not in CSS


@pytest.mark.parametrize(
    "query", ["prefers-reduced-motion", "forced-colors", "media print", "max-width: 719px"]
)
def test_the_sheet_serves_everybody(query):
    assert query in CSS


@pytest.mark.parametrize(
    "left,status,provisional,level,text",
    [
        (-2, "", False, "overdue", "逾期 2 个工作日（11月26日周四止）"),
        (0, "", False, "today", "今天到期（11月26日周四止）"),
        (1, "", False, "soon", "还剩 1 个工作日（11月26日周四止）"),
        (3, "", False, "soon", "还剩 3 个工作日（11月26日周四止）"),
        (4, "", False, "near", "还剩 4 个工作日（11月26日周四止）"),
        (10, "", False, "near", "还剩 10 个工作日（11月26日周四止）"),
        (11, "", True, "later", "还剩 11 个工作日（暂定11月26日周四止）"),
        (3, "paused", False, "paused", "暂停计时（暂计11月26日周四止）"),
        (3, "done", False, "done", "已按期办结"),
        (3, "late", False, "overdue", "已办结，曾逾期"),
        (None, "stopped", False, "later", "停止计时"),
        (None, "", False, "later", "不计期限"),
    ],
)
def test_a_deadline_has_a_level_a_word_and_a_shape(left, status, provisional, level, text):
    found = due(dt.date(2026, 11, 26), left, status=status, provisional=provisional)
    assert (found.level, found.text) == (level, text)
    assert SHAPES[level] in found.shape


def test_every_level_has_its_own_shape():
    assert len(set(SHAPES.values())) == len(SHAPES)


def test_days_are_written_in_chinese():
    day = dt.date(2026, 11, 21)
    assert dates.long_day(day) == dates.long_day("2026-11-21") == "2026年11月21日（周六）"
    assert dates.short_day(day) == "11月21日周六"
    assert dates.long_day(None) == ""
    late = dt.datetime(2026, 11, 20, 16, 30, tzinfo=dt.UTC)
    assert dates.long_instant(late) == "2026年11月21日（周六）00:30"
    with pytest.raises(ValueError, match="Invalid isoformat"):
        dates.long_day("tomorrow")


class Sample(Form):
    name = forms.CharField(label="姓名", help_text="与证件一致")
    kind = forms.ChoiceField(label="类别", choices=[("a", "甲"), ("b", "乙")], widget=Radios())
    sure = forms.BooleanField(label="我确认")
    until = forms.DateField(label="期限", required=False, widget=Day())


def render(source: str, **context: object) -> str:
    return str(engines["django"].from_string("{% load ui %}" + source).render(context))


def test_an_error_stands_at_its_field_and_in_a_summary_that_leads_there():
    form = Sample({"until": "soon"})
    summary, page = render("{% error_summary form %}", form=form), str(form)
    assert re.findall(r'href="#([^"]+)">([^<]+)<', summary)[:3] == [
        ("id_name", "请填写姓名"), ("id_kind_0", "请选择类别"), ("id_sure", "请勾选「我确认」"),
    ]  # fmt: skip
    for target in re.findall(r'href="#([^"]+)"', summary):
        assert f'id="{target}"' in page
    assert render("{% title_prefix %}", form=form) == "错误："
    assert render("{% title_prefix %}", form=Sample()) == ""
    assert render("{% error_summary form %}", form=Sample()).strip() == ""


def test_only_what_may_be_left_out_is_marked():
    page = str(Sample())
    assert page.count("（选填）") == 1
    assert 'type="date"' in page
    assert " required" not in page


def test_what_a_person_typed_is_never_markup():
    line = {"on": "2026-11-21", "title": "<b>a</b>", "body": "<script>", "kind": "done"}
    page = render("{% timeline lines %}{% summary rows %}", lines=[line], rows=[("<i>", "<u>")])
    assert not re.search(r"<(b|script|i|u)>", page)


@pytest.mark.parametrize(
    "typed", ["2026-11-21", "20261121", "2026.11.21", "2026/11/21", " ２０２６年１１月２１日 "]
)
def test_a_day_is_read_as_clerks_type_it(typed):
    assert DayField().clean(typed) == dt.date(2026, 11, 21)


@pytest.mark.parametrize("typed", ["11-21", "2026-13-01", "明天"])
def test_a_day_that_cannot_be_read_is_explained(typed):
    with pytest.raises(forms.ValidationError, match="请按「年-月-日」填写日期"):
        DayField().clean(typed)


def test_an_address_looked_up_once_follows_where_the_program_is_mounted():
    assert render("{{ 'desk:case'|at:number }}", number=1234) == reverse("desk:case", args=[1234])
    set_script_prefix("/gk/")
    try:
        assert render("{{ 'desk:case'|at:number }}", number=1234) == "/gk/desk/case/1234/"
        assert address_of("desk:home") == "/gk/desk/"
    finally:
        clear_script_prefix()
    assert address_of("desk:home") == reverse("desk:home")
    with pytest.raises(NoReverseMatch):
        address_of("desk:nowhere")
