"""Outcomes (处理结果) of an item of a request, with their articles and their rows of the annual report."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from law.errors import BadFacts
from law.grounds import ground_of


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """Hold what the law says of an outcome."""

    label: str
    article: str
    family: str
    row: str


class Outcome(StrEnum):
    """Name what a reply decides about one item."""

    DISCLOSE = "disclose"
    ALREADY_PUBLIC = "already_public"
    PARTIAL = "partial"
    REFUSE_STATE_SECRET = "refuse_state_secret"  # noqa: S105 - a ground of refusal, no password
    REFUSE_OTHER_LAW = "refuse_other_law"
    REFUSE_SECURITY = "refuse_security"
    REFUSE_THIRD_PARTY = "refuse_third_party"
    REFUSE_INTERNAL = "refuse_internal"
    REFUSE_PROCESS = "refuse_process"
    REFUSE_ENFORCEMENT = "refuse_enforcement"
    ADMIN_QUERY = "admin_query"
    NOT_EXIST = "not_exist"
    NOT_OURS = "not_ours"
    NEEDS_MAKING = "needs_making"
    STILL_UNCLEAR = "still_unclear"
    PETITION = "petition"
    PUBLICATION = "publication"
    REPEAT = "repeat"
    EXCESSIVE = "excessive"
    RECONFIRM = "reconfirm"
    LAPSED_SUPPLEMENT = "lapsed_supplement"
    LAPSED_FEE = "lapsed_fee"
    WITHDRAWN = "withdrawn"

    @property
    def facts(self) -> OutcomeFacts:
        """Give the row of `law/outcomes.toml`."""
        return _TABLE[self.value]

    @property
    def label(self) -> str:
        """Name the outcome in Chinese."""
        return self.facts.label

    @property
    def article(self) -> str:
        """Cite the article the reply rests on, e.g. 第三十六条第三项; empty where the text names none."""
        return self.facts.article

    @property
    def ground(self) -> str:
        """Cite the article of the refusal's reason (条例14–16); empty for other outcomes."""
        found = ground_of(self.value)
        return found.provision if found else ""

    @property
    def family(self) -> str:
        """Give the family: grant, partial, refuse, unable, not_handled or other."""
        return self.facts.family

    @property
    def annual_row(self) -> str:
        """Give the row of table three of the annual report, e.g. 三(三)1."""
        return self.facts.row


def _read() -> dict[str, OutcomeFacts]:
    raw = tomllib.loads((Path(__file__).parent / "outcomes.toml").read_text(encoding="utf-8"))
    return {name: OutcomeFacts(**row) for name, row in raw.items()}


_TABLE = _read()


def outcome(name: str) -> Outcome:
    """Give the outcome of a name, refusing an unknown one.

    :raises BadFacts: naming the field `outcome`
    """
    try:
        return Outcome(name)
    except ValueError:
        raise BadFacts("outcome", f"没有名为“{name}”的处理结果，可用：{'、'.join(Outcome)}。") from None
