"""What the documents say is what the code does."""

import re

import pytest
from django.core.management import call_command

from tests.house.tree import ROOT, files, read

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)|!\[[^\]]*\]\(([^)\s]+)\)")
DOCUMENTS = [path for path in files() if path.suffix == ".md"]


def test_the_drawn_machine_is_the_declared_one():
    call_command("drawmachine", "--check")


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


def test_the_glossary_names_every_state_and_role():
    from office.roles import Role
    from workflow.machine import State

    glossary = read(ROOT.joinpath("docs", "glossary.md").relative_to(ROOT))
    missing = [
        str(member.value)
        for members in (State, Role)
        for member in members
        if f"`{member.name}`" not in glossary or str(member.label) not in glossary
    ]
    assert missing == []
