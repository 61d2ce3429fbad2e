"""The two commands that print papers without a database."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from letters.catalogue import KINDS
from tests.letters import samples
from tests.letters.test_compose import required


def run(facts: dict, tmp_path: Path, *options: str, kind: str = "reply_refuse") -> tuple[int, str]:
    source = tmp_path / "facts.json"
    source.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    out = StringIO()
    try:
        call_command("letter", kind, "--facts", str(source), "--out", str(tmp_path / "out.pdf"), "--on", "2026-11-20",
                     *options, stdout=out, stderr=out)  # fmt: skip
    except SystemExit as left:
        return int(left.code), out.getvalue()
    return 0, out.getvalue()


def test_all_samples_are_printed_and_numbered(tmp_path: Path):
    call_command("letters", "render", "--all-samples", "--out", str(tmp_path), stdout=StringIO())
    names = sorted(path.name for path in tmp_path.glob("*.pdf"))
    assert len(names) > len(KINDS)
    assert names[0] == "01-政府信息公开申请表.pdf"
    assert all(path.read_bytes().startswith(b"%PDF") for path in tmp_path.glob("*.pdf"))


def test_a_good_paper_leaves_0(tmp_path: Path):
    assert run(samples.facts("reply_refuse"), tmp_path) == (0, "")
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_the_day_of_a_paper_may_stand_among_its_facts(tmp_path: Path):
    """Sample facts print on any day; what is old and tells no day is warned of, not stopped."""
    out, source = StringIO(), tmp_path / "facts.json"
    call_command("letters", "facts", "reply_refuse", stdout=out)
    told = json.loads(out.getvalue())
    assert told["on"] == "2026-11-20"
    late = {name: value for name, value in told.items() if name != "on"} | {"received_on": "2026-03-02"}
    for facts, said in ((told, ""), (late, "提示：答复期限已于2026年3月30日届满")):
        source.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        heard = StringIO()
        call_command(
            "letter", "reply_refuse", "--facts", str(source), "--out", str(tmp_path / "out.pdf"), stderr=heard
        )
        assert heard.getvalue().startswith(said)
        assert bool(heard.getvalue()) == bool(said)
    source.write_text(json.dumps(late | {"on": "2026-11-20"}, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        call_command(
            "letter",
            "reply_refuse",
            "--facts",
            str(source),
            "--out",
            str(tmp_path / "x.pdf"),
            stderr=StringIO(),
        )
    assert left.value.code == 4


def test_bad_facts_leave_2_and_are_named(tmp_path: Path):
    facts = samples.facts("reply_refuse")
    del facts["items"][0]["inseparable"]
    code, said = run(facts, tmp_path)
    assert code == 2
    assert "items.1.inseparable" in said
    code, said = run(facts, tmp_path, "--json")
    assert json.loads(said)["field"] == "items.1.inseparable"
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_printed_from_its_facts_alone(kind: str, tmp_path: Path):
    assert run(samples.facts(kind), tmp_path, kind=kind) == (0, "")
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_names_each_fact_it_misses(kind: str, tmp_path: Path):
    for name in required(kind):
        facts = samples.facts(kind)
        del facts[name]
        code, said = run(facts, tmp_path, "--json", kind=kind)
        assert (code, json.loads(said)["field"]) == (2, name)


def test_a_paper_the_lint_stops_leaves_4(tmp_path: Path):
    facts = samples.facts("reply_refuse")
    facts["items"][0]["reason"] = "内部信息"
    code, said = run(facts, tmp_path, "--lint-only", "--json")
    assert code == 4
    assert json.loads(said)[0]["rule"] == "thin_reason"
    assert not (tmp_path / "out.pdf").exists()


def test_an_unknown_kind_leaves_2(tmp_path: Path):
    assert run({}, tmp_path, kind="poem")[0] == 2


def test_a_draft_is_marked(tmp_path: Path):
    from tests.letters.measure import chars

    assert run(samples.facts("reply_refuse"), tmp_path, "--draft")[0] == 0
    assert any(char.size > 50 for char in chars((tmp_path / "out.pdf").read_bytes()))


@pytest.mark.parametrize("bad", ["{", "[]"])
def test_a_file_that_is_no_facts_leaves_2(bad: str, tmp_path: Path):
    source = tmp_path / "facts.json"
    source.write_text(bad)
    with pytest.raises(SystemExit) as left:
        call_command("letter", "reply_refuse", "--facts", str(source), "--out", str(tmp_path / "o.pdf"),
                     stdout=StringIO(), stderr=StringIO())  # fmt: skip
    assert left.value.code == 2


def test_the_contact_sheet_shows_a_page_for_each_paper(tmp_path: Path):
    from PIL import Image

    from letters.contact_sheet import COLUMNS, GAP, HEIGHT, LABEL, WIDTH, contact_sheet
    from tests.letters.papers import drawn

    names = ["reply_refuse", "approval_sheet", "registration_receipt"]
    made = contact_sheet((name, drawn(name)) for name in names)
    (tmp_path / "sheet.png").write_bytes(made)
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.size == (COLUMNS * (WIDTH + GAP) + GAP, HEIGHT + LABEL + 2 * GAP)
        picture = sheet.convert("L")
    for column in range(COLUMNS):
        left = GAP + column * (WIDTH + GAP)
        page = picture.crop((left + 2, GAP + 2, left + WIDTH - 2, GAP + HEIGHT - 2))
        assert (page.getextrema()[0] < 80) is (column < len(names))


def test_a_letter_is_set_as_a_document_where_that_is_asked_for(tmp_path: Path):
    from tests.letters.measure import plain

    assert run(samples.facts("reply_refuse"), tmp_path, "--format", "document")[0] == 0
    assert "2026年11月20日印发" in plain((tmp_path / "out.pdf").read_bytes())
    code, said = run(samples.facts("approval_sheet"), tmp_path, "--format", "document", kind="approval_sheet")
    assert code == 2
    assert "固定的版式" in said
