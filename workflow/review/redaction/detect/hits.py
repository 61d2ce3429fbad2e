"""What is found in a file, and what a person must be told about the looking."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from workflow.review.redaction.detect.found import LABELS, UNREAD, Found
from workflow.review.redaction.marks import Box


@dataclass(frozen=True)
class Hit:
    """Something found in a file: on a page with boxes, or in a text with an offset."""

    found: Found
    page: int
    boxes: tuple[Box, ...] = ()
    where: str = ""

    def as_dict(self) -> dict[str, Any]:
        """This function will give it for JSON; boxes in points from the top left corner, offsets in characters."""
        one = self.found
        told: dict[str, Any] = {"kind": one.kind, "label": LABELS[one.kind], "page": self.page}
        if self.boxes:
            around = self.boxes[0]
            for box in self.boxes[1:]:
                around = around.joined(box)
            told["box"] = [round(value, 2) for value in around]
            if len(self.boxes) > 1:
                told["boxes"] = [[round(value, 2) for value in box] for box in self.boxes]
        else:
            told["offset"], told["length"] = one.start, one.end - one.start
        told |= {"text": one.text, "reason": one.reason, "confidence": one.confidence}
        if one.suspected and one.kind != UNREAD:
            told["suspected"] = True
        return told | ({"where": self.where} if self.where else {})


@dataclass
class Reading:
    """How pictures are read: whether at all, how many pages more; and what a person must be told."""

    read: bool = True
    most: int = 50
    left: int = 50
    notes: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        """This function will keep a note once."""
        if text not in self.notes:
            self.notes.append(text)
