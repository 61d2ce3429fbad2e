"""条例第二十九条: the three elements of a request, and what must never be asked for."""

from __future__ import annotations

NAME = "姓名或者名称"
IDENTITY = "身份证明"
CONTACT = "联系方式"
DESCRIPTION = "所需信息的名称、文号或者其他特征描述"
FORM = "获取信息的方式、途径"

# The purpose or the need was asked for until 2019; the present text does not know it.
FORBIDDEN = frozenset({"purpose", "use", "need", "用途", "三需要", "科研需要", "生产需要", "生活需要"})


def missing_elements(
    *,
    name: str = "",
    identity: str = "",
    contact: str = "",
    description: str | None = None,
    form: str | None = None,
) -> list[str]:
    """List, in Chinese, the elements of 条例29 that a request lacks; lacking some it is supplemented, not refused.

    `description` and `form` are judged only where given.
    """
    given: list[tuple[str, str | None]] = [
        (NAME, name),
        (IDENTITY, identity),
        (CONTACT, contact),
        (DESCRIPTION, description),
        (FORM, form),
    ]
    return [element for element, held in given if held is not None and not held.strip()]


def forbidden_questions(fields: list[str]) -> list[str]:
    """List the fields of a form that ask an applicant for the purpose of the request, which no office may."""
    return [field for field in fields if field.lower() in FORBIDDEN]
