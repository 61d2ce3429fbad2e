"""An office with keys of its own, for tests that issue papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from office.models import Kind, Level, Office

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Signer:
    """Somebody who signs."""

    ref: str = "user:7"
    display: str = "赵明"

    def roles_in(self, office_id: int) -> frozenset[str]:
        """Hold no post: who may sign is decided above this floor."""
        return frozenset()


@pytest.fixture
def own_keys(settings, tmp_path: Path) -> Path:
    """Give the test its own keys."""
    settings.KEY_DIR = tmp_path / "keys"
    return settings.KEY_DIR


@pytest.fixture
def bureau(own_keys, db) -> Office:
    """The office of the samples, on record."""
    return make_bureau()


def make_bureau() -> Office:
    """Put the office of the samples on record under its county's government."""
    county = Office.objects.create(
        code="qingyuan", name="清源县人民政府", kind=Kind.GOVERNMENT, level=Level.COUNTY, region="清源县",
        doc_code="清政", basic_court="清源县人民法院", intermediate_court="安平市中级人民法院",
    )  # fmt: skip
    return Office.objects.create(
        code="zrzy", parent=county, name="清源县自然资源局", kind=Kind.DEPARTMENT, level=Level.COUNTY,
        doc_code="清自然资", phone="0415-3126677", disclosure_office="局办公室",
    )  # fmt: skip
