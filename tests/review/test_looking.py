"""Scans in the room: what is read in them is suggested with its place, what cannot be read is said on its page."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageOps

from tests.review.at_home import at_home
from tests.review.detection.paper import picture
from tests.review.rooms import listed, reject, who
from tests.workflow.factories import DAY, at, handled, make_town
from workflow.models import HoldingVersion, Redacting
from workflow.redaction_kinds import MarkState
from workflow.review import sandbox
from workflow.review.marking import looking, suggest
from workflow.review.redaction import ocr
from workflow.review.redaction.detect import faces
from workflow.review.redaction.lettering import words_for

pytestmark = pytest.mark.django_db
#: Pixels a point of a page that is a picture: 200 dots an inch.
SCALE = 200 / 72


@pytest.fixture(autouse=True)
def _at_home(monkeypatch):
    at_home(monkeypatch)


@pytest.fixture
def town(db):
    return make_town()


def scan() -> bytes:
    """Draw a page of paper with a line of print, a code, a red seal, and no text layer."""
    drawn = picture(code="https://example.invalid/zhangsan", seal=(200, 650, 50))
    paper = Image.open(io.BytesIO(drawn)).resize((1654, 2338))
    printed = words_for("联系电话：13800138000", 1200, 60, SCALE)
    assert printed is not None
    paper.paste(ImageOps.invert(printed.convert("L")).convert("RGB"), (200, 300))
    held = io.BytesIO()
    paper.save(held, "PNG", dpi=(200, 200))
    return held.getvalue()


@pytest.fixture
def version(town):
    return listed(town, handled(town), scan(), name="扫描件.png", carrier="paper")


def looked_through(town, version):
    suggest.ask(version_id=version.pk, **who(town.handler))
    suggest.find(version.pk, now=at(DAY))
    return HoldingVersion.objects.get(pk=version.pk)


def test_what_is_read_and_seen_in_a_scan_is_only_ever_a_suggestion(town, version):
    assert ocr.engine() is not None, ocr.PACKAGES
    version = looked_through(town, version)
    marks = {mark.ground: mark for mark in version.redaction_marks.all()}
    assert {"mobile", "qr_code", "seal"} <= set(marks)
    assert {mark.status for mark in marks.values()} == {MarkState.OPEN}
    assert "OCR" in marks["mobile"].why
    [[x0, y0, x1, y1]] = marks["mobile"].boxes
    # Where the number was printed, in hundredths of a point.
    assert 200 / SCALE * 100 <= x0 < x1 <= 1400 / SCALE * 100
    assert 290 / SCALE * 100 <= y0 < y1 <= 400 / SCALE * 100
    assert (marks["seal"].text_sealed, marks["seal"].text_hash) == ("", "")
    assert Redacting.objects.get(version=version).unread == {}


def test_without_an_engine_the_page_says_so_and_seals_are_found_all_the_same(town, version, monkeypatch):
    monkeypatch.setattr(ocr, "engine", lambda: None)
    version = looked_through(town, version)
    kinds = set(version.redaction_marks.values_list("ground", flat=True))
    assert {"seal", "qr_code"} <= kinds
    assert not kinds & {"mobile", "unread"}
    told = Redacting.objects.get(version=version)
    assert "tesseract-ocr-chi-sim" in told.unread["1"]
    assert "第1页的图像没有识别，请人工查看" in told.detect_note
    client = Client()
    client.force_login(town.handler, "django.contrib.auth.backends.ModelBackend")
    shown = client.get(reverse("room:room", args=[version.holding.case_id, version.pk])).content.decode()
    assert "本机没有安装中文 OCR" in shown


def test_a_face_is_suggested_without_text_or_its_absence_is_said(town, monkeypatch):
    monkeypatch.setattr(ocr, "engine", lambda: None)
    version = listed(town, handled(town), picture(photo=(120, 160, 120)), name="登记表.png", carrier="paper")
    version = looked_through(town, version)
    mark = version.redaction_marks.get(ground="face")
    assert (mark.status, mark.text_sealed, mark.text_hash) == (MarkState.OPEN, "", "")
    assert mark.printed == "个人信息（人脸）"
    monkeypatch.setattr(faces, "model", lambda: None)
    looked_through(town, version)
    assert faces.ABSENT in Redacting.objects.get(version=version).detect_note


def test_a_rejected_seal_is_remembered_by_its_place_and_another_one_is_not(town, version, monkeypatch):
    monkeypatch.setattr(ocr, "engine", lambda: None)
    version = looked_through(town, version)
    seal = version.redaction_marks.get(ground="seal")
    reject(version, seal, town.handler, reason="本机关印章，依法公开")
    before = version.redaction_marks.count()
    looked_through(town, version)
    assert version.redaction_marks.count() == before


def test_pages_that_break_the_reader_are_said_and_the_text_is_still_looked_through(town, monkeypatch):
    from tests.review.makers import pdf_of

    version = listed(town, handled(town), pdf_of("13800138000"), name="清单.pdf")

    def broken(task, content, **given):
        raise sandbox.Unfit("file_broken", sandbox.runner.BROKEN)

    monkeypatch.setattr(sandbox, "run", broken)
    version = looked_through(town, version)
    assert version.redaction_marks.filter(ground="mobile").count() == 1
    assert "请人工查看" in Redacting.objects.get(version=version).unread["1"]


def test_a_kind_set_from_text_alone_starts_no_reader(town, monkeypatch):
    version = listed(town, handled(town))
    monkeypatch.setattr(sandbox, "run", lambda *args, **given: pytest.fail("a reader was started"))
    assert looking.look(version, b"").unread == {}
