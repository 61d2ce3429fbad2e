"""Moves from page to page: what is read next is the page that came, whole, never the one that is going."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


def go(way: Locator) -> None:
    """Click a link or a button that leads to another page, and wait until that page stands."""
    # Playwright's click returns once an answer begins to come in: its title and its elements may not be there yet.
    with way.page.expect_navigation():
        way.click()


def enter(page: Page) -> None:
    """Press Enter where that leads to another page, and wait until that page stands."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
