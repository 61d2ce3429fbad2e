"""Where words stand in cases and in the names of their parties, found through pairs of characters (二字索引)."""

from __future__ import annotations

from typing import TypeVar

from django.db import connections
from django.db.models import BooleanField, Exists, F, Func, Model, OuterRef, Q, QuerySet, Value

from workflow.models import Case, Party

M = TypeVar("M", bound=Model)
#: Built by a migration on PostgreSQL: every pair of neighbouring characters of a text, in small letters.
BIGRAMS = "workflow_bigrams"
SHORTEST = 2


class _Bigrams(Func):
    """All pairs of the columns, joined by a line end as the index joins them."""

    function = BIGRAMS
    arg_joiner = " || chr(10) || "


class _Holds(Func):
    """Whether the pairs on the left hold those on the right."""

    template = "(%(expressions)s)"
    arg_joiner = " @> "
    output_field = BooleanField()


def in_case(cases: QuerySet[Case], word: str) -> QuerySet[Case]:
    """Keep the cases whose title or applicant's name holds a word."""
    found = _likely(cases, word, "title", "applicant_name")
    return found.filter(Q(title__icontains=word) | Q(applicant_name__icontains=word))


def in_names(cases: QuerySet[Case], word: str) -> QuerySet[Party]:
    """Return the parties of the cases whose name holds a word."""
    return _likely(Party.objects.filter(case__in=cases.order_by()), word, "name").filter(name__icontains=word)


def anywhere(word: str) -> Q:
    """Say that a case has a word in its title, its applicant's name or a party's."""
    named = Party.objects.filter(case_id=OuterRef("pk"), name__icontains=word)
    return Q(title__icontains=word) | Q(applicant_name__icontains=word) | Q(Exists(named))


def _likely(rows: QuerySet[M], word: str, *columns: str) -> QuerySet[M]:
    """Narrow rows by the index of pairs, where the database has one and the word is long enough for a pair."""
    if connections[rows.db].vendor != "postgresql" or len(word) < SHORTEST:
        return rows
    return rows.filter(_Holds(_Bigrams(*map(F, columns)), _Bigrams(Value(word))))
