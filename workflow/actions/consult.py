"""Ask third parties before disclosing what may hurt them (征求意见)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from office.actors import Actor
from workflow import paper_facts
from workflow.actions._files import attach
from workflow.actions._service import serve_at_once
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, Consultation, Item
from workflow.requests import ConsultedParty, FileData


def consult(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, party_name: str, subject: str,
    party_address: str = "", party_kind: str = "org", concern: str = "合法权益",
    delivered_on: dt.date | None = None, item_seq: int | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Send the written consultation and tell the applicant that the time it takes is not counted (条例32, 33).

    The letter to the third party names no applicant. ``subject`` says what is meant to be disclosed.
    """
    if not party_name.strip():
        raise BadRequest("no_party", "请填写第三方的姓名或者名称", field="party_name")
    party = ConsultedParty(party_name.strip(), party_kind, party_address.strip(), delivered_on)
    needs_subject(subject)

    def effect(case: Case, work: Work) -> None:
        item = item_of(case, item_seq)
        _ask_all(case, work, [party], subject=subject, concern=concern, item=item)

    return fire(
        case_id,
        "consult",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def consult_list(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, parties: Sequence[ConsultedParty], subject: str,
    concern: str = "合法权益", item_seq: int | None = None, source: FileData | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Send one letter to each party of a list and one notice to the applicant; all of them or none.

    :param source: the table the list was read from, kept with the case
    """
    if not parties:
        raise BadRequest("no_party", "名单里没有第三方", field="list")
    needs_subject(subject)

    def effect(case: Case, work: Work) -> None:
        asked = {(row.party_name, row.party_address) for row in case.open_consultations()}
        twice = [party.name for party in parties if (party.name, party.address) in asked]
        if twice:
            raise BadRequest(
                "asked_twice", f"{'、'.join(twice[:5])}的意见正在征求，请从名单中删去", field="list"
            )
        if source is not None:
            attach(case, work, FileData(source.name, source.content, "party_list"))
        _ask_all(case, work, parties, subject=subject, concern=concern, item=item_of(case, item_seq))
        work.note["parties"] = len(parties)

    return fire(
        case_id, "consult_list", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def needs_subject(subject: str) -> None:
    """Refuse a consultation that does not say what is meant to be disclosed."""
    if not subject.strip():
        raise BadRequest("no_subject", "请写明拟公开、可能涉及第三方权益的内容", field="subject")


def item_of(case: Case, item_seq: int | None) -> Item | None:
    """Return the item a consultation is about, or None for the whole request."""
    if item_seq is None:
        return None
    item = next((row for row in case.items_in_order() if row.seq == item_seq), None)
    if item is None:
        raise BadRequest("no_such_item", "没有这一项申请事项", field="item_seq")
    return item


def _ask_all(
    case: Case,
    work: Work,
    parties: Sequence[ConsultedParty],
    *,
    subject: str,
    concern: str,
    item: Item | None,
) -> None:
    row = None
    for party in parties:
        row = Consultation(
            case=case, kind=Consultation.Kind.THIRD, party_name=party.name, subject=subject.strip(),
            party_address=party.address, party_kind=party.kind, concern=concern.strip(), sent_on=work.on,
            delivered_on=party.delivered_on, item=item,
        )  # fmt: skip
        row.paper = work.seal("consultation_third_party", paper_facts.consultation(case, row, on=work.on))
        row.save()
        put_on_clock(work, row)
    assert row is not None  # there is at least one party
    tell_applicant(case, work, row)


def put_on_clock(work: Work, row: Consultation) -> None:
    """Record that a consultation went out: from here its time does not count, as far as the law says so."""
    work.event(
        "consultation_sent", paper=row.paper, id=str(row.pk), party=str(row.kind),
        delivered_on=row.delivered_on.isoformat() if row.delivered_on else None,
    )  # fmt: skip


def tell_applicant(case: Case, work: Work, row: Consultation) -> None:
    """Tell the applicant that others are asked, without naming them."""
    told = work.seal("consultation_applicant_notice", paper_facts.consultation_notice(case, row, on=work.on))
    serve_at_once(case, work, told)
