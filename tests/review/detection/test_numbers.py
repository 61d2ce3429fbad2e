"""Numbers: found in every form a document writes them, left alone where they are something else."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc

from workflow.review.redaction.detect.identity import region
from workflow.review.redaction.detect.text import find


def kinds(text, kind):
    return [one.text for one in find(text) if one.kind == kind and not one.suspected]


def identity(county, day, order):
    body = f"{county}{day:%Y%m%d}{order:03d}"
    return body + ric.calc_check_digit(body + "0")


ID = identity("110105", date(1990, 3, 7), 123)
X_ID = identity("330106", date(1985, 6, 18), 107)
assert X_ID.endswith("X")

FOUND = [
    ("resident_id", f"身份证号{ID}，住城关镇", ID),
    ("resident_id", f"{ID[:6]} {ID[6:14]} {ID[14:]}", f"{ID[:6]} {ID[6:14]} {ID[14:]}"),
    ("resident_id", f"证号：{ID[:6]}-{ID[6:14]}-{ID[14:]}。", f"{ID[:6]}-{ID[6:14]}-{ID[14:]}"),
    ("resident_id", " ".join(ID), " ".join(ID)),
    ("resident_id", f"13800138000 {ID}", ID),
    ("resident_id", f"{ID[:10]}\n{ID[10:]}", ID),
    ("resident_id", "".join(chr(ord(c) + 0xFEE0) for c in ID), "".join(chr(ord(c) + 0xFEE0) for c in ID)),
    ("resident_id", "一代证号110105490307123", "110105490307123"),
    ("resident_id", f"残疾人证号{ID}42", ID),
    ("mobile", "电话13800138000。", "13800138000"),
    ("mobile", "请拨+86 138-0013-8000", "+86 138-0013-8000"),
    ("mobile", "手机 138 0013 8000 联系", "138 0013 8000"),
    ("mobile", "电话１３８００１３８０００", "１３８００１３８０００"),
    ("landline", "电话：0376-6512204转803", "0376-6512204转803"),
    ("landline", "座机（010）66012345", "（010）66012345"),
    ("landline", "电话：6512204", "6512204"),
    ("credit_code", "信用代码91110000600037341L", "91110000600037341L"),
    ("passport", "护照E12345678", "E12345678"),
    ("passport", "持护照号码：EA1234567", "EA1234567"),
    ("permit", "港澳居民来往内地通行证H08341275", "H08341275"),
    ("permit", "台胞证号07419582", "07419582"),
    ("plate", "驾驶京A·12345号轿车", "京A·12345"),
    ("plate", "新能源车沪AD12345", "沪AD12345"),
    ("plate", "挂车鲁Q4A72挂", "鲁Q4A72挂"),
    ("plate", "使馆车辆粤Z1234港", "粤Z1234港"),
    ("email", "邮箱：zhang.san_66@mail.example.cn。", "zhang.san_66@mail.example.cn"),
    ("wechat", "微信号：abc_12345", "abc_12345"),
    ("wechat", "加我微信 wxid_7h2kq9xj", "wxid_7h2kq9xj"),
    ("qq", "QQ：583920174", "583920174"),
    ("birth_date", "1968年11月5日出生", "1968年11月5日"),
    ("birth_date", "出生日期：1968-11-05", "1968-11-05"),
    ("birth_date", "一九六八年十一月五日生，汉族", "一九六八年十一月五日"),
    ("address", "住清源县城关镇建设东路118号3幢2单元501室。", "清源县城关镇建设东路118号3幢2单元501室"),
    ("address", "家庭住址：息县项店镇张庄村鲁围孜组", "息县项店镇张庄村鲁围孜组"),
    # Written as nobody expects, by hand, by machines, or so that no program finds it.
    ("resident_id", f"身份证{X_ID[:-1]}x。", f"{X_ID[:-1]}x"),
    ("resident_id", f"身份证{X_ID[:-1]}Ⅹ", f"{X_ID[:-1]}Ⅹ"),
    ("resident_id", f"身份证{X_ID[:-1]}×", f"{X_ID[:-1]}×"),
    ("resident_id", f"证号：{ID[:6]}.{ID[6:14]}.{ID[14:]}", f"{ID[:6]}.{ID[6:14]}.{ID[14:]}"),
    ("resident_id", f"证号：{ID[:6]}_{ID[6:14]}·{ID[14:]}", f"{ID[:6]}_{ID[6:14]}·{ID[14:]}"),
    ("resident_id", f"证号：{ID[:3]}\u200b{ID[3:]}", f"{ID[:3]}\u200b{ID[3:]}"),
    ("mobile", "手机：138.0013.8000", "138.0013.8000"),
    ("mobile", "手机：138 00 13 80 00", "138 00 13 80 00"),
    ("mobile", "手机：13800\n138000", "13800138000"),
    ("mobile", "tel13800138000", "13800138000"),
    ("mobile", "手机：一三八〇〇一三八〇〇〇", "一三八〇〇一三八〇〇〇"),
    ("mobile", "手机（+86）13800138000", "（+86）13800138000"),
    ("landline", "电话0571—87052345-803", "0571—87052345-803"),
    ("landline", "传真：0571-8705 2345 ext 12", "0571-8705 2345 ext 12"),
    ("bank_card", "卡号：6228 4834 8172\n6509 184", "6228 4834 81726509 184"),
    ("credit_code", "信用代码：91330106ma2h5k7t37", "91330106ma2h5k7t37"),
    ("plate", "车号：浙 A 12345", "浙 A 12345"),
    ("plate", "车牌号浙a12345", "浙a12345"),
    ("plate", "武警车WJ01·1234警", "WJ01·1234警"),
    ("plate", "大型新能源货车浙A12345D", "浙A12345D"),
    ("plate", "教练车浙A1234学", "浙A1234学"),
    ("passport", "持护照 e12345678 出境", "e12345678"),
    ("passport", "公务护照PE1234567", "PE1234567"),
    ("permit", "通行证号M1234567801", "M1234567801"),
    ("permit", "台胞证号：1234567801(B)", "1234567801(B)"),
    ("email", "邮箱 zhang[at]example.com", "zhang[at]example.com"),
    ("email", "邮箱：zhang#example.com（#换成@）", "zhang#example.com"),
    ("email", "发至ｌｉ＠ｅｘａｍｐｌｅ．ｃｏｍ。", "ｌｉ＠ｅｘａｍｐｌｅ．ｃｏｍ"),
    ("wechat", "加V：zs_123456", "zs_123456"),
    ("birth_date", "一九九〇年五月生", "一九九〇年五月"),
    ("birth_date", "二〇〇一年十二月卅一日出生", "二〇〇一年十二月卅一日"),
    ("birth_date", "1990年5月7日，出生于浙江", "1990年5月7日"),
    ("birth_date", "生日：5月7日", "5月7日"),
    ("address", "住文三路90号东部软件园2幢3楼301室", "文三路90号东部软件园2幢3楼301室"),
    ("address", "住址：采薇街道兰溪小区12-3-501", "采薇街道兰溪小区12-3-501"),
    ("address", "户籍地：西湖区翠苑一区12幢2单元501室", "西湖区翠苑一区12幢2单元501室"),
    ("mobile", "手机：(138)00138000", "(138)00138000"),
    ("mobile", "手机：138——0013——8000", "138——0013——8000"),
    ("landline", "宅电：87052345", "87052345"),
    ("bank_card", "卡号：6228　4834　8172　6509　184", "6228　4834　8172　6509　184"),
    ("passport", "护照（号码E 1234 5678）", "E 1234 5678"),
    ("passport", "中国护照G 12345678", "G 12345678"),
    ("permit", "台胞证 T12345678", "T12345678"),
    ("email", "邮箱：zhang@qq。com", "zhang@qq。com"),
    ("email", "邮箱：li.si@example.com。电话另告", "li.si@example.com"),
    ("email", "邮箱zhang @ qq . com", "zhang @ qq . com"),
    ("qq", "联系QQ 123 456 789", "123 456 789"),
    ("address", "住云岫县城关镇建设东路壹佰壹拾捌号", "云岫县城关镇建设东路壹佰壹拾捌号"),
    ("birth_date", "生于公历1990年5月7日", "1990年5月7日"),
    ("birth_date", "一九六八年十一月初五生", "一九六八年十一月初五"),
    ("birth_date", "90年5月7日出生", "90年5月7日"),
]  # fmt: skip

LEFT = [
    ("resident_id", "宗地号411502001007GB00018，不动产单元号411502001007GB00018F00010001"),
    ("resident_id", "档案编号20190312000411502371"),
    ("resident_id", "金额1101051990030712元"),
    ("bank_card", "发票号码6212345678901232456"),
    ("bank_card", "对公账户41001503110050203345"),
    ("bank_card", "订单号6228480402564890018，请核对"),
    ("mobile", "档案编号：13800138000"),
    ("mobile", "流水2026138001380001"),
    ("mobile", "版本号V3.13800138000.2"),
    ("landline", "投诉电话12345，监督电话12388，报警电话110"),
    ("landline", "文号国办函〔2024〕0376号，金额6512204元"),
    ("credit_code", "批次91110000600037341K"),
    ("passport", "乘坐G1806次列车，样品SP2026000417"),
    ("plate", "皖政办〔2026〕12号，京广铁路，沪昆高速G6012345"),
    ("plate", "豫自然资〔2026〕A12号"),
    ("birth_date", "2026年3月2日生效，2025年5月生产"),
    ("birth_date", "会议于2026年4月10日召开"),
    ("address", "〔2026〕12号、第3号地块、2号搅拌机、312国道786公里处"),
    ("address", "王府井大街、长安街两侧建筑高度"),
    ("mobile", "合计13800138000.00元，其中13900139000元"),
    ("mobile", "面积13800.138平方米，13 800 138 000元"),
    ("mobile", "登记表第13 45 67 89 12 3行"),
    ("landline", "电话会议20230512，预算科目2130138"),
    ("landline", "订单0571-87052346件，编号(2023)第87052345号"),
    ("passport", "档案号E12345678，图号G12345678"),
    ("plate", "京A标段，220千伏沪A线，浙江A1组团"),
    ("email", "邮箱系统，型号ab#12.5，见附件a#b"),
    ("address", "采薇社区卫生中心2023-05-12至2023-05-30"),
    ("address", "第12号楼以北，3幢厂房，2栋宿舍"),
    ("birth_date", "2023年5月7日，出生证明已补办"),
    ("qq", "QQ群12345678"),
    ("mobile", "车架号LSVAU2180E2123456，IMEI 861234567890123"),
    ("mobile", "运单号YT13800138000123，快递单号SF1234567890123"),
    ("passport", "T12345678次检测，M1234567型水泵，2023-0571-87052"),
    ("bank_card", "订单6228481726509184，建字第330106202300123号"),
    ("plate", "沪C牌照管理办法，京A88号院，E座12345"),
    ("landline", "会议室8705，编号：2023-0571-87052"),
    ("birth_date", "2023年5月7日农历三月十八，90年代生产"),
    ("wechat", "微信公众号zj_gov，微信支付订单1234567890"),
    ("resident_id", "坐标120.123456,30.123456，桩号K138+001.38，2023.05.12.13.80"),
]


@pytest.mark.parametrize("kind, text, wanted", FOUND)
def test_found(kind, text, wanted):
    assert kinds(text, kind) == [wanted]


@pytest.mark.parametrize("kind, text", LEFT)
def test_left_alone(kind, text):
    assert kinds(text, kind) == []


def test_a_wrong_check_digit_is_a_suspicion():
    wrong = ID[:-1] + ("1" if ID[-1] != "1" else "2")
    (one,) = [found for found in find(f"身份证{wrong}") if found.kind == "resident_id"]
    assert one.suspected
    assert "疑似" in one.reason


def test_a_number_like_an_identity_number_is_no_credit_code_by_chance():
    """Its check digit as an identity number is wrong, as a credit code right: a person is the likelier one."""
    body = "41152819850312001"
    number = body + uscc.calc_check_digit(body)
    assert {(one.kind, one.suspected) for one in find(f"证号{number}")} == {("resident_id", True)}
    assert [one.kind for one in find(f"统一社会信用代码{number}") if not one.suspected] == ["credit_code"]


def test_the_code_of_a_sole_trader_points_to_a_person():
    body = "92110000600037341"
    (one,) = [found for found in find(body + uscc.calc_check_digit(body)) if found.kind == "credit_code"]
    assert "个体工商户" in one.reason


@pytest.mark.parametrize(
    "code, born, valid",
    [
        (
            "110118",
            1950,
            True,
        ),  # 密云区 has its code since 2015; who moves there gets no new number, who is registered late does
        ("110103", 2015, False),  # 崇文区 ended in 2010
        ("110103", 1990, True),
        ("110110", 1950, True),  # 燕山区 ended in 1986, after the first numbers were given
        ("999999", 1990, False),
        ("810000", 1990, True),
    ],
)
def test_a_county_that_can_have_given_the_number(code, born, valid):
    assert bool(region(code, born)) is valid


CARRIERS = [
    "身份证号{}。",
    "（{}）",
    "{}，男，汉族",
    "号码 {} 与登记不符",
    "王某\t{}\t城关镇",
    "ID:{}",
    "持{}办理",
]


@given(
    st.sampled_from(["110105", "411502", "320684", "653101", "469003", "150523", "440305"]),
    st.dates(date(1930, 1, 1), date(2026, 1, 1)),
    st.integers(1, 999),
    st.sampled_from(CARRIERS),
    st.sampled_from(["", " ", "-"]),
)
def test_every_right_identity_number_is_found(county, day, order, carrier, gap):
    number = identity(county, day, order)
    written = gap.join((number[:6], number[6:14], number[14:]))
    assert kinds(carrier.format(written), "resident_id") == [written]


@given(st.sampled_from(["622848", "621700", "622202", "436742", "621799"]), st.randoms(use_true_random=False))
def test_every_card_of_a_known_issuer_is_found(issuer, chance: random.Random):
    length = 16 if issuer.startswith("4") else 19
    body = issuer + "".join(chance.choice("0123456789") for _ in range(length - 7))
    number = body + luhn.calc_check_digit(body)
    assert kinds(f"汇入其银行卡{number}。", "bank_card") == [number]


def test_random_digits_are_seldom_taken_for_anything():
    chance = random.Random(7)
    day = date(2026, 1, 1)
    wrong = 0
    for _ in range(2000):
        digits = "".join(chance.choice("0123456789") for _ in range(chance.randrange(6, 21)))
        day += timedelta(1)
        found = find(f"受理编号{digits}，日期{day:%Y-%m-%d}，金额{chance.random() * 1e6:.2f}元")
        wrong += any(not one.suspected for one in found)
    assert wrong <= 20
