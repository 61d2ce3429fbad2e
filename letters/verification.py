"""Verify a letter (核验): a check code on it tells whether this installation issued it, and nothing about anybody."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from letters.catalogue import kind_of
from letters.compose_paper import Composed
from letters.models import Paper
from office import keys
from office.errors import Refusal
from office.keys.codes import ALPHABET
from office.models import Office

PURPOSE = b"letter-check\x00"
GROUPS, GROUP = 2, 5  # ten characters of thirty: 49 bits, behind a door that counts tries
BRACKETS = str.maketrans("[]()【】［］（）〈〉", "〔〕〔〕〔〕〔〕〔〕〔〕")


class NotIssued(Refusal):
    """Raised when number and code do not fit; it never tells which of them is wrong."""

    def __init__(self) -> None:
        super().__init__(
            "not_issued",
            "没有查到：文号或者核验码与本系统出具的文书不符。请对照纸质文书核对后再试；仍不相符的，请向落款机关核实。",
        )


@dataclass(frozen=True)
class Issued:
    """What the public is told of a letter: by whom, when and of what kind; nothing of its addressee or its text."""

    office: str
    number: str
    label: str
    signed_on: date
    corrected: bool
    void: bool


def check_code(number_text: str, body_sha256: str, *, version: int | None = None) -> str:
    """Return the check code of a letter, e.g. "7KQ2M-XW9PD", from its number and the hash of its text.

    It is made under the installation's query key of a version, the current one without it, so that nobody else can
    make one, and no letter gives away another's.
    """
    key = keys.ring("query").key(version)
    message = PURPOSE + f"{number_text}\x00{body_sha256}".encode()
    number = int.from_bytes(hmac.digest(key, message, hashlib.sha256), "big")
    drawn = []
    for _ in range(GROUPS * GROUP):
        number, place = divmod(number, len(ALPHABET))
        drawn.append(ALPHABET[place])
    plain = "".join(drawn)
    return "-".join(plain[n : n + GROUP] for n in range(0, len(plain), GROUP))


def marked(
    made: Composed, *, office: Office, number: int, number_text: str, on: date
) -> tuple[Composed, str]:
    """Return an issued letter with its check code at the signature, and the mark of the key it was made under.

    Without an address for the public to verify at (setting VERIFY_URL), or on a paper without a signature, nothing is
    added and the mark is blank.
    """
    issued = made.issued(number_text, on)
    if not settings.VERIFY_URL or not any(block["type"] == "signature" for block in issued.blocks):
        return issued, ""
    version = keys.ring("query").current
    code = check_code(number_text, made.body_sha256, version=version)
    address = f"{settings.VERIFY_URL.rstrip('/')}/{office.code}/{made.kind}/{on.year}/{number}/{code.replace('-', '')}/"
    return issued.with_check(url=address, code=code), f"q{version}:"


def verify(*, number_text: str, code: str) -> Issued:
    """Tell what letter has a number and a check code, in whatever way they were typed. Raises NotIssued."""
    return _told(Paper.objects.filter(number_text=normal_number(number_text)), code)


def verify_place(*, office: str, kind: str, year: int, number: int, code: str) -> Issued:
    """Tell the same of a letter by its place in a series, as its QR code names it. Raises NotIssued."""
    return _told(Paper.objects.filter(office__code=office, kind=kind, year=year, number=number), code)


def normal_number(typed: str) -> str:
    """Bring a typed document number into its one form: 清自然资依复[2026]12号 is 清自然资依复〔2026〕12号."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", typed)).translate(BRACKETS)
    return re.sub(r"〕第?0*(\d+)号?$", r"〕\1号", plain)


def _told(found: Any, code: str) -> Issued:
    given = _plain(code)
    for paper in found.exclude(check_key="").select_related("office").order_by("pk"):
        version = int(paper.check_key[1:-1])
        wanted = _plain(check_code(paper.number_text, paper.body_sha256, version=version))
        if hmac.compare_digest(wanted.encode(), given.encode()):
            return Issued(
                office=paper.office.name,
                number=paper.number_text,
                label=kind_of(paper.kind).label,
                signed_on=paper.signed_on,
                corrected=paper.corrections.exists(),
                void=paper.is_void,
            )
    raise NotIssued


def _plain(code: str) -> str:
    """Return a code without what typing adds to it; what cannot be a code becomes one that fits nothing."""
    plain = unicodedata.normalize("NFKC", code).upper()
    return "".join(char for char in plain if not char.isspace() and unicodedata.category(char) != "Pd")[:40]
