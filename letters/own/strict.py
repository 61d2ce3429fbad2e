"""What a wording written by an office may hold: a small part of the template language that always ends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError, nodes

from letters.vocabulary import FILTERS
from letters.wordings import GUARD, environment

LONGEST = 20_000
MOST_NODES = 1_500
DEEPEST = 6
LONGEST_CONST = 200
LARGEST = 1_000
# Statements and expressions that name facts, choose between texts and go through lists; nothing that makes,
# calls, counts or loads anything.
ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Filter, nodes.For, nodes.If,
    nodes.Test, nodes.Compare, nodes.Operand, nodes.CondExpr, nodes.Getattr, nodes.Getitem, nodes.Add, nodes.And,
    nodes.Or, nodes.Not,
)  # fmt: skip
NAMES_OF: dict[type[nodes.Node], str] = {
    nodes.Call: "函数调用", nodes.Macro: "宏", nodes.CallBlock: "宏调用", nodes.Include: "引入其他文本", nodes.Import: "引入其他文本",
    nodes.FromImport: "引入其他文本", nodes.Extends: "继承", nodes.Block: "块", nodes.Assign: "赋值", nodes.AssignBlock: "赋值",
    nodes.FilterBlock: "过滤块", nodes.Mul: "乘法", nodes.Pow: "乘方", nodes.Mod: "格式化", nodes.Concat: "拼接", nodes.Sub: "减法",
    nodes.Div: "除法", nodes.FloorDiv: "除法", nodes.Neg: "负数", nodes.Pos: "正号", nodes.List: "列表", nodes.Tuple: "列表",
    nodes.Dict: "字典", nodes.Slice: "切片", nodes.NSRef: "命名空间", nodes.With: "with", nodes.Keyword: "具名参数",
}  # fmt: skip
WORDS = frozenset({*FILTERS, "length"})
# Control, format, private and unassigned characters: they are not seen and may turn the text around.
REFUSED = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
LOOP = frozenset({"index", "first", "last", "length"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a wording: the line of the text, counted from 1 (0: the whole), and what to do."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"第{self.line}行：{self.message}" if self.line else self.message


def tree_of(body: str, first_line: int = 1) -> tuple[nodes.Template | None, list[Fault]]:
    """Read the text of a wording; the faults are what keeps it from being used, by line.

    :param first_line: the line of the whole file on which the text begins
    """
    if len(body) > LONGEST:
        return None, [Fault(0, f"文本过长，最多{LONGEST}字")]
    for number, line in enumerate(body.split("\n"), first_line):
        if strange := next(filter(_unseen, line), ""):
            return None, [Fault(number, f"含有不能使用的字符 U+{ord(strange):04X}")]
    try:
        tree = environment().parse(body)
    except TemplateSyntaxError as error:
        return None, [Fault(error.lineno + first_line - 1, _explained(error.message or ""))]
    except (RecursionError, MemoryError):
        return None, [Fault(0, "括号或者层次过多，无法读取")]
    try:
        found = [_moved(f, first_line) for f in _faults(tree)]
    except RecursionError:
        return None, [Fault(0, "括号或者层次过多，无法读取")]
    return (None if found else tree), found


def _unseen(char: str) -> bool:
    # The Han planes are left to the faces: Python's own table is older than some of their characters.
    return char == GUARD or (unicodedata.category(char) in REFUSED and not 0x20000 <= ord(char) < 0x40000)


def _explained(message: str) -> str:
    if found := re.search(r"unknown tag '(\w+)'", message):
        return f"没有“{found[1]}”这种标记，可用的是 if、elif、else、endif、for、endfor"
    if "nexpected end of template" in message:
        return "有 if 或者 for 没有对应的 endif、endfor，或者花括号没有成对"
    if found := re.search(r"No filter named '(\w+)'", message):
        return f"没有“{found[1]}”这种写法，可用的有：{'、'.join(sorted(WORDS))}"
    return "写法有误，请核对花括号、百分号和括号是否成对"


def _moved(fault: Fault, first_line: int) -> Fault:
    # Some nodes of the engine's tree have no line of their own; the text's first line is near enough.
    return fault if fault.line == 0 else Fault((fault.line or 1) + first_line - 1, fault.message)


def _faults(tree: nodes.Template) -> list[Fault]:
    walked = list(tree.find_all(nodes.Node))
    if len(walked) > MOST_NODES:
        return [Fault(0, "文本中的要素和条件过多")]
    found = [fault for node in walked for fault in _of_node(node)]
    return found or list(_nesting(tree, 0, {}))


def _of_node(node: nodes.Node) -> Iterator[Fault]:
    if not isinstance(node, ALLOWED):
        if isinstance(node, nodes.Keyword | nodes.EvalContextModifier):
            yield Fault(node.lineno, "不能使用具名参数")
        else:
            yield Fault(node.lineno, f"不能使用{NAMES_OF.get(type(node), '这种写法')}")
    elif isinstance(node, nodes.Name) and (node.name.startswith("_") or node.ctx not in ("load", "store")):
        yield Fault(node.lineno, f"不能使用“{node.name}”")
    elif isinstance(node, nodes.Getattr) and (
        node.attr.startswith("_") or not isinstance(node.node, nodes.Name | nodes.Getitem)
    ):
        yield Fault(node.lineno, f"不能使用“.{node.attr}”")
    elif isinstance(node, nodes.Getitem) and not (
        isinstance(node.node, nodes.Name)
        and isinstance(node.arg, nodes.Const)
        and isinstance(node.arg.value, int)
    ):
        yield Fault(node.lineno, "方括号内只能写第几个")
    elif isinstance(node, nodes.Const):
        yield from _const(node)
    elif isinstance(node, nodes.Filter):
        yield from _filter(node)
    elif isinstance(node, nodes.Test) and node.name != "defined":
        yield Fault(node.lineno, f"不能使用判断“is {node.name}”，只能用 is defined")
    elif isinstance(node, nodes.Add) and not all(map(_counts, (node.left, node.right))):
        yield Fault(node.lineno, "加号只能用于计数，例如 sections|length + 1")
    elif isinstance(node, nodes.For):
        yield from _for(node)
    elif (
        isinstance(node, nodes.If | nodes.CondExpr)
        and not any(True for _ in node.test.find_all(nodes.Name))
        and not isinstance(node.test, nodes.Name)
    ):
        yield Fault(node.lineno, "条件中没有要素")


def _const(node: nodes.Const) -> Iterator[Fault]:
    value = node.value
    if isinstance(value, str):
        if len(value) > LONGEST_CONST:
            yield Fault(node.lineno, f"引号内的文字过长，最多{LONGEST_CONST}字")
    elif isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
        yield Fault(node.lineno, f"只能写 0 至 {LARGEST} 的整数或者引号内的文字")


def _filter(node: nodes.Filter) -> Iterator[Fault]:
    if node.node is None or node.dyn_args is not None or node.dyn_kwargs is not None or node.kwargs:
        yield Fault(node.lineno, "不能使用这种写法")
    elif node.name == "replace":
        texts = [a.value for a in node.args if isinstance(a, nodes.Const) and isinstance(a.value, str)]
        # One form of address for another; never one that makes a text longer and longer.
        if len(texts) != 2 or len(node.args) != 2 or not texts[0] or len(texts[1]) > len(texts[0]):
            yield Fault(node.lineno, "replace 只能把一个词换成不更长的另一个词")
    elif node.name not in WORDS:
        yield Fault(node.lineno, f"没有“{node.name}”这种写法，可用的有：{'、'.join(sorted(WORDS))}")


def _for(node: nodes.For) -> Iterator[Fault]:
    if node.recursive:
        yield Fault(node.lineno, "不能使用递归循环")
    if not isinstance(node.target, nodes.Name):
        yield Fault(node.lineno, "循环一次只能取一个名称")
    if iterated(node.iter) is None:
        yield Fault(node.lineno, "只能对一个列出多项的要素循环")


def iterated(node: nodes.Node) -> str | None:
    """Return the name a loop goes through: a fact, a part of one, or its lines."""
    if isinstance(node, nodes.Filter) and node.name == "lines" and node.node is not None:
        return iterated(node.node)
    if isinstance(node, nodes.Getattr):
        return node.node.name if isinstance(node.node, nodes.Name) else None
    return node.name if isinstance(node, nodes.Name) else None


def _nesting(node: nodes.Node, depth: int, loops: dict[str, str]) -> Iterator[Fault]:
    """Find what is nested too deep, and a loop in a loop over anything but the outer one's own parts.

    So a text is never longer than its facts times its own length.
    """
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.If | nodes.CondExpr | nodes.For) and depth >= DEEPEST:
            yield Fault(child.lineno, f"条件和循环最多嵌套{DEEPEST}层")
        elif isinstance(child, nodes.For):
            name, target = iterated(child.iter), getattr(child.target, "name", "")
            if loops and name not in loops:
                yield Fault(child.lineno, "循环之内只能再对外层循环的那一项循环")
            elif target in loops or target == "loop" or len(loops) > 1:
                yield Fault(child.lineno, "循环的名称重复或者层数过多")
            else:
                yield from _nesting(child, depth + 1, {**loops, target: name or ""})
        elif isinstance(child, nodes.Name) and child.ctx == "store" and not isinstance(node, nodes.For):
            yield Fault(child.lineno, "不能赋值")
        else:
            deeper = depth + 1 if isinstance(child, nodes.If | nodes.CondExpr) else depth
            yield from _nesting(child, deeper, loops)


def _counts(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Const):
        return isinstance(node.value, int) and not isinstance(node.value, bool)
    if isinstance(node, nodes.Add):
        return _counts(node.left) and _counts(node.right)
    return isinstance(node, nodes.Filter) and node.name == "length"
