"""Two reviewers at a document in Chromium: marks by text, box and rule, burn, second check, letter and certificate."""

from __future__ import annotations

import io
import json
import re
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from office import files
from tests.browser.moves import go
from tests.browser.people import pdf_text
from tests.browser.stage import looks_at
from tests.browser.test_admin_room import sound
from tests.review.reviewing import NOTHING, agreed, begun
from tests.review.rooms import NUMBER, listed, two_persons
from tests.workflow.factories import DAY, SEALED, Town, add_person, at, handled, make_town, searched
from workflow.actions import propose, review, send_to_review, serve, sign
from workflow.models import Case, DisclosedCopy, HoldingVersion, RedactionMark
from workflow.review import copies
from workflow.review.disclosing import burning
from workflow.review.marking import detecting, suggest
from workflow.review.redaction.locate import boxes_of

pytestmark = pytest.mark.django_db(transaction=True)
New, Login, Axe = Callable[..., Page], Callable[[Page, str], Page], Callable[..., list[str]]
SCALE = 200 / 72
#: Milliseconds that a step over 600 pages may take before it counts as one that never ends; nothing here holds a time.
PATIENCE = 120_000
MOBILE = "13800000000"
#: What the browser noted of the large picture of a page.
PICTURE = "performance.getEntriesByType('resource').find(one => /page\\/\\d+-110\\.png$/.test(one.name))"


def survey(pages: int) -> bytes:
    """Return a register of so many pages: a name, a number and a plain line on each, an identity number on the last."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for number in range(1, pages + 1):
        canvas.setFont("STSong-Light", 14)
        canvas.drawString(72, 770, f"采薇村三组土地征收补偿清单　第{number}页")
        canvas.drawString(72, 720, "户主：张三丰")
        canvas.drawString(72, 690, f"电话：{MOBILE}")
        canvas.drawString(72, 660, "水田2.1亩，补偿金额按片区综合地价计算。")
        if number == pages:
            canvas.drawString(72, 630, f"证号：{NUMBER}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def town(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())
    module: Any = types.ModuleType(detecting.MODULE)

    def find_on_page(glyphs: list[Any]) -> list[Any]:
        said = types.SimpleNamespace(kind="mobile", reason="号段有效", confidence=0.99, rule="mobile")
        stretches = [
            range(one.start(), one.end())
            for one in re.finditer(MOBILE, "".join(glyph.char for glyph in glyphs))
        ]
        return [
            types.SimpleNamespace(
                found=said, places=places, boxes=boxes_of([glyphs[place] for place in places])
            )
            for places in stretches
        ]

    module.find_on_page = find_on_page
    monkeypatch.setitem(sys.modules, detecting.MODULE, module)
    town = make_town()
    two_persons(town)
    return town


def drag(page: Page, x0: float, y0: float, x1: float, y1: float) -> None:
    """Draw a box on the page with the mouse, in points."""
    box = page.locator("#sheet").bounding_box()
    assert box
    scale = box["width"] / float(page.locator("#sheet").get_attribute("data-width") or 0)
    page.locator("#sheet").scroll_into_view_if_needed()
    box = page.locator("#sheet").bounding_box()
    assert box
    page.mouse.move(box["x"] + x0 * scale, box["y"] + y0 * scale)
    page.mouse.down()
    page.mouse.move(box["x"] + (x0 + x1) / 2 * scale, box["y"] + (y0 + y1) / 2 * scale)
    page.mouse.move(box["x"] + x1 * scale, box["y"] + y1 * scale)
    page.mouse.up()


def ground(page: Page, label: str) -> None:
    """Choose the ground."""
    page.locator("#marking [name=ground]").select_option(label=label)


def press(page: Page, name: str) -> None:
    """Press a button of the panel and wait until the page says what was done."""
    # What an earlier press said is taken away, so that it is not taken for what this one says.
    page.evaluate("document.querySelectorAll('.messages').forEach(said => said.remove())")
    page.locator(".room-panel").get_by_role("button", name=name, exact=True).click()
    expect(page.locator("#main .messages")).to_be_visible(timeout=PATIENCE)


def patient(page: Page) -> Page:
    """Let a person wait as long as 600 pages need."""
    page.set_default_timeout(PATIENCE)
    return page


def tell_times(page: Page, what: str) -> None:
    """Print how long the open page of the room, and the picture on it, took from the moment it was asked for."""
    # Asked again and again: the policy against written script forbids a condition that the page waits for by itself.
    for _ in range(PATIENCE // 100):
        stands, drawn = page.evaluate(
            f"() => [performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd, ({PICTURE} || {{}}).responseEnd]"
        )
        if drawn:
            break
        page.wait_for_timeout(100)
    # Written past what pytest captures, and to where a worker's lines are seen as well.
    sys.__stderr__.write(
        f"\n{what}: the page stands after {stands:.0f} ms, its picture after {drawn:.0f} ms\n"
    )


def the_play(
    town: Town, new_page: New, login: Login, axe: Axe, pages: int, capsys: pytest.CaptureFixture[str]
) -> tuple[HoldingVersion, DisclosedCopy]:
    """Play it with a document of so many pages; return the document and its copy, passed."""
    case = searched(town, handled(town, service="portal"))
    version = listed(town, case, survey(pages), name="清单.pdf")
    room = f"/room/{case.pk}/{version.pk}/"
    first = login(patient(new_page()), town.handler.username)
    first.goto(f"/room/{case.pk}/")
    sound(first, axe, f"room-documents-{pages}")
    go(first.get_by_role("link", name=re.compile("征收补偿清单")))
    with capsys.disabled():
        tell_times(first, f"the first page of {pages}, never drawn before")
    # By box, with the mouse.
    drag(first, 60, 60, 300, 90)
    expect(first.locator("#marking [name=x0]")).not_to_have_value("")
    first.locator("#marking [name=ground]").select_option("article:条例第十五条")
    press(first, "遮盖所选区域")
    # By text: the name wherever it stands.
    first.locator("#marking [name=text]").fill("张三丰")
    ground(first, "姓名")
    press(first, "相同文字全部遮盖")
    expect(first.locator("#main .messages")).to_contain_text(f"遮盖{pages}处", timeout=PATIENCE)
    # By rule: what the detectors suggest.
    press(first, "查找个人信息")
    suggest.find(version.pk, now=at(DAY))
    first.goto(f"{room}?page=1")
    press(first, f"手机号码（{pages}）")
    sound(first, axe, f"room-first-{pages}")
    # The second reviewer: the identity number, by selecting text; and a box by keyboard alone.
    other = login(patient(new_page()), town.redaction.username)
    other.goto(f"{room}?page={pages}")
    other.locator("[name=tool][value=text]").check()
    other.evaluate(
        """number => {
            const line = [...document.querySelectorAll('.text-layer text')].find(one => one.textContent.includes(number));
            const node = line.firstChild, from = node.data.indexOf(number), range = document.createRange();
            range.setStart(node, from); range.setEnd(node, from + number.length);
            const chosen = getSelection(); chosen.removeAllRanges(); chosen.addRange(range);
        }""",
        NUMBER,
    )
    expect(other.locator("#marking [name=text]")).to_have_value(NUMBER)
    ground(other, "居民身份证号码")
    press(other, "遮盖选中的文字")
    other.locator("[name=tool][value=box]").check()
    other.locator("#stage").focus()
    for key in ("b", "ArrowDown", "Shift+ArrowRight", "Enter"):
        other.keyboard.press(key)
    expect(other.locator("#marking [name=ground]")).to_be_focused()
    ground(other, "印章")
    press(other, "遮盖所选区域")
    sound(other, axe, f"room-second-{pages}")
    assert set(version.redaction_marks.values_list("layer", "made_by").distinct()) == {
        ("reviewer", "mouse"), ("reviewer", "everywhere"), ("suggested", "rule"), ("second", "text"), ("second", "keyboard"),
    }  # fmt: skip
    go(other.get_by_role("link", name="两个图层并排对照"))
    other.get_by_label("左边").select_option("reviewer")
    other.get_by_label("右边").select_option("second")
    go(other.get_by_role("button", name="对照"))
    expect(other.locator("#main")).to_contain_text(f"两边不一致的有{pages}页")
    sound(other, axe, f"room-layers-{pages}")
    other.goto(f"{room}?page={pages}")
    go(other.get_by_role("button", name="制作公开副本"))
    sound(other, axe, f"room-copy-waiting-{pages}")
    copy = DisclosedCopy.objects.get()
    assert burning.run(copy.pk, now=at(DAY)) == "to_check"
    # A third person checks, page by page.
    checker = login(patient(new_page()), add_person(town, "redaction").username)
    checker.goto(f"/room/{case.pk}/{version.pk}/copy/{copy.pk}/")
    sound(checker, axe, f"room-copy-to-check-{pages}")
    go(checker.get_by_role("link", name="从第1页看起"))
    sound(checker, axe, f"room-compare-{pages}")
    for _ in copy.changed_pages:
        go(checker.get_by_role("button", name=re.compile("看过了")))
    go(checker.get_by_role("button", name="复核通过"))
    expect(checker.locator("#main")).to_contain_text("通过验证、复核")
    sound(checker, axe, f"room-copy-passed-{pages}")
    with checker.expect_download() as caught:
        checker.get_by_role("link", name="下载见证书").click()
    told = json.loads(Path(caught.value.path()).read_text(encoding="utf-8"))
    assert told["result"] == "passed"
    assert told["copy"]["sha256"] == copy.__class__.objects.get().sha256
    return version, DisclosedCopy.objects.get()


def covered_and_kept(version: HoldingVersion, copy: DisclosedCopy) -> None:
    """Hold the copy to its marks: black under each, the line beside them as it was."""
    document = pypdfium2.PdfDocument(files.read(copy.file))
    for number in {1, copy.page_count}:
        after = document[number - 1].render(scale=SCALE).to_pil().convert("L")
        before = Image.open(
            io.BytesIO(copies.image_of(version.copy, number, dpi=200, now=at(DAY)) or b"")
        ).convert("L")
        for mark in RedactionMark.objects.filter(version=version, page=number, status="accepted"):
            for box in mark.points:
                x0, y0, x1, y1 = (round(edge * SCALE) for edge in box)
                inside = after.crop((x0 + 3, y0 + 3, x1 - 3, y1 - 3))
                assert sum(inside.histogram()[:100]) > 0.5 * inside.width * inside.height, mark
        beside = (round(72 * SCALE), round(166 * SCALE), round(420 * SCALE), round(188 * SCALE))
        ink = [sum(picture.crop(beside).histogram()[:128]) for picture in (before, after)]
        assert ink[0] > 1000
        assert ink[1] == pytest.approx(ink[0], rel=0.2)


@looks_at("room:documents", "room:room", "room:layers", "room:copy", "room:compare")
def test_two_reviewers_a_second_check_the_letter_and_the_certificate(
    town: Town, new_page: New, login: Login, axe_violations: Axe, capsys: pytest.CaptureFixture[str]
) -> None:
    version, copy = the_play(town, new_page, login, axe_violations, 6, capsys)
    covered_and_kept(version, copy)
    case = Case.objects.get()
    third = NOTHING | {"refuse_third_party": (True, "姓名、号码属于个人信息")}
    agreed(town, begun(town, version.holding, conclusion="partial", ticks=third))
    clerk = login(new_page(), town.handler.username)
    clerk.goto(f"/desk/case/{case.pk}/do/propose/?item_seq=1&outcome=partial")
    withheld = clerk.locator("[name=withheld]").input_value()
    assert (
        withheld
        == "《征收补偿清单》中的姓名6处、手机号码6处、依据条例第十五条遮盖的内容1处、居民身份证号码1处、印章1处"
    )
    assert clerk.locator("[name=grounds][value=条例第十五条]").is_checked()
    propose.propose(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), item_seq=1, outcome="partial", grounds=["条例第十五条"],
        reason="所涉姓名、号码属于个人信息，公开会损害第三方合法权益。", facts={"provided": "征收补偿清单1份", "withheld": withheld},
    )  # fmt: skip
    send_to_review.send_to_review(case_id=case.pk, by=town.handler, on=DAY, now=at(DAY))
    case = Case.objects.get()
    sha = case.current_draft().body_sha256  # type: ignore[union-attr]
    for kind in ("secrecy", "redaction"):
        review.clear(
            case_id=case.pk,
            kind=kind,
            by=town.people[kind],
            on=DAY,
            now=at(DAY),
            opinion="同意。",
            seen_sha256=sha,
        )
    case = sign.sign(case_id=case.pk, by=town.signatory, on=DAY, now=at(DAY), seen_sha256=sha)
    copy.refresh_from_db()
    assert copy.reply is not None
    clerk.goto(f"/desk/case/{case.pk}/")
    answer = clerk.request.get(f"/desk/case/{case.pk}/paper/{copy.reply_id}.pdf")
    said = pdf_text(answer.body())
    assert "征收补偿清单（公开副本）" in said
    assert "姓名6处" in said
    serve.serve(
        case_id=case.pk, by=town.intake, on=DAY, now=at(DAY), channel="portal", sent_on=DAY, seal=SEALED
    )


@pytest.mark.slow
def test_six_hundred_pages(
    town: Town, new_page: New, login: Login, axe_violations: Axe, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same with a file of 600 pages: pages come when asked for, and the page of the room stays small."""
    version, copy = the_play(town, new_page, login, axe_violations, 600, capsys)
    covered_and_kept(version, copy)
    page = login(patient(new_page()), town.redaction.username)
    page.goto(f"/room/{version.holding.case_id}/{version.pk}/?page=300")
    with capsys.disabled():
        tell_times(page, "page 300 of 600, drawn before")
    assert page.locator(".thumbs img").count() <= 7
    assert len(page.content()) < 200 * 1024
