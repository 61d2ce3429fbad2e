"""What a binding act will do before it is done: the papers, the state, the date, who is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from law.clock import evaluate
from letters.catalogue import KINDS, reply_kind
from workflow import rules
from workflow.clock import as_event, reading
from workflow.machine import ACTS, State, back_to_work

TOLD = {
    "request_supplement": "申请人", "lapse": "申请人", "communicate": "申请人", "invite_to_read": "申请人", "extend": "申请人",
    "withdraw": "申请人", "register": "申请人", "consult": "第三方（不透露申请人信息）、申请人", "sign": "申请人",
    "confirm_signed_sheet": "申请人", "send_to_review": "保密审查员、去标识化审查员（机关设法制审核的，另有法制审核）",
    "clear_secrecy": "全部审查通过后，签发人", "clear_redaction": "全部审查通过后，签发人",
    "clear_legal": "全部审查通过后，签发人", "ask_reasons": "申请人", "delay_reply": "申请人", "charge_fee": "申请人",
    "lapse_fee": "申请人", "consult_list": "名单上的每个第三方（不透露申请人信息）、申请人",
    "consult_joint": "共同制作机关（不透露申请人信息）、申请人", "ask_assistance": "其他机关（不透露申请人信息）、申请人",
    "decide_disclosure": "第三方", "refer": "接收单位", "reply_at_once": "申请人",
    "file_elsewhere": "负责机关的登记员",
    "correct_reply": "申请人；正在复议、诉讼的，另函告知受理机关",
    "withdraw_reply": "申请人；正在复议、诉讼的，另函告知受理机关", "answer_remedy": "受理的行政复议机关、人民法院",
    "report_advice": "行政复议机关", "decide_complaint": "投诉人；督促整改的，另行通知被投诉机关",
}  # fmt: skip
UNDO = {
    "register": "登记后不能撤销；登错的内容在案件中另行更正。",
    "request_supplement": "补正告知书只能出具一次，编号后不能撤销；需要再沟通的，用「发沟通函」。",
    "lapse": "不再处理告知书编号后不能撤销；认定有误的，须另行更正。",
    "invite_to_read": "查阅通知书编号后不能撤销；时间、地点有变的，可以再发一份。",
    "communicate": "沟通函编号后不能撤销，可以再发一份。",
    "consult": "征求意见书编号后不能撤销；意见到达后用「登记第三方意见」恢复计时。",
    "consult_list": "征求意见书逐份编号后不能撤销；名单有误的，不要提交。",
    "consult_joint": "征求意见书编号后不能撤销；逾期不答复的，视为同意公开。",
    "ask_assistance": "协办函编号后不能撤销；逾期不答复的，期限恢复计算，由本机关决定。",
    "decide_disclosure": "公开决定告知书编号后不能撤销；第三方可以申请行政复议或者提起行政诉讼。",
    "refer": "移送函编号后不能撤销；答复书会写明移送的去向。",
    "reply_at_once": "签发后答复书定稿，不能撤销；有错的，另出一份更正文书，引用本文号。",
    "file_elsewhere": "负责机关收到后不能收回，申请人可以向其撤回；本机关的答复期限不变。",
    "send_to_review": "送审后要改稿，由审查人「退回承办」或者签发人「退回修改」。",
    "clear_secrecy": "通过后不能收回；签发人可以「退回修改」，审查随之作废。",
    "clear_redaction": "通过后不能收回；签发人可以「退回修改」，审查随之作废。",
    "clear_legal": "通过后不能收回；签发人可以「退回修改」，审查随之作废。",
    "sign": "签发后答复书定稿，不能撤销；有错的，另出一份更正文书，引用本文号。",
    "confirm_signed_sheet": "核对后答复书定稿，不能撤销；有错的，另出一份更正文书，引用本文号。",
    "serve": "送达登记后不能撤销。",
    "void_paper": "作废后不能恢复；需要的，另行制作一份，取新的文号。",
    "archive": "归档后卷内目录定稿，不能撤销。",
    "compile_evidence": "可以重新编制，以最后一次为准；每次各编一份证据目录。",
    "answer_remedy": "答复、答辩编号后不能撤销；需要补充的，另行提交。",
    "report_advice": "报告编号后不能撤销。",
    "correct_reply": "更正书编号后不能撤销；原答复书保留。",
    "withdraw_reply": "撤销决定编号后不能撤销，案件须重新答复；原答复书保留。",
    "decide_complaint": "处理后不能撤销。",
    "extend": "只能延期一次，告知书编号后不能撤销。",
    "ask_reasons": "告知书编号后不能撤销；说明理由期间答复期限照常计算。",
    "delay_reply": "延迟的期限只能确定一次，告知书编号后不能撤销。",
    "charge_fee": "每件申请只能通知一次，按件、按量不能并用；编号后不能撤销。",
    "lapse_fee": "不再处理告知书编号后不能撤销；认定有误的，须另行更正。",
    "withdraw": "撤回后案件终止；申请人仍需要的，重新提出申请。",
}


@dataclass(frozen=True)
class Foresight:
    """What will have happened after an act."""

    papers: tuple[str, ...]
    before: str
    after: str
    due_before: dt.date | None
    due_after: dt.date | None
    completed_on: dt.date | None
    told: str
    undo: str

    @property
    def moves_date(self) -> bool:
        """Tell whether the act changes the due date."""
        return self.due_before != self.due_after


def foresee(case: Any, act: str, *, on: dt.date, events: Sequence[Mapping[str, Any]] = ()) -> Foresight:
    """Tell what an act on a day would bring, ``events`` being what it would put on the clock.

    Nothing is written. Raises LawError where the events cannot happen so.
    """
    row = ACTS[act]
    kinds = [_kind(case, kind) for kind in row.papers]
    before = due = reading(case, as_of=on).due_on
    completed = None
    if events:
        told = [*(as_event(event) for event in case.clock_events()), *events]
        by = rules.of(case.office)
        ahead = evaluate(
            channel=case.channel,
            arrived_on=case.arrived_on,
            confirmed_on=case.confirmed_on,
            events=told,
            as_of=on,
            calendar=by.calendar,
            overrides=by.overrides,
        )
        due, completed = ahead.due_on, ahead.completed_on
    return Foresight(
        papers=tuple(f"《{KINDS[kind].label}》，{_series(case, kind, on)}" for kind in kinds if kind in KINDS),
        before=State(case.state).label, after=_after(case, act), due_before=before, due_after=due, completed_on=completed,
        told=_told(case, act), undo=UNDO.get(act, ""),
    )  # fmt: skip


def _kind(case: Any, kind: str) -> str:
    if kind == "remedy_answer" and case.remedies_to_answer():
        return f"remedy_answer_{case.remedies_to_answer()[0].kind}"
    if kind != "reply":
        return kind
    draft = case.current_draft()
    return draft.kind if draft else reply_kind(item.outcome for item in case.items_in_order() if item.outcome)


def _series(case: Any, kind: str, on: dt.date) -> str:
    office = case.office
    if kind in ("complaint_answer", "rectification_notice") and case.open_complaints():
        office = case.open_complaints()[0].supervisor
    return f"编入{office.doc_code}{KINDS[kind].series}〔{on.year}〕，取下一个号"


def _after(case: Any, act: str) -> str:
    row = ACTS[act]
    if row.target is not None:
        return row.target.label
    if State.REGISTERED in row.targets and State.HANDLING in row.targets:
        return back_to_work(case).label
    if act.startswith("clear_"):
        pending = [review for review in case.current_reviews() if review.status == "pending"]
        return (State.SIGNING if len(pending) <= 1 else State.REVIEWING).label
    return State(case.state).label


def _told(case: Any, act: str) -> str:
    who = TOLD.get(act, "")
    if "申请人" not in who.replace("不透露申请人", ""):
        return who
    way = (
        "网上送达，出具当日到达申请人页面"
        if case.service == "portal"
        else (f"按约定的方式（{case.get_service_display()}）另行送达，并登记凭证")
    )
    return f"{who}：{way}"
