"""What a case's file holds, line by line."""

from __future__ import annotations

from typing import Any

from workflow.selectors.papers import papers_of


def manifest(case: Any) -> list[dict[str, str]]:
    """List every record of the case in the order of the file: name, date, reference, sha256 where it has one."""
    rows: list[dict[str, str]] = []
    for attachment in case.attachments.order_by("id").select_related("file"):
        rows.append(_row(attachment.get_kind_display(), attachment.created_at.date(), "", attachment.file.sha256))
    for paper in papers_of(case):
        rows.append(_row(paper.title, paper.signed_on, paper.number_text, paper.text_sha256))
    for search in case.search_records():
        rows.append(_row("检索记录", search.searched_on, f"第{search.pk}号", ""))
    for consultation in case.all_consultations():
        if consultation.opinion_on:
            rows.append(_row("第三方意见", consultation.opinion_on, "", ""))
    for review in case.reviews.exclude(status="pending").order_by("id"):
        if review.reviewed_on:
            rows.append(_row(review.get_kind_display(), review.reviewed_on, review.get_status_display(),
                             review.pinned_sha256))
    for delivery in case.all_deliveries():
        rows.append(_row(f"送达凭证（{delivery.get_channel_display()}）", delivery.sent_on, delivery.tracking, ""))
    return [{"seq": str(number), **row} for number, row in enumerate(rows, start=1)]


def _row(title: str, on: Any, reference: str, sha256: str) -> dict[str, str]:
    return {"title": title, "on": on.isoformat(), "reference": reference, "sha256": sha256}
