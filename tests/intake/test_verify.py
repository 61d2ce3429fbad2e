"""The door at which anybody may verify a letter: what it says, what it never says, and how often it may be tried."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

import letters
from intake import limits
from letters.models import Paper
from office.models import JournalEntry, Office
from tests.letters import samples
from tests.letters.conftest import DAY, NOW, Signer, make_bureau

pytestmark = pytest.mark.django_db
WRONG = {"number": "清自然资依复〔2026〕1号", "code": "AAAAA-BBBBB"}


@pytest.fixture
def paper(settings, tmp_path) -> Paper:
    settings.KEY_DIR = tmp_path / "keys"
    settings.VERIFY_URL = "https://gk.example.gov.cn/verify"
    return letters.seal(kind="reply_refuse", facts=samples.facts("reply_refuse"), office=make_bureau(),
                        subject_ref="case:1", by=Signer(), on=DAY, now=NOW)  # fmt: skip


def check_of(paper: Paper) -> dict[str, str]:
    (signed,) = [block for block in paper.frozen()["blocks"] if block["type"] == "signature"]
    return signed["verify"]


def test_the_right_code_tells_office_day_and_kind_and_nothing_personal(client: Client, paper: Paper):
    page = client.post("/verify/", {"number": paper.number_text, "code": check_of(paper)["code"].lower()})
    said = page.content.decode()
    assert page.status_code == 200
    for told in ("核验相符", "清源县自然资源局", paper.number_text, "不予公开答复书", "2026年11月20日"):
        assert told in said
    for kept in ("王䶮", "城北片区", "清自然资申〔2026〕36号", paper.body_sha256):
        assert kept not in said


def test_the_qr_code_leads_to_the_same_answer_without_a_form(client: Client, paper: Paper):
    address = check_of(paper)["url"].removeprefix("https://gk.example.gov.cn")
    said = client.get(address).content.decode()
    assert "核验相符" in said
    assert paper.number_text in said
    assert client.post(address).status_code == 405


def test_what_is_wrong_is_never_told(client: Client, paper: Paper):
    code = check_of(paper)["code"]
    said = {
        client.post("/verify/", {"number": number, "code": given}).context["form"].non_field_errors()[0]
        for number, given in (
            (paper.number_text, "AAAAA-BBBBB"),
            ("清自然资依复〔2026〕2号", code),
            ("没有这样的文号", "1"),
        )
    }
    assert len(said) == 1
    assert "没有查到" in said.pop()
    for place in (
        "zrzy/reply_refuse/2026/1/AAAAABBBBB",
        "zrzy/poem/2026/1/AAAAABBBBB",
        "nowhere/reply_refuse/2026/1/AAAAABBBBB",
    ):
        page = client.get(f"/verify/{place}/")
        assert page.status_code == 200
        assert "没有查到" in page.content.decode()
        assert "核验相符" not in page.content.decode()


def test_a_void_letter_says_that_it_is_void(client: Client, paper: Paper):
    from letters.models import Voiding

    Voiding.objects.create(**_voiding(paper))
    said = client.post(
        "/verify/", {"number": paper.number_text, "code": check_of(paper)["code"]}
    ).content.decode()
    assert "该文书已经作废" in said
    assert "核验相符" not in said


def _voiding(paper: Paper) -> dict:
    from office.models import User

    return {
        "paper": paper,
        "reason": "文号录错",
        "by": User.objects.create(username="v", name="赵明"),
        "voided_on": DAY,
        "created_at": NOW,
    }


def test_guessing_at_one_letter_is_limited_from_anywhere_and_however_it_is_named(
    client: Client, paper: Paper
):
    right = {"number": paper.number_text, "code": check_of(paper)["code"]}
    for n in range(limits.PER_LETTER):
        typed = "清自然资依复[2026]1号" if n % 2 else "清自然资依复〔2026〕第01号"
        assert (
            client.post("/verify/", {**WRONG, "number": typed}, REMOTE_ADDR=f"10.0.0.{n % 200}").status_code
            == 200
        )
    late = client.post("/verify/", right, REMOTE_ADDR="10.0.1.1")
    assert late.status_code == 429
    assert "核验相符" not in late.content.decode()


def test_guessing_from_one_address_is_limited_whatever_it_asks_for(client: Client, paper: Paper):
    for n in range(limits.PER_ADDRESS):
        assert client.get(f"/verify/zrzy/reply_refuse/2026/{n + 2}/AAAAABBBBB/").status_code == 200
    assert client.get(check_of(paper)["url"].removeprefix("https://gk.example.gov.cn")).status_code == 429


def test_asking_leaves_no_trace_of_what_was_asked(client: Client, paper: Paper, caplog):
    before = JournalEntry.objects.count()
    with caplog.at_level(logging.DEBUG):
        client.post("/verify/", {"number": paper.number_text, "code": check_of(paper)["code"]})
    assert JournalEntry.objects.count() == before
    assert check_of(paper)["code"] not in caplog.text


def test_a_blank_form_is_told_what_is_missing(client: Client):
    assert Office.objects.count() == 0
    page = client.post("/verify/", {"number": " ", "code": ""})
    assert page.status_code == 200
    assert {"number", "code"} <= set(page.context["form"].errors)
