"""Votes on paper and by hands in a hall: each batch is entered by two clerks, and counts when both entered the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, repeat

import store
import store.ballots
import store.log
import store.members
from members.permissions import Permission, require
from store.ballots import Ballot, Batch, Step

MOST_PAPERS = 5_000  # in a batch
LONGEST_NAME = 40  # characters
COUNTED = ("yes", "no", "abstain", "", "spoilt")


class CannotEnter(ValueError):
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
            raise CannotEnter(f"{handle or 'Nobody'} is not on the roll of this vote.", "handle")
        if (college, voter.member) in store.ballots.paper_voters(number):
            raise CannotEnter(f"{handle} was handed a paper already.", "handle")
        store.ballots.hand_paper(number, college, voter.member, now)
        payload = {"college": college, "voter": handle}
        store.log.append(
            at=now, actor=member.handle, act="hand-paper", subject=f"ballot {ballot.number}", payload=payload
        )


def enter(member: store.members.Member, number: int, batch: Batch, now: datetime) -> None:
    """Enter a batch as one clerk counted it. Raises CannotEnter."""
    require(member.roles, Permission.COUNT)
    if not batch.batch.strip() or len(batch.batch) > LONGEST_NAME:
        raise CannotEnter("Enter the name of the batch: the bundle, the box or the table.")
    if not 0 < len(batch.papers) <= MOST_PAPERS:
        raise CannotEnter(
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


def of_counts(counts: Mapping[str, Mapping[str, int]]) -> tuple[dict[str, str], ...]:
    """As many papers as were counted, when only hands were counted: {"1": {"yes": 3, "no": 1}} are four papers.

    Which hand for one question belongs to which for another is not known and does not matter: each is counted alone.
    Raises CannotEnter unless every question has as many hands.
    """
    each = {
        question: [answer for answer in COUNTED for _ in repeat(None, of.get(answer, 0))]
        for question, of in counts.items()
    }
    totals = {question: len(answers) for question, answers in each.items()}
    if len(set(totals.values())) > 1:
        said = ", ".join(f"{total:,} for question {question}" for question, total in totals.items())
        raise CannotEnter(
            f"The papers do not come to the same number: {said}. Enter blank and spoilt ones too.", "counts"
        )
    return tuple(dict(zip(each, answers, strict=True)) for answers in zip(*each.values(), strict=True))


def entered(number: int) -> tuple[Entered, ...]:
    """Every batch of a vote, by college and name."""
    batches = sorted(store.ballots.batches(number), key=lambda one: (one.college, one.batch))
    return tuple(
        Entered(college, batch, tuple({one.member: one for one in ones}.values()))
        for (college, batch), ones in groupby(batches, key=lambda one: (one.college, one.batch))
    )


def papers(number: int) -> tuple[tuple[str, str, Mapping[str, object]], ...]:
    """The papers of all batches (college, "paper-<batch>-<n>", answers). Raises CannotEnter while clerks differ."""
    found = []
    for one in entered(number):
        agreed = one.agreed
        if agreed is None:
            raise CannotEnter(f"Batch {one.batch} counts only when two clerks have entered the same.")
        found += [(one.college, f"paper-{one.batch}-{n:05}", answers) for n, answers in enumerate(agreed, 1)]
    return tuple(found)


def _countable(number: int) -> Ballot:
    ballot = store.ballots.by_number(number)
    if ballot.taken(Step.OPEN) is None or ballot.taken(Step.WITHDRAWN):
        raise CannotEnter(f"Vote {number} is not open.")
    if ballot.taken(Step.DECLARED):
        raise CannotEnter(f"The result of vote {number} has been declared.")
    return ballot


def _same(one: Sequence[Mapping[str, object]], other: Sequence[Mapping[str, object]]) -> bool:
    """Whether two bundles hold the same papers, in whatever order they lie."""

    def sorted_papers(papers: Sequence[Mapping[str, object]]) -> list[str]:
        return sorted(repr(sorted(paper.items())) for paper in papers)

    return sorted_papers(one) == sorted_papers(other)
