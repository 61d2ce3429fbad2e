"""Every page of both doors: small, few queries, strict headers, readable without script."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.intake.conftest import apply, follow, send, text
from tests.workflow.factories import Town, file_case

pytestmark = pytest.mark.django_db

PUBLIC = ["/", "/apply/", "/apply/{code}/", "/follow/", "/account/login/"]
OWN = ["/follow/case/", "/follow/case/withdraw/"]
COUNTER = ["/counter/", "/counter/register/", "/account/password/"]


def check(client: Client, path: str) -> Any:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 200, path
    assert len(answer.content) <= 200 * 1024
    assert len(queries) <= 25, [query["sql"][:90] for query in queries]
    page = text(answer)
    assert '<html lang="zh-Hans">' in page
    assert page.count("<h1") == 1
    assert 'href="#main"' in page
    assert "<title>" in page
    return answer


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page(client: Client, town: Town, path: str) -> None:
    answer = check(client, path.format(code=town.office.code))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", OWN)
def test_a_page_of_ones_own_is_never_kept(client: Client, town: Town, path: str) -> None:
    _, code = send(client, town)
    follow(client, code)
    answer = check(client, path)
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize("path", COUNTER)
def test_a_page_of_the_counter(client: Client, town: Town, path: str) -> None:
    for _ in range(3):
        file_case(town)
    client.force_login(town.intake)
    answer = check(client, path)
    assert "no-store" in answer["Cache-Control"]
    assert town.office.name in text(answer)


def test_the_check_page_is_never_kept(client: Client, town: Town) -> None:
    assert "no-store" in apply(client, town)["Cache-Control"]


def test_the_list_costs_the_same_for_many(client: Client, town: Town) -> None:
    client.force_login(town.intake)
    counts = []
    for more in (1, 8):
        for _ in range(more):
            file_case(town)
        with CaptureQueriesContext(connection) as queries:
            client.get("/counter/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "path,status,said", [("/nowhere/", 404, "没有这一页"), ("/counter/", 403, "您不能查看这一页")]
)
def test_an_error_page_says_what_to_do_and_names_nobody(
    client: Client, town: Town, path: str, status: int, said: str
) -> None:
    client.force_login(town.handler)
    answer = client.get(path)
    assert answer.status_code == status
    assert said in text(answer)
    assert town.handler.name not in text(answer)


def test_a_fault_shows_a_page_without_details(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from intake.portal.views import home

    def broken(search: str = "") -> list[Any]:
        raise RuntimeError("王䶮 11010519491231002X")

    monkeypatch.setattr(home.directory, "open_offices", broken)
    client.raise_request_exception = False
    answer = client.get("/apply/")
    assert answer.status_code == 500
    assert "系统出了问题" in text(answer)
    assert "王䶮" not in text(answer)


def test_browsers_find_an_icon_and_robots_stay_out(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith("favicon.ico")
    assert "Disallow: /" in text(client.get("/robots.txt"))


def test_signing_in_never_tells_which_part_was_wrong(client: Client, town: Town) -> None:
    town.intake.set_password("long-enough-1")
    town.intake.save()
    pages = []
    for name in (town.intake.username, "nobody"):
        page = text(client.post("/account/login/", {"username": name, "password": "wrong"}))
        pages.append(page[page.index('id="error-summary"') :].split("</div>")[0])
    assert pages[0] == pages[1]
    assert "账号或密码不对" in pages[0]


def test_a_form_from_elsewhere_is_refused_in_chinese(town: Town) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/follow/", {"code": "A", "last_four": "0000"})
    assert answer.status_code == 403
    assert "页面已经过期" in text(answer)


def test_a_given_password_is_changed_before_anything_else(client: Client, town: Town) -> None:
    person = town.intake
    person.set_password("given-by-office-1")
    person.must_change_password = True
    person.save()
    client.force_login(person)
    assert client.get("/counter/register/")["Location"] == "/account/password/"
    assert "请先把初始密码改成" in text(client.get("/account/password/"))
    wrong = client.post(
        "/account/password/", {"old_password": "given-by-office-1", "new_password1": "", "new_password2": ""}
    )
    assert "请填写新密码" in text(wrong)
    own = "brook-lantern-47"
    client.post(
        "/account/password/",
        {"old_password": "given-by-office-1", "new_password1": own, "new_password2": own},
    )
    assert client.get("/counter/register/").status_code == 200


def test_signing_out_takes_a_button_press(client: Client, town: Town) -> None:
    client.force_login(town.intake)
    assert client.get("/account/logout/").status_code == 405
    client.post("/account/logout/")
    assert client.get("/counter/register/").status_code == 302


def test_guessing_a_password_locks_the_account_for_a_while(client: Client, town: Town, settings: Any) -> None:
    town.intake.set_password("long-enough-1")
    town.intake.save()
    tries = {"username": town.intake.username, "password": "wrong"}
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = client.post("/account/login/", tries)
    assert answer.status_code == 429
    assert "登录已暂时锁定" in text(answer)
    assert client.post("/account/login/", tries | {"password": "long-enough-1"}).status_code == 429


def test_a_blank_form_is_there_for_those_who_apply_on_paper(client: Client, town: Town) -> None:
    address = f"/apply/{town.office.code}/form.pdf"
    assert f'href="{address}"' in text(client.get(f"/apply/{town.office.code}/"))
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert client.get("/apply/nobody/form.pdf").status_code == 404
