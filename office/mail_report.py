"""Read what a mail server reports about a message it was given (RFC 3464): delivered, or come back."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage, Message

from .errors import Refusal

DELIVERED, FAILED, WAITING = "delivered", "failed", "waiting"
#: What a server says it did, in our words; "relayed" and "expanded" promise nothing more.
ACTIONS = {
    "delivered": DELIVERED, "failed": FAILED, "delayed": WAITING, "relayed": WAITING, "expanded": WAITING,
}  # fmt: skip


@dataclass(frozen=True)
class Report:
    """One report: the message it is about, what became of it, and the server's status code (5.1.1)."""

    message_id: str
    outcome: str
    status: str


def read(raw: bytes) -> Report:
    """Read a delivery status notification. Raises Refusal for a message that is none or names no message of its own."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    if (
        message.get_content_type() != "multipart/report"
        or message.get_param("report-type") != "delivery-status"
    ):
        raise Refusal("no_report", "这不是邮件系统的送达报告（multipart/report），没有登记")
    outcome, status = _outcome(message)
    if not outcome:
        raise Refusal("no_status", "送达报告里没有收件人的状态，没有登记")
    message_id = _original(message)
    if not message_id:
        raise Refusal("no_original", "送达报告没有附原邮件的标识，不知道是哪一封，请手工登记")
    return Report(message_id, outcome, status)


def _outcome(message: Message) -> tuple[str, str]:
    """Return the worst of what became of the message over its recipients, with its status."""
    found: list[tuple[str, str]] = []
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.get_payload():
                if isinstance(block, Message) and (action := str(block.get("Action", "")).strip().lower()):
                    found.append((ACTIONS.get(action, WAITING), str(block.get("Status", "")).strip()))
    for outcome in (FAILED, WAITING, DELIVERED):
        if told := next((pair for pair in found if pair[0] == outcome), None):
            return told
    return "", ""


def _original(message: Message) -> str:
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload(0)
            if isinstance(inner, Message) and inner.get("Message-ID"):
                return str(inner["Message-ID"]).strip()
        if kind == "text/rfc822-headers":
            held = part.get_content() if isinstance(part, EmailMessage) else part.get_payload()
            headers = email.message_from_string(str(held), policy=email.policy.default)
            if headers.get("Message-ID"):
                return str(headers["Message-ID"]).strip()
    return ""
