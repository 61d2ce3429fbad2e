"""Rejected suggestions by a key: the same text of the same kind is not suggested again, and the key tells nobody the text."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Container, Iterable

from workflow.review.redaction.detect.found import NAME, Found
from workflow.review.redaction.detect.plain import half_width

_SEPARATORS = re.compile(r"[\s　\-]+")


def key_of(kind: str, text: str, secret: bytes) -> str:
    """This function will give the key under which a rejection of a text as a kind is kept.

    Full-width digits, blanks, hyphens and case make no difference. Identity numbers are few enough to be tried out, so
    the key is a keyed hash.

    :param kind: a kind of `detect.found`
    :param text: as it stands in the document
    :param secret: the key of the case or the set of documents; without it nobody can try texts out
    """
    plain = _SEPARATORS.sub("", half_width(text)).casefold()
    return hmac.new(secret, f"{kind}\0{plain}".encode(), hashlib.sha256).hexdigest()


def not_rejected(found: Iterable[Found], rejected: Container[str], secret: bytes) -> list[Found]:
    """This function will leave out suggestions that were rejected before."""
    return [one for one in found if key_of(one.kind, one.text, secret) not in rejected]


def alike(found: Iterable[Found], one: Found) -> list[Found]:
    """This function will give the suggestions that mean the same as one: for "all like this"."""
    wanted = _same(one)
    return [other for other in found if other.kind == one.kind and _same(other) == wanted]


def _same(one: Found) -> str:
    plain = _SEPARATORS.sub("", half_width(one.text)).casefold()
    return plain if one.kind == NAME else plain.removeprefix("+86").removeprefix("86")
