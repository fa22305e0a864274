"""Votes on paper and by hands in a hall: each batch is entered by two clerks, and counts when both entered the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import store
import store.ballots
import store.log
import store.members
from ballots.definition import DEFAULT, Question
from members.permissions import Permission, require
from store.ballots import Ballot, Batch, Step

MOST_PAPERS = 5_000  # in a batch
LONGEST_NAME = 40  # characters
COUNTED = ("yes", "no", "abstain", "", "spoilt")


class CannotEnterPaper(ValueError):
    """Why a batch is not entered, in a sentence; ``field`` names what to look at."""

    def __init__(self, sentence: str, field: str = "batch") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Entered:
    """A batch with what each clerk entered (the last of each); ``agreed`` when two have entered the same."""

    college: str
    batch: str
    entries: tuple[Batch, ...]

    @property
    def agreed(self) -> Sequence[Mapping[str, object]] | None:
        """The papers that two clerks entered alike; None while they differ or only one has entered them."""
        for one in self.entries:
            if any(other.member != one.member and _same(one.papers, other.papers) for other in self.entries):
                return one.papers
        return None


def hand_paper(member: store.members.Member, number: int, handle: str, college: str, now: datetime) -> None:
    """Mark on the frozen roll that a voter is handed a paper: what they handed in before is set aside."""
    require(member.roles, Permission.COUNT)
    with store.transaction():
        ballot = _countable(number)
        voter = next(
            (one for one in store.ballots.voters(number) if (one.college, one.handle) == (college, handle)), None
        )
        if voter is None:
            raise CannotEnterPaper(f"{handle or 'Nobody'} is not on the roll of this vote.", "handle")
        if (college, voter.member) in store.ballots.paper_voters(number):
            raise CannotEnterPaper(f"{handle} was handed a paper already.", "handle")
        store.ballots.hand_paper(number, college, voter.member, now)
        payload = {"college": college, "voter": handle}
        store.log.append(
            at=now, actor=member.handle, act="hand-paper", subject=f"ballot {ballot.number}", payload=payload
        )


def enter(member: store.members.Member, number: int, batch: Batch, now: datetime) -> None:
    """Enter a batch as one clerk counted it. Raises CannotEnterPaper."""
    require(member.roles, Permission.COUNT)
    if not batch.batch.strip() or len(batch.batch) > LONGEST_NAME:
        raise CannotEnterPaper("Enter the name of the batch: the bundle, the box or the table.")
    if not 0 < len(batch.papers) <= MOST_PAPERS:
        raise CannotEnterPaper(
            f"A batch has 1 to {MOST_PAPERS:,} papers; this one would have {len(batch.papers):,}.", "counts"
        )
    with store.transaction():
        _countable(number)
        store.ballots.enter(number, batch)
        store.log.append(
            at=now,
            actor=member.handle,
            act="enter-batch",
            subject=f"ballot {number}",
            payload={"college": batch.college, "batch": batch.batch, "papers": list(batch.papers)},
        )


def of_counts(
    counts: Mapping[str, Mapping[str, int]], ranked: Mapping[str, Sequence[object]] | None = None
) -> tuple[dict[str, object], ...]:
    """As many papers as were counted: {"1": {"yes": 3, "no": 1}} are four papers, ``ranked`` gives their ranks.

    Which answer to one question was on the paper with which to another is not known where only hands were counted, and
    does not matter: each question is counted alone. Raises CannotEnterPaper unless every question has as many.
    """
    each: dict[str, Sequence[object]] = {
        question: [answer for answer in COUNTED for _ in range(of.get(answer, 0))] for question, of in counts.items()
    }
    each |= ranked or {}
    totals = {question: len(answers) for question, answers in each.items()}
    if len(set(totals.values())) > 1:
        said = ", ".join(f"{total:,} for question {question}" for question, total in totals.items())
        raise CannotEnterPaper(
            f"The papers do not come to the same number: {said}. Enter blank and spoilt ones too.", "counts"
        )
    return tuple(dict(zip(each, answers, strict=True)) for answers in zip(*each.values(), strict=True))


def ranks(question: Question, typed: str) -> tuple[dict[str, int], ...]:
    """Papers of a ranked question, one a line: the ranks of the options in their order, the default last; "-" is none.

    Raises CannotEnterPaper, naming the line.
    """
    options = [*(one.id for one in question.options), DEFAULT]
    found = []
    for n, line in enumerate(filter(str.strip, typed.splitlines()), 1):
        marks = line.split()
        if len(marks) != len(options) or any(one != "-" and not one.isdecimal() for one in marks):
            raise CannotEnterPaper(
                f"Line {n} of question {question.id} is not {len(options)} ranks with spaces between; write - for none.",
                "counts",
            )
        found.append({option: int(mark) for option, mark in zip(options, marks, strict=True) if mark != "-"})
    return tuple(found)


def entered(number: int) -> tuple[Entered, ...]:
    """Every batch of a vote, by college and name."""
    batches = sorted(store.ballots.batches(number), key=lambda one: (one.college, one.batch))
    return tuple(
        Entered(college, batch, tuple({one.member: one for one in ones}.values()))
        for (college, batch), ones in groupby(batches, key=lambda one: (one.college, one.batch))
    )


def papers(number: int) -> tuple[tuple[str, str, Mapping[str, object]], ...]:
    """The papers of all batches (college, "paper-<batch>-<n>", answers). Raises CannotEnterPaper while clerks differ."""
    found = []
    for one in entered(number):
        agreed = one.agreed
        if agreed is None:
            raise CannotEnterPaper(f"Batch {one.batch} counts only when two clerks have entered the same.")
        found += [(one.college, f"paper-{one.batch}-{n:05}", answers) for n, answers in enumerate(agreed, 1)]
    return tuple(found)


def _countable(number: int) -> Ballot:
    ballot = store.ballots.by_number(number)
    if ballot.taken(Step.OPEN) is None or ballot.taken(Step.WITHDRAWN):
        raise CannotEnterPaper(f"Vote {number} is not open.")
    if ballot.taken(Step.CLOSED):
        raise CannotEnterPaper(
            f"The urn of vote {number} is closed; what was counted besides it had to be entered before."
        )
    return ballot


def _same(one: Sequence[Mapping[str, object]], other: Sequence[Mapping[str, object]]) -> bool:
    """Whether two bundles hold the same papers, in whatever order they lie."""

    def sorted_papers(papers: Sequence[Mapping[str, object]]) -> list[str]:
        return sorted(repr(sorted(paper.items())) for paper in papers)

    return sorted_papers(one) == sorted_papers(other)
