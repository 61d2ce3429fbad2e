"""A bulletin as a person may see it, and as a document."""

from __future__ import annotations

from dataclasses import dataclass

from office.models import User
from workflow.bulletin import Paper, put_together
from workflow.models import Bulletin
from workflow.selectors import beside_supervision as supervision
from workflow.word_file import WordFile


@dataclass(frozen=True)
class BulletinPage:
    """One bulletin with the document it makes."""

    row: Bulletin
    paper: Paper


def page(user: User, record_id: int) -> BulletinPage | None:
    """Read a bulletin this person may see; None for any other."""
    row = supervision.visible(user, "bulletin").filter(pk=record_id).first()
    return BulletinPage(row, put_together(row)) if row else None


def as_document(page: BulletinPage) -> bytes:
    """Return a bulletin as a document for Word and WPS, its charts as tables with bars of characters."""
    paper = page.paper
    document = WordFile(paper.title, paper.office)
    document.line(paper.title, face="宋体", size=22, centre=True)
    if page.row.stage == Bulletin.Stage.DRAFT:
        document.line("（草稿）", centre=True)
    for section in paper.sections:
        document.line(section.heading, face="黑体")
        for text in section.paragraphs:
            document.line(text)
        for table in section.tables:
            document.line(table.name, size=12, centre=True)
            document.table(table)
    document.line("")
    document.line(paper.office, right=True)
    document.line(paper.day, right=True)
    return document.content()
