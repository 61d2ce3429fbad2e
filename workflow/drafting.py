"""The reply as it would go to review, or as it went: the system's draft, with the office's edit of it if there is one."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

import letters
from letters import lint, working_copy
from letters.compose_paper import Composed
from letters.errors import TextChanged
from letters.working_copy.losses import check
from office import keys
from workflow import linting, paper_facts
from workflow.errors import NotNow
from workflow.frozen_facts import load_facts
from workflow.models import Case, DraftEdit, ReplyDraft


@dataclass(frozen=True)
class Reply:
    """A reply not yet signed: what it says, the system's own draft it comes from, and whose edit it is."""

    kind: str
    facts: dict[str, Any]
    composed: Composed
    base: Composed
    edit: DraftEdit | None = None

    def findings(self, case: Case) -> list[lint.Finding]:
        """Return what the lint finds in it, those that block the signature first."""
        if self.edit is None:
            return linting.findings(case, self.composed, self.facts)
        known = {**self.facts, "register": linting.register(case, self.kind, on=self.composed.on)}
        return check(self.composed, self.base, known)

    def stop(self, case: Case, *, what: str) -> int:
        """Raise Blocked where the lint stops it; return how many findings it only warns of."""
        found = self.findings(case)
        if blocking := [finding for finding in found if finding.blocks]:
            raise linting.Blocked(blocking, what=what)
        return len(found)


def system_reply(case: Case, *, on: dt.date) -> Reply:
    """Compose the reply from what is proposed for each item, without any edit."""
    kind, facts = paper_facts.reply(case, on=on)
    made = letters.compose_for_office(kind, facts, on=on)
    return Reply(kind, facts, made, made)


def next_reply(case: Case, *, on: dt.date) -> Reply:
    """Compose the reply as it would go to review, with the office's edit.

    Raises NotNow where proposal, wording or law changed since the edit: it was made on another draft.
    """
    reply, edit = system_reply(case, on=on), case.current_edit()
    if edit is None:
        return reply
    try:
        return _with(reply, edit)
    except TextChanged as error:
        raise NotNow(
            "stale_edit",
            "导入修改稿以后，拟办意见或者文书文本有了改动。请重新导出工作稿，改好后导入，或者「放弃修改稿」",
            field="items",
        ) from error


def reply_of(draft: ReplyDraft, *, on: dt.date) -> Reply:
    """Compose a draft as it went to review: in its own wording, and in the law of the day it is signed.

    Raises TextChanged where an edited one would come from another text by now.
    """
    facts = load_facts(keys.data_key(draft.case.subject_ref).unseal(draft.facts_sealed))
    made = letters.compose_for_office(draft.kind, facts, on=on, worded_on=draft.drafted_on)
    reply = Reply(draft.kind, facts, made, made)
    return reply if draft.edit is None else _with(reply, draft.edit)


def seal_words(case: Case, edited: working_copy.Edited) -> str:
    """Seal the words of an edit under the case's key."""
    return keys.data_key(case.subject_ref).seal(json.dumps(edited.as_data(), ensure_ascii=False))


def _with(reply: Reply, edit: DraftEdit) -> Reply:
    words = json.loads(keys.data_key(edit.case.subject_ref).unseal(edit.words_sealed))
    composed = working_copy.apply(working_copy.Edited.from_data(words), reply.base)
    return Reply(reply.kind, reply.facts, composed, reply.base, edit)
