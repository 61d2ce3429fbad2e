"""Following a case: by code and four characters only, limited, in plain words, without internal names."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from intake import limits, tracking
from office.today import now
from tests.intake.conftest import follow, hidden, send, text
from tests.workflow.factories import DAY, SEALED, Town, at, make_town, replied
from workflow.actions import register, request_supplement, serve
from workflow.models import Case
from workflow.selectors import papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(client: Client, town: Town) -> Client:
    """Give a browser in which a case is open."""
    _, code = send(client, town)
    assert follow(client, code).status_code == 302
    return client


def own(town: Town) -> Case:
    return Case.objects.get(office=town.office)


def ask_for_supplement(town: Town) -> None:
    case = own(town)
    register.register(case_id=case.pk, by=town.intake, on=DAY, now=at(DAY))
    request_supplement.request_supplement(
        case_id=case.pk,
        by=town.intake,
        on=DAY,
        now=at(DAY),
        matters="未写明所指地块",
        guidance="请写明地块位置",
    )


def test_a_case_opens_with_code_and_four_characters(client: Client, town: Town) -> None:
    number, code = send(client, town)
    other = Client()
    assert follow(other, code.lower().replace("-", " "), "００２ｘ")["Location"] == "/follow/case/"
    page = text(other.get("/follow/case/"))
    assert number in page
    assert "您在网上提交了申请" in page
    assert "最迟2026年3月30日（周一）答复，还有 20 个工作日" in page


def test_nothing_tells_which_part_was_wrong(client: Client, town: Town) -> None:
    _, code = send(client, town)
    wrong_code = "2" * 15 if code[0] != "2" else "3" * 15
    pages = [
        text(follow(Client(), *given)) for given in [(code, "0021"), (wrong_code, "002X"), ("ABC", "002X")]
    ]
    shown = {page[page.index('id="error-summary"') :].split("</div>")[0] for page in pages}
    assert len(shown) == 1
    assert "查询码或者证件号码后四位不对" in shown.pop()


def test_guessing_one_code_is_stopped_from_everywhere(client: Client, town: Town) -> None:
    _, code = send(client, town)
    guesser = Client()
    for attempt in range(limits.PER_CODE):
        assert follow(guesser, code, f"{attempt:04d}").status_code == 200
    stopped = follow(guesser, code.lower().replace("-", " "), "002X")
    assert stopped.status_code == 429
    assert "请 30 分钟后再试" in text(stopped)
    assert follow(Client(REMOTE_ADDR="192.0.2.7"), code, "002X").status_code == 429


def test_guessing_many_codes_from_one_address_is_stopped(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_ADDRESS", 3)
    guesser = Client(REMOTE_ADDR="192.0.2.8")
    for letter in "ABC":
        assert follow(guesser, letter * 15).status_code == 200
    assert follow(guesser, "D" * 15).status_code == 429
    assert follow(Client(REMOTE_ADDR="192.0.2.9"), "D" * 15).status_code == 200


def test_a_limit_ends_with_its_window(client: Client, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    _, code = send(client, town)
    for attempt in range(limits.PER_CODE + 1):
        follow(client, code, f"{attempt:04d}")
    monkeypatch.setenv("DEMO_TODAY", (DAY + dt.timedelta(days=1)).isoformat())
    assert follow(client, code).status_code == 302


def test_patience_does_not_help_a_guesser(
    client: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, code = send(client, town)
    monkeypatch.setattr(limits, "PER_CODE", 1000)
    for attempt in range(limits.PER_CODE_DAILY):
        assert follow(client, code, f"{attempt:04d}").status_code == 200
    assert follow(client, code, "002X").status_code == 429


@pytest.mark.parametrize("path", ["", "supplement/", "reasons/", "fee/", "withdraw/", "papers/1/"])
def test_without_the_session_there_is_no_case(client: Client, town: Town, path: str) -> None:
    send(Client(), town)
    answer = client.get(f"/follow/case/{path}")
    assert (answer.status_code, answer["Location"]) == (302, "/follow/")


def test_leaving_closes_the_case(opened: Client) -> None:
    opened.post("/follow/leave/")
    assert opened.get("/follow/case/").status_code == 302


def test_an_idle_case_closes_by_itself(opened: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_TODAY", (DAY + dt.timedelta(days=1)).isoformat())
    assert opened.get("/follow/case/").status_code == 302


def test_no_address_and_no_title_carries_anything_personal(opened: Client, town: Town) -> None:
    page = text(opened.get("/follow/case/"))
    title = page[page.index("<title>") : page.index("</title>")]
    assert "王䶮" not in title
    assert "002X" not in page
    assert "13800000000" not in page


def test_the_applicant_sees_stages_not_people(client: Client) -> None:
    town = make_town(reconsideration_online="https://fuyi.example/apply")
    case = replied(town)
    for person in town.people.values():
        assert person.name
    session_of(client, case)
    page = text(client.get("/follow/case/"))
    assert "机关签发了答复书" in page
    assert not [person.name for person in town.people.values() if person.name in page]
    assert "检索" not in page
    assert "审查通过" not in page


def session_of(client: Client, case: Case) -> None:
    """Open a case in a browser as its code would."""
    from intake.portal.doors import FOLLOWED

    session = client.session
    session[FOLLOWED] = {"case": case.pk, "seen": now().isoformat()}
    session.save()


def test_a_posted_letters_receipt_is_read_at_once_and_its_reply_when_posted(town: Town) -> None:
    case = replied(town, channel="post_signed", service="post")
    shown = tracking.track(case.pk, on=DAY).papers
    assert [(line.label, line.on) for line in shown] == [("接收回执", DAY)]
    assert tracking.paper_pdf(case.pk, shown[0].id)[1].startswith(b"%PDF")
    reply = papers.reply_of(case)
    with pytest.raises(LookupError):
        tracking.paper_pdf(case.pk, reply.pk)
    serve.serve(
        seal=SEALED,
        case_id=case.pk,
        by=town.intake,
        on=DAY,
        now=at(DAY),
        channel="post",
        sent_on=DAY,
        tracking="EX1CN",
    )
    assert [line.label for line in tracking.track(case.pk, on=DAY).papers] == ["接收回执", "答复书"]


def test_papers_are_shown_once_served_and_to_their_own_applicant_only(client: Client) -> None:
    town = make_town(reconsideration_online="https://fuyi.example/apply")
    case = replied(town, service="counter")
    session_of(client, case)
    assert text(client.get("/follow/case/")).count("download>") == 1, "the receipt alone"
    serve.serve(
        seal=SEALED,
        case_id=case.pk,
        by=town.intake,
        on=DAY,
        now=at(DAY),
        channel="counter",
        sent_on=DAY,
        signed_on=DAY,
    )
    page = text(client.get("/follow/case/"))
    assert page.count("download>") == 2
    *_, reply = (line.split('"')[0] for line in page.split('href="/follow/case/papers/')[1:])
    answer = client.get(f"/follow/case/papers/{reply}")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert answer["Cache-Control"].startswith("max-age=0")
    stranger = Client()
    session_of(stranger, replied(make_town()))
    assert stranger.get(f"/follow/case/papers/{reply}").status_code == 404


def test_a_supplement_is_answered_item_by_item(opened: Client, town: Town) -> None:
    ask_for_supplement(town)
    assert 'href="/follow/case/supplement/"' in text(opened.get("/follow/case/"))
    page = text(opened.get("/follow/case/supplement/"))
    assert "未写明所指地块" in page
    nonce = hidden(page, "nonce")
    same = own(town).items_in_order()[0].description
    unchanged = opened.post("/follow/case/supplement/", {"item1": same, "nonce": nonce})
    assert "内容和原来一样" in text(unchanged)
    answer = opened.post(
        "/follow/case/supplement/", {"item1": f"{same}（三组地块）", "nonce": nonce}, follow=True
    )
    assert "补正已经提交" in text(answer)
    case = own(town)
    assert (case.state, case.clock_start_on) == ("registered", DAY)
    assert case.items_in_order()[0].description.endswith("（三组地块）")


def test_there_is_nothing_to_supplement_unasked(opened: Client) -> None:
    assert "现在不需要补正" in text(opened.get("/follow/case/supplement/", follow=True))


def test_withdrawing_asks_first_and_then_ends_the_case(opened: Client, town: Town) -> None:
    page = text(opened.get("/follow/case/withdraw/"))
    assert "撤回不能取消" in page
    unsure = opened.post("/follow/case/withdraw/", {"nonce": hidden(page, "nonce")})
    assert "确认撤回的，请勾选这一项" in text(unsure)
    done = opened.post("/follow/case/withdraw/", {"nonce": hidden(page, "nonce"), "sure": "on"}, follow=True)
    assert "申请已经撤回" in text(done)
    assert own(town).state == "withdrawn"
    assert 'aria-disabled="true">撤回申请' in text(done)
    assert "已经撤回。" in text(opened.get("/follow/case/withdraw/", follow=True))


def test_a_supplement_by_post_tells_its_last_day(client: Client, town: Town) -> None:
    _, code = send(client, town, service="post")
    follow(client, code)
    ask_for_supplement(town)
    notice = own(town).unserved_papers()[0]
    _deliver(town, notice)
    page = text(client.get("/follow/case/"))
    assert "补正告知书" in page
    assert "以前补正" in page


def _deliver(town: Town, paper: Any) -> None:
    serve.record_delivery(
        case_id=own(town).pk, by=town.intake, on=DAY, now=at(DAY), paper_id=paper.pk, channel="post", sent_on=DAY,
        tracking="1010", signed_on=DAY,
    )  # fmt: skip
