"""One spelling of a paper's facts for freezing."""

import json
from typing import Any


def dump_facts(facts: dict[str, Any]) -> str:
    """Write facts as canonical JSON; refuses what JSON cannot hold."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load_facts(text: str) -> dict[str, Any]:
    """Read facts back from their frozen form."""
    facts: dict[str, Any] = json.loads(text)
    return facts
