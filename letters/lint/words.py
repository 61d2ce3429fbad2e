"""Rules on the words of a paper: articles that exist, no purpose asked, no promise, no stranger's data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from letters.errors import CannotTypeset
from letters.lint.finding import BLOCK, WARN, Finding, Looked
from letters.render_paper import check_glyphs
from letters.vocabulary import from_numeral

LAST_ARTICLE = 56
ITEMS_OF_36 = 7
OWN = re.compile(
    r"(?:《(?:中华人民共和国政府信息公开)?条例》|该条例)((?:（以下简称《条例》）)?(?:第[一二三四五六七八九十百]+条(?:第[一二三四五六七八九十]+[款项])*[、和]?)+)"
)
ARTICLE = re.compile(r"第([一二三四五六七八九十百]+)条(?:第([一二三四五六七八九十]+)([款项]))?")
PURPOSE = re.compile(
    r"(?:说明|提供|写明|补充|告知|填写)[^，。；]{0,10}(?:用途|使用目的|申请目的)|特殊需要|生产、生活、科研"
)
PROMISE = re.compile(r"(?:将|应|承诺|保证)[^。]{0,12}于?\d{4}年\d{1,2}月\d{1,2}日前[^。]{0,6}答复")
IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
UNIT = re.compile(r"(?:科|股|处室|大队办公室|局办公室|委办公室|厅办公室|信息公开办公室)$")
# A letter that explains a case to a body cites what it rests on in its own words.
NO_ARTICLE_NEEDED = frozenset({"communication", "remedy_body_notice", "opinion_report"})


def articles_exist(looked: Looked) -> Iterator[Finding]:
    """Find an article of 条例 that does not exist."""
    for run in OWN.findall(looked.composed.text):
        for number, part, unit in ARTICLE.findall(run):
            article = from_numeral(number)
            if article > LAST_ARTICLE:
                yield Finding("no_such_article", BLOCK, f"条例没有第{number}条", f"第{number}条")
            elif article == 36 and unit == "项" and from_numeral(part) > ITEMS_OF_36:
                yield Finding(
                    "no_such_article", BLOCK, f"条例第三十六条没有第{part}项", f"第三十六条第{part}项"
                )
            elif article == 36 and unit == "款":
                yield Finding(
                    "no_such_article",
                    BLOCK,
                    "条例第三十六条只有项，没有款，请写“第×项”",
                    f"第三十六条第{part}款",
                )


def some_article(looked: Looked) -> Iterator[Finding]:
    """Find a paper that cites no article at all."""
    if (
        looked.kind.form == "letter"
        and looked.kind.code not in NO_ARTICLE_NEEDED
        and not OWN.search(looked.composed.text)
    ):
        yield Finding("no_article", BLOCK, "没有引用条例的具体条款", "")


def no_purpose(looked: Looked) -> Iterator[Finding]:
    """Find words that ask an applicant for the purpose of the request."""
    own = looked.composed.text
    for item in looked.facts.get("items") or ():
        own = own.replace(str(item.get("description", "")), "")
    if looked.kind.code == "consultation_third_party":
        return
    if found := PURPOSE.search(own):
        yield Finding(
            "purpose", BLOCK, f"不得要求申请人说明用途（“{found.group()}”）", found.group(), "条例第二十九条"
        )


def no_bare_promise(looked: Looked) -> Iterator[Finding]:
    """Find a receipt that promises a day without its exceptions."""
    if looked.kind.code == "registration_receipt" and (found := PROMISE.search(looked.composed.text)):
        yield Finding(
            "bare_promise",
            BLOCK,
            "回执不得只写承诺答复的日期，应写明法定期限及依法延长、征求意见等例外",
            found.group(),
            "条例第三十三条",
        )


def others_data(looked: Looked) -> Iterator[Finding]:
    """Find identity and mobile numbers in the text."""
    text = looked.composed.text
    for pattern, name in ((IDENTITY, "身份证号码"), (MOBILE, "手机号码")):
        for found in pattern.findall(text):
            if found not in str(looked.facts.get("handler") or {}) and found not in str(dict(looked.office)):
                yield Finding(
                    "personal_data",
                    WARN,
                    f"文中有疑似{name}的内容（尾号{found[-4:]}），请确认是否需要写入",
                    found[-4:],
                    "个人信息保护法第六条",
                )


def author(looked: Looked) -> Iterator[Finding]:
    """Find an internal unit as the author of a paper."""
    name = str(looked.office.get("name") or "")
    if looked.kind.form == "letter" and UNIT.search(name):
        yield Finding(
            "author", BLOCK, f"“{name}”疑似内设机构，文书应以机关名义作出", "office.name", "条例第十条"
        )


def glyphs(looked: Looked) -> Iterator[Finding]:
    """Find a character that no face has."""
    try:
        check_glyphs(looked.composed.text)
    except CannotTypeset as error:
        yield Finding("glyph", BLOCK, error.message, "")


RULES = (articles_exist, some_article, no_purpose, no_bare_promise, others_data, author, glyphs)
