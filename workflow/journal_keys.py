"""The journal's keys of the case floor, each with the Chinese sentence by which its lines are read."""

from office import journal

SENTENCES = {
    "submit": "{by}提交申请，共{items}项",
    "confirm_receipt": "{by}与申请人确认收件，以{confirmed_on}为收到之日",
    "record_contact": "{by}联系申请人（{way}，{tried_on}）：{reached}",
    "confirm_oral": "{by}请申请人核对口头申请的记录并签名",
    "register": "{by}登记申请",
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
    "communicate": "{by}致函申请人沟通，期限照常计算",
    "assign": "{by}将案件分给科室办理",
    "reassign": "{by}改派案件",
    "take": "{by}领办案件",
    "record_search": "{by}记录检索",
    "consult": "{by}征求第三方意见，并告知申请人",
    "consult_list": "{by}按名单征求{parties}个第三方的意见，并告知申请人",
    "consult_joint": "{by}征求共同制作机关{office}的意见，并告知申请人",
    "ask_assistance": "{by}致{office}协办函，并告知申请人",
    "serve_consultation": "{by}登记征求意见文书的{how}（{day}）",
    "assess_opinion": "{by}评估第三方的理由：{finding}",
    "decide_disclosure": "{by}告知第三方公开决定（{basis}）",
    "record_opinion": "{by}登记征求意见的送达或者答复",
    "propose": "{by}拟定第{item}项的答复意见",
    "send_to_review": "{by}将第{draft}稿送审",
    "clear_secrecy": "{by}通过第{draft}稿的保密审查",
    "clear_redaction": "{by}通过第{draft}稿的去标识化审查",
    "clear_legal": "{by}通过第{draft}稿的法制审核",
    "send_back": "{by}审查不通过，退回承办人",
    "decline": "{by}不予签发，退回承办人修改",
    "sign": "{by}签发第{draft}稿",
    "enter_signed_sheet": "{by}录入纸质签批（签批日期{signed_on}）",
    "confirm_signed_sheet": "{by}核对纸质签批无误，以手写日期{signed_on}签发第{draft}稿",
    "record_delivery": "{by}登记{paper}的送达",
    "serve": "{by}登记答复书的送达",
    "archive": "{by}归档，保管期限{years}年",
    "extend": "{by}批准延期{days}个工作日，并告知申请人",
    "withdraw": "{by}办理撤回申请",
}


def load() -> None:
    """Register every sentence; called when the app is ready."""
    for act, sentence in SENTENCES.items():
        journal.register(f"case.{act}", sentence)
