"""Papers outside any case: samples of every kind, and single papers from a file of facts; no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from letters import samples
from letters.catalogue import KINDS, kind_of, reply_kind
from letters.compose_paper import Composed, compose
from letters.render_paper import pdf, render_draft


def blank_number(composed: Composed, facts: Mapping[str, Any], on: date) -> str:
    """Return a document number whose figure is left open for the pen."""
    return f"{facts['office'].get('doc_code', '')}{kind_of(composed.kind).series}〔{on.year}〕　号"


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


def sample_papers() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Return name, kind and facts of every sample: each kind, then a reply for each outcome."""
    for code, row in KINDS.items():
        yield row.label, code, samples.facts(code)
    shown = {
        facts["items"][0]["outcome"] for code, facts in samples.SAMPLES.items() if code.startswith("reply_")
    }
    for name, item in samples.ITEMS.items():
        if name not in shown:
            yield f"答复书（{_label(name)}）", reply_kind([name]), samples.with_items(item)


def _label(name: str) -> str:
    from law.outcomes import outcome

    return outcome(name).label.replace("（", "·").replace("）", "")


def print_samples(out: Path, tell: Callable[[str], None]) -> int:
    """Write one PDF for each sample into a directory, named NN-中文名.pdf; return how many."""
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    for count, (name, kind, facts) in enumerate(sample_papers(), 1):
        path = out / f"{count:02d}-{name}.pdf"
        number = f"{facts['office']['doc_code']}{kind_of(kind).series}〔{samples.ON.year}〕{count}号"
        path.write_bytes(printed(compose(kind, facts, on=samples.ON), facts, on=samples.ON, number=number))
        tell(path.name)
    return count
