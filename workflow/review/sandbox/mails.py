"""E-mail: its head, its text, and the names of what hangs on it."""

from __future__ import annotations

from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser

from workflow.review.sandbox.limits import Limits
from workflow.review.sandbox.texts import page_text
from workflow.review.sandbox.unfit import Unfit

SHOWN = (("From", "发件人"), ("To", "收件人"), ("Cc", "抄送"), ("Date", "日期"), ("Subject", "主题"))
MOST_PARTS = 500
BROKEN = "电子邮件已损坏，无法读出，请在邮件软件中打印为 PDF 后上传。"


def text_of(content: bytes, limits: Limits) -> tuple[str, list[str]]:
    """Return a mail as text, and notes on what hangs on it and has to be handed in by itself. Raises Unfit."""
    try:
        mail = BytesParser(policy=policy.default).parsebytes(content)
        lines = [f"{label}：{_header(mail, name)}" for name, label in SHOWN if mail.get(name)]
        parts = _parts(mail)
        names = [part.get_filename() or part.get_content_type() for part in parts if _hangs_on(part)]
        body = "\n".join(_body(part) for part in parts if not _hangs_on(part)).strip()
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, IndexError):
        raise Unfit("file_broken", BROKEN) from None
    if names:
        lines.append(f"附件：{'、'.join(names)}")
    text = "\n".join([*lines, "", body])
    if len(text) > limits.characters:
        raise Unfit("file_heavy", "邮件过长，无法制作工作副本，请拆分后上传。")
    return text, [
        f"邮件带有 {len(names)} 个附件，不在工作副本中；需要公开的请另行上传审查。"
    ] if names else []


def _header(mail: EmailMessage, name: str) -> str:
    return " ".join(str(mail[name]).split())[:2000]


def _parts(mail: EmailMessage) -> list[EmailMessage]:
    found = []
    for part in mail.walk():
        if not part.is_multipart():
            found.append(part)
        if len(found) > MOST_PARTS:
            raise Unfit("file_bomb", "邮件的层次过多，无法接收，请打印为 PDF 后上传。")
    # Two forms of one text: the plain one is read.
    plain = any(part.get_content_type() == "text/plain" for part in found)
    return [
        part
        for part in found
        if not (plain and part.get_content_type() == "text/html" and not _hangs_on(part))
    ]


def _hangs_on(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text"


def _body(part: EmailMessage) -> str:
    raw = part.get_payload(decode=True) or b""
    assert isinstance(raw, bytes)
    charset = part.get_content_charset() or "utf-8"
    try:
        text = raw.decode(charset, "replace")
    except LookupError:
        text = raw.decode("utf-8", "replace")
    text = text.replace("\x00", "")
    return page_text(text) if part.get_content_type() == "text/html" else text
