"""Search a file, and every file in it, for secrets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workflow.review.redaction.errors import BadSource
from workflow.review.redaction.findings import FRAGMENT, WHOLE, Finding
from workflow.review.redaction.folded import fold
from workflow.review.redaction.probe.pieces import Data, Note, Piece, Text, Unread
from workflow.review.redaction.probe.secrets import Secret, Secrets


@dataclass
class Report:
    """What was found, and what could not be looked at.

    :param findings: sorted by secret, each place once
    :param unread: parts that could not be opened; with one of them a file is not clean, only not found out
    :param notes: what limits the search, such as a missing engine for pictures
    :param looked: how many texts and series of bytes were searched
    """

    findings: list[Finding] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    looked: int = 0

    @property
    def clean(self) -> bool:
        """Whether everything was looked at and nothing was found."""
        return not self.findings and not self.unread


def probe(
    source: Path | bytes,
    secrets: Sequence[str],
    *,
    names: Sequence[str] | None = None,
    read: bool = True,
    most_read: int = 50,
) -> Report:
    """Search a file for secrets in every place where something can hide, and say where each was found.

    :param source: a file or its bytes: PDF, picture, office document, archive, mail, HTML, text, told apart by content
    :param secrets: strings; width, case, spaces and the separators of numbers do not count
    :param names: what to call each in a finding, which never repeats it; “第1项” and so on by default
    :param read: whether pictures are read, where the machine has an engine
    :param most_read: so many pages and pictures are read at most; a note says where the reading stopped
    :raises BadSource: where the file is missing, damaged or locked
    """
    # Readers of kinds call each other for files in files; the one that tells kinds apart is loaded last.
    from workflow.review.redaction.probe.kinds import Reader, pieces_of

    if isinstance(source, Path):
        try:
            data = source.read_bytes()
        except FileNotFoundError as error:
            raise BadSource(f"文件不存在：{source}") from error
        except OSError as error:
            raise BadSource(f"文件无法读取：{source}（{error.strerror}）") from error
        name = source.name
    else:
        data, name = source, ""
    return search(pieces_of(data, name, "", Reader(read, most_read)), Secrets(secrets, names))


def search(pieces: Iterable[Piece], secrets: Secrets) -> Report:
    """Search pieces for secrets; a faint trace is told only where the secret is not found more plainly."""
    report = Report()
    plain: dict[tuple[int, str], Finding] = {}
    faint: dict[tuple[int, str], Finding] = {}
    for piece in pieces:
        if isinstance(piece, Unread):
            report.unread.append(piece)
        elif isinstance(piece, Note):
            if piece.text not in report.notes:
                report.notes.append(piece.text)
        else:
            report.looked += 1
            kept = faint if piece.faint else plain
            for secret, how in _found(piece, secrets):
                _keep(kept, secret, how, piece)
    known = {(number, finding.how) for (number, _), finding in plain.items()}
    whole = {number for number, how in known if how == WHOLE}
    for (number, where), finding in faint.items():
        if (number, finding.how) not in known and not (finding.how == FRAGMENT and number in whole):
            plain[number, where] = finding
    report.findings = sorted(plain.values(), key=lambda one: (one.secret, one.page or 0, one.where))
    return report


def _found(piece: Text | Data, secrets: Secrets) -> Iterable[tuple[Secret, str]]:
    if isinstance(piece, Text):
        return secrets.in_text(piece.text, picture=piece.picture, structural=piece.structural)
    return secrets.in_bytes(piece.data, packed=piece.packed)


def _keep(kept: dict[tuple[int, str], Finding], secret: Secret, how: str, piece: Text | Data) -> None:
    where = _without(secret, piece.where or "文件")
    key = (secret.number, where)
    if key in kept and (kept[key].how == WHOLE or how == FRAGMENT):
        return
    kept[key] = Finding(secret.number, secret.name, where, how, piece.page)


def _without(secret: Secret, where: str) -> str:
    """Return the words for a place without parts, such as names of files and sheets, that tell a secret themselves."""
    parts = where.split(" › ")
    return " › ".join("（名称含该内容，从略）" if secret.folded in fold(part) else part for part in parts)
