"""The supervising office's pages in Chromium: urges, notices, a sample with its sheets, a bulletin, a subscription."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from office.models import Post, User
from tests.access.world import DAY, make_department
from tests.browser.stage import Login, NewPage, Stage, fill, judged, looks_at, opened, press, send
from tests.browser.test_board import shoot
from tests.workflow.factories import at
from workflow.actions import bulletin, inspect, rectify, urge

pytestmark = pytest.mark.django_db(transaction=True)
SAID = {
    "occasion": "2026年3月政府信息公开工作检查", "finding": "两件延期答复没有在原期限届满前告知申请人",
    "measures": "逐件自查。\n组织学习。",
}  # fmt: skip


@pytest.fixture
def stage(
    transactional_db: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Stage]:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    with judged(make_department(), request.function) as stage:
        yield stage


#: How large the squares of the legends are, and how many names run into their bars.
DRAWN = """() => {
  const box = e => e.getBoundingClientRect(), swatches = [...document.querySelectorAll('.legend svg')];
  const rows = [...document.querySelectorAll('figure g')].filter(g => g.querySelector('text.name'));
  return {
    swatches: swatches.length,
    largest: Math.max(...swatches.map(e => Math.round(box(e).width))),
    overlaps: rows.filter(g => box(g.querySelector('text.name')).right > box(g.querySelector('rect')).left).length,
  };
}"""


@looks_at("board:urges", "board:inspection", "board:inspection_sheet", "board:bulletin", "desk:subscription")
def test_the_pages_of_supervision(stage: Stage, new_page: NewPage, login: Login) -> None:
    town, given = stage.town, {"on": DAY, "now": at(DAY)}
    town.government.phone = "0990-5550100"
    town.government.save(update_fields=["phone"])
    watcher = User.objects.create(username="watcher", name="县监督员")
    Post.objects.create(user=watcher, office=town.government, role="supervisor", from_on=dt.date(2020, 1, 1))
    page = login(opened(new_page), "watcher")

    def seen(path: str, name: str, *steps: Any) -> None:
        stage.visit(page, path, *steps)
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            shoot(page, f"{name}-{width}")

    case = stage.cases["handling"]
    stage.visit(page, f"/desk/case/{case.pk}/do/urge/")
    urge.urge(case_id=case.pk, by=town.head, words="请说明办理情况。", answer_due_on=DAY, **given)
    seen("/board/urges/", "urges")
    seen(f"/desk/case/{case.pk}/", "case-urged")
    for kind in ("rectification", "criticism", "inspection", "bulletin"):
        stage.visit(page, f"/desk/beside/{kind}/")
        stage.visit(page, f"/desk/beside/{kind}/new/", send)
    seen("/desk/beside/criticism/new/", "criticism-new")
    seen("/desk/beside/inspection/new/", "inspection-new")
    row = rectify.issue_rectification(
        office_id=town.government.pk, about_id=town.office.pk, by=watcher, rectify_by_on=DAY, **SAID, **given
    )
    seen(f"/desk/beside/rectification/{row.pk}/", "rectification")
    assert stage.cases["served"].pk
    assert stage.cases["replied"].pk
    sample = inspect.draw_inspection(
        office_id=town.government.pk, by=watcher, title="三月抽查", first_on=dt.date(2026, 1, 1), last_on=DAY, size=2,
        seed="ABCDEFGH", **given,
    )  # fmt: skip
    seen(f"/board/inspection/{sample.pk}/1/", "sheet", press("填写结果单"))
    seen(f"/board/inspection/{sample.pk}/", "inspection")
    draft = bulletin.begin_bulletin(
        office_id=town.government.pk, by=watcher, year=DAY.year, month=DAY.month, **given
    )
    stage.visit(page, f"/desk/beside/bulletin/{draft.pk}/fill_bulletin/", fill(words="时效还要提高。"), send)
    seen(f"/board/bulletin/{draft.pk}/", "bulletin")
    assert page.evaluate(DRAWN) == {"swatches": 4, "largest": 14, "overlaps": 0}
    seen("/desk/subscription/", "subscription")
    seen("/desk/subscription/", "subscription-link", press("生成链接"))
    answering = login(opened(new_page), town.handler.username)
    stage.visit(answering, f"/desk/case/{case.pk}/do/answer_urge/", send)
