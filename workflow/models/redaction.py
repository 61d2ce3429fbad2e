"""Marks of redaction (遮盖标记) on the pages of a document, layer by layer, and where each reviewer left off."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from office.models import Office, User
from workflow import redaction_kinds as kinds
from workflow.models.case import Case
from workflow.models.holding import HoldingVersion
from workflow.redaction_kinds import DetectState, Extent, GroundKind, Layer, MadeBy, MarkState


class Redacting(models.Model):
    """The de-identification of one version: who reviews first, and what the search for personal information said.

    Whoever draws first is the first reviewer; what others draw is the second layer.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="redactings")
    version = models.OneToOneField(HoldingVersion, on_delete=models.PROTECT, related_name="redacting")
    redactor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审查员"
    )
    opened_on = models.DateField("开始日期")
    detect_state = models.CharField(
        "查找个人信息", max_length=8, choices=DetectState.choices, default=DetectState.NONE
    )
    detect_note = models.CharField("查找的说明", max_length=300, blank=True)
    detected_at = models.DateTimeField("查找时间", null=True, blank=True)
    unread = models.JSONField("图像没有识别的页", default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "去标识化"
        indexes = [models.Index(fields=["detect_state"], name="redacting_to_detect")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.detect_state}"


class RedactionMark(models.Model):
    """One mark: where, on what ground, by whom, and what became of it. It is never deleted.

    ``boxes`` holds ``[[x0, y0, x1, y1], …]`` in hundredths of a point from the top left of the page as shown; none for a
    whole page or document. ``text_sealed`` is what the mark was made for, ``text_hash`` finds it again without reading.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.ForeignKey(HoldingVersion, on_delete=models.PROTECT, related_name="redaction_marks")
    extent = models.CharField("范围", max_length=8, choices=Extent.choices, default=Extent.AREA)
    page = models.PositiveIntegerField("页", null=True, blank=True)
    boxes = models.JSONField("区域", default=list, blank=True)
    layer = models.CharField("图层", max_length=10, choices=Layer.choices)
    ground_kind = models.CharField("依据类别", max_length=10, choices=GroundKind.choices)
    ground = models.CharField("依据", max_length=100)
    made_by = models.CharField("方式", max_length=10, choices=MadeBy.choices)
    act_id = models.UUIDField("操作编号")
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="标记人"
    )
    detector = models.CharField("规则", max_length=80, blank=True)
    why = models.CharField("建议的理由", max_length=200, blank=True)
    confidence = models.PositiveSmallIntegerField("把握（百分之）", null=True, blank=True)
    text_sealed = models.TextField("文字（加密）", blank=True)
    text_hash = models.CharField("文字摘要", max_length=80, blank=True)
    made_on = models.DateField("标记日")
    made_at = models.DateTimeField("标记时间")
    status = models.CharField("状态", max_length=10, choices=MarkState.choices)
    reason = models.CharField("理由", max_length=300, blank=True)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )
    settled_on = models.DateField("处理日", null=True, blank=True)
    became = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="came_from", verbose_name="改为"
    )

    class Meta:
        verbose_name = verbose_name_plural = "遮盖标记"
        constraints = [
            models.CheckConstraint(
                condition=Q(extent=Extent.DOCUMENT, page__isnull=True)
                | ~Q(extent=Extent.DOCUMENT) & Q(page__isnull=False),
                name="mark_on_a_page_or_the_document",
            ),
            models.CheckConstraint(
                condition=Q(layer=Layer.SUGGESTED, author__isnull=True)
                | ~Q(layer=Layer.SUGGESTED) & Q(author__isnull=False),
                name="mark_of_a_person_or_suggested",
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True, settled_on__isnull=True)
                | Q(settled_by__isnull=False, settled_on__isnull=False),
                name="mark_settled_by_and_on",
            ),
            models.CheckConstraint(
                condition=~Q(status=MarkState.REJECTED) | ~Q(reason="") & Q(settled_by__isnull=False),
                name="mark_rejected_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["version", "page"], name="mark_by_page"),
            models.Index(fields=["version", "status"], name="mark_by_status"),
            models.Index(fields=["case"], name="mark_by_case"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} p{self.page} {self.status}"

    @property
    def printed(self) -> str:
        """Return the ground as it is printed."""
        return kinds.printed(self.ground_kind, self.ground)

    @property
    def cited(self) -> str:
        """Return the provision by which a letter withholds what it covers."""
        return kinds.cited(self.ground_kind, self.ground)

    @property
    def points(self) -> list[tuple[float, float, float, float]]:
        """Return its boxes in points."""
        return [(box[0] / 100, box[1] / 100, box[2] / 100, box[3] / 100) for box in self.boxes]


class RoomPlace(models.Model):
    """Where a person left off in a document: page, zoom, turn, layers."""

    version = models.ForeignKey(HoldingVersion, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    page = models.PositiveIntegerField("页", default=1)
    zoom = models.PositiveSmallIntegerField("放大（百分之）", default=100)
    turn = models.PositiveSmallIntegerField("旋转（度）", default=0)
    hidden = models.JSONField("不显示的图层", default=list, blank=True)
    left_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "阅看位置"
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="room_place_once")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.user_id} p{self.page}"
