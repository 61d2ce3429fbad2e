"""Draw the machine: a Mermaid diagram and the permission grid, both from its own declaration."""

from __future__ import annotations

from office.roles import Role
from workflow.machine import ACTS, Act, State

HEADER = """# The case machine

Drawn from `workflow/machine.py` by `./dev manage drawmachine`; a test compares it with the code.
Every act goes through `workflow/fire.py`, which also checks separation of duties and the act's conditions.

States without a road yet: {unreached}.
"""


def permitted(state: str, role: str, act: str) -> bool:
    """Tell whether the machine lets a role try an act in a state, conditions apart."""
    row = ACTS[act]
    return role in row.by and State(state) in row.source


def grid() -> str:
    """Write the whole grid, one line for each state and act: who may. The golden file of permissions."""
    lines = []
    for state in State:
        for act in ACTS:
            roles = [role for role in Role.values if permitted(state, role, act)]
            if roles:
                lines.append(f"{state.value:<14} {act:<22} {' '.join(roles)}")
    return "\n".join(lines) + "\n"


def document() -> str:
    """Write docs/machine.md."""
    reached = {State.SUBMITTED}
    for row in ACTS.values():
        reached.update(ends(row, State.SUBMITTED) if row.target is None and not row.targets else targets(row))
    unreached = "、".join(f"{s.label} `{s.value}`" for s in State if s not in reached)
    parts = [
        HEADER.format(unreached=unreached),
        "```mermaid",
        *diagram(),
        "```",
        "",
        *acts_table(),
        "",
        *grid_table(),
    ]
    return "\n".join(parts) + "\n"


def targets(row: Act) -> tuple[State, ...]:
    """Return the states an act may lead to; none when it leaves the state as it is."""
    return row.targets or ((row.target,) if row.target is not None else ())


def ends(row: Act, state: State) -> tuple[State, ...]:
    """Return where an act leads from one state."""
    return targets(row) or (state,)


def diagram() -> list[str]:
    """Draw the transitions that change the state as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> submitted: 提出申请"]
    lines += [f"    {state.value}: {state.label}" for state in State]
    roads: dict[tuple[str, str], list[str]] = {}
    for row in ACTS.values():
        for source in row.source:
            for target in targets(row):
                if target != source:
                    roads.setdefault((source.value, target.value), []).append(row.label)
    lines += [f"    {a} --> {b}: {'、'.join(labels)}" for (a, b), labels in roads.items()]
    return [*lines, "    archived --> [*]"]


def acts_table() -> list[str]:
    """List every act with its article, conditions, paper and desk task."""
    lines = [
        "## Acts",
        "",
        "| act | 名称 | article | from | to | by | conditions | paper | clock |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in ACTS.values():
        lines.append(
            f"| `{row.name}` | {row.label} | {row.article} | {_labels(row.source)} | {_labels(targets(row)) or '—'} "
            f"| {_roles(row.by)} | {', '.join(f'`{c.__name__}`' for c in row.conditions) or '—'} "
            f"| {', '.join(f'`{p}`' for p in row.papers) or '—'} "
            f"| {', '.join(f'`{e}`' for e in row.clock) or '—'} |"
        )
    return lines


def grid_table() -> list[str]:
    """Draw who may do what in which state: the letters of a cell are the roles."""
    states = [state for state in State if any(state in row.source for row in ACTS.values())]
    lines = ["## Who may, when", "", "| act | " + " | ".join(s.label for s in states) + " |"]
    lines.append("|---" * (len(states) + 1) + "|")
    for row in ACTS.values():
        cells = [_roles(row.by) if state in row.source else "" for state in states]
        lines.append(f"| {row.label} | " + " | ".join(cells) + " |")
    return lines


def _labels(states: tuple[State, ...]) -> str:
    return "、".join(state.label for state in states)


def _roles(roles: frozenset[str]) -> str:
    return "、".join(Role(role).label for role in Role.values if role in roles)
