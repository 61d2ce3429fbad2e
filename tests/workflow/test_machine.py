"""The machine as declared: the golden grid, articles, roads and dead ends."""

import os
from pathlib import Path

import pytest

from office.actors import Actor, SystemActor
from office.roles import Role
from tests.workflow.factories import DAY, Town, at, file_case, make_town
from workflow import paper_facts
from workflow.actors import ApplicantActor, ConsultedOffice
from workflow.acts import act, install
from workflow.drawing import document, grid, permitted, targets
from workflow.errors import NotYourRole, WrongState
from workflow.fire import Work, fire
from workflow.machine import ACTS, ENDED, State
from workflow.models import Case, ClockEvent
from workflow.permissions import why_not

GOLDEN = Path(__file__).parents[1] / "data" / "permission_grid.txt"
LATER: set[State] = set()


def test_the_grid_is_the_golden_one() -> None:
    """A permission that is wider or narrower than the golden grid fails here, line by line.

    ``GRID=write`` writes it anew; its diff is then to be read as a list of decisions.
    """
    if os.environ.get("GRID") == "write":
        GOLDEN.write_text(grid(), encoding="utf-8")
    assert grid().splitlines() == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_the_document_is_in_step() -> None:
    """docs/machine.md is what the machine draws."""
    drawn = (Path(__file__).parents[2] / "docs" / "machine.md").read_text(encoding="utf-8")
    assert drawn == document()


def test_every_act_names_its_article_and_its_people() -> None:
    """No act without a legal basis, nobody's act, or a binding act that leaves no trace on paper or in state."""
    for row in ACTS.values():
        assert all((row.article, row.by, row.label)), row.name


def test_no_unreachable_state_and_no_dead_end() -> None:
    """From 待确认 every state with a road is reached, and from every one of them 已归档 is."""
    roads = {state: set() for state in State}
    for row in ACTS.values():
        for source in row.source:
            roads[source].update(targets(row))
    reached, queue = set(), [State.SUBMITTED]
    while queue:
        state = queue.pop()
        if state not in reached:
            reached.add(state)
            queue += roads[state]
    assert reached == set(State) - LATER
    for state in reached - {State.ARCHIVED}:
        seen, queue = set(), [state]
        while queue:
            here = queue.pop()
            if here not in seen:
                seen.add(here)
                queue += roads[here]
        assert State.ARCHIVED in seen, state
    assert set(ENDED) <= reached


def test_an_act_is_declared_once() -> None:
    """Two rows of one name would silently be one."""
    with pytest.raises(ValueError, match="register"):
        install(Case, "state", act("register", "登记", State.SUBMITTED, None, by=[], article="", says=""))


@pytest.mark.django_db
def test_no_act_puts_on_the_clock_what_it_does_not_declare() -> None:
    """An effect on the clock that the machine does not show is refused whole."""
    town = make_town()
    case = file_case(town)
    with pytest.raises(RuntimeError, match="register is not declared to put"):
        fire(case.pk, "register", by=town.intake, on=DAY, now=at(DAY), effect=_stray)
    assert not ClockEvent.objects.filter(case=case).exists()


def _stray(case: Case, work: Work) -> None:
    work.seal("registration_receipt", paper_facts.receipt(case, on=DAY))
    work.event("extension", days=3)


def actor(town: Town, role: str, case: Case) -> Actor:
    """Return someone who holds exactly one role."""
    if role == "applicant":
        return ApplicantActor(case.pk, town.office.pk)
    if role == "consulted":
        return ConsultedOffice(town.intake, 0, case.pk, town.office.pk)
    return SystemActor("test") if role == "system" else town.people[role]


@pytest.mark.django_db
def test_fire_asks_the_grid() -> None:
    """For every state, role and act: the refusal of ``fire`` is exactly the grid's."""
    town = make_town()
    first = file_case(town)
    for state in State:
        case = Case.objects.get(pk=first.pk)
        case.__dict__["state"] = state.value
        for role in Role.values:
            by = actor(town, role, case)
            for name in ACTS:
                refusal = why_not(case, name, by=by, on=DAY)
                by_grid = not isinstance(refusal, NotYourRole | WrongState)
                assert by_grid == permitted(state, role, name), (state, role, name, refusal)
