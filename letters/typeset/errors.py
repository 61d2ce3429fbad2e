"""What can be wrong with a text that is to be typeset."""

import unicodedata


class TypesetError(ValueError):
    """The text cannot be set; the message is Chinese and says why."""


class MissingGlyph(TypesetError):
    """No installed face has this character."""

    def __init__(self, char: str) -> None:
        self.char = char
        name = unicodedata.name(char, "未命名字符")
        shown = char if char.isprintable() else " "
        super().__init__(
            f"现有字体都没有“{shown}”（U+{ord(char):04X}，{name}）。请核对该字，或者在字体目录中放入含有该字的字体。"
        )


class TooLong(TypesetError):
    """A piece of text does not fit where it must stand."""


class NoPlaceForSeal(TypesetError):
    """A seal is to be set on a paper that nobody signs."""


class StrayMark(TypesetError):
    """A mark that belongs above or below a letter stands twice over it, or over none."""

    def __init__(self, mark: str) -> None:
        self.char = mark
        super().__init__(f"附加符号（U+{ord(mark):04X}）重复了，或者前面没有可以附加的文字，请删去")
