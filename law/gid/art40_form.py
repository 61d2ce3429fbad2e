"""条例第四十条: in the form asked for, as far as the way the information is kept allows."""

from __future__ import annotations

from dataclasses import dataclass

#: Forms that harm no carrier and cost little: a digital copy, or looking at it and taking notes.
GENTLE = ("electronic", "reading")


@dataclass(frozen=True, slots=True)
class Form:
    """Hold the form in which information is provided, and whether the file must say why it is another one."""

    form: str
    reason_needed: bool


def provide_in(asked: str, held: tuple[str, ...], *, endangers_carrier: bool, costs_too_much: bool) -> Form:
    """Tell the form in which information is provided.

    :param asked: the form the applicant asked for (paper, electronic, disc, reading)
    :param held: the forms in which it can be provided as it is kept, the best first; never empty
    :param endangers_carrier: the form asked for may harm the carrier
    :param costs_too_much: the form asked for costs too much
    """
    if asked in held and not endangers_carrier and not costs_too_much:
        return Form(asked, False)
    if endangers_carrier or costs_too_much:
        found = next((form for form in GENTLE if form != asked and form in held), "reading")
    else:
        found = held[0]
    return Form(found, found != asked)
