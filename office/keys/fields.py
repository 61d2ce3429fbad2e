"""Model fields for sealed text and for the keyed hashes by which it is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from . import registry
from .index import blind
from .sealed import MASK, Sealed

__all__ = ["MASK", "BlindField", "Sealed", "SealedField"]


class _Descriptor(models.query_utils.DeferredAttribute):
    """Turns what is assigned into a Sealed at once, so that no plain text stays on the instance."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = _sealed(value)


def _sealed(value: Any) -> Any:
    if value is None or isinstance(value, Sealed) or hasattr(value, "resolve_expression"):
        return value
    if isinstance(value, str):
        return Sealed.of(value)
    raise TypeError(f"a sealed field takes text, not {type(value).__name__}")


class SealedField(models.TextField):
    """A text column kept sealed: takes str, gives Sealed; re-sealed by `rotatekeys`.

    It cannot be searched: keep a BlindField beside it.
    """

    descriptor_class = _Descriptor

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract and cls.__module__ != "__fake__":
            registry.register_sealed(cls, name)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def to_python(self, value: Any) -> Any:
        return _sealed(value)

    def get_prep_value(self, value: Any) -> Any:
        value = _sealed(value)
        return value.token if isinstance(value, Sealed) else value

    def value_to_string(self, obj: models.Model) -> str:
        """Serialise the sealed token, never the text."""
        value = self.value_from_object(obj)
        return value.token if isinstance(value, Sealed) else ""

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Validate blankness only: the length and choices of sealed text are the form's business."""
        value = _sealed(value)
        if not self.blank and not value:
            self.validate("", model_instance)
        return value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed and cannot be searched: use its blind index")
        return super().get_lookup(lookup_name)


class BlindField(models.CharField):
    """The keyed hash of a sealed field of the same row, always in step with it; "" for nothing.

    Search with `filter(field__in=blind_candidates(purpose, normalised))`.
    """

    def __init__(
        self,
        *args: Any,
        source: str = "",
        purpose: str = "",
        normalise: Callable[[str], str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.source, self.purpose, self.normalise = source, purpose, normalise
        kwargs |= {"max_length": 80, "editable": False, "blank": True}
        kwargs.setdefault("default", "")
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for given in ("max_length", "editable", "blank"):
            kwargs.pop(given, None)
        # A migration needs the column only: source and purpose are behaviour.
        return name, path, args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if self.source and not cls._meta.abstract and cls.__module__ != "__fake__":
            registry.register_blind(
                cls, name, source=self.source, purpose=self.purpose, normalise=self.normalise
            )

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if not self.source:
            return super().pre_save(model_instance, add)
        sealed = getattr(model_instance, self.source)
        text = sealed.reveal() if sealed else ""
        value = blind(self.purpose, self.normalise(text) if self.normalise else text) if text else ""
        setattr(model_instance, self.attname, value)
        return value
