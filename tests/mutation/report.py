"""What became of the mutants: a table by file, the survivors with our reasons."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

REASONS = Path(__file__).with_name("survivors.toml")
HEAD = """# Mutation check

`./dev mutate` changes `calendars/` and `law/` in small ways, one at a time, and runs the tests that reach the changed
function until one fails. A change that no test notices survives. The run goes on where it was stopped; `--again` tries
the survivors with the tests of today, `--write` writes this page. A floor is held to its own tests, properties run with
10 examples, and no test counts that reads the source or asks another floor. The edge to Django (models, commands, the
stored editions) is tested with databases and is left out here, and so are the command lines and `law/index`, which
lists files. A mutant that uses up its seconds of the processor is killed; being slow on a busy machine kills nothing.
Reasons stand in `tests/mutation/survivors.toml`.
"""


@dataclass(frozen=True)
class Outcome:
    """Hold what the tests said of one mutant."""

    # Failing tests, and a mutant that uses up its seconds of the processor.
    KILLED: ClassVar = frozenset({1, -24})

    file: str
    name: str
    code: int | None

    @property
    def killed(self) -> bool:
        """Tell whether a test noticed."""
        return self.code in self.KILLED


@dataclass(frozen=True)
class Survivor:
    """Hold a mutant that no test noticed: what stood there, what was put there, and why that does not matter."""

    outcome: Outcome
    was: str
    now: str
    why: str = ""

    def __str__(self) -> str:
        return f"{self.outcome.name}\n    - {self.was}\n    + {self.now}\n    {self.why or 'no reason given'}"


def table(outcomes: Sequence[Outcome]) -> str:
    """Draw how many were made, killed and not, file by file, as Markdown."""
    rows = ["| file | mutants | killed | survived | not tried | score |", "|---|--:|--:|--:|--:|--:|"]
    files = sorted({o.file for o in outcomes})
    for file in [*files, ""]:
        held = [o for o in outcomes if file in ("", o.file)]
        tried = [o for o in held if o.code is not None]
        killed = sum(o.killed for o in tried)
        score = f"{100 * killed / len(tried):.1f} %" if tried else "—"
        rows.append(
            f"| {f'`{file}`' if file else '**all**'} | {len(held)} | {killed} | {len(tried) - killed}"
            f" | {len(held) - len(tried)} | {score} |"
        )
    return "\n".join(rows)


def survivors(outcomes: Iterable[Outcome]) -> list[Survivor]:
    """Find what each surviving mutant changed, and the reason on file for it."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    reasons = {
        (r["file"], r["was"], now): r["why"]
        for r in tomllib.loads(REASONS.read_text("utf-8"))["survivor"]
        for now in ([r["now"]] if isinstance(r["now"], str) else r["now"])
    }
    found = []
    for outcome in outcomes:
        if outcome.killed or outcome.code is None:
            continue
        lines = get_diff_for_mutant(outcome.name, path=Path(outcome.file)).splitlines()[2:]
        was, now = ("\n".join(x[1:].strip() for x in lines if x.startswith(sign)) for sign in "-+")
        found.append(Survivor(outcome, was, now, reasons.get((outcome.file, was, now), "")))
    return found


def page(outcomes: Sequence[Outcome]) -> tuple[str, list[Survivor]]:
    """Write the page on the check, and list the survivors that nobody has accounted for."""
    held = survivors(outcomes)
    untried = sum(o.code is None for o in outcomes)
    note = (
        [
            f"The run written down here was not finished: {untried} mutants have not been tried with the tests of today.\n"
        ]
        if untried
        else []
    )
    parts = [HEAD, *note, "## By file\n", table(outcomes), "\n## Survivors\n"]
    for file in sorted({s.outcome.file for s in held}):
        parts.append(f"### `{file}`\n")
        for s in held:
            if s.outcome.file == file:
                parts.append(f"```diff\n- {s.was}\n+ {s.now}\n```\n\n{s.why or 'Not accounted for.'}\n")
    return "\n".join(parts).rstrip() + "\n", [s for s in held if not s.why]
