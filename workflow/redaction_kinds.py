"""Kinds that marks of redaction (遮盖标记) and disclosed copies (公开副本) may be of, each with its Chinese label."""

from __future__ import annotations

from django.db import models

from law.grounds import ground_of, grounds
from law.outcomes import Outcome


class Layer(models.TextChoices):
    """Whose mark it is; each layer can be shown and compared by itself."""

    SUGGESTED = "suggested", "系统建议"
    REVIEWER = "reviewer", "审查员"
    SECOND = "second", "第二审查员"
    WISH = "wish", "第三方要求"


class MarkState(models.TextChoices):
    """What became of a mark; accepted ones are burned, open ones keep a copy from being made."""

    OPEN = "open", "待定"
    ACCEPTED = "accepted", "采纳"
    CHANGED = "changed", "已修改"
    REJECTED = "rejected", "不采纳"


class Extent(models.TextChoices):
    """How much a mark covers."""

    AREA = "area", "区域"
    PAGE = "page", "整页"
    DOCUMENT = "document", "整份"


class MadeBy(models.TextChoices):
    """How a mark was made."""

    MOUSE = "mouse", "鼠标画框"
    KEYBOARD = "keyboard", "键盘画框"
    TEXT = "text", "选取文字"
    EVERYWHERE = "everywhere", "相同文字"
    RULE = "rule", "按规则"


class GroundKind(models.TextChoices):
    """On what a mark rests: a provision, a kind of personal information, another law."""

    ARTICLE = "article", "条例条款"
    PERSONAL = "personal", "个人信息"
    OTHER_LAW = "other_law", "其他法律、行政法规"


class DetectState(models.TextChoices):
    """How far the search for personal information in a version is."""

    NONE = "none", "没有查找"
    QUEUED = "queued", "等待查找"
    DONE = "done", "已经查找"
    MISSING = "missing", "没有安装"
    FAILED = "failed", "没有成功"


class DiscloseState(models.TextChoices):
    """How far a disclosed copy is."""

    QUEUED = "queued", "等待制作"
    BURNING = "burning", "正在遮盖"
    PROVING = "proving", "正在验证"
    REFUSED = "refused", "没有通过验证"
    FAILED = "failed", "没有制成"
    TO_CHECK = "to_check", "等待复核"
    RETURNED = "returned", "复核退回"
    PASSED = "passed", "可以提供"
    VOID = "void", "已失效"


#: A copy in one of these is still being made; in one of the next it counts until it becomes void.
UNDER_WAY = (DiscloseState.QUEUED, DiscloseState.BURNING, DiscloseState.PROVING)
LIVE = (*UNDER_WAY, DiscloseState.TO_CHECK, DiscloseState.PASSED)
FINISHED = (DiscloseState.TO_CHECK, DiscloseState.PASSED)

#: Kinds of personal information by the codes of the detectors; the last is for what a person sees and no detector names.
PERSONAL = {
    "name": "姓名", "resident_id": "居民身份证号码", "passport": "护照号码", "permit": "出入境通行证件号码", "birth_date": "出生日期",
    "mobile": "手机号码", "landline": "固定电话号码", "address": "详细地址", "email": "电子邮箱", "wechat": "微信号", "qq": "QQ号",
    "bank_card": "银行卡号", "credit_code": "统一社会信用代码", "plate": "机动车号牌", "medical": "健康医疗信息", "minor": "未成年人信息",
    "signature": "手写签名", "seal": "印章", "face": "人脸", "qr_code": "二维码", "unread": "未能识别的图像", "other": "其他个人信息",
}  # fmt: skip


def article_choices() -> list[tuple[str, str]]:
    """Return the provisions a mark may rest on, each with what it covers (条例14–16)."""
    return [(ground.name, f"{ground.name}（{ground.covers}）") for ground in grounds()]


def personal_choices() -> list[tuple[str, str]]:
    """Return the kinds of personal information a mark may rest on."""
    return [(code, f"个人信息（{label}）") for code, label in PERSONAL.items()]


def printed(kind: str, ground: str) -> str:
    """Return a ground as it is printed on the box and in the legend."""
    return f"个人信息（{PERSONAL.get(ground, ground)}）" if kind == GroundKind.PERSONAL else ground


def cited(kind: str, ground: str) -> str:
    """Return the provision by which a letter withholds what a mark covers.

    Personal information is withheld to protect whom it concerns (条例15); other grounds speak for themselves.
    """
    if kind != GroundKind.PERSONAL:
        return ground
    found = ground_of(Outcome.REFUSE_THIRD_PARTY)
    assert found is not None  # the table of article 15 has it
    return found.name
