"""Sheets of what comes after the reply: evidence index, conversion, closing note, handover list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from letters.sheet_parts import SIGNED, Block, head, label, need, value
from letters.vocabulary import day

Made = tuple[str, list[Block]]


def evidence(facts: Mapping[str, Any]) -> Made:
    """Compose the index of the evidence (证据目录): what was in the file when the reply was signed, the rest apart."""
    need(facts, "office", "case_number", "proceeding", "signed_on", "entries", "file_sha256")
    title = "证据目录"
    rows = [[label(text) for text in ("编号", "证据名称", "形成日期", "证明内容", "页码", "校验")]]
    for entry in facts["entries"]:
        rows.append(_evidence_row(entry))
    if facts.get("later"):
        late = f"以下材料形成于{day(facts['signed_on'])}签发答复之后，不作为证明答复合法的证据"
        rows.append([{"text": late, "span": 6, "role": "heading", "with_next": True}])
        rows += [_evidence_row(entry) for entry in facts["later"]]
    count = len(facts["entries"]) + len(facts.get("later") or ())
    note = f"共{count}件。证据卷 SHA-256：{facts['file_sha256']}"
    rows.append([label("说明"), {"text": note, "span": 5, "rows": 2, "foot": "提交人：　　　　提交日期："}])
    lines = (f"案件：{facts['case_number']}", str(facts["proceeding"]))
    return title, [
        *head(title, facts["office"], *lines),
        {"type": "table", "columns": [8, 28, 15, 23, 10, 16], "rows": rows, "head_rows": 1},
    ]


def _evidence_row(entry: Mapping[str, Any]) -> list[Block]:
    centre = {"align": "center"}
    return [
        value(str(entry["no"]), **centre), value(entry["title"]), value(entry["on"], **centre),
        value(entry.get("proves") or ""), value(str(entry.get("pages") or "—"), **centre),
        value(str(entry.get("sha256") or "—")[:8], **centre),
    ]  # fmt: skip


def conversion(facts: Mapping[str, Any]) -> Made:
    """Compose the sheet by which information asked for is approved for publication (转主动公开审批单)."""
    need(facts, "office", "subject", "source", "reason", "redaction", "proposer", "proposed_on", "opinion",
         "approver", "approved_on", "due_on")  # fmt: skip
    title = "政府信息转为主动公开审批单"
    rows = [
        [label("拟公开信息"), value(facts["subject"], span=3)],
        [label("来源"), value(facts["source"]), label("相关申请"), value(facts.get("case_number") or "—")],
        [label("理由"), value(facts["reason"], span=3)],
        [label("去标识化"), value(facts["redaction"], span=3)],
        [label("提出人"), value(facts["proposer"]), label("提出日期"), value(day(facts["proposed_on"]))],
        [label("审批意见"), {"text": facts["opinion"], "span": 3, "rows": 3,
                          "foot": f"{facts['approver']}　{day(facts['approved_on'])}"}],
        [label("公开期限"), value(f"{day(facts['due_on'])}前", span=3)],
    ]  # fmt: skip
    return title, [
        *head(title, facts["office"]),
        {"type": "table", "columns": [16, 34, 16, 34], "rows": rows},
    ]


def closing(facts: Mapping[str, Any]) -> Made:
    """Compose the closing note of a file (备考表): how much it holds, how long it is kept, who checked it."""
    need(facts, "office", "case_number", "title", "count", "retention", "outcome", "filed_by", "filed_on", "manifest_sha256")  # fmt: skip
    title = "备考表"
    rows = [
        [label("案卷题名"), value(facts["title"], span=3)],
        [label("登记编号"), value(facts["case_number"]), label("保管期限"), value(facts["retention"])],
        [label("件数"), value(f"{facts['count']}件"), label("处理结果"), value(facts["outcome"])],
        [label("卷内清单校验"), value(f"SHA-256：{facts['manifest_sha256']}", span=3)],
        [label("本卷情况说明"), {"text": facts.get("remarks") or "卷内文件齐全，无缺损、修改、补充、移出、销毁等情况。",
                              "span": 3, "rows": 5}],
        [label("立卷人"), value(facts["filed_by"]), label("立卷日期"), value(day(facts["filed_on"]))],
        [label("检查人"), {"text": "", "span": 3, "rows": 2, "foot": SIGNED}],
    ]  # fmt: skip
    return title, [
        *head(title, facts["office"]),
        {"type": "table", "columns": [18, 32, 16, 34], "rows": rows},
    ]


def handover(facts: Mapping[str, Any]) -> Made:
    """Compose the list of a year's files handed over to the archive (归档文件移交清单)."""
    need(facts, "office", "year", "batch", "receiver", "entries", "list_sha256", "made_on")
    title = "归档文件移交清单"
    rows = [[label(text) for text in ("序号", "登记编号", "题名", "归档日期", "保管期限", "件数", "校验")]]
    for n, entry in enumerate(facts["entries"], 1):
        centre = {"align": "center"}
        rows.append([
            value(str(n), **centre), value(entry["number"], **centre), value(entry["title"]),
            value(entry["filed_on"], **centre), value(entry["retention"], **centre),
            value(str(entry["count"]), **centre), value(entry["sha256"][:8], **centre),
        ])  # fmt: skip
    note = f"共{len(facts['entries'])}卷。清单 SHA-256：{facts['list_sha256']}"
    rows.append([label("移交"), {"text": note, "span": 6, "rows": 2, "foot": "移交人：　　　　　年　月　日"}])
    rows.append(
        [
            label("接收"),
            {"text": facts["receiver"], "span": 6, "rows": 2, "foot": "接收人：　　　　　年　月　日"},
        ]
    )
    line = f"{facts['year']}年度归档文件　第{facts['batch']}批　编制日期：{day(facts['made_on'])}"
    return title, [
        *head(title, facts["office"], line),
        {"type": "table", "columns": [8, 15, 29, 14, 11, 8, 15], "rows": rows, "head_rows": 1},
    ]


MAKERS = {
    "evidence_index": evidence, "conversion_approval": conversion, "archive_note": closing, "archive_handover": handover,
}  # fmt: skip
