"""Remember where a person left off in a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from office.models import User
from workflow.models import HoldingVersion, RoomPlace
from workflow.redaction_kinds import Layer

ZOOMS = (50, 75, 100, 125, 150, 200)
TURNS = (0, 90, 180, 270)


def remember(
    *, version: HoldingVersion, by: User, now: dt.datetime, held: RoomPlace | None, page: int, zoom: int, turn: int,
    hidden: Sequence[str],
) -> None:  # fmt: skip
    """Keep page, zoom, turn and hidden layers of a person in a document, where they have changed.

    :param held: where they left off before, if they were there
    """
    values: dict[str, Any] = {
        "page": page, "zoom": zoom if zoom in ZOOMS else 100, "turn": turn if turn in TURNS else 0,
        "hidden": [layer for layer in hidden if layer in Layer.values],
    }  # fmt: skip
    if held is None:
        RoomPlace.objects.bulk_create(
            [RoomPlace(version=version, user=by, left_at=now, **values)], ignore_conflicts=True
        )
    elif any(getattr(held, name) != value for name, value in values.items()):
        RoomPlace.objects.filter(pk=held.pk).update(**values, left_at=now)
