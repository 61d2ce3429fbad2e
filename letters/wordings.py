"""The wording files: front matter and text, read once, chosen by the day they apply from."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from letters.errors import BadFacts
from letters.vocabulary import FILTERS

HOME = Path(__file__).parent / "wording"
FENCE = "+++\n"
# Put before every fact in the composed text, so that no fact is ever read as markup; no text may hold it.
GUARD = "\ue000"
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


def rendered(wording: Wording, values: Mapping[str, Any], where: str = "") -> str:
    """Return the text of a wording with its facts, or raise BadFacts for one that cannot be written."""
    try:
        return wording.template.render(values)
    except UndefinedError as error:
        raise BadFacts(where or wording.name, f"缺少要素：{error.message}") from error
    except (TypeError, ValueError) as error:
        raise BadFacts(where or wording.name, f"要素的内容不能写进文书：{error}") from error


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


def read(path: Path) -> Wording:
    """Read one wording file. Raises ValueError when it is not well made."""
    return parse(path.stem, path.read_text(encoding="utf-8"))


def parse(name: str, source: str) -> Wording:
    """Read a wording from its text. Raises ValueError when it is not well made."""
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
        version=f"{head['version']}-{digest}",
        applies_from=head["applies_from"],
        basis=tuple(head["basis"]),
        title=head.get("title", ""),
        required=tuple(head["facts"]),
        optional=tuple(head.get("optional", ())),
        used=used,
        template=template,
        findings=dict(head.get("finding", {})),
        outcomes=tuple(head.get("outcomes", ())),
    )
    declared = {*wording.required, *wording.optional}
    if unused := declared - used:
        raise ValueError(f"{name}：说明部分列了正文没有用到的要素：{'、'.join(sorted(unused))}")
    return wording


@cache
def _papers() -> tuple[Wording, ...]:
    return tuple(read(path) for path in sorted(HOME.glob("*.txt")))


@cache
def _sections() -> tuple[Wording, ...]:
    return tuple(read(path) for path in sorted((HOME / "items").glob("*.txt")))


def paper(name: str, on: date) -> Wording:
    """Return the wording of a kind of paper on a day."""
    return _latest([w for w in _papers() if w.name == name], name, on)


def section(outcome: str, on: date) -> Wording:
    """Return the wording by which a reply answers an item with an outcome on a day."""
    return _latest([w for w in _sections() if outcome in w.outcomes], outcome, on)


def _latest(found: list[Wording], name: str, on: date) -> Wording:
    in_force = [w for w in found if w.applies_from <= on]
    if not in_force:
        raise BadFacts(name, f"{on}没有适用于“{name}”的文书文本")
    return max(in_force, key=lambda w: w.applies_from)
