"""Show an applicant, once, the query code of the request that was filed elsewhere for them (代为提出)."""

from __future__ import annotations

import datetime as dt
import uuid

from office import journal, keys
from workflow.actions.submit import Submitted
from workflow.actors import ApplicantActor
from workflow.errors import BadRequest
from workflow.locking import one_transaction
from workflow.models import Case, CaseLink

SHOWN = "case.show_code"


def show_code(
    *, case_id: int, link_id: int, by: ApplicantActor, on: dt.date, now: dt.datetime, act_id: uuid.UUID | None = None
) -> Submitted:  # fmt: skip
    """Give the applicant of a case the query code of a request filed elsewhere from it, this one time.

    The code lies nowhere: it is derived from the new request's own number, as when it was filed, and must fit the
    hash stored there. Raises BadRequest for a link that is not this case's, and for a code shown before.
    """
    with one_transaction():
        case = Case.objects.locked(case_id)
        link = (
            CaseLink.objects.filter(pk=link_id, case=case, kind=CaseLink.Kind.FILED)
            .select_related("other__office")
            .first()
        )
        if link is None or by.case_id != case.pk:
            raise BadRequest("no_such_filing", "没有为这份申请代为提出过这一申请", field="link")
        other = link.other
        if link.code_shown_on is not None:
            raise BadRequest(
                "code_shown",
                f"这一查询码已经显示过。遗失的，请凭身份证件向{other.office.name}查询编号 {other.number} 的办理情况",
                field="link",
            )
        code = keys.query_code_for(other.submission_id)
        if other.query_code_hash not in keys.query_code_hashes(code):
            raise BadRequest(
                "code_lost", f"这一查询码已经失效，请凭身份证件向{other.office.name}查询", field="link"
            )
        link.code_shown_on = on
        link.save(update_fields=["code_shown_on"])
        journal.write(
            subject=case.subject_ref, key=SHOWN, by=by, on=on, now=now, office_id=case.office_id,
            act_id=act_id or uuid.uuid4(), data={"office": other.office.name, "number": other.number},
        )  # fmt: skip
    return Submitted(other, code)
