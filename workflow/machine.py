"""The legal states of a case and every act that may move it: the one place where both are declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django_fsm import GET_STATE, FSMField, transition

from office.roles import Role
from workflow import conditions as when

INTAKE, ALLOCATOR, HANDLER = Role.INTAKE, Role.ALLOCATOR, Role.HANDLER
SECRECY, REDACTION, LEGAL = Role.SECRECY, Role.REDACTION, Role.LEGAL
HEAD, SIGNATORY, ARCHIVIST = Role.HEAD, Role.SIGNATORY, Role.ARCHIVIST
APPLICANT, SYSTEM = Role.APPLICANT, Role.SYSTEM


class State(models.TextChoices):
    """What a case is, in law."""

    SUBMITTED = "submitted", "待确认"
    REGISTERED = "registered", "已登记"
    SUPPLEMENTING = "supplementing", "待补正"
    EXPLAINING = "explaining", "待说明理由"
    AWAITING_FEE = "awaiting_fee", "待缴费"
    HANDLING = "handling", "办理中"
    REVIEWING = "reviewing", "审查中"
    SIGNING = "signing", "待签发"
    REPLIED = "replied", "已答复"
    SERVED = "served", "已送达"
    LAPSED = "lapsed", "不再处理"
    WITHDRAWN = "withdrawn", "已撤回"
    ARCHIVED = "archived", "已归档"
    REOPENED = "reopened", "重新办理"


S = State
WORKING = (S.REGISTERED, S.HANDLING, S.REVIEWING, S.SIGNING)
BEFORE_REPLY = (S.SUBMITTED, S.REGISTERED, S.SUPPLEMENTING, S.HANDLING, S.REVIEWING, S.SIGNING)
ENDED = (S.SERVED, S.LAPSED, S.WITHDRAWN, S.ARCHIVED)
OPEN = tuple(state for state in S if state not in ENDED)

Condition = Callable[[Any, Any, Any], "str | None"]


@dataclass(frozen=True)
class Act:
    """One thing somebody may do to a case."""

    name: str
    label: str
    article: str
    by: frozenset[str]
    source: tuple[State, ...]
    target: State | None
    targets: tuple[State, ...] = ()
    conditions: tuple[Condition, ...] = ()
    papers: tuple[str, ...] = ()
    finishes: str | None = None
    back_to: str | None = None
    ends_flow: bool = False
    binds: bool = False


ACTS: dict[str, Act] = {}


def act(
    field: Any,
    label: str,
    source: State | Iterable[State],
    target: State | GET_STATE | None,
    *,
    by: Iterable[str],
    article: str,
    when: Iterable[Condition] = (),
    paper: str | Iterable[str] = (),
    finishes: str | None = None,
    back_to: str | None = None,
    ends_flow: bool = False,
    binds: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare one act of the machine: a django_fsm transition that carries its law.

    ``by`` are roles, ``when`` conditions that return the Chinese sentence why not (or None), ``paper`` the
    kinds of paper without which the act cannot happen, ``finishes`` the desk task it completes, ``back_to``
    the task it re-opens. A ``target`` of None leaves the state as it is.
    """
    sources = (source,) if isinstance(source, State) else tuple(source)
    papers = (paper,) if isinstance(paper, str) else tuple(paper)

    def declare(method: Callable[..., Any]) -> Callable[..., Any]:
        row = Act(
            name=method.__name__,
            label=label,
            article=article,
            by=frozenset(str(role) for role in by),
            source=sources,
            target=None if isinstance(target, GET_STATE) else target,
            targets=_allowed(target) if isinstance(target, GET_STATE) else (),
            conditions=tuple(when),
            papers=papers,
            finishes=finishes,
            back_to=back_to,
            ends_flow=ends_flow,
            binds=binds,
        )
        ACTS[row.name] = row
        wrapped: Callable[..., Any] = transition(
            field=field, source=list(sources), target=target, custom={"act": row}
        )(method)
        return wrapped

    return declare


def _allowed(target: GET_STATE) -> tuple[State, ...]:
    return tuple(State(str(state)) for state in target.allowed_states)


def back_to_work(case: Any) -> State:
    """Return to the unit that had the case, or to the allocator if none had it yet."""
    return S.HANDLING if case.unit_id else S.REGISTERED


def cleared_or_not(case: Any) -> State:
    """Go on to signature once no review of the current draft is pending."""
    return S.REVIEWING if case.has_pending_reviews() else S.SIGNING


class CaseMachine(models.Model):
    """The acts of a case, each one sentence: from, to, by whom, under which article, on which condition."""

    state = FSMField("状态", max_length=20, choices=State.choices, default=State.SUBMITTED, protected=True)

    class Meta:
        abstract = True

    # fmt: off
    # -- receipt 签收、登记 ------------------------------------------------------------------------
    @act(state, "确认收件", S.SUBMITTED, None, by=[INTAKE], article="条例第三十一条",
         when=[when.waits_for_confirmation])
    def confirm_receipt(self) -> None:
        """平信、传真、电子邮件：与申请人确认之日为收到之日。"""

    @act(state, "登记", S.SUBMITTED, S.REGISTERED, by=[INTAKE], article="条例第四十五条",
         when=[when.receipt_is_known], paper="registration_receipt", finishes="register", binds=True)
    def register(self) -> None:
        """编号在册并出具接收回执；网上提交的，期限早已起算，登记不改变它。"""

    # -- supplement 补正 ----------------------------------------------------------------------------
    @act(state, "告知补正", [S.REGISTERED, S.HANDLING], S.SUPPLEMENTING, by=[INTAKE, HANDLER],
         article="条例第三十条", when=[when.first_supplement, when.within_supplement_days],
         paper="supplement_notice", binds=True)
    def request_supplement(self) -> None:
        """收到之日起 7 个工作日内一次性告知，答复期限自收到补正之日起算。"""

    @act(state, "收到补正", S.SUPPLEMENTING, GET_STATE(back_to_work, states=[S.REGISTERED, S.HANDLING]),
         by=[APPLICANT, INTAKE, HANDLER], article="条例第三十条")
    def receive_supplement(self) -> None:
        """补正到达之日起重新计算答复期限；收到申请之日不变。"""

    @act(state, "不再处理", S.SUPPLEMENTING, S.LAPSED, by=[INTAKE, HANDLER], article="条例第三十条",
         when=[when.supplement_window_over], paper="lapse_notice", ends_flow=True, binds=True)
    def lapse(self) -> None:
        """由人认定无正当理由逾期不补正，视为放弃申请。"""

    @act(state, "发沟通函", [S.REGISTERED, S.HANDLING], None, by=[INTAKE, HANDLER], article="条例第三十条",
         paper="communication", binds=True)
    def communicate(self) -> None:
        """超过 7 个工作日后只能与申请人沟通，期限照常计算。"""

    # -- transfer 转办 ------------------------------------------------------------------------------
    @act(state, "分办", S.REGISTERED, S.HANDLING, by=[ALLOCATOR], article="条例第四十五条", finishes="assign")
    def assign(self) -> None:
        """交一个科室承办；内部流转不改变法定期限。"""

    @act(state, "改派", S.HANDLING, None, by=[ALLOCATOR], article="条例第四十五条")
    def reassign(self) -> None:
        """换一个科室或承办人；期限照常计算。"""

    @act(state, "领办", S.HANDLING, None, by=[HANDLER], article="条例第四十五条",
         when=[when.in_my_unit, when.not_taken_by_me])
    def take(self) -> None:
        """本科室承办人领取案件。"""

    # -- search, consultation, proposal 检索、征求意见、拟办 ------------------------------------------
    @act(state, "记录检索", S.HANDLING, None, by=[HANDLER], article="条例第三十六条", when=[when.is_my_case])
    def record_search(self) -> None:
        """检索的系统、关键词、时段、方法、人员和结果。"""

    @act(state, "征求第三方意见", S.HANDLING, None, by=[HANDLER], article="条例第三十二条",
         when=[when.is_my_case, when.not_overdue],
         paper=["consultation_third_party", "consultation_applicant_notice"], binds=True)
    def consult(self) -> None:
        """书面征求意见，所需时间不计入期限，并告知申请人。"""

    @act(state, "登记第三方意见", [S.HANDLING, S.REVIEWING, S.SIGNING], None, by=[HANDLER, INTAKE],
         article="条例第三十二条", when=[when.consultation_open])
    def record_opinion(self) -> None:
        """意见到达之日期限恢复计算；不同意的，由承办人评估理由。"""

    @act(state, "拟定答复意见", S.HANDLING, None, by=[HANDLER], article="条例第三十六条", when=[when.is_my_case])
    def propose(self) -> None:
        """逐项提出处理结果、依据和理由。"""

    @act(state, "送审", S.HANDLING, S.REVIEWING, by=[HANDLER], article="条例第十七条",
         when=[when.is_my_case, when.every_item_proposed, when.searches_recorded, when.consultations_answered],
         finishes="handle", binds=True)
    def send_to_review(self) -> None:
        """答复书稿成文，交保密审查与去标识化审查并行办理。"""

    # -- review 审查 --------------------------------------------------------------------------------
    @act(state, "保密审查通过", S.REVIEWING, GET_STATE(cleared_or_not, states=[S.REVIEWING, S.SIGNING]),
         by=[SECRECY], article="条例第十七条", when=[when.secrecy_pending], finishes="secrecy", binds=True)
    def clear_secrecy(self) -> None:
        """保密审查意见，锁定所审文稿的摘要值。"""

    @act(state, "去标识化审查通过", S.REVIEWING, GET_STATE(cleared_or_not, states=[S.REVIEWING, S.SIGNING]),
         by=[REDACTION], article="个人信息保护法第七十三条", when=[when.redaction_pending],
         finishes="redaction", binds=True)
    def clear_redaction(self) -> None:
        """个人信息处理意见，锁定所审文稿的摘要值。"""

    @act(state, "法制审核通过", S.REVIEWING, GET_STATE(cleared_or_not, states=[S.REVIEWING, S.SIGNING]),
         by=[LEGAL], article="条例第四十五条", when=[when.legal_pending], finishes="legal", binds=True)
    def clear_legal(self) -> None:
        """法制审核意见（由机关设定是否需要）。"""

    @act(state, "退回承办", S.REVIEWING, S.HANDLING, by=[SECRECY, REDACTION, LEGAL], article="条例第十七条",
         when=[when.my_review_pending], back_to="handle")
    def send_back(self) -> None:
        """审查不通过，说明理由退回；其余审查一并作废。"""

    # -- signature 签发 -----------------------------------------------------------------------------
    @act(state, "退回修改", S.SIGNING, S.HANDLING, by=[SIGNATORY], article="条例第四十五条", back_to="handle")
    def decline(self) -> None:
        """不予签发，说明理由退回承办人。"""

    @act(state, "签发并编号", S.SIGNING, S.REPLIED, by=[SIGNATORY], article="条例第三十三条",
         when=[when.draft_unchanged, when.not_the_drafter], paper="reply", finishes="sign", binds=True)
    def sign(self) -> None:
        """签发答复书：编号、定稿、用印，同日计入答复。"""

    @act(state, "录入纸质签批", S.SIGNING, None, by=[INTAKE, HANDLER, HEAD], article="条例第四十五条",
         when=[when.sheet_not_entered])
    def enter_signed_sheet(self) -> None:
        """领导在纸质呈批单上签批的，扫描录入。"""

    @act(state, "核对纸质签批", S.SIGNING, S.REPLIED, by=[INTAKE, HEAD, ALLOCATOR], article="条例第四十五条",
         when=[when.sheet_entered, when.not_the_enterer, when.draft_unchanged], paper="reply",
         finishes="sign", binds=True)
    def confirm_signed_sheet(self) -> None:
        """由另一人核对，以手写日期为签发日期。"""

    # -- service, archive 送达、归档 ------------------------------------------------------------------
    @act(state, "登记程序文书送达", [S.REGISTERED, S.SUPPLEMENTING, S.HANDLING, S.REVIEWING, S.SIGNING,
                                 S.LAPSED, S.WITHDRAWN], None,
         by=[INTAKE, HANDLER, SYSTEM], article="国办公开办函〔2016〕235号", when=[when.paper_unserved])
    def record_delivery(self) -> None:
        """补正、延期等文书的送达方式、日期和凭证。"""

    @act(state, "送达", S.REPLIED, S.SERVED, by=[INTAKE, SYSTEM], article="国办公开办函〔2016〕235号",
         finishes="deliver", binds=True)
    def serve(self) -> None:
        """按送达方式确定完成之日：签收日、交邮日或到达申请人系统之日。"""

    @act(state, "归档", [S.SERVED, S.LAPSED, S.WITHDRAWN], S.ARCHIVED, by=[ARCHIVIST],
         article="档案法第十四条", paper="archive_cover", finishes="archive", binds=True)
    def archive(self) -> None:
        """卷内目录、清单摘要、保管期限。"""

    # -- at any time 随时 ---------------------------------------------------------------------------
    @act(state, "批准延期", WORKING, None, by=[HEAD], article="条例第三十三条",
         when=[when.not_extended, when.not_overdue, when.clock_is_running], paper="extension_notice", binds=True)
    def extend(self) -> None:
        """工作机构负责人同意，并在原期限届满前告知申请人；只许一次，最长 20 个工作日。"""

    @act(state, "撤回申请", (*BEFORE_REPLY, S.REPLIED), S.WITHDRAWN, by=[APPLICANT, INTAKE],
         article="条例第二十七条", paper="withdrawal_confirmation", ends_flow=True, binds=True)
    def withdraw(self) -> None:
        """送达之前申请人可以随时撤回。"""
