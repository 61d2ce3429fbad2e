"""Many cases at once, leave and leaving, through their pages."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.models import Paper
from office.models import Delegation, User
from tests.workflow.factories import DAY, Town, add_person, at, handled, make_town, registered, replied
from workflow.actions import assign
from workflow.handing import Asked
from workflow.models import Bulk, Case, Share

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
LAST = DAY + dt.timedelta(days=4)


def decide(client: Client, kind: str, cases: list[Case], step: str, act_id: str = "", **fields: object):
    data = {"case": [case.pk for case in cases], "step": step, "act_id": act_id or str(uuid.uuid4())} | fields
    return client.post(f"/desk/bulk/new/{kind}/", data)


def test_choose_preview_decide_and_watch(town: Town, as_: As) -> None:
    """The page says before what cannot be done and why, and after what became of every case."""
    good, done = handled(town), replied(town, service="post")
    client = as_(town.head)
    offered = client.get("/desk/bulk/new/extend/").content.decode()
    assert f'name="case" value="{good.pk}"' in offered
    assert f'name="case" value="{done.pk}"' not in offered, "what can never be extended is not offered"
    fields = {"days": "10", "reason": "需要调取历史档案"}
    preview = decide(client, "extend", [good, done], "preview", **fields).content.decode()
    assert "1 件能办" in preview
    assert "本件现为「已答复」，不能「批准延期」" in preview
    assert not Bulk.objects.exists()
    act_id = str(uuid.uuid4())
    answer = decide(client, "extend", [good, done], "confirm", act_id, **fields)
    bulk = Bulk.objects.get()
    assert answer["Location"] == f"/desk/bulk/{bulk.pk}/"
    page = client.get(answer["Location"]).content.decode()
    for words in ("共 2 件", "已办理 <b>1</b>", "没有办成 <b>1</b>", "不能「批准延期」", good.number):
        assert words in page
    assert Paper.objects.filter(kind="extension_notice").count() == 1
    again = decide(client, "extend", [good, done], "confirm", act_id, **fields)
    assert again["Location"] == answer["Location"]
    assert Bulk.objects.count() == 1


def test_nothing_chosen_and_nothing_filled_in(town: Town, as_: As) -> None:
    case, client = handled(town), as_(town.head)
    page = client.post("/desk/bulk/new/extend/", {"step": "preview"}).content.decode()
    assert "请至少选择一件" in page
    page = decide(client, "extend", [case], "preview", days="99", reason="").content.decode()
    assert "请填写延期的理由" in page
    assert "延长的期限应为 1 至 20 个工作日" in page
    assert f'value="{case.pk}" checked' in page.replace('"  ', '" ')


def test_who_may_look_and_decide(town: Town, as_: As) -> None:
    case = registered(town)
    assert as_(town.handler).get("/desk/bulk/new/extend/").status_code == 403
    assert as_(town.handler).get("/desk/bulk/new/urge/").status_code == 403
    assert as_(town.allocator).get("/desk/bulk/new/nonsense/").status_code == 404
    decide(as_(town.allocator), "assign", [case], "confirm", unit=town.unit.pk)
    (bulk,) = Bulk.objects.all()
    assert as_(town.allocator).get(f"/desk/bulk/{bulk.pk}/").status_code == 200
    assert as_(town.head).get(f"/desk/bulk/{bulk.pk}/").status_code == 200
    assert as_(town.handler).get(f"/desk/bulk/{bulk.pk}/").status_code == 404
    assert as_(make_town().head).get(f"/desk/bulk/{bulk.pk}/").status_code == 404
    outside = as_(make_town().allocator)
    foreign = decide(outside, "assign", [registered(town)], "confirm", unit=town.unit.pk)
    assert foreign.status_code in (200, 403)
    assert Bulk.objects.count() == 1
    admin = as_(town.admin).get(f"/desk/bulk/{bulk.pk}/").content.decode()
    assert case.title not in admin, "an administrator sees that it was done, and no case"


def test_a_delegate_decides_over_many_in_the_delegators_name(town: Town, as_: As) -> None:
    Delegation.objects.create(
        office=town.office, delegator=town.head, delegate=town.archivist, from_on=DAY, to_on=LAST, reason="出差",
        entered_by=town.head, entered_at=at(DAY),
    )  # fmt: skip
    decide(as_(town.archivist), "extend", [handled(town)], "confirm", days="5", reason="材料多")
    bulk = Bulk.objects.get()
    assert (bulk.started_by, bulk.acting_for) == (town.archivist, town.head)
    assert [line.status for line in bulk.lines.all()] == ["done"]


def test_enter_and_end_a_delegation(town: Town, as_: As) -> None:
    client = as_(town.handler)
    fields = {
        "delegator": town.handler.pk, "delegate": town.legal.pk, "from_on": DAY.isoformat(),
        "to_on": LAST.isoformat(), "reason": "年休假",
    }  # fmt: skip
    wrong = client.post("/desk/leave/", fields | {"to_on": "2026-02-01"}).content.decode()
    assert "截止日不能早于起始日" in wrong
    assert client.post("/desk/leave/", fields).status_code == 302
    case = handled(town)
    delegate = as_(town.legal)
    assert "办理（代承办人甲）" in delegate.get("/desk/").content.decode()
    page = delegate.get(f"/desk/case/{case.pk}/").content.decode()
    assert "记录检索（代承办人甲）" in page
    assert "您将代承办人甲办理" in delegate.get(f"/desk/case/{case.pk}/do/record_search/").content.decode()
    row = Delegation.objects.get()
    as_(town.legal).post(f"/desk/leave/{row.pk}/end/")
    assert Delegation.objects.get().ended_on is None, "the delegate does not end it"
    client.post(f"/desk/leave/{row.pk}/end/")
    assert Delegation.objects.get().ended_on == DAY
    assert delegate.get(f"/desk/case/{case.pk}/").status_code == 404


def test_hand_over_a_leavers_work_from_one_page(town: Town, as_: As) -> None:
    successor = add_person(town, "handler", unit=town.unit)
    cases = [handled(town) for _ in range(3)]
    client = as_(town.head)
    fields = {"leaver": town.handler.pk, "to": successor.pk, "act_id": str(uuid.uuid4())}
    asked = client.post("/desk/leaver/", fields).content.decode()
    assert "停用并移交 3 件" in asked
    assert User.objects.get(pk=town.handler.pk).is_active
    done = client.post("/desk/leaver/", fields | {"step": "confirm"})
    assert client.get(done["Location"]).status_code == 200
    assert {Case.objects.get(pk=case.pk).handler_id for case in cases} == {successor.pk}
    assert not User.objects.get(pk=town.handler.pk).is_active
    assert client.post("/desk/leaver/", fields | {"step": "confirm"})["Location"] == done["Location"]
    assert as_(town.handler).get("/desk/").status_code == 302
    assert as_(town.allocator).get("/desk/leaver/").status_code == 403


def test_the_last_holder_of_a_duty_is_named_before_they_leave(town: Town, as_: As) -> None:
    page = as_(town.head).post("/desk/leaver/", {"leaver": town.secrecy.pk, "to": ""}).content.decode()
    assert "没有其他人担任：保密审查员" in page


def test_what_is_mine_as_lead_and_as_co_handler(town: Town, as_: As) -> None:
    helper = add_person(town, "handler", unit=town.other_unit)
    case = registered(town)
    client = as_(town.allocator)
    answer = client.post(
        f"/desk/case/{case.pk}/do/assign/",
        {
            "unit": town.unit.pk, "handler": town.handler.pk, "days": "8", "co_units": [town.other_unit.pk],
            "matter": "提供会议纪要", "co_days": "3", "version": case.version, "step": "confirm",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    assert Share.objects.filter(case=case).count() == 2
    mine = as_(town.handler).get("/desk/").content.decode()
    assert re.search(r"牵头 · 内部还剩 8 个工作日", mine)
    theirs = as_(helper).get("/desk/").content.decode()
    assert re.search(r"协办 · 内部还剩 3 个工作日", theirs)
    page = as_(helper).get(f"/desk/case/{case.pk}/").content.decode()
    assert "提供会议纪要" in page
    assert "接收协办" in page


PAGES = ("/desk/", "/desk/unit/", "/desk/bulk/", "/desk/bulk/new/urge/", "/desk/leave/", "/desk/leaver/")


@pytest.mark.parametrize("path", PAGES)
def test_what_the_pages_cost(town: Town, as_: As, path: str) -> None:
    for _ in range(6):
        case = registered(town)
        assign.assign(
            case_id=case.pk, by=town.allocator, on=DAY, now=at(DAY), unit_id=town.unit.pk,
            handler_id=town.handler.pk, co=[Asked(town.other_unit.pk, matter="纪要")],
        )  # fmt: skip
    Delegation.objects.create(
        office=town.office, delegator=town.handler, delegate=town.head, from_on=DAY, to_on=LAST, reason="出差",
        entered_by=town.head, entered_at=at(DAY),
    )  # fmt: skip
    client = as_(town.head)
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(path)
    assert answer.status_code == 200
    assert len(asked) <= 25, [query["sql"][:90] for query in asked]
    assert len(answer.content) <= 200_000


def test_the_process_map(town: Town, as_: As) -> None:
    handled(town)
    page = as_(town.admin).get("/admin/flow/").content.decode()
    for words in ("登记", "分办", "承办", "保密审查", "去标识化审查", "法制审核", "签发", "送达", "归档"):
        assert words in page
    assert "<style" not in page
    assert "style=" not in page
    assert as_(town.head).get("/admin/flow/").status_code == 403
