"""Sheets of consulting, handing over and serving: slip, lists, proof of service, envelope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from letters.errors import BadFacts
from letters.sheet_parts import BOX, Block, Facts, Sheet, boxes, centred, head, label, room, table, value
from letters.typeset.measures import table as measures
from letters.vocabulary import clause, day, sentence

CARRIERS = {"paper": "纸质", "electronic": "电子文件", "disc": "光盘", "reading": "查阅"}
WAYS = {
    "counter": "直接送达", "entrusted": "委托送达", "post": "邮寄送达（EMS）", "email": "电子邮件", "portal": "网上送达",
}  # fmt: skip
#: Rows left open for the pen.
READERS, PAPERS = 6, 1


def slip(facts: Facts) -> list[Block]:
    """Compose the slip on which a third party says whether it agrees (征求意见确认函)."""
    name = facts["addressee"]["name"]
    rows = [
        [label("第三方"), value(name, span=3)],
        [label("拟公开的内容"), value(sentence(facts["content"]), span=3)],
        [label("是否同意公开"), room(3, span=3, text=f"{BOX}同意全部公开\n{BOX}不同意公开\n{BOX}同意部分公开，不同意公开的部分：")],
        [label("不同意公开的\n理由"), room(9, span=3, text="（请写明涉及哪些合法权益、公开会造成何种损害，可以另附材料）")],
        [label("附送的材料"), room(2, span=3)],
        [label("联系人"), value(""), label("联系电话"), value("")],
        [label("签名或者\n盖章"), room(4, span=3, foot="签名（盖章）：　　　　　　　　年　　月　　日")],
    ]  # fmt: skip
    back = f"，送交{clause(facts['reply_to'])}" if facts.get("reply_to") else ""
    told = f"请自收到征求意见书之日起{facts['days']}个工作日内填写本函{back}。逾期未提出意见的，由行政机关依法决定是否公开。"
    about = [f"征求意见书文号：{facts['letter_number']}"] if facts.get("letter_number") else []
    return [
        *head("政府信息公开征求意见确认函", {"name": f"致：{facts['office']['name']}"}, *about),
        table([20, 32, 16, 32], rows),
        {"type": "small", "text": told, "apart": True},
    ]


def reading(facts: Facts) -> list[Block]:
    """Compose the register that whoever reads on site signs (查阅登记表)."""
    rows = [[label(text) for text in ("序号", "查阅的政府信息", "文号", "页数", "载体", "备注")]]
    for n, entry in enumerate(facts["entries"], 1):
        rows.append([
            centred(n), value(entry["title"]), value(entry.get("number", "")), centred(entry.get("pages", "")),
            centred(_carrier(entry)), value(entry.get("note", "")),
        ])  # fmt: skip
    signed = [
        [
            label(text)
            for text in ("日期", "起止时间", "查阅人签名", "证件种类及号码", "抄录、复制情况", "接待人签名")
        ]
    ]
    signed += [[room(2) for _ in range(6)] for _ in range(READERS)]
    lines = [f"登记编号：{facts['case_number']}　申请人：{facts['addressee']['name']}"]
    if facts.get("letter_number"):
        lines.append(f"答复书文号：{facts['letter_number']}")
    return [
        *head("政府信息查阅登记表", facts["office"], *lines),
        table([8, 38, 20, 9, 11, 14], rows, head_rows=1),
        {
            "type": "small",
            "text": "查阅人应当妥善使用材料，不得涂改、抽取、损毁；查阅、抄录不收取费用。",
            "apart": True,
        },
        {"type": "small", "text": "　"},
        table([13, 15, 16, 24, 18, 14], signed, head_rows=1),
    ]


def materials(facts: Facts) -> list[Block]:
    """Compose the list of what is handed over with a reply (材料清单): pages, carrier, signatures."""
    rows = [[label(text) for text in ("序号", "材料名称", "文号", "载体", "份数", "页数", "备注")]]
    for n, entry in enumerate(facts["entries"], 1):
        rows.append([
            centred(n), value(entry["title"]), value(entry.get("number", "")), centred(_carrier(entry)),
            centred(entry.get("copies", 1)), centred(entry.get("pages", "—")), value(entry.get("note", "")),
        ])  # fmt: skip
    counted = [_pages(n, entry) for n, entry in enumerate(facts["entries"], 1) if "pages" in entry]
    total = f"共{len(facts['entries'])}件" + (f"，合计{sum(counted)}页" if counted else "") + "。"
    # Nobody signs on a page that names nothing of what is handed over.
    rows[-1][0]["with_next"] = True
    rows.append([label("合计", with_next=True), value(total, span=6)])
    rows.append([
        label("交付", with_next=True), room(3, span=6, foot="交付人：　　　　　　　　年　　月　　日")
    ])  # fmt: skip
    rows.append(
        [
            label("签收"),
            room(
                4,
                span=6,
                text="上述材料已经核对，件数、页数无误。",
                foot="签收人：　　　　　　　　年　　月　　日",
            ),
        ]
    )
    lines = [f"登记编号：{facts['case_number']}　申请人：{facts['addressee']['name']}"]
    if facts.get("letter_number"):
        lines.append(f"随附答复书：{facts['letter_number']}")
    return [
        *head("政府信息公开材料清单", facts["office"], *lines),
        table([10, 34, 20, 10, 8, 8, 10], rows, head_rows=1),
    ]


def _pages(n: int, entry: Mapping[str, Any]) -> int:
    """Return how many pages of one thing are handed over, all copies together."""
    if not isinstance(entry["pages"], int):
        raise BadFacts(f"entries.{n}.pages", f"第{n}件材料的页数应为一个整数")
    return entry["pages"] * int(entry.get("copies", 1))


def _carrier(entry: Mapping[str, Any]) -> str:
    return CARRIERS.get(str(entry.get("carrier", "paper")), str(entry.get("carrier", "")))


def proof(facts: Facts) -> list[Block]:
    """Compose the proof of service (送达回证), to be printed before service and signed on it."""
    to = facts["addressee"]
    rows = [
        [label("受送达人"), value(to["name"], span=3)],
        [label("送达地址"), value(to.get("address", ""), span=3)],
        [label("登记编号"), value(facts["case_number"]), label("邮件号"), value(facts.get("tracking", ""))],
        [label("送达方式"), boxes("way", WAYS, facts.get("way", ""), in_line=3, span=3)],
        [label("送达文书\n名称"), value("文书名称", align="center", span=2, role="heading"), label("文号")],
    ]
    papers = [*facts["papers"], *({"title": "", "number": ""} for _ in range(PAPERS))]
    rows += [[label(""), value(row["title"], span=2), value(row.get("number", ""))] for row in papers]
    first = len(rows) - len(papers) - 1
    rows[first][0] = label("送达文书", down=len(papers) + 1)
    for row in rows[first + 1 :]:
        row[0] = {"text": "", "under": True}
    rows += [
        [label("受送达人\n签名或者盖章"), room(4, span=3, foot="签名（盖章）：　　　　　　　　年　　月　　日　　时")],
        [label("代收人\n及代收理由"), room(3, span=3, foot="签名：　　　　　与受送达人关系：　　　　　　年　　月　　日")],
        [label("拒收、退回\n情况"), room(3, span=3, foot="见证人：　　　　　　　　年　　月　　日")],
        [label("送达人"), room(2, span=3, foot="签名：　　　　　　　　年　　月　　日")],
        [label("备注"), room(3, span=3, text=facts.get("remarks", ""))],
    ]  # fmt: skip
    return [*head("送达回证", facts["office"]), table([18, 32, 14, 36], rows)]


def posting(facts: Facts) -> list[Block]:
    """Compose the list of what was handed to the post on a day (交寄清单)."""
    rows = [[label(text) for text in ("序号", "邮件号", "收件人", "寄达地址", "内件（文号）", "备注")]]
    for n, entry in enumerate(facts["entries"], 1):
        rows.append([
            centred(n), centred(entry["tracking"]), value(entry["receiver"]), value(entry["address"]),
            value("、".join(entry["contents"])), value(entry.get("note", "")),
        ])  # fmt: skip
    total = f"共{len(facts['entries'])}件。"
    rows.append(
        [
            label("交寄"),
            room(
                3,
                span=5,
                text=total,
                foot=f"交寄人：{facts.get('posted_by', '　　　　')}　{day(facts['posted_on'])}",
            ),
        ]
    )
    rows.append(
        [
            label("收寄"),
            room(4, span=5, text="上列邮件已经收寄。", foot="收寄人（日戳）：　　　　　　年　　月　　日"),
        ]
    )
    carrier = facts.get("carrier") or "邮政特快专递（EMS）"
    batch = f"　第{facts['batch']}批" if facts.get("batch") else ""
    return [
        *head(
            "政府信息公开文书交寄清单",
            facts["office"],
            f"交寄日期：{day(facts['posted_on'])}　邮件种类：{carrier}{batch}",
        ),
        table([8, 21, 14, 26, 21, 10], rows, head_rows=1),
    ]


def envelope(facts: Facts) -> list[Block]:
    """Compose an envelope (信封): to whom, from whom, with which papers inside."""
    office, to = facts["office"], facts["addressee"]
    size = facts.get("size", "DL")
    if size not in measures()["envelope"]:
        raise BadFacts("size", f"没有“{size}”这一种信封，可用：{'、'.join(measures()['envelope'])}")
    code = str(to.get("postcode") or "").strip()
    if code and not (len(code) == 6 and code.isascii() and code.isdigit()):
        raise BadFacts("addressee.postcode", f"邮政编码应为6位数字：{code}")
    unit = office.get("disclosure_office") or ""
    sender = [office.get("address") or "", f"{office['name']}{'　' + unit if unit else ''}"]
    if office.get("postcode"):
        sender.append(f"邮政编码：{office['postcode']}")
    block: Block = {
        "type": "envelope", "size": size, "postcode": code, "address": to["address"], "name": to["name"],
        "sender": [line for line in sender if line],
    }  # fmt: skip
    if facts.get("contents"):
        block["contents"] = f"内件：{'、'.join(facts['contents'])}"
    return [block]


GOODS = ("title!", "number", "pages", "copies", "carrier", "note")
SHEETS = {
    "confirmation_slip": Sheet(
        "政府信息公开征求意见确认函", slip, ("office", "addressee", "content", "days"), ("reply_to", "letter_number"),
        parts={"addressee": ("name",)},
    ),
    "reading_register": Sheet(
        "政府信息查阅登记表", reading, ("office", "addressee", "case_number", "entries"), ("letter_number",),
        rows={"entries": GOODS}, parts={"addressee": ("name",)},
    ),
    "material_list": Sheet(
        "政府信息公开材料清单", materials, ("office", "addressee", "case_number", "entries"), ("letter_number",),
        rows={"entries": GOODS}, parts={"addressee": ("name",)},
    ),
    "proof_of_service": Sheet(
        "送达回证", proof, ("office", "addressee", "case_number", "papers"), ("way", "tracking", "remarks"),
        rows={"papers": ("title!", "number")}, parts={"addressee": ("name",)},
    ),
    "posting_list": Sheet(
        "政府信息公开文书交寄清单", posting, ("office", "posted_on", "entries"), ("posted_by", "carrier", "batch"),
        rows={"entries": ("tracking!", "receiver!", "address!", "contents!", "note")},
    ),
    "envelope": Sheet(
        "信封", envelope, ("office", "addressee"), ("size", "contents"), parts={"addressee": ("name", "address")},
    ),
}  # fmt: skip
