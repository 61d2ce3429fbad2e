"""Sheets of what comes after the reply: evidence index, conversion, and the archive's cover, index, note and list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from letters.sheet_parts import SIGNED, Block, Facts, Sheet, centred, head, label, room, table, value
from letters.vocabulary import day, one_line


def evidence(facts: Facts) -> list[Block]:
    """Compose the index of the evidence (证据目录): what was in the file when the reply was signed, the rest apart."""
    rows = [[label(text) for text in ("编号", "证据名称", "形成日期", "证明内容", "页码", "校验")]]
    rows += [_evidence_row(entry) for entry in facts["entries"]]
    if facts.get("later"):
        late = f"以下材料形成于{day(facts['signed_on'])}签发答复之后，不作为证明答复合法的证据"
        rows.append([{"text": late, "span": 6, "role": "heading", "with_next": True}])
        rows += [_evidence_row(entry) for entry in facts["later"]]
    count = len(facts["entries"]) + len(facts.get("later") or ())
    note = f"共{count}件。证据卷 SHA-256：{facts['file_sha256']}"
    rows.append([label("说明"), room(2, span=5, text=note, foot="提交人：　　　　提交日期：")])
    lines = (f"案件：{facts['case_number']}", str(facts["proceeding"]))
    return [
        *head("证据目录", facts["office"], *lines, numbered=True),
        table([8, 28, 15, 23, 10, 16], rows, head_rows=1),
    ]


def _evidence_row(entry: Mapping[str, Any]) -> list[Block]:
    return [
        centred(entry["no"]), value(entry["title"]), centred(entry["on"]), value(entry.get("proves") or ""),
        centred(entry.get("pages") or "—"), centred(str(entry.get("sha256") or "—")[:8]),
    ]  # fmt: skip


def conversion(facts: Facts) -> list[Block]:
    """Compose the sheet by which information asked for is approved for publication (转主动公开审批单)."""
    rows = [
        [label("拟公开信息"), value(facts["subject"], span=3)],
        [label("来源"), value(facts["source"]), label("相关申请"), value(facts.get("case_number") or "—")],
        [label("理由"), value(facts["reason"], span=3)],
        [label("去标识化"), value(facts["redaction"], span=3)],
        [label("提出人"), value(facts["proposer"]), label("提出日期"), value(day(facts["proposed_on"]))],
        [label("审批意见"), room(3, span=3, text=facts["opinion"], foot=f"{facts['approver']}　{day(facts['approved_on'])}")],
        [label("公开期限"), value(f"{day(facts['due_on'])}前", span=3)],
    ]  # fmt: skip
    return [
        *head("政府信息转为主动公开审批单", facts["office"], numbered=True),
        table([16, 34, 16, 34], rows),
    ]


def cover(facts: Facts) -> list[Block]:
    """Compose the cover of a file (卷宗封面): whose, what, from when to when, how long it is kept."""
    span = f"自{day(facts['started_on'])}　至{day(facts['ended_on'])}"
    tall = {"rows": 2}
    rows = [
        [label("全宗名称", **tall), {**value(facts["office"]["name"], span=5), "rows": 2}],
        [label("类目名称", **tall), {**value("政府信息公开申请", span=5), "rows": 2}],
        [label("案卷题名", **tall), {**value(facts["title"], span=5), "rows": 6}],
        [label("登记编号", **tall), {**value(facts["case_number"], span=2), "rows": 2},
         label("处理结果", **tall), {**value(facts.get("outcome") or "—", span=2), "rows": 2}],
        [label("起止日期", **tall), {**value(span, span=5), "rows": 2}],
        [label("保管期限", **tall), {**value(facts["retention"], span=2), "rows": 2},
         label("件　　数", **tall), {"text": f"共{facts['count']}件　　　　页", "span": 2, "middle": True}],
        [label("立卷人", **tall), {**value(facts["filed_by"], span=2), "rows": 2},
         label("归档日期", **tall), {**value(day(facts["filed_on"]), span=2), "rows": 2}],
        [label("全宗号", **tall), room(2), label("目录号"), room(2), label("案卷号"), room(2)],
    ]  # fmt: skip
    return [
        {"type": "title", "text": facts["office"]["name"], "tight": True},
        {"type": "title", "text": "政府信息公开申请案卷"},
        table([16, 18, 16, 17, 16, 17], rows),
    ]


def index(facts: Facts) -> list[Block]:
    """Compose the index of a file (卷内目录) with a closing line."""
    rows = [[label(text) for text in ("序号", "文号", "责任者", "题名", "日期", "页数", "备注")]]
    for n, entry in enumerate(facts["entries"], 1):
        rows.append([
            centred(n), value(entry.get("number", "")), value(entry.get("author", "")), value(entry["title"]),
            centred(entry.get("date", "")), centred(entry.get("pages", "")), value(entry.get("note", "")),
        ])  # fmt: skip
    note = one_line(facts.get("closing_note") or f"本卷共{len(rows) - 1}件。")
    rows[-1][0]["with_next"] = True
    rows.append(
        [label("备考"), room(3, span=6, text=note, foot="立卷人：　　　　检查人：　　　　立卷日期：")]
    )
    retention = facts.get("retention", "")
    left = f"案件：{facts['case_number']}" + (f"　保管期限：{retention}" if retention else "")
    return [
        *head("卷内目录", facts["office"], numbered=True),
        {"type": "sheet_line", "left": left},
        table([8, 21, 15, 25, 14, 7, 10], rows, head_rows=1),
    ]


def closing(facts: Facts) -> list[Block]:
    """Compose the closing note of a file (备考表): how much it holds, how long it is kept, who checked it."""
    rows = [
        [label("案卷题名"), value(facts["title"], span=3)],
        [label("登记编号"), value(facts["case_number"]), label("保管期限"), value(facts["retention"])],
        [label("件数"), value(f"{facts['count']}件"), label("处理结果"), value(facts["outcome"])],
        [label("卷内清单校验"), value(f"SHA-256：{facts['manifest_sha256']}", span=3)],
        [label("本卷情况说明"),
         room(5, span=3, text=facts.get("remarks") or "卷内文件齐全，无缺损、修改、补充、移出、销毁等情况。")],
        [label("立卷人"), value(facts["filed_by"]), label("立卷日期"), value(day(facts["filed_on"]))],
        [label("检查人"), room(2, span=3, foot=SIGNED)],
    ]  # fmt: skip
    return [*head("备考表", facts["office"], numbered=True), table([18, 32, 16, 34], rows)]


def handover(facts: Facts) -> list[Block]:
    """Compose the list of a year's files handed over to the archive (归档文件移交清单)."""
    rows = [[label(text) for text in ("序号", "登记编号", "题名", "归档日期", "保管期限", "件数", "校验")]]
    for n, entry in enumerate(facts["entries"], 1):
        rows.append([
            centred(n), centred(entry["number"]), value(entry["title"]), centred(entry["filed_on"]),
            centred(entry["retention"]), centred(entry["count"]), centred(entry["sha256"][:8]),
        ])  # fmt: skip
    note = f"共{len(facts['entries'])}卷。清单 SHA-256：{facts['list_sha256']}"
    rows[-1][0]["with_next"] = True
    rows.append(
        [label("移交", with_next=True), room(2, span=6, text=note, foot="移交人：　　　　　年　月　日")]
    )
    rows.append([label("接收"), room(2, span=6, text=facts["receiver"], foot="接收人：　　　　　年　月　日")])
    line = f"{facts['year']}年度归档文件　第{facts['batch']}批　编制日期：{day(facts['made_on'])}"
    return [
        *head("归档文件移交清单", facts["office"], line, numbered=True),
        table([8, 15, 29, 14, 11, 8, 15], rows, head_rows=1),
    ]


EVIDENCE_ROW = ("no!", "title!", "on!", "proves", "pages", "sha256")
INDEX = Sheet(
    "卷内目录", index, ("office", "case_number", "entries"), ("retention", "closing_note"),
    rows={"entries": ("title!", "number", "author", "date", "pages", "note")},
)  # fmt: skip
SHEETS = {
    "evidence_index": Sheet(
        "证据目录", evidence, ("office", "case_number", "proceeding", "signed_on", "entries", "file_sha256"), ("later",),
        rows={"entries": EVIDENCE_ROW, "later": EVIDENCE_ROW},
    ),
    "conversion_approval": Sheet(
        "政府信息转为主动公开审批单", conversion,
        ("office", "subject", "source", "reason", "redaction", "proposer", "proposed_on", "opinion", "approver",
         "approved_on", "due_on"),
        ("case_number",),
    ),
    "file_cover": Sheet(
        "政府信息公开申请案卷", cover,
        ("office", "case_number", "title", "started_on", "ended_on", "retention", "count", "filed_by", "filed_on"),
        ("outcome",),
    ),
    "archive_index": INDEX,
    "archive_cover": INDEX,
    "archive_note": Sheet(
        "备考表", closing,
        ("office", "case_number", "title", "count", "retention", "outcome", "filed_by", "filed_on", "manifest_sha256"),
        ("remarks",),
    ),
    "archive_handover": Sheet(
        "归档文件移交清单", handover, ("office", "year", "batch", "receiver", "entries", "list_sha256", "made_on"),
        rows={"entries": ("number!", "title!", "filed_on!", "retention!", "count!", "sha256!")},
    ),
}  # fmt: skip
