"""Compose a paper from plain facts: the text, without number and date."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from law.errors import LawError
from law.outcomes import Outcome, outcome
from letters import sheets, wordings
from letters.catalogue import PaperKind, kind_of, reply_kind
from letters.errors import BadFacts, MissingFact
from letters.facts import checked, context, item_facts
from letters.markup import blocks_of, text_of
from letters.outcomes import remedy_paragraphs, section_lines
from letters.shapes import whole_characters
from letters.vocabulary import day

Block = dict[str, Any]
OUTCOMES = frozenset(str(one) for one in Outcome)
UNSET = ("number", "date")
LETTER_FORMS = ("letter", "document")  # 信函格式, 文件格式


@dataclass(frozen=True)
class Composed:
    """A composed paper. `body_sha256` is over its blocks without number and date.

    `wordings` names every wording it was made from, as (key, version).
    """

    kind: str
    form: str
    title: str
    blocks: list[Block]
    text: str
    body_sha256: str
    wording_version: str
    on: date
    remedies: list[str] = field(default_factory=list)
    sections: list[dict[str, Any]] = field(default_factory=list)
    wordings: tuple[tuple[str, str], ...] = ()

    def issued(self, number_text: str, on: date) -> Composed:
        """Return the paper with its number and its day filled in; the body's hash stays."""
        return self._filled(number_text, day(on))

    def as_draft(self) -> Composed:
        """Return the paper with words in the places of number and day."""
        return self._filled("（签发时编号）", "（签发时填写日期）")

    def with_check(self, *, url: str, code: str) -> Composed:
        """Return the paper with the code by which it is verified beside its signature."""
        blocks = [
            {**block, "verify": {"url": url, "code": code}} if block["type"] == "signature" else block
            for block in self.blocks
        ]
        return replace(self, blocks=blocks, text=text_of(blocks))

    def _filled(self, number_text: str, day_text: str) -> Composed:
        blocks = [
            {**block, "text": number_text} if block["type"] == "number"
            else {**block, "date": day_text} if block["type"] == "signature" or "issuer" in block
            else {**block, "right": f"编号：{number_text}" if number_text else ""}
            if block["type"] == "sheet_line" and "right" in block
            else dict(block)
            for block in self.blocks
        ]  # fmt: skip
        return replace(self, blocks=blocks, text=text_of(blocks))


def canonical(value: Any) -> str:
    """Write a value as canonical JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """Return the sha256 of a text, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def compose(
    kind: str, facts: Mapping[str, Any], *, on: date, own: wordings.Own | None = None, worded_on: date | None = None
) -> Composed:  # fmt: skip
    """Compose a paper of a kind from facts, in the wording and the law of a day.

    A letter is set in the form of its office (`office.letter_form`), else in the letter format.

    The result holds the text without number and date. ``own`` gives the wordings of the issuing office's own
    (`letters.own.in_force`); without it the shipped ones apply, and no database is asked. A draft that was reviewed keeps
    the wordings of the day it was drafted, ``worded_on``; the law is that of the paper's own day. Raises BadFacts naming a fact that is missing, blank or
    unused, and UnknownKind.
    """
    row = kind_of(kind)
    if not isinstance(facts, Mapping):
        raise BadFacts("facts", "文书要素应为一组名称和内容")
    whole_characters(facts)
    if row.form != "letter":
        title, blocks, version = sheets.build(row, facts)
        return _finished(row, title, blocks, version, on)
    wording = wordings.paper(row.wording_name, worded_on or on, own)
    known = checked(facts, wording)
    sections: list[dict[str, Any]] = []
    remedies: list[str] = []
    version, used = wording.version, [(wording.key, wording.version)]
    if "sections" in wording.used:
        items = [item_facts(item) for item in known["items"]]
        _answers(row, items)
        sections, parts = section_lines(items, known, worded_on or on, own)
        used += list(dict.fromkeys(parts))
        versions = [made for _, made in parts]
        version = sha256("".join([version, *versions]))[:8] + f"@{wording.version}" if versions else version
    if row.remedies:
        remedies = _remedies(row, known, on)
    values = context(known, wording, sections=sections, remedies=remedies, spoken_to=row.you)
    blocks = blocks_of(wordings.rendered(wording, values))
    form = _form(known)
    whole = _frame(known, wording.title, blocks, form)
    if row.annex:
        whole += sheets.annexed(row, known)
    return replace(
        _finished(row, wording.title, whole, version[:40], on), remedies=remedies, sections=sections,
        wordings=tuple(used), form=form,
    )  # fmt: skip


def _answers(row: PaperKind, items: list[dict[str, Any]]) -> None:
    """Raise BadFacts for a reply of a kind whose like none of its items is answered with."""
    decided = [outcome(item["outcome"]).family for item in items if item["outcome"] in OUTCOMES]
    if row.outcomes and decided and not {outcome(o).family for o in row.outcomes} & set(decided):
        fits = reply_kind(str(item["outcome"]) for item in items)
        raise BadFacts(
            f"items.{items[0]['seq']}.outcome", f"处理结果与文种“{row.label}”不符，应使用文种 {fits}（{kind_of(fits).label}）"
        )  # fmt: skip


def set_in(kind: str, facts: dict[str, Any], form: str | None) -> dict[str, Any]:
    """Return the facts of a paper that is to be set in a form, whatever its office does otherwise."""
    if form is None:
        return facts
    if kind_of(kind).form != "letter":
        raise BadFacts("form", f"{kind_of(kind).label}有固定的版式，不能改用其他版式")
    office = facts.get("office")
    return {**facts, "office": {**office, "letter_form": form}} if isinstance(office, Mapping) else facts


def _form(known: Mapping[str, Any]) -> str:
    form = str(known["office"].get("letter_form") or LETTER_FORMS[0])
    if form not in LETTER_FORMS:
        raise BadFacts(
            "office.letter_form",
            f"没有名为“{form}”的公文版式，可用：letter（信函格式）、document（文件格式）",
        )
    return form


def _remedies(row: PaperKind, known: Mapping[str, Any], on: date) -> list[str]:
    if row.remedies == "items":
        if "items" not in known:
            raise MissingFact("items", "缺少申请事项，不能写明救济途径")
        pairs = [(item["label"], item["outcome"]) for item in (item_facts(i) for i in known["items"])]
    elif row.remedies == "cause":
        pairs = [("本件", f"lapsed_{known['cause']}")]
    else:
        pairs = [("本件", row.remedies)]
    try:
        return remedy_paragraphs(pairs, known, on, paper=row.calls_itself)
    except LawError as error:
        raise BadFacts(getattr(error, "field", "office"), error.message) from error


def _frame(known: Mapping[str, Any], title: str, body: list[Block], form: str) -> list[Block]:
    """Put the fixed parts around the body: red name, number, title, addressee, signature, contact."""
    office = known["office"]
    attachments = [block for block in body if block["type"] == "attachments"]
    text = [block for block in body if block["type"] != "attachments"]
    correction = known.get("correction")
    if correction:
        text.insert(0, {"type": "para", "text": _correction_text(correction)})
    blocks: list[Block] = [
        {"type": "office", "text": office["name"]},
        {"type": "number", "text": ""},
        {"type": "title", "text": title},
        {"type": "addressee", "text": f"{known['addressee']['name']}："},
        *text,
        *attachments,
        {"type": "signature", "office": office["name"], "date": ""},
        {"type": "note", "text": _contact(known)},
    ]
    copies = f"{'，'.join(known['copies_to'])}。" if known.get("copies_to") else ""
    if form == "document":
        # Only the document format names who printed the paper, and when.
        blocks.append({"type": "imprint", "text": copies, "issuer": _issuer(office), "date": ""})
    elif copies:
        blocks.append({"type": "imprint", "text": copies})
    return blocks


def _issuer(office: Mapping[str, Any]) -> str:
    """Return who prints the papers of an office: the unit that does, under the office's name."""
    unit = str(office.get("disclosure_office") or "").strip()
    name = str(office["name"])
    return unit if unit.startswith(name) else f"{name}{unit.removeprefix('局')}" if unit else name


def _correction_text(correction: Mapping[str, str]) -> str:
    for name in ("title", "number", "on", "reason"):
        if not str(correction.get(name) or "").strip():
            raise BadFacts(f"correction.{name}", f"更正文书缺少被更正文书的要素“{name}”")
    return (
        f"本机关{day(correction['on'])}作出的《{correction['title']}》（{correction['number']}），"
        f"因{correction['reason'].rstrip('。')}，现予更正，以本文书为准。"
    )


def _contact(known: Mapping[str, Any]) -> str:
    office, handler = known["office"], known.get("handler") or {}
    phone = str(handler.get("phone") or office.get("phone") or "").strip()
    if not phone:
        raise MissingFact("office.phone", "缺少机关联系电话，请在机关设置中填写")
    who = str(office.get("disclosure_office") or handler.get("unit") or "").strip() or "政府信息公开工作机构"
    return f"（联系部门：{who}，联系电话：{phone}）"


def _finished(row: PaperKind, title: str, blocks: list[Block], version: str, on: date) -> Composed:
    return Composed(
        row.code, row.form, title, blocks, text_of(blocks), body_hash(row.code, title, blocks), version, on
    )


def body_hash(kind: str, title: str, blocks: list[Block]) -> str:
    """Return the sha256 of a paper's blocks without number and date."""
    bare = [{key: value for key, value in block.items() if not _filled_later(block, key)} for block in blocks]
    return sha256(canonical({"kind": kind, "title": title, "blocks": bare}))


def _filled_later(block: Block, key: str) -> bool:
    return (block["type"], key) in {
        ("number", "text"), ("signature", "date"), ("sheet_line", "right"), ("imprint", "date"),
    }  # fmt: skip
