"""The side roads of the demo's stories: fee, excess, override, remedy, another office's matter, bundle, correction."""

from __future__ import annotations

import tomllib
import uuid
from typing import TYPE_CHECKING, Any

import calendars
from intake.demo.script import HERE, Step, Story, working_day
from office.models import Office
from office.roles import Role
from workflow.actions import answer_remedy as answering
from workflow.actions import ask_reasons as asking
from workflow.actions import assess_opinion as weighing
from workflow.actions import assess_reasons as judging
from workflow.actions import bundle as bundling
from workflow.actions import charge_fee as charging
from workflow.actions import correct_record as correcting
from workflow.actions import delay_reply as delaying
from workflow.actions import file_elsewhere as filing
from workflow.actions import follow_lead as following
from workflow.actions import receive_reasons as explaining
from workflow.actions import record_payment as paying
from workflow.actions import record_remedy as remedies
from workflow.actions import register as registering
from workflow.actions import reopen as reopening
from workflow.actions import send_to_review as sending
from workflow.actions import serve_consultation as notifying
from workflow.models import Case, RecordCorrection

if TYPE_CHECKING:
    from intake.demo.story import Teller as Base
else:
    Base = object
#: Who does a step of a bundle that follows its lead.
FOLLOWS = {
    "propose": Role.HANDLER, "send_to_review": Role.HANDLER, "clear_secrecy": Role.SECRECY,
    "clear_redaction": Role.REDACTION, "clear_legal": Role.LEGAL, "sign": Role.SIGNATORY,
}  # fmt: skip


class Roads(Base):
    """Acts that only some stories need; `intake.demo.story.Teller` tells the plain ones."""

    def do_charge_fee(self, story: Story, step: Step) -> None:
        """Ask for the fee; the notice lies on the applicant's own page."""
        names = ("basis", "count", "payment_way")
        charging.charge_fee(**self.when(story, Role.HANDLER), **{name: step.words[name] for name in names})

    def do_record_payment(self, story: Story, step: Step) -> None:
        """Record the payment with its receipt."""
        paying.record_payment(
            **self.when(story),
            paid_on=step.on,
            amount=step.words["amount"],
            receipt_number=step.words["receipt"],
        )

    def do_ask_reasons(self, story: Story, step: Step) -> None:
        """Ask why there are so many requests."""
        asking.ask_reasons(**self.when(story, Role.HANDLER), counted=step.words["counted"])

    def do_receive_reasons(self, story: Story, step: Step) -> None:
        """Take in the reasons, as the applicant gives them online."""
        explaining.receive_reasons(**self.when(story, by=self.applicant(story)), reasons=step.words["text"])

    def do_assess_reasons(self, story: Story, step: Step) -> None:
        """Judge whether the reasons hold."""
        judging.assess_reasons(
            **self.when(story, Role.HANDLER),
            finding=step.words["finding"],
            assessment=step.words["assessment"],
        )

    def do_delay_reply(self, story: Story, step: Step) -> None:
        """Set a later day for the reply and tell the applicant."""
        delaying.delay_reply(
            **self.when(story, Role.HEAD), until=step.words["until_day"], reason=step.words["reason"]
        )

    def do_decide_disclosure(self, story: Story, step: Step) -> None:
        """Tell the third party that it will be disclosed all the same."""
        row = self.case(story).all_consultations()[0]
        names = ("basis", "content", "reason")
        weighing.decide_disclosure(
            **self.when(story, Role.HANDLER),
            consultation_id=row.pk,
            **{name: step.words[name] for name in names},
        )

    def do_decision_served(self, story: Story, step: Step) -> None:
        """Record when the third party had that notice; the office's wait begins."""
        row = self.case(story).all_consultations()[0]
        notifying.serve_consultation(
            **self.when(story, Role.HANDLER), consultation_id=row.pk, which=notifying.DECISION, channel="post",
            tracking=self.slip(), delivered_on=step.on,
        )  # fmt: skip

    def do_record_remedy(self, story: Story, step: Step) -> None:
        """Enter a reconsideration of the reply."""
        given = remedies.RemedyData(
            kind="reconsideration", about="reply", body=step.words["body"], received_on=step.on,
            number=step.words["number"], procedure="ordinary",
        )  # fmt: skip
        remedies.record_remedy(**self.when(story), remedy=given)

    def do_answer_remedy(self, story: Story, step: Step) -> None:
        """Draft the answer, bind the evidence, sign."""
        legal, number = self.when(story, Role.LEGAL), self._remedy(story)
        answering.draft_answer(**legal, remedy_id=number, points=step.words["points"])
        answering.compile_evidence(**self.when(story, Role.LEGAL), remedy_id=number)
        answering.answer_remedy(**self.when(story, Role.SIGNATORY), remedy_id=number, plea=step.words["plea"])

    def do_conclude_remedy(self, story: Story, step: Step) -> None:
        """Enter the decision, which orders a new reply."""
        remedies.conclude_remedy(
            **self.when(story), remedy_id=self._remedy(story), result="corrected", decided_on=step.on,
            decision_number=step.words["number"], order="rereply", order_days=step.words["days"],
        )  # fmt: skip

    def do_reopen(self, story: Story, step: Step) -> None:
        """Take the case up again on the ordered clock."""
        reopening.reopen(**self.when(story, Role.HEAD))

    def _remedy(self, story: Story) -> int:
        return int(self.case(story).all_remedies()[-1].pk)

    def do_file_elsewhere(self, story: Story, step: Step) -> None:
        """File the item at the office that answers for it, which registers it as its own."""
        office: Office = self.offices[step.words["to"]]
        case = filing.file_elsewhere(
            **self.when(story, Role.HANDLER), item_seq=1, office_id=office.pk, consent=step.words["consent"]
        )
        intake = next(user for user in self.people.values() if Role.INTAKE in user.roles_in(office.pk))
        other: Case = case.links.get(other__office=office).other
        registering.register(case_id=other.pk, by=intake, on=self._on, now=self.instant())

    def do_send_to_review(self, story: Story, step: Step) -> None:
        """Send the draft to review, where that waited for something else."""
        sending.send_to_review(**self.when(story, Role.HANDLER))

    def do_join_bundle(self, story: Story, step: Step) -> None:
        """Let the case follow another that asks for the same."""
        bundling.join_bundle(
            **self.when(story, Role.HANDLER), lead_id=self.cases[step.words["lead"]], note=step.words["note"]
        )

    def do_follow_lead(self, story: Story, step: Step) -> None:
        """Do for the bundle what was done for its lead, one case at a time; nobody may be left out."""
        for name in step.words["steps"]:
            when = self.when(story, FOLLOWS[name])
            lead = when.pop("case_id")
            for result in following.follow_lead(lead_id=lead, step=name, act_id=uuid.uuid4(), **when):
                if not result.done:
                    raise RuntimeError(f"{result.number}: {result.message}")

    def correct(self) -> RecordCorrection:
        """Tell the correction of a record, from its request to the service of the answer."""
        told: dict[str, Any] = tomllib.loads((HERE / "correction.toml").read_text(encoding="utf-8"))
        calendar, office = calendars.load(), self.offices[told.pop("office")]
        days = {
            name: working_day(self.today, told.pop(name), calendar)
            for name in ("received", "examined", "answered", "served")
        }
        finding = told.pop("finding")

        def when(step: str, role: Role) -> dict[str, Any]:
            self._on = days[step]
            by = next(user for user in self.people.values() if role in user.roles_in(office.pk))
            return {"by": by, "on": self._on, "now": self.instant()}

        given = correcting.CorrectionData(received_on=days["received"], **told)
        row = correcting.receive_correction(office_id=office.pk, given=given, **when("received", Role.INTAKE))
        correcting.examine_correction(
            record_id=row.pk, competent=True, proven=True, finding=finding, **when("examined", Role.HANDLER)
        )
        correcting.answer_correction(record_id=row.pk, **when("answered", Role.SIGNATORY))
        return correcting.serve_correction(
            record_id=row.pk, channel="post", sent_on=days["served"], tracking=self.slip(), **when("served", Role.INTAKE)
        )  # fmt: skip
