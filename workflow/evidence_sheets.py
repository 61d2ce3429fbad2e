"""The sheets of an evidence bundle that are no papers: made from the frozen facts alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.timezone import localdate

from letters.sheet_parts import head, label, value
from letters.vocabulary import day

Blocks = list[dict[str, Any]]
WIDE = [18, 32, 18, 32]


def local_day(instant: dt.datetime) -> str:
    """Return the day of an instant in Shanghai as 2026-03-02."""
    return localdate(instant).isoformat()


def contents(
    case: Any, proceeding: str, rows: Sequence[tuple[int, str, str, str, bool]], acted_on: dt.date
) -> Blocks:
    """Compose the front of a bundle: what it belongs to and what stands on which page."""
    table = [[label(text) for text in ("编号", "名称", "形成日期", "页码")]]
    centre = {"align": "center"}
    for late in (False, True):
        if late and any(row[4] for row in rows):
            said = f"以下材料形成于{day(acted_on)}签发答复之后，单独列出，不作为证明答复合法的证据"
            table.append([{"text": said, "span": 4, "role": "heading", "with_next": True}])
        table += [
            [value(str(no), **centre), value(title), value(on, **centre), value(pages, **centre)]
            for no, title, on, pages, later in rows if later == late
        ]  # fmt: skip
    lines = (f"登记编号：{case.number}", proceeding, f"案卷截至{day(acted_on)}")
    return [
        *head("证据卷", {"name": case.office.name}, *lines),
        {"type": "table", "columns": [10, 56, 18, 16], "rows": table, "head_rows": 1},
    ]


def application(facts: dict[str, Any]) -> Blocks:
    """Compose what the register holds of an application."""
    case = facts["case"]
    rows = [
        [label("登记编号"), value(case["number"]), label("提交渠道"), value(case["channel"])],
        [
            label("到达日期"),
            value(day(case["arrived_on"])),
            label("收到日期"),
            value(_day(case["received_on"])),
        ],
        [label("获取形式"), value(case["wanted"]), label("送达方式"), value(case["service"])],
    ]
    for party in facts["parties"]:
        rows.append(
            [label(party["part"]), value(party["name"]), label("身份证明"), value(party["identity"] or "—")]
        )
    for item in facts["items"]:
        rows.append([label(f"申请事项{item['seq']}"), value(item["description"], span=3)])
    return _sheet("政府信息公开申请登记内容", case, rows)


def search(facts: dict[str, Any], row: dict[str, Any]) -> Blocks:
    """Compose one record of search (检索记录)."""
    item = f"第{row['item']}项" if row["item"] else "整个申请"
    rows = [
        [label("检索事项"), value(item), label("检索日期"), value(day(row["on"]))],
        [label("检索范围"), value(row["systems"], span=3)],
        [label("关键词"), value(row["keywords"], span=3)],
        [label("检索时段"), value(row["period"]), label("检索人员"), value(row["people"])],
        [label("检索方法"), value(row["method"], span=3)],
        [label("检索结果"), value(f"{'检索到' if row['found'] else '没有检索到'}：{row['result']}", span=3)],
    ]
    return _sheet("检索记录", facts["case"], rows)


def consultation(facts: dict[str, Any], row: dict[str, Any]) -> Blocks:
    """Compose how one third party or office was consulted and what was made of its answer."""
    rows = [
        [label("征求对象"), value(row["party"]), label("种类"), value(row["kind"])],
        [label("发出日期"), value(day(row["sent_on"])), label("签收日期"), value(_day(row["delivered_on"]))],
        [
            label("意见"),
            value(row["opinion"] or "期限内没有提出意见"),
            label("意见到达"),
            value(_day(row["opinion_on"])),
        ],
        [label("理由"), value(row["reason"] or "—", span=3)],
        [label("对理由的评估"), value(row["assessed"] or "—", span=3)],
    ]
    return _sheet("征求意见情况", facts["case"], rows)


def reviews(facts: dict[str, Any]) -> Blocks:
    """Compose the reviews of the draft that was signed."""
    rows: list[list[dict[str, Any]]] = []
    for row in facts["reviews"]:
        signed = f"{row['by']}　{_day(row['on'])}"
        rows.append([label(f"{row['name']}（{row['status']}）"), {"text": row["opinion"] or "—", "span": 3, "rows": 2,
                                                               "foot": signed}])  # fmt: skip
        rows.append(
            [label("所审文稿校验"), value(f"SHA-256：{row['sha256']}" if row["sha256"] else "—", span=3)]
        )
    return _sheet("审查意见", facts["case"], rows)


def service(facts: dict[str, Any], deliveries: Iterable[Any]) -> Blocks:
    """Compose how the papers of the file were served."""
    table = [[label(text) for text in ("文书", "方式", "交寄、发出", "签收", "完成")]]
    centre = {"align": "center"}
    for row in deliveries:
        how = row.get_channel_display() + (f" {row.tracking}" if row.tracking else "")
        if row.returned_on:
            how += f"（{_day(row.returned_on)}退回：{row.get_return_reason_display()}）"
        table.append([
            value(row.paper.number_text), value(how), value(_iso(row.sent_on), **centre),
            value(_iso(row.signed_on), **centre), value(_iso(row.completed_on), **centre),
        ])  # fmt: skip
    blocks = head("送达情况", {"name": facts["case"]["office"]}, f"登记编号：{facts['case']['number']}")
    return [*blocks, {"type": "table", "columns": [24, 28, 16, 16, 16], "rows": table, "head_rows": 1}]


def materials(facts: dict[str, Any], handout: Any) -> Blocks:
    """Compose the list of the materials the applicant read or got, and who signed for them."""
    centre = {"align": "center"}
    table = [[label(text) for text in ("序号", "材料名称", "页数")]]
    table += [
        [value(str(n), **centre), value(row["name"]), value(str(row["pages"]), **centre)]
        for n, row in enumerate(handout.lines, 1)
    ]
    table.append([label("合计"), value(f"{len(handout.lines)}份"), value(str(handout.pages), **centre)])
    case = facts["case"]
    lines = (
        f"登记编号：{case['number']}　方式：{handout.get_way_display()}　载体：{handout.carrier}",
        f"签收人：{handout.receiver}　签收日期：{day(handout.signed_on.isoformat())}",
    )
    return [
        *head("材料清单", {"name": case["office"]}, *lines),
        {"type": "table", "columns": [12, 72, 16], "rows": table, "head_rows": 1},
    ]


def stands_for(case: Any, title: str, why: str, file: Any) -> Blocks:
    """Compose the sheet that stands for a file without pages of its own."""
    rows = [
        [label("材料"), value(title, span=3)],
        [label("说明"), value(f"{why}，原件以电子文件随卷另附。", span=3)],
        [label("文件类型"), value(file.content_type), label("大小"), value(f"{file.size}字节")],
        [label("校验"), value(f"SHA-256：{file.sha256}", span=3)],
    ]
    return _sheet("电子文件说明", {"office": case.office.name, "number": case.number}, rows)


def _sheet(title: str, case: dict[str, Any], rows: list[list[dict[str, Any]]]) -> Blocks:
    return [
        *head(title, {"name": case["office"]}, f"登记编号：{case['number']}"),
        {"type": "table", "columns": WIDE, "rows": rows},
    ]


def _day(on: Any) -> str:
    return day(on) if on else "—"


def _iso(on: dt.date | None) -> str:
    return on.isoformat() if on else "—"
