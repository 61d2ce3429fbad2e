"""Carries stored files over to the current encryption key."""

from __future__ import annotations

import time

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from ..keys.ring import ring
from ..models import StoredFile
from .store import exclusive, pack, path_of, read, write


def target() -> int:
    """Return the version files should be sealed with now; 0 when the setting says not to seal."""
    return ring("encryption").current if getattr(settings, "FILES_ENCRYPTED", True) else 0


def carry_over(batch: int = 500) -> int:
    """Re-seal every file that is not under the current key; returns how many. May be broken off and resumed.

    The file is replaced first and its row after: a crash between them leaves a file that reads well, since
    its own header names the key.
    """
    wanted, done, last = target(), 0, 0
    while True:
        todo = StoredFile.objects.exclude(key_version=wanted).filter(pk__gt=last).order_by("pk")
        found = list(todo.values_list("pk", flat=True)[:batch])
        for pk in found:
            while True:
                try:
                    done += _carry(pk, wanted)
                    break
                except BlockingIOError:
                    time.sleep(0.2)  # a backup is at it; waiting holds no lock
            last = pk
        if len(found) < batch:
            return done


def _carry(pk: int, wanted: int) -> int:
    with transaction.atomic():
        stored = StoredFile.objects.select_for_update().filter(pk=pk).first()
        if stored is None:
            return 0
        content = read(stored)
        with exclusive():
            write(path_of(stored.office_id, stored.sha256), pack(content, stored.sha256, wanted))
        stored.key_version = wanted
        stored.save(update_fields=["key_version"])
    return 1


def versions_in_use() -> dict[int, int]:
    """Return how many files each key version seals; files that are not sealed are left out."""
    rows = StoredFile.objects.exclude(key_version=0).values("key_version").annotate(number=Count("pk"))
    return {row["key_version"]: row["number"] for row in rows.order_by("key_version")}
