"""One vote as it is counted: what was marked for each question, or that it was marked in no way that counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ballots.definition import DEFAULT, Definition, Kind, Malformed, Question, written

YES, NO, ABSTAIN, BLANK, SPOILT = "yes", "no", "abstain", "", "spoilt"

Answer = str | Mapping[str, int]
"""Yes, no, abstain, blank, spoilt; of a ranked question the ranks of the options (1 first), {} being blank."""


class NotAnAnswer(ValueError):
    """A question cannot be answered so; ``question`` is its id."""

    def __init__(self, question: str, sentence: str) -> None:
        super().__init__(sentence)
        self.question = question


@dataclass(frozen=True, slots=True)
class Paper:
    """What was marked. ``receipt`` is the voter's own code (or the bundle and number of a paper), ``voter`` a name."""

    college: str
    answers: Mapping[str, Answer]
    weight: int = 1
    receipt: str = ""
    voter: str = ""


def checked(answers: Mapping[str, Any], definition: Definition) -> dict[str, Answer]:
    """The answers as they are kept, blank ones left out; raises NotAnAnswer."""
    found: dict[str, Answer] = {}
    for question in definition.questions:
        answer = _checked(question, answers.get(question.id, BLANK))
        if answer not in (BLANK, {}):
            found[question.id] = answer
    return found


def _checked(question: Question, answer: object) -> Answer:
    if question.kind is Kind.RANKED:
        return _ranks(question, answer)
    allowed = {YES, NO, BLANK, SPOILT} | ({ABSTAIN} if question.kind is Kind.YES_NO_ABSTAIN else set())
    if not isinstance(answer, str) or answer not in allowed:
        raise NotAnAnswer(question.id, f"Question {question.id} can be answered with yes or no, not so.")
    return answer


def _ranks(question: Question, answer: object) -> Answer:
    if answer in (BLANK, SPOILT):
        return BLANK if answer == BLANK else SPOILT
    if not isinstance(answer, Mapping):
        raise NotAnAnswer(question.id, f"Question {question.id} asks for ranks.")
    known = {DEFAULT, *(one.id for one in question.options)}
    for option, rank in answer.items():
        if option not in known:
            raise NotAnAnswer(question.id, f"Question {question.id} has no option {option!r}.")
        if type(rank) is not int or not 1 <= rank <= len(known):
            raise NotAnAnswer(question.id, f"The ranks of question {question.id} go from 1 to {len(known)}.")
    return dict(answer)


def read_paper(found: object, definition: Definition) -> Paper:
    """A line of the published list. What is marked in no valid way is spoilt; raises Malformed for what is no paper."""
    if not isinstance(found, Mapping) or not isinstance(found.get("answers"), Mapping):
        raise Malformed("A line of the list is no paper.")
    college = definition.college(str(found.get("college", "")))
    weight = found.get("weight", 1)
    if college is None or type(weight) is not int or weight < 1:
        raise Malformed("A paper is of no college of this ballot, or has no whole weight.")
    if definition.mode == "sealed" and weight != 1:
        raise Malformed("Every paper of a sealed ballot weighs one.")
    answers: dict[str, Answer] = {}
    for question in definition.questions:
        try:
            answers[question.id] = _checked(question, found["answers"].get(question.id, BLANK))
        except NotAnAnswer:
            answers[question.id] = SPOILT
    return Paper(college.id, answers, weight, str(found.get("receipt", "")), str(found.get("voter", "")))


def to_json(paper: Paper) -> dict[str, Any]:
    """The paper as a line of the list; blank answers are left out."""
    answers = {
        key: one if isinstance(one, str) else dict(one) for key, one in paper.answers.items() if one not in (BLANK, {})
    }
    named = {"voter": paper.voter} if paper.voter else {"receipt": paper.receipt}
    return {"college": paper.college, "answers": answers, "weight": paper.weight} | named


def line(paper: Paper) -> str:
    """The paper as one line of canonical JSON, without its end."""
    return written(to_json(paper)).decode()
