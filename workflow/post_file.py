"""What the post hands back as a table: the EMS number of each paper, the day each was signed for."""

from __future__ import annotations

import datetime as dt
import re

from workflow.errors import BadRequest
from workflow.requests import FileData
from workflow.table_file import rows_of

#: An EMS number: of the Universal Postal Union's form (EX990130007CN) or thirteen digits.
EMS = re.compile(r"^(?:[A-Z]{2}\d{9}[A-Z]{2}|\d{13})$")
NUMBER = ("文号", "内件文号", "内件")
TRACKING = ("邮件号", "EMS邮件号", "EMS 邮件号", "邮件号码", "快递单号", "单号")
SIGNED = ("签收日期", "妥投日期", "签收时间", "妥投时间")
RECEIVER = ("签收人", "收件人签收")


def plain_tracking(text: str) -> str:
    """Bring an EMS number to one spelling; "" for what is none."""
    found = re.sub(r"[\s-]", "", text).upper()
    return found if EMS.match(found) else ""


def read_tracking(file: FileData) -> dict[str, str]:
    """Read which EMS number each paper got, by its document number. Raises BadRequest that names the wrong lines."""
    found: dict[str, str] = {}
    wrong = []
    for line, number, tracking in _columns(file, NUMBER, TRACKING):
        if not number and not tracking:
            continue
        if not (told := plain_tracking(tracking)):
            wrong.append(f"第 {line} 行：“{tracking}”不是 EMS 邮件号")
        found[number] = told
    _refuse(wrong)
    return found


def read_signed(file: FileData) -> dict[str, tuple[dt.date, str]]:
    """Read on which day and by whom each EMS letter was signed for. Raises BadRequest that names the wrong lines."""
    found: dict[str, tuple[dt.date, str]] = {}
    wrong = []
    for line, tracking, day, receiver in _columns(file, TRACKING, SIGNED, RECEIVER, optional=1):
        if not day:
            continue
        signed_on = _day(day)
        if signed_on is None:
            wrong.append(f"第 {line} 行：“{day}”不是日期")
            continue
        found[plain_tracking(tracking) or tracking.strip()] = (signed_on, receiver.strip()[:60])
    _refuse(wrong)
    return found


def _columns(
    file: FileData, *names: tuple[str, ...], optional: int = 0
) -> list[tuple[int, *tuple[str, ...]]]:
    rows = [(n, [cell.strip() for cell in row]) for n, row in enumerate(rows_of(file, field="file"), 1)]
    filled = [(n, row) for n, row in rows if any(row)]
    for place, (_, row) in enumerate(filled[:5]):  # a heading may stand above the head of the table
        where = [next((n for n, cell in enumerate(row) if cell in known), None) for known in names]
        if all(at is not None for at in where[: len(names) - optional]):
            return [
                (n, *(cells[at] if at is not None and at < len(cells) else "" for at in where))
                for n, cells in filled[place + 1 :]
            ]
    wanted = "、".join(known[0] for known in names)
    raise BadRequest("bad_list", f"表格里没有找到这些列：{wanted}", field="file")


def _day(text: str) -> dt.date | None:
    found = re.match(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})", text)
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _refuse(wrong: list[str]) -> None:
    if wrong:
        more = f"；另有 {len(wrong) - 10} 行" if len(wrong) > 10 else ""
        raise BadRequest("bad_list", "；".join(wrong[:10]) + more, field="file")
