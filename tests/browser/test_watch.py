"""The watch itself sees what it is there to see."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session


@pytest.fixture
def stray(page, live_server):
    page.goto("about:blank")
    return page


def test_an_outside_request_is_seen(stray, watch):
    stray.set_content('<img src="http://192.0.2.1:9/x.png" alt="">', wait_until="commit")
    stray.wait_for_timeout(200)
    assert any(line.startswith("outside request") for line in watch.complaints)
    watch.complaints.clear()


def test_a_script_fault_is_seen(stray, watch):
    stray.evaluate("() => { setTimeout(() => { throw new Error('gone wrong') }, 0) }")
    stray.wait_for_timeout(200)
    assert any("gone wrong" in line for line in watch.complaints)
    watch.complaints.clear()


def test_an_announced_complaint_passes(stray, watch):
    watch.expected.append("foreseen")
    stray.evaluate("() => console.error('foreseen')")
    stray.evaluate("() => console.error('not announced')")
    stray.wait_for_timeout(100)
    assert watch.unexpected() == ["console error: not announced"]
    watch.complaints.clear()


def test_axe_finds_a_field_without_a_name(new_page, axe_violations):
    page = new_page(bypass_csp=True)
    page.set_content('<html lang="zh"><title>题</title><main><h1>题</h1><input></main></html>')
    assert any("label" in line for line in axe_violations(page, here=True))


def test_a_person_is_signed_in_by_name(page, login):
    person = get_user_model().objects.create_user(username="wang")
    login(page, "wang")
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    session = Session.objects.get(session_key=cookies["sessionid"])
    assert session.get_decoded()["_auth_user_id"] == str(person.pk)
