"""A whole plain case from its request to the archive, act by act, and the side acts: for counting what each costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.workflow.factories import DAY, DISCLOSE, SEALED, Town, at, file_case, handled, registered, signing
from workflow.actions import (
    archive,
    assign,
    communicate,
    consult,
    extend,
    propose,
    record_search,
    register,
    request_supplement,
    review,
    send_to_review,
    serve,
    sign,
    take,
    withdraw,
)
from workflow.models import Case

Step = tuple[str, Callable[[], Any]]
WHEN: dict[str, Any] = {"on": DAY, "now": at(DAY)}
SEARCH = {
    "systems": "综合档案管理系统", "keywords": "采薇村", "period": "2024年至2026年", "method": "逐卷核对", "result": "检索到1份",
    "found": True,
}  # fmt: skip


def plain(town: Town) -> Iterator[Step]:
    """Yield the acts of a plain case in order, each as its name and what does it; two papers besides the cover."""
    made: list[Case] = []
    yield "submit", lambda: made.append(file_case(town))
    case = {"case_id": made[0].pk}
    yield "register", lambda: register.register(**case, by=town.intake, **WHEN)
    unit = {"unit_id": town.unit.pk, "handler_id": town.handler.pk}
    yield "assign", lambda: assign.assign(**case, by=town.allocator, **WHEN, **unit)
    yield "record_search", lambda: record_search.record_search(**case, by=town.handler, **WHEN, **SEARCH)
    yield "propose", lambda: propose.propose(**case, by=town.handler, **WHEN, item_seq=1, **DISCLOSE)
    yield "send_to_review", lambda: send_to_review.send_to_review(**case, by=town.handler, **WHEN)
    sha = Case.objects.get(pk=made[0].pk).current_draft().body_sha256
    seen = {"opinion": "同意。", "seen_sha256": sha}
    yield "clear_secrecy", lambda: review.clear(**case, kind="secrecy", by=town.secrecy, **WHEN, **seen)
    yield (
        "clear_redaction (join)",
        lambda: review.clear(**case, kind="redaction", by=town.redaction, **WHEN, **seen),
    )
    yield "sign", lambda: sign.sign(**case, by=town.signatory, **WHEN, seen_sha256=sha)
    way = {"channel": "counter", "sent_on": DAY, "signed_on": DAY}
    yield "serve", lambda: serve.serve(seal=SEALED, **case, by=town.intake, **WHEN, **way)
    yield "archive", lambda: archive.archive(**case, by=town.archivist, **WHEN)


def beside(town: Town) -> Iterator[Step]:
    """Yield acts that a plain case does without, each on a case of its own."""

    def on(made: Case, do: Callable[..., Any], by: Any, **more: Any) -> Callable[[], Any]:
        return lambda: do(case_id=made.pk, by=by, **WHEN, **more)

    words = {"matters": "内容不明确", "guidance": "请写明项目名称", "days": 15}
    yield (
        "request_supplement",
        on(registered(town), request_supplement.request_supplement, town.intake, **words),
    )
    yield "communicate", on(handled(town), communicate.communicate, town.handler, matters="请说明所需年度")
    asked = {"party_name": "青禾农业有限公司", "subject": "合同文本"}
    yield "consult", on(handled(town), consult.consult, town.handler, **asked)
    yield "extend", on(handled(town), extend.extend, town.head, days=15, reason="档案年代较久")
    yield "withdraw", on(handled(town), withdraw.withdraw, town.intake)
    other = {"unit_id": town.other_unit.pk, "note": "承办科室调整"}
    yield "reassign", on(handled(town), assign.reassign, town.allocator, **other)
    case = registered(town)
    assign.assign(case_id=case.pk, by=town.allocator, unit_id=town.unit.pk, **WHEN)
    yield "take", on(case, take.take, town.handler)
    yield "decline", on(signing(town), review.decline, town.signatory, reason="请补充依据")
