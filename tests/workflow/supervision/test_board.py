"""The board's numbers are the lists behind them, and both are what the clocks say."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from office.roles import Role
from tests.workflow.supervision.conftest import DAY, County, person
from tests.workflow.supervision.histories import expected
from workflow.models import Case
from workflow.selectors import board as boards

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def by_hand(county: County, on: dt.date) -> Counter[tuple[int, int | None, str]]:
    found: Counter[tuple[int, int | None, str]] = Counter()
    for case in Case.objects.all():
        where = expected(county.histories[case.pk], on)
        if where not in ("met", "late", "ended"):
            found[case.office_id, case.unit_id, where] += 1
    return found


def shown(board: boards.Board) -> Counter[tuple[int, int | None, str]]:
    return Counter({
        (line.office or 0, line.unit or None, standing): number
        for office in board.offices for line in office.units for standing, number in line.counts.items() if number
    })  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_board_equals_a_count_by_hand(county: County, seed: int) -> None:
    county.fill(120, seed=seed)
    for ahead in (0, 1, 5, 12, 30):
        on = DAY + dt.timedelta(days=ahead)
        board = boards.board(county.supervisor, on=on)
        wanted = by_hand(county, on)
        assert shown(board) == wanted
        assert board.total.total == wanted.total()
        assert board.total.provisional == Case.objects.filter(due_provisional=True).count()


def test_every_number_opens_to_its_list(county: County) -> None:
    county.fill(120)
    board = boards.board(county.supervisor, on=DAY)
    lines = [board.total, *(o.line for o in board.offices), *(u for o in board.offices for u in o.units)]
    for line in lines:
        for standing, _, number in line.cells():
            seen: list[int] = []
            after = ""
            while True:
                page = boards.case_list(
                    county.supervisor,
                    on=DAY,
                    standing=standing,
                    office=line.office,
                    unit=line.unit,
                    after=after,
                    size=7,
                )
                assert page.count == number
                assert {row.standing for row in page.rows} <= {standing}
                seen += [row.id for row in page.rows]
                after = page.following
                if not after:
                    break
            assert len(seen) == len(set(seen)) == number
    whole = boards.case_list(county.supervisor, on=DAY, size=1000)
    assert len(whole.rows) == board.total.total
    days = [row.due_on or dt.date.max for row in whole.rows]
    assert days == sorted(days)


def test_who_sees_what(county: County) -> None:
    county.fill(60)
    own = county.offices[0].pk
    assert [o.line.office for o in boards.board(county.supervisor, on=DAY).offices] == [
        county.government.pk, county.offices[1].pk, own,
    ]  # fmt: skip
    assert [o.line.office for o in boards.board(county.head, on=DAY).offices] == [own]
    assert {row.office for row in boards.case_list(county.head, on=DAY, size=500).rows} == {
        "清源县自然资源局"
    }
    sideways = boards.case_list(county.head, on=DAY, office=county.offices[1].pk)
    assert (sideways.count, sideways.rows) == (0, ())
    assert boards.watched_offices(county.handler) == []
    assert boards.watched_offices(person("pu", county.offices[0], Role.ADMIN)) == []


def test_pages(county: County, client: Client) -> None:
    county.fill(80)
    client.force_login(county.supervisor, "django.contrib.auth.backends.ModelBackend")
    page = client.get("/board/").content.decode()
    board = boards.board(county.supervisor, on=DAY)
    for standing in ("overdue", "today", "soon", "near", "paused", "stopped"):
        assert f'href="/board/list/?standing={standing}"><b>{board.total.counts[standing]}</b>' in page
    assert "<svg" in page
    assert "style=" not in page
    listed = client.get(
        "/board/list/", {"standing": "overdue", "office": county.offices[0].pk}
    ).content.decode()
    assert "已逾期 · 清源县自然资源局" in listed
    assert "逾期 " in listed
    assert client.get("/board/list/", {"standing": "nonsense"}).status_code == 404
    assert client.get("/board/list/", {"office": "x"}).status_code == 404
    assert "没有日期暂定的案件" in client.get("/board/list/", {"standing": "provisional"}).content.decode()


def test_strangers_are_refused(county: County, client: Client) -> None:
    assert client.get("/board/").status_code == 302
    client.force_login(county.handler, "django.contrib.auth.backends.ModelBackend")
    for path in ("/board/", "/board/list/", "/board/list.csv"):
        assert client.get(path).status_code == 403


def test_export(county: County, client: Client) -> None:
    county.fill(80)
    Case.objects.filter(pk=min(county.histories)).update(title="=cmd()", applicant_name="李四")
    client.force_login(county.supervisor, "django.contrib.auth.backends.ModelBackend")
    answer = client.get("/board/list.csv")
    text = b"".join(answer.streaming_content).decode("utf-8")  # type: ignore[attr-defined]
    assert text.startswith("\ufeff案件编号,")
    rows = list(csv.reader(text.removeprefix("\ufeff").splitlines()))
    assert len(rows) == 1 + boards.board(county.supervisor, on=DAY).total.total
    assert "李四" not in text
    assert not any(cell.startswith("=") for row in rows for cell in row)
    left = rows[0].index("剩余工作日")
    assert any(row[left].startswith("-") for row in rows[1:])


@pytest.mark.parametrize("path", ["/board/", "/board/list/?standing=overdue", "/board/list/?standing=paused"])
def test_as_many_queries_for_many_cases_as_for_few(county: County, client: Client, path: str) -> None:
    client.force_login(county.supervisor, "django.contrib.auth.backends.ModelBackend")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            answer = client.get(path)
        assert answer.status_code == 200
        assert len(answer.content) <= 200_000
        return len(seen)

    county.fill(30)
    few = queries()
    county.fill(300, seed=2)
    assert queries() == few
    assert few <= 25


def test_names_are_written_as_they_are_and_never_as_markup(county: County) -> None:
    for office in county.offices:
        office.name = f'{office.name}<b>"&'
        office.save()
    county.fill(60)
    client = Client()
    client.force_login(county.supervisor, "django.contrib.auth.backends.ModelBackend")
    for address in ("/board/", "/board/view/board.svg"):
        text = client.get(address).content.decode()
        assert "&lt;b&gt;&quot;&amp;" in text
        assert "<b>&quot;" not in text
        assert '<b>"' not in text
    assert (
        f'aria-label="{county.offices[0].name.partition("<")[0]}&lt;b&gt;&quot;&amp;，'
        in client.get("/board/").content.decode()
    )
