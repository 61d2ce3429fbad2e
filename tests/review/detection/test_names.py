"""Names: after cues, in columns, in lists, by their look; and what looks like one and is none."""

import pytest

from workflow.review.redaction.detect.text import find


def names(text):
    return [one.text for one in find(text) if one.kind == "name"]


FOUND = [
    ("申请人：张建国，男", ["张建国"]),
    ("申 请 人：李秀英", ["李秀英"]),
    ("姓　名：王　芳　　性别：女", ["王　芳"]),
    ("联系人\t欧阳振华\t电话", ["欧阳振华"]),
    ("经办人：\n刘伟", ["刘伟"]),
    ("村民张三、李四和王五到场", ["张三", "李四", "王五"]),
    ("法定代表人陈国强反映情况属实", ["陈国强"]),
    ("户主赵德柱之子赵小军签字", ["赵德柱", "赵小军"]),
    ("周立新同志任副局长", ["周立新"]),
    ("签名：孙丽萍　　日期：2026年3月1日", ["孙丽萍"]),
    ("申请人阿依古丽·吐尔逊", ["阿依古丽·吐尔逊"]),
    ("扎西顿珠和卓玛央金是牧民", ["扎西顿珠", "卓玛央金"]),
    ("经查，黄志强未到场，由其妻林美华代为签收", ["黄志强", "林美华"]),
    ("序号\t姓名\t金额\n1\t高峰\t300\n2\t何方\t400\n合计\t\t700", ["高峰", "何方"]),
    ("参会人员签到：郑海燕　吴永刚　冯小林", ["郑海燕", "吴永刚", "冯小林"]),
    ("家庭成员：妻韦秀兰、子黄小波、女黄小燕", ["韦秀兰", "黄小波", "黄小燕"]),
    ("申请人：王䶮𬭼，男", ["王䶮𬭼"]),
    ("原告周明诉被告孙小兵民间借贷纠纷一案", ["周明", "孙小兵"]),
    ("申请\n人：李秀英", ["李秀英"]),
    ("单位：柳河村\t\t制表日期：2026年\n序号\t姓名\t备注\n1\t高峰\t无", ["高峰"]),
    ("信访人赵　刚、孙 丽，均为退休教师", ["赵　刚", "孙 丽"]),
    ("我叫艾孜买提·吐尔洪，家住城东", ["艾孜买提·吐尔洪"]),
    ("会议由何平同志主持，后由全国强同志总结", ["何平", "全国强"]),
    ("张建国、李红梅、赵志刚三个村民到场签字", ["张建国", "李红梅", "赵志刚"]),
    ("此致\n敬礼\n许文静\n2026年3月29日", ["许文静"]),
]

NONE = [
    "王府井大街、长安街两侧建筑高度不得超过规划限高",
    "高新区管委会应当会同白云山风景区管理处拿出方案",
    "申请人、被申请人、第三人应当签字或者盖章",
    "经办人、审核人、负责人签字后报主要领导审批",
    "清政办〔2026〕12号文件自2026年1月1日起施行",
    "张某与李某某因相邻通行发生纠纷，王某在场",
    "江苏、安徽、山东三省交界处的界桩已重新埋设",
    "万元以上的支出由镇长审批",
    "程序合法、证据确凿、定性准确，应予维持",
    "于家庄与史家营之间的通村公路已纳入计划",
    "姓名、性别、年龄、职业、住址等基本情况见附表",
    "李主任、王科长、赵大妈均不在场",
    "王村、李庄、张集、赵楼四个村民委员会的土地补偿费均已拨付到位",
    "根据《条例》第三十六条作出告知书，文号郑金政依申告〔2026〕第18号",
    "其母亲的养老金未足额发放",
    "单位名称\t联系电话\n县财政局\t见附件",
]


@pytest.mark.parametrize("text, wanted", FOUND)
def test_found(text, wanted):
    assert names(text) == wanted


@pytest.mark.parametrize("text", NONE)
def test_left_alone(text):
    assert names(text) == []


def test_a_name_broken_by_the_margin_is_one_name():
    text = "经本机关核查，上述土地使用权登记档案中记载的使用权人为村民李德\n明，其于2019年去世。\n特此说明。"
    assert "李德明" in [name.replace("\n", "") for name in names(text)]


def test_offsets_are_of_the_text_as_given():
    text = "登记：\r\n　　申请人：张建国\r\n电话１３８００１３８０００"
    for one in find(text):
        assert text[one.start : one.end] == one.text


def test_a_name_once_announced_is_found_wherever_it_stands():
    text = "申请人：麦冬青，女。\n经走访，邻居说麦冬青已外出。所附照片为麦冬青本人。"
    assert names(text) == ["麦冬青"] * 3


def test_every_suggestion_says_why_and_how_sure():
    for one in find("申请人：张建国，身份证号110105199003070011，住清源县建设路1号，患有高血压"):
        assert len(one.reason) >= 4
        assert 0 < one.confidence <= 1


def test_no_reason_quotes_what_stands_around():
    text = "昨日王建国13800138000同李四喜、赵卫东到场，住采薇路3号"
    found = find(text)
    assert {one.text for one in found if one.kind == "name"} >= {"王建国", "李四喜"}
    for one in found:
        assert not [piece for piece in ("王建", "李四", "赵卫", "13800", "采薇") if piece in one.reason]
