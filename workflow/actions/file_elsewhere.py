"""File what is another office's there, with the applicant's consent (代为提出); tie copies of one letter (关联)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from office.models import Office
from workflow.actions._files import attach
from workflow.actions.consult import item_of
from workflow.actions.submit import file_for
from workflow.errors import BadRequest
from workflow.fire import Work, fire
from workflow.models import Case, CaseLink, Party
from workflow.requests import FileData, PartyData, RequestData


def file_elsewhere(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, item_seq: int, office_id: int, consent: str,
    proof: FileData | None = None, expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """File an item at the office that answers for it, as that office's new request with its own receipt and clock.

    The first office's own reply is due all the same: filing elsewhere moves none of its dates (条例36(5)).

    :param consent: when and how the applicant agreed; without it nobody's request is filed for them
    """
    if not consent.strip():
        raise BadRequest("no_consent", "请写明申请人何时以何种方式同意代为提出", field="consent")

    def effect(case: Case, work: Work) -> None:
        item = item_of(case, item_seq)
        office = Office.objects.filter(pk=office_id, is_active=True).exclude(pk=case.office_id).first()
        if item is None or office is None:
            raise BadRequest("no_such_office", "请选择事项和本平台的其他机关", field="office")
        filed = case.links.filter(kind=CaseLink.Kind.FILED, other__office=office).select_related("other")
        if any(link.other.external_number == _reference(case, item_seq) for link in filed):
            raise BadRequest("filed", f"第{item_seq}项已经代为向{office.name}提出", field="office")
        request = RequestData(
            office_id=office.pk, channel="pushed", arrived_on=on, parties=_parties(case), items=(item.description,),
            wanted_form=case.wanted_form, service=_service(case, office), external_number=_reference(case, item_seq),
        )  # fmt: skip
        other = file_for(
            office, request=request, by=by, on=on, now=now, act_id=uuid.uuid5(work.act_id, "filed")
        )
        CaseLink.objects.create(case=case, other=other, kind=CaseLink.Kind.FILED, linked_on=on)
        if proof is not None:
            attach(case, work, FileData(proof.name, proof.content, "authority"))
        work.note.update(item=item_seq, office=office.name, number=other.number)
        work.remark(consent)

    return fire(
        case_id, "file_elsewhere", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def link_copy(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, other_id: int,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Tie this request to another office's copy of the same letter; each office answers its own."""

    def effect(case: Case, work: Work) -> None:
        other = (
            Case.objects.filter(pk=other_id)
            .exclude(office_id=case.office_id)
            .select_related("office")
            .first()
        )
        if other is None or not _same_applicant(case, other):
            raise BadRequest("no_copy", "所选案件不是同一申请人向其他机关提出的申请", field="other")
        if case.links.filter(other=other).exists():
            raise BadRequest("linked", "已经关联", field="other")
        CaseLink.objects.create(case=case, other=other, kind=CaseLink.Kind.COPY, linked_on=on)
        CaseLink.objects.get_or_create(
            case=other, other=case, defaults={"kind": CaseLink.Kind.COPY, "linked_on": on}
        )
        work.note.update(office=other.office.name, number=other.number)

    return fire(
        case_id,
        "link_copy",
        by=by,
        on=on,
        now=now,
        effect=effect,
        expected_version=expected_version,
        act_id=act_id,
    )


def _reference(case: Case, item_seq: int) -> str:
    return f"{case.office.doc_code}{case.number}/{item_seq}"


def _service(case: Case, office: Office) -> str:
    electronic = case.service in ("portal", "email")
    return "post" if electronic and not office.reconsideration_online else str(case.service)


def _same_applicant(case: Case, other: Case) -> bool:
    known = [party.id_hash for party in case.applicants() if party.id_hash]
    return Party.objects.filter(case=other, part="applicant", id_hash__in=known).exists()


def _parties(case: Case) -> tuple[PartyData, ...]:
    return tuple(
        PartyData(
            part=row.part, kind=row.kind, name=row.name, id_kind=row.id_kind, id_number=_open(row.id_number),
            contact_name=row.contact_name, phone=_open(row.phone), email=_open(row.email), address=_open(row.address),
            postcode=row.postcode, scope=row.scope, until_on=row.until_on, signed=row.signed,
        )
        for row in case.all_parties()
    )  # fmt: skip


def _open(sealed: object) -> str:
    reveal = getattr(sealed, "reveal", None)
    return str(reveal()) if sealed and reveal else ""
