"""Measures the detectors on the labelled corpus, writes the table of docs/detection.md, lists errors of the open half."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field

from tests.review.detection.corpus import samples
from workflow.review.redaction.detect.found import LABELS
from workflow.review.redaction.detect.names.every import CUED
from workflow.review.redaction.detect.text import find

CHECKED = ("resident_id", "credit_code", "bank_card")
ALL_CHECKED, ALL_NAMES, BY_CUE, BY_LOOK = "checked", "name", "cued", "uncued"
TITLES = {
    ALL_CHECKED: "号码（有校验码，合计）",
    ALL_NAMES: "姓名（合计）",
    BY_CUE: "姓名（有线索）",
    BY_LOOK: "姓名（无线索）",
}


@dataclass
class Count:
    """What there is and was found, what was missed, what was taken and is wrong."""

    found: int = 0
    missed: int = 0
    right: int = 0
    wrong: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def recall(self):
        """Share of what there is that was found."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    @property
    def precision(self):
        """Share of what was taken that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0


def _bare(text):
    return re.sub(r"[\s　（()）+-]", "", text)


def _hits(text, label, one):
    """Whether something found is what is labelled: names to the character, the rest but for blanks, brackets, a leading 86."""
    if one.kind != label.kind:
        return False
    if one.kind == "name":
        return (one.start, one.end) == (label.start, label.end)
    near = one.start < label.end and label.start < one.end and label.start - one.start <= 5
    return near and _bare(text[label.start : label.end]) in _bare(text[one.start : one.end])


def _rows_of_label(label):
    yield label.kind
    if label.kind == "name":
        yield BY_CUE if label.label == "c" else BY_LOOK


def _rows_of_found(one):
    yield one.kind
    if one.kind == "name":
        yield BY_CUE if one.rule in CUED else BY_LOOK


def _around(text, piece):
    return f"{text[max(0, piece.start - 10) : piece.start]}[{text[piece.start : piece.end]}]{text[piece.end : piece.end + 10]}"


def measure(held_out):
    """Count each kind over one half.

    The recall of cued names is over names labelled as cued, by whatever rule they were found; the precision of cued names
    is over what rules with a cue took, whatever the label.
    """
    rows = counted([sample for sample in samples() if sample.held_out == held_out])
    parts = ("found", "missed", "right", "wrong")
    rows[ALL_CHECKED] = Count(*(sum(getattr(rows[kind], part) for kind in CHECKED) for part in parts))
    return rows


def counted(some):
    """Count each kind over some samples."""
    rows = {}
    for sample in some:
        _count(sample, [one for one in find(sample.text) if not one.suspected], rows)
    return rows


def _count(sample, found, rows):
    right = set()
    for label in sample.labels:
        hit = next((one for one in found if label.kind and _hits(sample.text, label, one)), None)
        if hit:
            right.add(hit)
        for name in _rows_of_label(label) if label.kind else ():
            row = rows.setdefault(name, Count())
            row.found, row.missed = row.found + bool(hit), row.missed + (not hit)
            if not hit:
                row.errors.append("- " + _around(sample.text, label))
    undecided = [label for label in sample.labels if label.kind is None]
    for one in found:
        if one not in right and any(u.start < one.end and one.start < u.end for u in undecided):
            continue
        for name in _rows_of_found(one):
            row = rows.setdefault(name, Count())
            row.right, row.wrong = row.right + (one in right), row.wrong + (one not in right)
            if one not in right:
                row.errors.append(f"+ {_around(sample.text, one)} {one.rule} {one.confidence}")


ORDER = (ALL_CHECKED, *CHECKED, ALL_NAMES, BY_CUE, BY_LOOK, "mobile", "landline", "passport", "permit", "plate", "email", "wechat", "qq",
         "birth_date", "address")  # fmt: skip


def table():
    """Write both halves as the table of docs/detection.md."""
    halves = [measure(False), measure(True)]
    lines = [
        "| 种类 | 公开的一半：标注数 | 召回率 | 准确率 | 留出的一半：标注数 | 召回率 | 准确率 |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for kind in ORDER:
        cells = []
        for half in halves:
            row = half.get(kind, Count())
            cells += [str(row.found + row.missed), f"{row.recall:.3f}", f"{row.precision:.3f}"]
        lines.append(f"| {TITLES.get(kind) or LABELS[kind]} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
    for name, count in measure(False).items():
        if name in sys.argv[1:]:
            print("##", name, *count.errors, sep="\n")
