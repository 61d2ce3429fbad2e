"""What `manage.py check` says about the places an installation keeps its secrets in."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Caution

OTHERS = stat.S_IRWXG | stat.S_IRWXO


@register(Tags.security)
def secrets_are_closed(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Warn of keys and files that others on the machine may read."""
    keys = Path(settings.KEY_DIR)
    places = [keys, *sorted(keys.glob("*")), Path(settings.FILES_DIR)]
    return [
        Caution(f"{place} 对本机其他用户开放", hint=f"chmod go= {place}", id="office.W001")
        for place in places
        if place.exists() and place.stat().st_mode & OTHERS
    ]
