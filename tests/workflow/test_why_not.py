"""Every refusal of the machine, state by state, role by role, act by act, is a Chinese sentence: the golden grid."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

import pytest

from office.actors import Actor, SystemActor
from office.roles import Role
from tests.house.tree import parsed, python
from tests.workflow.factories import DAY, Town, file_case, make_town
from workflow.actors import ApplicantActor, ConsultedOffice
from workflow.errors import CaseRefusal, NotNow, NotSeparated, NotYourRole, WrongState
from workflow.machine import ACTS, State
from workflow.models import Case
from workflow.permissions import why_not

GOLDEN = Path(__file__).parents[1] / "data" / "why_not.txt"
HEAD = """\
# Why not, in the words of the screens: what a person of each role is told of an act that the machine lets the role try
# in that state, on a request just filed on the portal. Any other role is told 「act」须由…办理, in any other state
# 本件现为「state」，不能「act」. WHY_NOT=write writes the file anew; its diff is to be read.
"""
CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")
CODE_NAME = re.compile(r"[a-z]+_[a-z]+|[A-Z][a-z]+[A-Z]|None|True|False|\{|\}|<")
CITED = re.compile(r"第[一二三四五六七八九十百零]+条|〔20\d\d〕\d+号")


def person(town: Town, role: str, case: Case) -> Actor:
    if role == Role.APPLICANT:
        return ApplicantActor(case.pk, town.office.pk)
    if role == Role.CONSULTED:
        return ConsultedOffice(town.intake, 0, case.pk, town.office.pk)
    return SystemActor("test") if role == Role.SYSTEM else town.people[role]


def refusals(town: Town) -> dict[tuple[State, str, str], CaseRefusal | None]:
    """Ask for every state, role and act why not."""
    first = file_case(town)
    told: dict[tuple[State, str, str], CaseRefusal | None] = {}
    for state in State:
        case = Case.objects.select_related("office").get(pk=first.pk)
        case.__dict__["state"] = state.value
        for role in Role.values:
            by = person(town, role, case)
            told |= {(state, role, act): why_not(case, act, by=by, on=DAY) for act in ACTS}
    return told


def written(told: dict[tuple[State, str, str], CaseRefusal | None], town: Town) -> str:
    lines = []
    for state in State:
        for act in ACTS:
            said: dict[str, list[str]] = {}
            for role in Role.values:
                refusal = told[state, role, act]
                if not isinstance(refusal, NotYourRole | WrongState):
                    message = refusal.message.replace(town.office.name, "本局") if refusal else "可以办理"
                    said.setdefault(message, []).append(str(role))
            lines += [f"{state.value} {act} {' '.join(roles)}: {message}" for message, roles in said.items()]
    return HEAD + "\n".join(lines) + "\n"


@pytest.mark.django_db
def test_every_why_not_is_the_golden_one_and_chinese() -> None:
    town = make_town()
    told = refusals(town)
    assert len(told) == len(State) * len(Role.values) * len(ACTS)
    for (state, role, act), refusal in told.items():
        if refusal is not None:
            assert isinstance(refusal, NotYourRole | WrongState | NotSeparated | NotNow)
            assert CHINESE.search(refusal.message), (state, role, act, refusal.message)
            assert not CODE_NAME.search(refusal.message), (state, role, act, refusal.message)
            assert refusal.code
    text = written(told, town)
    if os.environ.get("WHY_NOT") == "write":
        GOLDEN.write_text(text, encoding="utf-8")
    assert text.splitlines() == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_every_act_cites_what_it_rests_on() -> None:
    assert {name: row.article for name, row in ACTS.items() if not CITED.search(row.article)} == {}


def test_every_act_has_a_sentence_in_the_trail() -> None:
    from office import journal

    known = journal.keys()
    assert sorted(name for name in ACTS if f"case.{name}" not in known) == []
    assert {key: text for key, text in known.items() if not CHINESE.search(text)} == {}


def test_what_a_condition_answers_is_chinese() -> None:
    """Every text a condition of the machine may return, found in its source."""
    found, wrong = 0, []
    for path in python("workflow"):
        if not path.name.startswith("conditions"):
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Return) and node.value is not None:
                texts = [
                    n.value
                    for n in ast.walk(node.value)
                    if isinstance(n, ast.Constant) and isinstance(n.value, str)
                ]
                whole = "".join(texts)
                if whole and isinstance(node.value, ast.Constant | ast.JoinedStr):
                    found += 1
                    if not CHINESE.search(whole):
                        wrong.append(f"{path}:{node.lineno} {whole}")
    assert found > 20
    assert wrong == []
