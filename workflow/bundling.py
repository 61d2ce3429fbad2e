"""What sets a member of a bundle apart from its lead: in what is asked for, and in what was decided."""

from __future__ import annotations

from workflow.alike.compare import compare
from workflow.models import Case

#: The steps that are decided once, in the order in which they come.
STEPS = {
    "propose": "拟定答复意见", "send_to_review": "送审", "clear_secrecy": "保密审查通过",
    "clear_redaction": "去标识化审查通过", "clear_legal": "法制审核通过", "sign": "签发并编号",
}  # fmt: skip
#: What a decision on an item is made of.
DECIDED = (("outcome", "处理结果"), ("grounds", "依据"), ("reason", "理由"), ("facts", "答复要素"))


def differences_of_facts(lead: Case, case: Case) -> list[str]:
    """Say in Chinese what a case asks for that its lead does not; nothing where both ask for the same."""
    ours, theirs = case.items_in_order(), lead.items_in_order()
    if len(ours) != len(theirs):
        return [f"申请事项的项数不同（{len(theirs)}项／{len(ours)}项）"]
    told = []
    for one, other in zip(theirs, ours, strict=True):
        found = compare(one.description, other.description)
        if found.apart:
            told += [f"第{one.seq}项{text}" for text in found.apart]
        elif not found.same:
            told.append(f"第{one.seq}项内容不同（相似度 {found.score:.2f}）")
    if case.all_consultations():
        told.append("本件另有征求意见，须单独研究")
    return told


def differences_of_decision(lead: Case, case: Case) -> list[str]:
    """Say in Chinese where the decision proposed for a case is not its lead's."""
    theirs = {item.seq: item for item in lead.items_in_order()}
    return [
        f"第{item.seq}项的{label}与主件不同"
        for item in case.items_in_order()
        for name, label in DECIDED
        if item.seq in theirs and getattr(item, name) != getattr(theirs[item.seq], name)
    ]
