"""Rows know their office, foreign keys point down the floors, and people are never deleted away."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from tests.house.tree import FLOORS

# By where it is declared: another test may have made a row of its own under the name of a floor.
OURS = [model for model in apps.get_models() if model.__module__.split(".")[0] in FLOORS]
# Rows of the installation, not of one office, each with its reason.
OF_NO_OFFICE = {
    "office.User": "a person may hold posts in several offices",
    "office.OutboxMessage": "holds references only; what it refers to knows its office",
    "office.Latch": "a lock of the installation",
    "office.RateWindow": "counts tries by keyed hash, before anybody is known",
    "intake.Attempt": "counts tries by keyed hash, before anybody is known",
    "calendars.Edition": "which calendar is in force for the whole installation",
    "calendars.StoredNotice": "days off of the country or of a region",
    "workflow.Subscription": "a person's own, in whatever office; holds no case",
    "office.DataKey": "wraps the key of one subject, and must outlive it as a shredded stub",
}


def _relations(model):
    return [field for field in model._meta.get_fields() if field.is_relation and field.concrete]


def _label(model):
    return f"{model._meta.app_label}.{model.__name__}"


def _knows_its_office(model, seen=()):
    if _label(model) == "office.Office" or any(f.name in ("office", "office_id") for f in model._meta.fields):
        return True
    return any(
        _label(field.related_model) not in (*seen, _label(model))
        and not field.null
        and field.related_model is not get_user_model()
        and _knows_its_office(field.related_model, (*seen, _label(model)))
        for field in _relations(model)
        if field.many_to_one or field.one_to_one
    )


@pytest.mark.parametrize("model", OURS, ids=_label)
def test_foreign_keys_point_down(model):
    floor = FLOORS.index(model._meta.app_label)
    up = [
        f"{field.name} -> {_label(field.related_model)}"
        for field in _relations(model)
        if field.related_model._meta.app_label in FLOORS
        and FLOORS.index(field.related_model._meta.app_label) < floor
    ]
    assert up == []


@pytest.mark.parametrize("model", [m for m in OURS if _label(m) not in OF_NO_OFFICE], ids=_label)
def test_a_row_carries_its_office_or_hangs_from_one_that_does(model):
    assert _knows_its_office(model)


@pytest.mark.parametrize("model", OURS, ids=_label)
def test_deleting_a_person_takes_nothing_along(model):
    loose = [
        field.name
        for field in _relations(model)
        if (field.many_to_one or field.one_to_one)
        and field.related_model is get_user_model()
        and field.remote_field.on_delete is not models.PROTECT
    ]
    assert loose == []


@pytest.mark.parametrize("model", OURS, ids=_label)
def test_instants_end_in_at_and_days_in_on(model):
    wrong = []
    for field in model._meta.local_concrete_fields:
        if field.model is get_user_model() and field.name in ("last_login", "date_joined"):
            continue
        kind = field.get_internal_type()
        endings = {"DateTimeField": ("at", "until"), "DateField": ("on",)}.get(kind)
        if endings and field.name.rpartition("_")[2] not in endings:
            wrong.append(f"{field.name}: {kind}")
    assert wrong == []
