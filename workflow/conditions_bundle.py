"""Conditions of bundling: each returns None, or the Chinese sentence that says why not."""

from __future__ import annotations

from typing import Any


def not_bundled(case: Any, by: Any, on: Any) -> str | None:
    """A case follows one lead at most, and a lead follows nobody."""
    if case.bundling():
        return "本件已经并案，须先「撤出并案」"
    return "本件是并案的主件，不能再并入他案" if case.leads_bundle() else None


def bundled(case: Any, by: Any, on: Any) -> str | None:
    """Only a member leaves."""
    return None if case.bundling() else "本件没有并入他案"
