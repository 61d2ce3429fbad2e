"""Finds marks of secrecy: 绝密、机密、秘密★期限, 工作秘密, 内部资料, 签批; in text, at edges, in properties and names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workflow.review.page_text import Box, PageText

GRADES = {
    "绝": "top_secret",
    "絕": "top_secret",
    "机": "secret",
    "機": "secret",
    "秘": "confidential",
    "祕": "confidential",
}
_GRADE = r"(?P<grade>[绝絕机機秘祕])\s*密"
_TERM = r"\s*(?:长期|至[^\s]{2,16}|[\d〇一二三四五六七八九十]{1,4}\s*(?:年|个月|月|天|日))"
#: A grade with its star is a mark wherever it stands; so is one that is named as the grade of the document.
STARRED = re.compile(rf"{_GRADE}\s*(?:级|級)?\s*[★☆✩✭＊*]({_TERM})?")
LABELLED = re.compile(
    rf"(?:密\s*级|保密等级|密\s*級|Classification)\s*[:：|=]?\s*[【\[（(]?\s*{_GRADE}", re.I
)
#: A line that holds nothing but a grade (and its term), as a stamp or a header does.
ALONE = re.compile(rf"[\[【（(〔]?\s*{_GRADE}\s*(?:级|級|件|文件)?(?:{_TERM})?\s*[\]】）)〕]?")
IN_NAME = re.compile(rf"(?:^|[\[【（(〔_\-—\s]){_GRADE}(?:级|件|文件)?(?:[★☆*＊]|[\]】）)〕_\-—.\s]|\d|$)")
WORK_SECRET = re.compile(r"工\s*作\s*秘\s*密")
INTERNAL = re.compile(
    r"内\s*部\s*(?:资\s*料|文\s*件|材\s*料|刊\s*物|情\s*况|使用|传阅|掌握|参考|参阅)|仅供(?:领导|内部|工作)参考|注意保存|注意保管"
    r"|(?:不得|严禁|请勿|禁止)(?:外传|翻印|复制|复印|转载|传播|引用)|阅后(?:收回|退回|销毁|即焚)|不(?:予|得|宜)(?:对外)?公开(?:发布|报道)"
)  # fmt: skip
ANNOTATION = re.compile(
    r"拟同意|请[^，。；\n]{1,16}(?:阅示|阅批|审示|核示|阅处|阅办|阅知|酌处|审批|批示)|呈[^，。；\n]{1,16}(?:阅示|审批|审定|批示|阅批)"
    r"|(?:已阅|圈阅|传阅)(?=[\s。，]|$)|(?:领导|拟办|承办|处理)(?:批示|意见)\s*[:：]"
)  # fmt: skip
GRADE_SPOKEN = re.compile(rf"(?<![国家商业工作保守]){_GRADE}\s*(?:级|級)(?!别)")
#: How much of a page's height counts as its edge: its head, its foot, and the head of a first page (GB/T 9704).
HEAD, FOOT, FIRST_HEAD = 0.14, 0.92, 0.24
AROUND = 24
#: Lines from the top of a text without layout in which a grade that stands alone is a mark.
FIRST_LINES = 12
MOST = 200


@dataclass(frozen=True)
class Found:
    """One mark: what it says, where it stands, the words around it, and whether it is a mark of classification."""

    kind: str
    place: str
    page: int | None
    box: Box | None
    snippet: str
    quarantines: bool


def in_pages(pages: Iterable[PageText]) -> list[Found]:
    """Find the marks on pages; a grade that merely occurs in a sentence is none (商业秘密, 不涉及国家秘密)."""
    found: list[Found] = []
    for page in pages:
        found += _on_page(page)
        if len(found) >= MOST:
            break
    return found[:MOST]


def in_text(text: str) -> list[Found]:
    """Find the marks in a text without layout, as it is at the door."""
    found = [
        Found(kind, "body", None, None, _around(text, at), sure)
        for kind, at, sure in _hits(text)
    ]  # fmt: skip
    for line in [line.strip() for line in text.splitlines() if line.strip()][:FIRST_LINES]:
        alone = ALONE.fullmatch(line)
        if alone:
            found.append(Found(GRADES[alone["grade"]], "edge", None, None, line[:60], True))
    return found[:MOST]


def in_name(name: str) -> list[Found]:
    """Find the marks in the name of a file."""
    stem = name.rpartition(".")[0] or name
    at = STARRED.search(stem) or LABELLED.search(stem) or IN_NAME.search(stem)
    found = [Found(GRADES[at["grade"]], "name", None, None, name[:80], True)] if at else []
    for kind, pattern in (("work_secret", WORK_SECRET), ("internal", INTERNAL)):
        if pattern.search(stem):
            found.append(Found(kind, "name", None, None, name[:80], False))
    return found


def in_metadata(properties: Mapping[str, str]) -> list[Found]:
    """Find the marks in the properties of a file (标题、主题、关键词、自定义属性)."""
    found = []
    for key, value in properties.items():
        said = f"{key}：{value}"
        at = STARRED.search(value) or LABELLED.search(said) or ALONE.fullmatch(value.strip())
        if at:
            found.append(Found(GRADES[at["grade"]], "metadata", None, None, said[:80], True))
        elif WORK_SECRET.search(value):
            found.append(Found("work_secret", "metadata", None, None, said[:80], False))
        elif INTERNAL.search(value):
            found.append(Found("internal", "metadata", None, None, said[:80], False))
    return found


def _on_page(page: PageText) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    for kind, at, sure in _hits(page.text):
        box = page.box(*at.span())
        taken.append(at.span())
        yield Found(
            kind, "edge" if _at_edge(page, box) else "body", page.number, box, _around(page.text, at), sure
        )
    start = 0
    for line in page.text.splitlines(keepends=True):
        alone = ALONE.fullmatch(line.strip())
        first = start + len(line) - len(line.lstrip())
        last = first + len(line.strip())
        box = page.box(first, last)
        if alone and _at_edge(page, box) and not any(a < last and first < b for a, b in taken):
            yield Found(GRADES[alone["grade"]], "edge", page.number, box, line.strip()[:60], True)
        start += len(line)


def _hits(text: str) -> Iterator[tuple[str, re.Match[str], bool]]:
    spans: list[tuple[int, int]] = []
    for pattern in (STARRED, LABELLED):
        for at in pattern.finditer(text):
            if not any(a < at.end() and at.start() < b for a, b in spans):
                spans.append(at.span())
                yield GRADES[at["grade"]], at, True
    for kind, pattern in (
        ("work_secret", WORK_SECRET), ("internal", INTERNAL), ("annotation", ANNOTATION),
    ):  # fmt: skip
        for at in pattern.finditer(text):
            yield kind, at, False
    for at in GRADE_SPOKEN.finditer(text):
        if not any(a < at.end() and at.start() < b for a, b in spans):
            yield GRADES[at["grade"]], at, False


def _at_edge(page: PageText, box: Box | None) -> bool:
    if box is None:
        return False
    middle = (box[1] + box[3]) / 2 / page.height
    return middle < (FIRST_HEAD if page.number == 1 else HEAD) or middle > FOOT


def _around(text: str, at: re.Match[str]) -> str:
    start, end = max(0, at.start() - AROUND), min(len(text), at.end() + AROUND)
    return " ".join(text[start:end].split())
