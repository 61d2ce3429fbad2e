"""What people do in a browser, in their own words: find the case, open an act, fill in, confirm."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
from playwright.sync_api import Page, expect

from tests.browser.moves import go
from tests.workflow.factories import Town

NewPage = Callable[..., Page]
Login = Callable[[Page, str], Page]


@dataclass
class Applicant:
    """Someone who asks an office for information."""

    page: Page
    town: Town
    number: str = ""
    code: str = ""

    def apply(self, *items: str, service: str = "portal") -> None:
        """Fill in the form, check it, send it, and note number and query code."""
        page = self.page
        page.goto("/")
        go(page.locator("main a[href='/apply/']").first)
        go(page.get_by_role("link", name=re.compile(self.town.office.name)).first)
        page.locator("[name=kind][value=natural]").check()
        page.locator("[name=name]").fill("王䶮")
        page.locator("[name=id_kind]").select_option("resident_id")
        page.locator("[name=id_number]").fill("11010519491231002X")
        page.locator("[name=phone]").fill("13800000000")
        page.locator("[name=address]").fill("云岫县采薇巷3号")
        for number, item in enumerate(items, start=1):
            if number > 1:
                go(page.get_by_role("button", name="再加一项"))
            page.locator(f"[name=item{number}-description]").fill(item)
        page.locator("[name=wanted_form][value=electronic]").check()
        page.locator(f"[name=service][value={service}]").check()
        go(page.get_by_role("button", name="继续，核对内容"))
        expect(page).to_have_title(re.compile("核对申请"))
        go(page.get_by_role("button", name="确认并提交申请"))
        expect(page).to_have_title(re.compile("申请已提交"))
        self.number = page.locator("dl.codes dd").nth(0).inner_text()
        self.code = page.locator("dl.codes dd").nth(1).inner_text()

    def follow(self) -> None:
        """Open the own case by query code and the last four characters of the identity card."""
        page = self.page
        page.goto("/follow/")
        if page.locator("[name=code]").count():
            page.locator("[name=code]").fill(self.code)
            page.locator("[name=last_four]").fill("002x")
            go(page.locator("main form button[type=submit]").first)
        page.goto("/follow/case/")

    def download(self, words: str) -> str:
        """Download the paper whose line holds some words; return the text of the PDF."""
        line = self.page.locator("li", has_text=words).filter(has=self.page.locator("a[download]"))
        with self.page.expect_download() as caught:
            line.last.locator("a[download]").click()
        return pdf_text(Path(caught.value.path()).read_bytes())


def pdf_text(content: bytes) -> str:
    """Return the text of a PDF without its line breaks."""
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).replace(
        "\n", ""
    )


@dataclass
class Clerk:
    """Someone of the office, at the desk."""

    page: Page
    number: str

    def open(self) -> None:
        """Find the case on the own list of work and open it."""
        self.page.goto("/desk/")
        go(self.page.get_by_role("link", name=re.compile(self.number)).first)
        expect(self.page).to_have_title(re.compile(self.number))

    def act(self, label: str, confirm: str | None = None, **fields: Any) -> None:
        """Open an act from the case page, fill in its fields, look at the preview and confirm."""
        page = self.page
        go(page.locator("aside").get_by_role("link", name=label, exact=True).first)
        self.fill(**fields)
        ahead = page.get_by_role("button", name="看一看会发生什么")
        if ahead.count():
            go(ahead)
        go(page.get_by_role("button", name=confirm or label, exact=False).last)
        expect(page.locator("body")).to_contain_text(f"已办理：{label}")

    def fill(self, **fields: Any) -> None:
        """Fill in fields by name."""
        for name, value in fields.items():
            field = self.page.locator(f"[name={name}]").first
            kind = field.evaluate("e => e.tagName + ':' + (e.type || '')")
            if kind.startswith("SELECT"):
                field.select_option(value)
            elif kind in ("INPUT:radio", "INPUT:checkbox"):
                self.page.locator(f"[name={name}][value='{value}']").check()
            else:
                field.fill(str(value))

    def propose(self, seq: int, outcome: str, **fields: Any) -> None:
        """Choose the outcome of one item, then fill in what that outcome must say."""
        page = self.page
        go(page.locator("aside").get_by_role("link", name="拟定答复意见", exact=True).first)
        self.fill(item_seq=str(seq), outcome=outcome)
        go(page.locator("main form button[type=submit]").first)
        self.fill(**fields)
        go(page.locator("main form button[name=step]").last)
        expect(page.locator("body")).to_contain_text("已办理：拟定答复意见")
