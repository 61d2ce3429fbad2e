"""One application on its way through form and check page, as the screens see it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import QueryDict

from intake import identity, limits, uploads
from intake.draft import Draft, begin, close, open_
from intake.fields import MAX_ITEMS, AgentForm, ItemForm
from intake.portal.forms import ApplicantForm
from office.errors import Refusal
from office.web.dates import long_day
from office.web.forms import refuse
from workflow.requests import PartyData, RequestData

FILE_FIELDS = {"identity_files": "identity", "files": "application"}
PLAIN = (
    "kind", "name", "id_kind", "id_number", "contact_name", "phone", "email", "address", "postcode",
    "wanted_form", "service",
)  # fmt: skip
AGENT = ("name", "part", "id_kind", "id_number", "phone", "scope", "until_on")


class Application:
    """The forms of one application over its draft."""

    def __init__(self, office: Any, draft: Draft) -> None:
        self.office, self.draft = office, draft
        self.form: ApplicantForm
        self.agent: AgentForm
        self.items: list[ItemForm]
        self.show()

    @classmethod
    def blank(cls, office: Any, *, now: datetime) -> Application:
        """Begin a new application."""
        return cls(office, begin(office=office.code, now=now))

    @classmethod
    def posted(cls, office: Any, data: QueryDict, *, now: datetime) -> Application:
        """Take up an application from what the browser sent back.

        Raises StaleDraft.
        """
        application = cls(office, open_(data.get("draft", ""), office=office.code, now=now))
        if "item_count" in data:  # the form itself; the check page sends the draft alone
            application._read(data)
        return application

    def _read(self, data: QueryDict) -> None:
        agent = {f"agent-{name}" for name in AGENT}
        self.draft.values = {name: data.get(name, "") for name in (*PLAIN, *agent)}
        count = min(int(data["item_count"]) if data["item_count"].isdecimal() else 1, MAX_ITEMS)
        self.draft.items = [data.get(f"item{n}-description", "") for n in range(1, count + 1)]
        dropped = set(data.getlist("drop_file"))
        self.draft.files = [entry for entry in self.draft.files if str(entry["id"]) not in dropped]

    def show(self) -> None:
        """Prepare the forms without judging them."""
        self.form = ApplicantForm(initial=self.draft.values, online=self._online)
        typed = {name: self.draft.values.get(f"agent-{name}", "") for name in AGENT}
        self.agent = AgentForm(prefix="agent", initial={k: v for k, v in typed.items() if v})
        texts = self.draft.items or [""]
        self.items = [
            ItemForm(prefix=f"item{n}", initial={"description": text}) for n, text in enumerate(texts, 1)
        ]

    @property
    def has_agent(self) -> bool:
        """Tell whether anything of an agent was typed, so that the page shows it open."""
        return any(self.draft.values.get(f"agent-{name}") for name in AGENT if name != "part")

    @property
    def _online(self) -> bool:
        return bool(self.office.reconsideration_online)

    @property
    def token(self) -> str:
        """The sealed draft for the page's hidden field."""
        return close(self.draft)

    def add_item(self) -> None:
        """Offer room for one more item."""
        if len(self.draft.items) < MAX_ITEMS:
            self.draft.items.append("")
        self.show()

    def remove_item(self, number: str) -> None:
        """Take one item off; the last one stays."""
        if number.isdecimal() and 1 <= int(number) <= len(self.draft.items) > 1:
            del self.draft.items[int(number) - 1]
        self.show()

    def keep_files(self, given: Any, *, address: str, now: datetime) -> list[str]:
        """Keep the uploaded files, so that the next page need not ask for them again; return what was refused."""
        files = [(one, kind) for field, kind in FILE_FIELDS.items() for one in given.getlist(field)]
        if not files:
            return []
        try:
            limits.count_uploads(len(files), address=address, now=now)
        except Refusal as refusal:
            return [refusal.message]
        refused = []
        for uploaded, kind in files:
            refused += uploads.keep_all(self.office, [uploaded], self.draft.files, kind=kind, now=now)
        return refused

    @property
    def megabytes(self) -> int:
        """How large a file may be."""
        return int(settings.FILE_MAX_BYTES) // 1024**2

    @property
    def most_files(self) -> int:
        """How many files an application may carry."""
        return uploads.MOST

    def is_valid(self, refused: list[str] | None = None) -> bool:
        """Judge the application; empty items beside filled ones are dropped."""
        self.draft.items = [text for text in self.draft.items if text.strip()] or [""]
        self.form = ApplicantForm(self.draft.values, online=self._online)
        self.agent = AgentForm(self.draft.values, prefix="agent")
        self.items = [
            ItemForm({f"item{n}-description": text}, prefix=f"item{n}")
            for n, text in enumerate(self.draft.items, 1)
        ]
        good = all([self.form.is_valid(), self.agent.is_valid(), *(item.is_valid() for item in self.items)])
        for message in refused or ():
            self.form.add_error("files", message)
        return good and not refused

    def request(self, *, on: date) -> RequestData:
        """Put a valid application into the words that the act of filing takes."""
        values = self.form.cleaned_data
        applicant = PartyData(
            part="applicant", signed=True,
            **{name: values[name] for name in PLAIN if name not in ("wanted_form", "service")},
        )  # fmt: skip
        return RequestData(
            office_id=self.office.pk, channel="portal", arrived_on=on, parties=(applicant, *self._agents()),
            items=tuple(item.cleaned_data["description"] for item in self.items),
            wanted_form=values["wanted_form"], service=values["service"],
            files=uploads.hand_over(self.office, self.draft.files),
        )  # fmt: skip

    def _agents(self) -> list[PartyData]:
        if not self.agent.given:
            return []
        values = self.agent.cleaned_data
        natural = values["id_kind"] in identity.PERSONAL
        return [PartyData(kind="natural" if natural else "other_org", signed=True, **values)]

    @property
    def forms(self) -> list[Any]:
        """The forms beside the applicant's own, in the order of the page."""
        return [self.agent, *self.items]

    def refuse(self, refusal: Refusal) -> None:
        """Show what the act of filing refused."""
        refuse(self.form, refusal)

    def rows(self) -> list[tuple[str, str]]:
        """List what was filled in, for the check page."""
        form, values = self.form, self.form.cleaned_data
        chosen = {
            name: dict(form.fields[name].choices).get(values[name], "")
            for name in ("kind", "id_kind", "wanted_form", "service")
        }
        shown = [
            ("申请人类别", chosen["kind"]),
            ("姓名或者名称", values["name"]),
            (chosen["id_kind"], values["id_number"]),
            *(
                (form.fields[n].label, values[n])
                for n in ("contact_name", "phone", "email", "address", "postcode")
            ),
            ("信息的形式", chosen["wanted_form"]),
            ("收到答复的方式", chosen["service"]),
        ]
        if self.agent.given:
            agent = self.agent.cleaned_data
            shown += [
                ("代理人", f"{agent['name']}（{dict(self.agent.fields['part'].choices)[agent['part']]}）"),
                ("代理人证件号码", agent["id_number"]),
                ("代理人电话", agent["phone"]),
                ("代理权限", agent["scope"]),
                ("代理期限至", long_day(agent["until_on"])),
            ]
        return [(label, value) for label, value in shown if value]
