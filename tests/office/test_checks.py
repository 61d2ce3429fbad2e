"""The check of an installation's places."""

from __future__ import annotations

import pytest

from office.checks import secrets_are_closed
from office.keys.ring import ring


@pytest.mark.parametrize("name", ["", "encryption.json"])
def test_open_keys_are_warned_of(places, name):
    assert secrets_are_closed() == [], "nothing is there yet"
    ring("encryption")
    assert secrets_are_closed() == []
    (places.keys / name).chmod(0o750)
    [found] = secrets_are_closed()
    assert found.id == "office.W001"
    assert str(places.keys / name) in found.msg


def test_open_files_are_warned_of(places):
    places.files.mkdir(mode=0o755)
    assert [str(places.files) in found.msg for found in secrets_are_closed()] == [True]
