"""Find cases by number, words, applicant or identity number."""

from __future__ import annotations

import datetime as dt
import re

from django.db.models import Exists, OuterRef, Q, QuerySet

from letters.models import Paper
from office import keys
from office.models import User
from workflow.models import Case, Party
from workflow.models.party import IDENTITY, normal_identity
from workflow.selectors.access import visible_cases
from workflow.selectors.timeliness import with_standing
from workflow.selectors.worklists import Row, rows_of

MOST = 50
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
        with_standing(cases, on=on).select_related("office", "unit", "handler").order_by("-pk")[: MOST + 1]
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
        held = Party.objects.filter(case_id=OuterRef("pk"), id_hash__in=hashes)
        return cases.filter(Exists(held) | Q(external_number=wanted))
    for word in wanted.split():
        named = Party.objects.filter(case_id=OuterRef("pk"), name__icontains=word)
        cases = cases.filter(Q(title__icontains=word) | Q(applicant_name__icontains=word) | Exists(named))
    return cases
