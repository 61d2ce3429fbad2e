"""`fee`: the information processing fee by item or by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TextIO

from law.cli.common import BAD_INPUT, OK, BadInput, Parser, day, dumps, refusal, told, whole
from law.errors import LawError
from law.fees import BadFee, Fee, items_fee, pages_fee


def _fee(argv: Sequence[str], today: str) -> tuple[Fee, bool]:
    parser = Parser(
        prog="fee",
        description="信息处理费：按件（同一申请人一个自然月）或按量（单件申请的页数），只能选一种。",
    )
    parser.add_argument("basis", choices=("items", "pages"))
    parser.add_argument("--count", metavar="N", required=True, help="件数或者页数")
    parser.add_argument("--already", metavar="N", default="0", help="同一申请人当月此前的件数（只用于按件）")
    parser.add_argument("--on", metavar="DATE", default=today, help="收到申请之日")
    parser.add_argument("--json", action="store_true", dest="as_json")
    options = parser.parse_args(list(argv))
    on = day(options.on, "on")
    count = whole(options.count, "count")
    already = whole(options.already, "already")
    if already and options.basis == "pages":
        raise BadInput("already", "按量以单件申请分别计页，不跨件累计。")
    try:
        fee = items_fee(count, on, already=already) if options.basis == "items" else pages_fee(count, on)
    except BadFee as error:
        # The numbers were read above; what is left to refuse is the day.
        raise BadInput("on", error.message) from None
    return fee, options.as_json


def run(argv: Sequence[str], *, stdin: TextIO, stdout: TextIO, stderr: TextIO, today: str) -> int:
    """Answer one call of `fee` and give its exit code.

    :param today: the day whose tariff counts where none is given, as text
    """
    try:
        fee, as_json = _fee(argv, today)
    except LawError as error:
        stderr.write(f"{told(error)}\n")
        if "--json" in argv:
            stdout.write(dumps(refusal(error)) + "\n")
        return BAD_INPUT
    stdout.write((dumps(asdict(fee)) if as_json else str(fee.total)) + "\n")
    return OK
