"""Sheets of a request that comes in: application form, register sheet, transfer slip."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from letters.sheet_parts import Block, Facts, Sheet, boxes, head, label, room, table, value
from letters.vocabulary import day

ORGANISATIONS = {
    "commercial": "商业企业", "research": "科研机构", "welfare": "社会公益组织", "legal_service": "法律服务机构",
    "other_org": "其他",
}  # fmt: skip
FORMS = {"paper": "纸质", "electronic": "电子文件", "disc": "光盘", "reading": "当面查阅、抄录"}
WAYS = {"post": "邮寄", "email": "电子邮件", "portal": "网上获取", "counter": "当面领取"}
APPLICANT = ("name", "kind", "id_kind", "id_number", "contact_name", "phone", "email", "address", "postcode",
             "agent", "agent_id_number", "agent_phone")  # fmt: skip
FORM_TITLE = "政府信息公开申请表"
SIGN_HERE = "申请人签名（盖章）：　　　　　　　年　　月　　日"
NOTES = (
    "填表说明：1. 申请人应当提供姓名或者名称、身份证明、联系方式，并附身份证明复印件；委托他人办理的，另附授权委托书和受托人身份证明复印件。",
    "2. 请写明所需政府信息的名称、文号或者便于查询的其他特征；一份申请有几项的，请逐项写明。",
    "3. 书写确有困难的，可以口头提出，由受理机关工作人员代为填写，经核对后签名。",
)


def application(facts: Facts) -> list[Block]:
    """Compose the application form (申请表): blank, or filled in with what is known."""
    person: Mapping[str, Any] = facts.get("applicant") or {}
    natural = person.get("kind") == "natural"
    who, body = (person, {}) if natural else ({}, person)
    if not person:
        who = body = {}
    asked = list(facts.get("requests") or ())
    wanted = (
        "\n".join(f"（{n}）{text}" for n, text in enumerate(asked, 1)) if len(asked) > 1 else "".join(asked)
    )
    rows = [
        [label("公民", down=2), label("姓　　名"), value(who.get("name", "")), label("证件名称"), value(who.get("id_kind", ""))],
        [_again(), label("证件号码"), value(who.get("id_number", ""), span=3)],
        [label("法人或者\n其他组织", down=2), label("名　　称"), value(body.get("name", "")), label("统一社会\n信用代码"), value(body.get("id_number", ""))],
        [_again(), label("类　　别"), boxes("applicant.kind", ORGANISATIONS, body.get("kind", ""), in_line=3, span=3)],
        [label("代理人"), label("姓　　名"), value(person.get("agent", "")), label("证件号码"), value(person.get("agent_id_number", ""))],
        [label("联系方式", down=3), label("联系人"), value(person.get("contact_name", "")), label("联系电话"), value(person.get("phone", ""))],
        [_again(), label("通信地址"), value(person.get("address", ""), span=3)],
        [_again(), label("邮政编码"), value(person.get("postcode", "")), label("电子邮箱"), value(person.get("email", ""))],
        [label("所需政府\n信息"), label("名称、文\n号或者其\n他特征"), {**room(6, span=3, text=wanted)}],
        [label("获取形式"), boxes("wanted_form", FORMS, facts.get("wanted_form", ""), span=4)],
        [label("获取途径"), boxes("service", WAYS, facts.get("service", ""), span=4)],
        [label("申请人\n签　名"), room(2, span=4, foot=SIGN_HERE)],
        [label("受理机关\n填　写"), room(2, span=4, text=_received(facts), foot="登记人：　　　　　　　　　年　　月　　日")],
    ]  # fmt: skip
    office = facts["office"]
    where = "，".join(filter(None, (office.get("address"), office.get("phone") and f"电话{office['phone']}")))
    return [
        {"type": "title", "text": FORM_TITLE, "tight": True},
        {"type": "small", "text": f"受理机关：{office['name']}{f'（{where}）' if where else ''}"},
        table([13, 13, 30, 13, 31], rows),
        *({"type": "small", "text": text, "apart": not n} for n, text in enumerate(NOTES)),
    ]


def _again() -> Block:
    return {"text": "", "under": True}


def _received(facts: Facts) -> str:
    """Say how and when a form came in, or leave the places open."""
    number = facts.get("case_number") or "　　　　　　　　"
    on = day(facts["arrived_on"]) if facts.get("arrived_on") else "　　　年　　月　　日"
    return f"登记编号：{number}　收到日期：{on}"


def register(facts: Facts) -> list[Block]:
    """Compose the register sheet of one request (登记表)."""

    def on(name: str) -> str:
        return day(facts[name]) if facts.get(name) else "—"

    rows = [
        [label("登记编号"), value(facts["case_number"]), label("登记日期"), value(on("registered_on"))],
        [label("来件渠道"), value(facts["channel_label"]), label("来源编号"), value(facts.get("external_number") or "—")],
        [label("到达日期"), value(on("arrived_on")), label("收到申请之日"), value(on("received_on"))],
        [label("提醒用\n收到之日"), value(on("risk_received_on")), label("答复期限\n届满日"), value(on("due_on"))],
        [label("申请人"), value(facts["addressee"]["name"]), label("申请人类别"), value(facts["applicant_kind"])],
        [label("身份证明"), value(facts.get("identity") or "—"), label("联系方式"), value(facts.get("contact") or "—")],
        [label("代理人"), value(facts.get("agent") or "—"), label("来件材料"), value(facts.get("materials") or "—")],
    ]  # fmt: skip
    for n, text in enumerate(facts["requests"], 1):
        rows.append(
            [label(f"申请内容{n}" if len(facts["requests"]) > 1 else "申请内容"), value(text, span=3)]
        )
    rows += [
        [label("获取形式"), value(facts.get("wanted_form") or "—"), label("获取途径"), value(facts.get("service") or "—")],
        [label("承办科室"), value(facts.get("unit") or "—"), label("承办人"), value(facts.get("handler_name") or "—")],
        [label("办理结果"), value(facts.get("outcome") or ""), label("答复日期"), value(on("replied_on") if facts.get("replied_on") else "")],
        [label("备注"), room(3, span=3, text=facts.get("remarks", ""))],
        [label("登记人"), room(2, span=3, text=facts.get("registered_by", ""), foot="签名：　　　　　　　　年　　月　　日")],
    ]  # fmt: skip
    return [*head("依申请公开登记表", facts["office"]), table([16, 34, 16, 34], rows)]


def transfer(facts: Facts) -> list[Block]:
    """Compose the slip that goes with a case to a unit (转办单); its term is the house's, never the law's."""
    rows = [
        [label("登记编号"), value(facts["case_number"]), label("收到日期"), value(day(facts["received_on"]))],
        [label("承办科室"), value(facts["unit"]), label("协办科室"), value("、".join(facts.get("co_units") or ()) or "—")],
        [label("内部期限"), value(day(facts["internal_due_on"]) if facts.get("internal_due_on") else "—"),
         label("答复期限"), value(day(facts["due_on"]) if facts.get("due_on") else "—")],
    ]  # fmt: skip
    for n, text in enumerate(facts["requests"], 1):
        rows.append(
            [label(f"申请内容{n}" if len(facts["requests"]) > 1 else "申请内容"), value(text, span=3)]
        )
    rows += [
        [label("随单材料"), value("；".join(facts.get("materials_list") or ()) or "—", span=3)],
        [label("分办意见"), room(4, span=3, text=facts.get("opinion", ""),
                             foot=_by(facts.get("allocated_by"), facts.get("allocated_on"), "分办人"))],
        [label("接收"), room(3, span=3, foot="接收人：　　　　　　　　年　　月　　日")],
        [label("办理情况"), room(8, span=3, text="请写明检索、征求意见和拟办意见，连同材料退回。",
                             foot="承办人：　　　　　　　　年　　月　　日")],
    ]  # fmt: skip
    return [*head("政府信息公开申请转办单", facts["office"]), table([16, 34, 16, 34], rows)]


def _by(who: str | None, on: str | None, part: str) -> str:
    return f"{part}：{who or '　　　　'}　{day(on) if on else '　　年　　月　　日'}"


SHEETS = {
    "application_form": Sheet(
        FORM_TITLE, application, ("office",),
        ("applicant", "requests", "wanted_form", "service", "arrived_on", "case_number"),
        parts={"applicant": ("name", "kind")},
    ),
    "register_sheet": Sheet(
        "依申请公开登记表", register,
        ("office", "case_number", "addressee", "channel_label", "arrived_on", "applicant_kind", "requests"),
        ("registered_on", "registered_by", "received_on", "risk_received_on", "due_on", "external_number", "identity",
         "contact", "agent", "materials", "wanted_form", "service", "unit", "handler_name", "outcome", "replied_on",
         "remarks"),
        parts={"addressee": ("name",)},
    ),
    "transfer_sheet": Sheet(
        "政府信息公开申请转办单", transfer, ("office", "case_number", "received_on", "unit", "requests"),
        ("co_units", "internal_due_on", "due_on", "materials_list", "opinion", "allocated_by", "allocated_on"),
    ),
}  # fmt: skip
