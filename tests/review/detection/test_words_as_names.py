"""Names that are ordinary words, rare surnames, names of other peoples: found where a cue asks for a name."""

import pytest

from tests.review.detection.corpus import DATA, Sample, parse
from tests.review.detection.measure import ALL_NAMES, BY_CUE, counted
from workflow.review.redaction.detect.text import find

FOUND = [
    ("姓名：万里　性别：男", ["万里"]),
    ("姓名方舟，公民身份号码见附件", ["方舟"]),
    ("申请人：方圆、安康（均为柳河村村民）", ["方圆", "安康"]),
    ("申请人明月，女，住柳河镇", ["明月"]),
    ("当事人：佘太平，住址略", ["佘太平"]),
    ("户主丰收名下的承包地", ["丰收"]),
    ("患者康乐之女康宁签署同意书", ["康乐", "康宁"]),
    ("户主金山，妻子玉兰，长子金海", ["金山", "玉兰", "金海"]),
    ("保证人为木兰。", ["木兰"]),
    ("经办人：黄金　审核人：常青", ["黄金", "常青"]),
    ("审签：高峰　核稿人：田野", ["高峰", "田野"]),
    ("特此申请。\n明亮\n2026年4月5日", ["明亮"]),
    ("序号\t姓名\t金额\n1\t万里\t300\n2\t黄金\t400\n3\t热依汗古丽·麦提尼亚孜\t9", ["万里", "黄金", "热依汗古丽·麦提尼亚孜"]),
    ("患者\t床号\t主管医师\n严冬\t12\t连心", ["严冬", "连心"]),
    ("关于万里同志信访事项的答复，方圆女士在场", ["万里", "方圆"]),
    ("本件已由审签张建国、经办人李秀英处理", ["张建国", "李秀英"]),
    ("信访人巴特尔·孟和多次来访", ["巴特尔·孟和"]),
    ("主任委员艾合买提江·托乎提宣布开会", ["艾合买提江·托乎提"]),
    ("委托代理人：沙依拉·哈布都拉", ["沙依拉·哈布都拉"]),
    ("申请人：买买提·艾力女士", ["买买提·艾力"]),
    ("法定代表人：那日松　委托代理人：敖云其木格", ["那日松", "敖云其木格"]),
    ("负责人：谌冰　联系人：仵洋", ["谌冰", "仵洋"]),
]  # fmt: skip

NONE = [
    "审批：成立　登记：成功　审核：通过　复核：无误",
    "申请人：自然人　联系人：值班员　负责人：水利科",
    "姓名：保密　地址：略　姓名：从略",
    "当事人经营的场所位于柳河镇，当事人从事的行为违法，当事人双方的权利",
    "患者安静，患者康复，患者高血压，男性多见；患者水肿，女性多见",
    "申请人明天到场，当事人常年在外，申请人平时在外务工",
    "各位同志，对老年女士、外国先生，全体同志",
    "审签意见：同意。审签后印发，审签单一份",
    "当事人查阅本人案卷",
    "申请人明确，其不再要求",
    "序号\t申请人\t结果\n1\t居民\t公开\n2\t公民\t公开",
    "姓名\t与户主关系\n本人\t户主\n配偶\t配偶\n子女\t长子",
    "主治医师：\n麻醉师：　护士长：",
    "签收人：　　年　　月　　日",
    "户主姓名\t家庭成员\t备注",
    "特此通知。\n水利站\n2026年4月5日",
]


def _samples():
    """Sentences, and which of them were written after the rules and not looked at."""
    held_out, found = False, []
    for line in (DATA / "words_as_names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            held_out = line == "# held out"
        else:
            text, labels = parse(line.replace("\\n", "\n").replace("\\t", "\t"))
            found.append(Sample(line, text, labels, held_out))
    return found


def names(text):
    return [one.text for one in find(text) if one.kind == "name" and not one.suspected]


@pytest.mark.parametrize("text, wanted", FOUND)
def test_found(text, wanted):
    assert names(text) == wanted


@pytest.mark.parametrize("text", NONE)
def test_left_alone(text):
    assert names(text) == []


@pytest.mark.parametrize("held_out", [False, True], ids=["open", "held out"])
def test_as_good_as_promised(held_out):
    counts = counted([sample for sample in _samples() if sample.held_out == held_out])
    assert counts[BY_CUE].recall >= 0.90
    assert counts[BY_CUE].precision >= 0.85
    assert counts[ALL_NAMES].recall >= 0.75
    assert counts[ALL_NAMES].precision >= 0.75


def test_no_reason_quotes_the_neighbour():
    assert not [
        one for one in find("申请人：方圆、安康、王建国") if "方圆" in one.reason or "安康" in one.reason
    ]
