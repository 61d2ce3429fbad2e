"""Render a folder of facts into a folder of papers: one result a file, resumed where it was stopped."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from letters import lint
from letters.catalogue import kind_of
from letters.compose_paper import sha256
from letters.errors import BadFacts, CannotTypeset, UnknownKind
from letters.from_outside import Unreadable, facts_from, paper_from, save
from letters.print_shop import printed

DONE, BLOCKED, BAD, KEPT = "done", "blocked", "bad", "kept"
#: What became of each file, a line each; a later line of the same file counts.
RESULTS = "results.jsonl"


@dataclass(frozen=True)
class Result:
    """What became of one file: done, blocked by the lint, bad facts, or kept from an earlier run."""

    file: str
    state: str
    pdf: str
    key: str
    messages: tuple[str, ...] = ()


def render_folder(
    source: Path, out: Path, *, on: date, kind: str = "", draft: bool = False
) -> Iterator[tuple[int, int, Result]]:
    """Render every *.json of a folder; give (number, of how many, result) as each is finished.

    A file holds the facts of a paper, or {"kind", "facts", "on", "number"}. What an earlier run has rendered from
    the same facts is kept; so a run that was stopped goes on where it was.

    :param on: the day of the papers whose file names none
    :param kind: the kind of the papers whose file names none
    :raises Unreadable: for a folder that cannot be read or written, or holds no facts
    """
    try:
        files = sorted(path for path in source.iterdir() if path.suffix.lower() == ".json" and path.is_file())
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unreadable("facts-dir", f"目录无法使用：{error.filename}（{error.strerror}）") from error
    if not files:
        raise Unreadable("facts-dir", f"{source}中没有 .json 要素文件")
    earlier = _earlier(out)
    for number, path in enumerate(files, 1):
        result = _one(path, out, earlier.get(path.name), on=on, kind=kind, draft=draft)
        if result.state != KEPT:
            _note(out, result)
        yield number, len(files), result


def _one(path: Path, out: Path, before: Result | None, *, on: date, kind: str, draft: bool) -> Result:
    pdf = f"{path.stem}.pdf"
    try:
        held = facts_from(path, io.StringIO())
        facts, beside = paper_from(held)
        told = {**beside, "facts": facts}
        key = sha256(json.dumps([told, on.isoformat(), kind, draft], ensure_ascii=False, sort_keys=True))
        if before and before.key == key and before.state == DONE and (out / pdf).is_file():
            return Result(path.name, KEPT, pdf, key)
        code = kind_of(str(told.get("kind") or kind)).code
        day = _day(told.get("on")) or on
        linted = lint.lint_facts(code, told["facts"], on=day)
    except (BadFacts, Unreadable, UnknownKind) as error:
        return Result(path.name, BAD, "", "", (_said(error),))
    blocking = [f"{f.message}〔{f.article}〕" for f in linted.findings if f.blocks]
    if linted.bad:
        return Result(path.name, BAD, "", key, tuple(_said(error) for error in linted.bad))
    if blocking or linted.composed is None:
        return Result(
            path.name, BLOCKED, "", key, tuple(blocking) or tuple(_said(gap) for gap in linted.gaps)
        )
    try:
        content = printed(
            linted.composed, told["facts"], on=day, number=str(told.get("number") or ""), draft=draft
        )
    except CannotTypeset as error:
        return Result(path.name, BAD, "", key, (error.message,))
    save(out / pdf, content)
    return Result(path.name, DONE, pdf, key, tuple(f.message for f in linted.findings))


def _day(told: Any) -> date | None:
    if not told:
        return None
    try:
        return date.fromisoformat(str(told))
    except ValueError:
        raise BadFacts("on", f"“{told}”不是日期，应写作 2026-11-20") from None


def _said(error: BadFacts | Unreadable | UnknownKind) -> str:
    return f"{error.message}（{error.field}）" if error.field else error.message


def _note(out: Path, result: Result) -> None:
    try:
        with (out / RESULTS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(result), ensure_ascii=False) + "\n")
    except OSError as error:
        raise Unreadable("out", f"不能写入{out / RESULTS}：{error.strerror}") from error


def _earlier(out: Path) -> dict[str, Result]:
    path = out / RESULTS
    if not path.is_file():
        return {}
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
            found[row["file"]] = Result(row["file"], row["state"], row["pdf"], row["key"])
        except (json.JSONDecodeError, KeyError, TypeError):
            # The line a stopped run was writing; its file is rendered again.
            continue
    return found
