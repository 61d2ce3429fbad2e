"""The journal's keys of the case floor, each with the Chinese sentence by which its lines are read."""

from office import journal

SENTENCES = {
    "submit": "{by}提交申请，共{items}项",
    "confirm_receipt": "{by}与申请人确认收件，以{confirmed_on}为收到之日",
    "record_contact": "{by}联系申请人（{way}，{tried_on}）：{reached}",
    "confirm_oral": "{by}请申请人核对口头申请的记录并签名",
    "register": "{by}登记申请",
    "judge_nature": "{by}研判第{item}项：{finding}",
    "split_item": "{by}将第{item}项拆分为{parts}项",
    "refer": "{by}将第{item}项移送{to}",
    "note_referral": "{by}登记第{item}项移送的受理编号{number}",
    "link_copy": "{by}关联{office}的同一来信（{number}）",
    "propose_at_once": "{by}拟定第{item}项的当场答复",
    "reply_at_once": "{by}当场签发答复书",
    "file_elsewhere": "{by}经申请人同意，将第{item}项代为向{office}提出（{number}）",
    "request_supplement": "{by}告知申请人补正，答复期限停止计算",
    "receive_supplement": "{by}登记收到补正（{received_on}），答复期限重新起算",
    "lapse": "{by}认定申请人无正当理由逾期不补正，不再处理",
    "ask_reasons": "{by}要求申请人说明理由，期限{days}个工作日",
    "receive_reasons": "{by}登记申请人说明的理由（{received_on}）",
    "note_silence": "{by}记录申请人逾期没有说明理由",
    "assess_reasons": "{by}认定申请人的{finding}",
    "delay_reply": "{by}确定延迟答复的期限至{until}，并告知申请人",
    "charge_fee": "{by}通知申请人缴纳信息处理费{total}元，答复期限停止计算",
    "record_payment": "{by}登记缴费{amount}元（{paid_on}），答复期限重新起算",
    "lapse_fee": "{by}认定申请人逾期未缴费，不再处理",
    "invite_to_read": "{by}通知申请人查阅（{from_on}至{until_on}）",
    "communicate": "{by}致函申请人沟通，期限照常计算",
    "assign": "{by}将案件分给科室办理",
    "reassign": "{by}改派案件",
    "join_bundle": "{by}将本件并入主件{lead}，一并研究、分别答复，期限照常计算",
    "leave_bundle": "{by}将本件撤出并案（主件{lead}），单独办理",
    "name_handler": "{by}指定承办人",
    "take": "{by}领办案件",
    "take_over": "{by}接办同事的案件",
    "accept": "{by}接收案件",
    "release": "{by}将案件放回科室，等待领办",
    "return_assignment": "{by}退回分办",
    "ask_units": "{by}请科室协办",
    "accept_share": "{by}接收协办事项",
    "return_share": "{by}退回协办事项",
    "answer_share": "{by}答复协办事项",
    "cancel_share": "{by}撤销科室的协办",
    "hand_over": "{by}办理{leaver}的离岗移交",
    "urge": "{by}催办",
    "record_search": "{by}记录检索",
    "consult": "{by}征求第三方意见，并告知申请人",
    "consult_list": "{by}按名单征求{parties}个第三方的意见，并告知申请人",
    "consult_joint": "{by}征求共同制作机关{office}的意见，并告知申请人",
    "ask_assistance": "{by}致{office}协办函，并告知申请人",
    "serve_consultation": "{by}登记征求意见文书的{how}（{day}）",
    "sign_for_letter": "{office}的{by}签收《{number}》",
    "answer_letter": "{office}的{by}答复《{number}》：{opinion}",
    "assess_opinion": "{by}评估第三方的理由：{finding}",
    "decide_disclosure": "{by}告知第三方公开决定（{basis}）",
    "record_opinion": "{by}登记征求意见的送达或者答复",
    "propose": "{by}拟定第{item}项的答复意见",
    "import_draft": "{by}导入修改稿，代替系统稿送审",
    "drop_edit": "{by}放弃修改稿，恢复系统稿",
    "send_to_review": "{by}将第{draft}稿送审",
    "add_holding": "{by}登记第{item}项的材料{count}份，封存原件",
    "replace_holding": "{by}更换材料{holding}，现为第{version}版",
    "register_card": "{by}登记第{item}项的涉密文件卡片",
    "conclude_card": "{by}登记涉密文件的线下结论：{conclusion}",
    "report_mark": "{by}报告材料{holding}带有密级标志",
    "settle_quarantine": "{by}处理隔离的材料{holding}：{finding}",
    "settle_mark": "{by}{finding}材料{holding}的“{kind}”标志",
    "begin_holding_review": "{by}对材料{holding}（第{version}版）作保密初审",
    "review_holding": "{by}办理材料{holding}的{level}：{finding}",
    "refer_holding": "{by}就材料{holding}报请{to}确定",
    "record_determination": "{by}登记材料{holding}的确定意见：{finding}",
    "clear_secrecy": "{by}通过第{draft}稿的保密审查",
    "clear_redaction": "{by}通过第{draft}稿的去标识化审查",
    "clear_legal": "{by}通过第{draft}稿的法制审核",
    "send_back": "{by}审查不通过，退回承办人",
    "decline": "{by}不予签发，退回承办人修改",
    "sign": "{by}签发第{draft}稿",
    "enter_signed_sheet": "{by}录入纸质签批（签批日期{signed_on}）",
    "confirm_signed_sheet": "{by}核对纸质签批无误，以手写日期{signed_on}签发第{draft}稿",
    "record_delivery": "{by}登记{paper}的送达",
    "use_seal": "{by}登记用印：{sealed}，{seal}，{copies}份",
    "return_sealed_copy": "{by}登记{paper}的盖章件存卷",
    "void_seal_use": "{by}作废{paper}的用印登记",
    "void_paper": "{by}作废{paper}，文号不再使用",
    "serve": "{by}登记答复书的送达",
    "archive": "{by}归档，保管期限{years}年",
    "extend": "{by}批准延期{days}个工作日，并告知申请人",
    "withdraw": "{by}办理撤回申请",
    "record_signature": "{by}登记{paper}的签收日期（{signed_on}）",
    "record_return": "{by}登记{paper}被退回（{returned_on}）",
    "record_bounce": "{by}登记{paper}的电子邮件被退回（{returned_on}）",
    "record_report": "{by}登记{paper}的电子邮件已到达（{reported_on}）",
    "hand_out": "{by}登记提供材料{count}份（{how}）",
    "serve_again": "{by}将退回的{paper}再次送达",
    "mark_read": "{by}阅读了网上送达的{paper}",
    "record_remedy": "{by}登记{road}，答复、答辩期限至{due_on}",
    "draft_answer": "{by}拟定第{remedy}号程序的答复、答辩",
    "compile_evidence": "{by}编制证据卷，共{count}件",
    "answer_remedy": "{by}签发答复、答辩，并提交证据",
    "conclude_remedy": "{by}登记{road}的结果：{result}",
    "record_advice": "{by}登记行政复议意见书，报告纠正情况的期限至{due_on}",
    "report_advice": "{by}向行政复议机关报告纠正情况",
    "reopen": "{by}依决定或者判决将案件转入重新办理，期限自{from_on}起另行计算",
    "restart_term": "{by}依决定或者判决另行计算答复期限，自{from_on}起",
    "propose_change": "{by}提出自行纠正答复",
    "correct_reply": "{by}签发更正书，引用{old}",
    "withdraw_reply": "{by}撤销{old}，案件重新办理",
    "drop_change": "{by}不采纳纠正意见",
    "record_complaint": "{by}登记对本件办理情况的投诉举报",
    "decide_complaint": "{by}处理投诉举报：{result}",
    "report_rectification": "{by}登记整改情况",
}

BESIDE = {
    "receive_correction": "{by}登记更正申请，内部期限至{due_on}",
    "examine_correction": "{by}核实更正申请",
    "answer_correction": "{by}答复更正申请：{result}",
    "seal_correction": "{by}登记更正答复的用印",
    "serve_correction": "{by}登记更正答复的送达",
    "propose_conversion": "{by}提出转为主动公开",
    "approve_conversion": "{by}批准转为主动公开，{due_on}前公开",
    "decline_conversion": "{by}不予转为主动公开",
    "publish_conversion": "{by}登记已经主动公开（{published_on}）",
    "list_reassessments": "{by}将不予公开的事项列入{year}年度定期评估",
    "decide_reassessment": "{by}评估不予公开的信息：{result}",
    "list_handover": "{by}编制{year}年度归档文件移交清单，共{count}卷",
    "reserve_numbers": "{by}预留{series}〔{year}〕{first}至{last}号",
    "use_number": "{by}登记{number}用于系统外制作的文件",
    "void_number": "{by}作废预留的{number}",
    "begin_report": "{by}建立{year}年度报告",
    "enter_report": "{by}录入已公布的{year}年度报告",
    "fill_report": "{by}填写{year}年度报告",
    "publish_report": "{by}登记{year}年度报告已于{published_on}公布",
    "take_back_report": "{by}撤回已公布的{year}年度报告，重新编制",
    "file_sheet": "{by}报送{period}统计表（第{seq}次），封存的数字摘要为{sha256}",
    "confirm_sheet": "{by}确认{period}统计表（第{seq}次）",
    "accept_handover": "{by}登记移交的案卷已由{receiver}接收",
}


READS = {
    "read_identity": "{by}查阅{kind}",
    "read_contact": "{by}查看当事人的联系方式",
    "read_original": "{by}调阅材料{holding}（第{version}版）的原件：{why}",
    "read_pages": "{by}阅看材料{holding}（第{version}版）",
    "quarantine": "{by}将材料{holding}隔离，停止处理",
    "print_contact": "{by}打印写有联系方式的《{sheet}》",
    "show_code": "{by}查看了代为向{office}提出的申请（{number}）的查询码",
}


COPIES = {
    "disclosed_copy": "{by}制成材料{holding}（第{version}版）的公开副本，遮盖{count}处，通过验证",
    "copy_refused": "{by}没有制成材料{holding}（第{version}版）的公开副本",
    "copy_passed": "{by}复核通过材料{holding}（第{version}版）的公开副本，看过有遮盖的{pages}页",
    "copy_returned": "{by}复核退回材料{holding}（第{version}版）的公开副本",
    "copy_given": "{by}下载材料{holding}（第{version}版）的公开副本",
}

#: In the chain of the marks of one version: too many for the case's own trail.
MARKS = {
    "draw": "{by}在第{page}页画出{count}处遮盖（{ground}）",
    "withhold": "{by}将材料标为{extent}不公开（第{page}页，{ground}）",
    "choose_text": "{by}在第{page}页选取文字遮盖（{ground}）",
    "everywhere": "{by}遮盖相同的文字{count}处（{ground}）",
    "accept": "{by}采纳{count}处标记",
    "reject": "{by}不采纳{count}处标记",
    "change": "{by}修改{count}处标记",
    "rule": "{by}按规则采纳{count}处“{ground}”建议",
    "ask_suggestions": "{by}要求查找个人信息",
    "suggest": "{by}提出{count}处遮盖建议",
    "ask_copy": "{by}要求制作第{number}次公开副本，依据{count}处标记",
}

#: In the chain of the office that was asked.
LETTERS = {
    "sign": "{by}签收{office}来函《{number}》",
    "answer": "{by}答复{office}来函《{number}》：{opinion}",
}


def load() -> None:
    """Register every sentence; called when the app is ready."""
    for act, sentence in SENTENCES.items():
        journal.register(f"case.{act}", sentence)
    for read, sentence in READS.items():
        journal.register(f"case.{read}", sentence)
    for step, sentence in COPIES.items():
        journal.register(f"case.{step}", sentence)
    for step, sentence in MARKS.items():
        journal.register(f"redaction.{step}", sentence)
    for step, sentence in LETTERS.items():
        journal.register(f"letter.{step}", sentence)
    for step, sentence in BESIDE.items():
        journal.register(f"beside.{step}", sentence)
