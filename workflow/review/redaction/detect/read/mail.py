"""Texts of a mail: its head, its body, and the files that hang on it."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser

from workflow.review.redaction.detect.read.markup import html_text
from workflow.review.redaction.detect.read.part import MOST_PARTS, decoded
from workflow.review.redaction.errors import BadSource

_HEADS = (
    ("From", "发件人"),
    ("To", "收件人"),
    ("Cc", "抄送人"),
    ("Bcc", "密送"),
    ("Reply-To", "回复至"),
    ("Date", "日期"),
    ("Subject", "主题"),
)


def mail_texts(data: bytes, name: str) -> tuple[str, list[tuple[str, bytes]]]:
    """This function will give the text of a mail, and the files that hang on it with their names.

    :raises BadSource: where it is damaged
    """
    try:
        mail = BytesParser(policy=policy.default).parsebytes(data)
        lines = [f"{label}：{' '.join(str(mail[head]).split())}" for head, label in _HEADS if mail.get(head)]
        bodies, files = [], []
        for number, part in enumerate(_leaves(mail)):
            if number > MOST_PARTS:
                raise BadSource(f"{name}的层次过多，请打印为 PDF 后再检查")
            content = part.get_payload(decode=True)
            content = content if isinstance(content, bytes) else b""
            if part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text":
                files.append((part.get_filename() or "附件", content))
            elif part.get_content_subtype() == "html":
                bodies.append(html_text(content))
            else:
                bodies.append(_text(part, content, name))
    except (MessageError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise BadSource(f"{name}作为邮件无法读取，可能已损坏；请打印为 PDF 后再检查") from error
    return "\n".join([*lines, "", *bodies]), files


def _leaves(mail: EmailMessage) -> Iterator[EmailMessage]:
    return (part for part in mail.walk() if not part.is_multipart())


def _text(part: EmailMessage, content: bytes, name: str) -> str:
    coding = part.get_content_charset()
    if coding:
        return content.decode(coding, "replace").replace("\r\n", "\n")
    return decoded(content, name).replace("\r\n", "\n")
