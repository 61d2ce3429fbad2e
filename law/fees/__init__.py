"""Information processing fee (信息处理费) by item or by page, progressive: 国办函〔2020〕109号."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from law.errors import LawError
from law.fees.tariff import in_force, tariffs
from law.values import Overrides, text


class BadFee(LawError):
    """Say that a fee cannot be computed from what was given."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """Hold one bracket: from which to which number, how many fall in it, at how much each, and the amount (元)."""

    first: int
    last: int
    count: int
    each: int
    amount: int


@dataclass(frozen=True, slots=True)
class Fee:
    """Hold a computed fee in 元 with its brackets; `basis` is items or pages, never both for one request."""

    basis: str
    count: int
    total: int
    brackets: tuple[Bracket, ...]
    citation: str


def _tariff(on: date) -> dict[str, Any]:
    found = in_force(on)
    if found is None:
        first = tariffs()[0]["from"]
        raise BadFee(
            f"{on} 时尚未实行信息处理费（国办函〔2020〕109号自{first.year}年{first.month}月{first.day}日起施行），不能收取。"
        )
    return found


#: More than anybody asks for or is given; a higher count is a slip of the pen.
MOST = 1_000_000


def _whole(count: int, what: str) -> int:
    if count < 0:
        raise BadFee(f"{what}不能是负数（{count}）。")
    if count > MOST:
        raise BadFee(f"{what}不能超过{MOST}（{count}）。")
    return count


def _brackets(steps: list[tuple[int, int]], above: int, count: int) -> tuple[Bracket, ...]:
    """Spread numbers above + 1 … above + count over steps of (last number, amount each)."""
    found = []
    low = 1
    for last, each in steps:
        first, end = max(low, above + 1), min(last, above + count)
        if first <= end:
            found.append(Bracket(first, end, end - first + 1, each, (end - first + 1) * each))
        low = last + 1
    return tuple(found)


def _item_steps(tariff: dict[str, Any], upto: int) -> list[tuple[int, int]]:
    steps = [(int(s["upto"]), int(s["each"])) for s in tariff["items"]]
    beyond = tariff["items_beyond"]
    last, each = steps[-1][0], int(beyond["first_each"])
    while last < upto:
        last += int(beyond["step"])
        steps.append((last, each))
        each += int(beyond["step_each"])
    return steps


def item_rate(nth: int, on: date) -> int:
    """Tell what the n-th item of an applicant's month costs, in 元.

    :raises BadFee: below 1, and before 2021-01-01
    """
    if nth < 1:
        raise BadFee(f"件数应从 1 起，不能是 {nth}。")
    return items_fee(1, on, already=nth - 1).total


def items_fee(count: int, on: date, *, already: int = 0) -> Fee:
    """Compute the fee by item (按件) for one applicant and office in one calendar month.

    :param count: items charged now
    :param on: the day of legal receipt, whose month and tariff count
    :param already: items of the same month before these
    """
    tariff = _tariff(on)
    _whole(count, "件数")
    _whole(already, "当月已申请件数")
    brackets = _brackets(_item_steps(tariff, already + count), already, count)
    return Fee("items", count, sum(b.amount for b in brackets), brackets, tariff["citation"])


def pages_fee(count: int, on: date) -> Fee:
    """Compute the fee by page (按量) for one request: A4 sides provided, not summed over requests.

    :param count: pages (one A4 side each)
    """
    tariff = _tariff(on)
    _whole(count, "页数")
    steps = [(int(s["upto"]), int(s["each"])) for s in tariff["pages"]]
    steps.append((count, int(tariff["pages_beyond"]["each"])))
    brackets = _brackets(steps, 0, count)
    return Fee("pages", count, sum(b.amount for b in brackets), brackets, tariff["citation"])


def month_fee(day: date, *, items: int, earlier: Iterable[tuple[date, int]]) -> Fee:
    """Compute the fee by item of one request of an applicant at an office, on top of those of the same month.

    :param day: the day of the request as `month_day` gives it
    :param items: items of the request, taken apart by 一事一申请
    :param earlier: (day, items) of the applicant's requests to the same office before this one; those of other
        months are left out
    """
    already = sum(n for on, n in earlier if (on.year, on.month) == (day.year, day.month))
    return items_fee(items, day, already=already)


def by_arrival(received_on: date, overrides: Overrides | None = None) -> bool:
    """Say whether an office adds up a month by the day of arrival, not of legal receipt (READINGS R19)."""
    return text("fees.month_by", received_on, overrides) == "arrived"


def month_day(received_on: date, arrived_on: date, overrides: Overrides | None = None) -> date:
    """Tell the day whose calendar month and tariff a request's items belong to (READINGS R19).

    :raises BadFee: before 2021-01-01
    """
    _tariff(received_on)
    return arrived_on if by_arrival(received_on, overrides) else received_on


def request_fee(on: date, *, items: int | None = None, already: int = 0, pages: int | None = None) -> Fee:
    """Compute the fee of one request by the one basis chosen; both at once are refused (第三条)."""
    if (items is None) == (pages is None):
        raise BadFee("每件申请只能在按件、按量中选一种计收。")
    if pages is not None:
        return pages_fee(pages, on)
    assert items is not None
    return items_fee(items, on, already=already)
