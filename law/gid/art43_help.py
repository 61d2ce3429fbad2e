"""条例第四十三条: an applicant who cannot read, see or hear well is helped, and an oral request is written down."""

from __future__ import annotations

from enum import StrEnum


class Need(StrEnum):
    """Name what an applicant has difficulty with."""

    READING = "reading"
    SEEING = "seeing"
    HEARING = "hearing"


_HELP = {
    Need.READING: "由工作人员宣读、解释申请表和答复书，并当场代填",
    Need.SEEING: "由工作人员宣读，提供大字或者可朗读的电子文本",
    Need.HEARING: "以书面方式沟通，不要求电话确认",
}


def help_for(needs: frozenset[Need] | set[Need]) -> tuple[str, ...]:
    """List in Chinese the help an applicant with difficulties is given, without charge."""
    return tuple(_HELP[need] for need in Need if need in needs)
