"""The duties (岗位) a person may hold in an office."""

from django.db import models


class Role(models.TextChoices):
    """Every duty the law of the house knows; the last three are never posts."""

    INTAKE = "intake", "登记员"
    ALLOCATOR = "allocator", "分办人"
    HANDLER = "handler", "承办人"
    SECRECY = "secrecy", "保密审查员"
    REDACTION = "redaction", "去标识化审查员"
    LEGAL = "legal", "法制审核"
    UNIT_HEAD = "unit_head", "科室负责人"
    HEAD = "head", "工作机构负责人"
    SIGNATORY = "signatory", "签发人"
    SEAL = "seal", "印章管理员"
    ARCHIVIST = "archivist", "档案员"
    SUPERVISOR = "supervisor", "监督员"
    ADMIN = "admin", "管理员"
    APPLICANT = "applicant", "申请人"
    SYSTEM = "system", "系统"
    CONSULTED = "consulted", "被征求意见机关"


#: What somebody is to a case without a post in its office: its applicant, the system, another office it asked.
NO_POSTS = frozenset({Role.APPLICANT, Role.SYSTEM, Role.CONSULTED})
#: Duties a person of an office can be given.
POSTS = tuple(r for r in Role if r not in NO_POSTS)
POST_CHOICES = [(r.value, r.label) for r in POSTS]


def role_named(text: str) -> Role | None:
    """Find the post called by its value ("handler") or its Chinese name (承办人); None when there is none."""
    wanted = text.strip()
    for role in POSTS:
        if wanted in (role.value, role.label):
            return role
    return None
