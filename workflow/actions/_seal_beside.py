"""Enter the use of a seal on a paper beside the cases, inside the step of its record."""

from __future__ import annotations

from letters import sealing
from letters.models import Paper, Seal
from office.models import Office, User
from office.roles import Role
from workflow.actions.use_seal import day_of_use
from workflow.beside.step import Doing
from workflow.errors import BadRequest
from workflow.requests import SealData


def enter_use_beside(
    seal: SealData, *papers: Paper | None, office: Office, approver_id: int | None, by: User, doing: Doing
) -> None:
    """Enter that the papers of a record beside the cases were sealed by hand, with a note for the journal.

    What waits for no seal is left alone, as long as something does.

    :param approver_id: on whose word the seal was used: who signed or issued the paper
    Raises BadRequest for a paper that waits for no seal, and for who does not keep the seal where one person does.
    """
    waiting = [paper for paper in papers if paper is not None and paper.waits_for_seal]
    if not waiting:
        raise BadRequest("no_paper", "文书不需要用印或者已经用印", field="record")
    if sealing.practice(office, doing.on).keeper and Role.SEAL not in by.roles_in(office.pk):
        raise BadRequest("keeper", "本机关的印章由印章管理员保管，请由其登记用印", field="record")
    for paper in waiting:
        used_on = day_of_use(paper, seal, on=doing.on)
        sealing.record_use(
            paper, seal=sealing.seal_of(office, seal.kind), approver_id=approver_id, copies=seal.copies, used_on=used_on,
            sealed_by_id=by.pk, now=doing.now,
        )  # fmt: skip
    numbers = "、".join(paper.number_text for paper in waiting)
    doing.note.update(paper=numbers, seal=Seal.Kind(seal.kind).label, copies=seal.copies)
