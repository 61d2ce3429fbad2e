"""`remedy`: the remedy clause for an outcome, an office kind and a day of signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import TextIO

from calendars.errors import CalendarError
from law.cli.common import BAD_INPUT, OK, Parser, day, dumps, refusal, told
from law.errors import LawError
from law.remedies import Remedy, remedy
from law.remedies.kinds import generic
from law.values import Certainty, Overrides

CERTAINTY = {
    Certainty.VERIFIED: "原文已核",
    Certainty.SECOND_HAND: "转引，未见原文",
    Certainty.GENERAL: "通行认识",
    Certainty.PRACTICE: "实践做法",
    Certainty.DISPUTED: "有争议",
}


def _remedy(argv: Sequence[str], today: str, overrides: Overrides | None) -> tuple[Remedy, bool]:
    parser = Parser(prog="remedy", description="救济途径：按处理结果、机关类型和答复落款日。")
    parser.add_argument("--outcome", required=True, help="处理结果，如 refuse_state_secret；或者程序性文书")
    parser.add_argument(
        "--office-kind", required=True, help="如 county_department、city_government、township、tax"
    )
    parser.add_argument("--region", default="", help="行政区划名称，如 清源县（用于写明本级人民政府）")
    parser.add_argument("--on", metavar="DATE", default=today, help="答复落款日")
    parser.add_argument("--json", action="store_true", dest="as_json")
    options = parser.parse_args(list(argv))
    facts = replace(generic(options.office_kind, region=options.region.strip()), readings=overrides or {})
    return remedy(options.outcome, facts, day(options.on, "on")), options.as_json


def _plain(found: Remedy, out: TextIO) -> None:
    out.write(f"类别　{found.cls}\n")
    if found.cls == "P":
        out.write("程序性文书，不写救济途径。\n" + (f"{found.sentence}\n" if found.sentence else ""))
    else:
        out.write(f"复议机关　{found.body}\n法院　{found.court}\n{found.sentence}\n")
    out.write(f"依据　{found.citation}〔{CERTAINTY[Certainty(found.certainty)]}〕\n")


def run(
    argv: Sequence[str],
    *,
    stdin: TextIO,
    stdout: TextIO,
    stderr: TextIO,
    today: str,
    overrides: Overrides | None = None,
) -> int:
    """Answer one call of `remedy` and give its exit code.

    :param today: the day of signature where none is given, as text
    :param overrides: readings that an installation goes by, where it has set some
    """
    try:
        found, as_json = _remedy(argv, today, overrides)
    except (LawError, CalendarError) as error:
        stderr.write(f"{told(error)}\n")
        if "--json" in argv:
            stdout.write(dumps(refusal(error)) + "\n")
        return BAD_INPUT
    if as_json:
        stdout.write(dumps({"class": found.cls, **asdict(found)}) + "\n")
    else:
        _plain(found, stdout)
    return OK
