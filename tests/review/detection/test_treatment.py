"""What is put in place of personal data: the same person the same pseudonym, masks by kind, counties, bands."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.review.redaction.detect.found import LABELS, Found
from workflow.review.redaction.treat.exceptions import UnknownExemption, exemption, exemptions
from workflow.review.redaction.treat.general import age_band, age_on, birth_year, to_county
from workflow.review.redaction.treat.masks import mask
from workflow.review.redaction.treat.pseudonyms import pseudonyms
from workflow.review.redaction.treat.remembered import alike, key_of, not_rejected


def test_one_of_a_surname_has_no_number_and_several_have():
    assert pseudonyms(["张三", "李四", "张 伟", "张三", "欧阳锋"]) == {
        "张三": "张某1", "张伟": "张某2", "李四": "李某", "欧阳锋": "欧阳某",
    }  # fmt: skip


def test_a_pseudonym_once_given_stays():
    first = pseudonyms(["张三"])
    assert first == {"张三": "张某"}
    assert pseudonyms(["张五", "张三"], first) == {"张三": "张某", "张五": "张某2"}


NAMES = st.lists(
    st.sampled_from("张王李赵欧").flatmap(
        lambda s: st.text("伟芳娜秀英", min_size=1, max_size=2).map(s.__add__)
    )
)


@given(NAMES, NAMES)
def test_two_persons_never_share_a_pseudonym(first, later):
    known = pseudonyms(first)
    every = pseudonyms(later, known)
    assert len(set(every.values())) == len(every)
    assert known.items() <= every.items()
    assert set(every) == {*first, *later}


@pytest.mark.parametrize(
    "kind, text, wanted",
    [
        ("resident_id", "110105199003071234", "110105********1234"),
        ("resident_id", "110105 19900307 123X", "110105 ******** 123X"),
        ("resident_id", "110105490307123", "110105******123"),
        ("mobile", "13800138000", "138****8000"),
        ("mobile", "138-0013-8000", "138-****-8000"),
        ("bank_card", "6228480402564890018", "6228***********0018"),
        ("landline", "0376-6512204", "0376-*****04"),
        ("plate", "京A·12345", "京A·*****"),
        ("email", "zhang@mail.example.cn", "z***@mail.example.cn"),
        ("passport", "E12345678", "E******78"),
        ("credit_code", "91110000600037341L", "91110000600037341L"),
        ("name", "张三", "**"),
        ("address", "建设路1号", "*****"),
        ("mobile", "13800", "*****"),
        ("landline", "00AAAAAAAAA", "***********"),
        ("landline", "0376-6200000转801", "0376-*******转*01"),
    ],
)
def test_masks(kind, text, wanted):
    assert mask(kind, text) == wanted


@given(
    st.sampled_from(sorted(LABELS)),
    st.text(st.characters(categories=["Nd", "Lu", "Lo"]), min_size=1, max_size=30),
)
def test_a_mask_never_shows_more_than_half_of_what_is_personal(kind, text):
    shown = sum(char != "*" for char in mask(kind, text))
    assert kind in ("credit_code", "email") or shown <= 10


@pytest.mark.parametrize(
    "address, county",
    [
        ("信阳市浉河区五星路22号", "信阳市浉河区"),
        ("清源县城关镇建设东路118号", "清源县"),
        ("浙江省金华市义乌市稠州北路699号", "浙江省金华市义乌市"),
        ("义乌市稠州北路699号", "义乌市"),
        ("内蒙古自治区通辽市奈曼旗大镇", "内蒙古自治区通辽市奈曼旗"),
        ("城关镇健康路6号", ""),
        ("和谐小区3栋", ""),
        ("市场路3号", ""),
    ],
)
def test_addresses_go_down_to_the_county(address, county):
    assert to_county(address) == county


@pytest.mark.parametrize(
    "age, band",
    [(0, "不满14周岁"), (13, "不满14周岁"), (14, "14至17周岁"), (18, "18至19周岁"), (20, "20至29周岁"), (69, "60至69周岁"), (90, "90周岁以上")],
)  # fmt: skip
def test_ages_go_into_bands(age, band):
    assert age_band(age) == band


def test_an_age_is_counted_in_full_years():
    assert age_on(date(2012, 2, 29), date(2026, 2, 28)) == 13
    assert age_on(date(2012, 2, 29), date(2026, 3, 1)) == 14
    assert birth_year("1979年8月") == "1979年"
    with pytest.raises(ValueError, match="negative"):
        age_band(-1)


def test_exceptions_name_their_basis_and_never_let_an_identity_number_stay():
    assert [one.name for one in exemptions(date(2026, 1, 1))] == ["惩戒公示", "强制性信息披露"]
    assert exemptions(date(2019, 5, 14)) == ()
    for one in exemptions(date(2026, 1, 1)):
        assert one.basis
        assert one.certainty in ("verified", "second-hand", "practice")
        assert not one.keeps & one.still_hidden
        assert (one.keeps | one.still_hidden) <= set(LABELS)
        assert not one.allows("resident_id", "某条例第一条")
        assert one.allows("name", "某条例第一条")
        assert not one.allows("name", "  ")
    with pytest.raises(UnknownExemption):
        exemption("other")


def test_a_rejected_suggestion_is_remembered_however_it_is_written():
    one = Found("mobile", 0, 11, "13800138000", "", 0.9)
    other = Found("mobile", 20, 33, "１３８-0013-8000", "", 0.9)
    rejected = {key_of("mobile", "138 0013 8000", b"case")}
    assert not_rejected([one, other], rejected, b"case") == []
    assert not_rejected([one], rejected, b"another case") == [one]
    assert alike([one, other], one) == [one, other]
    assert key_of("qq", "13800138000", b"case") not in rejected
