"""A department whose pages are looked at, one by one, and which addresses each test has looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.access.world import MAKERS
from tests.amount import FULL, turn_of
from tests.browser import eyes
from tests.browser.moves import go
from tests.workflow.factories import Town
from workflow.machine import State
from workflow.models import Case

NewPage = Callable[..., Page]
Login = Callable[[Page, str], Page]
Step = Callable[[Page], Any]
WIDTHS = (1280, 360)
#: The addresses that some test looks at in a browser.
LOOKED: set[str] = set()


def looks_at(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Say which addresses a test looks at; its stage holds it to that."""

    def told(test: Callable[..., None]) -> Callable[..., None]:
        LOOKED.update(names)
        test.looks_at = frozenset(names)  # type: ignore[attr-defined]
        return test

    return told


class Cases(dict[str, Case]):
    """One case in each state, made when it is first asked for."""

    def __init__(self, town: Town) -> None:
        super().__init__()
        self.town = town

    def __missing__(self, state: str) -> Case:
        self[state] = made = MAKERS[State(state)](self.town)
        return made


@dataclass
class Stage:
    """A department, its cases, and everything seen of it so far."""

    town: Town
    cases: Cases
    faults: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    looks: int = 0

    def look(self, page: Page, what: str) -> None:
        """Judge the page that is open.

        Its width and weight each time; its accessibility at one width, in the full suite at both; by keyboard one
        page in four, in the full suite each.
        """
        number, self.looks = self.looks, self.looks + 1
        found = eyes.heavy(page)
        for turn, width in enumerate(WIDTHS):
            page.set_viewport_size({"width": width, "height": 800})
            found += eyes.wide(page)
            if FULL or number % len(WIDTHS) == turn:
                found += eyes.axe_faults(page)
        page.set_viewport_size({"width": WIDTHS[0], "height": 800})
        if turn_of(number, 4):
            found += eyes.keyboard_faults(page)
        self.faults += [f"{what}: {fault}" for fault in dict.fromkeys(found)]
        self.seen.add(address_of(page))

    def visit(self, page: Page, path: str, *steps: Step) -> None:
        """Open a page, do something on it, open every fold, and look."""
        page.goto(path)
        for step in steps:
            step(page)
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        self.look(page, f"{path}{' after ' + page.title() if steps else ''}")


@contextmanager
def judged(town: Town, test: Any) -> Iterator[Stage]:
    """Give a test its stage; at its end hold it to no fault, and to have looked at what it says it looks at."""
    stage = Stage(town, Cases(town))
    yield stage
    assert stage.faults == [], "\n".join(stage.faults)
    missed = getattr(test, "looks_at", frozenset()) - stage.seen
    assert missed == set(), f"never looked at: {sorted(missed)}"


def address_of(page: Page) -> str:
    """Name the address of the page that is open, as the URL configuration does."""
    try:
        return resolve(urlsplit(page.url).path).view_name
    except Resolver404:
        return ""


def press(name: str) -> Step:
    """Press a button by its words."""
    return lambda page: go(page.locator("main").get_by_role("button", name=name).last)


def send(page: Page) -> None:
    """Send the page's main form as it stands, past the browser's own checks; what prints opens elsewhere."""
    form = page.locator("main form:not([target])").last
    form.evaluate("form => { form.noValidate = true; }")
    go(form.locator("button:not(.link):not(.visually-hidden):not([tabindex='-1'])").last)


def fill(**values: str) -> Step:
    """Fill in fields by name."""

    def step(page: Page) -> None:
        for name, value in values.items():
            page.locator(f"[name={name}]").first.fill(value)

    return step


def opened(new_page: NewPage, **options: Any) -> Page:
    """Open a browser in which the checker may run; the policy itself is watched in the other browser tests."""
    return new_page(bypass_csp=True, **options)
