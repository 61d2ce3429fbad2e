"""How a document stands: withheld, copied and passed, or why its reply cannot be signed yet; and what its marks say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from law.outcomes import Outcome
from workflow.holding_kinds import Plan
from workflow.models import Case, DisclosedCopy, Holding, HoldingVersion, Item, RedactionMark
from workflow.redaction_kinds import LIVE, DiscloseState, Extent, GroundKind, MarkState, cited, printed
from workflow.review.redaction.legend import told_pages

#: Outcomes with which documents are handed over, and plans that say a document is among them.
GIVES = (Outcome.DISCLOSE, Outcome.PARTIAL)
GIVEN = (Plan.DISCLOSE, Plan.PARTIAL)


@dataclass(frozen=True)
class Standing:
    """One document of an item that is disclosed: its newest version, the copy that counts, and why it may not go out."""

    holding: Holding
    version: HoldingVersion
    copy: DisclosedCopy | None
    withheld: bool
    why: str

    @property
    def ready(self) -> bool:
        """Tell whether nothing of this document keeps the reply from being signed."""
        return not self.why


def standings(case: Case, *, items: Sequence[Item] | None = None) -> list[Standing]:
    """Return how every document stands that goes out with the reply of a case."""
    giving = [item.pk for item in (items or case.items_in_order()) if item.outcome in GIVES]
    if not giving:
        return []
    rows = [row for row in case.open_holdings() if row.item_id in giving and row.plan in GIVEN]
    if not rows:
        return []
    newest = {row.pk: row.current for row in rows}
    pks = [version.pk for version in newest.values()]
    withheld = set(
        RedactionMark.objects.filter(
            version_id__in=pks, extent=Extent.DOCUMENT, status=MarkState.ACCEPTED
        ).values_list("version_id", flat=True)
    )
    made: dict[int, list[DisclosedCopy]] = {}
    for copy in (
        DisclosedCopy.objects.filter(version__holding__in=rows).select_related("version").order_by("pk")
    ):
        made.setdefault(copy.version_id, []).append(copy)
    old = {holding.pk for holding in rows if any(made.get(pk) for pk in _older(holding.pk, newest, made))}
    return [
        _standing(
            holding, newest[holding.pk], made.get(newest[holding.pk].pk, []), withheld, holding.pk in old
        )
        for holding in rows
    ]


def _older(
    holding_id: int, newest: dict[int, HoldingVersion], made: dict[int, list[DisclosedCopy]]
) -> list[int]:
    current = newest.get(holding_id)
    return [
        pk
        for pk, copies in made.items()
        if current is not None and pk != current.pk and copies[0].version.holding_id == holding_id
    ]  # fmt: skip


def _standing(
    holding: Holding, version: HoldingVersion, copies: list[DisclosedCopy], withheld: set[int], old: bool
) -> Standing:
    live = next((copy for copy in reversed(copies) if copy.status in LIVE), copies[-1] if copies else None)
    if version.pk in withheld:
        return Standing(holding, version, None, True, "")
    return Standing(holding, version, live, False, _why(holding, live, old))


def _why(holding: Holding, copy: DisclosedCopy | None, old: bool) -> str:
    named = f"材料{holding.seq}《{holding.title}》"
    if copy is None:
        if old:
            return f"{named}换了新版本，此前的公开副本失效，请重新遮盖、制作公开副本"
        return f"{named}还没有制作公开副本"
    if copy.status == DiscloseState.PASSED:
        return ""
    if copy.status == DiscloseState.TO_CHECK:
        return f"{named}的公开副本等待另一人复核"
    if copy.status == DiscloseState.VOID:
        return f"{named}的公开副本已失效（{copy.reason}）"
    if copy.status == DiscloseState.RETURNED:
        return f"{named}的公开副本被复核退回：{copy.reason}"
    if copy.status in (DiscloseState.REFUSED, DiscloseState.FAILED):
        return f"{named}的公开副本{copy.get_status_display()}，请看原因后重新制作"
    return f"{named}的公开副本{copy.get_status_display()}"


def why_not_signed(case: Case) -> str | None:
    """Say which document keeps the reply of a case from being signed, or None."""
    if case.has_none("holdings"):
        return None
    found = [one.why for one in case._kept("standings", lambda: standings(case)) if one.why]
    return "；".join(found[:3]) if found else None


@dataclass(frozen=True)
class Told:
    """What the marks on the documents of one item say: the provisions to cite, and the parts withheld in words."""

    grounds: tuple[str, ...]
    withheld: str
    marks: tuple[dict[str, Any], ...]


def told_by_marks(case: Case) -> dict[int, Told]:
    """Return by item, in the case's own order, what the accepted marks on its documents say for the letter."""
    holding_of = {row.current.pk: row for row in case.open_holdings() if row.plan in GIVEN}
    if not holding_of:
        return {}
    marks: dict[int, list[RedactionMark]] = {}
    for mark in RedactionMark.objects.filter(version_id__in=holding_of, status=MarkState.ACCEPTED).only(
        "version_id", "page", "extent", "ground_kind", "ground"
    ):
        marks.setdefault(mark.version_id, []).append(mark)
    by_item: dict[int, list[int]] = {}
    for version_id, holding in holding_of.items():
        if version_id in marks:
            by_item.setdefault(holding.item.seq, []).append(version_id)
    return {
        seq: Told(
            grounds=tuple(sorted({mark.cited for pk in versions for mark in marks[pk]})),
            withheld="；".join(_words(holding_of[pk], marks[pk]) for pk in versions),
            marks=tuple(
                {"ground": ground, "count": count}
                for ground, count in sorted(Counter(mark.cited for pk in versions for mark in marks[pk]).items())
            ),
        )
        for seq, versions in by_item.items()
    }  # fmt: skip


def _words(holding: Holding, marks: list[RedactionMark]) -> str:
    """Say what of one document is withheld: the legend in words."""
    if any(mark.extent == Extent.DOCUMENT for mark in marks):
        return f"《{holding.title}》全文"
    said = []
    pages = [mark.page for mark in marks if mark.extent == Extent.PAGE and mark.page]
    if pages:
        said.append(f"{told_pages(pages)}全页")
    kinds = Counter((mark.ground_kind, mark.ground) for mark in marks if mark.extent == Extent.AREA)
    for (kind, ground), count in kinds.most_common():
        label = (
            printed(kind, ground).removeprefix("个人信息（").removesuffix("）")
            if kind == GroundKind.PERSONAL
            else ""
        )
        said.append(f"{label}{count}处" if label else f"依据{cited(kind, ground)}遮盖的内容{count}处")
    return f"《{holding.title}》中的{'、'.join(said)}"
