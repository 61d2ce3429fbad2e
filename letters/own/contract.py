"""What an office's own wording must keep of the shipped one: its facts, its fixed parts, the shape of its head."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

from jinja2 import TemplateError

from letters.facts import COMMON, ITEM_COMMON
from letters.own.naming import Named, names_in
from letters.own.strict import LOOP, Fault, tree_of
from letters.samples import OFFICE, SEARCH
from letters.shapes import named
from letters.wordings import DERIVED, FENCE, ITEMS, Wording, environment, parse
from office.errors import Refusal

# Kept by the system, not written by hand: a version of one's own and the day from which it applies.
OURS = ("version", "applies_from")
# In the head, and to be left as shipped; title, basis and findings are the office's to word.
FIXED = ("kind", "outcomes", "facts", "optional")
WORDED = ("title", "basis", "finding")
# Always there for every wording of a paper, and of a section.
ALWAYS = frozenset({"you", "natural", "many", "attachments", "office", "addressee"})
ALWAYS_ITEM = frozenset({"you", "natural", "office", "seq", "label", "description", "outcome"})
# What the shipped text writes and no text of an office may leave out.
MUST_STAY = {
    "remedies": "救济途径",
    "sections": "逐项答复",
    "attachments": "附件",
    "request": "申请内容",
    "finding": "认定",
}
PARTS: dict[str, frozenset[str]] = {
    "loop": LOOP, "office": frozenset(OFFICE), "addressee": frozenset({"name", "address"}),
    "sections": frozenset({"seq", "label", "description", "outcome", "lines"}), "searches": frozenset(SEARCH),
}  # fmt: skip
NEVER_BLANK = frozenset({"office.name", "addressee.name"})
LONGEST_TITLE = 60


class BadWording(Refusal):
    """Raised for an own wording that cannot be used; `faults` says what, line by line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: fault.line)
        super().__init__("bad_wording", "；".join(map(str, self.faults)), field="source")


def editable(source: str) -> str:
    """Return the text of a wording as an office edits it: without version and day, which the system keeps."""
    _, head, body = source.replace("\r\n", "\n").split(FENCE, 2)
    lines = [line for line in head.splitlines() if line.partition("=")[0].strip() not in OURS]
    return FENCE + "\n".join(lines) + "\n" + FENCE + body.rstrip() + "\n"


def checked(source: str, base: Wording, *, version: str, applies_from: date) -> Wording:
    """Return an office's own text as a wording that may take the place of the shipped one.

    Raises BadWording with every fault and its line.
    """
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    if not text.startswith(FENCE) or text.count(FENCE) < 2:
        raise BadWording([Fault(1, "文本须以 +++ 括起的说明部分开头")])
    _, front, body = text.split(FENCE, 2)
    first = front.count("\n") + 3
    faults = list(_head(front, base))
    tree, wrong = tree_of(body, first)
    faults += wrong
    if tree is not None:
        told = names_in(tree)
        faults += _names(told, base, first - 1)
    if not body.strip():
        faults.append(Fault(first, "正文为空"))
    if faults:
        raise BadWording(faults)
    try:
        return parse(base.name, text, key=base.key, version=version, applies_from=applies_from)
    except (ValueError, TemplateError, SyntaxError, RecursionError, MemoryError) as error:
        raise BadWording([Fault(0, f"文本无法读取：{error}")]) from error


def _head(front: str, base: Wording) -> Iterator[Fault]:
    try:
        head: dict[str, Any] = tomllib.loads(front)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = _line_in(str(error))
        yield Fault(line + 1 if line else 0, "说明部分的写法有误，请核对引号、方括号和等号")
        return
    lines = {name: _line_of(front, name) for name in head}
    for name in head.keys() - {*FIXED, *WORDED}:
        yield Fault(lines[name], f"说明部分不能写“{name}”")
    shipped = tomllib.loads(base.source.split(FENCE, 2)[1])
    for name in FIXED:
        given, held = head.get(name, []), shipped.get(name, [])
        same = (
            set(given) == set(held) if isinstance(held, list) and isinstance(given, list) else given == held
        )
        if not same:
            yield Fault(lines.get(name, 1), f"“{name}”须与随系统发布的文本一致")
    if "title" in shipped and not _one_line(head.get("title"), LONGEST_TITLE):
        yield Fault(lines.get("title", 1), f"标题须为一行文字，最多{LONGEST_TITLE}字")
    if "title" in head and "title" not in shipped:
        yield Fault(lines["title"], "分项文本没有标题")
    basis = head.get("basis")
    if (
        not isinstance(basis, list)
        or (shipped["basis"] and not basis)
        or not all(_one_line(b, 100) for b in basis)
    ):
        yield Fault(lines.get("basis", 1), "basis 须列明依据的条款")
    finding, held = head.get("finding", {}), shipped.get("finding", {})
    if (
        not isinstance(finding, dict)
        or set(finding) != set(held)
        or not all(_one_line(text, 300) for text in finding.values())
    ):
        yield Fault(_line_of(front, "[finding]"), "[finding] 须为每种处理结果写一句认定")


def _names(told: Named, base: Wording, offset: int) -> Iterator[Fault]:
    before = names_in(environment().parse(base.source.split(FENCE, 2)[2]))
    for line, message in (*_unknown(told, base, before), *_uncertain(told, base, before)):
        yield Fault(line + offset, message)
    covered = {*told.used, *(DERIVED[name] for name in told.used if name in DERIVED)}
    for name in (*base.required, *base.optional):
        if name not in covered and name != "finding":
            yield Fault(0, f"正文没有用到要素“{named(name)}”，案件给出这一要素时文书将无法成文")
    for name, words in MUST_STAY.items():
        if name in before.used and name not in told.used:
            yield Fault(0, f"正文不能缺少{words}（{name}）")


def _unknown(told: Named, base: Wording, before: Named) -> Iterator[tuple[int, str]]:
    """Find names this kind of paper does not have."""
    common, always = (ITEM_COMMON, ALWAYS_ITEM) if base.key.startswith(ITEMS) else (COMMON, ALWAYS)
    facts = {*base.required, *base.optional}
    made = {name for name, fact in DERIVED.items() if fact in facts and name != "sections"}
    known = {*common, *always, *facts, *made, *before.used}
    for name, line in told.used.items():
        if name not in known:
            yield line, f"这一文种没有要素“{name}”，可用的要素见文本说明部分"
    for owner, part, line in told.parts:
        if part not in PARTS.get(owner, frozenset()):
            yield line, f"“{named(owner) if owner else '这一项'}”没有“{part}”这一部分"


def _uncertain(told: Named, base: Wording, before: Named) -> Iterator[tuple[int, str]]:
    """Find facts that not every case gives, named outside a condition that they are given."""
    always = ALWAYS_ITEM if base.key.startswith(ITEMS) else ALWAYS
    sure = {*always, *base.required, *before.unguarded, *NEVER_BLANK}
    given = {*COMMON, *ITEM_COMMON, *base.optional, *base.used}
    for name, line in told.unguarded.items():
        owner, dot, _ = name.partition(".")
        if name in sure or (owner not in ("office", "addressee") if dot else name not in given):
            continue
        condition = f"if {name}" if dot else f"if {name} is defined"
        yield line, f"“{named(name)}”不是每件都有，须写在 {{% {condition} %}} 之内"


def _one_line(text: Any, most: int) -> bool:
    return isinstance(text, str) and bool(text.strip()) and len(text) <= most and text.isprintable()


def _line_of(front: str, name: str) -> int:
    """Return the line of the whole file on which a key of the head stands."""
    for number, line in enumerate(front.splitlines(), 2):
        if line.strip() == name or line.partition("=")[0].strip() == name:
            return number
    return 1


def _line_in(message: str) -> int:
    _, _, rest = message.partition("at line ")
    digits = rest.partition(",")[0]
    return int(digits) if digits.isdigit() else 0
