"""The second person (复核): looks at every changed page, before and after, then passes the copy or returns it."""

from __future__ import annotations

import datetime as dt
import uuid

from office import journal
from office.models import User
from office.roles import Role
from workflow.errors import BadRequest, NotNow, NotSeparated, NotYourRole
from workflow.locking import one_transaction
from workflow.models import Case, CopyLook, DisclosedCopy
from workflow.redaction_kinds import DiscloseState
from workflow.review.disclosing.hands import people
from workflow.review.marking.doing import checked_reason

PASSED, RETURNED = "case.copy_passed", "case.copy_returned"
CHECKERS = frozenset({str(Role.REDACTION), str(Role.SECRECY), str(Role.HEAD)})


def why_no_check(user: User, copy: DisclosedCopy) -> str | None:
    """Say why a person may not check a copy, or None."""
    refusal = _refusal(user, copy)
    return refusal.message if refusal else None


def look(*, copy_id: int, by: User, on: dt.date, now: dt.datetime, page: int) -> list[int]:
    """Note that the second person has looked at a changed page; return the pages they still have to look at."""
    with one_transaction():
        copy = _to_check(copy_id, by)
        if page not in copy.changed_pages:
            raise BadRequest("not_changed", f"第{page}页没有遮盖", field="page")
        CopyLook.objects.get_or_create(copy=copy, user=by, page=page, defaults={"looked_at": now})
        return unseen(copy, by)


def pass_copy(
    *, copy_id: int, by: User, on: dt.date, now: dt.datetime, act_id: uuid.UUID | None = None
) -> DisclosedCopy:  # fmt: skip
    """Pass a copy whose changed pages this person has all looked at."""
    with one_transaction():
        copy = _to_check(copy_id, by)
        if left := unseen(copy, by):
            first = "、".join(str(page) for page in left[:8])
            raise NotNow("pages_unseen", f"还有{len(left)}页有遮盖的页没有看过：第{first}页", field="copy")
        copy.status, copy.checked_by, copy.checked_on = DiscloseState.PASSED, by, on
        copy.save(update_fields=["status", "checked_by", "checked_on"])
        _tell(copy, PASSED, by=by, on=on, now=now, act_id=act_id, pages=len(copy.changed_pages))
        return copy


def return_copy(
    *, copy_id: int, by: User, on: dt.date, now: dt.datetime, reason: str, act_id: uuid.UUID | None = None
) -> DisclosedCopy:  # fmt: skip
    """Return a copy to those who redacted it, with the reason."""
    told = checked_reason(reason)
    with one_transaction():
        copy = _to_check(copy_id, by)
        copy.status, copy.reason = DiscloseState.RETURNED, told
        copy.checked_by, copy.checked_on = by, on
        copy.save(update_fields=["status", "reason", "checked_by", "checked_on"])
        _tell(copy, RETURNED, by=by, on=on, now=now, act_id=act_id, pages=len(copy.changed_pages))
        return copy


def unseen(copy: DisclosedCopy, user: User) -> list[int]:
    """Return the changed pages of a copy that a person has not looked at."""
    seen = set(copy.looks.filter(user=user).values_list("page", flat=True))
    return [page for page in copy.changed_pages if page not in seen]


def _to_check(copy_id: int, by: User) -> DisclosedCopy:
    found = DisclosedCopy.objects.select_related("version__holding__case__office").filter(pk=copy_id).first()
    if found is None:
        raise BadRequest("no_such_copy", "没有这份公开副本", field="copy")
    Case.objects.locked(found.case_id)
    found.refresh_from_db(fields=["status"])
    if refusal := _refusal(by, found):
        raise refusal
    return found


def _refusal(by: User, copy: DisclosedCopy) -> NotNow | NotYourRole | NotSeparated | None:
    if copy.status != DiscloseState.TO_CHECK:
        return NotNow(
            "not_to_check", f"公开副本现为「{copy.get_status_display()}」，不在复核中", field="copy"
        )
    if not by.roles_in(copy.office_id) & CHECKERS:
        return NotYourRole(
            "not_your_role", "复核由去标识化审查员、保密审查员或者工作机构负责人办理", field="copy"
        )
    if by.principals & people(copy):
        return NotSeparated("same_person", "您参与过这份材料的遮盖，须由另一人复核", field="copy")
    return None


def _tell(
    copy: DisclosedCopy,
    key: str,
    *,
    by: User,
    on: dt.date,
    now: dt.datetime,
    act_id: uuid.UUID | None,
    pages: int,
) -> None:
    case = copy.version.holding.case
    data = {
        "holding": copy.version.holding.seq,
        "version": copy.version.number,
        "number": copy.number,
        "pages": pages,
    }
    journal.write(
        subject=case.subject_ref, key=key, by=by, on=on, now=now, office_id=case.office_id, act_id=act_id or uuid.uuid4(),
        data=data,
    )  # fmt: skip
