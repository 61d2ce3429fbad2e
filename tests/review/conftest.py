"""What most tests of documents begin with: an office, and a case whose handler has it."""

from __future__ import annotations

import pytest

from tests.workflow.factories import Town, handled, make_town
from workflow.models import Case


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


@pytest.fixture
def case(town: Town) -> Case:
    return handled(town)
