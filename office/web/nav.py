"""Main navigation: each floor above registers its entries, the base page shows them by role."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch

from .addresses import address_of


@dataclass(frozen=True)
class Entry:
    """One entry: its label, the URL name, the roles that see it (empty: every signed-in person)."""

    label: str
    url_name: str
    roles: frozenset[str]
    order: int
    prefix: str


_entries: dict[str, Entry] = {}


def register(
    label: str, url_name: str, *, roles: tuple[str, ...] = (), order: int = 50, prefix: str = ""
) -> None:
    """Add an entry to the staff navigation; called once from an AppConfig's ready().

    `prefix` is the path under which the entry counts as current (default: its own address).
    """
    _entries[url_name] = Entry(label, url_name, frozenset(str(role) for role in roles), order, prefix)


def entries_for(roles: frozenset[str], path: str) -> list[dict[str, object]]:
    """List the entries that a person with `roles` sees, in order, marking the current one."""
    shown: list[dict[str, object]] = []
    best = ("", -1)
    for entry in sorted(_entries.values(), key=lambda e: e.order):
        if entry.roles and not entry.roles & roles:
            continue
        try:
            url = address_of(entry.url_name)
        except NoReverseMatch as error:
            raise LookupError(f"navigation entry {entry.label} names no page: {entry.url_name}") from error
        prefix = entry.prefix or url
        if path.startswith(prefix) and len(prefix) > len(best[0]):
            best = (prefix, len(shown))
        shown.append({"label": entry.label, "url": url, "current": False})
    if best[1] >= 0:
        shown[best[1]]["current"] = True
    return shown
