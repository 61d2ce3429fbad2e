"""Does any act of the machine with drawn arguments: found by its name, filled by the names of its parameters."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import workflow.actions
from letters import working_copy
from letters.models import SealUse
from office.actors import Actor
from office.errors import Refusal
from office.models import Post
from tests.letters.copies import more_words
from tests.workflow.documents import of_documents
from tests.workflow.factories import DISCLOSE, NOT_EXIST, REFUSE, Town, at
from workflow.actions.record_remedy import RemedyData
from workflow.drafting import system_reply
from workflow.handing import Asked
from workflow.machine import ACTS
from workflow.models import Case
from workflow.requests import ConsultedParty, FileData, SealData
from workflow.selectors.papers import voidable_papers

#: Acts whose function has another name, with the arguments that tell them apart.
CALLED: dict[str, tuple[str, dict[str, Any]]] = {
    "clear_secrecy": ("clear", {"kind": "secrecy"}),
    "clear_redaction": ("clear", {"kind": "redaction"}),
    "clear_legal": ("clear", {"kind": "legal"}),
    "hand_over": ("hand_over_case", {}),
}
GIVEN = frozenset({"case_id", "by", "on", "now", "expected_version", "act_id"})
PROPOSALS = (DISCLOSE, REFUSE, NOT_EXIST)
RESULTS = {
    "conclude_remedy": ["corrected", "upheld", "other", "won"],
    "decide_complaint": ["rectify", "unfounded", "criticise", "won"],
}
WORDS = "经核对有关档案，理由如实记录在案。"
SCAN = FileData("签批.txt", "同意，按拟稿意见答复。".encode(), kind="signed_sheet")


class UnknownParameter(AssertionError):
    """An act takes something the model has no values for: add them to `_by_name` or `_by_type`."""


@lru_cache(maxsize=1)
def functions() -> dict[str, Callable[..., Any]]:
    """Return every public function of `workflow/actions` that acts on a case, by name."""
    found: dict[str, Callable[..., Any]] = {}
    for module in pkgutil.iter_modules(workflow.actions.__path__):
        loaded = importlib.import_module(f"workflow.actions.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if function.__module__ == loaded.__name__ and "case_id" in inspect.signature(function).parameters:
                found[name] = function
    return found


def function_of(act: str) -> tuple[Callable[..., Any], dict[str, Any]]:
    """Return the function behind an act. Raises UnknownParameter naming an act without one."""
    name, fixed = CALLED.get(act, (act, {}))
    if name not in functions():
        raise UnknownParameter(f"no function workflow.actions.*.{name} for the act {act}: name it in CALLED")
    return functions()[name], fixed


class Chance:
    """Turns one drawn number into a row of choices; ``careless`` takes any value, else the sensible first."""

    def __init__(self, number: int, *, careless: bool) -> None:
        self.number, self.careless = number, careless

    def choose(self, values: list[Any]) -> Any:
        """Take one of the values."""
        if not self.careless:
            return values[0]
        self.number, place = divmod(self.number, len(values))
        self.number += place * 7919 + 13
        return values[place]


def do(act: str, town: Town, case: Case, *, by: Actor, on: dt.date, now_on: dt.date, chance: Chance) -> Case:
    """Do an act with drawn arguments. Raises what the act raises."""
    function, fixed = function_of(act)
    given = arguments(act, town, case, on=on, chance=chance)
    return function(case_id=case.pk, by=by, on=on, now=at(now_on), **fixed, **given)


def arguments(act: str, town: Town, case: Case, *, on: dt.date, chance: Chance) -> dict[str, Any]:
    """Draw what an act takes besides the case, the person and the day. Raises UnknownParameter."""
    function, fixed = function_of(act)
    drawn: dict[str, Any] = {}
    proposal = dict(chance.choose([DISCLOSE, *PROPOSALS]))
    for name, parameter in inspect.signature(function).parameters.items():
        if name in GIVEN or name in fixed:
            continue
        if act == "propose" and name in proposal:
            drawn[name] = proposal[name]
            continue
        drawn[name] = chance.choose(values_for(act, parameter, town, case, on))
    return drawn


def values_for(act: str, parameter: inspect.Parameter, town: Town, case: Case, on: dt.date) -> list[Any]:
    """Return values for one parameter of an act, the sensible one first. Raises UnknownParameter."""
    named = _by_name(act, town, case, on).get(parameter.name)
    found = named() if named else _by_type(str(parameter.annotation), on)
    if found is None and parameter.default is inspect.Parameter.empty:
        raise UnknownParameter(f"the act {act} takes {parameter}: give values for it")
    if found is None:
        return [parameter.default]
    return found if parameter.default is inspect.Parameter.empty else [*found, parameter.default]


def _by_name(act: str, town: Town, case: Case, on: dt.date) -> dict[str, Callable[[], list[Any]]]:
    return {
        "unit_id": lambda: [town.unit.pk, town.other_unit.pk, town.government.pk + 10**6, 0],
        "handler_id": lambda: [town.handler.pk, None, town.other_handler.pk, town.intake.pk],
        "signer_id": lambda: [town.signatory.pk, town.handler.pk, 0],
        "paper_ids": lambda: [(), [0]],
        "materials": lambda: [[("补偿安置方案", 12)], [], [("", 3)], [("方案", 0)]],
        "carrier": lambda: ["纸质复制件", ""],
        "use_id": lambda: [
            *SealUse.objects.filter(paper__subject_ref=case.subject_ref)
            .order_by("-pk")
            .values_list("pk", flat=True),
            0,
        ],
        "item_seq": lambda: [_foreign_item(case) if act == "refer" else _open_item(case), 1, 2, 9],
        "items": lambda: [{1: "2025年度采薇村土地征收补偿安置方案（补正）"}, {}, {1: " "}, {7: "无此项"}],
        "files": lambda: [()],
        "scan": lambda: [SCAN],
        "proof": lambda: [None],
        "edited_copy": lambda: [
            *([] if act == "import_draft" else [None]),
            _copy(case, on),
            FileData("工作稿.docx", b"PK", kind="other"),
        ],
        "days": lambda: [15, 1, 20, 0, 21, -3],
        "from_on": lambda: [on, on - dt.timedelta(days=3)],
        "until_on": lambda: [on + dt.timedelta(days=7), on - dt.timedelta(days=1)],
        "hours": lambda: ["工作日8:30至17:00", " "],
        "place": lambda: ["本机关查阅点", ""],
        "lacks": lambda: [["content"], ["identity"], [], ["purpose"]],
        "channel": lambda: [case.service, "post", "counter", "portal", "pigeon"],
        "sent_on": lambda: [on, on - dt.timedelta(days=2), on + dt.timedelta(days=2)],
        "tracking": lambda: ["EX123456789CN", ""],
        "paper_id": lambda: [
            *(
                paper.pk
                for paper in (voidable_papers(case) if act == "void_paper" else case.unserved_papers())
            ),
            0,
        ],
        "consultation_id": lambda: [
            *(c.pk for c in case.open_consultations() if c.office_id or "letter" not in act),
            0,
        ],
        "opinion": lambda: ["agree", "disagree", "", "maybe"],
        "party_kind": lambda: ["org", "natural", "nobody"],
        "seen_sha256": lambda: [_draft(case), "0" * 64],
        "matches": lambda: [True, False],
        "retention_years": lambda: [None, 10, 30, 7],
        "finding": lambda: (
            ["unreasonable", "reasonable", WORDS, ""] if act == "assess_reasons" else [WORDS, "", " "]
        ),
        "basis": lambda: (
            ["public_interest", "unsound", ""] if act == "decide_disclosure" else ["items", "pages", "x"]
        ),
        "parties": lambda: [
            [ConsultedParty("青禾农业有限公司", "org", "云岫县"), ConsultedParty("赵子衿", "natural")],
            [],
        ],
        "lead_id": lambda: [*Case.objects.exclude(pk=case.pk).order_by("pk").values_list("pk", flat=True), 0],
        "remedy": lambda: [
            RemedyData("reconsideration", "reply", "云岫县人民政府", on, applied_on=on, procedure="ordinary")
        ],
        "remedy_id": lambda: [*case.remedies.order_by("-pk").values_list("pk", flat=True), 0],
        "urge_id": lambda: [*case.urges.order_by("-pk").values_list("pk", flat=True), None, 0],
        "complaint_id": lambda: [*case.complaints.order_by("-pk").values_list("pk", flat=True), 0],
        "delivery_id": lambda: [*case.deliveries.order_by("-pk").values_list("pk", flat=True), 0],
        "result": lambda: RESULTS.get(act, [WORDS, "", " "]),
        "order": lambda: ["", "rereply", "perform"],
        "form": lambda: ["withdraw", "correct", ""],
        "wrong": lambda: ["", "提供"],
        "right": lambda: ["", "提供复印件"],
        "which": lambda: ["letter", "decision", "both"],
        "office_id": lambda: [
            town.government.pk if act == "file_elsewhere" else _another_office(town),
            town.government.pk,
            case.office_id,
            0,
        ],
        "office_name": lambda: ["澜川市水利局", ""],
        "count": lambda: [68, 12, 0, -1],
        "amount": lambda: [_fee(case), 1, 0],
        "way": lambda: ["reading", "copies", "pigeon"] if act == "hand_out" else ["phone", "visit", "pigeon"],
        "until": lambda: [on + dt.timedelta(days=40), on, on - dt.timedelta(days=5)],
        "outcome": lambda: ["already_public" if act == "propose_at_once" else "disclose", "refuse_process"],
        "facts": lambda: [{"where": "县政府网站“征地信息”栏目"} if act == "propose_at_once" else {}],
        "grounds": lambda: [[], ["条例第十六条第二款"]],
        "answers": lambda: [{"asks_information": "no", "complains": "yes"}, {"asks_information": "no"}, {}],
        "asked": lambda: [[Asked(town.other_unit.pk, "提供本科室保存的材料", None, 5)], [], [Asked(0)]],
        "leaver_id": lambda: [case.handler_id or 0, town.intake.pk],
        "to_id": lambda: [None, town.other_handler.pk, town.handler.pk],
        "share_id": lambda: [*(share.pk for share in case.open_co_shares()), 0],
        "parts": lambda: [["采薇村补偿安置方案", "采薇村用地批复"], ["只有一项"], []],
        "desk": lambda: ["petition", "hotline", "pigeon"],
        "other_id": lambda: [*_copies(case), case.pk, 0],
        **of_documents(act, case, on),
    }


def _by_type(annotation: str, on: dt.date) -> list[Any] | None:
    plain = annotation.removesuffix(" | None")
    if plain == "FileData":
        return [SCAN]
    if plain == "SealData":
        return [SealData(), SealData("disclosure", 3), SealData("wax"), SealData(copies=0)]
    if plain == "str":
        return [WORDS, "", " "]
    if plain == "bool":
        return [True, False]
    if plain == "int":
        return [1, 5, 0, -1, 10**6]
    if plain == "dt.date":
        return [on, on - dt.timedelta(days=3), on + dt.timedelta(days=3)]
    if plain in ("list[str]", "Sequence[str]"):
        return [["条例第十六条第二款"], []]
    return None


def _another_office(town: Town) -> int | None:
    """Name an office of the platform whose registrar answers letters, where there is one beside."""
    posts = Post.objects.filter(role="intake").exclude(office=town.office)
    return posts.order_by("office_id").values_list("office_id", flat=True).first()


def _open_item(case: Case) -> int:
    return next((item.seq for item in case.items_in_order() if not item.outcome), 1)


def _foreign_item(case: Case) -> int:
    return next((item.seq for item in case.items_in_order() if (of := case.nature_of(item)) and of.refer), 1)


def _copies(case: Case) -> list[int]:
    from workflow.selectors.choices import copies

    return [pk for pk, _ in copies(case)]


def _copy(case: Case, on: dt.date) -> FileData:
    """Write the reply's working copy with one more sentence; an empty file where there is no reply to write."""
    try:
        content = more_words(working_copy.write(system_reply(case, on=on).base))
    except Refusal:
        content = b""
    return FileData("工作稿.docx", content, kind="other")


def _fee(case: Case) -> int:
    from workflow.models import FeeNotice

    notice = FeeNotice.objects.filter(case=case).order_by("pk").last()
    return int(notice.total) if notice else 380


def _draft(case: Case) -> str:
    draft = case.current_draft()
    return draft.body_sha256 if draft else "0" * 64


def every_parameter_is_known(town: Town, case: Case, on: dt.date) -> list[str]:
    """Return what is wrong, act by act: nothing where the model can do them all."""
    wrong = []
    for act in ACTS:
        try:
            function, fixed = function_of(act)
            for name, parameter in inspect.signature(function).parameters.items():
                if name not in GIVEN and name not in fixed:
                    values_for(act, parameter, town, case, on)
        except UnknownParameter as unknown:
            wrong.append(str(unknown))
    return wrong
