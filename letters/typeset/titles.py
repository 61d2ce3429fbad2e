"""Break a title between words into lines of much the same length."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from letters.typeset.units import legal, pieces

WORDS = (
    "政府信息公开",
    "政府信息",
    "信息公开",
    "依申请公开",
    "申请",
    "答复书",
    "告知书",
    "答复",
    "补正",
    "延期",
    "征求",
    "意见",
    "回执",
    "接收",
    "第三方",
    "不予公开",
    "不予",
    "公开",
    "部分",
    "关于",
    "处理",
    "决定",
    "机关",
    "撤回",
    "确认",
    "沟通函",
    "审查",
    "呈批单",
    "卷内",
    "目录",
    "人民政府",
    "自然资源",
    "管理局",
    "委员会",
    "办公室",
    "街道",
    "办事处",
    "经济",
    "技术",
    "开发区",
    "人力资源",
    "社会保障",
    "住房",
    "城乡建设",
    "市场监督",
    "监督管理",
    "卫生健康",
    "农业农村",
    "发展和改革",
    "生态环境",
    "交通运输",
    "文化",
    "旅游",
    "体育",
    "广播电视",
    "应急管理",
    "退役军人",
    "事务局",
    "行政审批",
    "服务局",
    "机构编制",
    "政务服务",
    "数据管理",
    "数字化建设",
    "公共资源",
    "交易中心",
    "综合行政执法",
    "医疗保障",
    "乡村振兴",
    "工业和信息化",
)
BAD_START = frozenset("的和与及等之")
INSIDE_WORD = 60.0
BEFORE_PARTICLE = 40.0


@cache
def _by_length() -> tuple[str, ...]:
    return tuple(sorted(WORDS, key=len, reverse=True))


def words(text: str) -> list[str]:
    """Return a title cut into its known words, everything else by character."""
    found: list[str] = []
    at = 0
    while at < len(text):
        word = next((w for w in _by_length() if text.startswith(w, at)), None)
        if word is None:
            word = pieces(text[at:])[0]
        found.append(word)
        at += len(word)
    return found


def _penalty(before: str, after: str) -> float | None:
    if not legal(before[-1], after[0]):
        return None
    cost = 0.0 if len(before) > 1 or len(after) > 1 or before in "局府委院会部厅市县区" else INSIDE_WORD
    if after[0] in BAD_START:
        cost += BEFORE_PARTICLE
    if before == "关于":
        cost += BEFORE_PARTICLE
    return cost


def break_title(text: str, measure: Callable[[str], float], *, em: float, width: float) -> list[str]:
    """Return the lines of a title, each at most a width (points) wide, as even as words allow."""
    parts = words(text)
    wide = [sum(measure(char) for char in part) for part in parts]
    total = sum(wide)
    if total <= width:
        return [text]
    count = int(total // width) + 1
    for lines in range(count, count + 3):
        found = _split(parts, wide, lines, width, total / lines / em, em)
        if found is not None:
            return found
    return _by_force(text, measure, width)


def _by_force(text: str, measure: Callable[[str], float], width: float) -> list[str]:
    lines, used = [""], 0.0
    for char in text:
        if lines[-1] and used + measure(char) > width:
            lines.append("")
            used = 0.0
        lines[-1] += char
        used += measure(char)
    return lines


def _split(
    parts: list[str], wide: list[float], lines: int, width: float, even: float, em: float
) -> list[str] | None:
    size = len(parts)
    # best[k][n]: the least cost of setting the first n parts in k lines, and where the last line starts
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(lines):
        row: dict[int, tuple[float, int]] = {}
        for start, (cost, _from) in best[-1].items():
            used = 0.0
            for end in range(start + 1, size + 1):
                used += wide[end - 1]
                if used > width:
                    break
                extra = 0.0 if end == size else _penalty(parts[end - 1], parts[end])
                if extra is None:
                    continue
                here = cost + extra + (used / em - even) ** 2
                if end not in row or here < row[end][0]:
                    row[end] = (here, start)
        best.append(row)
    if size not in best[lines]:
        return None
    found, end = [], size
    for k in range(lines, 0, -1):
        start = best[k][end][1]
        found.insert(0, "".join(parts[start:end]))
        end = start
    return found
