"""The secrecy review sheet of one document (保密审查呈批单): what it is, what was ticked, who agreed on what."""

from __future__ import annotations

from letters.sheet_parts import SIGNED, Block, Facts, Sheet, head, label, table, value
from letters.vocabulary import day

TITLE = "政府信息公开保密审查呈批单"
WEIGHED = (
    ("content", "内容和表述"),
    ("timing", "公开的时机"),
    ("manner", "公开的方式"),
    ("redaction", "个人信息及处理"),
)


def secrecy_review(facts: Facts) -> list[Block]:
    """Compose the sheet of one document's secrecy review."""
    rows: list[list[Block]] = [
        [label("材料标题"), value(facts["subject"], span=3)],
        [label("文号"), value(facts.get("number") or "—"), label("形成日期"), value(day(facts["formed_on"]))],
        [label("登记编号"), value(facts["case_number"]), label("申请事项"), value(facts["item"])],
        [label("来源"), value(facts["source"]), label("载体"), value(facts["carrier"])],
        [label("密级等标志"), value(facts["secrecy"]), label("摘自涉密文件"), value(facts["from_classified"])],
        [label("密级与期限"), value(facts["term"], span=3)],
    ]  # fmt: skip
    if facts.get("marks"):
        rows.append([label("标志的认定"), value("；".join(facts["marks"]), span=3)])
    rows.append([label("逐项审查"), value("\n".join(facts["ticks"]), span=3)])
    rows += [[label(name), value(facts[key], span=3)] for key, name in WEIGHED if facts.get(key)]
    rows.append([label("拟公开方式"), value(facts["plan"], span=3)])
    rows.append([label("结论", with_next=True), value(facts["decision"], span=3)])
    for note in facts["reviews"]:
        rows.append([label(note["name"]), {**value(note.get("opinion") or "　", span=3), "rows": 2, "middle": False,
                                            "foot": note.get("signed") or SIGNED}])  # fmt: skip
    rows.append([label("所审原件"), value(f"SHA-256：{facts['file_sha256']}", span=3)])
    return [*head(TITLE, facts["office"], numbered=True), table([16, 34, 16, 34], rows)]


SHEETS = {
    "secrecy_review_sheet": Sheet(
        TITLE, secrecy_review,
        ("office", "case_number", "item", "subject", "formed_on", "source", "carrier", "secrecy", "from_classified", "term",
         "ticks", "content", "timing", "manner", "plan", "decision", "reviews", "file_sha256"),
        ("number", "redaction", "marks"), rows={"reviews": ("name!", "opinion", "signed")},
    ),
}  # fmt: skip
