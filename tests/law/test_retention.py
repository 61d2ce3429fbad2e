"""How long a file is kept, and when it leaves the office's drawers."""

from datetime import date

import pytest

from law.errors import BadFacts
from law.records.retention import retention_years, transfer_due

ON = date(2026, 11, 20)


@pytest.mark.parametrize(
    "outcomes,more,years",
    [
        (["disclose"], {}, 10),
        (["not_exist", "disclose"], {}, 10),
        (["disclose", "partial"], {}, 30),
        (["refuse_state_secret"], {}, 30),
        (["refuse_enforcement"], {}, 30),
        (["disclose"], {"consulted": True}, 30),
        (["disclose"], {"disputed": True}, 30),
        ([], {}, 10),
    ],
)
def test_what_was_withheld_asked_about_or_contested_is_kept_long(outcomes, more, years):
    assert retention_years(outcomes, ON, **more) == years


def test_an_office_has_its_own_table():
    assert retention_years(["disclose"], ON, overrides={"retention.short_years": 5}) == 5
    assert retention_years(["partial"], ON, overrides={"retention.long_years": 50}) == 50


def test_an_unknown_outcome_is_refused():
    with pytest.raises(BadFacts):
        retention_years(["lost"], ON)


def test_a_file_goes_to_the_archive_in_the_year_after():
    assert transfer_due(ON) == date(2027, 6, 30)
    assert transfer_due(ON, overrides={"retention.transfer": [(date(2026, 1, 1), "03-31")]}) == date(
        2027, 3, 31
    )
