"""Send an e-mail that says as little as it can: a number and a link, no names."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage

#: A file that goes along: its name, its content, its type.
Attached = tuple[str, bytes, str]


def send(
    *, to: str, subject: str, text: str, attached: Sequence[Attached] = (), message_id: str = ""
) -> None:
    """Send one plain-text message by Django's mail backend; raises what the backend raises.

    :param message_id: by which a report of its delivery will name it; the backend's own where none is given
    """
    headers = {"Message-ID": message_id} if message_id else {}
    message = EmailMessage(
        subject=subject, body=text, from_email=settings.DEFAULT_FROM_EMAIL, to=[to], headers=headers
    )
    for name, content, kind in attached:
        message.attach(name, content, kind)
    message.send()
