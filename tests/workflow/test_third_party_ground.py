"""A third party that agreed is no reason to withhold (条例15)."""

from __future__ import annotations

from typing import Any

import pytest

from office.errors import Refusal
from tests.workflow.factories import DAY, Town, at, handled, make_town
from workflow.actions import propose
from workflow.models import Case, Consultation

pytestmark = pytest.mark.django_db
REFUSE: dict[str, Any] = {
    "outcome": "refuse_third_party", "grounds": ["条例第十五条"],
    "reason": "第三方认为方案含有其商业秘密，公开会损害其竞争地位，理由合理。",
    "facts": {"inseparable": "全文均为技术方案，无法作区分处理。"},
}  # fmt: skip


def asked(town: Town, *opinions: str) -> Case:
    case = handled(town)
    for opinion in opinions:
        row = Consultation.objects.create(
            case=case, kind="third", party_name="甲公司", subject="方案", sent_on=DAY, delivered_on=DAY,
            opinion=opinion, opinion_on=DAY if opinion else None,
        )  # fmt: skip
        data = {"id": str(row.pk), "party": "third", "delivered_on": DAY.isoformat()}
        case.events.create(
            office=case.office, type="consultation_sent", on=DAY, data=data, seq=case.events.count() + 1
        )
    return case


@pytest.mark.parametrize(
    "opinions,refused",
    [
        (("agree",), True),
        (("agree", "agree"), True),
        (("disagree",), False),
        (("agree", "disagree"), False),
        (("agree", ""), False),
        ((), False),
    ],
)
def test_only_an_objection_or_a_silence_leaves_room_to_withhold(opinions: Any, refused: bool) -> None:
    town = make_town()
    case = asked(town, *opinions)
    given = {"case_id": case.pk, "by": town.handler, "on": DAY, "now": at(DAY), "item_seq": 1}
    if refused:
        with pytest.raises(Refusal, match="均同意公开"):
            propose.propose(**given, **REFUSE)
    else:
        done = propose.propose(**given, **REFUSE)
        assert done.items_in_order()[0].outcome == "refuse_third_party"
