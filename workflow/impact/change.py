"""A change of the rules: which offices it reaches, by what they went before and by what they go after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from calendars.days import Calendar
from calendars.growing import grown, regions_of
from calendars.models import StoredNotice
from office.models import Office, OfficeParameter
from workflow import rules
from workflow.rules import Pairs, Rules


@dataclass(frozen=True)
class Change:
    """One change of days or of a reading, not in force yet."""

    before: dict[int, Rules]
    after: dict[int, Rules]

    @property
    def offices(self) -> list[int]:
        """Name the offices whose rules become others."""
        return sorted(self.after)


def of_notice(notice: StoredNotice) -> Change:
    """Work out what a notice changes: everywhere, or in its region and the regions within.

    Raises BadYear where the notice does not follow on what is held.
    """
    offices = {row.pk: row for row in Office.objects.all()}
    before = rules.of_all(offices)
    told = notice.as_notice()
    after: dict[int, Rules] = {}
    made: dict[int, Calendar] = {}
    for pk, held in before.items():
        if notice.region_code and notice.region_code not in regions_of(_code(pk, offices)):
            continue
        calendar = made.get(id(held.calendar))
        if calendar is None:
            calendar = (
                held.calendar.with_regional([told])
                if notice.region_code
                else grown(held.calendar, notice.year, told)
            )
            made[id(held.calendar)] = calendar
        after[pk] = Rules(calendar, held.overrides)
    return Change({pk: before[pk] for pk in after}, after)


def of_parameter(row: OfficeParameter) -> Change:
    """Work out what an office's own value changes: in the office and in those below that go by it."""
    own: dict[str, dict[int | None, Pairs]] = {
        key: dict(by_office) for key, by_office in rules.own_values().items()
    }
    held = own.setdefault(row.key, {}).get(row.office_id, ())
    later = (*(pair for pair in held if pair[0] != row.from_on), (row.from_on, row.value))
    own[row.key][row.office_id] = tuple(sorted(later, key=lambda pair: pair[0]))
    reached = _below(row.office)
    before = rules.of_all(reached)
    after = rules.of_all(reached, own=own)
    moved = [pk for pk in reached if before[pk].overrides != after[pk].overrides]
    return Change({pk: before[pk] for pk in moved}, {pk: after[pk] for pk in moved})


def _below(office: Any) -> list[int]:
    if office is None:
        return list(Office.objects.values_list("pk", flat=True))
    return [office.pk, *office.descendants().values_list("pk", flat=True)]


def _code(pk: int, offices: dict[int, Office]) -> str:
    chain = rules.chain_of(pk, offices)
    return next((offices[i].region_code for i in chain if offices[i].region_code), "")
