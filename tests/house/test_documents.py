"""What the documents say is what the code does."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.house.tree import ROOT, files, read

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)|!\[[^\]]*\]\(([^)\s]+)\)")
GLOSSARY = Path("docs", "glossary.md")
DOCUMENTS = [path for path in files() if path.suffix == ".md"]


def test_the_drawn_machine_is_the_declared_one():
    call_command("drawmachine", "--check")


def test_the_written_catalogue_of_papers_is_the_declared_one():
    call_command("drawpapers", "--check")


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_a_link_leads_somewhere(path):
    targets = [a or b for a, b in LINK.findall(read(path))]
    inside = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    assert [target for target in inside if not ((ROOT / path).parent / target).exists()] == []


def test_decision_records_are_numbered_once_and_dated():
    records = [path for path in files() if path.parts[:2] == ("docs", "adr") and path.suffix == ".md"]
    numbers = [path.name[:4] for path in records]
    assert len(numbers) == len(set(numbers))
    for path in records:
        text = read(path)
        assert re.match(rf"# {path.name[:4]}\b", text), path
        for heading in ("## Context", "## Decision", "## Consequences"):
            assert heading in text, f"{path}: {heading}"


def _terms():
    """Give every identifier that the glossary must carry, with its Chinese name."""
    from law.outcomes import Outcome
    from letters.catalogue import KINDS
    from office.roles import Role
    from workflow.kinds import Channel
    from workflow.machine import ACTS, State

    yield from ((member.name, member.label) for member in (*State, *Role))
    yield from ((member.value, member.label) for member in (*Outcome, *Channel))
    yield from ((act.name, act.label) for act in ACTS.values())
    yield from ((code, kind.label) for code, kind in KINDS.items())


def test_the_glossary_has_every_state_role_act_outcome_paper_and_channel():
    rows = [line for line in read(GLOSSARY).splitlines() if line.startswith("|")]
    missing = [
        f"{label} {name}"
        for name, label in _terms()
        if not any(f"`{name}`" in row and str(label) in row for row in rows)
    ]
    assert missing == []
