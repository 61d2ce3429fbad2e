"""What the pictures on pages show of persons: codes, seals, faces, signatures, and what an engine reads; suggestions only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workflow.review.redaction.detect import faces
from workflow.review.redaction.detect.found import UNREAD
from workflow.review.redaction.detect.hits import Reading
from workflow.review.redaction.detect.paged import in_pictures
from workflow.review.redaction.errors import BadSource
from workflow.review.redaction.pages import open_source
from workflow.review.sandbox.unfit import Unfit


def look(content: bytes, out: Path, *, numbers: Sequence[int], most: int) -> dict[str, Any]:
    """Look at some pages of a PDF and leave what was found, a line each.

    :param most: on so many of them pictures are read; the others are told as not read
    :returns: how many of them have pictures that were read, and what a person must be told. Raises Unfit.
    """
    reading = Reading(True, most, most)
    with (out / "hits.jsonl").open("w", encoding="utf-8") as lines:
        try:
            source_path = out / "look.pdf"
            source_path.write_bytes(content)
            with open_source(source_path) as source:
                for number in numbers:
                    page = source.page(number)
                    try:
                        for hit in in_pictures(page, number, reading):
                            one = hit.found
                            told = {
                                "page": number, "kind": one.kind, "boxes": [list(box) for box in hit.boxes], "text": one.text,
                                "reason": one.reason, "sure": one.confidence, "rule": one.rule, "unread": one.kind == UNREAD,
                            }  # fmt: skip
                            lines.write(json.dumps(told, ensure_ascii=False) + "\n")
                    finally:
                        page.close()
        except BadSource as error:
            raise Unfit("file_broken", error.message) from error
    return {"read": most - reading.left, "notes": [note for note in reading.notes if note == faces.ABSENT]}
