"""Cut a text into the pieces between which a line may end."""

from __future__ import annotations

import re
import unicodedata

# No line begins with these …
NO_START = frozenset("，。、；：？！）〕】》〉」』”’〞％℃‰…—·,.;:?!)]}%°～")
# … and none ends with these.
NO_END = frozenset("（〔【《〈「『“‘〝([{￥$#№")
# Their blank half may be squeezed: behind these, in front of those.
SQUEEZE_AFTER = frozenset("，。、；：？！）〕】》〉」』”’")
SQUEEZE_BEFORE = frozenset("（〔【《〈「『“‘")
# A number keeps its measure word: 2026年, 12号, 20个.
MEASURE = "年月日号条款项个件份元页次份天人"
TOKEN = re.compile(
    r"[0-9]+(?:[.,:][0-9]+)*(?:[" + MEASURE + r"％%]|(?![A-Za-z0-9@/_\-]))"
    r"|[A-Za-z0-9](?:[A-Za-z0-9._\-/:@&=?#+~,%]*[A-Za-z0-9/%])?"
    r"|——|……|…|—"
    r"|[ ]+"
)
SOFT = frozenset("/-._@?&=:,#+~")


def pieces(text: str) -> list[str]:
    """Return the pieces of a text: a number or a word whole, a Chinese character alone."""
    found: list[str] = []
    at = 0
    while at < len(text):
        match = TOKEN.match(text, at)
        piece = match.group() if match else text[at]
        at += len(piece)
        while at < len(text) and unicodedata.combining(text[at]):
            piece += text[at]
            at += 1
        found.append(piece)
    return found


def legal(before: str, after: str) -> bool:
    """Return whether a line may end between two characters."""
    return after not in NO_START and before not in NO_END and after != " "


def kern(before: str, after: str) -> float:
    """Return by how much two marks in a row close up, in ems: their facing blanks are set as one."""
    behind = before in SQUEEZE_AFTER and (after in SQUEEZE_AFTER or after in SQUEEZE_BEFORE)
    in_front = before in SQUEEZE_BEFORE and after in SQUEEZE_BEFORE
    return -0.5 if behind or in_front else 0.0


def soft_cuts(piece: str) -> list[int]:
    """Return where an over-long word may be cut: after its signs."""
    return [n + 1 for n, char in enumerate(piece[:-1]) if char in SOFT and piece[n + 1] not in NO_START]
