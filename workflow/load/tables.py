"""The tables that a load fills and their columns, checked against the models before anything is written."""

from __future__ import annotations

from django.apps import apps
from django.db.models import CharField, TextField

COLUMNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "case": ("workflow.Case", (
        "id", "state", "office_id", "unit_id", "handler_id", "submission_id", "year", "seq", "version", "title",
        "channel", "external_number", "addressed_to", "applicant_kind", "applicant_name", "wanted_form", "service",
        "query_code_hash", "arrived_on", "confirmed_on", "received_on", "risk_received_on", "clock_start_on",
        "original_due_on", "due_on", "alert_due_on", "supplement_notice_due_on", "due_provisional",
        "due_may_change", "clock_status", "moved_by", "stage_on", "unit_on", "handler_on", "closed_on", "replied_on", "outcomes", "completed_on", "archived_on", "retention_years",
        "manifest_sha256", "created_at", "updated_at",
    )),
    "party": ("workflow.Party", (
        "case_id", "position", "part", "kind", "name", "id_kind", "id_number", "id_hash", "contact_name", "phone",
        "email", "address", "postcode", "scope", "until_on", "signed",
    )),
    "text": ("workflow.RequestText", ("number", "office_id", "mark")),
    "band": ("workflow.TextBand", ("number", "text_id")),
    "item": ("workflow.Item", (
        "case_id", "seq", "description", "outcome", "grounds", "reason", "facts", "proposed_by_id", "proposed_on",
        "text_id",
    )),
    "paper": ("letters.Paper", (
        "id", "office_id", "subject_ref", "kind", "series", "year", "number", "number_text", "title", "text_sealed",
        "text_sha256", "body_sha256", "wording_version", "signed_on", "by_ref", "corrects_id", "created_at",
        "needs_seal", "sealed_on",
    )),
    "event": ("workflow.ClockEvent", ("case_id", "office_id", "seq", "type", "on", "data", "paper_id")),
    "supplement": ("workflow.Supplement", ("case_id", "lacks", "paper_id", "sent_on")),
    "consultation": ("workflow.Consultation", (
        "id", "case_id", "kind", "party_name", "party_address", "party_kind", "concern", "subject", "paper_id",
        "sent_on", "delivered_on", "opinion", "opinion_on", "reason", "reason_assessed",
    )),
    "search": ("workflow.SearchRecord", (
        "case_id", "item_id", "systems", "keywords", "period", "method", "searched_by_id", "searched_on", "found",
        "result",
    )),
    "delivery": ("workflow.Delivery", (
        "case_id", "paper_id", "channel", "sent_on", "tracking", "signed_on", "completed_on", "proof_id", "by_ref",
    )),
    "draft": ("workflow.ReplyDraft", (
        "id", "case_id", "version", "kind", "facts_sealed", "body_sha256", "drafter_id", "drafted_on",
        "created_at",
    )),
    "review": ("workflow.Review", (
        "office_id", "case_id", "draft_id", "kind", "status", "pinned_sha256", "opinion", "reviewer_id", "reviewed_on",
    )),
    "journal": ("office.JournalEntry", (
        "subject", "seq", "key", "at", "on", "by_ref", "office_id", "act_id", "data", "prev_hash", "hash",
    )),
    "key": ("office.DataKey", ("subject", "wrapped", "shredded_at")),
    "process": ("viewflow.Process", (
        "id", "flow_class", "status", "created", "finished", "data", "parent_task_id", "seed_content_type_id",
        "seed_object_id", "artifact_content_type_id", "artifact_object_id",
    )),
    "caseprocess": ("workflow.CaseProcess", ("process_ptr_id", "case_id", "open")),
    "task": ("viewflow.Task", (
        "id", "flow_task", "flow_task_type", "status", "created", "assigned", "started", "finished", "scheduled",
        "token", "external_task_id", "owner_id", "owner_permission", "owner_permission_content_type_id",
        "owner_permission_obj_pk", "process_id", "data", "seed_content_type_id", "seed_object_id",
        "artifact_content_type_id", "artifact_object_id",
    )),
    "previous": ("viewflow.Task_previous", ("from_task_id", "to_task_id")),
    "case_series": ("workflow.CaseSeries", ("office_id", "year", "first", "last")),
    "number_series": ("letters.NumberSeries", ("office_id", "series", "year", "last")),
}  # fmt: skip


class ColumnsChanged(RuntimeError):
    """Raised when a model has columns that the load does not know of."""


def table(name: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return the database's name of a table, the columns that are written, and those that are left empty.

    A column the load does not name stays NULL where it may be, or holds an empty text where that may be. Raises
    ColumnsChanged for any other, and for one that the model does not have.
    """
    label, columns = COLUMNS[name]
    model = apps.get_model(label)
    fields = {field.column: field for field in model._meta.local_concrete_fields}
    left = [field for column, field in fields.items() if column not in columns and not field.null]
    empty = tuple(f.column for f in left if f.blank and isinstance(f, CharField | TextField))
    strange = {field.column for field in left} - {*empty, "id"} | set(columns) - set(fields)
    if strange:
        raise ColumnsChanged(f"{label}: {sorted(strange)}")
    return model._meta.db_table, columns, empty


def models() -> list[object]:
    """Return the models that are filled, for setting their sequences right afterwards."""
    return [apps.get_model(label) for label, _ in COLUMNS.values()]
