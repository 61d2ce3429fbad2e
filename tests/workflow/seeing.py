"""Read what an act has left behind: trail, papers, open tasks."""

from __future__ import annotations

from viewflow.workflow.models import Task

from letters.models import Paper
from office.models import JournalEntry
from workflow.models import Case
from workflow.selectors.papers import papers_of


def trail(case: Case) -> list[str]:
    """Return the keys of a case's journal in order."""
    return list(
        JournalEntry.objects.filter(subject=case.subject_ref).order_by("seq").values_list("key", flat=True)
    )


def open_tasks(case: Case) -> set[str]:
    """Return the desk tasks that are open."""
    tasks = Task.objects.filter(process__caseprocess__case=case, status__in=["NEW", "ASSIGNED", "STARTED"])
    return {task.flow_task.name for task in tasks}


def kinds(case: Case) -> list[str]:
    """Return the kinds of a case's papers in order of sealing."""
    return [paper.kind for paper in papers_of(Case.objects.get(pk=case.pk))]


def text_of(case: Case, kind: str) -> str:
    """Return the frozen text of the newest paper of a kind."""
    paper = Paper.objects.filter(subject_ref=case.subject_ref, kind=kind).latest("pk")
    return str(paper.frozen()["text"])
