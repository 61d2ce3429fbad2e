"""The clean tables of a disclosed copy as files: the workbook as it was proved, and each sheet of it as CSV."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from office import files
from workflow.models import DisclosedCopy
from workflow.review.disclosing.burning import certificate_of
from workflow.review.redaction.tables import csv_of, visible

XLSX, CSV = "xlsx", "csv"
CONTENT_TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}


class Altered(ValueError):
    """Raised where a file is not the one that was proved."""


@dataclass(frozen=True)
class GivenFile:
    """A file to hand over."""

    name: str
    content: bytes
    content_type: str


def parts(copy: DisclosedCopy) -> list[tuple[str, str]]:
    """List the tables of a copy: the part of the address, and what to call it."""
    if copy.table_id is None or not copy.finished:
        return []
    count = len(_told(copy)["csv"])
    named = [
        (f"{CSV}-{number}", f"CSV（第{number}张表）" if count > 1 else "CSV")
        for number in range(1, count + 1)
    ]
    return [(XLSX, "表格（xlsx）"), *named]


def table_file(copy: DisclosedCopy, part: str) -> GivenFile | None:
    """Return one of the tables of a copy as it was proved; None where there is none of that name.

    :raises Altered: where what would be handed over is not what the certificate names
    """
    if copy.table is None or part not in dict(parts(copy)):
        return None
    told, book, title = _told(copy), files.read(copy.table), copy.version.holding.title
    if part == XLSX:
        content, sha256, ending = book, told["xlsx"]["sha256"], XLSX
    else:
        number = int(part.removeprefix(f"{CSV}-"))
        content, sha256 = csv_of(visible(book)[number - 1].rows), told["csv"][number - 1]["sha256"]
        ending = CSV if len(told["csv"]) == 1 else f"表{number}.{CSV}"
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Altered(part)
    return GivenFile(f"{title}（公开副本）.{ending}", content, CONTENT_TYPES[XLSX if part == XLSX else CSV])


def _told(copy: DisclosedCopy) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(certificate_of(copy))["table"]
    return told
