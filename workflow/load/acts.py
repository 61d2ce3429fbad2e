"""What each act of a made-up case leaves behind besides papers: records, and a note in the journal."""

from __future__ import annotations

import datetime as dt
from typing import Any

from letters.compose_paper import sha256
from workflow.load.records import THIRD, CaseRecords, iso
from workflow.load.roads import Step
from workflow.load.words import OUTCOMES, SEARCH
from workflow.selectors.papers import NEEDS_PROOF, TO_APPLICANT

LONG_KEPT = frozenset({"partial", "refuse_process"})


class CaseActs(CaseRecords):
    """The acts of one case, each by the name of the real one; what it returns goes into the journal."""

    def step(self, step: Step, on: dt.date, at: str) -> None:
        act, case = step.act, self.case
        by = self._by(step)
        note: dict[str, Any] = {"before": self.state, "after": step.state}
        made = [self._paper(kind, on, at, by) for kind in step.papers]
        if made:
            note["papers"] = [{"kind": p[1], "number": p[2], "sha256": p[3]} for p in made]
        for event in self.events:
            if event[0] == step.event and made:
                event[4] = made[0][0]
        if step.serves and case.service == "portal":
            for paper in made:
                if paper[1] in TO_APPLICANT:
                    self._deliver(paper, on, by)
        handle = getattr(self, f"_{act}", None)
        if handle is not None:
            note |= handle(step, on, at, by) or {}
        self._journal(f"case.{act}", at, on, by, note, first=act == "submit")
        self.state = step.state

    def _by(self, step: Step) -> str:
        if step.by == "submitter":
            if self.case.channel != "portal":
                return f"user:{self._user('intake')}"
            return "applicant:new" if step.act == "submit" else f"applicant:{self.subject}"
        if step.by == "system":
            return "system:deliver"
        return f"user:{self.handler if step.by == 'handler' else self._user(step.by)}"

    def _submit(self, step: Step, on: dt.date, at: str, by: str) -> dict[str, Any]:
        return {"channel": self.case.channel, "items": self.case.items}

    def _confirm_receipt(self, step: Step, on: dt.date, at: str, by: str) -> dict[str, Any]:
        return {"confirmed_on": on.isoformat(), "how": "电话"}

    def _assign(self, step: Step, on: dt.date, at: str, by: str) -> dict[str, Any]:
        return {"unit": self.unit, "handler": self.handler, "note": False}

    def _record_delivery(self, step: Step, on: dt.date, at: str, by: str) -> dict[str, Any]:
        paper = [paper for paper in self.papers if paper[1] in NEEDS_PROOF][step.data["of"]]
        self._deliver(paper, on, by)
        return {"paper": paper[2], "channel": self.case.service}

    def _request_supplement(self, step: Step, on: dt.date, at: str, by: str) -> dict[str, Any]:
        notice = next(paper for paper in self.papers if paper[1] == "supplement_notice")
        self.rows["supplement"].append((self.case.id, '["content"]', notice[0], on.isoformat()))
        return {}

    def _receive_supplement(self, step: Step, on: dt.date, at: str, by: str) -> dict[str, Any]:
        return {"received_on": on.isoformat(), "items": [1]}

    def _consult(self, step: Step, on: dt.date, at: str, by: str) -> dict[str, Any]:
        letter = next(paper for paper in self.papers if paper[1] == "consultation_third_party")
        delivered = next((self.case.day(s) for s in self.case.steps if s.data.get("delivered")), None)
        answered = (
            self.days.get("record_opinion") if any(e[0] == "opinion_received" for e in self.events) else None
        )
        self.rows["consultation"].append((
            self.case.id, self.case.id, "third", THIRD, "云岫县白石镇", "org", "合法权益", self.descriptions[0], letter[0],
            on.isoformat(), iso(delivered), "agree" if answered else "", iso(answered), "", "",
        ))  # fmt: skip
        return {}

    def _record_opinion(self, step: Step, on: dt.date, at: str, by: str) -> dict[str, Any]:
        return {"consultation": self.case.id, "opinion": "agree" if step.event else ""}

    def _extend(self, step: Step, on: dt.date, at: str, by: str) -> dict[str, Any]:
        return {"days": 15}

    def _record_search(self, step: Step, on: dt.date, at: str, by: str) -> dict[str, Any]:
        found = self.case.outcome != "not_exist"
        self.searched = on
        self.rows["search"].append((
            self.case.id, None, SEARCH["systems"], SEARCH["keywords"], SEARCH["period"], SEARCH["method"], self.handler,
            on.isoformat(), found, "检索到有关档案" if found else "没有检索到",
        ))  # fmt: skip
        return {"item": None, "found": found}

    def _propose(self, step: Step, on: dt.date, at: str, by: str) -> dict[str, Any]:
        self.outcome, self.reason, self.proposed = self.case.outcome, OUTCOMES[self.case.outcome][2], on
        return {"item": step.data["item"], "outcome": self.case.outcome}

    def _send_to_review(self, step: Step, on: dt.date, at: str, by: str) -> dict[str, Any]:
        form = self.w.form("reply", self.case, self.applicant.natural, on)
        self.draft_sha = sha256(form.body.fill(self.values))
        if self.case.open:
            facts = form.facts.fill(self.values)
            self.rows["draft"].append((
                self.case.id, self.case.id, 1, form.kind, self.cipher.seal(facts), self.draft_sha, self.handler,
                on.isoformat(), at,
            ))  # fmt: skip
            done = {s.act: self.case.day(s) for s in self.case.steps}
            for kind in ("secrecy", "redaction"):
                when = done.get(f"clear_{kind}")
                self.rows["review"].append((
                    self.w.staff.office, self.case.id, self.case.id, kind, "cleared" if when else "pending",
                    self.draft_sha if when else "", "同意。" if when else "", self._user(kind) if when else None,
                    iso(when),
                ))  # fmt: skip
        return {"draft": 1, "sha256": self.draft_sha}

    def _clear_secrecy(self, step: Step, on: dt.date, at: str, by: str) -> dict[str, Any]:
        return {"draft": 1, "sha256": self.draft_sha}

    _clear_redaction = _clear_secrecy

    def _sign(self, step: Step, on: dt.date, at: str, by: str) -> dict[str, Any]:
        return {"draft": 1, "signer": self._user("signatory"), "signed_on": on.isoformat()}

    def _serve(self, step: Step, on: dt.date, at: str, by: str) -> dict[str, Any]:
        self._deliver(next(p for p in self.papers if p[1].startswith("reply")), on, by)
        return {"channel": self.case.service}

    def _lapse(self, step: Step, on: dt.date, at: str, by: str) -> dict[str, Any]:
        self.outcome, self.reason, self.proposed = "lapsed_supplement", "", on
        return {}

    def _withdraw(self, step: Step, on: dt.date, at: str, by: str) -> dict[str, Any]:
        self.outcome, self.reason, self.proposed = "withdrawn", "", on
        return {"reason_given": False}

    def _archive(self, step: Step, on: dt.date, at: str, by: str) -> dict[str, Any]:
        long = self.outcome in LONG_KEPT or self.case.path == "consulted"
        self.years = self.w.retention[0 if long else 1]
        self.manifest = self._file_index()
        return {"manifest": self.manifest, "years": self.years}
