"""What the screens of wordings show: which text is in force where, its history, what a change would do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from letters.compare import Changed, compared
from letters.fact_names import NAMES
from letters.models import OwnWording
from letters.own.changes import may_word, try_out
from letters.own.contract import BadWording, editable
from letters.own.strict import Fault
from letters.own.titles import base_of, title_of
from letters.own.trial import Trial
from letters.render_paper import render_draft
from letters.wordings import ITEMS, Wording, shipped
from office.models import Office, User


@dataclass(frozen=True)
class WordingLine:
    """One wording in the list of an office."""

    address: str
    title: str
    section: bool
    basis: tuple[str, ...]
    shipped_version: str
    own: OwnWording | None
    coming: OwnWording | None
    waiting: OwnWording | None
    outdated: bool


@dataclass(frozen=True)
class WordingPage:
    """One wording of an office: the text in force, what differs, what changed since, its history."""

    line: WordingLine
    base: Wording
    source: str
    against_shipped: list[Changed]
    shipped_since: list[Changed]
    history: list[OwnWording]
    facts: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class ChangePage:
    """One version: what it changes, its three sample cases, or what keeps it from being used."""

    row: OwnWording
    title: str
    against_former: list[Changed]
    against_shipped: list[Changed]
    shipped_since: list[Changed]
    trials: tuple[Trial, ...]
    faults: list[Fault]


def offices_of(user: User) -> list[Office]:
    """List the offices whose wordings a person may change."""
    return [row for row in Office.objects.filter(is_active=True).order_by("pk") if may_word(user, row)]


def address_of(key: str) -> str:
    """Write a key as it stands in an address."""
    return key.replace("/", ".")


def key_of(address: str) -> str:
    """Read a key from an address."""
    return address.replace(".", "/", 1)


def lines(office: Office, user: User, *, on: date) -> list[WordingLine]:
    """List every wording of an office on a day: papers first, then the sections of replies."""
    rows = _rows(office, user)
    found = [_line(base, [row for row in rows if row.key == base.key], on) for base in shipped(on).values()]
    return sorted(found, key=lambda line: line.section)


def page(office: Office, key: str, user: User, *, on: date) -> WordingPage:
    """Show one wording of an office. Raises Refusal for a key that is none."""
    base = base_of(key, on)
    history = [row for row in _rows(office, user) if row.key == key]
    line = _line(base, history, on)
    plain = editable(base.source)
    source = line.own.source if line.own is not None else plain
    since = _since(line.own, base) if line.own is not None else []
    return WordingPage(line, base, source, _diff(plain, source), since, history, list(_facts(base)))


def find(wording_id: int, user: User) -> OwnWording | None:
    """Read one version that a person may see; a draft is its author's alone."""
    rows = OwnWording.objects.select_related("office", "entered_by", "confirmed_by", "refused_by")
    row = rows.filter(pk=wording_id).first()
    if row is None or not may_word(user, row.office) or (row.is_draft and row.entered_by_id != user.pk):
        return None
    return row


def change_page(row: OwnWording) -> ChangePage:
    """Show what a version changes, against the office's former text and against the shipped one, and try it."""
    base = base_of(row.key, row.from_on)
    plain = editable(base.source)
    text = row.source or plain
    trials: tuple[Trial, ...] = ()
    faults: list[Fault] = []
    try:
        trials = try_out(key=row.key, source=text, office=row.office, from_on=row.from_on)
    except BadWording as error:
        faults = error.faults
    former = _former(row)
    return ChangePage(
        row, title_of(base), _diff(former.source or plain, text) if former is not None else [],
        _diff(plain, text), _since(row, base) if row.source else [], trials, faults,
    )  # fmt: skip


def sample_pdf(row: OwnWording, number: int) -> bytes | None:
    """Draw one of the sample cases of a version, marked as a draft; None beyond the last one. Raises BadWording."""
    text = row.source or editable(base_of(row.key, row.from_on).source)
    trials = try_out(key=row.key, source=text, office=row.office, from_on=row.from_on)
    return render_draft(trials[number - 1].composed) if 1 <= number <= len(trials) else None


def _rows(office: Office, user: User) -> list[OwnWording]:
    """Read every version of an office, newest first; of drafts only the person's own."""
    mine = Q(entered_by=user) | Q(proposed_at__isnull=False)
    rows = OwnWording.objects.filter(mine, office=office).order_by("-pk")
    return list(rows.select_related("office", "entered_by", "confirmed_by", "refused_by"))


def _line(base: Wording, rows: list[OwnWording], on: date) -> WordingLine:
    confirmed = sorted((r for r in rows if r.version is not None), key=lambda r: (r.from_on, r.version or 0))
    now = [row for row in confirmed if row.from_on <= on]
    own = now[-1] if now and not now[-1].restores else None
    return WordingLine(
        address=address_of(base.key), title=title_of(base), section=base.key.startswith(ITEMS), basis=base.basis,
        shipped_version=base.version, own=own,
        coming=next((row for row in confirmed if row.from_on > on), None),
        waiting=next((row for row in rows if row.waits), None),
        outdated=own is not None and bool(_since(own, base)),
    )  # fmt: skip


def _former(row: OwnWording) -> OwnWording | None:
    rows = OwnWording.objects.filter(office=row.office, key=row.key, confirmed_at__isnull=False).exclude(
        pk=row.pk
    )
    earlier = rows.filter(from_on__lte=row.from_on)
    if row.version is not None:
        earlier = earlier.filter(version__lt=row.version)
    return earlier.order_by("from_on", "version").last()


def _since(row: OwnWording, base: Wording) -> list[Changed]:
    """Compare the shipped text a version was written on with the one shipped now."""
    if not row.source or row.base_version == base.version:
        return []
    return _diff(editable(row.base_source), editable(base.source))


def _diff(before: str, after: str) -> list[Changed]:
    return compared(before.splitlines(), after.splitlines())


def _facts(base: Wording) -> Iterator[tuple[str, str, bool]]:
    """List the facts of a wording by name and Chinese name, and whether each case gives them."""
    for name in (*base.required, *base.optional):
        yield name, NAMES.get(name, name), name in base.required
