"""The papers: catalogue, wording, composing, numbering, freezing, rendering, lint."""

from typing import Any

_HOMES = {
    "compose": "letters.compose_paper",
    "compose_for_office": "letters.own.in_force",
    "Composed": "letters.compose_paper",
    "check_glyphs": "letters.render_paper",
    "seal": "letters.freeze",
    "render": "letters.render_paper",
    "render_draft": "letters.render_paper",
}
__all__ = ["Composed", "check_glyphs", "compose", "compose_for_office", "render", "render_draft", "seal"]


def __getattr__(name: str) -> Any:
    # Models cannot be imported before Django has loaded the apps, of which this package is one.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(name)
