"""Documents attached, replaced, hidden and reviewed: what each act brings and refuses."""

from __future__ import annotations

import datetime as dt

import pytest

from office import files
from office.models import JournalEntry, StoredFile
from tests.review.at_home import at_home
from tests.review.documents import found
from tests.review.makers import PLAIN, STAMPED, pdf_of, zip_of
from tests.review.reviewing import CARD, agreed, attach, begun, refused, replaced, said, signed_off
from tests.workflow.factories import DAY, at, searched
from workflow.actions import (
    add_holding,
    classified_card,
    propose,
    secrecy_marks,
)
from workflow.actions.classified_card import CardData
from workflow.errors import NotNow
from workflow.models import (
    Case,
    ClassifiedCard,
    Holding,
    HoldingVersion,
    SecrecyMark,
    WorkingCopy,
)
from workflow.permissions import why_not
from workflow.requests import FileData
from workflow.review import copies
from workflow.selectors.holdings import visible_holdings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_home(monkeypatch):
    at_home(monkeypatch)


def _add(town, case, content=PLAIN, name="方案.txt", **changes):
    return add_holding.add_holding(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), item_seq=1, holding=said(**changes),
        original=FileData(name, content, "holding"),
    )  # fmt: skip


def test_a_document_is_sealed_by_its_hash_and_its_copy_waits(town, case):
    row = attach(town, case, copied=False)
    version = row.current
    assert files.read(version.file) == PLAIN
    assert (version.number, version.kind, version.name) == (1, "txt", "方案.txt")
    assert WorkingCopy.objects.get(version=version).status == "waiting"
    assert copies.waiting() == [version.pk]


@pytest.mark.parametrize(
    "changes, name, content, code",
    [
        ({"secrecy": "classified"}, "方案.txt", PLAIN, "classified"),
        ({}, "机密★关于方案的请示.txt", PLAIN, "marked"),
        ({}, "【秘密】方案.txt", PLAIN, "marked"),
        ({}, "方案.txt", STAMPED, "marked"),
        ({}, "包.zip", zip_of({"一.txt": PLAIN, "二.txt": STAMPED}), "marked"),
        ({}, "包.zip", zip_of({"一.txt": PLAIN, "内.zip": zip_of({"x.txt": PLAIN})}), "file_nested"),
        ({}, "包.zip", zip_of({"../../etc/一.txt": PLAIN}), "file_path"),
        ({}, "程序.exe", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff", "file_kind"),
        ({}, "空.pdf", b"", "file_empty"),
        ({"title": " "}, "方案.txt", PLAIN, "no_title"),
        ({"formed_on": dt.date(2031, 1, 1)}, "方案.txt", PLAIN, "in_the_future"),
        ({"source": "found"}, "方案.txt", PLAIN, "bad_choice"),
        ({"from_classified": True}, "方案.txt", PLAIN, "no_note"),
        ({"secrecy": "declassified"}, "方案.txt", PLAIN, "no_former_mark"),
        ({"secrecy": "declassified", "former_mark": "秘密★5年", "declassified_on": DAY}, "方案.txt", PLAIN, "no_basis"),
    ],
)  # fmt: skip
def test_what_may_not_be_here_is_not_stored_at_all(town, case, changes, name, content, code):
    before = StoredFile.objects.count()
    message = refused(code, _add, town, case, content, name, **changes)
    assert any("\u4e00" <= char <= "\u9fff" for char in message)
    assert StoredFile.objects.count() == before
    assert Holding.objects.count() == 0


def test_a_zip_becomes_a_document_for_each_of_its_files(town, case):
    packed = zip_of({"一、方案.txt": PLAIN, "附图/二、范围.pdf": pdf_of("map"), "__MACOSX/._一": b"x"})
    _add(town, case, packed, "材料.zip")
    rows = list(Holding.objects.filter(case=case).order_by("seq"))
    assert [row.title for row in rows] == [
        "土地征收补偿安置方案（一、方案）",
        "土地征收补偿安置方案（二、范围）",
    ]
    assert {files.read(row.current.archive) for row in rows} == {packed}


def test_a_declassified_document_is_taken_with_its_old_mark(town, case):
    row = attach(
        town, case, STAMPED, name="请示.txt", secrecy="declassified", former_mark="机密★10年", declassified_on=DAY,
        declassified_basis="云解密〔2025〕3号",
    )  # fmt: skip
    assert row.status == "open"
    assert WorkingCopy.objects.get(version=row.current).status == "ready"


def test_a_new_version_keeps_the_old_one_and_must_differ(town, case):
    row = attach(town, case, copied=False)
    replaced(town, row, PLAIN + "补充\n".encode())
    row = Holding.objects.get(pk=row.pk)
    assert [(v.number, v.file is not None) for v in row.versions.order_by("number")] == [(1, True), (2, True)]
    assert [c.status for c in WorkingCopy.objects.order_by("pk")] == ["stopped", "waiting"]
    refused("same_file", replaced, town, row, PLAIN + "补充\n".encode())
    refused("one_file", replaced, town, row, zip_of({"a.txt": PLAIN}))


# -- quarantine -------------------------------------------------------------------------------------
def test_anybody_on_the_case_may_have_a_document_hidden_at_once(town, case):
    row = signed_off(town, case)
    secrecy_marks.report_mark(
        case_id=case.pk, by=town.signatory, on=DAY, now=at(DAY), holding_id=row.pk, where="第1页右上角"
    )
    row = Holding.objects.get(pk=row.pk)
    assert (row.status, row.review.status) == ("quarantined", "void")
    assert not visible_holdings(town.handler).exists()
    assert visible_holdings(town.secrecy).get() == row
    propose.propose(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), item_seq=1, outcome="disclose", grounds=[], reason="",
        facts={"provided": "随本答复书提供纸质复印件1份，共12页"},
    )  # fmt: skip
    assert "隔离" in why_not(searched(town, case), "send_to_review", by=town.handler, on=DAY).message
    assert JournalEntry.objects.filter(subject=case.subject_ref, key="case.quarantine").count() == 1


TABLE = "采薇村方案\n密级 秘密级别不适用本表\n".encode()


def test_released_it_is_there_again_and_what_was_rejected_is_remembered(town, case):
    version = found(town, case, TABLE)
    assert copies.make(version.pk, now=at(DAY)) == "stopped"
    secrecy_marks.settle_quarantine(
        case_id=case.pk, by=town.secrecy, on=DAY, now=at(DAY), holding_id=version.holding_id, fate="release",
        reason="是表格栏目名称，不是标志",
    )  # fmt: skip
    assert Holding.objects.get().status == "open"
    assert copies.make(version.pk, now=at(DAY)) == "ready"
    assert visible_holdings(town.handler).exists()


def test_what_only_looks_like_a_mark_is_taken_with_the_reason_and_settled_by_the_secrecy_body(town, case):
    refused("marked", attach, town, case, TABLE)
    row = attach(town, case, TABLE, not_marked="“密级”是表格的栏目名称")
    assert row.status == "open"
    row = agreed(town, begun(town, row), "unit_head")
    with pytest.raises(NotNow, match="认定"):
        agreed(town, row, "secrecy")
    mark = SecrecyMark.objects.get(version=row.current)
    secrecy_marks.settle_mark(
        case_id=case.pk,
        by=town.secrecy,
        on=DAY,
        now=at(DAY),
        mark_id=mark.pk,
        accepted=True,
        reason="确是密级",
    )
    assert Holding.objects.get().status == "quarantined"


def test_removed_its_file_is_gone_and_a_card_is_left(town, case, django_capture_on_commit_callbacks):
    packed = zip_of({"一.txt": PLAIN, "二.txt": PLAIN + b"2"})
    _add(town, case, packed, "包.zip")
    row, other = Holding.objects.filter(case=case).order_by("seq")
    secrecy_marks.report_mark(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), holding_id=row.pk, where="第1页"
    )
    kept = StoredFile.objects.count()
    given = dict(
        case_id=case.pk,
        by=town.secrecy,
        on=DAY,
        now=at(DAY),
        holding_id=row.pk,
        fate="remove",
        reason="经核实属于秘密",
    )
    refused("no_card", secrecy_marks.settle_quarantine, **given)
    with django_capture_on_commit_callbacks(execute=True):
        secrecy_marks.settle_quarantine(**given, card=CARD)
    version = HoldingVersion.objects.get(holding=row)
    assert (version.file, version.archive, len(version.sha256)) == (None, None, 64)
    assert StoredFile.objects.count() == kept - 2
    assert HoldingVersion.objects.get(holding=other).file is not None
    assert ClassifiedCard.objects.get().title == ""
    assert "方案" not in Holding.objects.get(pk=row.pk).title


# -- cards ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "changes, code",
    [
        ({"number": ""}, "missing_field"),
        ({"grade": "internal"}, "bad_grade"),
        ({"title": "关于某方案的请示"}, "title_not_open"),
    ],
)
def test_a_card_says_what_it_must_and_no_more(town, case, changes, code):
    card = CardData(**({name: getattr(CARD, name) for name in CARD.__dataclass_fields__} | changes))
    refused(
        code,
        classified_card.register_card,
        case_id=case.pk,
        by=town.handler,
        on=DAY,
        now=at(DAY),
        item_seq=1,
        card=card,
    )


def test_a_card_gets_the_conclusion_that_was_made_outside(town, case):
    classified_card.register_card(
        case_id=case.pk, by=town.handler, on=DAY, now=at(DAY), item_seq=1, card=CARD
    )
    card = ClassifiedCard.objects.get()
    given = dict(
        case_id=case.pk,
        by=town.secrecy,
        on=DAY,
        now=at(DAY),
        card_id=card.pk,
        concluded_on=DAY,
        concluded_by="局保密委员会",
    )
    refused("no_basis", classified_card.conclude_card, conclusion="refuse", basis=" ", **given)
    classified_card.conclude_card(conclusion="refuse", basis="保密期限未满", **given)
    assert ClassifiedCard.objects.get().conclusion == "refuse"
    assert why_not(Case.objects.get(pk=case.pk), "conclude_card", by=town.handler, on=DAY).message.startswith(
        "没有等待结论"
    )
