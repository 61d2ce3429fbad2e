"""The screen: what each page shows and costs, what each button does, who may open what."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from tests.review.rooms import LIST, NUMBER, box, copied, listed, mark_text, two_persons
from tests.workflow.factories import DAY, add_person, handled, make_town
from workflow.models import DisclosedCopy, RedactionMark, RoomPlace

pytestmark = pytest.mark.django_db
MOST_QUERIES, MOST_BYTES = 25, 200 * 1024


@pytest.fixture(autouse=True)
def the_day(monkeypatch):
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())


@pytest.fixture
def town(db):
    return make_town()


@pytest.fixture
def version(town):
    return listed(town, handled(town))


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def room(version, **asked) -> str:
    return reverse("room:room", args=[version.holding.case_id, version.pk])


def press(client, version, step, **fields):
    data = {"do": step, "page": 1} | fields
    return client.post(room(version), data, follow=True)


def cost(client, address):
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)
    assert len(seen) <= MOST_QUERIES, "\n".join(query["sql"][:230] for query in seen)
    assert len(answer.content) <= MOST_BYTES
    return answer


def test_a_page_shows_its_text_its_marks_and_what_can_be_done(town, version):
    mark = mark_text(version, "李四光", town.handler)
    page = cost(client_of(town.handler), room(version))
    said = page.content.decode()
    assert page.status_code == 200
    assert "个人信息（姓名）" in said
    assert f"mark={mark.pk}#mark-form" in said
    assert 'textLength="' in said
    assert "张三丰" in said
    assert "制作公开副本" in said
    chosen = cost(client_of(town.handler), f"{room(version)}?mark={mark.pk}").content.decode()
    assert "撤回这一处" in chosen
    assert f'name="x0" value="{mark.points[0][0]}"' in chosen


def test_the_buttons_of_the_form_do_what_they_say(town, version):
    client = client_of(town.handler)
    answer = press(
        client,
        version,
        "draw",
        x0="10",
        y0="10",
        x1="60",
        y1="40",
        ground="article:条例第十五条",
        way="mouse",
    )
    assert "已遮盖所选区域" in answer.content.decode()
    mark = RedactionMark.objects.get()
    assert (mark.made_by, mark.boxes) == ("mouse", [[1000, 1000, 6000, 4000]])
    answer = press(
        client, version, "change", mark=mark.pk, x0="12", y0="10", x1="60", y1="40", ground="personal:seal"
    )
    mark.refresh_from_db()
    assert (mark.boxes, mark.ground) == ([[1200, 1000, 6000, 4000]], "seal")
    press(client, version, "everywhere", text="张三丰", ground="personal:name")
    assert RedactionMark.objects.filter(made_by="everywhere").count() == 2
    press(client, version, "page", ground="other_law:", other_law="《中华人民共和国测绘法》第四十七条")
    assert RedactionMark.objects.get(extent="page").printed == "《中华人民共和国测绘法》第四十七条"
    press(
        client,
        version,
        "draw",
        x0="100",
        y0="10",
        x1="160",
        y1="40",
        ground="article:条例第十五条",
        wish="on",
    )
    wish = RedactionMark.objects.get(layer="wish")
    client.post(room(version), {"accept": wish.pk, "page": 1})
    wish.refresh_from_db()
    assert wish.status == "accepted"
    reviewer = client_of(town.redaction)
    refused = press(reviewer, version, "reject", mark=wish.pk)
    assert "请写明理由" in refused.content.decode()
    press(reviewer, version, "reject", mark=wish.pk, why="other", reason="第三方已经公开过")
    wish.refresh_from_db()
    assert (wish.status, wish.reason) == ("rejected", "第三方已经公开过")


@pytest.mark.parametrize(
    ("step", "fields", "told"),
    [
        ("draw", {"ground": "article:条例第十五条"}, "请先在图上画框"),
        ("draw", {"x0": "1", "y0": "1", "x1": "50", "y1": "50"}, "请选择遮盖的依据"),
        ("draw", {"x0": "a", "y0": "1", "x1": "50", "y1": "50"}, "错误："),
        ("text", {"ground": "personal:name"}, "请先用「选字」"),
        ("everywhere", {"text": "没有的人", "ground": "personal:name"}, "没有找到这段文字"),
        ("accept", {}, "请先选择一处标记"),
        ("page", {"ground": "article:条例第十五条", "page": 99}, "没有第99页"),
    ],
)
def test_wrong_input_is_told_at_the_form_and_kept(town, version, step, fields, told):
    answer = press(client_of(town.handler), version, step, **fields)
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not RedactionMark.objects.exists()
    if fields.get("y1"):
        assert 'value="50' in answer.content.decode()


def test_looking_up_words_names_the_pages(town, version):
    said = cost(client_of(town.handler), f"{room(version)}?q=1390000 0001").content.decode()
    assert "1 处" in said
    assert "李四光" in said
    assert "没有找到" in cost(client_of(town.handler), f"{room(version)}?q=没有").content.decode()


def test_where_one_left_off_is_where_one_comes_back(town, version):
    client = client_of(town.handler)
    client.get(f"{room(version)}?page=1&zoom=150&turn=90&layers=1&layer=reviewer")
    held = RoomPlace.objects.get(user=town.handler)
    assert (held.zoom, held.turn, set(held.hidden)) == (150, 90, {"suggested", "second", "wish"})
    said = client.get(room(version)).content.decode()
    assert "zoom-150" in said
    assert "rotate(90)" in said


def test_pictures_are_drawn_when_asked_for(town, version):
    client = client_of(town.handler)
    where = [version.holding.case_id, version.pk]
    picture = client.get(reverse("room:picture", args=[*where, 1, 24]))
    assert picture["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(picture.content)).width > 100
    assert client.get(reverse("room:picture", args=[*where, 2, 24])).status_code == 404
    assert client.get(reverse("room:picture", args=[*where, 1, 25])).status_code == 404


def test_a_copy_shows_its_certificate_and_is_handed_out(town, version):
    mark_text(version, NUMBER, town.handler)
    client = client_of(town.handler)
    copy = copied(version, town.handler)
    where = [version.holding.case_id, version.pk, copy.pk]
    said = cost(client, reverse("room:copy", args=where)).content.decode()
    assert "通过验证，可以随答复书提供" in said
    assert copy.sha256 in said
    assert "没有发现" in said
    pdf = client.get(reverse("room:copy_pdf", args=where))
    assert pdf.content.startswith(b"%PDF-")
    assert client.get(reverse("room:certificate", args=where)).json()["result"] == "passed"
    assert client.get(reverse("room:compare", args=[*where, 1])).status_code == 200
    assert client.get(reverse("room:compare", args=[*where, 2])).status_code == 404
    after = client.get(reverse("room:copy_picture", args=[*where, 1]))
    assert Image.open(io.BytesIO(after.content)).width > 600
    said = cost(client, reverse("room:documents", args=[version.holding.case_id])).content.decode()
    assert "公开副本：可以提供" in said


def test_asking_for_a_copy_leads_to_its_page_and_undecided_marks_keep_it_back(town, version):
    client = client_of(town.handler)
    answer = press(client, version, "copy")
    copy = DisclosedCopy.objects.get()
    assert answer.redirect_chain[-1][0] == reverse(
        "room:copy", args=[version.holding.case_id, version.pk, copy.pk]
    )
    assert "等待制作" in answer.content.decode()
    part = client.get(answer.redirect_chain[-1][0], {"part": "progress"}, headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    press(client, version, "draw", x0="1", y0="1", x1="60", y1="40", ground="article:条例第十五条", wish="on")
    assert "处标记没有处理（第1页）" in press(client, version, "copy").content.decode()


def test_the_second_person_pages_through_and_passes_or_returns(town):
    two_persons(town)
    version = listed(town, handled(town))
    mark_text(version, NUMBER, town.redaction)
    copy = copied(version, town.redaction)
    where = [version.holding.case_id, version.pk, copy.pk]
    own = client_of(town.redaction).get(reverse("room:copy", args=where)).content.decode()
    assert "须由另一人复核" in own
    client = client_of(add_person(town, "redaction"))
    said = client.get(reverse("room:copy", args=where)).content.decode()
    assert "从第1页看起" in said
    assert "复核通过" not in said
    refused = client.post(reverse("room:copy", args=where), {"do": "pass"}).content.decode()
    assert "还有1页有遮盖的页没有看过" in refused
    refused = client.post(reverse("room:copy", args=where), {"do": "return", "reason": " "}).content.decode()
    assert "请写明理由" in refused
    assert "您还没有看过这一页" in client.get(reverse("room:compare", args=[*where, 1])).content.decode()
    answer = client.post(reverse("room:compare", args=[*where, 1]), follow=True)
    assert "有遮盖的页都看过了" in answer.content.decode()
    client.post(reverse("room:copy", args=where), {"do": "pass"})
    copy.refresh_from_db()
    assert copy.status == "passed"


def test_nobody_opens_the_room_of_a_case_they_do_not_see(town, version):
    box(version, town.handler, 10, 10, 50, 50)
    mark_text(version, NUMBER, town.handler)
    copy = copied(version, town.handler)
    case = version.holding.case_id
    addresses = [
        reverse("room:documents", args=[case]), room(version), reverse("room:picture", args=[case, version.pk, 1, 24]),
        reverse("room:copy", args=[case, version.pk, copy.pk]), reverse("room:compare", args=[case, version.pk, copy.pk, 1]),
        reverse("room:copy_picture", args=[case, version.pk, copy.pk, 1]),
        reverse("room:copy_pdf", args=[case, version.pk, copy.pk]), reverse("room:certificate", args=[case, version.pk, copy.pk]),
    ]  # fmt: skip
    stranger = make_town()
    for who in (stranger.redaction, stranger.handler, stranger.head, town.admin, town.people["seal"]):
        client = client_of(who)
        assert {client.get(address).status_code for address in addresses} == {404}, who
    for who in (town.redaction, town.handler, town.head):
        client = client_of(who)
        assert {client.get(address).status_code for address in addresses} == {200}, who
    other = listed(town, handled(town), LIST + b"2")
    for name in ("copy", "copy_pdf", "certificate"):
        address = reverse(f"room:{name}", args=[other.holding.case_id, other.pk, copy.pk])
        assert client_of(town.handler).get(address).status_code == 404
    assert (
        client_of(town.handler)
        .get(reverse("room:room", args=[other.holding.case_id, version.pk]))
        .status_code
        == 404
    )
    version.holding.status, version.holding.quarantined_at = "quarantined", version.uploaded_at
    version.holding.save()
    assert {client_of(town.handler).get(address).status_code for address in addresses[1:]} == {404}
