"""Reads the labelled corpus under tests/data/detection: texts, labels, and which half is held out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parents[2] / "data" / "detection"
LABEL = re.compile(r"\{([a-z?]{1,2})\|([^}]*)\}")
KINDS = {
    "id": "resident_id", "us": "credit_code", "bk": "bank_card", "mb": "mobile", "tl": "landline", "pp": "passport",
    "pm": "permit", "pl": "plate", "em": "email", "wx": "wechat", "qq": "qq", "ad": "address", "bd": "birth_date",
    "c": "name", "u": "name", "md": "medical", "mi": "minor",
}  # fmt: skip


@dataclass(frozen=True)
class Label:
    """A labelled piece: its label, where it stands."""

    label: str
    start: int
    end: int

    @property
    def kind(self):
        """The kind a detector should give, or nothing where the label decides nothing."""
        return KINDS.get(self.label)


@dataclass(frozen=True)
class Sample:
    """A sentence or a page without its labels, the labels, and whether it is held out."""

    name: str
    text: str
    labels: tuple[Label, ...]
    held_out: bool


def parse(marked):
    """Part a labelled text into the plain text and its labels."""
    text, labels, place = "", [], 0
    for match in LABEL.finditer(marked):
        text += marked[place : match.start()]
        labels.append(Label(match.group(1), len(text), len(text) + len(match.group(2))))
        text += match.group(2)
        place = match.end()
    return text + marked[place:], tuple(labels)


def sentences():
    """All sentences, numbered from 1 without the headings."""
    lines = (DATA / "sentences.txt").read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if line and not line.startswith("#")]
    return [Sample(f"sentence {n}", *parse(line), n % 2 == 0) for n, line in enumerate(lines, 1)]


def pages():
    """All pages, numbered from 1."""
    parts = re.split(r"(?m)^=== (.*)\n", (DATA / "pages.txt").read_text(encoding="utf-8"))[1:]
    marked = list(zip(parts[::2], parts[1::2], strict=True))
    return [
        Sample(f"page {n} {title}", *parse(body.rstrip("\n")), n % 2 == 0)
        for n, (title, body) in enumerate(marked, 1)
    ]


def samples():
    """Sentences and pages."""
    return [*sentences(), *pages()]
