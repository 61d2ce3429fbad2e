"""Refusals of the letters floor."""

from office.errors import Refusal


class BadFacts(Refusal):
    """Raised when a fact of a paper is missing, blank, unknown or unused; names it."""

    def __init__(self, fact: str, message: str) -> None:
        super().__init__("bad_facts", message, field=fact)
        self.fact = fact


class MissingFact(BadFacts):
    """Raised when a fact of a paper is not there or blank, and nothing else is wrong with it."""


class UnusedFact(BadFacts):
    """Raised when a fact is given that the paper has no use for: most likely it belongs to another kind."""


class UnknownKind(Refusal):
    """Raised for a kind of paper the catalogue does not have."""

    def __init__(self, kind: str) -> None:
        super().__init__("unknown_kind", f"没有“{kind}”这一种文书", field="kind")


class TextChanged(Refusal):
    """Raised when the text to be signed is not the text that was reviewed."""

    def __init__(self) -> None:
        super().__init__("text_changed", "文稿内容与审查时不一致，请重新送审后再签发")


class BadCorrection(Refusal):
    """Raised when a paper is to correct one that is not of the same office and subject."""

    def __init__(self) -> None:
        super().__init__("bad_correction", "只能更正本机关同一件申请的文书", field="corrects")


class CannotTypeset(Refusal):
    """Raised when a text cannot be set: a character without glyph, a cell that does not fit."""

    def __init__(self, message: str) -> None:
        super().__init__("cannot_typeset", message)
