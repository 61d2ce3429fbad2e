"""What every test of the case floor has."""

import pytest

from tests.review.at_home import at_home


@pytest.fixture(autouse=True)
def _files_are_read_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read handed-in files in this process: the walls of the sandbox are tested in `tests/review`."""
    at_home(monkeypatch)
