"""Kinds that a case's rows may be of, each with its Chinese label."""

from django.db import models


class Channel(models.TextChoices):
    """How a request came in (条例29, 31)."""

    COUNTER = "counter", "当面提交"
    POST_SIGNED = "post_signed", "邮寄（签收邮件）"
    POST_PLAIN = "post_plain", "邮寄（平信）"
    PORTAL = "portal", "网上提交"
    FAX = "fax", "传真"
    EMAIL = "email", "电子邮件"
    ORAL = "oral", "口头申请"
    PUSHED = "pushed", "上级平台转来"


class PartyRole(models.TextChoices):
    """What a person is to the case."""

    APPLICANT = "applicant", "申请人"
    REPRESENTATIVE = "representative", "代表人"
    AGENT = "agent", "委托代理人"
    GUARDIAN = "guardian", "法定代理人"


class PartyKind(models.TextChoices):
    """Kinds of applicant: the columns of the annual report's table 3 (国办公开办函〔2021〕30号)."""

    NATURAL = "natural", "自然人"
    COMMERCIAL = "commercial", "商业企业"
    RESEARCH = "research", "科研机构"
    WELFARE = "welfare", "社会公益组织"
    LEGAL_SERVICE = "legal_service", "法律服务机构"
    OTHER_ORG = "other_org", "其他组织"


class IdentityKind(models.TextChoices):
    """Evidence of identity (条例29)."""

    RESIDENT_ID = "resident_id", "居民身份证"
    PASSPORT = "passport", "护照"
    HK_MACAO_PERMIT = "hk_macao_permit", "港澳居民来往内地通行证（居住证）"
    TAIWAN_PERMIT = "taiwan_permit", "台湾居民来往大陆通行证（居住证）"
    CREDIT_CODE = "credit_code", "统一社会信用代码证"
    NO_CODE_CERT = "no_code_cert", "无代码组织的证明文件"


class WantedForm(models.TextChoices):
    """In what form the applicant wants the information (条例29, 40)."""

    PAPER = "paper", "纸质"
    ELECTRONIC = "electronic", "电子文件"
    DISC = "disc", "光盘"
    READING = "reading", "当面查阅、抄录"


class Service(models.TextChoices):
    """How papers reach the applicant (国办公开办函〔2016〕235号)."""

    PORTAL = "portal", "网上送达"
    EMAIL = "email", "电子邮件"
    POST = "post", "邮政特快专递（EMS）"
    COURIER = "courier", "其他快递"
    COUNTER = "counter", "当面领取"


class ReturnReason(models.TextChoices):
    """Why a mailed paper came back (退件原因)."""

    MOVED = "moved", "原址查无此人"
    REFUSED = "refused", "拒收"
    ABSENT = "absent", "逾期未领"
    ADDRESS = "address", "地址不详"
    BOUNCED = "bounced", "电子邮件被退回"
    OTHER = "other", "其他原因"


class AttachmentKind(models.TextChoices):
    """What a file attached to a case is."""

    APPLICATION = "application", "申请材料"
    IDENTITY = "identity", "身份证明"
    AUTHORITY = "authority", "授权材料"
    SUPPLEMENT = "supplement", "补正材料"
    PROOF = "proof", "送达凭证"
    SIGNED_SHEET = "signed_sheet", "签批扫描件"
    DISCLOSED = "disclosed", "公开的信息"
    ORAL_RECORD = "oral_record", "口头申请记录"
    EXPLANATION = "explanation", "说明理由材料"
    PAYMENT = "payment", "缴费凭证"
    OPINION = "opinion", "第三方意见"
    PARTY_LIST = "party_list", "第三方名单"
    REMEDY = "remedy", "复议诉讼文书"
    EVIDENCE = "evidence", "证据卷"
    LATER_EVIDENCE = "later_evidence", "补充材料"
    SHARE_ANSWER = "share_answer", "协办材料"
    SEALED = "sealed", "盖章件"
    MATERIALS = "materials", "材料签收单"


class EventType(models.TextChoices):
    """What may happen to the clock; the names are those of the clock's command."""

    SUPPLEMENT_NOTICE = "supplement_notice", "告知补正"
    SUPPLEMENT_RECEIVED = "supplement_received", "收到补正"
    CONSULTATION_SENT = "consultation_sent", "发出征求意见"
    OPINION_RECEIVED = "opinion_received", "意见到达"
    EXTENSION = "extension", "延期"
    FEE_NOTICE = "fee_notice", "收费通知"
    FEE_PAID = "fee_paid", "缴费"
    EXCESS_ASKED = "excess_asked", "要求说明理由"
    EXCESS_EXPLAINED = "excess_explained", "说明理由到达"
    EXCESS_DELAY = "excess_delay", "延迟答复"
    ORDERED_REREPLY = "ordered_rereply", "责令重新答复"
    WITHDRAWN = "withdrawn", "撤回"
    REPLIED = "replied", "答复"
    SERVED = "served", "送达"


class Lack(models.TextChoices):
    """What a request may lack (条例29), as a supplement notice says it."""

    CONTENT = "content", "申请内容不明确"
    IDENTITY = "identity", "没有提供身份证明"
    AUTHORITY = "authority", "没有提供授权委托材料"
    CONTACT = "contact", "没有提供联系方式"
    FORM = "form", "没有写明获取信息的方式、途径"


class Way(models.TextChoices):
    """How it was tried to reach an applicant."""

    PHONE = "phone", "电话"
    MESSAGE = "message", "短信"
    EMAIL = "email", "电子邮件"
    LETTER = "letter", "信函"
    VISIT = "visit", "上门"


class ForeignDesk(models.TextChoices):
    """Who takes a matter that is no request for information."""

    PETITION = "petition", "信访部门"
    HOTLINE = "hotline", "12345政务服务便民热线"
    OTHER = "other", "其他单位"
