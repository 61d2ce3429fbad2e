"""Mails: headers, bodies in whatever coding, attachments."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.header import decode_header
from email.message import Message
from typing import TYPE_CHECKING

from workflow.review.redaction.probe.pieces import Data, Piece, Text, Unread, decoded, markup

if TYPE_CHECKING:
    from workflow.review.redaction.probe.kinds import Reader

_ENCRYPTED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
#: What such a part holds legibly: something signed, certificates.
_IN_THE_OPEN = {"signed-data", "certs-only"}


def mail_pieces(data: bytes, where: str, reader: Reader) -> Iterator[Piece]:
    """Yield the parts of a mail."""
    from workflow.review.redaction.probe.kinds import pieces_of, written_within

    place = f"{where} › " if where else ""
    yield Data(where or "文件原始字节", data, faint=True)
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for number, part in enumerate(message.walk()):
        yield Text(f"{place}邮件头", _headers(part))
        if part.is_multipart():
            # Text before the first and behind the last boundary is shown by no program.
            yield Text(f"{place}邮件正文", "\n".join(filter(None, (part.preamble, part.epilogue))))
            continue
        body = part.get_payload(decode=True)
        if not isinstance(body, bytes):
            continue
        if part.get_content_type() in _ENCRYPTED and part.get_param("smime-type") not in _IN_THE_OPEN:
            yield Unread(f"{place}邮件正文", "已加密")
        name = _plain(part.get_filename() or "")
        if name or part.get_content_maintype() not in ("text", "multipart"):
            name = name or f"part{number}"
            yield from pieces_of(body, name, f"{place}附件 {name}", reader)
            continue
        charset = part.get_content_charset() or ""
        if part.get_content_subtype() == "html":
            yield from markup(f"{place}邮件正文", _recoded(body, charset))
        else:
            yield Text(f"{place}邮件正文", decoded(_recoded(body, charset)))
            yield Data(f"{place}邮件正文", body)
            yield from written_within(decoded(_recoded(body, charset)), f"{place}邮件正文", reader)


def _headers(part: Message) -> str:
    return "\n".join(f"{name}: {_plain(str(value))}" for name, value in part.items())


def _plain(header: str) -> str:
    words = []
    for word, charset in decode_header(header):
        if isinstance(word, bytes):
            words.append(decoded(_recoded(word, charset or "")))
        else:
            words.append(word)
    return "".join(words)


def _recoded(body: bytes, charset: str) -> bytes:
    try:
        return body.decode(charset).encode("utf-8", "replace") if charset else body
    except (LookupError, UnicodeDecodeError):
        return body
