"""Which columns are under which key: what `rotatekeys` goes through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db import models


@dataclass(frozen=True)
class Column:
    """One column under a key."""

    label: str  # app_label.ModelName
    field: str
    context: str | None = None  # names the field whose value is the context, as "prefix:{field}"
    source: str = ""
    purpose: str = ""
    normalise: Callable[[str], str] | None = None

    @property
    def model(self) -> type[models.Model]:
        """Return the model the column belongs to."""
        return apps.get_model(self.label)

    def __str__(self) -> str:
        return f"{self.label}.{self.field}"


_sealed: dict[tuple[str, str], Column] = {}
_blind: dict[tuple[str, str], Column] = {}
_codes: dict[tuple[str, str], Column] = {}


def _label(model: type[models.Model] | str) -> str:
    return model if isinstance(model, str) else model._meta.label


def register_sealed(model: type[models.Model] | str, field: str, *, context: str | None = None) -> None:
    """Register a column of tokens made by `seal`; `context` is a template over the row's fields."""
    _sealed[_label(model), field] = Column(_label(model), field, context=context)


def register_blind(
    model: type[models.Model] | str,
    field: str,
    *,
    source: str,
    purpose: str,
    normalise: Callable[[str], str] | None = None,
) -> None:
    """Register a column made by `blind` from the sealed column `source` of the same row."""
    _blind[_label(model), field] = Column(
        _label(model), field, source=source, purpose=purpose, normalise=normalise
    )


def register_query_code(model: type[models.Model] | str, field: str) -> None:
    """Register a column made by `hash_query_code`: never re-hashed, but it keeps its key in use."""
    _codes[_label(model), field] = Column(_label(model), field)


def sealed_columns() -> list[Column]:
    """Return all columns of sealed tokens."""
    return [_sealed[k] for k in sorted(_sealed) if _known(_sealed[k])]


def blind_columns() -> list[Column]:
    """Return all columns of keyed hashes."""
    return [_blind[k] for k in sorted(_blind) if _known(_blind[k])]


def code_columns() -> list[Column]:
    """Return all columns of hashed query codes."""
    return [_codes[k] for k in sorted(_codes) if _known(_codes[k])]


def _known(column: Column) -> bool:
    """Leave out models that live in no app, such as those of a migration's history."""
    app_label, name = column.label.split(".")
    return app_label in apps.app_configs and name.lower() in apps.all_models[app_label]


register_sealed("office.DataKey", "wrapped", context="data-key:{subject}")
