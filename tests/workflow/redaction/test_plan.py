"""A plan is read with distrust: every field that is wrong is named, in Chinese."""

import json

import pytest

from workflow.review.redaction import BadPlan, Box, Mark, Wanted
from workflow.review.redaction.plan import check, plan_from, read_plan

MARK = {"page": 1, "box": [10, 20, 30, 40], "ground": "个人隐私"}


def with_mark(**changes):
    return json.dumps({"marks": [{**MARK, **changes}]})


def test_a_plan_is_read():
    plan = plan_from(json.dumps({"marks": [MARK], "strings": ["110101199003070011", "张三"]}))
    assert plan.marks == (Mark(1, Box(10, 20, 30, 40), "个人隐私"),)
    assert [string.text for string in plan.wanted] == ["110101199003070011", "张三"]


@pytest.mark.parametrize("held", ['{"marks": []}', '{"strings": []}', '\ufeff{"marks": [], "strings": []}'])
def test_an_empty_list_is_a_plan_to_change_nothing(held, tmp_path):
    (tmp_path / "p.json").write_text(held, encoding="utf-8")
    assert read_plan(tmp_path / "p.json").marks == ()


@pytest.mark.parametrize(
    "text, field",
    [
        ("", "plan"),
        ("{", "plan"),
        ("[]", "plan"),
        ("null", "plan"),
        ("{}", "plan"),
        ("[" * 100_000, "plan"),
        ('{"marks": [], "marks": []}', "plan"),
        ('{"marks": [], "extra": 1}', "extra"),
        ('{"marks": {}}', "marks"),
        ('{"marks": [1]}', "marks[0]"),
        ('{"strings": "x"}', "strings"),
        ('{"strings": [""]}', "strings[0]"),
        ('{"strings": ["a", " \\u200b\\n"]}', "strings[1]"),
        ('{"strings": [110101199003070011]}', "strings[0]"),
        ('{"strings": ["\\ud800"]}', "strings[0]"),
        (json.dumps({"strings": ["x" * 501]}), "strings[0]"),
        (json.dumps({"strings": ["x"] * 2001}), "strings"),
        ('{"strings": [NaN]}', "plan"),
        (with_mark(page=0), "marks[0].page"),
        (with_mark(page=-1), "marks[0].page"),
        (with_mark(page=1.5), "marks[0].page"),
        (with_mark(page="1"), "marks[0].page"),
        (with_mark(page=True), "marks[0].page"),
        (with_mark(page=None), "marks[0].page"),
        (with_mark(box=None), "marks[0].box"),
        (with_mark(box=[1, 2, 3]), "marks[0].box"),
        (with_mark(box=[1, 2, 3, 4, 5]), "marks[0].box"),
        (with_mark(box=[1, 2, "3", 4]), "marks[0].box"),
        (with_mark(box=[1, 2, True, 4]), "marks[0].box"),
        (with_mark(box=[30, 20, 10, 40]), "marks[0].box"),
        (with_mark(box=[10, 40, 30, 20]), "marks[0].box"),
        (with_mark(box=[10, 20, 10, 40]), "marks[0].box"),
        (with_mark(box=[0, 0, 1e400, 1]).replace("Infinity", "1e400"), "marks[0].box"),
        (with_mark(box=[0, 0, 10**400, 1]), "marks[0].box"),
        (with_mark(ground=""), "marks[0].ground"),
        (with_mark(ground="  "), "marks[0].ground"),
        (with_mark(ground=7), "marks[0].ground"),
        (with_mark(ground="一\n二"), "marks[0].ground"),
        (with_mark(ground="\u202e倒写"), "marks[0].ground"),
        (with_mark(ground="长" * 121), "marks[0].ground"),
        (with_mark(colour="red"), "marks[0].colour"),
        ('{"marks": [{"page": 1, "box": [1, 2, 3, 4]}]}', "marks[0].ground"),
        ('{"marks": [{"box": [1, 2, 3, 4], "ground": "x"}]}', "marks[0].page"),
    ],
)
def test_what_is_wrong_is_named(text, field):
    with pytest.raises(BadPlan) as refused:
        plan_from(text)
    assert refused.value.field == field
    assert any("\u4e00" <= char <= "\u9fff" for char in refused.value.message)


def test_numbers_of_thousands_of_digits_are_refused():
    with pytest.raises(BadPlan):
        plan_from(f'{{"marks": [{{"page": {"9" * 9999}, "box": [1,2,3,4], "ground": "x"}}]}}')


@pytest.mark.parametrize(
    "content, word", [(None, "不存在"), (b"\xff\xfe\xff", "UTF-8"), (b" " * 8_000_001, "MB")]
)
def test_a_file_that_is_no_plan(tmp_path, content, word):
    path = tmp_path / "p.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadPlan, match=word):
        read_plan(path)


def test_a_folder_is_no_plan(tmp_path):
    with pytest.raises(BadPlan, match="无法读取"):
        read_plan(tmp_path)


@pytest.mark.parametrize(
    "mark, field",
    [
        (Mark(3, Box(0, 0, 9, 9), "x"), "marks[0].page"),
        (Mark(1, Box(600, 0, 700, 9), "x"), "marks[0].box"),
        (Mark(1, Box(-50, -50, -1, -1), "x"), "marks[0].box"),
        (Mark(1, Box(0, 0, 9, 9), "证号 1101 0119 之类"), "marks[0].ground"),
    ],
)
def test_a_mark_must_fit_the_pages_and_its_ground_must_not_tell(mark, field):
    with pytest.raises(BadPlan) as refused:
        check([mark], [Wanted("110101199003070011")], [(595, 842), (595, 842)])
    assert refused.value.field == field


def test_a_box_is_cut_to_its_page():
    check([Mark(1, Box(-10, -10, 9e9, 5), "x")], [], [(595, 842)])
    assert Box(-10, -10, 9e9, 5).within(595, 842) == (0, 0, 595, 5)
