"""Send an e-mail that says as little as it can: a number and a link, no names."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage


def send(*, to: str, subject: str, text: str) -> None:
    """Send one plain-text message by Django's mail backend; raises what the backend raises."""
    EmailMessage(subject=subject, body=text, from_email=settings.DEFAULT_FROM_EMAIL, to=[to]).send()
