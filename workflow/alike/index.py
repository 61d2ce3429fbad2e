"""Keeps the index of wordings in step with the items, and finds in it what may be like a new request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max, Q

from office import keys
from workflow.alike.compare import Likeness, compare_read
from workflow.alike.sketch import bands, digest
from workflow.alike.wording import Wording, lists_mark, read
from workflow.models import Item, RequestText, TextBand

#: From one band at most so many wordings are looked at, so that a flood of like letters cannot slow the desk.
PER_BAND = 300
#: So many of the wordings that share the most bands are compared word by word.
COMPARED = 150
BATCH = 500


@dataclass(frozen=True)
class Entry:
    """One wording as the index holds it."""

    number: int
    mark: str
    bands: tuple[int, ...]


@dataclass(frozen=True)
class Match:
    """A stored wording that is like one of those asked for; ``item`` is the place of that one, from 1."""

    text_id: int
    item: int
    likeness: Likeness


class Indexer:
    """Makes the entries of one office's wordings under one key; for a single act as for a whole load."""

    def __init__(self, office_id: int) -> None:
        version, self._key = keys.derived(f"alike:{office_id}")
        self.office_id, self.mark = office_id, f"{version}.{lists_mark()}"

    def entry(self, wording: Wording) -> Entry:
        """Make the entry of a wording; equal wordings give equal entries."""
        return Entry(digest(wording, self._key), self.mark, tuple(bands(wording, self._key)))

    def bands(self, wording: Wording) -> list[int]:
        """Return the bands under which a like wording would stand."""
        return bands(wording, self._key)


def enter(office_id: int, texts: Iterable[str]) -> list[int]:
    """Put wordings into an office's index, in the caller's transaction; return the numbers for their items.

    A wording that is there already is stored once. Two queries, however many wordings.
    """
    indexer = Indexer(office_id)
    entries = [indexer.entry(read(text)) for text in texts]
    # In order of number, so that two writers of the same wordings wait for each other instead of locking up.
    ordered = sorted({entry.number: entry for entry in entries}.values(), key=lambda entry: entry.number)
    RequestText.objects.bulk_create(
        [RequestText(number=entry.number, office_id=office_id, mark=entry.mark) for entry in ordered],
        ignore_conflicts=True,
    )
    TextBand.objects.bulk_create(
        sorted(
            (TextBand(number=band, text_id=entry.number) for entry in ordered for band in set(entry.bands)),
            key=lambda row: (row.number, row.text_id),
        ),
        ignore_conflicts=True,
    )
    return [entry.number for entry in entries]


def find(office_id: int, texts: Sequence[str]) -> list[Match]:
    """Find the stored wordings of an office that are like any of the given ones, the most alike first.

    Two queries: the index, then the words of the candidates, which are compared exactly.
    """
    asked = [read(text) for text in texts if text.strip()]
    if not asked:
        return []
    candidates = _candidates(office_id, asked)
    newest = Item.objects.filter(text_id__in=candidates).values("text_id").annotate(one=Max("pk"))
    words = Item.objects.filter(pk__in=newest.values("one")).values_list("text_id", "description")
    found = []
    for text_id, description in words:
        stored = read(description)
        place, likeness = max(
            ((place, compare_read(one, stored)) for place, one in enumerate(asked, start=1)),
            key=lambda pair: (pair[1].same, pair[1].score),
        )
        if likeness.worth_showing:
            found.append(Match(text_id, place, likeness))
    return sorted(found, key=lambda match: (-match.likeness.same, -match.likeness.score, match.text_id))


def _candidates(office_id: int, asked: Sequence[Wording]) -> list[int]:
    """Return the numbers of the stored wordings that share the most bands with one asked for."""
    indexer = Indexer(office_id)
    numbers = sorted({band for wording in asked for band in indexer.bands(wording)})
    table = TextBand._meta.db_table
    one = f"SELECT text_id FROM (SELECT text_id FROM {table} WHERE number = %s LIMIT {PER_BAND}) b"  # noqa: S608
    rows: dict[int, int] = {}
    with connection.cursor() as cursor:
        for start in range(0, len(numbers), BATCH - 1):  # SQLite joins at most 500 selects
            part = numbers[start : start + BATCH - 1]
            cursor.execute(
                f"SELECT text_id, COUNT(*) FROM ({' UNION ALL '.join([one] * len(part))}) s "  # noqa: S608
                f"GROUP BY text_id ORDER BY COUNT(*) DESC, text_id LIMIT {COMPARED}",
                part,
            )
            for text_id, count in cursor.fetchall():
                rows[text_id] = rows.get(text_id, 0) + count
    return sorted(rows, key=lambda text_id: (-rows[text_id], text_id))[:COMPARED]


def newest_cases(text_ids: Sequence[int], *, each: int) -> list[tuple[int, int]]:
    """Return (wording, case) for the newest cases of every wording, at most so many of each, in one query."""
    if not text_ids:
        return []
    table = Item._meta.db_table
    one = (
        f"SELECT text_id, case_id FROM (SELECT text_id, case_id FROM {table} WHERE text_id = %s "  # noqa: S608
        f"ORDER BY case_id DESC LIMIT {int(each)}) b"
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(text_ids)), list(text_ids))
        return [(text_id, case_id) for text_id, case_id in cursor.fetchall()]


def catch_up(*, most: int = 5000) -> int:
    """Read items the index does not know yet, or knows under an older key or list of words; return how many.

    After an upgrade, a rotation of keys or a change of the lists, the next ticks bring the index to the present,
    batch by batch; what is not read yet is not found, and nothing else depends on it.
    """
    done = 0
    while done < most:
        count = _one_batch()
        if not count:
            break
        done += count
    return done


def _one_batch() -> int:
    marks = {office_id: Indexer(office_id).mark for office_id in _offices()}
    stale = RequestText.objects.exclude(mark__in=set(marks.values())).values("number")
    waiting = Q(text__isnull=True), Q(text_id__in=stale)
    with transaction.atomic():
        for which in waiting:
            items = list(Item.objects.filter(which).select_related("case").order_by("pk")[:BATCH])
            if items:
                break
        by_office: dict[int, list[Item]] = {}
        for item in items:
            by_office.setdefault(item.case.office_id, []).append(item)
        for office_id, own in sorted(by_office.items()):
            for item, number in zip(own, enter(office_id, [item.description for item in own]), strict=True):
                # No row is locked meanwhile: words that were corrected since are left to whoever corrected them.
                Item.objects.filter(pk=item.pk, description=item.description).update(text_id=number)
        if not items:
            _forget(stale)
    return len(items)


def _forget(stale: object) -> None:
    """Take wordings out of the index that no item carries any more under the present key and lists."""
    if RequestText.objects.filter(number__in=stale).exists():
        TextBand.objects.filter(text_id__in=stale).delete()
        RequestText.objects.filter(number__in=stale).delete()


def _offices() -> list[int]:
    from office.models import Office

    return list(Office.objects.values_list("pk", flat=True))
