"""An own wording may name facts, choose and go through lists; whatever makes, calls, loads or never ends is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import wordings
from letters.errors import BadFacts
from letters.own.cases import sample_cases
from letters.own.contract import BadWording, checked, editable
from letters.own.strict import tree_of
from letters.own.trial import tried

DAY = date(2026, 11, 20)
SHIPPED = wordings.shipped(DAY)
NOTICE = SHIPPED["supplement_notice"]
TEXT = editable(NOTICE.source)

HOSTILE = {
    "class": ("{{ ''.__class__ }}", "不能使用“.__class__”"),
    "mro": ("{{ days.__class__.__mro__ }}", "不能使用“.__"),
    "getitem": ("{{ days['__class__'] }}", "方括号内只能写第几个"),
    "attr": ("{{ days|attr('__class__') }}", "没有“attr”"),
    "endless": ("{% for i in range(10**9) %}{{ i }}{% endfor %}", "不能使用函数调用"),
    "lipsum": ("{{ lipsum(9) }}", "不能使用函数调用"),
    "cycler": ("{{ cycler.__init__.__globals__ }}", "不能使用“.__"),
    "multiply": ("{{ 'a' * 999 }}", "不能使用乘法"),
    "power": ("{{ 9 ** 9 ** 9 }}", "不能使用乘方"),
    "format": ("{{ '%999999999d' % days }}", "不能使用格式化"),
    "format filter": ("{{ '%999999999d'|format(days) }}", "没有“format”"),
    "center": ("{{ lacking|center(999999999) }}", "没有“center”"),
    "method": ("{{ lacking.upper() }}", "不能使用函数调用"),
    "concat": ("{{ lacking ~ lacking }}", "不能使用拼接"),
    "include": ("{% include 'reply.txt' %}", "不能使用引入其他文本"),
    "import": ("{% import 'os' as os %}", "不能使用引入其他文本"),
    "from": ("{% from 'os' import x %}", "不能使用引入其他文本"),
    "extends": ("{% extends 'x' %}", "不能使用继承"),
    "macro": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "不能使用宏"),
    "call": ("{% call m() %}{% endcall %}", "不能使用宏调用"),
    "recursive": ("{% for m in matters recursive %}{{ loop(matters) }}{% endfor %}", "不能使用递归循环"),
    "square": ("{% for a in matters %}{% for b in matters %}{{ b }}{% endfor %}{% endfor %}", "循环之内只能"),
    "set": ("{% set x = 1 %}{{ x }}", "不能使用赋值"),
    "filter block": ("{% filter sentence %}x{% endfilter %}", "不能使用过滤块"),
    "block": ("{% block x %}{% endblock %}", "不能使用块"),
    "with": ("{% with x=1 %}{% endwith %}", "不能使用with"),
    "autoescape": ("{% autoescape true %}x{% endautoescape %}", "不能使用"),
    "list": ("{{ [1, 2, 3] }}", "不能使用列表"),
    "test": ("{{ 1 if days is sameas days else 2 }}", "只能用 is defined"),
    "growing": ("{{ lacking|replace('的', '的的') }}", "不更长的另一个词"),
    "dead branch": ("{% if 1 %}{{ days }}{% endif %}", "条件中没有要素"),
    "deep brackets": ("{{ " + "(" * 4_000 + "days" + ")" * 4_000 + " }}", "层次过多"),
    "deep conditions": ("{% if due_on is defined %}" * 40 + "x" + "{% endif %}" * 40, "最多嵌套"),
    "many nodes": ("{{you}}" * 2_000, "过多"),
    "too long": ("字" * 20_001, "文本过长"),
    "big constant": ("{{ '" + "字" * 300 + "' }}", "文字过长"),
    "guard": ("含\ue000字", "不能使用的字符 U+E000"),
    "right to left": ("含\u202e字", "不能使用的字符 U+202E"),
    "zero byte": ("含\x00字", "不能使用的字符 U+0000"),
    "unclosed": ("{% if due_on is defined %}", "没有对应的 endif"),
    "unknown tag": ("{% debug %}", "没有“debug”这种标记"),
    "self": ("{{ self }}", "没有要素“self”"),
    "namespace": ("{{ namespace }}", "没有要素“namespace”"),
    "unknown part": ("{{ office.secret }}", "没有“secret”这一部分"),
    "config": ("{{ config }}", "没有要素“config”"),
}  # fmt: skip


def refused(text: str, base: wordings.Wording = NOTICE) -> str:
    with pytest.raises(BadWording) as found:
        tried(checked(text, base, version="own1", applies_from=DAY), base, on=DAY)
    return found.value.message


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_refused_with_its_line(name: str) -> None:
    body, message = HOSTILE[name]
    marked = TEXT.replace("补正材料可以当面提交", f"{body}补正材料可以当面提交")
    told = refused(marked)
    assert message in told
    if name not in ("deep brackets", "many nodes", "too long", "unclosed"):
        line = next(n for n, text in enumerate(marked.split("\n"), 1) if body in text)
        assert f"第{line}行" in told


@pytest.mark.parametrize("key", SHIPPED)
def test_every_shipped_wording_may_be_taken_over_and_has_three_different_cases(key: str) -> None:
    base = SHIPPED[key]
    made = tried(checked(editable(base.source), base, version="own1", applies_from=DAY), base, on=DAY)
    assert len({trial.text for trial in made}) == 3
    assert len({trial.case.name for trial in made}) == 3
    used = [dict(trial.composed.wordings)[key] for trial in made]
    assert all(version.startswith("own1-") for version in used)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{{ days }}个工作日", "十五个工作日", "没有用到要素“期限（days）”"),
        ("{{ request }}", "政府信息", "不能缺少申请内容"),
        (
            "{% if due_on is defined %}，即于{{ due_on|day }}前（含当日）提交补正材料{% endif %}",
            "，即于{{ due_on|day }}前",
            "须写在 {% if due_on is defined %} 之内",
        ),
        ("答复期限自", "传真{{ office.fax }}。答复期限自", "须写在 {% if office.fax %} 之内"),
        ("第三十条的规定", "第六十一条的规定", "条例没有第六十一条"),
        ("补正材料可以", "请说明所需信息的用途。补正材料可以", "不得要求申请人说明用途"),
        ("补正材料可以", "不服的，可以自收到之日起三个月内提起行政诉讼。补正材料可以", "程序性文书不写救济途径"),
        ("补正材料可以", "请交🀄复印件。补正材料可以", "🀄"),
        ('kind = "supplement_notice"', 'kind = "reply"', "“kind”须与随系统发布的文本一致"),
        ('"days"]', '"days", "reason"]', "“facts”须与随系统发布的文本一致"),
        ('title = "', 'secret = 1\ntitle = "', "不能写“secret”"),
        ('title = "政府信息公开申请补正告知书"', 'title = ""', "标题须为一行文字"),
        ("basis = [", "basis = [[", "说明部分的写法有误"),
        ('basis = ["条例第二十九条", "条例第三十条"]', "basis = []", "basis 须列明依据的条款"),
    ],
)  # fmt: skip
def test_what_an_own_wording_must_keep(old: str, new: str, message: str) -> None:
    assert old in TEXT
    assert message in refused(TEXT.replace(old, new, 1))


def test_a_sentence_may_be_added_and_the_near_identical_is_taken() -> None:
    more = TEXT.replace("请注明上述登记编号。", "请注明上述登记编号，并写明联系方式。")
    made = tried(checked(more, NOTICE, version="own1", applies_from=DAY), NOTICE, on=DAY)
    assert all("并写明联系方式" in trial.text for trial in made)


def test_a_decision_cannot_lose_its_remedies_nor_a_section_its_finding() -> None:
    reply = editable(SHIPPED["reply"].source)
    without = reply.replace("{% for text in remedies %}\n{{ text }}\n{% endfor %}\n", "")
    assert "不能缺少救济途径" in refused(without, SHIPPED["reply"])
    refuse = editable(SHIPPED["items/refuse"].source)
    assert "不能缺少认定" in refused(refuse.replace("{{ finding }}。", ""), SHIPPED["items/refuse"])
    lost = refuse.replace("refuse_security = ", "refuse_other = ")
    assert "[finding] 须为每种处理结果写一句认定" in refused(lost, SHIPPED["items/refuse"])


def test_a_text_that_grows_beyond_any_letter_is_stopped_while_it_is_made() -> None:
    body = "{% for m in matters %}" + "字" * 150 + "{% endfor %}"
    tree, faults = tree_of(body)
    assert tree is not None
    assert faults == []
    head = '+++\nkind = "x"\nversion = "1"\napplies_from = 2020-01-01\nbasis = []\nfacts = ["matters"]\n+++\n'
    wording = wordings.parse("x", head + body)
    with pytest.raises(BadFacts, match="400000字"):
        wordings.rendered(wording, {"matters": ["一"] * 3_000})


@given(st.text(alphabet=st.sampled_from("{}%#|.()[]'\"_ \n申请if endfor x=+*~1"), max_size=120))
def test_whatever_is_typed_is_read_or_refused_and_never_breaks(body: str) -> None:
    tree, faults = tree_of(body)
    assert (tree is None) == bool(faults)


def test_the_sample_cases_speak_for_the_office_itself() -> None:
    office = {
        "name": "云岫县自然资源局",
        "code": "yx",
        "doc_code": "云自然资",
        "phone": "0990-5550101",
        "kind": "department",
    }
    for case in sample_cases(NOTICE, office):
        assert case.facts["office"]["name"] == "云岫县自然资源局"
        assert case.facts["office"]["basic_court"] == "清源县人民法院"
