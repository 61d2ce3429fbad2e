"""Every act that may move a case, each row one sentence: from, to, by whom, under which article, when, with what."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField

from office.roles import Role
from workflow import conditions as when
from workflow import conditions_after as after
from workflow import conditions_before as before
from workflow import conditions_bundle as bundle
from workflow import conditions_copies as copies
from workflow import transfer_conditions as giving
from workflow.acts import ACTS, Act, act, install
from workflow.states import (
    ASKING,
    AT_UNITS,
    AT_WORK,
    BACK,
    BEFORE_REPLY,
    CLEARED,
    CLOSED,
    ENDED,
    GIVEN_OUT,
    OPEN,
    REGISTERED_ON,
    WORKING,
    S,
    State,
    back_to_work,
)  # fmt: skip

__all__ = ["ACTS", "ENDED", "OPEN", "Act", "CaseMachine", "State", "back_to_work"]

INTAKE, ALLOCATOR, HANDLER = Role.INTAKE, Role.ALLOCATOR, Role.HANDLER
SECRECY, REDACTION, LEGAL = Role.SECRECY, Role.REDACTION, Role.LEGAL
HEAD, SIGNATORY, ARCHIVIST, SUPERVISOR = Role.HEAD, Role.SIGNATORY, Role.ARCHIVIST, Role.SUPERVISOR
SEAL = Role.SEAL
APPLICANT, SYSTEM, CONSULTED = Role.APPLICANT, Role.SYSTEM, Role.CONSULTED
UNIT_HEAD, ADMIN = Role.UNIT_HEAD, Role.ADMIN
STAYS = None
#: A filed case keeps its papers as they are listed.
NOT_FILED = tuple(state for state in REGISTERED_ON if state is not S.ARCHIVED)


class CaseMachine(models.Model):
    """The state of a case; its acts are the rows below."""

    state = FSMField("状态", max_length=20, choices=State.choices, default=State.SUBMITTED, protected=True)

    class Meta:
        abstract = True


# fmt: off
install(
    CaseMachine, "state",

    # -- receipt 签收、登记 -------------------------------------------------------------------------
    act("confirm_receipt", "确认收件", S.SUBMITTED, STAYS, by=[INTAKE], article="条例第三十一条",
        when=[when.waits_for_confirmation],
        says="平信、传真、电子邮件：与申请人确认之日为收到之日。"),
    act("record_contact", "记录联系", BEFORE_REPLY, STAYS, by=[INTAKE, HANDLER], article="条例第三十一条",
        says="何时以何种方式联系申请人、有没有联系上；联系不上的，逐次记录，期限的计算不变。"),
    act("confirm_oral", "确认口头申请", S.SUBMITTED, STAYS, by=[INTAKE], article="条例第二十九条",
        when=[before.waits_for_signature],
        says="代填的记录经申请人核对、签名，扫描存卷。"),
    act("register", "登记", S.SUBMITTED, S.REGISTERED, by=[INTAKE], article="条例第四十五条",
        when=[when.receipt_is_known, before.oral_is_signed], paper="registration_receipt", finishes="register", binds=True,
        says="编号在册并出具接收回执；网上提交的，期限早已起算，登记不改变它。"),

    # -- nature 性质研判 ------------------------------------------------------------------------------
    act("judge_nature", "性质研判", AT_WORK, STAYS, by=[INTAKE, ALLOCATOR, HANDLER],
        article="条例第二条、第十条、第三十九条",
        says="逐项判断是政府信息公开申请，还是信访、咨询、查询等，并说明依据。"),
    act("split_item", "拆分事项", AT_WORK, STAYS, by=[INTAKE, ALLOCATOR, HANDLER], article="条例第四十五条",
        says="一项里有几个内容的，拆成几项分别答复；原文留存。"),
    act("refer", "移送", AT_WORK, STAYS, by=[INTAKE, HANDLER], article="条例第三十九条第一款",
        when=[before.something_foreign], paper="referral_letter", binds=True,
        says="信访、咨询等部分移送信访部门或者12345；其余各项照常办理，期限不变。"),
    act("note_referral", "登记移送编号", (*WORKING, S.REPLIED, S.SERVED), STAYS, by=[INTAKE, HANDLER],
        article="条例第三十九条第一款", when=[before.referral_without_number],
        says="登记接收单位的受理编号。"),
    act("link_copy", "关联同一来信", (*WORKING, S.SUBMITTED), STAYS, by=[INTAKE, HANDLER], article="条例第四十五条",
        says="同一申请人把同一来信寄给几个机关的，互相关联；各答各的。"),

    # -- on the spot 当场答复 -------------------------------------------------------------------------
    act("propose_at_once", "拟当场答复", S.REGISTERED, STAYS, by=[INTAKE], article="条例第三十三条第一款",
        when=[before.applicant_is_here],
        says="已主动公开、查询途径等能够当场答复的，当场拟定。"),
    act("reply_at_once", "当场签发", AT_WORK, S.REPLIED, by=[SIGNATORY, HEAD], article="条例第三十三条第一款",
        when=[before.applicant_is_here, when.every_item_proposed, before.told_on_the_spot, before.not_the_proposer,
              before.foreign_parts_settled],
        paper="reply", clock="replied", jumps_to="deliver", binds=True,
        says="能够当场答复的，应当当场予以答复；拟稿人与签发人分开。"),

    # -- supplement 补正 ----------------------------------------------------------------------------
    act("request_supplement", "告知补正", AT_WORK, S.SUPPLEMENTING, by=[INTAKE, HANDLER], article="条例第三十条",
        when=[when.first_supplement, when.within_supplement_days], paper="supplement_notice",
        clock="supplement_notice", binds=True,
        says="收到之日起 7 个工作日内一次性告知，答复期限自收到补正之日起算。"),
    act("receive_supplement", "收到补正", S.SUPPLEMENTING, BACK, by=[APPLICANT, INTAKE, HANDLER],
        article="条例第三十条", clock="supplement_received",
        says="补正到达之日起重新计算答复期限；收到申请之日不变。"),
    act("lapse", "不再处理", S.SUPPLEMENTING, S.LAPSED, by=[INTAKE, HANDLER], article="条例第三十条",
        when=[when.supplement_window_over], paper="lapse_notice", clock="replied", ends_flow=True, binds=True,
        says="由人认定无正当理由逾期不补正，视为放弃申请。"),
    act("communicate", "发沟通函", AT_WORK, STAYS, by=[INTAKE, HANDLER], article="条例第三十条",
        paper="communication", binds=True,
        says="超过 7 个工作日后只能与申请人沟通，期限照常计算。"),

    # -- excess 数量频次明显超常 ----------------------------------------------------------------------
    act("ask_reasons", "要求说明理由", AT_WORK, S.EXPLAINING, by=[INTAKE, HANDLER], article="条例第三十五条",
        when=[before.not_asked_for_reasons, when.clock_is_running], paper="excess_notice", clock="excess_asked",
        binds=True,
        says="数量、频次明显超过合理范围的，要求申请人说明理由；期限照常计算。"),
    act("receive_reasons", "收到说明的理由", S.EXPLAINING, BACK, by=[APPLICANT, INTAKE, HANDLER],
        article="条例第三十五条", clock="excess_explained",
        says="登记申请人说明的理由，由人认定是否合理。"),
    act("note_silence", "逾期没有说明理由", S.EXPLAINING, BACK, by=[INTAKE, HANDLER], article="条例第三十五条",
        when=[before.explaining_term_over],
        says="期限届满没有说明理由的，记录在卷，继续办理并作出认定。"),
    act("assess_reasons", "认定理由是否合理", AT_WORK, STAYS, by=[INTAKE, HANDLER, HEAD], article="条例第三十五条",
        when=[before.reasons_to_assess],
        says="不合理的，答复不予处理；合理但不能按期答复的，可以延迟。"),
    act("delay_reply", "确定延迟答复", AT_WORK, STAYS, by=[HEAD], article="条例第三十五条",
        when=[before.reasons_found_sound, when.not_overdue, when.clock_is_running], paper="delay_notice",
        clock="excess_delay", binds=True,
        says="理由合理但不能按期答复的，确定延迟答复的合理期限并告知申请人。"),

    # -- fee 信息处理费 -----------------------------------------------------------------------------
    act("charge_fee", "通知缴费", S.HANDLING, S.AWAITING_FEE, by=[HANDLER, HEAD], article="条例第四十二条",
        when=[before.no_fee_yet, when.clock_is_running, when.not_overdue], paper="fee_notice", clock="fee_notice",
        binds=True,
        says="按件或者按量计收信息处理费，只能选一种；缴费之前期限停止计算。"),
    act("record_payment", "登记缴费", S.AWAITING_FEE, BACK, by=[INTAKE, HANDLER],
        article="国办函〔2020〕109号第六条", clock="fee_paid",
        says="自缴费完成的次日起重新计算答复期限。"),
    act("lapse_fee", "逾期未缴费不再处理", S.AWAITING_FEE, S.LAPSED, by=[INTAKE, HANDLER],
        article="国办函〔2020〕109号第六条", when=[before.fee_term_over], paper="fee_lapse_notice", clock="replied",
        ends_flow=True, binds=True,
        says="收到通知次日起 20 个工作日没有缴费，视为放弃申请。"),

    # -- transfer 转办 ------------------------------------------------------------------------------
    act("assign", "分办", [S.REGISTERED, S.REOPENED], S.HANDLING, by=[ALLOCATOR], article="条例第四十五条", finishes="assign",
        follows="handle", says="交一个科室牵头，可以同时请其他科室协办；内部期限不改变法定期限。"),
    act("reassign", "改派", GIVEN_OUT, STAYS, by=[ALLOCATOR], article="条例第四十五条", follows="handle",
        when=[giving.given_to_a_unit],
        says="换一个牵头科室或者承办人；法定期限照常计算。"),
    act("name_handler", "指定承办人", GIVEN_OUT, STAYS, by=[UNIT_HEAD], article="条例第四十五条", follows="handle",
        says="科室负责人把案件交给本科室的一名承办人。"),
    act("take", "领办", S.HANDLING, STAYS, by=[HANDLER], article="条例第四十五条", follows="handle",
        when=[when.in_my_unit, giving.nobody_handles_it],
        says="本科室承办人领取案件。"),
    act("take_over", "接办", GIVEN_OUT, STAYS, by=[HANDLER], article="条例第四十五条", follows="handle",
        when=[when.in_my_unit, when.not_taken_by_me, giving.somebody_handles_it],
        says="接过本科室同事手上的案件，写明原因。"),
    act("accept", "接收", S.HANDLING, STAYS, by=[HANDLER], article="条例第四十五条",
        when=[when.is_my_case, giving.lead_not_accepted],
        says="确认收到分办给自己的案件。"),
    act("release", "放回科室", GIVEN_OUT, STAYS, by=[HANDLER, UNIT_HEAD, ALLOCATOR], article="条例第四十五条",
        follows="handle", when=[giving.somebody_handles_it, giving.mine_to_release],
        says="不再由某人承办，放回科室等待领办或者另行指定。"),
    act("return_assignment", "退回分办", S.HANDLING, S.REGISTERED, by=[HANDLER, UNIT_HEAD],
        article="条例第四十五条", back_to="assign", when=[giving.mine_or_my_units],
        says="不属于本科室职责的，写明理由退回分办人；法定期限照常计算。"),
    act("ask_units", "请科室协办", AT_UNITS, STAYS, by=[ALLOCATOR, HANDLER], article="条例第四十五条",
        when=[giving.given_to_a_unit, giving.mine_or_allocated],
        says="请一个或者几个科室在内部期限前提供情况；答复仍由牵头科室负责。"),
    act("accept_share", "接收协办", AT_UNITS, STAYS, by=[HANDLER, UNIT_HEAD], article="条例第四十五条",
        reach=giving.co_units, when=[giving.share_to_accept],
        says="本科室接收协办事项。"),
    act("return_share", "退回协办", AT_UNITS, STAYS, by=[HANDLER, UNIT_HEAD], article="条例第四十五条",
        reach=giving.co_units, when=[giving.share_open],
        says="不属于本科室的协办事项，写明理由退回牵头科室。"),
    act("answer_share", "答复协办", AT_UNITS, STAYS, by=[HANDLER], article="条例第四十五条",
        reach=giving.co_units, when=[giving.share_open],
        says="向牵头科室提供情况、材料和意见。"),
    act("cancel_share", "撤销协办", GIVEN_OUT, STAYS, by=[ALLOCATOR, HANDLER], article="条例第四十五条",
        when=[giving.mine_or_allocated, giving.any_share_open],
        says="不再需要某个科室协办。"),
    act("hand_over", "移交", GIVEN_OUT, STAYS, by=[ALLOCATOR, HEAD, ADMIN], article="条例第四十五条",
        follows="handle", when=[giving.held_by_a_leaver],
        says="离岗人员手上的案件和协办事项，交给接手人，没有合适接手人的放回科室。"),
    act("urge", "催办", (*AT_UNITS, S.SUBMITTED, S.REGISTERED, S.REPLIED), STAYS,
        by=[ALLOCATOR, HANDLER, UNIT_HEAD, HEAD, SUPERVISOR], article="条例第四十六条",
        when=[giving.not_urged_today],
        says="提醒正在办理的人和没有答复的协办科室，记入经过。"),

    act("join_bundle", "并案", AT_WORK, STAYS, by=[HANDLER, ALLOCATOR], article="条例第四十五条",
        when=[bundle.not_bundled],
        says="与主件事项相同的，一次研究决定、分别出具答复；各件期限照常计算。"),
    act("leave_bundle", "撤出并案", BEFORE_REPLY, STAYS, by=[HANDLER, ALLOCATOR], article="条例第四十五条",
        when=[bundle.bundled],
        says="事实有差别的，写明原因撤出并案，单独办理。"),

    # -- consultation 征求意见 ------------------------------------------------------------------------
    act("consult", "征求第三方意见", S.HANDLING, STAYS, by=[HANDLER], article="条例第三十二条",
        when=[when.is_my_case, when.not_overdue],
        paper=["consultation_third_party", "consultation_applicant_notice"], clock="consultation_sent", binds=True,
        says="书面征求意见，所需时间不计入期限，并告知申请人。"),
    act("consult_list", "按名单征求第三方意见", S.HANDLING, STAYS, by=[HANDLER], article="条例第三十二条",
        when=[when.is_my_case, when.not_overdue],
        paper=["consultation_third_party", "consultation_applicant_notice"], clock="consultation_sent", binds=True,
        says="第三方众多的，由表格导入名单，每个第三方一份征求意见书。"),
    act("consult_joint", "征求共同制作机关意见", S.HANDLING, STAYS, by=[HANDLER], article="条例第三十四条",
        when=[when.is_my_case, when.not_overdue], paper=["consultation_joint", "consultation_applicant_notice"],
        clock="consultation_sent", binds=True,
        says="收到之日起 15 个工作日内提出意见，逾期视为同意公开。"),
    act("ask_assistance", "发协办函", S.HANDLING, STAYS, by=[HANDLER], article="条例第十一条",
        when=[when.is_my_case, when.not_overdue], paper=["assistance_letter", "consultation_applicant_notice"],
        clock="consultation_sent", binds=True,
        says="涉及其他机关的，与其协商、确认；所需时间不计入期限。"),
    act("serve_consultation", "登记征求意见送达", [S.HANDLING, S.REVIEWING, S.SIGNING], STAYS, by=[HANDLER, INTAKE],
        article="条例第三十二条", when=[before.letters_to_serve],
        says="逐个登记签收或者退回及凭证；自签收次日起算答复意见的期限。"),
    act("record_opinion", "登记第三方意见", [S.HANDLING, S.REVIEWING, S.SIGNING], STAYS, by=[HANDLER, INTAKE],
        article="条例第三十二条", when=[when.consultation_open], clock="opinion_received",
        says="意见到达之日期限恢复计算；不同意的，由承办人评估理由。"),
    act("sign_for_letter", "签收来函", ASKING, STAYS, by=[CONSULTED], article="条例第十一条、第三十四条",
        when=[before.letter_unsigned],
        says="本平台的被征求意见机关签收发给它的函件；自签收次日起算答复意见的期限。"),
    act("answer_letter", "答复来函", ASKING, STAYS, by=[CONSULTED], article="条例第十一条、第三十四条",
        when=[before.letter_open], clock="opinion_received",
        says="本平台的被征求意见机关提出意见、提供材料；意见到达之日期限恢复计算。"),
    act("assess_opinion", "评估第三方理由", S.HANDLING, STAYS, by=[HANDLER], article="条例第三十二条",
        when=[when.is_my_case, before.objections_to_assess],
        says="不同意公开的理由是否合理；不能只凭不同意就不公开。"),
    act("decide_disclosure", "告知第三方公开决定", S.HANDLING, STAYS, by=[HANDLER], article="条例第三十二条",
        when=[when.is_my_case, before.objections_to_overrule], paper="disclosure_decision_notice", binds=True,
        says="决定公开的内容和理由书面告知第三方；缓冲期内不提供，期限照常计算。"),

    # -- search and proposal 检索、拟办 ---------------------------------------------------------------
    act("record_search", "记录检索", S.HANDLING, STAYS, by=[HANDLER], article="条例第三十六条",
        when=[when.is_my_case],
        says="检索的系统、关键词、时段、方法、人员和结果。"),
    act("propose", "拟定答复意见", S.HANDLING, STAYS, by=[HANDLER], article="条例第三十六条",
        when=[when.is_my_case],
        says="逐项提出处理结果、依据和理由。"),
    act("import_draft", "导入修改稿", S.HANDLING, STAYS, by=[HANDLER], article="条例第三十六条",
        when=[when.is_my_case, when.every_item_proposed],
        says="在 Word、WPS 中改好的工作稿导入为新的文稿，与系统稿对照、检查后重新送审；签发的始终是系统排版的文书。"),
    act("drop_edit", "放弃修改稿", S.HANDLING, STAYS, by=[HANDLER], article="条例第三十六条",
        when=[when.is_my_case, when.edit_in_use],
        says="不再使用导入的修改稿，恢复系统稿。"),
    act("send_to_review", "送审", S.HANDLING, S.REVIEWING, by=[HANDLER], article="条例第十七条",
        when=[when.is_my_case, when.every_item_proposed, when.searches_recorded, when.consultations_answered,
              before.objections_weighed, before.foreign_parts_settled],
        finishes="handle", binds=True,
        says="答复书稿成文，交保密审查与去标识化审查并行办理。"),

    # -- review 审查 --------------------------------------------------------------------------------
    act("clear_secrecy", "保密审查通过", S.REVIEWING, CLEARED, by=[SECRECY], article="条例第十七条",
        when=[when.secrecy_pending], finishes="secrecy", binds=True,
        says="保密审查意见，锁定所审文稿的摘要值。"),
    act("clear_redaction", "去标识化审查通过", S.REVIEWING, CLEARED, by=[REDACTION],
        article="个人信息保护法第七十三条", when=[when.redaction_pending], finishes="redaction", binds=True,
        says="个人信息处理意见，锁定所审文稿的摘要值。"),
    act("clear_legal", "法制审核通过", S.REVIEWING, CLEARED, by=[LEGAL], article="条例第四十五条",
        when=[when.legal_pending], finishes="legal", binds=True,
        says="法制审核意见（由机关设定是否需要）。"),
    act("send_back", "退回承办", S.REVIEWING, S.HANDLING, by=[SECRECY, REDACTION, LEGAL], article="条例第十七条",
        when=[when.my_review_pending], back_to="handle",
        says="审查不通过，说明理由退回；其余审查一并作废。"),

    # -- signature 签发 -----------------------------------------------------------------------------
    act("decline", "退回修改", S.SIGNING, S.HANDLING, by=[SIGNATORY], article="条例第四十五条", back_to="handle",
        says="不予签发，说明理由退回承办人。"),
    act("sign", "签发并编号", S.SIGNING, S.REPLIED, by=[SIGNATORY], article="条例第三十三条",
        when=[when.draft_unchanged, when.not_the_drafter, before.third_parties_told, copies.copies_passed],
        paper="reply", clock="replied", finishes="sign", binds=True,
        says="签发答复书：编号、定稿、用印，同日计入答复。"),
    act("enter_signed_sheet", "录入纸质签批", S.SIGNING, STAYS, by=[INTAKE, HANDLER, HEAD],
        article="条例第四十五条", when=[when.sheet_not_entered],
        says="领导在纸质呈批单上签批的，扫描录入。"),
    act("confirm_signed_sheet", "核对纸质签批", S.SIGNING, S.REPLIED, by=[INTAKE, HEAD, ALLOCATOR],
        article="条例第四十五条", when=[when.sheet_entered, when.not_the_enterer, when.draft_unchanged,
                                          before.third_parties_told, copies.copies_passed],
        paper="reply", clock="replied", finishes="sign", binds=True,
        says="由另一人核对，以手写日期为签发日期。"),

    # -- seal 用印 -----------------------------------------------------------------------------------
    act("use_seal", "登记用印", REGISTERED_ON, STAYS, by=[SEAL, INTAKE], article="条例第四十五条",
        when=[after.paper_to_seal, after.mine_to_seal],
        says="凭签发人的批准在文书上盖章：用哪枚印章、几份、何人何日；没有用印的文书不能发出。"),
    act("return_sealed_copy", "登记盖章件存卷", REGISTERED_ON, STAYS, by=[SEAL, INTAKE], article="条例第四十五条",
        when=[after.seal_use_on_record], says="盖章件退回存卷，或者扫描存卷。"),
    act("void_seal_use", "作废用印登记", NOT_FILED, STAYS, by=[SEAL, INTAKE], article="条例第四十五条",
        when=[after.seal_use_on_record], says="盖错、登记错的，写明理由作废；文书尚未发出的，可以重新用印。"),

    # -- service 送达 -------------------------------------------------------------------------------
    act("record_delivery", "登记程序文书送达",
        REGISTERED_ON, STAYS, by=[INTAKE, HANDLER, SYSTEM], article="国办公开办函〔2016〕235号", when=[when.paper_unserved],
        says="补正、延期等文书的送达方式、日期和凭证。"),
    act("serve", "送达", S.REPLIED, S.SERVED, by=[INTAKE, SYSTEM], article="国办公开办函〔2016〕235号",
        when=[after.sealed_or_mine_to_seal], clock="served", finishes="deliver", binds=True,
        says="按送达方式确定完成之日：签收日、交邮日或到达申请人系统之日。"),
    act("record_signature", "登记签收", REGISTERED_ON, STAYS, by=[INTAKE, HANDLER, SYSTEM],
        article="国办公开办函〔2016〕235号", when=[after.signature_missing],
        says="邮件的签收日期和签收人；不改变交邮之日已经完成的送达。"),
    act("record_return", "登记退件", REGISTERED_ON, STAYS, by=[INTAKE, HANDLER],
        article="国办公开办函〔2016〕235号", when=[after.signature_missing],
        says="邮件退回的日期和原因；原交邮日期照旧，按其他地址或者方式再次送达。"),
    act("record_bounce", "登记退信", REGISTERED_ON, STAYS, by=[INTAKE, HANDLER, SYSTEM], article="民事诉讼法第九十条",
        when=[after.mail_unanswered], says="电子邮件被退回的，没有到达申请人系统，送达没有完成；按其他方式再次送达。"),
    act("record_report", "登记到达报告", REGISTERED_ON, STAYS, by=[INTAKE, HANDLER, SYSTEM], article="民事诉讼法第九十条",
        when=[after.mail_unanswered], says="对方邮件系统的到达报告存卷；电子送达以到达之日为准。"),
    act("hand_out", "登记提供材料", [S.REPLIED, S.SERVED], STAYS, by=[INTAKE, HANDLER], article="条例第三十六条第二项、第四十条",
        says="当面查阅、复制件或者光盘：提供了哪些材料、多少页、由谁何日签收。"),
    act("serve_again", "再次送达", REGISTERED_ON, STAYS, by=[INTAKE, HANDLER],
        article="国办公开办函〔2016〕235号", when=[after.mail_returned], clock="served",
        says="退回的文书按核实的地址或者其他方式再次送达，原交邮日期不变。"),
    act("mark_read", "阅读文书", REGISTERED_ON, STAYS, by=[APPLICANT], article="民事诉讼法第九十条",
        when=[after.unread_on_portal],
        says="申请人打开网上送达的文书，系统留下阅读时间。"),
    act("void_paper", "作废文书", NOT_FILED, STAYS, by=[HEAD], article="条例第四十五条",
        when=[after.paper_voidable], binds=True, says="没有发出、也不影响期限的文书制作有误的，写明理由作废；文号和文本保留，不再使用。"),
    act("invite_to_read", "通知查阅", (S.REPLIED, S.SERVED), STAYS, by=[INTAKE, HANDLER], article="条例第四十条",
        when=[after.something_granted], paper="reading_notice", binds=True,
        says="以查阅、抄录方式提供的，书面告知查阅的内容、时间和地点。"),
    act("file_elsewhere", "代为向负责机关提出", (S.HANDLING, S.REVIEWING, S.SIGNING, S.REPLIED, S.SERVED), STAYS,
        by=[INTAKE, HANDLER], article="条例第三十六条第五项", when=[before.another_offices_item], binds=True,
        says="经申请人同意，作为负责机关的新申请提出，由其登记并出具回执；本机关仍按期答复。"),

    # -- remedies 行政复议、行政诉讼 -------------------------------------------------------------------
    act("record_remedy", "登记复议诉讼", REGISTERED_ON, STAYS, by=[INTAKE, LEGAL, HEAD], article="条例第五十一条",
        says="收到行政复议申请书、起诉状副本之日起计算答复、答辩期限；直接起诉与复议后起诉分开登记。"),
    act("draft_answer", "拟复议答复、答辩", REGISTERED_ON, STAYS, by=[HANDLER, LEGAL], article="行政复议法第四十八条",
        when=[after.remedy_to_answer],
        says="写明事实、依据和理由，由他人签发。"),
    act("compile_evidence", "编制证据卷", REGISTERED_ON, STAYS, by=[INTAKE, HANDLER, LEGAL],
        article="行政复议法第四十六条", when=[after.remedy_running], paper="evidence_index", binds=True,
        says="按签发答复时的案卷编成一册带目录的证据，其后形成的材料单独标出。"),
    act("answer_remedy", "签发复议答复、答辩", REGISTERED_ON, STAYS, by=[HEAD, SIGNATORY],
        article="行政复议法第四十八条、行政诉讼法第六十七条",
        when=[after.answer_drafted, after.evidence_compiled, after.not_the_answer_drafter], paper="remedy_answer",
        binds=True,
        says="在法定期限内提出书面答复或者答辩，并提交证据。"),
    act("conclude_remedy", "登记复议诉讼结果", REGISTERED_ON, STAYS, by=[INTAKE, LEGAL, HEAD],
        article="条例第五十一条", when=[after.remedy_running],
        says="维持、纠正或者其他结果，是否责令重新答复、在多少日内。"),
    act("record_advice", "登记复议意见书", REGISTERED_ON, STAYS, by=[INTAKE, LEGAL, HEAD],
        article="行政复议法第七十六条", when=[after.advice_possible],
        says="自收到行政复议意见书之日起 60 日内报告纠正情况。"),
    act("report_advice", "报告纠正情况", REGISTERED_ON, STAYS, by=[HEAD, SIGNATORY], article="行政复议法第七十六条",
        when=[after.advice_unreported], paper="opinion_report", binds=True,
        says="向行政复议机关报告纠正相关违法行为的情况。"),
    act("reopen", "重新办理", [S.REPLIED, S.SERVED, S.LAPSED, S.ARCHIVED], S.REOPENED, by=[ALLOCATOR, HEAD],
        article="行政复议法第六十四条、行政诉讼法第七十条", when=[after.ordered_to_reply], clock="ordered_rereply",
        restarts=True,
        says="依决定或者判决重新办理，期限自收到之日起按责令的天数另行计算；原办理情况保留。"),
    act("restart_term", "按责令计期限", WORKING, STAYS, by=[ALLOCATOR, HEAD],
        article="行政复议法第六十六条、行政诉讼法第七十二条", when=[after.ordered_to_reply], clock="ordered_rereply",
        says="尚未答复的案件被责令限期答复，期限自收到决定或者判决之日起另行计算。"),

    # -- self-correction 自行纠正 --------------------------------------------------------------------
    act("propose_change", "拟自行纠正", CLOSED, STAYS, by=[HANDLER, HEAD], article="行政复议法第六十五条、行政诉讼法第六十二条",
        when=[after.no_change_pending],
        says="发现答复有误的，提出更正文字或者撤销重办，由他人签发。"),
    act("correct_reply", "签发更正书", CLOSED, STAYS, by=[SIGNATORY], article="行政复议法第六十五条、行政诉讼法第六十二条",
        when=[after.correction_pending, after.not_the_proposer], paper="correction_of_reply", binds=True,
        says="另行作出更正书，引用原答复的文号和日期，重新告知救济途径；原答复书保留。"),
    act("withdraw_reply", "签发撤销决定", CLOSED, S.REOPENED, by=[SIGNATORY], article="行政复议法第六十五条、行政诉讼法第六十二条",
        when=[after.withdrawal_pending, after.not_the_proposer, after.file_open_or_under_remedy],
        paper="withdrawal_of_reply", clock="ordered_rereply", restarts=True, binds=True,
        says="撤销原答复，告知申请人，重新办理；复议、诉讼期间同时告知受理机关。"),
    act("drop_change", "不采纳纠正意见", CLOSED, STAYS, by=[SIGNATORY, HEAD], article="条例第四十五条",
        when=[after.change_pending],
        says="不采纳纠正意见，说明理由。"),

    # -- complaints 投诉举报 -------------------------------------------------------------------------
    act("record_complaint", "登记投诉举报", REGISTERED_ON, STAYS, by=[SUPERVISOR],
        article="条例第四十七条、第五十一条", when=[after.supervises_from_above],
        says="上级主管部门登记对本件办理情况的投诉举报。"),
    act("decide_complaint", "处理投诉举报", REGISTERED_ON, STAYS, by=[SUPERVISOR],
        article="条例第四十七条、第五十一条", when=[after.supervises_from_above, after.complaint_open],
        paper="complaint_answer", binds=True,
        says="查证属实的督促整改或者通报批评，并告知投诉人。"),
    act("report_rectification", "登记整改情况", REGISTERED_ON, STAYS, by=[INTAKE, HEAD], article="条例第四十七条",
        when=[after.rectification_owed],
        says="被督促的机关登记整改情况。"),

    # -- archive 归档 -------------------------------------------------------------------------------
    act("archive", "归档", [S.SERVED, S.LAPSED, S.WITHDRAWN], S.ARCHIVED, by=[ARCHIVIST], article="档案法第十四条",
        when=[after.remedies_ended, after.mail_settled], paper=["archive_index", "archive_note"], finishes="archive",
        binds=True,
        says="卷内目录、备考表、清单摘要、保管期限。"),

    # -- at any time 随时 ---------------------------------------------------------------------------
    act("extend", "批准延期", WORKING, STAYS, by=[HEAD], article="条例第三十三条",
        when=[when.not_extended, when.not_overdue, when.clock_is_running], paper="extension_notice",
        clock="extension", binds=True,
        says="工作机构负责人同意，并在原期限届满前告知申请人；只许一次，最长 20 个工作日。"),
    act("withdraw", "撤回申请", (*BEFORE_REPLY, S.REOPENED, S.REPLIED), S.WITHDRAWN, by=[APPLICANT, INTAKE],
        article="条例第二十七条", paper="withdrawal_confirmation", clock="withdrawn", ends_flow=True, binds=True,
        says="送达之前申请人可以随时撤回。"),
)
# fmt: on
