"""What a case's file holds, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localdate

from workflow.selectors.papers import papers_of


def manifest(case: Any) -> list[dict[str, str]]:
    """List every record of the case in the order of the file: name, date, reference, sha256 where it has one."""
    rows: list[dict[str, str]] = []
    for attachment in case.attachments.order_by("id").select_related("file"):
        made = localdate(attachment.created_at)
        author = "" if attachment.by_ref.startswith("user:") else case.applicant_name
        rows.append(_row(attachment.get_kind_display(), made, "", attachment.file.sha256, author))
    for paper in papers_of(case):
        rows.append(
            _row(
                paper.title + ("（作废）" if paper.is_void else ""),
                paper.signed_on,
                paper.number_text,
                paper.text_sha256,
                case.office.name if paper.office_id == case.office_id else paper.office.name,
            )
        )
    for search in case.search_records():
        rows.append(_row("检索记录", search.searched_on, "", "", search.searched_by.display))
    for consultation in case.all_consultations():
        if consultation.opinion_on:
            rows.append(_row("第三方意见", consultation.opinion_on, "", "", consultation.party_name))
    rows += _documents(case)
    for review in case.reviews.exclude(status="pending").order_by("id").select_related("reviewer"):
        if review.reviewed_on:
            who = review.reviewer.display if review.reviewer else ""
            rows.append(_row(f"{review.get_kind_display()}（{review.get_status_display()}）", review.reviewed_on, "",
                             review.pinned_sha256, who))  # fmt: skip
    proofs = {row.pk: row.file.sha256 for row in case.attachments.filter(kind="proof").select_related("file")}
    for delivery in case.all_deliveries():
        title = f"送达记录（{delivery.get_channel_display()}，{delivery.paper.number_text}）"
        rows.append(_row(title, delivery.sent_on, delivery.tracking, proofs.get(delivery.proof_id, "")))
    for handout in case.handouts.order_by("id").select_related("proof__file"):
        title = f"材料清单（{handout.get_way_display()}，{len(handout.lines)}份{handout.pages}页）"
        sha256 = handout.proof.file.sha256 if handout.proof else ""
        rows.append(_row(title, handout.signed_on, "", sha256, handout.receiver))
    for complaint in case.all_complaints():
        title = f"投诉举报（{complaint.told_result}）"
        rows.append(_row(title, complaint.received_on, "", "", ""))
    for remedy in case.all_remedies():
        title = f"{remedy.get_road_display()}（{remedy.get_result_display()}）"
        rows.append(_row(title, remedy.received_on, remedy.number, "", remedy.body))
    return [{"seq": str(number), **row} for number, row in enumerate(rows, start=1)]


def _documents(case: Any) -> Iterator[dict[str, str]]:
    """Yield what was found, its secrecy review, and the copies that left with a reply; a document in quarantine without its title."""
    holdings = case.all_holdings()
    left: dict[int, list[Any]] = {}
    if holdings:
        went = case.disclosed_copies.filter(reply__isnull=False).select_related("version")
        for copy in went.order_by("pk"):
            left.setdefault(copy.version.holding_id, []).append(copy)
    for holding in holdings:
        named = f"材料{holding.seq}"
        if holding.status == "quarantined":
            yield _row(f"{named}（已隔离，另行保管）", holding.formed_on, "", "")
            continue
        version = holding.current
        yield _row(
            f"{named}：{holding.title}", holding.formed_on, holding.doc_number, version.sha256, holding.source_name
        )  # fmt: skip
        review = holding.review
        if review is not None and review.signed_on:
            yield _row(f"保密审查呈批单（{named}）", review.signed_on, "", review.pinned_sha256)
        for copy in left.get(holding.pk, ()):
            made = localdate(copy.made_at)
            yield _row(f"公开副本（{named}）", made, "", copy.sha256)
            if copy.table_sha256:
                yield _row(f"公开副本的表格（{named}）", made, "", copy.table_sha256)
            yield _row(f"公开副本见证书（{named}）", made, "", copy.certificate_sha256)


def _row(title: str, on: Any, reference: str, sha256: str, author: str = "") -> dict[str, str]:
    return {"title": title, "on": on.isoformat(), "reference": reference, "sha256": sha256, "author": author}
