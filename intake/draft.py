"""An application between its form and its sending: sealed, in the applicant's browser, nowhere else."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from office import keys
from office.errors import Refusal

#: How long an unsent application may lie; uploaded files that nobody sends are swept later than this.
KEPT = timedelta(hours=6)


class StaleDraft(Refusal):
    """Raised when an unsent application is too old, or was not made here."""

    def __init__(self) -> None:
        super().__init__("stale_draft", "页面打开太久，请重新填写后再提交。")


@dataclass
class Draft:
    """What has been filled in so far; it never reaches the database before it is sent."""

    office: str
    nonce: str = field(default_factory=lambda: str(uuid4()))
    values: dict[str, str] = field(default_factory=dict)
    items: list[str] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    begun_at: str = ""

    @property
    def number(self) -> UUID:
        """The form's own random number, by which pressing twice is noticed."""
        return UUID(self.nonce)


def close(draft: Draft) -> str:
    """Seal a draft into one opaque text for a hidden field."""
    return keys.seal(json.dumps(asdict(draft), ensure_ascii=False))


def open_(token: str, *, office: str, now: datetime) -> Draft:
    """Open a sealed draft of this office.

    Raises StaleDraft when it is not ours, names a key that is not there (any more), is another office's or is
    too old.
    """
    try:
        draft = Draft(**json.loads(keys.unseal(token)))
        begun = datetime.fromisoformat(draft.begun_at)
    except (ValueError, TypeError, Refusal, keys.KeyMissing) as error:
        raise StaleDraft from error
    if draft.office != office or now - begun > KEPT:
        raise StaleDraft
    return draft


def begin(*, office: str, now: datetime) -> Draft:
    """Begin an application to an office."""
    return Draft(office=office, begun_at=now.isoformat(), items=[""])
