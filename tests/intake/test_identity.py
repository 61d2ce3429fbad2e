"""Numbers of identity documents: what is right, and what is said of what is wrong."""

import pytest

from intake.identity import BadIdentity, check, tidy

GOOD = [
    ("resident_id", "11010519491231002X", "11010519491231002X"),
    ("resident_id", "１１０１０５ 19491231 002ｘ", "11010519491231002X"),
    ("resident_id", "440524188001010014", "440524188001010014"),
    ("credit_code", "91350100M000100Y43", "91350100M000100Y43"),
    ("credit_code", "91350100-m000100y43", "91350100M000100Y43"),
    ("passport", "E12345678", "E12345678"),
    ("hk_macao_permit", "h1234567800", "H1234567800"),
    ("hk_macao_permit", "M12345678", "M12345678"),
    ("taiwan_permit", "12345678", "12345678"),
    ("taiwan_permit", "11010519491231002X", "11010519491231002X"),
    ("no_code_cert", "采薇村村民小组证明2026-1", "采薇村村民小组证明20261"),
]
BAD = [
    ("resident_id", "1101051949123100X", "身份证号码应为 18 位，您输入了 17 位"),
    ("resident_id", "11010519491231002Y", "前 17 位应为数字，最后一位为数字或字母 X"),
    ("resident_id", "110105194913310021", "出生日期 19491331 不存在"),
    ("resident_id", "110105144912310021", "出生年份 1449 不合理"),
    ("resident_id", "110105194912310021", "校验位对不上"),
    ("credit_code", "91350100M000100Y4", "统一社会信用代码应为 18 位，您输入了 17 位"),
    ("credit_code", "9135O100M000100Y43", "不会出现 O"),
    ("credit_code", "91350100M000100Y44", "校验位对不上"),
    ("passport", "E1", "5 至 15 位"),
    ("hk_macao_permit", "A12345678", "字母 H 或 M"),
    ("taiwan_permit", "1234", "8 位数字"),
    ("no_code_cert", "村", "4 至 40 个字"),
]


@pytest.mark.parametrize("kind,typed,kept", GOOD)
def test_a_right_number_is_tidied(kind, typed, kept):
    assert check(kind, typed) == kept


@pytest.mark.parametrize("kind,typed,said", BAD)
def test_a_wrong_number_is_explained(kind, typed, said):
    with pytest.raises(BadIdentity, match=said):
        check(kind, typed)


def test_any_single_wrong_digit_of_a_resident_number_is_noticed():
    right = "11010519491231002X"
    for place in (0, 3, 5, 14, 15, 16):
        for digit in "0123456789":
            wrong = right[:place] + digit + right[place + 1 :]
            if wrong != right:
                with pytest.raises(BadIdentity):
                    check("resident_id", wrong)


def test_an_unknown_kind_is_no_number():
    with pytest.raises(KeyError):
        check("library_card", "12345678")


def test_tidying_drops_blanks_and_hyphens_only():
    assert tidy(" 91350100－m000100y43　") == "91350100M000100Y43"
