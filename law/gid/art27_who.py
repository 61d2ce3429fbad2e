"""条例第二十七条、第二十八条: whom a request is made to, and the office that takes it in."""

from __future__ import annotations

from law.remedies.office import KINDS, OfficeFacts


def takes_requests(office: OfficeFacts) -> bool:
    """Say whether a request may be made to an office: governments of every level, departments of county level up.

    Departments below the county (条例27: 县级以上人民政府部门) answer through their township.
    """
    if office.kind == "township":
        return True
    return office.kind in KINDS and office.level != "township"
