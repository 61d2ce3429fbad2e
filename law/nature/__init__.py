"""性质研判: what a request, or one item of it, is; a tree of questions in data that explains itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from law.errors import BadFacts
from law.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold one answer to a question and what comes after it: another question's or a finding's code."""

    code: str
    text: str
    leads_to: str


@dataclass(frozen=True, slots=True)
class Question:
    """Hold one question with the provision it rests on."""

    code: str
    text: str
    article: str
    answers: tuple[Answer, ...]
    help: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold what a request turns out to be, and how it is handled.

    `outcomes` are those a reply may come to; `search` says that the office's own holdings are searched all the
    same; `refer` that the matter goes to those who handle such matters.
    """

    code: str
    label: str
    article: str
    outcomes: tuple[Outcome, ...]
    search: bool
    advice: str
    refer: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one question that was answered on the way."""

    question: Question
    answer: Answer


@dataclass(frozen=True, slots=True)
class Way:
    """Hold how far answers lead: the steps taken, and the next question or the finding."""

    steps: tuple[Step, ...]
    question: Question | None
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class Tree:
    """Hold the whole tree."""

    first: str
    questions: dict[str, Question]
    findings: dict[str, Finding]


@lru_cache(maxsize=1)
def tree() -> Tree:
    """Read the tree of `law/nature/tree.toml`."""
    raw = tomllib.loads((Path(__file__).parent / "tree.toml").read_text(encoding="utf-8"))
    questions = {code: _question(code, row) for code, row in raw["question"].items()}
    findings = {code: _finding(code, row) for code, row in raw["finding"].items()}
    return Tree(raw["first"], questions, findings)


def _question(code: str, row: Mapping[str, Any]) -> Question:
    answers = tuple(Answer(*answer) for answer in row["answers"])
    return Question(code, row["text"], row["article"], answers, row.get("help", ""))


def _finding(code: str, row: Mapping[str, Any]) -> Finding:
    outcomes = tuple(Outcome(name) for name in row["outcomes"])
    return Finding(
        code,
        row["label"],
        row["article"],
        outcomes,
        row["search"],
        row["advice"],
        row.get("refer", False),
    )


def walk(answers: Mapping[str, str]) -> Way:
    """Follow answers from the first question as far as they lead; answers off the way are passed over.

    :param answers: the code of the answer given to each question's code
    :raises BadFacts: naming the question whose answer is none of its own
    """
    known, here = tree(), tree().first
    steps: list[Step] = []
    while here in known.questions:
        question = known.questions[here]
        given = answers.get(here, "")
        if not given:
            return Way(tuple(steps), question, None)
        answer = next((a for a in question.answers if a.code == given), None)
        if answer is None:
            raise BadFacts(here, f"“{question.text}”没有“{given}”这个答案。")
        steps.append(Step(question, answer))
        here = answer.leads_to
    return Way(tuple(steps), None, known.findings[here])


def finding(code: str) -> Finding:
    """Give the finding of a code.

    :raises BadFacts: for an unknown one
    """
    try:
        return tree().findings[code]
    except KeyError:
        raise BadFacts("nature", f"没有名为“{code}”的性质。") from None
