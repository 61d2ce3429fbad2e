"""Ask a joint maker, or another organ, for its opinion (征求共同制作机关意见、协办)."""

from __future__ import annotations

import datetime as dt
import uuid

from office.actors import Actor
from office.models import Office
from workflow import paper_facts_before
from workflow.actions.consult import item_of, needs_subject, put_on_clock, tell_applicant
from workflow.errors import BadRequest
from workflow.fire import Effect, Work, fire
from workflow.models import Case, Consultation


def consult_joint(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, subject: str, office_id: int | None = None,
    office_name: str = "", address: str = "", item_seq: int | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Ask an organ that made the information jointly: 15 working days, and silence is consent (条例34).

    :param office_id: the organ, where it is an office of this platform; else ``office_name`` and ``address``
    """
    effect = _ask(
        Consultation.Kind.JOINT, "consultation_joint", subject, office_id, office_name, address, item_seq
    )
    return fire(
        case_id, "consult_joint", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def ask_assistance(
    *, case_id: int, by: Actor, on: dt.date, now: dt.datetime, subject: str, office_id: int | None = None,
    office_name: str = "", address: str = "", item_seq: int | None = None,
    expected_version: int | None = None, act_id: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Ask another organ to confirm or to help (协办函; 条例11, 33): its silence decides nothing."""
    effect = _ask(
        Consultation.Kind.AGENCY, "assistance_letter", subject, office_id, office_name, address, item_seq
    )
    return fire(
        case_id, "ask_assistance", by=by, on=on, now=now, effect=effect, expected_version=expected_version,
        act_id=act_id,
    )  # fmt: skip


def _ask(
    kind: Consultation.Kind, paper: str, subject: str, office_id: int | None, name: str, address: str,
    item_seq: int | None,
) -> Effect:  # fmt: skip
    needs_subject(subject)

    def effect(case: Case, work: Work) -> None:
        office = None
        if office_id is not None:
            office = Office.objects.filter(pk=office_id, is_active=True).exclude(pk=case.office_id).first()
            if office is None:
                raise BadRequest("no_such_office", "请选择本平台的其他机关", field="office")
        asked = office.name if office else name.strip()
        if not asked:
            raise BadRequest("no_office", "请选择或者填写被征求意见的机关", field="office")
        row = Consultation(
            case=case, kind=kind, party_name=asked, party_address=office.address if office else address.strip(),
            party_kind="org", concern="", subject=subject.strip(), sent_on=work.on, office=office,
            item=item_of(case, item_seq),
        )  # fmt: skip
        row.paper = work.seal(paper, paper_facts_before.office_consultation(case, row, on=work.on))
        row.save()
        put_on_clock(work, row)
        tell_applicant(case, work, row)
        work.note["office"] = asked
        if office is not None:
            work.notify("workflow.letter_came", f"letter_came:{row.pk}", letter=row.pk)

    return effect
