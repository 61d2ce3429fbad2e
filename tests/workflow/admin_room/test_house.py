"""An office's data and its seals: who comes in, for which office, what is refused, what mends a finding."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from letters.models import OfficeChange, SealImage
from letters.office_data import data_of, state_of
from office.models import Office, User
from tests.letters.test_seal_image import seal_png
from tests.workflow.factories import DAY, Town, add_person, make_town

pytestmark = pytest.mark.django_db
OFFICE, SEALS = "/admin/office/", "/admin/seals/"


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_TODAY", DAY.isoformat())


@pytest.fixture
def town() -> Town:
    return make_town()


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def entered(town: Town) -> SealImage:
    given = {"kind": "office", "width_mm": "42", "from_on": DAY.isoformat()}
    picture = SimpleUploadedFile("章.png", seal_png(), content_type="image/png")
    assert (
        as_(town.admin).post(f"{SEALS}?office={town.office.pk}", given | {"image": picture}).status_code
        == 302
    )
    return SealImage.objects.get()


def test_only_administrators_come_in_and_only_to_their_own_office(town: Town) -> None:
    row, stranger = entered(town), make_town().admin
    pages = (
        OFFICE,
        f"{OFFICE}sample.pdf",
        SEALS,
        f"{SEALS}{row.pk}/",
        f"{SEALS}{row.pk}/picture.png",
        f"{SEALS}{row.pk}/sample.pdf",
    )
    for path in pages:
        for role in ("handler", "head", "signatory", "supervisor"):
            assert as_(town.people[role]).get(path).status_code == 403, (path, role)
        assert Client().get(path).status_code == 302
        assert as_(town.admin).get(path).status_code == 200
        own = as_(stranger).get(path)
        assert own.status_code == (404 if str(row.pk) in path else 200)
        assert town.office.name not in str(own.content.decode("utf-8", "replace"))
    for path in (OFFICE, SEALS):
        assert as_(stranger).get(f"{path}?office={town.office.pk}").status_code == 404
        assert as_(stranger).post(f"{path}?office={town.office.pk}").status_code == 404
    assert as_(stranger).post(f"{SEALS}{row.pk}/", {"step": "confirm"}).status_code == 404
    assert SealImage.objects.get().waits


def test_a_seal_is_put_in_use_by_a_second_administrator(town: Town) -> None:
    row = entered(town)
    path = f"{SEALS}{row.pk}/"
    page = as_(town.admin).post(path, {"step": "confirm"})
    assert "录入人以外" in page.content.decode()
    assert SealImage.objects.get().waits
    assert as_(add_person(town, "admin")).post(path, {"step": "confirm"}).status_code == 302
    assert "正在使用" in as_(town.admin).get(SEALS).content.decode()
    assert as_(town.admin).get(f"{path}picture.png").content == seal_png()


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"%PDF-1.7", b"<svg onload=alert(1)>", seal_png((200, 200))]
)
def test_another_file_is_refused_at_its_field(town: Town, content: bytes) -> None:
    given: dict[str, Any] = {"kind": "office", "width_mm": "42", "from_on": DAY.isoformat()}
    picture = SimpleUploadedFile("章.png", content, content_type="image/png")
    page = as_(town.admin).post(SEALS, given | {"image": picture})
    assert page.status_code == 200
    assert page.context["form"].errors["image"]
    assert not SealImage.objects.exists()


def test_office_data_are_changed_with_a_reason(town: Town) -> None:
    office = Office.objects.get(pk=town.office.pk)
    start = data_of(office) | {"seen": state_of(office), "phone": "0415-3126688"}
    page = as_(town.admin).post(OFFICE, start)
    assert page.context["form"].errors["reason"]
    assert not OfficeChange.objects.exists()
    assert as_(town.admin).post(OFFICE, start | {"reason": "电话更换"}).status_code == 302
    assert Office.objects.get(pk=office.pk).phone == "0415-3126688"
    assert "电话更换" in as_(town.admin).get(OFFICE).content.decode()
    stale = as_(town.admin).post(OFFICE, start | {"reason": "再改", "fax": "1"})
    assert "已由别人修改" in stale.content.decode()


def test_a_sample_says_what_the_data_lack(town: Town) -> None:
    Office.objects.filter(pk=town.office.pk).update(phone="")
    answer = as_(town.admin).get(f"{OFFICE}sample.pdf")
    assert answer.status_code == 409
    assert "电话" in answer.content.decode()
