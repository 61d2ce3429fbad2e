"""Papers outside any case: samples of every kind, and single papers from a file of facts; no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from law.outcomes import outcome
from letters import samples
from letters.catalogue import KINDS, kind_of
from letters.compose_paper import Composed, compose
from letters.errors import BadFacts
from letters.render_paper import pdf, render_draft


def blank_number(composed: Composed, facts: Mapping[str, Any], on: date) -> str:
    """Return a document number whose figure is left open for the pen; nothing for a sheet without numbers."""
    series = kind_of(composed.kind).series
    return f"{facts['office'].get('doc_code', '')}{series}〔{on.year}〕　号" if series else ""


def printed(
    composed: Composed, facts: Mapping[str, Any], *, on: date, number: str = "", draft: bool = False
) -> bytes:
    """Return the PDF of a composed paper that is not on record."""
    if draft:
        return render_draft(composed)
    made = composed.issued(number or blank_number(composed, facts, on), on)
    return pdf(
        made.blocks, form=made.form, title=made.title, author=facts["office"]["name"], on=on, draft=False
    )


def print_sheet(kind: str, facts: Mapping[str, Any], *, on: date) -> bytes:
    """Return the PDF of a sheet or an envelope that takes no number and is not kept. Raises BadFacts."""
    row = kind_of(kind)
    if row.form == "letter" or row.series:
        raise BadFacts("kind", f"《{row.label}》须编号出具，不能随用随印")
    return printed(compose(kind, facts, on=on), facts, on=on)


def sample_papers() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Return name, kind and facts of every sample in the order of the catalogue; a refusal once for each ground."""
    for code, row in KINDS.items():
        if len(row.outcomes) < 2:
            yield row.label, code, samples.facts(code)
            continue
        for name in row.outcomes:
            ground = outcome(name).label.partition("（")[2].rstrip("）")
            yield f"{row.label}（{ground}）", code, samples.with_items(samples.ITEMS[name])


def drawn_samples() -> Iterator[tuple[str, bytes]]:
    """Return name (NN-中文名) and PDF of every sample."""
    for count, (name, kind, facts) in enumerate(sample_papers(), 1):
        series = kind_of(kind).series
        number = f"{facts['office']['doc_code']}{series}〔{samples.ON.year}〕{count}号" if series else ""
        composed = compose(kind, facts, on=samples.ON)
        yield f"{count:02d}-{name}", printed(composed, facts, on=samples.ON, number=number)


def print_samples(out: Path, tell: Callable[[str], None]) -> int:
    """Write one PDF for each sample into a directory, named NN-中文名.pdf; return how many."""
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, made in drawn_samples():
        path = out / f"{name}.pdf"
        path.write_bytes(made)
        tell(path.name)
        count += 1
    return count
