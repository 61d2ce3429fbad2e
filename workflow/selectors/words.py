"""Where words stand in cases and in the names of their parties, found through pairs of characters (二字索引)."""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Value

from workflow.models import Case, CaseWords, Party

#: Built by a migration on PostgreSQL: every pair of neighbouring characters of a text, in small letters.
BIGRAMS = "workflow_bigrams"
SHORTEST = 2


class _Bigrams(Func):
    """All pairs of a text."""

    function = BIGRAMS


class _Holds(Func):
    """Whether the pairs on the left hold those on the right."""

    template = "(%(expressions)s)"
    arg_joiner = " @> "
    output_field = BooleanField()


def in_case(cases: QuerySet[Case], word: str) -> QuerySet[Case]:
    """Keep the cases whose title or applicant's name holds a word."""
    if _by_pairs(cases, word):
        cases = cases.filter(pk__in=CaseWords.objects.filter(_has("words", word)).values("case_id"))
    return cases.filter(Q(title__icontains=word) | Q(applicant_name__icontains=word))


def in_names(cases: QuerySet[Case], word: str) -> QuerySet[Party]:
    """Return the parties of the cases whose name holds a word."""
    names = Party.objects.filter(case__in=cases.order_by())
    if _by_pairs(names, word):
        names = names.filter(_has("name", word))
    return names.filter(name__icontains=word)


def anywhere(word: str) -> Q:
    """Say that a case has a word in its title, its applicant's name or a party's."""
    named = Party.objects.filter(case_id=OuterRef("pk"), name__icontains=word)
    return Q(title__icontains=word) | Q(applicant_name__icontains=word) | Q(Exists(named))


def _by_pairs(rows: QuerySet[Any], word: str) -> bool:
    """Tell whether the database has an index of pairs, and a word is long enough for one."""
    return connections[rows.db].vendor == "postgresql" and len(word) >= SHORTEST


def _has(column: str, word: str) -> _Holds:
    return _Holds(_Bigrams(F(column)), _Bigrams(Value(word)))
