"""Kinds that what was found (材料) and its reviews may be of, each with its Chinese label."""

from django.db import models


class Source(models.TextChoices):
    """Where an office has a document from (条例10)."""

    MADE = "made", "本机关制作"
    FROM_PERSON = "from_person", "从公民、法人或者其他组织获取"
    FROM_ORGAN = "from_organ", "从其他行政机关获取"
    JOINT = "joint", "与其他机关共同制作"


class Carrier(models.TextChoices):
    """On what a document is kept (载体)."""

    ELECTRONIC = "electronic", "电子文件"
    PAPER = "paper", "纸质文件扫描"
    OTHER = "other", "其他载体"


class Secrecy(models.TextChoices):
    """What mark a document bears; one that is classified is never here."""

    NONE = "none", "没有密级等标志"
    INTERNAL = "internal", "内部资料"
    WORK_SECRET = "work_secret", "工作秘密"
    DECLASSIFIED = "declassified", "原为国家秘密，已经解密"


class Plan(models.TextChoices):
    """What is to become of a document in the reply."""

    DISCLOSE = "disclose", "拟公开"
    PARTIAL = "partial", "拟区分处理后公开"
    WITHHOLD = "withhold", "拟不公开"
    REFERENCE = "reference", "只供办理参考"


class HoldingStatus(models.TextChoices):
    """Whether a document may be worked on."""

    OPEN = "open", "在用"
    QUARANTINED = "quarantined", "已隔离"
    REMOVED = "removed", "已清除"


class CopyStatus(models.TextChoices):
    """How far the working copy is."""

    WAITING = "waiting", "等待制作"
    READY = "ready", "可以阅看"
    REFUSED = "refused", "不能制作"
    STOPPED = "stopped", "已停止"


class MarkKind(models.TextChoices):
    """What a mark of secrecy says."""

    TOP_SECRET = "top_secret", "绝密"
    SECRET = "secret", "机密"
    CONFIDENTIAL = "confidential", "秘密"
    WORK_SECRET = "work_secret", "工作秘密"
    INTERNAL = "internal", "内部资料"
    ANNOTATION = "annotation", "签批"
    REPORTED = "reported", "人工报告"


class MarkPlace(models.TextChoices):
    """Where a mark of secrecy stands."""

    BODY = "body", "正文"
    EDGE = "edge", "页眉、页脚或者首页版头"
    METADATA = "metadata", "文件属性"
    NAME = "name", "文件名"
    PERSON = "person", "人工报告"


class Grade(models.TextChoices):
    """The grades of state secrets (保密法14)."""

    TOP_SECRET = "top_secret", "绝密"
    SECRET = "secret", "机密"
    CONFIDENTIAL = "confidential", "秘密"


class OfflineConclusion(models.TextChoices):
    """What was concluded, outside this system, of a document that may not be in it."""

    PENDING = "pending", "尚未作出结论"
    REFUSE = "refuse", "仍属国家秘密，不予公开"
    EXTRACT = "extract", "摘出不涉密的内容，另行提供"
    DECLASSIFY = "declassify", "已经解密，解密件另行登记"
    NOT_OURS = "not_ours", "由定密机关处理"


class Term(models.TextChoices):
    """The state of a term of secrecy (保密法20、24)."""

    NEVER = "never", "从未定密"
    RUNNING = "running", "在保密期限内"
    OVER = "over", "保密期限已满，自行解密"
    LIFTED = "lifted", "提前解密"
    CHANGED = "changed", "变更密级或者期限"


class ReviewStatus(models.TextChoices):
    """How far a secrecy review of one document is."""

    OPEN = "open", "审查中"
    REFERRED = "referred", "报请确定中"
    SIGNED = "signed", "已经签署"
    RETURNED = "returned", "已退回"
    VOID = "void", "已失效"


class Conclusion(models.TextChoices):
    """What a secrecy review concludes of one document."""

    DISCLOSE = "disclose", "可以公开"
    PARTIAL = "partial", "区分处理后公开"
    REFUSE = "refuse", "不予公开"


class Decision(models.TextChoices):
    """What one level of a secrecy review says."""

    AGREE = "agree", "同意"
    RETURN = "return", "退回"
    DOUBT = "doubt", "不能确定，报请确定"


class Level(models.TextChoices):
    """The levels of a secrecy review, from the bottom up."""

    HANDLER = "handler", "承办人初审"
    UNIT = "unit", "处室审核"
    SECRECY = "secrecy", "保密审查机构审查"
    LEADER = "leader", "分管领导审批"
