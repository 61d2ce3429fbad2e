"""Find cases by number, words, applicant or identity number."""

from __future__ import annotations

import datetime as dt
import re

from django.db.models import QuerySet

from letters.models import Paper
from office import keys
from office.models import User
from workflow.models import Case, Party
from workflow.models.party import IDENTITY, normal_identity
from workflow.selectors.access import visible_cases
from workflow.selectors.timeliness import with_pause
from workflow.selectors.words import anywhere, in_case, in_names
from workflow.selectors.worklists import Row, rows_of

MOST = 50
MOST_WORDS = 8
NUMBER = re.compile(r"^(20\d\d)\s*[-－—]\s*(\d{1,6})$")
LETTER = re.compile(r"〔20\d\d〕\d+号?$")
IDENTITY_LIKE = re.compile(r"^[0-9A-Za-z\s]{8,24}$")


def search(user: User, text: str, *, on: dt.date) -> tuple[tuple[Row, ...], bool]:
    """Find the newest cases a person may see by case number, letter number, identity number, title or name.

    Returns at most 50 rows and whether there are more. An identity number is looked up by its keyed hash only.
    """
    wanted = text.strip()
    if not wanted:
        return (), False
    cases = _matching(visible_cases(user), wanted)
    found = list(
        with_pause(cases, on=on).select_related("office", "unit", "handler").order_by("-pk")[: MOST + 1]
    )
    return rows_of(found[:MOST], user, on=on), len(found) > MOST


def _matching(cases: QuerySet[Case], wanted: str) -> QuerySet[Case]:
    if number := NUMBER.match(wanted):
        return cases.filter(year=int(number[1]), seq=int(number[2]))
    if LETTER.search(wanted):
        refs = Paper.objects.filter(number_text=wanted).values_list("subject_ref", flat=True)
        return cases.filter(pk__in=[int(ref[5:]) for ref in refs if ref.startswith("case:")])
    if IDENTITY_LIKE.match(wanted) and any(character.isdigit() for character in wanted):
        hashes = keys.blind_candidates(IDENTITY, normal_identity(wanted))
        held = Party.objects.filter(case__in=cases.order_by(), id_hash__in=hashes)
        return _newest(cases, cases.filter(external_number=wanted), held)
    first, *others = sorted(set(wanted.split()), key=len, reverse=True)[:MOST_WORDS]
    for word in others:
        cases = cases.filter(anywhere(word))
    return _newest(cases, in_case(cases, first), in_names(cases, first))


def _newest(cases: QuerySet[Case], found: QuerySet[Case], parties: QuerySet[Party]) -> QuerySet[Case]:
    """Return the newest cases found by themselves or by a party; each asked for apart, since no index serves an "or"."""
    pks = set(found.order_by("-pk").values_list("pk", flat=True)[: MOST + 1])
    pks.update(parties.order_by("-case_id").values_list("case_id", flat=True)[: MOST + 1])
    return cases.filter(pk__in=sorted(pks, reverse=True)[: MOST + 1])
