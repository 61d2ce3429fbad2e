"""A letter to look at what an office's letters print: its data, and its seal where it belongs; marked as a draft."""

from __future__ import annotations

from datetime import date

from letters import samples
from letters.compose_paper import compose
from letters.render_paper import pdf
from letters.typeset.model import Stamp
from office.models import Office

KIND = "reply_disclose"


def specimen(office: Office, *, on: date, stamp: Stamp | None = None) -> bytes:
    """Return a made-up reply of an office as PDF. Raises BadFacts for what its data lack.

    The mark of a draft lies under it: nobody takes away a sealed letter by looking at a seal.
    """
    facts = {**samples.facts(KIND), "office": office.facts()}
    del facts["handler"]  # whose telephone would stand in the place of the office's
    made = compose(KIND, facts, on=on).issued(f"{office.doc_code}依复〔{on.year}〕　号", on)
    return pdf(
        made.blocks,
        form=made.form,
        title=f"{made.title}（样张）",
        author=office.name,
        on=on,
        draft=True,
        stamp=stamp,
    )
