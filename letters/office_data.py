"""Change what an office's letters print of it (机关资料): name, ways to reach it, where to go for remedies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from letters.models import OfficeChange
from letters.render_paper import unprintable
from office import journal
from office.errors import Refusal
from office.models import Office, User
from office.parameters import require_administrator

CHANGED = journal.register("office.changed", "{by}修改机关资料：{fields}")
NAMES = ("name", "doc_code", "disclosure_office", "letter_form")
REACHED = ("address", "postcode", "phone", "fax", "email", "office_hours", "website")
REMEDIES = (
    *("kind", "level", "government_name", "superior_department", "reconsideration_body", "court", "basic_court"),
    *("intermediate_court", "reconsideration_online"),
)  # fmt: skip
FIELDS = (*NAMES, *REACHED, *REMEDIES)
#: Without these no letter is whole.
NEEDED = ("name", "doc_code", "phone")


class BadOfficeData(Refusal):
    """Raised for data that cannot be an office's; names what is wrong with each field."""

    def __init__(self, faults: Mapping[str, list[str]]) -> None:
        self.faults = dict(faults)
        told = "；".join(line for lines in faults.values() for line in lines)
        super().__init__("bad_office_data", told, field=next(iter(faults)))


def data_of(office: Office) -> dict[str, str]:
    """Return what may be changed of an office."""
    return {name: str(getattr(office, name)) for name in FIELDS}


def state_of(office: Office) -> str:
    """Return a mark of an office's data, by which a form tells whether somebody changed them meanwhile."""
    plain = json.dumps(data_of(office), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def change(
    *, office_id: int, values: Mapping[str, str], reason: str, seen: str, by: User, on: date, now: datetime
) -> OfficeChange:
    """Change an office's data; letters already issued stay as they are, and drafts under review as they were reviewed.

    :param seen: the mark (`state_of`) of the data on the form this comes from
    Raises BadOfficeData naming each field, and Refusal for nothing changed, no reason, or somebody else's change meanwhile.
    """
    with transaction.atomic():
        office = Office.objects.select_for_update().filter(pk=office_id).first()
        if office is None:
            raise Refusal("no_office", "没有这个机关，请刷新页面")
        require_administrator(by, office)
        if state_of(office) != seen:
            raise Refusal("changed_meanwhile", "机关资料刚才已由别人修改，请核对后重新填写")
        before = data_of(office)
        after = {name: str(values[name]).strip() for name in FIELDS if name in values}
        told = {name: value for name, value in after.items() if value != before[name]}
        if not told:
            raise Refusal("unchanged", "没有修改任何一项")
        if not reason.strip():
            raise Refusal("no_reason", "请写明修改的理由", field="reason")
        _check(office, told)
        office.save(update_fields=list(told))
        row = OfficeChange.objects.create(
            office=office, before={name: before[name] for name in told}, after=told, reason=reason.strip()[:500], by=by,
            created_at=now,
        )  # fmt: skip
        # What was written stays in the row; the journal says which fields.
        labels = "、".join(str(Office._meta.get_field(name).verbose_name) for name in told)
        journal.write(
            subject=office.ref, key=CHANGED, by=by, on=on, now=now, office_id=office.pk, act_id=uuid4(),
            data={"change": row.pk, "fields": labels},
        )  # fmt: skip
    return row


def history(office: Office) -> list[OfficeChange]:
    """Return every change of an office's data, newest first."""
    return list(OfficeChange.objects.filter(office=office).select_related("by").order_by("-pk"))


def _check(office: Office, told: Mapping[str, str]) -> None:
    faults: dict[str, list[str]] = {}
    for name, value in told.items():
        setattr(office, name, value)
        label = str(Office._meta.get_field(name).verbose_name)
        if name in NEEDED and not value:
            faults[name] = [f"请填写{label}"]
        elif mark := unprintable(value):
            faults[name] = [f"{label}中的{mark}不能打印，请改用其他写法"]
        elif name == "postcode" and value and not (value.isdecimal() and value.isascii() and len(value) == 6):
            faults[name] = ["邮政编码应为六位数字"]
    try:
        office.full_clean(exclude=[f.name for f in Office._meta.concrete_fields if f.name not in told])
    except ValidationError as error:
        for name, lines in error.message_dict.items():
            faults.setdefault(name, []).extend(lines)
    if faults:
        raise BadOfficeData(faults)
