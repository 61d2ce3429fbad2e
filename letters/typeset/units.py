"""Cut a text into the pieces between which a line may end."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from letters.typeset.errors import StrayMark

# No line begins with these …
NO_START = frozenset("，。、；：？！）〕】》〉」』”’〞％℃‰…—·,.;:?!)]}%°～")
# … and none ends with these. A reader takes a hyphen at a line's end for one that the line end has put in.
NO_END = frozenset("（〔【《〈「『“‘〝([{￥$#№-")
# Their blank half may be squeezed: behind these, in front of those.
SQUEEZE_AFTER = frozenset("，。、；：？！）〕】》〉」』”’")
SQUEEZE_BEFORE = frozenset("（〔【《〈「『“‘")
# A number keeps its measure word: 2026年, 12号, 20个.
MEASURE = "年月日号条款项个件份元页次份天人"
WORD = (
    r"[0-9]+(?:[.,:][0-9]+)*(?:[" + MEASURE + r"％%]|(?![A-Za-z0-9@/_\-]))"
    r"|[A-Za-z0-9](?:[A-Za-z0-9._\-/:@&=?#+~,%]*[A-Za-z0-9/%])?"
    r"|——|……|…|—"
    r"|[ ]+"
)
TOKEN = re.compile(WORD)
PIECE = re.compile(rf"(?s:{WORD}|.)")
#: Characters before which, or behind which, no line ends.
FORBIDDEN = re.compile(f"[{re.escape(''.join(NO_START | NO_END))} ]")
#: Marks that can give of their blank half, behind them or in front of them.
GIVING = re.compile(f"[{''.join(SQUEEZE_AFTER | SQUEEZE_BEFORE)}]")
#: Every second mark of two that close up.
CLOSING = re.compile(
    f"(?<=[{''.join(sorted(SQUEEZE_AFTER))}])[{''.join(SQUEEZE_AFTER | SQUEEZE_BEFORE)}]"
    f"|(?<=[{''.join(SQUEEZE_BEFORE)}])[{''.join(SQUEEZE_BEFORE)}]"
)
SOFT = frozenset("/._@?&=:,#+~")


def is_mark(char: str) -> bool:
    """Say whether a character lies on the one before it: an accent, or a circle or square around it."""
    return bool(unicodedata.combining(char)) or unicodedata.category(char) == "Me"


def pieces(text: str) -> list[str]:
    """Return the pieces of a text: a number or a word whole, a Chinese character alone."""
    if not any(map(is_mark, text)):
        return PIECE.findall(text)
    found: list[str] = []
    at = 0
    while at < len(text):
        match = TOKEN.match(text, at)
        piece = match.group() if match else text[at]
        at += len(piece)
        while at < len(text) and is_mark(text[at]):
            piece += text[at]
            at += 1
        found.append(piece)
    return found


def check_marks(text: str) -> None:
    """Raise StrayMark for a mark set twice over one letter, or over none: a reader loses what lies on it."""
    if not any(map(is_mark, text)):
        return
    for before, char in pairwise(f" {text}"):
        if is_mark(char) and (before == char or unicodedata.category(before)[0] not in "LNM"):
            raise StrayMark(char)


def legal(before: str, after: str) -> bool:
    """Return whether a line may end between two characters."""
    return after not in NO_START and before not in NO_END and after != " "


def kerns(text: str, em: float) -> list[float]:
    """Return the space behind each character: two marks in a row close up, their facing blanks are set as one."""
    found = [0.0] * len(text)
    for match in CLOSING.finditer(text):
        found[match.start() - 1] = -0.5 * em
    return found


def soft_cuts(piece: str) -> list[int]:
    """Return where an over-long word may be cut: after its signs."""
    return [n + 1 for n, char in enumerate(piece[:-1]) if char in SOFT and piece[n + 1] not in NO_START]
