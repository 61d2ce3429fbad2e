"""A person or organisation of a case: applicant, representative, agent or guardian."""

from django.db import models

from office.keys import blind
from office.keys.fields import SealedField
from workflow.kinds import IdentityKind, PartyKind, PartyRole
from workflow.models.case import Case

IDENTITY = "identity"


class Party(models.Model):
    """One party; what identifies or reaches it is stored encrypted, its number also as a keyed hash."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    position = models.PositiveSmallIntegerField("顺序")
    part = models.CharField("身份", max_length=16, choices=PartyRole.choices)
    kind = models.CharField("类别", max_length=20, choices=PartyKind.choices)
    name = models.CharField("姓名或名称", max_length=120)
    id_kind = models.CharField("证件类型", max_length=20, choices=IdentityKind.choices)
    id_number = SealedField("证件号码")
    id_hash = models.CharField("证件号码检索值", max_length=100, db_index=True)
    contact_name = models.CharField("联系人", max_length=60, blank=True)
    phone = SealedField("电话", blank=True)
    email = SealedField("电子邮箱", blank=True)
    address = SealedField("通信地址", blank=True)
    postcode = models.CharField("邮编", max_length=10, blank=True)
    scope = models.CharField("代理权限", max_length=200, blank=True)
    until_on = models.DateField("代理期限至", null=True, blank=True)
    signed = models.BooleanField("已签名确认", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "当事人"
        constraints = [models.UniqueConstraint(fields=["case", "position"], name="party_position_once")]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.position}"

    @property
    def is_natural(self) -> bool:
        """Tell whether this is a natural person."""
        return self.kind == PartyKind.NATURAL


def identity_hash(number: str) -> str:
    """Compute the keyed hash by which an identity number is found without being stored in clear."""
    return blind(IDENTITY, normal_identity(number))


def normal_identity(number: str) -> str:
    """Bring an identity number to one spelling: no spaces, capital letters."""
    return "".join(number.split()).upper()
