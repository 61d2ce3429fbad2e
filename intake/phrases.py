"""Plain words for the applicant: what each state means, what each line of the journal says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workflow.machine import State

S = State

#: States in which the office works and its clock may run.
IN_WORK = (S.SUBMITTED, S.REGISTERED, S.HANDLING, S.REVIEWING, S.SIGNING, S.REOPENED)
ANSWERED_AND_SERVED = (S.SERVED, S.ARCHIVED)

#: Internal stages are one stage for the applicant.
STATE_LABELS = {S.SUBMITTED: "已收到", S.REVIEWING: "办理中", S.SIGNING: "办理中", S.ARCHIVED: "已办结"}

NOW = {
    S.SUBMITTED: "机关已经收到您的申请，正在登记。期限从收到的次日起计算。",
    S.REGISTERED: "申请已经登记，正在安排承办科室。",
    S.SUPPLEMENTING: "机关请您补正：申请的内容还不够清楚，说明清楚后才能查找。",
    S.EXPLAINING: "机关请您说明申请的理由。",
    S.AWAITING_FEE: "等待缴纳信息处理费。",
    S.HANDLING: "承办科室正在查找和研究您要的信息。",
    S.REVIEWING: "正在审查能不能公开、哪些内容需要处理。",
    S.SIGNING: "答复书已经拟好，等待负责人签发。",
    S.REPLIED: "答复书已经签发，正在按您选择的方式送达。",
    S.SERVED: "答复书已经送达，申请办结。对答复不服的，可以按答复书写明的途径和期限申请行政复议或者起诉。",
    S.LAPSED: "没有在规定的时间内补正或者缴费，机关不再处理。需要的，可以重新申请。",
    S.WITHDRAWN: "您已经撤回这份申请，机关不再办理。",
    S.ARCHIVED: "申请已经办结，案卷已经归档。",
    S.REOPENED: "机关正在重新办理这份申请。",
}

SENT = {
    "portal": "您在网上提交了申请",
    "counter": "您当面提交了申请",
    "oral": "您口头提出申请，由工作人员代填",
    "post_signed": "机关签收了您邮寄的申请",
    "post_plain": "机关收到了您邮寄的申请",
    "fax": "机关收到了您传真的申请",
    "email": "机关收到了您的电子邮件",
    "pushed": "上级平台把您的申请转到本机关",
}


@dataclass(frozen=True)
class Ask:
    """What the applicant is asked for in a state: the page that takes it, by when, what happens otherwise."""

    page: str
    button: str
    paper: str
    until: str
    over: str
    otherwise: str


ASKED = {
    S.SUPPLEMENTING: Ask(
        "supplement", "补正申请", "supplement_notice", "请在{last}以前补正",
        "补正的期限{last}已过，仍要继续申请的，请尽快补正或者联系机关",
        "没有正当理由逾期不补正的，视为放弃申请。",
    ),
    S.EXPLAINING: Ask(
        "reasons", "说明理由", "excess_notice", "请在{last}以前说明理由",
        "说明理由的期限{last}已过，仍可以尽快说明或者联系机关",
        "逾期没有说明理由的，机关根据已有的事实作出认定；认为理由不合理的，不予处理。",
    ),
    S.AWAITING_FEE: Ask(
        "fee", "查看缴费通知", "fee_notice", "请在{last}以前缴纳信息处理费",
        "缴费的期限{last}已过，仍要继续申请的，请尽快缴费或者联系机关",
        "逾期未缴纳的，视为放弃申请，机关不再处理。",
    ),
}  # fmt: skip
#: Where what asks for it is on its way by mail or must be fetched.
ON_ITS_WAY = "通知正在按您选择的方式送达，期限从您收到通知的次日起计算"

#: What of the journal is told, and how; every other line is internal. Braces take what the line itself holds.
TOLD = {
    "case.confirm_receipt": ("机关与您确认收到申请", ""),
    "case.register": ("机关登记了申请", "出具接收回执"),
    "case.request_supplement": ("机关请您补正", "已送出补正告知书，答复期限停止计算"),
    "case.receive_supplement": ("机关收到您的补正", "答复期限重新计算"),
    "case.lapse": ("机关不再处理", "没有在期限内补正"),
    "case.ask_reasons": ("机关请您说明申请的理由", "已送出说明理由告知书，答复期限照常计算"),
    "case.receive_reasons": ("机关收到您说明的理由", "由工作人员认定是否合理，答复期限照常计算"),
    "case.note_silence": ("机关没有在期限内收到您说明的理由", "继续办理，根据已有的事实作出认定"),
    "case.delay_reply": ("机关确定了延迟答复的期限", "已送出延迟答复告知书"),
    "case.charge_fee": ("机关请您缴纳信息处理费 {total} 元", "已送出缴费通知书，缴费之前答复期限停止计算"),
    "case.record_payment": ("机关收到您缴纳的信息处理费 {amount} 元", "从缴费的次日起计算答复期限"),
    "case.lapse_fee": ("机关不再处理", "没有在期限内缴费"),
    "case.refer": ("机关把不属于信息公开的部分移送有关部门", "其余内容照常办理"),
    "case.reply_at_once": ("机关当场签发了答复书", ""),
    "case.file_elsewhere": ("经您同意，机关代为向负责机关提出申请", "由负责机关另行登记、答复"),
    "case.communicate": ("机关给您发了沟通函", "期限照常计算"),
    "case.invite_to_read": ("机关通知您查阅", "查阅的时间、地点见查阅通知书"),
    "case.assign": ("交承办科室办理", ""),
    "case.consult": ("机关征求第三方或者其他机关的意见", "征求意见的时间不计入期限"),
    "case.consult_list": ("机关征求第三方的意见", "征求意见的时间不计入期限"),
    "case.consult_joint": ("机关征求共同制作机关的意见", "征求意见的时间不计入期限"),
    "case.ask_assistance": ("机关征求其他机关的意见", "征求意见的时间不计入期限"),
    "case.record_opinion": ("机关收到被征求人的意见", "继续计算期限"),
    "case.extend": ("答复期限依法延长", "已送出延期答复告知书"),
    "case.sign": ("机关签发了答复书", ""),
    "case.confirm_signed_sheet": ("机关签发了答复书", ""),
    "case.serve": ("答复书已经送达", ""),
    "case.withdraw": ("您撤回了申请", "机关出具撤回确认书"),
    "case.reopen": ("机关依决定或者判决重新办理", "答复期限另行计算"),
    "case.correct_reply": ("机关更正了答复书", "出具更正书，重新告知救济途径"),
    "case.withdraw_reply": ("机关撤销了原来的答复", "重新办理，答复期限另行计算"),
    "case.archive": ("案卷归档", ""),
}

#: Papers addressed to the applicant, and their names in plain words; every other kind stays inside.
PAPERS = {
    "registration_receipt": "接收回执",
    "supplement_notice": "补正告知书",
    "extension_notice": "延期答复告知书",
    "consultation_applicant_notice": "征求意见告知书",
    "reply": "答复书",
    "lapse_notice": "不再处理告知书",
    "withdrawal_confirmation": "撤回确认书",
    "communication": "沟通函",
    "excess_notice": "说明理由告知书",
    "delay_notice": "延迟答复告知书",
    "fee_notice": "缴费通知书",
    "fee_lapse_notice": "不再处理告知书",
    "correction_of_reply": "更正书",
    "withdrawal_of_reply": "撤销决定书",
    "reading_notice": "查阅通知书",
}


def told(key: str, channel: str, data: dict[str, Any]) -> tuple[str, str] | None:
    """Tell one line of the journal in plain words, or None when it is internal."""
    if key == "case.submit":
        return SENT.get(channel, "机关收到申请"), ""
    title, body = TOLD.get(key, ("", ""))
    return (title.format_map(data), body.format_map(data)) if title else None


def paper_label(kind: str) -> str:
    """Name a kind of paper for the applicant; empty for an internal or a third party's paper."""
    return PAPERS["reply"] if kind == "reply" or kind.startswith("reply_") else PAPERS.get(kind, "")


def why_not_withdraw(state: State) -> str:
    """Say why a case can no longer be withdrawn."""
    if state == S.WITHDRAWN:
        return "已经撤回。"
    if state in (S.SERVED, S.ARCHIVED):
        return "答复书已经送达，不能再撤回。"
    return "这份申请现在不能撤回。"
