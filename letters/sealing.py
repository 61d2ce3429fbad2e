"""Which papers want a seal before they leave the house, and every use of a seal (用印登记)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from letters import seal_image
from letters.catalogue import kind_of
from letters.models import Paper, Seal, SealUse
from office import parameters
from office.models import Office, StoredFile

#: The office's own setting: {"for": "replies" | "letters" | "none", "electronic": bool, "keeper": bool}.
SETTING = "seal.use"
#: Papers that answer or undo an answer: what a court reads.
REPLIES = ("reply_", "correction_of_reply", "withdrawal_of_reply")


@dataclass(frozen=True, slots=True)
class Practice:
    """How an office uses its seal: on which papers, whether by the system at signature, by a keeper alone or not."""

    papers: str = "replies"
    electronic: bool = False
    keeper: bool = False

    def wants(self, kind: str) -> bool:
        """Tell whether a kind of paper needs a recorded use of the seal before it is dispatched."""
        if self.papers == "letters":
            return kind_of(kind).form == "letter"
        return self.papers == "replies" and kind.startswith(REPLIES)


def practice(office: Office, on: date) -> Practice:
    """Return how an office uses its seal on a day; by default every reply is sealed by hand and entered."""
    said: Any = parameters.get(SETTING, office=office, on=on, default={})
    said = said if isinstance(said, dict) else {"for": said}
    return Practice(said.get("for", "replies"), bool(said.get("electronic")), bool(said.get("keeper")))


def seal_of(office: Office, kind: str = Seal.Kind.OFFICE) -> Seal:
    """Return a seal of an office; its row begins with the first use."""
    found, _ = Seal.objects.get_or_create(office=office, kind=Seal.Kind(kind))
    return found


def record_use(
    paper: Paper, *, seal: Seal, approver_id: int | None, copies: int, used_on: date, sealed_by_id: int | None,
    now: datetime, scan: StoredFile | None = None, way: str = SealUse.Way.HAND,
) -> SealUse:  # fmt: skip
    """Enter one use of a seal on a paper, inside the caller's transaction; the paper may then leave the house."""
    copy = SealUse.Copy.SCANNED if scan else SealUse.Copy.NONE
    use = SealUse.objects.create(
        office_id=paper.office_id, paper=paper, seal=seal, way=way, approver_id=approver_id, copies=copies, used_on=used_on,
        sealed_by_id=sealed_by_id, copy=copy, copy_on=used_on if scan else None, scan=scan, created_at=now,
    )  # fmt: skip
    paper.sealed_on = used_on
    paper.save(update_fields=["sealed_on"])
    return use


def seal_by_system(
    paper: Paper, how: Practice, *, office: Office, approver_id: int | None, on: date, now: datetime
) -> None:
    """Enter the use of the electronic seal on a paper that needs one, where the office seals so and has its picture.

    Without a picture nothing would stand on the letter: it then waits to be sealed by hand.
    """
    if paper.needs_seal and how.electronic and seal_image.has_image(office, "office", on, known_at=now):
        record_use(
            paper, seal=seal_of(office), approver_id=approver_id, copies=1, used_on=on, sealed_by_id=None, now=now,
            way=SealUse.Way.ELECTRONIC,
        )  # fmt: skip


def void_use(use: SealUse, *, by_id: int, reason: str, on: date) -> None:
    """Declare one use void; without another the paper waits for a seal again."""
    use.voided_on, use.voided_by_id, use.void_reason = on, by_id, reason
    use.save(update_fields=["voided_on", "voided_by", "void_reason"])
    left = SealUse.objects.filter(paper_id=use.paper_id, voided_on__isnull=True).order_by("used_on").last()
    Paper.objects.filter(pk=use.paper_id).update(sealed_on=left.used_on if left else None)
