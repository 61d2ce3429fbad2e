"""What a request says when it comes in, in plain values that every door fills in the same way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


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
