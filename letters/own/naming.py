"""Which facts a wording names, on which line, and which of them outside every “is defined”."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jinja2 import nodes

from letters.own.strict import iterated


@dataclass
class Named:
    """What a wording names, each with the first line: facts, facts named without a guard, parts of facts."""

    used: dict[str, int] = field(default_factory=dict)
    unguarded: dict[str, int] = field(default_factory=dict)
    parts: list[tuple[str, str, int]] = field(default_factory=list)


def names_in(tree: nodes.Template) -> Named:
    """Return what a wording names. A part of a fact that may be blank counts as “office.fax”."""
    found = Named()
    _walk(tree, found, frozenset(), {"loop": "loop"})
    return found


def _walk(node: nodes.Node, found: Named, sure: frozenset[str], local: dict[str, str]) -> None:
    if isinstance(node, nodes.If | nodes.CondExpr | nodes.And):
        _chosen(node, found, sure, local)
    elif isinstance(node, nodes.For):
        _looped(node, found, sure, local)
    elif isinstance(node, nodes.Test) and node.name == "defined" and isinstance(node.node, nodes.Name):
        found.used.setdefault(node.node.name, node.lineno)
    elif isinstance(node, nodes.Name):
        if node.name not in local:
            found.used.setdefault(node.name, node.lineno)
            if node.name not in sure:
                found.unguarded.setdefault(node.name, node.lineno)
    else:
        if isinstance(node, nodes.Getattr):
            _part(node, found, sure, local)
        for child in node.iter_child_nodes():
            _walk(child, found, sure, local)


def _chosen(
    node: nodes.If | nodes.CondExpr | nodes.And, found: Named, sure: frozenset[str], local: dict[str, str]
) -> None:
    """Walk what stands behind a condition knowing what the condition shows to be there."""
    test, then, otherwise = _branches(node)
    _walk(test, found, sure, local)
    for child in then:
        _walk(child, found, sure | _shown_by(test), local)
    for child in otherwise:
        _walk(child, found, sure | _denied_by(test), local)


def _branches(
    node: nodes.If | nodes.CondExpr | nodes.And,
) -> tuple[nodes.Node, Sequence[nodes.Node], Sequence[nodes.Node]]:
    if isinstance(node, nodes.And):
        return node.left, [node.right], []
    if isinstance(node, nodes.CondExpr):
        return node.test, [node.expr1], [node.expr2] if node.expr2 is not None else []
    return node.test, node.body, [*node.elif_, *node.else_]


def _looped(node: nodes.For, found: Named, sure: frozenset[str], local: dict[str, str]) -> None:
    _walk(node.iter, found, sure, local)
    inner = {**local, getattr(node.target, "name", ""): iterated(node.iter) or ""}
    for child in (*node.body, *([node.test] if node.test else [])):
        _walk(child, found, sure, inner)
    for child in node.else_:
        _walk(child, found, sure, local)


def _part(node: nodes.Getattr, found: Named, sure: frozenset[str], local: dict[str, str]) -> None:
    held = node.node.node if isinstance(node.node, nodes.Getitem) else node.node
    name = getattr(held, "name", "")
    owner = local.get(name, name)
    found.parts.append((owner, node.attr, node.lineno))
    whole = f"{owner}.{node.attr}"
    if owner not in local and whole not in sure:
        found.unguarded.setdefault(whole, node.lineno)


def _shown_by(test: nodes.Node) -> frozenset[str]:
    """Return what is certainly there where a test holds."""
    if isinstance(test, nodes.Test) and test.name == "defined" and isinstance(test.node, nodes.Name):
        return frozenset({test.node.name})
    if isinstance(test, nodes.Getattr) and isinstance(test.node, nodes.Name):
        return frozenset({f"{test.node.name}.{test.attr}"})
    if isinstance(test, nodes.And):
        return _shown_by(test.left) | _shown_by(test.right)
    if isinstance(test, nodes.Not):
        return _denied_by(test.node)
    return frozenset()


def _denied_by(test: nodes.Node) -> frozenset[str]:
    """Return what is certainly there where a test does not hold."""
    if isinstance(test, nodes.Not):
        return _shown_by(test.node)
    if isinstance(test, nodes.Or):
        return _denied_by(test.left) | _denied_by(test.right)
    return frozenset()
