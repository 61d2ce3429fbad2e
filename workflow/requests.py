"""What a request says when it comes in, in plain values that every door fills in the same way."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass, field, fields, replace


@dataclass(frozen=True)
class PartyData:
    """One party as written on the application (条例29)."""

    part: str
    kind: str
    name: str
    id_kind: str = ""
    id_number: str = ""
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    scope: str = ""
    until_on: dt.date | None = None
    signed: bool = False


@dataclass(frozen=True)
class FileData:
    """One file handed over with a request or an act."""

    name: str
    content: bytes
    kind: str = "application"


@dataclass(frozen=True)
class RequestData:
    """One request: who asks whom for what, how it came and how the answer should go."""

    office_id: int
    channel: str
    arrived_on: dt.date
    parties: tuple[PartyData, ...]
    items: tuple[str, ...]
    wanted_form: str
    service: str
    confirmed_on: dt.date | None = None
    title: str = ""
    external_number: str = ""
    addressed_to: str = ""
    handed_by: int | None = None
    files: tuple[FileData, ...] = field(default=())


@dataclass(frozen=True)
class ConsultedParty:
    """One third party to be asked (条例32)."""

    name: str
    kind: str = "org"
    address: str = ""
    delivered_on: dt.date | None = None


def without_invisible(request: RequestData) -> RequestData:
    """Return a request without the characters that come along when a text is copied and that nobody sees.

    They are marks of format and control other than line ends, and choices between forms of one character; a hard space
    becomes a plain one, a ligature its letters.
    """
    parties = tuple(
        replace(
            party,
            **{f.name: visible(v) for f in fields(party) if isinstance(v := getattr(party, f.name), str)},
        )
        for party in request.parties
    )
    items = tuple(visible(item) for item in request.items)
    return replace(request, parties=parties, items=items, title=visible(request.title))


def visible(text: str) -> str:
    """Return a text without what nobody sees of it."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " "
        if char == "\u00a0"
        else unicodedata.normalize("NFKC", char)
        if "\ufb00" <= char <= "\ufb06"
        else char
        for char in text
        if char in "\n\r\t" or not (unicodedata.category(char) in ("Cf", "Cc") or _picks_a_form(char))
    )


def _picks_a_form(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


@dataclass(frozen=True)
class SealData:
    """How a seal is used: which one, on how many copies, on which day (default: of the act), the scan of the sealed copy."""

    kind: str = "office"
    copies: int = 2
    used_on: dt.date | None = None
    scan: FileData | None = None
