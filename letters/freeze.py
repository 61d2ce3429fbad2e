"""Issue a paper: number it, freeze its text under the subject's data key, keep its hash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from letters.catalogue import kind_of
from letters.compose_paper import Composed, canonical, compose, sha256
from letters.errors import BadCorrection, BadFacts, TextChanged
from letters.models import Paper
from letters.numbers import draw_number, number_text
from letters.own import in_force
from letters.render_paper import check_layout, faces_now
from letters.verification import marked
from office import keys
from office.actors import Actor
from office.models import Office

#: What a text is laid out with before its own number is drawn.
WIDEST = 9999


def seal(
    *,
    kind: str,
    facts: Mapping[str, Any],
    office: Office,
    subject_ref: str,
    by: Actor,
    on: date,
    now: datetime,
    composed: Composed | None = None,
    corrects: Paper | None = None,
    correction_reason: str = "",
    takes_place_of: Paper | None = None,
    expected_body_sha256: str | None = None,
    needs_seal: bool = False,
) -> Paper:
    """Issue a paper of a kind, signed on a day: draw its number, freeze its text, store it; all or nothing.

    A correction is a new paper with a number of its own that names the paper it corrects and the reason. A paper
    whose own facts name the earlier one refers to it by ``takes_place_of``, and its text stays as composed.
    Raises TextChanged when the composed text is not the one reviewed (`expected_body_sha256`), BadFacts,
    BadCorrection, and CannotTypeset before a number is drawn for a text that cannot be set.
    """
    row = kind_of(kind)
    if not row.series:
        raise BadFacts("kind", f"《{row.label}》不编文号，请从案件页面打印")
    if corrects is not None:
        facts = {**facts, "correction": _correction(corrects, office, subject_ref, correction_reason)}
    earlier = corrects if corrects is not None else takes_place_of
    if earlier is not None:
        _same_subject(earlier, office, subject_ref)
    made = (
        composed
        if composed is not None and corrects is None
        else compose(kind, facts, on=on, own=in_force.own_of(office.code))
    )
    if made.kind != kind:
        raise BadFacts("kind", "文稿与文种不一致")
    if expected_body_sha256 is not None and made.body_sha256 != expected_body_sha256:
        raise TextChanged
    if not office.doc_code:
        raise BadFacts("office.doc_code", "缺少机关代字，不能编文号，请在机关设置中填写")
    # A text that cannot be set is refused before it takes a number.
    trial = made.issued(number_text(office.doc_code, row.series, on.year, WIDEST), on)
    check_layout(trial.blocks, form=made.form)
    # No savepoint of its own: whoever seals inside an act loses the whole act with the paper.
    with transaction.atomic(savepoint=False):
        number = draw_number(office, row.series, on.year)
        text = number_text(office.doc_code, row.series, on.year, number)
        issued, check_key = marked(made, office=office, number=number, number_text=text, on=on)
        frozen = freeze(issued, office.name, text, on, earlier.number_text if earlier else "")
        plain = canonical(frozen)
        return Paper.objects.create(
            office=office, subject_ref=subject_ref, kind=kind, series=row.series, year=on.year, number=number,
            number_text=text, title=made.title, text_sealed=keys.data_key(subject_ref).seal(plain),
            text_sha256=sha256(plain), body_sha256=made.body_sha256, wording_version=made.wording_version,
            wordings=" ".join(f"{key}@{version}" for key, version in made.wordings), signed_on=on, by_ref=by.ref, corrects=earlier, needs_seal=needs_seal,
            created_at=now,
            check_key=check_key,
        )  # fmt: skip


def freeze(issued: Composed, office_name: str, text: str, on: date, corrects: str = "") -> dict[str, Any]:
    """Return everything the PDF of an issued paper is made from, as plain data."""
    return {
        "kind": issued.kind, "form": issued.form, "title": issued.title, "office": office_name, "number_text": text,
        "signed_on": on.isoformat(), "wording_version": issued.wording_version, "body_sha256": issued.body_sha256,
        "corrects": corrects, "faces": faces_now().fingerprint(), "blocks": issued.blocks, "text": issued.text,
    }  # fmt: skip


def unfreeze(paper: Paper) -> dict[str, Any]:
    """Return a paper's frozen text. Raises office.keys.Shredded, or RuntimeError when it is not what was signed."""
    plain = keys.data_key(paper.subject_ref).unseal(paper.text_sealed)
    if sha256(plain) != paper.text_sha256:
        raise RuntimeError(f"{paper.number_text} 的定稿与其散列不符")
    frozen: dict[str, Any] = json.loads(plain)
    return frozen


def _correction(corrects: Paper, office: Office, subject_ref: str, reason: str) -> dict[str, str]:
    _same_subject(corrects, office, subject_ref)
    return {"title": corrects.title, "number": corrects.number_text, "on": corrects.signed_on.isoformat(),
            "reason": reason}  # fmt: skip


def _same_subject(earlier: Paper, office: Office, subject_ref: str) -> None:
    if earlier.office_id != office.pk or earlier.subject_ref != subject_ref:
        raise BadCorrection
