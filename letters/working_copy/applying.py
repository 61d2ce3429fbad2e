"""Turn what was read of a working copy into a draft: the office's words, the system's fixed parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from letters.compare import Changed, compared
from letters.compose_paper import Composed, body_hash
from letters.errors import TextChanged
from letters.markup import text_of
from letters.working_copy.parts import (
    FLUSH,
    HEADING_1,
    HEADING_2,
    PARA,
    REMEDY,
    STYLES,
    TAG,
    Block,
    Part,
    parts_of,
    plain,
)  # fmt: skip
from letters.working_copy.reading import BadWorkingCopy, Paragraph, Read

# A paragraph this like a fixed one is that one, edited.
SAME_PART = 0.6
FIXED_STYLES = {style: kind for kind, style in STYLES.items()}


@dataclass(frozen=True)
class Edited:
    """A draft as an office edited it.

    `body` holds the worded blocks, and the number of a block where a part that the system keeps belongs; `base_sha256`
    is the hash of the draft it was made from.
    """

    base_sha256: str
    body: tuple[Block | int, ...]

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data for keeping."""
        return {"base_sha256": self.base_sha256, "body": list(self.body)}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Edited:
        """Read it back."""
        return cls(data["base_sha256"], tuple(data["body"]))


def edited_from(read: Read, base: Composed) -> tuple[Edited, list[str]]:
    """Return what an office made of a draft, with what was not taken over.

    Everything but paragraphs and headings stays the system's: office, number, title, addressee, remedies, attachments,
    signature, contact, tables. Raises BadWorkingCopy for a copy of another draft and one without text.
    """
    if read.base_sha256 and _is_hash(read.base_sha256) and read.base_sha256 != base.body_sha256:
        raise BadWorkingCopy(
            "other_draft",
            "这份工作稿不是从现在的文稿导出的（此后案件或者文稿有了变化），请重新导出工作稿，在新稿上修改。",
        )
    notices = list(read.notices)
    if not _is_hash(read.base_sha256):
        notices.append("文件中没有工作稿的标记，可能不是从系统导出的；请仔细核对下面的对照")
    taking = _Taking(base)
    for paragraph in read.paragraphs:
        taking.take(paragraph)
    body = taking.body()
    if not any(isinstance(one, dict) for one in body) and any(not part.fixed for part in taking.parts):
        raise BadWorkingCopy("no_text", "文稿中没有正文，请上传从系统导出、修改后的工作稿。")
    return Edited(base.body_sha256, tuple(body)), [*notices, *taking.notices()]


def apply(edited: Edited, base: Composed) -> Composed:
    """Return a draft with the office's words in it. Raises TextChanged where the draft is no longer the one edited."""
    if edited.base_sha256 != base.body_sha256:
        raise TextChanged
    first, last = _span(base)
    body = [base.blocks[one] if isinstance(one, int) else dict(one) for one in edited.body]
    blocks = [*base.blocks[:first], *body, *base.blocks[last:]]
    return replace(
        base, blocks=blocks, text=text_of(blocks), body_sha256=body_hash(base.kind, base.title, blocks)
    )


def difference(base: Composed, edited: Composed) -> list[Changed]:
    """Return both drafts paragraph by paragraph, all of it, with what is gone and what was added."""
    return compared(base.as_draft().text.splitlines(), edited.as_draft().text.splitlines(), around=None)


def _span(base: Composed) -> tuple[int, int]:
    """Return where the body begins and ends: from the first to the last worded or remedies block."""
    inside = [part.index for part in parts_of(base) if not part.fixed or part.style == REMEDY]
    return (inside[0], inside[-1] + 1) if inside else (len(base.blocks), len(base.blocks))


def _is_hash(text: str) -> bool:
    return len(text) == 64 and all(c in "0123456789abcdef" for c in text)


class _Taking:
    """Goes through the paragraphs of a working copy in order and tells whose each of them is."""

    def __init__(self, base: Composed) -> None:
        self.base, self.parts = base, parts_of(base)
        self.first, self.last = _span(base)
        self.by_tag = {part.tag: part for part in self.parts if part.fixed}
        self.worded = [part for part in self.parts if not part.fixed]
        self.lines: dict[int, list[str]] = {}
        self.taken: list[Block | int] = []
        self.loose: list[str] = []

    def take(self, paragraph: Paragraph) -> None:
        part = self.by_tag.get(paragraph.tag) if paragraph.tag.startswith(TAG) else self._untagged(paragraph)
        if part is not None:
            if part.index not in self.lines and self._in_body(part):
                self.taken.append(part.index)
            self.lines.setdefault(part.index, []).append(paragraph.text)
        elif paragraph.in_table:
            self.loose.append("工作稿中的表格没有导入，请改写成文字")
        elif plain(paragraph.text):
            self.taken.append(self._block(paragraph))

    def body(self) -> list[Block | int]:
        """Return the body with every remedies paragraph in it, in the law's order."""
        there = [one for one in self.taken if isinstance(one, int)]
        missing = [
            part.index
            for part in self.parts
            if part.fixed and self._in_body(part) and part.index not in there
        ]
        if not missing and there == sorted(there):
            return self.taken
        wanted = sorted([*there, *missing])
        found: list[Block | int] = [one for one in self.taken if not isinstance(one, int)]
        at = next((n for n, one in enumerate(self.taken) if isinstance(one, int)), len(self.taken))
        before = sum(not isinstance(one, int) for one in self.taken[:at])
        return [*found[:before], *wanted, *found[before:]]

    def notices(self) -> Iterator[str]:
        yield from dict.fromkeys(self.loose)
        for part in self.parts:
            if not part.fixed or part.block["type"] == "number":
                continue
            got = [plain(line) for line in self.lines.get(part.index, []) if plain(line)]
            want = [plain(line) for line in part.lines if plain(line)]
            if not got and want:
                yield f"“{part.name}”在工作稿中被删去，系统已保留原文"
            elif got != want:
                yield f"“{part.name}”由系统保留，工作稿中的改动没有采用"

    def _in_body(self, part: Part) -> bool:
        return self.first <= part.index < self.last

    def _untagged(self, paragraph: Paragraph) -> Part | None:
        """Find the fixed part an untagged paragraph is: by its words, its style, or its likeness to the remedies."""
        text = plain(paragraph.text)
        if not text or any(plain(part.block["text"]) == text for part in self.worded):
            return None
        waiting = [part for part in self.parts if part.fixed and part.index not in self.lines]
        exact = [part for part in waiting if text in map(plain, part.lines)]
        if not exact:  # a part of several lines whose lock is gone is met line by line
            met = [part for part in self.parts if part.fixed and part.index in self.lines]
            exact = [part for part in met if len(part.lines) > 1 and text in map(plain, part.lines)]
        if exact:
            return exact[0]
        if paragraph.style == REMEDY:
            return next((part for part in waiting if part.style == REMEDY), None) or self._remedy_like(
                text, self.parts
            )
        if paragraph.style in FIXED_STYLES:
            kind = FIXED_STYLES[paragraph.style]
            return next((part for part in self.parts if part.fixed and part.block["type"] == kind), None)
        return self._remedy_like(text, waiting)

    def _remedy_like(self, text: str, among: Sequence[Part]) -> Part | None:
        remedies = [part for part in among if part.style == REMEDY]
        return next(
            (p for p in remedies if SequenceMatcher(None, plain(p.lines[0]), text, autojunk=False).ratio() >= SAME_PART), None
        )  # fmt: skip

    def _block(self, paragraph: Paragraph) -> Block:
        """Return a worded block; one whose words did not change is the system's own, blank for blank."""
        text = plain(paragraph.text)
        for part in self.worded:
            if plain(part.block["text"]) == text and (not paragraph.style or paragraph.style == part.style):
                return dict(part.block)
        if paragraph.style in (HEADING_1, HEADING_2):
            return {"type": "heading", "level": 1 if paragraph.style == HEADING_1 else 2, "text": text}
        if paragraph.style == FLUSH:
            return {"type": "flush", "text": text}
        if paragraph.style != PARA:
            for part in self.worded:
                if plain(part.block["text"]) == text:
                    return dict(part.block)
        return {"type": "para", "text": text}
