"""Whatever stands in the address of a page of figures: an answer that says what is wrong, or the page without it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.amount import turn_of
from tests.workflow.supervision.conftest import County, person
from workflow.selectors.boards.views import VIEWS

pytestmark = [pytest.mark.django_db]
#: What an address may hold that no link of ours writes.
ODD = (
    "", "x", "-1", "0", "1e9", "nan", "9" * 18, "9" * 19, "9" * 5000, "２０２６", "²", "\x00", "' OR 1=1 --", "<b>", "../..", "2026-13",
    "2026-00", "2026Q0", "2026Q5", "2026-06..2026-01", "2026-01..2025-06", "0000-01", "0001-01", "0001Q1", "9999-12", "2007-12",
    "0001-01-01", "2026-02-30", "9999-12-31", "none_x", "2026-03-01_" + "9" * 5000, "none_" + "9" * 19, "new,", "total", "own", "all",
)  # fmt: skip
SCOPE = ("office", "unit", "person")
LIST = (
    *SCOPE, "standing", "original", "late", "moved", "stage", "age", "reason", "ahead", "pace", "way", "result", "first", "last",
    "after",
)  # fmt: skip
#: Each page with the parts of its query, behind whatever else makes it look at them.
PAGES: dict[str, tuple[str, ...]] = {
    "/board/?": SCOPE, "/board/list/?": LIST, "/board/list/?way=in": LIST, "/board/list.csv?way=out": LIST, "/board/list.xlsx?": LIST,
    **{f"/board/view/{name}/?": SCOPE for name in VIEWS}, "/board/view/board.svg?": SCOPE, "/board/view/board.xlsx?": SCOPE,
    "/board/view/late.svg?": SCOPE, "/board/view/flow.xlsx?": SCOPE,
    "/board/urges/?": ("shown", "after"), "/board/urges.xlsx?": ("shown",), "/board/statistics/?": ("period",),
    "/board/statistics/measures/?": ("period", "measure", "office"), "/board/statistics/{office}/own/2026-02/?": ("layout", "known_on"),
    "/board/statistics/{county}/whole/2026Q1/?": ("layout", "known_on"),
    "/board/statistics/{office}/own/2026-02/file.json?": ("layout", "known_on"),
    "/board/statistics/{office}/own/2026-02/cases/?": ("what", "of", "kinds", "results", "office", "span", "after"),
    "/board/statistics/{office}/own/2026-02/cases/?what=done": ("of", "kinds", "results", "office", "span", "after"),
    "/board/statistics/{office}/own/2026-02/cases/?what=decided": ("of", "results", "after"), "/board/annual/?": ("year",),
    "/board/annual/{office}/2025/own/cases/?": ("table", "row", "column", "after"),
    "/board/annual/{office}/2025/own/cases/?table=4": ("row", "column"), "/figures/?": ("year",),
    "/desk/watch/?": ("level", "after"), "/desk/unit/?": ("unit", "after"), "/desk/?": ("after",), "/desk/remedies/?": ("year",),
    "/desk/numbers/?": ("series", "below"),
}  # fmt: skip
#: Addresses with an odd part in their path.
PATHS = (
    "/board/view/{odd}/", "/board/view/{odd}.svg", "/board/view/{odd}.xlsx", "/board/statistics/{odd}/own/2026-02/",
    "/board/statistics/{office}/{odd}/2026-02/", "/board/statistics/{office}/own/{odd}/", "/board/statistics/{office}/own/{odd}/cases/",
    "/board/statistics/{office}/own/{odd}/file.json", "/board/statistics/{office}/own/2026-02/file.{odd}",
    "/board/statistics/{office}/own/2026-02/{odd}/", "/board/annual/{odd}/2025/own/", "/board/annual/{office}/{odd}/own/",
    "/board/annual/{office}/2025/{odd}/", "/board/annual/{office}/2025/own/file.{odd}", "/board/annual/{office}/2025/own/{odd}/",
    "/board/inspection/{odd}/", "/board/inspection/1/{odd}/", "/board/inspection/{odd}/result.xlsx", "/board/bulletin/{odd}/",
    "/board/bulletin/{odd}/bulletin.docx", "/desk/beside/{odd}/", "/desk/beside/rectification/{odd}/",
    "/desk/beside/inspection/1/{odd}/",
)  # fmt: skip


@pytest.fixture
def asking(county: County) -> Any:
    """Ask as the county's supervisor; an exception is an answer of 500, as it is for everybody."""
    county.fill(8)
    client = Client(raise_request_exception=False)
    client.force_login(county.supervisor, "django.contrib.auth.backends.ModelBackend")
    names = {"office": str(county.offices[0].pk), "county": str(county.government.pk)}

    def ask(address: str, query: dict[str, str] | None = None, odd: str = "") -> tuple[int, str]:
        answer = client.get(address.format(odd=odd, **names), query)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return answer.status_code, body.decode(errors="replace") if answer.status_code >= 400 else ""

    return ask


def wrong(status: int, body: str) -> bool:
    """Tell whether an answer neither shows a page nor says in Chinese that there is none such."""
    if status in (400, 404):
        return not ("没有" in body or "无法" in body or "不" in body)
    return status not in (200, 302)


def test_no_part_of_a_query_breaks_a_page(asking: Any) -> None:
    asked, broken = 0, []
    for place, (page, parts) in enumerate(PAGES.items()):
        path, _, fixed = page.partition("?")
        known = dict([fixed.split("=")]) if fixed else {}
        for part in parts:
            for n, odd in enumerate(ODD):
                if turn_of(place + n + len(part), 36):
                    asked += 1
                    status, body = asking(path, {**known, part: odd})
                    if wrong(status, body):
                        broken.append((page, part, odd[:24], status))
    assert asked > 120
    assert broken == []


def test_no_part_of_a_path_breaks_a_page(asking: Any) -> None:
    broken = []
    for place, page in enumerate(PATHS):
        for n, odd in enumerate(ODD):
            if odd and "/" not in odd and turn_of(place + n, 12):
                status, body = asking(page, odd=odd)
                if wrong(status, body):
                    broken.append((page, odd[:24], status))
    assert broken == []


@pytest.mark.parametrize(("address", "status"), [
    ("/board/statistics/measures/?period=0001-01", 404), ("/board/statistics/measures/?period=2008-01", 200),
    ("/board/statistics/?period=2007-12", 404), ("/board/annual/?year=" + "9" * 5000, 200), ("/figures/?year=" + "9" * 5000, 404),
    ("/board/statistics/{office}/own/2026-02/?layout=none", 200), ("/board/statistics/{office}/own/2026-02/file.json?layout=none", 404),
    ("/board/statistics/{office}/own/2026-02/?known_on=0001-01-01", 200), ("/desk/unit/?unit=" + "9" * 19, 200),
    ("/desk/watch/?after=none_" + "9" * 5000, 200), ("/board/list/?after=none_" + "9" * 19, 200),
])  # fmt: skip
def test_what_is_answered(asking: Any, address: str, status: int) -> None:
    """What cannot be looked at is not there; where a page can be shown without it, it is."""
    assert asking(address)[0] == status


@pytest.mark.parametrize("odd", ["²", "9" * 19, "9" * 5000, "x", "-1"])
def test_an_odd_draft_of_a_wording_is_none(county: County, odd: str) -> None:
    client = Client()
    admin = person("guan", county.offices[0], "admin")
    client.force_login(admin, "django.contrib.auth.backends.ModelBackend")
    address = reverse("admin_room:wording_edit", args=[county.offices[0].pk, "reply"])
    assert client.get(address, {"draft": odd}).status_code == 200
