"""The demo: its data is whole and lawful in form, its stories end as told, its quick run writes the letters."""

import os
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from datetime import date
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings

import calendars
from intake import identity
from intake.demo.build import MARK, PASSWORD, NotOurs, empty, load_county
from intake.demo.script import demo_today, in_order, stories, working_day
from intake.demo.story import Teller, papers_of
from intake.demo.table import table
from law.outcomes import Outcome
from office.models import Office, User
from office.roles import POSTS
from office.today import now
from workflow.kinds import Channel, PartyKind
from workflow.machine import State

TODAY = date(2026, 11, 20)
ENDINGS = {"CONSULTING": "handling", "EXTENDED": "handling"}
#: Endings that a clerk's proposal or an act of the case brings about in the stories.
TOLD = {
    "disclose", "already_public", "partial", "refuse_state_secret", "refuse_third_party", "refuse_internal",
    "refuse_process", "refuse_enforcement", "not_exist", "not_ours", "needs_making", "petition", "repeat", "mixed",
    "lapsed_supplement", "withdrawn",
}  # fmt: skip

#: Side roads that stories of their own travel; a correction of records is told beside them.
ROADS = {"fee", "excess", "override", "rereply", "elsewhere", "bundle"}


@pytest.fixture(scope="module")
def told():
    return stories(today=TODAY, calendar=calendars.load())


def test_thirty_one_requests_come_by_every_channel_from_every_kind_of_applicant(told):
    assert len(told) == 31
    assert {story.channel for story in told} == set(Channel.values)
    assert {story.parties()[0].kind for story in told} == set(PartyKind.values)
    assert {party.part for story in told for party in story.parties()} >= {
        "agent",
        "guardian",
        "representative",
    }


def test_the_quick_run_tells_one_story_of_each_ending(told):
    once = [story for story in told if story.once]
    assert Counter(story.outcome for story in once if "road" not in story.raw) == Counter(TOLD)
    assert {story.road for story in once if "road" in story.raw} == ROADS
    assert set(Outcome) >= TOLD - {"mixed"}
    assert once == stories(today=TODAY, calendar=calendars.load(), once=True)


def test_every_identity_number_passes_the_checks_and_belongs_to_no_real_region(told):
    for party in (party for story in told for party in story.parties()):
        assert identity.check(party.id_kind, party.id_number) == identity.tidy(party.id_number)
        if party.id_kind == "resident_id":
            assert party.id_number.startswith("99")


def test_nothing_happens_after_today_or_out_of_order(told):
    for story in told:
        days = [story.arrived_on, *(step.on for step in story.steps)]
        assert days == sorted(days)
        assert days[-1] <= TODAY
    days = [day for day, _, _ in in_order(told)]
    assert days == sorted(days)


@pytest.mark.parametrize(
    ("real", "played"),
    [
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 21), date(2026, 11, 20)),  # a Saturday
        (date(2026, 10, 10), date(2026, 10, 10)),  # a Saturday that is a working day
        (date(2027, 6, 1), date(2026, 12, 31)),
        (date(2020, 1, 1), date(2026, 3, 2)),
    ],
)
def test_the_demo_plays_on_a_working_day_of_2026(real, played):
    assert demo_today(real, calendars.load()) == played


def test_days_are_counted_back_over_a_holiday():
    assert working_day(date(2026, 10, 8), -1, calendars.load()) == date(2026, 9, 30)
    with pytest.raises(ValueError, match="after today"):
        working_day(TODAY, 1, calendars.load())


def test_only_a_directory_of_its_own_is_emptied(tmp_path):
    own, other = tmp_path / "own", tmp_path / "other"
    empty(own)
    (own / "left").touch()
    empty(own)
    assert [path.name for path in own.iterdir()] == [MARK]
    other.mkdir()
    (other / "kept").touch()
    with pytest.raises(NotOurs):
        empty(other)
    assert (other / "kept").exists()


def test_a_table_counts_two_columns_for_a_chinese_character():
    lines = table(("甲", "乙"), [("ab", "c"), ("二三", "d")]).splitlines()
    assert lines[2:] == ["ab    c", "二三  d"]


@pytest.mark.django_db
@pytest.mark.parametrize("today", [TODAY, pytest.param(date(2026, 12, 31), marks=pytest.mark.slow)])
def test_every_story_ends_as_told(monkeypatch, today):
    monkeypatch.setenv("DEMO_TODAY", today.isoformat())
    load_county(on=today, now=now())
    assert Office.objects.count() == 13
    held = {role for user in User.objects.all() for roles in user.roles().values() for role in roles}
    assert held == set(POSTS)
    teller = Teller(today=today)
    told = teller.tell()
    clocks = Counter()
    for story in told:
        case = teller.case(story)
        assert case.state == ENDINGS.get(story.ending, story.ending.lower()), story.key
        clocks["paused"] += case.clock_status == "paused"
        clocks["extended"] += case.state == State.HANDLING and case.extended_since_start()
        if case.state in (State.HANDLING, State.REVIEWING, State.SIGNING) and case.clock_status != "paused":
            clocks["overdue"] += case.due_on < today
            clocks["today"] += case.due_on == today
        numbers = [paper.number_text for paper in papers_of(story, teller)]
        assert all("〔2026〕" in number for number in numbers)
    assert teller.correction.stage == "corrected"
    assert clocks == {"paused": 1, "extended": 1, "overdue": 1, "today": 1}


@pytest.mark.slow
def test_the_quick_run_writes_every_letter_with_its_number(tmp_path):
    env = {name: value for name, value in os.environ.items() if name not in ("DEMO_TODAY", "DATABASE_URL")}
    run = subprocess.run(
        [sys.executable, "manage.py", "demo", "--once", "--data", tmp_path / "data", "--out", tmp_path / "out"],
        cwd=settings.BASE_DIR, env=env | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    letters = sorted((tmp_path / "out").glob("*.pdf"))
    assert len(letters) >= len(TOLD)
    for letter in letters:
        assert _number(letter) in text_of(letter)
        assert letter.name.split(" ")[0] in run.stdout or "依复" not in letter.name
    assert any("王䶮" in text_of(letter) for letter in letters)


def text_of(letter: Path) -> str:
    """Read the text of a PDF as an applicant's programs do."""
    told = subprocess.run(["pdftotext", letter, "-"], capture_output=True, text=True, check=True)
    return "".join(told.stdout.split())


@pytest.mark.slow
def test_the_demo_serves_until_it_is_told_to_end(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {name: value for name, value in os.environ.items() if name not in ("DEMO_TODAY", "DATABASE_URL")}
    said = tmp_path / "said.txt"
    with said.open("wb") as screen:
        demo = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--data", tmp_path / "data", "--port", str(port)],
            cwd=settings.BASE_DIR, env=env | {"DJANGO_SETTINGS_MODULE": "config.settings"},
            stdout=screen, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        for _ in range(480):
            if "Ctrl-C" in said.read_text(encoding="utf-8") or demo.poll() is not None:
                break
            time.sleep(0.5)
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as page:
            page.request("GET", "/")
            with page.getresponse() as answer:
                assert answer.status == 200
    finally:
        demo.terminate()
    assert demo.wait(timeout=60) == 0
    assert PASSWORD in said.read_text(encoding="utf-8")
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def _number(letter: Path) -> str:
    number = letter.name.split(" ")[0]
    assert "〔2026〕" in number
    return number
