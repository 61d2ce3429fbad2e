"""Remember where a person left off in a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from office.models import User
from workflow.models import HoldingVersion, RoomPlace
from workflow.redaction_kinds import Layer

ZOOMS = (50, 75, 100, 125, 150, 200)
TURNS = (0, 90, 180, 270)


def remember(
    *,
    version: HoldingVersion,
    by: User,
    now: dt.datetime,
    page: int,
    zoom: int,
    turn: int,
    hidden: Sequence[str],
) -> None:
    """Keep page, zoom, turn and hidden layers of a person in a document, where they have changed."""
    values = {
        "page": page, "zoom": zoom if zoom in ZOOMS else 100, "turn": turn if turn in TURNS else 0,
        "hidden": [layer for layer in hidden if layer in Layer.values],
    }  # fmt: skip
    held = RoomPlace.objects.filter(version=version, user=by)
    if not held.filter(**values).exists() and not held.update(**values, left_at=now):
        RoomPlace.objects.get_or_create(version=version, user=by, defaults={**values, "left_at": now})
