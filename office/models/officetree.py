"""Offices (机关) in a tree, and their units (科室)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from .kept import Kept, KeptQuerySet
from .tree import ancestor_ids, descendant_ids


class Kind(models.TextChoices):
    """What an office is in administrative law; the reconsideration body follows from it."""

    GOVERNMENT = "government", "县级以上人民政府"
    GOVERNMENT_OFFICE = "government_office", "政府办公室"
    DEPARTMENT = "department", "部门"
    TOWNSHIP = "township", "乡镇人民政府/街道办事处"
    ZONE = "zone", "开发区管委会"
    VERTICAL = "vertical", "垂直领导机关"
    DISPATCHED = "dispatched", "派出机构"
    AUTHORISED = "authorised", "授权组织"
    PARTY_GOV = "party_gov", "党政合署机关"


class Level(models.TextChoices):
    """The level of government an office belongs to."""

    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"


#: Fields of an office that go into letters and into the law's questions word for word.
PLAIN_FACTS = (
    *("code", "name", "doc_code", "kind", "level", "superior_department", "reconsideration_body", "court"),
    *("reconsideration_online", "disclosure_office", "address", "postcode", "phone", "fax", "email"),
    *("office_hours", "website", "letter_form"),
)


class LetterForm(models.TextChoices):
    """How an office sets its letters by GB/T 9704-2012."""

    LETTER = "letter", "信函格式"
    DOCUMENT = "document", "文件格式"


class Office(Kept):
    """An administrative organ (行政机关) that answers requests in its own name."""

    code = models.SlugField("机关编码", max_length=50, unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级机关"
    )
    name = models.CharField("全称", max_length=100, unique=True)
    doc_code = models.CharField("机关代字", max_length=20)
    kind = models.CharField("机关性质", max_length=20, choices=Kind.choices)
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    region = models.CharField("行政区划名称", max_length=50, blank=True)
    region_code = models.CharField("行政区划代码", max_length=12, blank=True)
    government_name = models.CharField("本级人民政府", max_length=100, blank=True)
    superior_department = models.CharField("上一级主管部门", max_length=100, blank=True)
    basic_court = models.CharField("基层人民法院", max_length=100, blank=True)
    intermediate_court = models.CharField("中级人民法院", max_length=100, blank=True)
    reconsideration_body = models.CharField("行政复议机关（另行指定）", max_length=100, blank=True)
    court = models.CharField("管辖法院（另行指定）", max_length=100, blank=True)
    reconsideration_online = models.URLField("线上行政复议渠道", blank=True)
    disclosure_office = models.CharField("政府信息公开工作机构", max_length=100, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    phone = models.CharField("电话", max_length=60, blank=True)
    fax = models.CharField("传真", max_length=60, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    office_hours = models.CharField("办公时间", max_length=200, blank=True)
    website = models.URLField("网站", blank=True)
    letter_form = models.CharField(
        "公文版式", max_length=10, choices=LetterForm.choices, default=LetterForm.LETTER
    )
    is_active = models.BooleanField("启用", default=True)
    strict_separation = models.BooleanField("严格岗位分离", default=True)
    separation_reason = models.TextField("放宽岗位分离的理由", blank=True)

    objects = models.Manager.from_queryset(KeptQuerySet)()

    class Meta:
        verbose_name = "机关"
        verbose_name_plural = "机关"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="office_office_kind", condition=models.Q(kind__in=[k.value for k in Kind])
            ),
            models.CheckConstraint(
                name="office_office_level", condition=models.Q(level__in=[x.value for x in Level])
            ),
            models.CheckConstraint(
                name="office_office_letter_form",
                condition=models.Q(letter_form__in=[form.value for form in LetterForm]),
            ),
            models.CheckConstraint(
                name="office_office_not_own_parent",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
            ),
            models.CheckConstraint(
                name="office_office_loose_has_reason",
                condition=models.Q(strict_separation=True) | ~models.Q(separation_reason=""),
                violation_error_message="放宽岗位分离必须写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        """Return the reference by which the journal names this office, e.g. "office:3"."""
        return f"office:{self.pk}"

    def clean(self) -> None:
        """Refuse a parent that lies below this office."""
        if self.pk and self.parent_id and self.parent_id in (self.pk, *descendant_ids(self.pk)):
            raise ValidationError({"parent": "上级机关不能是本机关或其下级机关。"})

    def ancestors(self) -> list[Office]:
        """Return the offices above, nearest first."""
        if self.parent_id is None:
            return []
        ids = ancestor_ids(self.pk) if self.pk else [self.parent_id, *ancestor_ids(self.parent_id)]
        found = Office.objects.order_by().in_bulk(ids)
        return [found[i] for i in ids]

    def descendants(self) -> models.QuerySet[Office]:
        """Return all offices below, this one not included."""
        return Office.objects.filter(pk__in=descendant_ids(self.pk))

    def facts(self) -> dict[str, str]:
        """Return what letters and the law need of this office, as plain strings.

        `government_name` is the people's government of the same level (of a township: the county that set
        it up), `superior_government` the one above that; region and courts come from the tree where blank.
        """
        above = self.ancestors()
        chain = [self, *above]
        local = _upto_government(chain)
        governments = [o.name for o in chain if o.kind == Kind.GOVERNMENT]
        own = self.government_name or (governments[0] if governments else "")
        higher = governments[1:] if governments and governments[0] == own else governments
        facts = {name: str(getattr(self, name)) for name in PLAIN_FACTS}
        facts |= {
            "kind_label": Kind(self.kind).label,
            "level_label": Level(self.level).label,
            "government_name": own,
            "superior_government": higher[0] if higher else "",
            "superior_office": above[0].name if above else "",
            "region": _first(local, "region"),
            "region_code": _first(local, "region_code"),
            "basic_court": _first(local, "basic_court"),
            "intermediate_court": _first(chain, "intermediate_court"),
        }
        return facts


def _upto_government(chain: list[Office]) -> list[Office]:
    """Return the chain up to its first government: what is beyond lies in another region."""
    for place, office in enumerate(chain):
        if office.kind == Kind.GOVERNMENT:
            return chain[: place + 1]
    return chain


def _first(chain: list[Office], field: str) -> str:
    return next((str(value) for office in chain if (value := getattr(office, field))), "")


class Unit(Kept):
    """A unit (科室) in an office."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="units", verbose_name="机关")
    name = models.CharField("名称", max_length=60)
    code = models.SlugField("编码", max_length=50)
    is_disclosure_office = models.BooleanField("政府信息公开工作机构", default=False)
    is_active = models.BooleanField("启用", default=True)

    objects = models.Manager.from_queryset(KeptQuerySet)()

    class Meta:
        verbose_name = "科室"
        verbose_name_plural = "科室"
        ordering = ["office", "code"]
        constraints = [
            models.UniqueConstraint(fields=["office", "code"], name="office_unit_code"),
            models.UniqueConstraint(fields=["office", "name"], name="office_unit_name"),
        ]

    def __str__(self) -> str:
        return self.name
