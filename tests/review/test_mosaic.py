"""k-anonymity, l-diversity, joins and coarser values: tables a reader can check by eye, and properties."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.review.mosaic.generalise import proposals, to_band, to_county, to_month, to_year
from workflow.review.mosaic.joining import join
from workflow.review.mosaic.tables import columns, groups, report

HEAD = ("姓名", "年龄", "住址", "补偿金额")
ROWS = [
    dict(zip(HEAD, row, strict=True))
    for row in (
        ("张三", "31", "云岫县采薇村一组", "12000"), ("李四", "31", "云岫县采薇村一组", "15000"),
        ("王五", "38", "云岫县采薇村二组", "9000"), ("赵六", "35", "云岫县采薇村三组", "9000"), ("钱七", "62", "云岫县思齐村", "30000"),
    )
]  # fmt: skip


def test_columns_are_told_by_their_headings():
    told = columns(["序号", "姓名", "身份证号", "年龄", "住址", "补偿金额（元）", "备注"])
    assert told == {
        "姓名": "direct",
        "身份证号": "direct",
        "年龄": "quasi",
        "住址": "quasi",
        "补偿金额（元）": "sensitive",
    }


def test_the_rows_that_stand_out_are_named():
    found = report(ROWS, kinds=columns(HEAD), k=2, variety=2)
    assert found.smallest == 1
    assert [group.rows for group in found.below_k] == [(3,), (4,), (5,)]
    assert found.breaking == (3, 4, 5)
    assert not found.holds


def test_a_group_whose_sensitive_value_is_one_gives_it_away():
    rows = [
        {"年龄": "30", "病名": "糖尿病"},
        {"年龄": "30", "病名": "糖尿病"},
        {"年龄": "40", "病名": "肝炎"},
        {"年龄": "40", "病名": "哮喘"},
    ]
    found = report(rows, kinds=columns(rows[0]), k=2, variety=2)
    assert found.below_k == ()
    assert [(weak.column, weak.values, weak.group.rows) for weak in found.weak] == [
        ("病名", ("糖尿病",), (1, 2))
    ]


def test_the_proposal_mends_the_table():
    kinds = columns(HEAD)
    found = proposals(ROWS, kinds=kinds, k=2, variety=2)
    assert found[0].column == "姓名"
    assert found[-1].still == 0
    assert {one.column for one in found} == {"姓名", "年龄", "住址"}


def test_a_table_that_holds_needs_nothing():
    rows = [{"年龄": "30", "补偿": str(n)} for n in range(6)]
    assert report(rows, kinds=columns(rows[0]), k=5, variety=5).holds
    assert proposals(rows, kinds=columns(rows[0]), k=5, variety=5) == []


@pytest.mark.parametrize(
    "way, value, coarse",
    [
        (to_county, "浙江省澜川市云岫县采薇村三组12号", "浙江省澜川市云岫县"), (to_county, "采薇村三组", "＊"), (to_county, "澜川市东篱区思齐路5号", "澜川市东篱区"),
        (to_band, "37", "30至39"), (to_band, "40岁", "40至49"), (to_band, "不详", "不详"), (to_month, "1986年3月9日", "1986年3月"),
        (to_month, "1986-03-09", "1986年3月"), (to_year, "1986.3.9", "1986年"),
    ],
)  # fmt: skip
def test_coarser_values(way, value, coarse):
    assert way(value) == coarse


def test_two_tables_that_meet_put_a_name_to_a_sum():
    out = [{"地块": "A-1", "户主": "张三"}, {"地块": "A-2", "户主": "李四"}, {"地块": "A-3", "户主": "王五"}]
    new = [
        {"地块": "A-1", "补偿金额": "1"},
        {"地块": "A-2", "补偿金额": "2"},
        {"地块": "A-2", "补偿金额": "3"},
    ]
    found = join(out, new, out_kinds=columns(out[0]), new_kinds=columns(new[0]))
    assert found.over == ("地块",)
    assert found.pairs == ((1, 1),)
    assert found.identifies
    assert (found.names, found.adds) == (("户主",), ("补偿金额",))


def test_tables_that_share_nothing_do_not_meet():
    assert join([{"甲": "1"}], [{"乙": "1"}], out_kinds={}, new_kinds={}) is None
    assert join([{"甲": "1"}], [{"甲": "2"}], out_kinds={}, new_kinds={}) is None


cells = st.sampled_from(["30", "31", "40", "采薇村", "思齐村", ""])
tables = st.lists(st.fixed_dictionaries({"年龄": cells, "村": cells, "补偿": cells}), min_size=1, max_size=24)


@given(tables, st.integers(1, 6), st.integers(1, 4))
def test_every_row_is_in_one_group_and_the_small_ones_are_reported(rows, k, variety):
    kinds = columns(rows[0])
    found = report(rows, kinds=kinds, k=k, variety=variety)
    every = sorted(row for group in groups(rows, found.quasi) for row in group.rows)
    assert every == list(range(1, len(rows) + 1))
    assert all(len(group.rows) < k for group in found.below_k)
    assert found.smallest == min(len(group.rows) for group in groups(rows, found.quasi))


@given(tables)
def test_more_is_asked_of_a_table_the_more_rows_break_it(rows):
    kinds = columns(rows[0])
    broken = [set(report(rows, kinds=kinds, k=k, variety=1).breaking) for k in (1, 2, 3, 5)]
    assert broken[0] == set()
    assert all(a <= b for a, b in pairwise(broken))


@given(tables)
def test_what_is_proposed_for_every_column_leaves_one_group(rows):
    found = proposals(rows, kinds=columns(rows[0]), k=2, variety=1)
    if found and len(rows) >= 2:
        assert found[-1].still == 0
