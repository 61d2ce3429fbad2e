"""Every dependency has its purpose beside it, and the locks hold names and hashes, no addresses."""

import re
import tomllib

import pytest

from tests.house.tree import ROOT, read

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-signature.lock", "requirements-dev.lock")


def _requirements():
    yield from PROJECT["project"]["dependencies"]
    for group in PROJECT["project"]["optional-dependencies"].values():
        yield from group
    for group in PROJECT["dependency-groups"].values():
        yield from group


def _name(requirement):
    return re.split(r"[\[=<>~! ]", requirement, maxsplit=1)[0].lower()


@pytest.mark.parametrize("requirement", list(_requirements()))
def test_a_dependency_says_what_it_is_for(requirement):
    line = next(line for line in read("pyproject.toml").splitlines() if f'"{requirement}"' in line)
    purpose = line.partition("#")[2].strip()
    assert len(purpose) >= 10


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_hashes_everything(lock):
    text = read(lock)
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    for entry in re.split(r"\n(?=[a-z0-9])", text):
        if "==" in entry:
            assert "--hash=sha256:" in entry


def test_the_locks_hold_every_dependency_and_agree():
    versions = [dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", read(lock), re.MULTILINE)) for lock in LOCKS]
    run, signature, dev = versions
    assert run.items() < signature.items() < dev.items()
    locked = {name.replace("_", "-") for name in dev}
    assert {_name(requirement) for requirement in _requirements()} <= locked
    assert not {_name(requirement) for requirement in PROJECT["project"]["dependencies"]} - set(run)
