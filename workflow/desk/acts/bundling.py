"""Bundling: follow a lead case, or leave it."""

from __future__ import annotations

from typing import Any

from workflow.actions import bundle
from workflow.desk.acts.base import ActPage, Doing, text
from workflow.desk.forms import ActForm, area, choice
from workflow.selectors import bundles


class JoinForm(ActForm):
    """Which case leads."""

    lead = choice("主件", "本机关要求公开相同信息的申请")
    note = area("并案的理由", required=False, rows=2)

    def prepare(self, case: Any) -> None:
        """Offer the cases that ask for the same."""
        self.fields["lead"].choices = [("", "请选择"), *bundles.leads_for(case, self.doing.user)]


class LeaveForm(ActForm):
    """Why a case is decided by itself."""

    reason = area("撤出并案的原因", rows=2)


def _join(doing: Doing, data: dict[str, Any]) -> object:
    return bundle.join_bundle(**doing.given(), lead_id=int(data["lead"]), note=text(data, "note"))


def _leave(doing: Doing, data: dict[str, Any]) -> object:
    return bundle.leave_bundle(**doing.given(), reason=text(data, "reason"))


PAGES = (
    ActPage("join_bundle", _join, JoinForm, verb="并案"),
    ActPage("leave_bundle", _leave, LeaveForm, verb="撤出并案"),
)
