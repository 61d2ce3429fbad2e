"""The table of remedies for readers: `docs/remedies.md`."""

import os
from pathlib import Path

from tests.law.test_remedy_matrix import table

DOCS = Path(__file__).parents[2] / "docs" / "remedies.md"


def test_the_table_for_readers_is_kept():
    if os.environ.get("REMEDIES") == "write":
        DOCS.write_text(table(), encoding="utf-8")
    assert table() == DOCS.read_text(encoding="utf-8")
