"""The `letter` and `letters` commands as other systems call them: from a pipe, with bad input, in bulk, in a bare shell."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from letters.compose_paper import compose
from letters.in_bulk import RESULTS
from letters.lint.handbook import written
from tests.letters import samples

ROOT = Path(__file__).parents[2]
ON = "2026-11-20"


def run(command: str, *arguments: str) -> tuple[int, str, str]:
    """Call a command; give exit code, output and errors."""
    out, err = StringIO(), StringIO()
    try:
        call_command(command, *arguments, stdout=out, stderr=err)
    except SystemExit as left:
        return int(left.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def letter(facts: Any, tmp_path: Path, *more: str, kind: str = "reply_refuse") -> tuple[int, str, str]:
    source = tmp_path / "facts.json"
    source.write_text(facts if isinstance(facts, str) else json.dumps(facts), encoding="utf-8")
    return run("letter", kind, "--facts", str(source), "--on", ON, *more)


def without(*paths: str) -> dict[str, Any]:
    facts = samples.facts("reply_refuse")
    for path in paths:
        held: Any = facts
        *way, last = path.split(".")
        for step in way:
            held = held[0] if isinstance(held, list) else held[step]
        del held[last]
    return facts


def test_a_clean_paper_is_an_empty_list(tmp_path: Path):
    code, out, _ = letter(samples.facts("reply_refuse"), tmp_path, "--lint-only", "--json")
    assert (code, json.loads(out)) == (0, [])
    assert letter(samples.facts("reply_refuse"), tmp_path, "--lint-only") == (0, "", "")


def test_facts_come_from_a_pipe(monkeypatch: pytest.MonkeyPatch):
    raw = json.dumps(samples.facts("reply_disclose")).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    code, out, _ = run("letter", "reply_disclose", "--facts", "-", "--lint-only", "--json", "--on", ON)
    assert (code, json.loads(out)) == (0, [])


def test_a_finding_tells_why_and_how_to_mend_it(tmp_path: Path):
    code, out, _ = letter(without("items.0.discretion"), tmp_path, "--lint-only", "--json")
    (found,) = json.loads(out)
    assert code == 4
    assert found["rule"] == "no_discretion"
    assert found["severity"] == "block"
    assert found["article"] == "条例第十六条"
    assert found["mend"] == {
        "action": "edit",
        "target": "items.1.discretion",
        "label": "填写选择不公开的裁量理由",
    }
    code, _, err = letter(without("items.0.discretion"), tmp_path, "--lint-only")
    assert code == 4
    assert all(words in err for words in ("不得签发", "原因：", "改正：", "items.1.discretion"))


def test_everything_that_is_wrong_with_facts_is_named_at_once(tmp_path: Path):
    facts = without("items.0.discretion", "items.0.inseparable", "channel", "addressee") | {"poem": "x"}
    code, out, _ = letter(facts, tmp_path, "--json", "--out", str(tmp_path / "o.pdf"))
    answer = json.loads(out)
    assert code == 2
    named = [row["field"] for row in answer["fields"]]
    assert named[0] == answer["field"]
    assert set(named) == {"addressee", "channel", "poem", "items.1.discretion", "items.1.inseparable"}
    assert {f["rule"] for f in answer["findings"]} == {"no_discretion", "no_separation"}
    assert not (tmp_path / "o.pdf").exists()
    code, out, _ = letter(facts, tmp_path, "--json", "--lint-only")
    assert (code, {row["field"] for row in json.loads(out)["fields"]}) == (
        2,
        {"addressee", "channel", "poem"},
    )


def test_what_the_law_forbids_is_a_finding_also_where_a_paper_was_wanted(tmp_path: Path):
    facts = samples.facts("reply_refuse") | {"electronic": True}
    code, out, _ = letter(facts, tmp_path, "--json", "--out", str(tmp_path / "o.pdf"))
    assert (code, json.loads(out)[0]["rule"]) == (4, "online_channel")
    assert not (tmp_path / "o.pdf").exists()


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ("", "facts"), ("{", "facts"), ("[]", "facts"), ("nul", "facts"), ('{"office": NaN}', "facts"),
        ('{"office": {}, "office": {}}', "facts"), ("[" * 100_000, "facts"),
        ({"office": "x"}, "addressee"), (samples.facts("reply_refuse") | {"items": "x"}, "items"),
        (samples.facts("reply_refuse") | {"items": [1]}, "items"), (samples.facts("reply_refuse") | {"office": 7}, "office"),
        (samples.facts("reply_refuse") | {"received_on": "昨天"}, "received_on"),
        (samples.facts("reply_refuse") | {"channel": "鸽子"}, "channel"),
        (samples.with_items({**samples.ITEMS["refuse_process"], "outcome": "poem"}), "items.1.outcome"),
        (samples.with_items({**samples.ITEMS["refuse_process"], "seq": "一"}), "items"),
        (samples.with_items({**samples.ITEMS["refuse_process"], "grounds": "条例第十六条"}), "grounds"),
        (samples.with_items(samples.ITEMS["disclose"], samples.ITEMS["not_exist"]), "items.1.seq"),
        (samples.facts("reply_refuse") | {"register": []}, ""),
        (samples.facts("reply_refuse") | {"electronic": "no"}, "electronic"),
        (samples.facts("reply_refuse") | {"addressee": {"name": "王某", "kind": "自然人"}}, "addressee.kind"),
        (samples.facts("reply_refuse") | {"received_on": "0001-01-01"}, "received_on"),
        (samples.facts("reply_refuse") | {"received_on": "2026-W44-3"}, "received_on"),
        (samples.facts("reply_refuse") | {"extension_notice_on": "2026-11-12"}, "extension_notice_on"),
        (samples.facts("reply_refuse") | {"office": samples.OFFICE | {"government_name": -1}}, "office.government_name"),
        (samples.facts("reply_refuse") | {"register": {"consultations": [{"opinion": "不同意"}]}}, "register.consultations.1.opinion"),
        (samples.facts("reply_refuse") | {"register": {"consultations": [{"opinion": "agree", "reason_sound": "yes"}]}}, "reason_sound"),
        (samples.with_items(samples.ITEMS["not_exist"]), "items.1.outcome"),
        (samples.with_items({**samples.ITEMS["refuse_process"], "seq": 10_000}), "items.seq"),
        (samples.with_items({**samples.ITEMS["refuse_process"], "grounds": ["第百条"]}), "items.1.grounds"),
        (samples.with_items({**samples.ITEMS["refuse_process"], "searches": -1}), "items.1.searches"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("only", [True, False])
def test_bad_facts_leave_2_and_name_the_fact(facts: Any, named: str, only: bool, tmp_path: Path):
    more = ("--lint-only",) if only else ("--out", str(tmp_path / "o.pdf"))
    code, out, _ = letter(facts, tmp_path, "--json", *more)
    if named == "":  # an empty register says nothing and harms nothing
        assert code == 0
        return
    answer = json.loads(out)
    assert code == 2
    assert named in answer["field"]
    assert answer["error"]


@pytest.mark.parametrize(
    ("kind", "change", "named"),
    [
        ("fee_notice", {"already": 10**15}, "total"), ("fee_notice", {"days": 0}, "days"), ("fee_notice", {"days": 10**6}, "days"),
        ("correction_of_reply", {"items": []}, "items"),
    ],
)  # fmt: skip
def test_facts_beyond_all_measure_are_named_and_stop_nothing_else(
    kind: str, change: dict[str, Any], named: str, tmp_path: Path
):
    code, out, _ = letter(samples.facts(kind) | change, tmp_path, "--json", "--lint-only", kind=kind)
    answer = json.loads(out)
    told = [row["mend"]["target"] for row in answer] if isinstance(answer, list) else [answer["field"]]
    assert (code in (2, 4), told) == (True, [named])


def test_a_text_with_numbers_that_are_none_is_judged(tmp_path: Path):
    path = tmp_path / "text.txt"
    path.write_text(
        "关于第一二项申请\n可以自收到本答复书之日起二三个月内向清源县人民法院起诉。\n对第三四项不服的，可以先向清源县人民政府申请行政复议。\n"
        "根据《条例》第一二条的规定答复。\n",
        encoding="utf-8",
    )
    facts = samples.facts("reply_mixed")
    code, out, _ = letter(facts, tmp_path, "--text", str(path), "--json", kind="reply_mixed")
    assert (code, {"no_such_article", "suit_term"} <= {f["rule"] for f in json.loads(out)}) == (4, True)


def test_a_reply_to_more_items_than_anybody_counts_on_fingers(tmp_path: Path):
    items = [
        {**samples.ITEMS["disclose"], "seq": n, "description": f"第{n}号地块的批复"} for n in range(1, 250)
    ]
    facts = samples.with_items(*items, {**samples.ITEMS["refuse_process"], "seq": 250})
    code, out, _ = letter(facts, tmp_path, "--lint-only", "--json", kind="reply_mixed")
    assert (code, json.loads(out)) == (0, [])


def test_files_that_are_not_there_or_cannot_be_written(tmp_path: Path):
    code, _, err = run("letter", "reply_refuse", "--facts", str(tmp_path / "none.json"))
    assert (code, "不存在" in err) == (2, True)
    code, _, err = letter(samples.facts("reply_refuse"), tmp_path, "--out", str(tmp_path / "no" / "o.pdf"))
    assert (code, "请换一个可以写入的位置" in err) == (2, True)
    code, _, err = letter(samples.facts("reply_refuse"), tmp_path)
    assert (code, "--out" in err) == (2, True)
    (tmp_path / "latin.json").write_bytes(b'{"a": "\xe9"}')
    code, _, err = run("letter", "reply_refuse", "--facts", str(tmp_path / "latin.json"))
    assert (code, "UTF-8" in err) == (2, True)
    assert list(tmp_path.glob(".*")) == []


def test_an_unknown_kind_or_day_lists_what_there_is(tmp_path: Path):
    code, _, err = letter({}, tmp_path, kind="poem")
    assert (code, "可用的文种" in err, "reply_refuse" in err) == (2, True, True)
    code, _, err = letter(samples.facts("reply_refuse"), tmp_path, "--on", "2026-02-30")
    assert (code, "应写作 2026-11-20" in err) == (2, True)


def test_a_text_from_elsewhere_is_linted_against_the_facts(tmp_path: Path):
    facts = samples.facts("reply_refuse")
    text = compose("reply_refuse", facts, on=samples.ON).issued("清自然资依复〔2026〕12号", samples.ON).text
    path = tmp_path / "text.txt"
    path.write_text(text, encoding="utf-8")
    assert letter(facts, tmp_path, "--text", str(path), "--json")[0] == 0
    path.write_text(text.replace("60日内先向", "60日内向"), encoding="utf-8")
    code, out, _ = letter(facts, tmp_path, "--text", str(path), "--json")
    assert (code, [f["rule"] for f in json.loads(out)]) == (4, ["remedy_first"])
    path.write_text("\n", encoding="utf-8")
    assert letter(facts, tmp_path, "--text", str(path))[0] == 2


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "in"
    source.mkdir()
    for name, facts in {
        "a": {"kind": "reply_disclose", "facts": samples.facts("reply_disclose"), "on": ON, "number": "清自然资依复〔2026〕7号"},
        "b": {"kind": "extension_notice", "facts": samples.facts("extension_notice"), "on": ON},
        "c": samples.facts("reply_refuse"),
    }.items():  # fmt: skip
        (source / f"{name}.json").write_text(json.dumps(facts), encoding="utf-8")
    return source


def in_bulk(folder: Path, tmp_path: Path, *more: str) -> tuple[int, str, str]:
    out = str(tmp_path / "out")
    return run(
        "letters",
        "render",
        "--facts-dir",
        str(folder),
        "--out",
        out,
        "--kind",
        "reply_refuse",
        "--on",
        ON,
        *more,
    )


def test_a_folder_of_facts_is_rendered_and_resumed(folder: Path, tmp_path: Path):
    code, out, _ = in_bulk(folder, tmp_path)
    made = tmp_path / "out"
    assert code == 0
    assert "1/3 a.json 已生成" in out
    assert "共 3 份：已生成 3" in out
    assert sorted(path.name for path in made.glob("*.pdf")) == ["a.pdf", "b.pdf", "c.pdf"]
    (made / "b.pdf").unlink()
    with (made / RESULTS).open("a", encoding="utf-8") as file:
        file.write('{"file": "c.js')  # the line a run was stopped in
    before = (made / "a.pdf").stat().st_mtime_ns
    code, out, _ = in_bulk(folder, tmp_path)
    assert (code, "此前已生成 2" in out, "已生成 1" in out) == (0, True, True)
    assert (made / "a.pdf").stat().st_mtime_ns == before
    changed = samples.facts("reply_refuse")
    changed["items"][0]["reason"] += "，补偿方案已经公布"
    (folder / "c.json").write_text(json.dumps(changed), encoding="utf-8")
    assert "3/3 c.json 已生成" in in_bulk(folder, tmp_path)[1]


def test_a_folder_tells_honestly_what_failed(folder: Path, tmp_path: Path):
    blocked = samples.facts("reply_refuse")
    blocked["items"][0]["reason"] = "内部信息"
    (folder / "d.json").write_text(json.dumps(blocked), encoding="utf-8")
    code, out, err = in_bulk(folder, tmp_path)
    assert (code, "检查不通过" in err, "已生成 3，检查不通过 1" in out) == (4, True, True)
    (folder / "e.json").write_text("{", encoding="utf-8")
    code, out, err = in_bulk(folder, tmp_path)
    assert (code, "要素有误" in err, "此前已生成 3" in out) == (2, True, True)
    rows = [
        json.loads(line) for line in (tmp_path / "out" / RESULTS).read_text(encoding="utf-8").splitlines()
    ]
    assert {(row["file"], row["state"]) for row in rows} >= {
        ("d.json", "blocked"),
        ("e.json", "bad"),
        ("a.json", "done"),
    }
    assert not (tmp_path / "out" / "d.pdf").exists()


def test_a_folder_that_holds_nothing_is_refused(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    assert in_bulk(tmp_path / "empty", tmp_path)[0] == 2
    assert in_bulk(tmp_path / "none", tmp_path)[0] == 2
    assert run("letters", "render", "--out", str(tmp_path))[0] == 2
    assert run("letters", "facts", "poem")[0] == 2


def test_the_facts_it_prints_make_a_paper(tmp_path: Path):
    code, out, _ = run("letters", "facts", "reply_mixed")
    assert code == 0
    assert letter(out, tmp_path, "--out", str(tmp_path / "m.pdf"), kind="reply_mixed")[0] == 0
    assert (tmp_path / "m.pdf").read_bytes().startswith(b"%PDF")
    assert "reply_mixed" in run("letters", "kinds")[1]


def test_the_handbook_is_what_the_rules_say():
    assert (ROOT / "docs" / "lint.md").read_text(encoding="utf-8") == written()
    assert run("letters", "rules")[1] == written()


def test_it_runs_in_a_bare_shell_without_a_database(tmp_path: Path):
    facts = tmp_path / "f.json"
    facts.write_text(json.dumps(samples.facts("reply_refuse"), ensure_ascii=False), encoding="utf-8")
    bare = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "data")}
    call: Callable[..., subprocess.CompletedProcess[str]] = lambda *more: subprocess.run(  # noqa: E731
        [sys.executable, str(ROOT / "manage.py"), "letter", "reply_refuse", "--facts", str(facts), "--on", ON, *more],
        env=bare, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    done = call("--out", "o.pdf", "--json")
    assert (done.returncode, json.loads(done.stdout), done.stderr) == (0, [], "")
    assert (tmp_path / "o.pdf").read_bytes().startswith(b"%PDF")
    assert not list((tmp_path / "data").glob("*.sqlite3"))
