"""When a reply counts as made, by the way it was served."""

from datetime import date

import pytest

from law.records.completion import completed_on, on_signature

SENT, SIGNED = date(2026, 3, 2), date(2026, 3, 5)


@pytest.mark.parametrize(
    "channel,signed,done",
    [
        ("counter", SIGNED, SIGNED),
        ("post", SIGNED, SENT),
        ("post", None, SENT),
        ("courier", SIGNED, SIGNED),
        ("courier", None, None),
        ("portal", None, SENT),
        ("email", None, SENT),
    ],
)
def test_service_is_complete(channel, signed, done):
    assert completed_on(channel, SENT, signed) == done


def test_an_office_may_read_an_email_otherwise_from_a_day():
    own = {"completion.email": [(date(2026, 3, 2), "signed")]}
    assert on_signature("email", SENT, own)
    assert not on_signature("email", date(2026, 3, 1), own)
    assert completed_on("email", SENT, None, overrides=own) is None
    assert completed_on("email", SENT, SIGNED, overrides=own) == SIGNED
