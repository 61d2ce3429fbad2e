"""The wording files: front matter and text, each read once when it is used, chosen by the day they apply from."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from letters.errors import BadFacts
from letters.shapes import named
from letters.vocabulary import FILTERS

HOME = Path(__file__).parent / "wording"
# What the key of a section of a reply begins with.
ITEMS = "items/"
FENCE = "+++\n"
# How the engine says that a name, or a part of a fact, is not there.
UNDEFINED = re.compile(r"^'(\w+)' is undefined|has no attribute '(\w+)'")
# Put before every fact in the composed text, so that no fact is ever read as markup; no text may hold it.
GUARD = "\ue000"
# A letter longer than this is a mistake; what a wording makes is counted while it is made.
LONGEST_TEXT = 400_000
# What a wording may name that is made from another fact.
DERIVED = {"by_channel": "channel", "sections": "items"}


@dataclass(frozen=True)
class Wording:
    """One wording: for a kind of paper, or for the section of a reply that answers with an outcome."""

    name: str
    version: str
    applies_from: date
    basis: tuple[str, ...]
    title: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    used: frozenset[str]
    template: Template = field(repr=False)
    findings: dict[str, str] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()
    key: str = ""
    source: str = field(default="", repr=False)


# An office's own wordings: by key and day, its own text or None where the shipped one applies.
Own = Callable[[str, date], "Wording | None"]


def rendered(wording: Wording, values: Mapping[str, Any], where: str = "") -> str:
    """Return the text of a wording with its facts, or raise BadFacts for one that cannot be written."""
    made, length = [], 0
    try:
        for part in wording.template.generate(values):
            length += len(part)
            if length > LONGEST_TEXT:
                raise BadFacts(where or wording.name, f"文书超过{LONGEST_TEXT}字，请精简要素的内容")
            made.append(part)
        return "".join(made)
    except UndefinedError as error:
        raise _missing(error, wording, where) from error
    except (TypeError, ValueError) as error:
        raise BadFacts(where or wording.name, f"要素的内容不能写进文书：{error}") from error


def _missing(error: UndefinedError, wording: Wording, where: str) -> BadFacts:
    """Name the fact that a text came to and did not find."""
    found = UNDEFINED.search(error.message or "")
    if found is None:
        return BadFacts(where or wording.name, f"缺少要素：{error.message}")
    name = found[1] or found[2]
    return BadFacts(f"{where}.{name}" if where else name, f"文书要素“{named(name)}”没有提供")


def _output(value: Any) -> str:
    """Turn a fact into text for a letter; a blank or a thing that is no text is an error, never a gap."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadFacts(str(value), f"“{value}”不是可以写进文书的文字")
    text = str(value)
    if not text.strip():
        raise BadFacts("", "文书中有一处要素为空")
    if GUARD in text:
        raise BadFacts("", "文字中含有不能使用的字符 U+E000")
    return GUARD + " ".join(text.splitlines())


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Return the engine: sandboxed, strict, with the filters of the vocabulary."""
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        finalize=_output,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    made.filters.update(FILTERS)
    return made


def _stem(path: Path) -> str:
    """Return the name of a wording: a later text of the same is another file, reply.txt, reply.2027.txt."""
    return path.stem.partition(".")[0]


def read(path: Path) -> Wording:
    """Read one wording file. Raises ValueError when it is not well made."""
    stem = _stem(path)
    key = stem if path.parent == HOME else f"{ITEMS}{stem}"
    return parse(stem, path.read_text(encoding="utf-8"), key=key)


def parse(
    name: str, source: str, *, key: str = "", version: str = "", applies_from: date | None = None
) -> Wording:
    """Read a wording from its text; an office's own has its version and day from outside, not from its head.

    Raises ValueError when it is not well made.
    """
    if not source.startswith(FENCE) or source.count(FENCE) < 2:
        raise ValueError(f"{name}：缺少由 +++ 括起的说明部分")
    _, front, body = source.split(FENCE, 2)
    head = tomllib.loads(front)
    try:
        named = meta.find_undeclared_variables(environment().parse(body))
        used = frozenset(named | {DERIVED[name] for name in named & DERIVED.keys()})
        template = environment().from_string(body)
    except TemplateSyntaxError as error:
        raise ValueError(f"{name} 第{error.lineno}行：{error.message}") from error
    digest = hashlib.sha256(source.encode()).hexdigest()[:8]
    wording = Wording(
        name=head.get("kind", name),
        version=f"{version or head['version']}-{digest}",
        applies_from=applies_from or head["applies_from"],
        basis=tuple(head["basis"]),
        title=head.get("title", ""),
        required=tuple(head["facts"]),
        optional=tuple(head.get("optional", ())),
        used=used,
        template=template,
        findings=dict(head.get("finding", {})),
        outcomes=tuple(head.get("outcomes", ())),
        key=key or head.get("kind", name),
        source=source,
    )
    declared = {*wording.required, *wording.optional}
    if unused := declared - used:
        raise ValueError(f"{name}：说明部分列了正文没有用到的要素：{'、'.join(sorted(unused))}")
    return wording


@cache
def _heads(folder: Path) -> tuple[tuple[Path, str, tuple[str, ...]], ...]:
    """Return each file of a folder with the name and the outcomes its head says; a text is read when it is used."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        head = tomllib.loads(path.read_text(encoding="utf-8").split(FENCE, 2)[1])
        found.append((path, str(head.get("kind", _stem(path))), tuple(head.get("outcomes", ()))))
    return tuple(found)


_read_once = cache(read)


def _papers(name: str | None = None) -> list[Wording]:
    """Return the shipped wordings of a kind of paper, or all."""
    return [_read_once(path) for path, named, _ in _heads(HOME) if name in (None, named)]


def _sections(outcome: str | None = None) -> list[Wording]:
    """Return the shipped wordings that answer with an outcome, or all."""
    return [
        _read_once(path)
        for path, _, answers in _heads(HOME / "items")
        if outcome is None or outcome in answers
    ]


def paper(name: str, on: date, own: Own | None = None) -> Wording:
    """Return the wording of a kind of paper on a day, the office's own where it has one in force."""
    return _own(_latest(_papers(name), name, on), on, own)


def section(outcome: str, on: date, own: Own | None = None) -> Wording:
    """Return the wording by which a reply answers an item with an outcome on a day, as `paper` does."""
    return _own(_latest(_sections(outcome), outcome, on), on, own)


def shipped(on: date) -> dict[str, Wording]:
    """Return every wording in force on a day as it is shipped, by its key."""
    found: dict[str, Wording] = {}
    for wording in (*_papers(), *_sections()):
        held = found.get(wording.key)
        if wording.applies_from <= on and (held is None or held.applies_from < wording.applies_from):
            found[wording.key] = wording
    return found


def _own(found: Wording, on: date, own: Own | None) -> Wording:
    return (own(found.key, on) if own is not None else None) or found


def _latest(found: list[Wording], name: str, on: date) -> Wording:
    in_force = [w for w in found if w.applies_from <= on]
    if not in_force:
        raise BadFacts(name, f"{on}没有适用于“{name}”的文书文本")
    return max(in_force, key=lambda w: w.applies_from)
