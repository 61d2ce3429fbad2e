"""Documents as handlers find them, and a case to attach them to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from office import files
from tests.review.makers import PLAIN
from tests.workflow.factories import DAY, Town, at
from workflow.models import Case, Holding, HoldingVersion, WorkingCopy
from workflow.review.sandbox.kinds import tell


def found(
    town: Town, case: Case, content: bytes = PLAIN, *, on: dt.date = DAY, name: str = "方案.txt", **changes: Any
) -> HoldingVersion:  # fmt: skip
    """Attach a document to a case's first item as rows, its copy waiting, past the act and its questions."""
    item = case.items_in_order()[0]
    seq = case.holdings.count() + 1
    values: dict[str, Any] = {
        "title": "土地征收补偿安置方案", "source": "made", "carrier": "electronic", "formed_on": dt.date(2025, 6, 3),
        "secrecy": "none",
    } | changes  # fmt: skip
    holding = Holding.objects.create(office=town.office, case=case, item=item, seq=seq, **values)
    kind = tell(content)
    stored = files.put(
        office=town.office,
        content=content,
        name=name,
        now=at(on),
        kind=files.BY_NAME[kind],
        allow=files.ALL | files.DEEPER,
    )
    version = HoldingVersion.objects.create(
        holding=holding, number=1, file=stored, sha256=stored.sha256, size=stored.size, kind=kind, name=name,
        by=town.handler, uploaded_on=on, uploaded_at=at(on),
    )  # fmt: skip
    WorkingCopy.objects.create(version=version, queued_at=at(on))
    return version
