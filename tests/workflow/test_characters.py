"""A character that cannot be printed is named when a request is filed, not when its letter is signed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.workflow.factories import DAY, ApplicantActor, at, make_town, request_of
from workflow.actions import register, submit
from workflow.errors import BadRequest
from workflow.models import Case, Item
from workflow.requests import visible

pytestmark = pytest.mark.django_db


def filed(
    *, name: str = "王䶮", items: tuple[str, ...] = ("采薇村补偿安置方案",), channel: str = "portal"
) -> Case:
    town = make_town()
    asked = request_of(town)
    party = replace(asked.parties[0], name=name)
    asked = replace(asked, parties=(party,), items=items, channel=channel)
    if channel == "portal":
        by = ApplicantActor(None, town.office.pk)
        return submit.submit(request=asked, by=by, on=DAY, now=at(DAY)).case
    return register.register_new(request=asked, by=town.intake, on=DAY, now=at(DAY)).case


@pytest.mark.parametrize("items, char", [
    (("采薇村补偿安置方案😀",), "“😀”（U+1F600）"), (("方案", "第二项 \ue123"), "（U+E123）"), (("ق",), "“ق”（U+0642）"), (("方案e\u0301\u0301",), "（U+0301）"),
])  # fmt: skip
def test_a_request_with_a_character_that_no_face_has_is_refused_by_its_name(
    items: tuple[str, ...], char: str
):
    with pytest.raises(BadRequest) as caught:
        filed(items=items)
    assert char in caught.value.message
    assert f"第{len(items)}项" in caught.value.message
    assert caught.value.field == "items"
    assert Case.objects.count() == 0


@pytest.mark.parametrize("channel", ["portal", "counter"])
def test_a_name_that_cannot_be_printed_is_refused_at_every_door(channel: str):
    with pytest.raises(BadRequest) as caught:
        filed(name="王\U000323b0", channel=channel)
    assert "U+323B0" in caught.value.message
    assert caught.value.field == "name"


@pytest.mark.parametrize("name", ["王䶮", "𬭼源", "㛃㸆", "买买提·吐尔逊", "O'Neill Smith"])
def test_a_rare_name_is_taken_in(name: str):
    assert filed(name=name).pk


def test_what_nobody_sees_is_left_out():
    case = filed(items=("\ufeff采薇村\u200b补偿\u00a0安置\u202e方案\ufe0f\r\n第二行\tA",))
    assert Item.objects.get(case=case).description == "采薇村补偿 安置方案\r\n第二行\tA"
    assert visible("ofﬁce") == "office"
    assert visible("葛\U000e0100飾") == "葛飾"
