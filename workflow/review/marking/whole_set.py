"""One act over every document of a case that may be worked on (整套材料): which they are, and what is told of each."""

from __future__ import annotations

from typing import Any

from workflow.holding_kinds import CopyStatus, HoldingStatus
from workflow.models import HoldingVersion, Redacting, WorkingCopy
from workflow.review.marking.doing import STALE, Marking, tell, void_copies


def others(work: Marking) -> list[Marking]:
    """Return the other documents of the case that may be worked on, each in the version that counts."""
    rows = HoldingVersion.objects.filter(holding__case=work.case, holding__status=HoldingStatus.OPEN)
    newest: dict[int, HoldingVersion] = {}
    for version in rows.select_related("holding__case__office", "copy").order_by("holding__seq", "number"):
        newest[version.holding_id] = version
    found = []
    for version in newest.values():
        copy: WorkingCopy | None = getattr(version, "copy", None)
        if version.pk == work.version.pk or copy is None or copy.status != CopyStatus.READY:
            continue
        redacting, _ = Redacting.objects.get_or_create(
            version=version, defaults={"office": work.case.office, "case": work.case, "opened_on": work.on}
        )
        found.append(Marking(work.case, version, copy, redacting, work.by, work.on, work.now, work.act_id))
    return found


def tell_of_others(work: Marking, key: str, counts: dict[int, int], data: dict[str, Any]) -> None:
    """Make the copies of other documents void that an act has changed, and write its line for each.

    :param counts: how many marks were changed, by the primary key of the version
    """
    for other in others(work):
        if count := counts.get(other.version.pk, 0):
            void_copies([other.version.pk], reason=STALE)
            tell(
                work.case, other.version, key, by=work.by, on=work.on, now=work.now, act_id=work.act_id,
                data={**data, "count": count},
            )  # fmt: skip
