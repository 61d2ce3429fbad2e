"""Rules on what a paper cites: provisions that exist, of the present text, for each item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from law.citations import in_force_from, old_article, repealed, why_not
from letters.lint.finding import Finding, finding
from letters.lint.looked import Looked, label_of
from letters.vocabulary import from_numeral, numeral

NUMBER = r"(?:[一二三四五六七八九十百零]{1,5}|\d{1,3})"
#: Where a citation of 条例 begins: its name in full or in short, never the name of another 条例.
NAME = re.compile(
    r"《(?:中华人民共和国)?(?:政府)?(?:信息公开)?条例》(?:（以下简称《?条例》?）)?"
    r"|(?:该|本)条例|(?:(?<=[据照合按反和、，。；：（\s依])|^)(?:中华人民共和国)?(?:政府信息公开)?条例(?=第)",
    re.MULTILINE,
)
RUN = re.compile(
    rf"(?:第{NUMBER}条(?:之[一二三])?(?:第?[（(]?{NUMBER}[）)]?[款项])*(?:[、和及与或至到]|以及)?)+"
)
ARTICLE = re.compile(rf"第({NUMBER})条((?:第?[（(]?{NUMBER}[）)]?[款项])*)")
PART = re.compile(rf"第?[（(]?({NUMBER})[）)]?([款项])")
SENTENCE = re.compile(r"[^。；\n]*[。；\n]?")
#: Words by which a sentence speaks of the 2007 text on purpose, of what was once decided under it.
ON_PURPOSE = re.compile(
    r"2007年|修订前|原《?(?:政府信息公开)?条例|旧《?条例|2019年5月15日(?:以|之)前|当时(?:的|施行)"
)
#: A sentence that decides now rests on the present text, whatever it calls the old one ...
DECIDES = re.compile(
    r"(?:决定|现)(?:予以|不予|部分)?(?:公开|答复|告知|提供|延长)|不予(?:公开|提供|答复|处理)|[据依照按]"
)
#: ... unless it tells of what was done then.
THEN = re.compile(
    r"曾|当时|此前|原(?:答复|告知|申请)|(?:200[0-689]|201[0-8])年|2007年\d{1,2}月|2019年[1-4]月|(?:对应|相当于|现为|修订为)"
)
# A letter that explains a case to a body cites what it rests on in its own words.
NO_ARTICLE_NEEDED = frozenset({"communication", "remedy_body_notice", "opinion_report"})


@dataclass(frozen=True, slots=True)
class Cited:
    """One provision of 条例 as a text cites it, with its sentence."""

    article: int
    paragraph: int | None
    item: int | None
    words: str
    sentence: str


def cited(text: str) -> list[Cited]:
    """List every provision of 条例 a text cites."""
    found, before = [], ""
    for sentence in SENTENCE.findall(text):
        for name in NAME.finditer(sentence):
            if name.group() in ("该条例", "本条例") and _of_another(before + sentence[: name.start()]):
                continue
            run = RUN.match(sentence, name.end())
            if run:
                found += [_one(part, sentence) for part in ARTICLE.finditer(run.group())]
        before += sentence
    return found


def _of_another(before: str) -> bool:
    """Say whether the 条例 that was named last is another than that on government information."""
    named = re.findall(r"《([^》]*条例)》", before)
    return bool(named) and not re.fullmatch(r"(?:中华人民共和国)?(?:政府信息公开)?条例", named[-1])


def _one(part: re.Match[str], sentence: str) -> Cited:
    paragraph = item = None
    for number, unit in PART.findall(part[2]):
        if unit == "款":
            paragraph = figure(number)
        else:
            item = figure(number)
    return Cited(figure(part[1]), paragraph, item, part[0], sentence)


def figure(text: str) -> int:
    """Read a number written in figures or in Chinese; 0 for one that is neither."""
    if text.isdecimal():
        return int(text)
    try:
        return from_numeral(text)
    except ValueError:
        return 0


def on_purpose(sentence: str) -> bool:
    """Say whether a sentence speaks of the 2007 text as of the past, not as of what it decides by."""
    if not ON_PURPOSE.search(sentence):
        return False
    return bool(THEN.search(sentence)) or not DECIDES.search(sentence)


def articles_exist(looked: Looked) -> Iterator[Finding]:
    """Find a provision of 条例 that does not exist, or an article cited by its number of the 2007 text."""
    if looked.on < in_force_from():
        return
    seen: set[str] = set()
    for one in cited(looked.own_words):
        if one.words in seen or on_purpose(one.sentence):
            continue
        seen.add(one.words)
        place = {"where": one.words, "field": looked.place_of(one.words)}
        old = old_article(one.article, one.sentence.replace(one.words, "", 1))
        if why := why_not(one.article, one.paragraph, one.item):
            why = re.sub(r"第(\d+)([条款项])", lambda m: f"第{numeral(int(m[1]))}{m[2]}", why)
            hint = f"；2007年文本的第{numeral(one.article)}条现为{old.now}" if old else ""
            yield finding("no_such_article", why + hint, **place)
        elif old:
            yield finding(
                "old_article",
                f"“{one.words}”是2007年文本的条号（{old.about}），现为{old.now}",
                **place,
            )


def nothing_repealed(looked: Looked) -> Iterator[Finding]:
    """Find a text that names what is no longer in force."""
    for sentence in SENTENCE.findall(looked.own_words):
        if on_purpose(sentence):
            continue
        for words, what in repealed(sentence, looked.on):
            yield finding("repealed", what, where=words)


def some_article(looked: Looked) -> Iterator[Finding]:
    """Find a paper that cites no article at all, or a reply that does not for one of its items."""
    if looked.kind.form != "letter" or looked.kind.code in NO_ARTICLE_NEEDED or not looked.kind.basis:
        return
    text = looked.own_words
    if not cited(text) and not _other_basis(looked, text):
        yield finding("no_article", "没有引用条例的具体条款")
        return
    if not looked.is_reply or len(looked.sections) < 2:
        return
    for seq, said in looked.sections.items():
        if said.strip() and not cited(said):
            yield finding("no_article", f"{label_of(seq)}的答复没有引用条例的具体条款", where=label_of(seq))


def _other_basis(looked: Looked, text: str) -> bool:
    """Say whether the paper's own basis is another law, and the text cites it."""
    others = [basis for basis in looked.kind.basis if not basis.startswith("第")]
    return any(basis.split("第")[0] in text for basis in others if basis)


RULES: tuple[Any, ...] = (articles_exist, nothing_repealed, some_article)
