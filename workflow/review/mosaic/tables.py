"""k-anonymity and l-diversity of a table, the rows that break them, and what would mend it (GB/T 37964)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Row = Mapping[str, str]

DIRECT, QUASI, SENSITIVE = "direct", "quasi", "sensitive"
#: What a column's heading says it is; the first that fits counts.
HEADINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (DIRECT, re.compile(r"姓\s*名|户主|身份证|证件号|手机|电话|联系方式|银行|账号|卡号|邮箱|微信|QQ|车牌|护照|当事人|权利人|被征收人|申请人")),
    (SENSITIVE, re.compile(r"金额|补偿|补助|收入|工资|病|诊断|残疾|低保|贫困|处罚|信仰|民族|婚|罪|违法|分数|成绩|面积")),
    (QUASI, re.compile(r"年龄|出生|生日|性别|住址|地址|户籍|籍贯|村|组|小区|社区|单位|职业|职务|学校|学历|邮编|邮政编码|人口|日期|时间")),
)  # fmt: skip
MOST_ROWS = 50_000


@dataclass(frozen=True)
class Group:
    """Rows that look alike in the quasi-identifiers: their values, and the places (from 1) of the rows."""

    values: tuple[str, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Weak:
    """A group in which a sensitive column has fewer different values than asked for."""

    group: Group
    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """What a table gives away: the smallest group, the groups below k, those without so many different values."""

    rows: int
    quasi: tuple[str, ...]
    sensitive: tuple[str, ...]
    direct: tuple[str, ...]
    k: int
    variety: int
    smallest: int
    below_k: tuple[Group, ...]
    weak: tuple[Weak, ...]

    @property
    def breaking(self) -> tuple[int, ...]:
        """Return the places of the rows that break either, in order."""
        found = {row for group in self.below_k for row in group.rows} | {
            row for one in self.weak for row in one.group.rows
        }
        return tuple(sorted(found))

    @property
    def holds(self) -> bool:
        """Tell whether no row stands out and no column names anybody."""
        return not (self.below_k or self.weak or self.direct)


def columns(headings: Iterable[str]) -> dict[str, str]:
    """Judge columns by their headings: direct identifier, sensitive, quasi-identifier; others are left out."""
    found = {}
    for heading in headings:
        kind = next((kind for kind, pattern in HEADINGS if pattern.search(heading)), None)
        if kind is not None:
            found[heading] = kind
    return found


def groups(rows: Sequence[Row], quasi: Sequence[str]) -> list[Group]:
    """Put together the rows that look alike in some columns, the smallest groups first."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, row in enumerate(rows, 1):
        places[tuple(" ".join(str(row.get(name, "")).split()) for name in quasi)].append(place)
    found = [Group(values, tuple(at)) for values, at in places.items()]
    return sorted(found, key=lambda group: (len(group.rows), group.rows))


def report(rows: Sequence[Row], *, kinds: Mapping[str, str], k: int, variety: int) -> Report:
    """Tell which rows fewer than k share, and which groups have fewer different values of a sensitive column.

    :param kinds: for each column that counts whether it is direct, quasi or sensitive (see `columns`)
    :raises ValueError: for k or variety below 1, and for more rows than are looked at
    """
    if k < 1 or variety < 1:
        raise ValueError("k and variety begin at 1")
    if len(rows) > MOST_ROWS:
        raise ValueError(f"more than {MOST_ROWS} rows")
    quasi = tuple(name for name, kind in kinds.items() if kind == QUASI)
    sensitive = tuple(name for name, kind in kinds.items() if kind == SENSITIVE)
    direct = tuple(name for name, kind in kinds.items() if kind == DIRECT)
    found = groups(rows, quasi) if quasi and rows else []
    weak = []
    for group in found:
        for column in sensitive:
            values = sorted({str(rows[place - 1].get(column, "")).strip() for place in group.rows})
            if len(values) < variety and any(values):
                weak.append(Weak(group, column, tuple(values)))
    return Report(
        rows=len(rows), quasi=quasi, sensitive=sensitive, direct=direct, k=k, variety=variety,
        smallest=len(found[0].rows) if found else len(rows),
        below_k=tuple(group for group in found if len(group.rows) < k), weak=tuple(weak),
    )  # fmt: skip
