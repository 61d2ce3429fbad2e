"""File a new request (提出申请、收件)."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from calendars import published
from letters.render_paper import unprintable
from office import keys
from office.actors import Actor
from office.models import Office
from office.roles import Role
from office.rows import only
from workflow.actions._files import attach
from workflow.alike.index import enter
from workflow.errors import BadRequest, NotYourRole
from workflow.fire import Work, open_case, reread
from workflow.kinds import PartyRole, Service
from workflow.locking import one_transaction
from workflow.models import Case, Item, Party
from workflow.models.party import identity_hash, normal_identity
from workflow.numbering import draw_case_number
from workflow.requests import PartyData, RequestData, without_invisible

TITLE_LENGTH = 40


@dataclass(frozen=True)
class Submitted:
    """A case just filed and the query code, shown this once and stored only as a hash."""

    case: Case
    query_code: str


def submit(
    *, request: RequestData, by: Actor, on: dt.date, now: dt.datetime, act_id: uuid.UUID | None = None
) -> Submitted:
    """File a request: number, parties, items, attachments, first dates; one transaction.

    A portal request is received on the day of submission and its clock runs at once; plain post, fax and
    e-mail wait for ``confirmed_on`` (条例31). The same ``act_id`` files once and gives the same query code. Raises BadRequest naming the
    field for what 条例29 demands and the request lacks.
    """
    fresh, act_id = act_id is None, act_id or uuid.uuid4()
    office = Office.objects.get(pk=request.office_id)
    if request.channel != "portal":
        _may_take_in(request, office, by)
    request = without_invisible(request)
    check(request, on=on)
    check_characters(request)
    if request.service in (Service.PORTAL, Service.EMAIL) and not office.reconsideration_online:
        raise BadRequest(
            "no_online_remedy",
            f"{office.name}尚未开通线上行政复议渠道，答复书不能网上送达（行政复议法第二十二条），请选择邮寄或者当面领取",
            field="service",
        )
    with one_transaction(), published.pinned():
        seq = draw_case_number(office.pk, on.year)
        if not fresh and (earlier := only(Case.objects.filter(submission_id=act_id))) is not None:
            transaction.set_rollback(True)
            return Submitted(earlier, keys.query_code_for(act_id))
        case = _filed(request, office, seq, by=by, on=on, now=now, act_id=act_id)
    return Submitted(reread(case), keys.query_code_for(act_id))


def file_for(
    office: Office, *, request: RequestData, by: Actor, on: dt.date, now: dt.datetime, act_id: uuid.UUID
) -> Case:
    """File a request at another office for its applicant, inside the transaction of the act that does so.

    What a request lacks is asked for there by a supplement; nothing is asked of whoever hands it over.
    """
    return _filed(request, office, draw_case_number(office.pk, on.year), by=by, on=on, now=now, act_id=act_id)


def _may_take_in(request: RequestData, office: Office, by: Actor) -> None:
    """Let in the office's own intake, and that of an office of the same government that got its letter first."""
    if Role.INTAKE in by.roles_in(office.pk):
        return
    first = Office.objects.filter(pk=request.handed_by).first() if request.handed_by else None
    if first is None or Role.INTAKE not in by.roles_in(first.pk):
        raise NotYourRole("not_your_role", "收件须由登记员办理")
    if _government(first) is None or _government(first) != _government(office):
        raise BadRequest(
            "other_government",
            f"{office.name}不属于同一政府，不能内部转送，请告知申请人向其提出",
            field="office",
        )


def _government(office: Office) -> int | None:
    """Name the government an office belongs to: itself, or the nearest one above it."""
    chain = [office, *office.ancestors()]
    return next((row.pk for row in chain if row.kind == "government"), None)


def _filed(
    request: RequestData,
    office: Office,
    seq: int,
    *,
    by: Actor,
    on: dt.date,
    now: dt.datetime,
    act_id: uuid.UUID,
) -> Case:
    applicant = next(p for p in request.parties if p.part == PartyRole.APPLICANT)
    case = Case(
        submission_id=act_id, office=office, year=on.year, seq=seq, title=request.title or brief(request.items[0]),
        channel=request.channel, external_number=request.external_number,
        addressed_to=request.addressed_to, applicant_kind=applicant.kind,
        applicant_name=_names(request), wanted_form=request.wanted_form, service=request.service,
        arrived_on=request.arrived_on, confirmed_on=request.confirmed_on,
        query_code_hash=keys.hash_query_code(keys.query_code_for(act_id)), handed_by_id=request.handed_by,
    )  # fmt: skip
    _first_receipt(case)
    open_case(case, by=by, on=on, now=now, act_id=act_id, effect=lambda c, work: _fill(c, work, request))
    return case


def check(request: RequestData, *, on: dt.date) -> None:
    """Refuse a request that lacks what the law asks of it, naming the field."""
    applicants = [p for p in request.parties if p.part == PartyRole.APPLICANT]
    if not applicants:
        raise BadRequest("no_applicant", "请填写申请人", field="name")
    if not request.items or any(not item.strip() for item in request.items):
        raise BadRequest("no_item", "请写明所需信息的名称、文号或者便于查询的其他特征性描述", field="items")
    if request.arrived_on > on:
        raise BadRequest("arrived_in_future", "到达日期不能晚于今天", field="arrived_on")
    if request.confirmed_on and not request.arrived_on <= request.confirmed_on <= on:
        raise BadRequest("bad_confirmation", "确认日期应在到达日期与今天之间", field="confirmed_on")
    for party in applicants:
        for field, given, word in (
            ("name", party.name, "姓名或者名称"),
            ("id_number", party.id_number, "身份证明"),
            ("phone", party.phone or party.email or party.address, "联系方式"),
        ):
            # what a letter or a visitor lacks is made good by a supplement: those are never refused (条例30)
            if not given.strip() and (request.channel == "portal" or field == "name"):
                raise BadRequest("missing_element", f"请填写申请人的{word}", field=field)
    for party in request.parties:
        if party.part == PartyRole.AGENT and not party.scope:
            raise BadRequest("no_scope", "请写明委托代理人的代理权限", field="scope")


def check_characters(request: RequestData) -> None:
    """Refuse a character that no face has where it is first written: the letters will have to show it."""
    written = [("items", f"所需信息第{n}项", item) for n, item in enumerate(request.items, 1)]
    for party in request.parties:
        written += [("name", "姓名或者名称", party.name), ("contact_name", "联系人", party.contact_name)]
        written += [("address", "地址", party.address)]
    for field, where, text in written:
        if char := unprintable(text):
            raise BadRequest(
                "no_glyph",
                f"{where}中的{char}印不出来，请改写或者删去；是生僻字的，请核对后换用标准字形，仍不能输入的请联系受理机关",
                field=field,
            )


def brief(text: str) -> str:
    """Make a short title of an item's description."""
    line = " ".join(text.split())
    return line if len(line) <= TITLE_LENGTH else f"{line[: TITLE_LENGTH - 1]}…"


def _names(request: RequestData) -> str:
    names = [p.name for p in request.parties if p.part == PartyRole.APPLICANT]
    return names[0] if len(names) == 1 else f"{names[0]}等{len(names)}人"


def _first_receipt(case: Case) -> None:
    """Set the legal day of receipt where the channel fixes it at once, before the row is first written."""
    from workflow.clock import CACHED, reading_of_new

    first = reading_of_new(case)
    for name in CACHED:
        setattr(case, name, getattr(first, name))


def _fill(case: Case, work: Work, request: RequestData) -> None:
    for position, party in enumerate(request.parties, start=1):
        Party.objects.create(case=case, position=position, **_party_columns(party))
    words = [text.strip() for text in request.items]
    Item.objects.bulk_create(
        Item(case=case, seq=place, description=text, text_id=number)
        for place, (text, number) in enumerate(zip(words, enter(case.office_id, words), strict=True), start=1)
    )
    for file in request.files:
        attach(case, work, file)
    work.note["channel"] = request.channel
    work.note["items"] = len(request.items)
    work.notify("workflow.new_case", "submitted")


def _party_columns(party: PartyData) -> dict[str, object]:
    number = normal_identity(party.id_number)
    return {
        "part": party.part, "kind": party.kind, "name": party.name.strip(), "id_kind": party.id_kind,
        "id_number": number, "id_hash": identity_hash(number) if number else "",
        "contact_name": party.contact_name, "phone": party.phone, "email": party.email,
        "address": party.address, "postcode": party.postcode, "scope": party.scope,
        "until_on": party.until_on, "signed": party.signed,
    }  # fmt: skip
