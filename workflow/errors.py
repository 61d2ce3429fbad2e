"""Typed reasons for which an act on a case is refused."""

from office.errors import Refusal


class CaseRefusal(Refusal):
    """An act on a case was refused; nothing was written."""


class WrongState(CaseRefusal):
    """The case is not in a state from which the act leads on."""


class NotYourRole(CaseRefusal):
    """The actor holds none of the roles that may do the act in this office."""


class NotSeparated(CaseRefusal):
    """The same person may not do both duties."""


class NotNow(CaseRefusal):
    """A condition of the act does not hold; the message says which."""


class Stale(CaseRefusal):
    """Somebody else acted on the case after the actor last saw it."""


class Busy(CaseRefusal):
    """Others hold the case or a number series for longer than a person should wait; nothing was done."""


class MissingPaper(CaseRefusal):
    """The act was attempted without the paper it cannot happen without."""


class BadRequest(CaseRefusal):
    """What was handed over for the act does not hold together."""
