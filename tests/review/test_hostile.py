"""Two hundred hostile uploads: no crash, no more than 1 GiB, each refused with a sentence or shown."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from tests.review import hostile
from workflow.review import sandbox

#: Enough to refuse a bomb, little enough that many fit into a test run.
LIMITS = sandbox.Limits(cpu_seconds=25, wall_seconds=60)
GIB_IN_KIB = 1024 * 1024
CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")


def handed_in(name: str, content: bytes) -> tuple[str, str, int]:
    """Hand a file in as the door does, then make and draw its copy; return what became of it, why, and the peak in KiB."""
    peak = 0
    try:
        seen = sandbox.run("inspect", content, limits=LIMITS)
        peak = seen.peak_kib
        if seen.answer["kind"] == "zip":
            told = [
                handed_in(one["name"], seen.numbered[int(one["number"])])
                for one in seen.answer["members"][:4]
            ]
            refused = next((one for one in told if one[0] == "refused"), None)
            return refused or ("shown", "", max([peak, *(one[2] for one in told)]))
        made = sandbox.run("make", content, kind=seen.answer["kind"], limits=LIMITS, converter="none")
        peak = max(peak, made.peak_kib)
        pdf = made.files.get("pages.pdf", content)
        drawn = sandbox.run("render", pdf, numbers=[1], dpi=110, limits=LIMITS)
        assert drawn.numbered, name
    except sandbox.Unfit as unfit:
        return "refused", f"{unfit.code}: {unfit.message}", max(peak, unfit.peak_kib)
    return "shown", "", max(peak, drawn.peak_kib)


def ask(cases: list[hostile.Case]) -> Counter[str]:
    """Hand in each file; every one is refused with a Chinese sentence or shown, in at most 1 GiB."""
    wrong: list[Any] = []
    told: Counter[str] = Counter()
    peaks = []
    for what, name, content in cases:
        fate, why, peak = handed_in(name, content)
        told[fate if fate == "shown" else why.partition(":")[0]] += 1
        peaks.append((peak, what))
        if fate == "refused" and not CHINESE.search(why):
            wrong.append((what, why))
        if peak > GIB_IN_KIB:
            wrong.append((what, peak))
    print(dict(told), "peak MiB", max(peaks)[0] // 1024, max(peaks)[1])
    assert wrong == []
    return told


def test_there_are_two_hundred_of_all_kinds():
    cases = hostile.every()
    assert len(cases) >= 200
    assert len({what for what, _, _ in cases}) == len(cases)


def test_a_share_of_the_hostile_files_is_refused_or_shown():
    cases = [case for n, case in enumerate(hostile.every()) if n % 16 == 5]
    assert len(cases) >= 12
    ask(cases)


@pytest.mark.slow
def test_every_hostile_file_is_refused_or_shown():
    told = ask(hostile.every())
    assert told["shown"] < 100
    assert {
        "file_bomb",
        "file_path",
        "file_macro",
        "file_external",
        "file_entity",
        "file_script",
        "file_locked",
    } <= set(told)


MUST = [
    ("zip that unpacks to 60 MB", {"file_bomb"}), ("overlapping entries", {"file_bomb", "file_cut", "file_path"}), ("symbolic link", {"file_path"}),
    ("path '../a.txt'", {"file_path"}), ("docx with an entity", {"file_entity"}), ("xlsx with macros", {"file_macro"}),
    ("docx with an outside template", {"file_external"}), ("script on opening", {"file_script"}), ("with a password", {"file_locked"}),
    ("pdf that is a zip", {"file_two_kinds"}), ("png of a billion pixels", {"file_pixels"}), ("picture of 90000 by 90000", {"file_broken", "file_heavy", "file_slow", "shown"}),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("what, codes", MUST)
def test_what_each_is_refused_for(what, codes):
    content = next(content for name, _, content in hostile.every() if name == what)
    fate, why, _ = handed_in("x", content)
    assert (why.partition(":")[0] if fate == "refused" else fate) in codes


def test_a_process_gets_nothing_of_the_server_and_ends_with_its_time(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "must-not-leak")
    monkeypatch.setenv("DATABASE_URL", "postgres://must-not-leak")
    import os
    import subprocess
    from pathlib import Path

    seen: dict[str, Any] = {}
    plain = subprocess.Popen

    def watched(command: list[str], **given: Any) -> Any:
        seen.update(given)
        return plain(command, **given)

    monkeypatch.setattr(subprocess, "Popen", watched)
    with pytest.raises(sandbox.Unfit) as told:
        sandbox.run(
            "inspect",
            b"x" * 5_000_000 + "\u5b57".encode(),
            limits=sandbox.Limits(cpu_seconds=1, wall_seconds=1, memory=96 * 1024 * 1024),
        )
    assert told.value.code in ("file_slow", "file_heavy", "file_broken")
    assert set(seen["env"]) == {"PATH", "LANG", "HOME", "TMPDIR"}
    assert "SECRET_KEY" in os.environ
    assert not Path(seen["env"]["HOME"]).exists()


def test_no_sandbox_has_more_than_a_gibibyte():
    with pytest.raises(ValueError, match="1 GiB"):
        sandbox.Limits(memory=2 * 1024**3)


def test_a_missing_converter_is_said_with_the_way_out():
    from tests.review.makers import document

    with pytest.raises(sandbox.Unfit) as told:
        sandbox.run("make", document(), kind="docx", converter="none", limits=LIMITS)
    assert told.value.code == "no_converter"
    assert "PDF" in told.value.message


def test_a_converter_is_a_program_that_is_named(tmp_path):
    """Any program that takes what LibreOffice takes will do: here one that copies a PDF."""
    from tests.review.makers import document, pdf_of

    (tmp_path / "made.pdf").write_bytes(pdf_of("converted 42"))
    program = tmp_path / "converter"
    program.write_text(f"#!/bin/sh\ncp {tmp_path}/made.pdf document.pdf\n")
    program.chmod(0o755)
    made = sandbox.run("make", document(), kind="docx", converter=str(program), limits=LIMITS)
    assert made.answer["pages"] == 1
    assert "converted" in made.files["pages.jsonl"].decode()
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    with pytest.raises(sandbox.Unfit, match="打印"):
        sandbox.run("make", document(), kind="docx", converter=str(broken), limits=LIMITS)
