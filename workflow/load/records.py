"""The rows of one made-up case while they are collected: papers, deliveries, journal, people, the case itself."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import random
import uuid
from functools import lru_cache
from typing import Any

from law.clock import Reading
from letters.compose_paper import sha256
from letters.numbers import number_text
from office import keys
from office.journal import FIRST, canonical
from workflow.alike.index import Indexer
from workflow.alike.wording import read
from workflow.frozen_facts import dump_facts
from workflow.kinds import Service
from workflow.load.applicants import Applicant, draw_applicant, requests
from workflow.load.county import Staff
from workflow.load.plan import Planned, later
from workflow.load.seals import Seals, act_id
from workflow.load.sink import Sink
from workflow.load.texts import (
    BODY,
    DEADLINE,
    DOCUMENT,
    EARLIER,
    ITEM,
    NAME,
    NUMBER,
    PEOPLE,
    SERVED,
    SIGNED,
    Form,
    Shape,
    abridged,
    put,
    whole,
)  # fmt: skip
from workflow.load.words import OUTCOMES
from workflow.states import ENDED

THIRD = "云岫县白石镇采薇村民委员会"
LABELS = dict(Service.choices)


class Writer:
    """Holds what the cases of one office share: staff, forms, random numbers, and where rows go."""

    def __init__(self, staff: Staff, rng: random.Random, sink: Sink, *, retention: tuple[int, int]) -> None:
        self.staff, self.rng, self.sink, self.retention = staff, rng, sink, retention
        self.forms: dict[Any, Form] = {}
        self.next_paper = 0
        self.seals = Seals(random.SystemRandom())
        self.indexer = Indexer(staff.office)
        self.texts: dict[str, int] = {}
        self.known: set[int] = set()

    def form(self, kind: str, case: Planned, natural: bool, on: dt.date) -> Form:
        """Return the form of a paper: whole for open cases, abridged for those that are over."""
        if not case.open or kind in ("consultation_third_party", "archive_index"):
            key: Any = kind
        else:
            electronic = case.service in ("portal", "email")
            shape = Shape(case.channel, natural, electronic, case.items, case.outcome, case.path)
            key = (kind, shape, on.year, on.month)
        found = self.forms.get(key)
        if found is None:
            if isinstance(key, str):
                found = abridged("reply_disclose" if kind == "reply" else kind, self.staff)
            else:
                found = whole(kind, self.staff, shape, on)
            self.forms[key] = found
        return found

    def text_number(self, text: str) -> int:
        """Return the number of a wording in the index, putting it there when it is met for the first time."""
        if text not in self.texts:
            entry = self.indexer.entry(read(text))
            self.texts[text] = entry.number
            if entry.number not in self.known:
                self.known.add(entry.number)
                self.sink.rows["text"].append((entry.number, self.staff.office, entry.mark))
                self.sink.rows["band"] += [(band, entry.number) for band in set(entry.bands)]
        return self.texts[text]


class CaseRecords:
    """One case's records."""

    def __init__(self, writer: Writer, case: Planned) -> None:
        self.w, self.case, self.rows = writer, case, writer.sink.rows
        staff, rng = writer.staff, writer.rng
        self.subject = f"case:{case.id}"
        self.applicant: Applicant = draw_applicant(rng)
        self.descriptions = requests(rng, case.items, case.arrived.year)
        self.unit = rng.choice(staff.units)
        self.handler = rng.choice(staff.handlers[self.unit])
        self.number = f"{case.arrived.year}-{case.seq:04d}"
        self.values = {NAME: self.applicant.name, NUMBER: self.number, PEOPLE: staff.names[self.handler]}
        for place, text in enumerate(self.descriptions):
            self.values[chr(ord(ITEM) + place)] = text
        self.key = os.urandom(32)
        self.cipher = keys.DataCipher(self.subject, self.key)
        self.submission = act_id(rng)
        self.chain: tuple[int, str] = (0, FIRST)
        self.state = ""
        self.events: list[list[Any]] = []
        self.papers: list[tuple[int, str, str, str, str, dt.date]] = []
        self.deliveries: list[tuple[str, dt.date, str]] = []
        self.served: set[int] = set()
        self.days: dict[str, dt.date] = {}
        self.outcome, self.reason, self.proposed = "", "", None
        self.searched: dt.date | None = None
        self.manifest, self.years = "", None
        self.draft_sha = ""

    def _user(self, role: str) -> int:
        return self.w.staff.roles[role]

    def _paper(self, kind: str, on: dt.date, at: str, by: str) -> tuple[int, str, str, str, str, dt.date]:
        staff, values = self.w.staff, self.values
        if kind == "lapse_notice" and self.case.open:
            notice = next(p for p in self.papers if p[1] == "supplement_notice")
            values[EARLIER] = notice[2]
            put(values, SERVED, notice[5])
            put(values, DEADLINE, later(notice[5], 15))
        form = self.w.form(kind, self.case, self.applicant.natural, on)
        number = self.case.numbers[len(self.papers)]
        self.w.next_paper += 1
        pk = self.w.next_paper
        text = number_text(staff.doc_code, form.series, on.year, number)
        body = sha256(form.body.fill(values))
        values[DOCUMENT], values[BODY] = text, body
        put(values, SIGNED, on)
        plain = form.frozen.fill(values)
        digest = sha256(plain)
        self.rows["paper"].append((
            pk, staff.office, self.subject, form.kind, form.series, on.year, number, text, form.title,
            self.cipher.seal(plain), digest, body, form.version, on.isoformat(), by, None, at,
            *self._sealed(form.kind, on),
        ))  # fmt: skip
        made = (pk, form.kind, text, digest, form.title, on)
        self.papers.append(made)
        return made

    def _sealed(self, kind: str, on: dt.date) -> tuple[bool, str | None]:
        """Tell whether a paper needs its seal on record, and since when it has: a reply that waits for service waits for it."""
        if not kind.startswith("reply"):
            return False, None
        return True, None if self.case.steps[-1].state == "replied" else on.isoformat()

    def _deliver(self, paper: tuple[int, str, str, str, str, dt.date], on: dt.date, by: str) -> None:
        channel = self.case.service
        tracking = f"EX{self.case.id % 10**9:09d}CN" if channel == "post" else ""
        signed = on.isoformat() if channel in ("portal", "counter") else None
        day = on.isoformat()
        self.rows["delivery"].append((self.case.id, paper[0], channel, day, tracking, signed, day, None, by))
        self.deliveries.append((channel, on, tracking))

    def _journal(self, key: str, at: str, on: dt.date, by: str, note: dict[str, Any], *, first: bool) -> None:
        act = self.submission if first else act_id(self.w.rng)
        seq, before = self.chain[0] + 1, self.chain[1]
        data = canonical(note)
        # The line as office.journal.entry_hash writes it; a test compares the two.
        line = (
            f'["{self.subject}",{seq},"{key}","{at[:10]}T{at[11:]}.000000+00:00","{on}","{by}",'
            f'{self.w.staff.office},"{act}",{data},"{before}"]'
        )
        digest = hashlib.sha256(line.encode()).hexdigest()
        self.rows["journal"].append((
            self.subject, seq, key, at, on.isoformat(), by, self.w.staff.office, act.replace("-", ""), data, before, digest,
        ))  # fmt: skip
        self.chain = (seq, digest)

    def _file_index(self) -> str:
        name = self.w.staff.name
        rows = [_line(p[4], p[5], p[2], p[3], name) for p in self.papers[:-1]]
        if self.searched:
            rows.append(_line("检索记录", self.searched, "", "", self.w.staff.names[self.handler]))
        for event in self.events:
            if event[0] == "opinion_received":
                rows.append(_line("第三方意见", event[1], "", "", THIRD))
        rows += [
            _line(f"送达凭证（{LABELS[channel]}）", on, tracking, "", "")
            for channel, on, tracking in self.deliveries
        ]
        whole_index = [{"seq": str(place), **row} for place, row in enumerate(rows, start=1)]
        return sha256(dump_facts({"rows": whole_index}))

    def _people_and_items(self) -> None:
        case, who = self.case, self.applicant
        self.rows["party"].append((
            case.id, 1, "applicant", who.kind, who.name, who.id_kind, self.w.seals.seal(who.id_number),
            self.w.seals.blind("identity", who.id_number), "", self.w.seals.seal(who.phone), "", self.w.seals.seal(who.address), "990100", "",
            None, False,
        ))  # fmt: skip
        grounds, facts = _proposal(self.outcome)
        proposer = self.handler if "propose" in self.days else None
        for seq, text in enumerate(self.descriptions, start=1):
            self.rows["item"].append((
                case.id, seq, text, self.outcome, grounds, self.reason, facts, proposer, iso(self.proposed),
                self.w.text_number(text),
            ))  # fmt: skip

    def _case_row(self, seen: Reading, confirmed: dt.date | None, created: str, updated: str) -> None:
        case, who = self.case, self.applicant
        given = self.days.get("assign")
        stage, closed, state = case.arrived, None, ""
        for step in case.steps:
            if step.state != state:
                state, stage = step.state, case.day(step)
                closed = closed or (stage if state in ENDED else None)
        closed = seen.completed_on or closed
        replied = self.days.get("sign") or self.days.get("lapse") or self.days.get("withdraw")
        self.rows["case"].append((
            case.id, self.state, self.w.staff.office, self.unit if given else None, self.handler if given else None,
            self.submission.replace("-", ""), case.arrived.year, case.seq, len(case.steps), self.descriptions[0][:40], case.channel,
            "", "", who.kind, who.name, case.form, case.service,
            self.w.seals.query_code_hash(uuid.UUID(self.submission)), case.arrived.isoformat(), iso(confirmed),
            iso(seen.received_on), iso(seen.risk_received_on), iso(seen.clock_start_on), iso(seen.original_due_on),
            iso(seen.due_on), iso(seen.alert_due_on), iso(seen.supplement_notice_due_on), seen.provisional,
            seen.may_change, str(seen.status), int(seen.moved_by), iso(stage), iso(given), iso(given), iso(closed), iso(replied), self.outcome if replied else "", iso(seen.completed_on), iso(self.days.get("archive")),
            self.years, self.manifest, created, updated,
        ))  # fmt: skip


@lru_cache
def _proposal(outcome: str) -> tuple[str, str]:
    """Spell grounds and facts of a proposed outcome; an item without a proposal has neither."""
    _, grounds, _, facts = OUTCOMES.get(outcome, (0, [], "", {}))
    return canonical(grounds), canonical(facts)


def iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _line(title: str, on: dt.date, reference: str, digest: str, author: str) -> dict[str, str]:
    return {"title": title, "on": on.isoformat(), "reference": reference, "sha256": digest, "author": author}
