"""Tell the demo's stories: file each request and drive it by the right people on past days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import calendars
from intake.demo.roads import Roads
from intake.demo.script import Step, Story, in_order, stories
from letters.models import Paper
from office.models import Office, Unit, User
from office.roles import Role
from office.today import SHANGHAI
from office.web.dates import chinese_date
from workflow.actions import archive as archiving
from workflow.actions import assign as assigning
from workflow.actions import confirm_receipt as confirming
from workflow.actions import consult as consulting
from workflow.actions import extend as extending
from workflow.actions import lapse as lapsing
from workflow.actions import propose as proposing
from workflow.actions import receive_supplement as answering
from workflow.actions import record_opinion as opinions
from workflow.actions import record_search as searching
from workflow.actions import register as registering
from workflow.actions import request_supplement as supplementing
from workflow.actions import review as reviewing
from workflow.actions import send_to_review as sending
from workflow.actions import serve as serving
from workflow.actions import sign as signing
from workflow.actions import submit as submitting
from workflow.actions import withdraw as withdrawing
from workflow.actors import ApplicantActor
from workflow.models import Case, RecordCorrection
from workflow.requests import RequestData, SealData
from workflow.selectors.papers import reply_of

SERVED_HERE = {"counter", "courier"}
Say = Callable[[str], None]


class Teller(Roads):
    """Tells stories through the real acts; remembers each story's case and its query code."""

    def __init__(self, *, today: date, say: Say = lambda line: None) -> None:
        self.today, self.say = today, say
        self.cases: dict[str, int] = {}
        self.query_codes: dict[str, str] = {}
        self.offices = {office.code: office for office in Office.objects.all()}
        self.people = {user.username: user for user in User.objects.order_by("pk")}
        self._minute: dict[date, int] = {}
        self._slip = 99013000
        self.correction: RecordCorrection | None = None

    def tell(self, *, once: bool = False) -> list[Story]:
        """Tell every story in the order of the days, or only those of the quick run."""
        told = stories(today=self.today, calendar=calendars.load(), once=once)
        for day, story, step in in_order(told):
            self._on = day
            if step is None:
                self.file(story)
            else:
                getattr(self, f"do_{step.do}")(story, step)
        self.correction = self.correct()
        return told

    # -- who, when, where -------------------------------------------------------------------------

    def when(self, story: Story, role: Role | str | None = None, *, by: Any = None) -> dict[str, Any]:
        """Return case, actor, day and instant of the next act of a story."""
        actor = by or self.person(story, Role(role or Role.INTAKE))
        return {"case_id": self.cases[story.key], "by": actor, "on": self._on, "now": self.instant()}

    def instant(self) -> datetime:
        """Return an instant of the story's present day, each later than the one before."""
        minute = self._minute[self._on] = self._minute.get(self._on, -1) + 1
        return datetime.combine(self._on, time(8, 30), tzinfo=SHANGHAI) + timedelta(minutes=minute * 3)

    def person(self, story: Story, role: Role) -> User:
        """Find who holds a duty in the story's office; the handler is the one the story names."""
        if role == Role.HANDLER and "handler" in story.raw:
            return self.people[story.handler]
        office = self.offices[story.office]
        return next(user for user in self.people.values() if role in user.roles_in(office.pk))

    def applicant(self, story: Story) -> ApplicantActor:
        """Return the applicant of the story's case as an actor."""
        return ApplicantActor(self.cases[story.key], self.offices[story.office].pk)

    def case(self, story: Story) -> Case:
        """Read the story's case as it stands."""
        return Case.objects.select_related("office").get(pk=self.cases[story.key])

    def slip(self) -> str:
        """Make the next number of a posted letter, with its check digit (UPU S10)."""
        self._slip += 1
        digits = str(self._slip)
        rest = 11 - sum(int(d) * w for d, w in zip(digits, (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11
        return f"EX{digits}{ {10: 0, 11: 5}.get(rest, rest) }CN"

    # -- the acts -----------------------------------------------------------------------------------

    def file(self, story: Story) -> None:
        """File the request on the day it came, by the applicant on the portal or by the registrar."""
        office = self.offices[story.office]
        request = RequestData(
            office_id=office.pk, channel=story.channel, arrived_on=story.arrived_on, parties=story.parties(),
            items=tuple(item["description"] for item in story.item), wanted_form=story.form,
            service=story.delivery, title=story.title, external_number=story.raw.get("outside_number") or story.raw.get("mail_number", ""),
            addressed_to=office.name,
        )  # fmt: skip
        by = ApplicantActor(None, office.pk) if story.channel == "portal" else self.person(story, Role.INTAKE)
        filed = submitting.submit(request=request, by=by, on=self._on, now=self.instant())
        self.cases[story.key] = filed.case.pk
        self.query_codes[story.key] = filed.query_code
        self.say(f"{chinese_date(self._on)}  {story.title}")

    def do_confirm_receipt(self, story: Story, step: Step) -> None:
        """Confirm receipt with the applicant."""
        confirming.confirm_receipt(**self.when(story), confirmed_on=step.on, how=step.words["how"])

    def do_register(self, story: Story, step: Step) -> None:
        """Register; the receipt is made."""
        registering.register(**self.when(story))

    def do_request_supplement(self, story: Story, step: Step) -> None:
        """Ask for a supplement and record its service."""
        supplementing.request_supplement(
            **self.when(story), matters="\n".join(step.words["matters"]), guidance=step.words["guidance"],
            days=step.words["days"],
        )  # fmt: skip
        self.hand_over(story, step)

    def do_receive_supplement(self, story: Story, step: Step) -> None:
        """Take in the applicant's answer."""
        by = self.applicant(story) if story.channel == "portal" else None
        answering.receive_supplement(**self.when(story, by=by), items={1: step.words["text"]})

    def do_lapse(self, story: Story, step: Step) -> None:
        """End a request that was not supplemented."""
        lapsing.lapse(**self.when(story), finding=step.words["finding"])
        self.hand_over(story, step)

    def do_assign(self, story: Story, step: Step) -> None:
        """Give the case to its unit and handler."""
        unit = Unit.objects.get(office=self.offices[story.office], code=story.unit)
        handler = self.people[story.handler].pk
        assigning.assign(**self.when(story, Role.ALLOCATOR), unit_id=unit.pk, handler_id=handler)

    def do_record_search(self, story: Story, step: Step) -> None:
        """Put a search on record."""
        words = step.words
        searching.record_search(
            **self.when(story, Role.HANDLER), systems="、".join(words["systems"]),
            keywords="、".join(words["keywords"]), period=words["period"], method=words["method"],
            result=words["result"], found=words.get("found", True), item_seq=words["item"],
        )  # fmt: skip

    def do_consult(self, story: Story, step: Step) -> None:
        """Ask a third party before the decision, and tell the applicant."""
        names = ("party_name", "party_address", "subject", "concern")
        consulting.consult(**self.when(story, Role.HANDLER), **{name: step.words[name] for name in names})
        self.hand_over(story, step)

    def do_consultation_served(self, story: Story, step: Step) -> None:
        """Record the day on which the third party signed for the letter."""
        row = self.case(story).open_consultations()[0]
        opinions.record_opinion(
            **self.when(story, Role.HANDLER), consultation_id=row.pk, delivered_on=step.on
        )

    def do_record_opinion(self, story: Story, step: Step) -> None:
        """Record what the third party said, and what the handler makes of it."""
        row = self.case(story).open_consultations()[0]
        names = ("opinion", "reason", "reason_assessed")
        sound = step.words.get("sound")
        opinions.record_opinion(
            **self.when(story, Role.HANDLER), consultation_id=row.pk, opinion_on=step.on, reason_sound=sound,
            **{name: step.words[name] for name in names},
        )  # fmt: skip

    def do_extend(self, story: Story, step: Step) -> None:
        """Extend the term by the head's approval and tell the applicant."""
        extending.extend(**self.when(story, Role.HEAD), days=step.words["days"], reason=step.words["reason"])
        self.hand_over(story, step)

    def do_propose(self, story: Story, step: Step) -> None:
        """Propose for every item, then send the draft to review."""
        for number, item in enumerate(story.item, start=1):
            proposal = dict(item["again" if step.words.get("again") else "proposal"])
            plain = {name: proposal.pop(name) for name in ("outcome", "grounds", "reason")}
            proposing.propose(
                **self.when(story, Role.HANDLER),
                item_seq=number,
                facts=proposal | self.earlier(story),
                **plain,
            )
        if not step.words.get("stay"):
            sending.send_to_review(**self.when(story, Role.HANDLER))

    def earlier(self, story: Story) -> dict[str, str]:
        """Return the number of the reply that a repeated request has already had."""
        if "repeat_of" not in story.raw:
            return {}
        return {"earlier_number": reply_of(Case.objects.get(pk=self.cases[story.repeat_of])).number_text}

    def do_review(self, story: Story, step: Step) -> None:
        """Clear those reviews of the draft that the story has words for."""
        for kind in ("secrecy", "redaction", "legal"):
            case = self.case(story)
            if kind in step.words and case.pending_review(kind):
                reviewing.clear(
                    **self.when(story, kind), kind=kind, opinion=step.words[kind],
                    seen_sha256=case.current_draft().body_sha256,
                )  # fmt: skip

    def do_send_back(self, story: Story, step: Step) -> None:
        """Send a draft back to its handler from review."""
        kind = "legal" if self.case(story).pending_review("legal") else "secrecy"
        reviewing.send_back(**self.when(story, kind), reason=step.words["reason"])

    def do_sign(self, story: Story, step: Step) -> None:
        """Sign the reviewed draft."""
        seen = self.case(story).current_draft().body_sha256
        signing.sign(**self.when(story, Role.SIGNATORY), seen_sha256=seen)

    def do_serve(self, story: Story, step: Step) -> None:
        """Record the service of the reply."""
        method = step.words["method"]
        signed = step.words.get("delivered_day") or (step.on if method in SERVED_HERE else None)
        serving.serve(
            **self.when(story), channel=method, sent_on=step.on, signed_on=signed,
            tracking=step.words.get("ems", ""), seal=SealData(),
        )  # fmt: skip

    def do_archive(self, story: Story, step: Step) -> None:
        """File the finished case."""
        archiving.archive(**self.when(story, Role.ARCHIVIST))

    def do_withdraw(self, story: Story, step: Step) -> None:
        """Withdraw the request, by the applicant."""
        withdrawing.withdraw(**self.when(story, by=self.applicant(story)), reason=step.words["reason"])
        self.hand_over(story, step)

    def hand_over(self, story: Story, step: Step) -> None:
        """Record the service of the procedural papers just made, the way the applicant asked for."""
        for paper in self.case(story).unserved_papers():
            serving.record_delivery(
                **self.when(story), paper_id=paper.pk, channel=story.delivery, sent_on=self._on,
                signed_on=self._on if story.delivery in SERVED_HERE else None,
                tracking=(step.words.get("ems") or self.slip()) if story.delivery == "post" else "",
            )  # fmt: skip


def papers_of(story: Story, teller: Teller) -> list[Paper]:
    """Return the papers of a story's case in the order in which they were numbered."""
    return list(Paper.objects.filter(subject_ref=f"case:{teller.cases[story.key]}").order_by("pk"))
