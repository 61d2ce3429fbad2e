"""`remedy`: the remedy clause for an outcome, an office kind and a day of signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TextIO

from calendars.errors import CalendarError
from law.cli.common import BAD_INPUT, OK, Parser, day, dumps, refusal, told
from law.errors import LawError
from law.outcomes import outcome
from law.remedies import OfficeFacts, Remedy, remedy


def _remedy(argv: Sequence[str], today: str) -> tuple[Remedy, bool]:
    parser = Parser(prog="remedy", description="救济途径：按处理结果、机关类型和答复落款日。")
    parser.add_argument("--outcome", required=True)
    parser.add_argument(
        "--office-kind", required=True, help="如 department、county_department、city_government"
    )
    parser.add_argument("--on", metavar="DATE", default=today, help="答复落款日")
    parser.add_argument("--json", action="store_true", dest="as_json")
    options = parser.parse_args(list(argv))
    facts = OfficeFacts.generic(options.office_kind)
    return remedy(outcome(options.outcome), facts, day(options.on, "on")), options.as_json


def run(argv: Sequence[str], *, stdin: TextIO, stdout: TextIO, stderr: TextIO, today: str) -> int:
    """Answer one call of `remedy` and give its exit code.

    :param today: the day of signature where none is given, as text
    """
    try:
        found, as_json = _remedy(argv, today)
    except (LawError, CalendarError) as error:
        stderr.write(f"{told(error)}\n")
        if "--json" in argv:
            stdout.write(dumps(refusal(error)) + "\n")
        return BAD_INPUT
    if as_json:
        stdout.write(dumps({"class": found.cls, **asdict(found)}) + "\n")
        return OK
    stdout.write(f"类别　{found.cls}\n复议机关　{found.body}\n法院　{found.court}\n{found.sentence}\n")
    stdout.write(f"依据　{found.citation}〔{found.certainty}〕\n")
    return OK
