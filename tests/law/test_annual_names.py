"""A printed label is taken for the row, the column or the road it names, and for none where it names none."""

from __future__ import annotations

import pytest

from law.annual.layout import layout
from law.annual.names import Place, encloses, heading_of, numbered, place_of, plain, road_of, segments

PLAIN = {
    "１．属于 国家秘密": "1属于国家秘密",
    "三、本年度\u3000办理结果": "三本年度办理结果",
    "（一）予以公开": "一予以公开",
    "危及“三安全一稳定”": "危及三安全一稳定",
    "A+B": "AB",
    "总\u200b计\ufeff": "总计",
    "总\n计\t": "总计",
    "、。": "",
}


@pytest.mark.parametrize(("written", "bare"), PLAIN.items())
def test_letters_and_digits_alone_tell(written: str, bare: str) -> None:
    assert plain(written) == bare


SEGMENTS = {
    "三、本年度办理结果/（三）不予公开/1.属于国家秘密": [
        "三、本年度办理结果",
        "(三)不予公开",
        "1.属于国家秘密",
    ],
    "不予公开 ＞ 2.重复": ["不予公开", "2.重复"],
    "（六）其他处理—3.其他": ["(六)其他处理", "3.其他"],
    "三、结果-（二）部分公开": ["三、结果", "(二)部分公开"],
    "行政-许可": ["行政-许可"],
    "上\n下": ["上", "下"],
    " / 。/ 总计 /": ["总计"],
    "": [],
}


@pytest.mark.parametrize(("label", "parts"), SEGMENTS.items())
def test_a_label_is_cut_into_its_heads(label: str, parts: list[str]) -> None:
    assert segments(label) == parts


NUMBERS = {
    "1.属于国家秘密": 1,
    " （三）不予公开": 3,
    "十、附件": 10,
    "12、其他": 12,
    "８．属于行政查询事项": 8,
    "【2】甲": 2,
    "其他": 0,
    "2023年": 0,
    "": 0,
}


@pytest.mark.parametrize(("label", "number"), NUMBERS.items())
def test_the_number_a_label_begins_with(label: str, number: int) -> None:
    assert numbered(label) == number


PLACES: dict[tuple[str, str], Place] = {
    # A row by its words, wherever the table is; its group is its own.
    ("一、本年新收政府信息公开申请数量", ""): Place("new"),
    ("二、上一年度结转", ""): Place("carried_in"),
    ("上年结转下年", ""): Place("carried_out"),
    ("四、结转下年度继续办理", "other"): Place("carried_out"),
    ("（一）予以公开", ""): Place("granted", "results"),
    ("1.涉密", ""): Place("refuse_1", "refuse"),
    ("信访、投诉", "refuse"): Place("not_handled_1", "not_handled"),
    # One word of a pair is not enough; without the words of another row it is that other.
    ("举报", ""): Place(),
    ("部分予以公开", ""): Place("partial", "results"),
    ("不予以公开", ""): Place("refuse", "refuse", head=True),
    ("不予于以公开", ""): Place(),
    # What the label's own heads say goes before all.
    ("（三）不予公开/2.其他法律法规", "other"): Place("refuse_2", "refuse"),
    ("（三）不予公开/重复申请", ""): Place("", "refuse"),
    ("（三）不予公开/四、结转下年度继续办理", ""): Place("carried_out"),
    ("（三）不予公开/（一）予以公开", ""): Place("granted", "results"),
    ("三、本年度办理结果/（五）不予处理/（三）不予公开/1.属于国家秘密", ""): Place("refuse_1", "refuse"),
    ("三、本年度办理结果/（三）不予公开/天气", ""): Place("", "refuse"),
    # 其他 alone is a row of 其他处理 only.
    ("其他", ""): Place("other_3", "other"),
    ("其它情形", "other"): Place("other_3", "other"),
    ("其他原因情形", ""): Place("other_3", "other"),
    ("其他各种原因等", ""): Place(),
    ("其他", "refuse"): Place("", "refuse"),
    ("（三）不予公开/其他", ""): Place("", "refuse"),
    ("（六）其他处理/3.其他", ""): Place("other_3", "other"),
    # The line of a group, of the whole, and their sums.
    ("（三）不予公开", ""): Place("refuse", "refuse", head=True),
    ("（六）其他处理", ""): Place("other", "other", head=True),
    ("其它处理", "refuse"): Place("other", "other", head=True),
    ("（三）不予公开/小计", ""): Place("refuse", "refuse", head=True),
    ("（七）总计", ""): Place("total", "results"),
    ("三、本年度处理结果", ""): Place("results", head=True),
    ("三、本年度办理结果", "refuse"): Place("results", head=True),
    # A group and its row run together.
    ("（六）其他处理3.其他", ""): Place("other_3", "other"),
    ("其它处理3其它", ""): Place("other_3", "other"),
    ("其他处理其他情形", ""): Place("other_3", "other"),
    ("其他处理其他原因", ""): Place("other_3", "other"),
    ("其他处理3.其他一些", ""): Place("other", "other", head=True),
    ("不予公开3.其他", ""): Place("refuse", "refuse", head=True),
    # A slip of the pen is seen through; a number helps, and alone it does where nothing else is written.
    ("本年信收政府信息公开申请数量", ""): Place("new"),
    ("6.属于四类过呈性信息", "refuse"): Place("refuse_6", "refuse"),
    ("属于囯家秘密", ""): Place("refuse_1", "refuse"),
    ("（一）子以公开", ""): Place("granted", "results"),
    ("1.属于囯家秘蜜", "refuse"): Place("refuse_1", "refuse"),
    ("2.属于囯家秘蜜", "refuse"): Place("", "refuse"),
    ("1.属于囯家秘蜜", ""): Place(),
    ("属于囯家秘密", "unable"): Place("", "unable"),
    ("其他法津行政法归禁正公开呀", "refuse"): Place("refuse_2", "refuse"),
    ("其他法津行政去归禁正公开呀", "refuse"): Place("", "refuse"),
    ("不予处理/4.", ""): Place("not_handled_4", "not_handled"),
    ("4.", ""): Place(),
    # A row that nobody knows stays in the group it stands in.
    ("天气", ""): Place(),
    ("天气", "unable"): Place("", "unable"),
    ("", "refuse"): Place(),
    ("、", ""): Place(),
}  # fmt: skip


@pytest.mark.parametrize(
    ("label", "place"), PLACES.items(), ids=lambda one: "·".join(one) if isinstance(one, tuple) else ""
)
def test_what_a_label_names(label: tuple[str, str], place: Place) -> None:
    assert place_of(*label) == place


def test_a_label_given_as_its_heads() -> None:
    assert place_of(["（三）不予公开", "天气"]) == Place("", "refuse")
    assert place_of(["三、本年度办理结果/（五）不予处理", "2.重复申请"]) == Place(
        "not_handled_2", "not_handled"
    )
    assert place_of([]) == Place()
    assert place_of("天气") == Place()


COLUMNS = {
    "自然人": "natural", "公民": "natural", "商业企业": "commercial", "企业法人": "commercial", "科研机构": "research",
    "社会公益组织": "welfare", "律师事务所": "legal_service", "其他": "other_org", "其它组织": "other_org",
    "法人或其他组织其他": "other_org", "法人或其他组织（科研机构）": "research", "法人或其他组织小计": "", "法人或其他组织合计": "",
    "总 计": "all", "合计（件）": "all", "法人或其他组织": "", "法人及其他组织": "", "申请人情况": "", "数量": "", "": "",
}  # fmt: skip
RESULTS = {
    "结果维持": "upheld", "维持": "upheld", "结果纠正": "corrected", "其他结果": "other", "其他": "other",
    "尚未审结": "pending", "未结": "pending", "总计": "all", "受理": "",
}  # fmt: skip


@pytest.mark.parametrize(("text", "column"), COLUMNS.items())
def test_headings_of_columns(text: str, column: str) -> None:
    assert heading_of(text, layout().columns) == column


@pytest.mark.parametrize(("text", "result"), RESULTS.items())
def test_headings_of_results(text: str, result: str) -> None:
    assert heading_of(text, layout().results) == result


ENCLOSING = ("法人或其他组织", "法人或者其他组织", "法人及其他组织", "法人和其他组织", "申请人情况")


@pytest.mark.parametrize("text", ENCLOSING)
def test_headings_over_several_columns(text: str) -> None:
    assert encloses(text)
    assert not encloses(f"{text}数")


ROADS = {
    "行政复议": "reconsideration", "一、行政 复议": "reconsideration", "未经复议直接起诉": "direct", "未经行政复议": "direct",
    "直接诉讼": "direct", "复议后起诉": "after", "经行政复议后起诉": "after", "行政诉讼": "", "": "",
}  # fmt: skip


@pytest.mark.parametrize(("text", "road"), ROADS.items())
def test_roads(text: str, road: str) -> None:
    assert road_of(text) == road
