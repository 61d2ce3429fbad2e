"""What a list of the board is asked for by its address."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.http import Http404, QueryDict

from workflow.selectors.board import ALL, COLUMNS, PROVISIONAL

LABELS = {ALL: "全部在办", **{str(column): str(column.label) for column in COLUMNS}, PROVISIONAL: "日期暂定"}


@dataclass(frozen=True)
class Wanted:
    """Which list: a standing, an office, a unit (0: not assigned yet)."""

    standing: str = ALL
    office: int | None = None
    unit: int | None = None

    @classmethod
    def of(cls, query: QueryDict) -> Wanted:
        """Read a list's address. Raises Http404 for one that no number leads to."""
        standing = query.get("standing") or ALL
        if standing not in LABELS:
            raise Http404
        return cls(standing, _number(query, "office"), _number(query, "unit"))

    def address(self, **changes: object) -> str:
        """Write the query of the same list with some parts changed."""
        parts = asdict(self) | changes
        return urlencode({name: value for name, value in parts.items() if value not in (None, "")})


def _number(query: QueryDict, name: str) -> int | None:
    text = query.get(name, "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)
