"""The words that announce a name, as patterns."""

from __future__ import annotations

import re
from functools import cache

from workflow.review.redaction.detect.tables import table
from workflow.review.redaction.detect.trie import any_of

#: Between the characters of a field's name on a form: 姓　名, 申 请 人, also broken in a narrow cell.
_SPREAD = "[ 　\n]{0,4}"


def words(group: str) -> list[str]:
    """This function will give the words of one group of cues, longest first."""
    return sorted(table("cues")[group]["words"], key=len, reverse=True)


@cache
def not_names() -> frozenset[str]:
    """This function will give what stands where a name is asked for and is none."""
    return frozenset(table("cues")["not_names"]["words"])


@cache
def relatives() -> frozenset[str]:
    """This function will give the words for relatives."""
    return frozenset(words("kin"))


@cache
def no_values() -> frozenset[str]:
    """This function will give words that look like names by their characters and tell something else in a field."""
    return frozenset(table("cues")["no_values"]["words"])


@cache
def no_names() -> frozenset[str]:
    """This function will give the same, and what is no name where no field asks for a person."""
    return no_values() | frozenset(table("cues")["no_names"]["words"])


@cache
def acts() -> frozenset[str]:
    """This function will give the names of fields that ask for an act or a group, where more than a name may stand."""
    return frozenset(table("cues")["acts"]["words"])


@cache
def heads() -> frozenset[str]:
    """This function will give the heads of columns that hold names."""
    return frozenset(table("cues")["columns"]["words"])


@cache
def fields() -> re.Pattern[str]:
    """This function will give a pattern for a field's name with what parts it from the value: colon, cell, wide blank."""
    cue = any_of(words("fields"), _SPREAD)
    note = r"(?:[（(][^（）()\n]{1,12}[）)])?"
    return re.compile(
        rf"({cue}){note}(?:[ 　]*[：:][ 　]*\n?[ 　]*|[ 　]*\t[ 　]*|[ 　]*\n[ 　]*(?=[\u4e00-\u9fff·]{{2,4}}[ 　]*(?:\n|$))|[ 　]{{2,}}|　|(?<=名)[ ](?=[\u4e00-\u9fff])|一?栏内?(?:填写|写|注明|载明)?的?(?:是|为)|[是为](?=“))[“\"]?(?:代[（(])?"
    )


@cache
def roles() -> re.Pattern[str]:
    """This function will give a pattern for a role or a relative's word that stands directly before a name."""
    persons = {word for word in words("fields") if word.endswith("人") and word != "法人"}
    both = any_of({*words("roles"), *words("kin"), *persons - acts()})
    return re.compile(f'({both})(?:[：:“"（(]|[为是系](?=[\u4e00-\u9fff]{{2,3}}[，。；、（]))?')


@cache
def role_words() -> frozenset[str]:
    """This function will give the roles and relatives' words, and the names of fields."""
    return frozenset({*words("roles"), *words("kin"), *words("fields")})


@cache
def titles() -> re.Pattern[str]:
    """This function will give a pattern for a title that stands directly behind a name."""
    return re.compile(f"{any_of(words('titles'))}(?!事务所|师|会|大会|团|处|室|站|所|证|制|人)")


@cache
def title_given() -> frozenset[str]:
    """This function will give titles that follow a bare surname: 李主任 is no name of three characters."""
    more = (
        "大妈",
        "大爷",
        "大姐",
        "大哥",
        "大叔",
        "大婶",
        "奶奶",
        "爷爷",
        "阿姨",
        "老板",
        "老太",
        "老汉",
        "工",
        "总",
        "某",
        "氏",
        "支书",
        "家人",
        "姓",
    )
    return frozenset({*words("titles"), *more})
