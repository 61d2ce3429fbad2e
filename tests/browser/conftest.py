"""A person at a browser: Chromium on a live server, watched for complaints, outside requests and faults."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",  # Chromium refuses its sandbox as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
SIZES = {"phone": (360, 740), "tablet": (768, 1024), "desk": (1280, 900)}
#: A play at each size; in the quick suite at the smallest, where each of its pages is held to the other sizes as well.
EVERY_SIZE = [
    pytest.param(name, marks=[] if name == "phone" else [pytest.mark.slow], id=name) for name in SIZES
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as a browser test that really commits."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@dataclass
class Watch:
    """What a browser complained of. A test that provokes a complaint names a part of it in `expected`."""

    host: str
    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def attach(self, context: BrowserContext) -> None:
        """Listen to every page of a context."""
        context.on("request", lambda request: self._request(request.url))
        context.on("response", lambda response: self._response(response.status, response.url))
        context.on("console", lambda message: self._console(message.type, message.text))
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))

    def _request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.complaints.append(f"outside request: {url}")

    def _response(self, status: int, url: str) -> None:
        if status >= 500:
            self.complaints.append(f"server fault {status}: {url}")

    def _console(self, kind: str, text: str) -> None:
        # A broken security policy is reported here too.
        if kind in ("error", "warning"):
            self.complaints.append(f"console {kind}: {text}")

    def unexpected(self) -> list[str]:
        """List the complaints that no test announced."""
        return [line for line in self.complaints if not any(part in line for part in self.expected)]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium once for all tests of this process."""
    # Playwright runs an event loop in this thread, in which Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def watch(live_server: Any) -> Iterator[Watch]:
    """Fail the test at its end when a browser complained of anything it did not announce."""
    watch = Watch(urlsplit(live_server.url).netloc)
    yield watch
    assert watch.unexpected() == []


@pytest.fixture
def new_context(chromium: Browser, live_server: Any, watch: Watch) -> Iterator[Callable[..., BrowserContext]]:
    """Give each person of a play a browser of their own: `new_context(size="phone")`."""
    opened: list[BrowserContext] = []

    def new(size: str = "desk", **options: Any) -> BrowserContext:
        width, height = SIZES[size]
        context = chromium.new_context(
            base_url=live_server.url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": height},
            accept_downloads=True,
            **options,
        )
        context.set_default_timeout(15_000)
        watch.attach(context)
        opened.append(context)
        return context

    yield new
    for context in opened:
        context.close()


@pytest.fixture
def new_page(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Open a page in a fresh browser: `new_page(size="phone", java_script_enabled=False)`."""

    def new(**options: Any) -> Page:
        return new_context(**options).new_page()

    return new


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Open one page at desk size."""
    return new_page()


@pytest.fixture
def login(live_server: Any) -> Callable[[Page, str], Page]:
    """Sign a person in without the sign-in page: `login(page, "wang")`."""

    def sign_in(page: Page, username: str) -> Page:
        client = Client()
        client.force_login(
            get_user_model().objects.get(username=username), "django.contrib.auth.backends.ModelBackend"
        )
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": live_server.url}]
        )
        return page

    return sign_in


def too_wide(page: Page) -> list[str]:
    """List the sizes at which a page must be scrolled sideways; 640 pixels are a desk at 200 % zoom."""
    before, found = page.viewport_size, []
    for name, (width, height) in {**SIZES, "zoomed": (640, 450)}.items():
        page.set_viewport_size({"width": width, "height": height})
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(name)
    assert before
    page.set_viewport_size(before)
    return found


@pytest.fixture
def axe_violations(new_context: Callable[..., BrowserContext]) -> Callable[..., list[str]]:
    """List the serious and critical accessibility faults of a page, as one line each.

    The checker cannot run under a strict security policy, so the page's own document is opened again, with
    the same cookies and size, in a context that waives it. A page that only a POST shows is checked where
    it stands when its context was made with `bypass_csp=True`.
    """

    def violations(
        page: Page, *, here: bool = False, impacts: tuple[str, ...] = ("serious", "critical")
    ) -> Any:
        if here:
            target = page
        else:
            context = new_context(bypass_csp=True, storage_state=page.context.storage_state())
            target = context.new_page()
            if page.viewport_size:
                target.set_viewport_size(page.viewport_size)
            target.goto(page.url)
        found = Axe().run(target).response["violations"]
        if not here:
            target.context.close()
        return [
            f"{fault['impact']} {fault['id']}: {node['html'][:200]}"
            for fault in found
            if fault["impact"] in impacts
            for node in fault["nodes"]
        ]

    return violations
