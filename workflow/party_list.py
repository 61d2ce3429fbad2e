"""Read a list of third parties from a table file; every wrong line is told at once."""

from __future__ import annotations

from workflow.errors import BadRequest
from workflow.requests import ConsultedParty, FileData
from workflow.table_file import rows_of

MOST = 300
SHOWN = 10
COLUMNS = {
    "名称": "name",
    "姓名或者名称": "name",
    "姓名": "name",
    "类别": "kind",
    "地址": "address",
    "通信地址": "address",
}
KINDS = {
    "": "org",
    "单位": "org",
    "法人": "org",
    "法人或者其他组织": "org",
    "企业": "org",
    "自然人": "natural",
    "个人": "natural",
}


def read_party_list(file: FileData) -> list[ConsultedParty]:
    """Read the parties of a CSV or xlsx table with the columns 名称, 类别 (自然人/单位) and 地址.

    Raises BadRequest that names every wrong line, so that the list is put right in one go.
    """
    rows = [(n, [cell.strip() for cell in row]) for n, row in enumerate(rows_of(file), 1)]
    filled = [(n, row) for n, row in rows if any(row)]
    if len(filled) < 2:
        raise _bad("名单是空的：第一行应为列名（名称、类别、地址），其下每行一个第三方")
    head = [COLUMNS.get(cell, "") for cell in filled[0][1]]
    if "name" not in head:
        raise _bad("名单没有“名称”一列；第一行应为列名：名称、类别、地址")
    if len(filled) - 1 > MOST:
        raise _bad(f"名单有 {len(filled) - 1} 个第三方，一次最多 {MOST} 个，请分开提交")
    parties, wrong, seen = [], [], dict[tuple[str, str], int]()
    for number, row in filled[1:]:
        cells = {name: row[place] for place, name in enumerate(head) if name and place < len(row)}
        party, problem = _party(cells)
        key = (party.name, party.address)
        if not problem and key in seen:
            problem = f"与第 {seen[key]} 行重复（{party.name}）"
        seen.setdefault(key, number)
        if problem:
            wrong.append(f"第 {number} 行：{problem}")
        parties.append(party)
    if wrong:
        more = f"；另有 {len(wrong) - SHOWN} 行" if len(wrong) > SHOWN else ""
        raise _bad("名单有错，请改正后重新提交。" + "；".join(wrong[:SHOWN]) + more)
    return parties


def _party(cells: dict[str, str]) -> tuple[ConsultedParty, str]:
    name, kind, address = cells.get("name", ""), cells.get("kind", ""), cells.get("address", "")
    party = ConsultedParty(name=name, kind=KINDS.get(kind, "org"), address=address)
    if not name:
        return party, "没有填写名称"
    if len(name) > 120:
        return party, "名称超过 120 个字"
    if len(address) > 200:
        return party, "地址超过 200 个字"
    if kind not in KINDS:
        return party, f"类别“{kind}”应为“自然人”或者“单位”"
    return party, ""


def _bad(message: str) -> BadRequest:
    return BadRequest("bad_list", message, field="list")
