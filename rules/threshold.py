"""What a decision needs: a threshold of a named base, and quorums. Whole numbers, multiplied across; never a percentage.

The lines of a verdict show each rule with its numbers put in: "3 × 5,200 = 15,600 ≥ 2 × 8,400 = 16,800: no".
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from fractions import Fraction


class BadRule(ValueError):
    """A threshold or quorum that cannot be; the message is one sentence."""


class WrongCounts(ValueError):
    """Counts that cannot be those of one ballot; the message is one sentence."""


class Base(StrEnum):
    """Of what a threshold is a fraction, from the narrowest to the widest."""

    FOR_AND_AGAINST = "for-and-against"
    """Votes for and votes against; abstentions are as if they were not there."""
    VALID = "valid"
    """Votes for, votes against and abstentions."""
    CAST = "cast"
    """All that was handed in: also what is blank or spoilt."""
    PRESENT = "present"
    """Everyone present (or represented) when the vote was taken, whether they voted or not."""
    ELIGIBLE = "eligible"
    """Everyone on the roll."""

    @property
    def words(self) -> str:
        """``votes for and against``, ``those eligible``."""
        return _WORDS[self]


_WORDS = {
    Base.FOR_AND_AGAINST: "votes for and against",
    Base.VALID: "valid votes, abstentions among them",
    Base.CAST: "votes cast, abstentions and invalid ones among them",
    Base.PRESENT: "those present",
    Base.ELIGIBLE: "those eligible",
}


class QuorumKind(StrEnum):
    """What a quorum counts."""

    APPROVAL = "approval"
    """Votes for."""
    TURNOUT = "turnout"
    """All votes cast, abstentions and invalid ones among them."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The result of a ballot, in votes; raises WrongCounts.

    Everyone who cast a vote is present: where nobody meets, ``present`` is the number who voted.
    """

    yes: int
    no: int
    abstain: int
    invalid: int
    present: int
    eligible: int

    def __post_init__(self) -> None:
        for one in fields(self):
            count: object = getattr(self, one.name)
            if not isinstance(count, int) or count < 0:
                raise WrongCounts(f"The count of {one.name} is not a whole number from 0 up ({count}).")
        if self.of(Base.CAST) > self.present:
            raise WrongCounts(f"{self.of(Base.CAST):,} votes were cast, and only {self.present:,} are present.")
        if self.present > self.eligible:
            raise WrongCounts(f"{self.present:,} are present, and only {self.eligible:,} are eligible.")

    def of(self, base: Base) -> int:
        """How many a base comes to."""
        sums = {
            Base.FOR_AND_AGAINST: self.yes + self.no,
            Base.VALID: self.yes + self.no + self.abstain,
            Base.CAST: self.yes + self.no + self.abstain + self.invalid,
            Base.PRESENT: self.present,
            Base.ELIGIBLE: self.eligible,
        }
        return sums[base]


@dataclass(frozen=True, slots=True)
class Threshold:
    """Votes for must be more than (``strict``) or at least a fraction of a base; raises BadRule."""

    fraction: Fraction
    base: Base
    strict: bool

    def __post_init__(self) -> None:
        _exact(self.fraction)
        if not 0 < self.fraction <= 1:
            raise BadRule(f"A threshold lies between 0 and 1, and {self.fraction} does not.")
        if self.strict and self.fraction == 1:
            raise BadRule("Nothing can have more than all votes: a threshold of 1 cannot be strict.")

    def __str__(self) -> str:
        return f"{'More than' if self.strict else 'At least'} {self.fraction} of {self.base.words} must be for."


@dataclass(frozen=True, slots=True)
class Quorum:
    """So many must vote (turnout) or vote for (approval): a whole number, or a Fraction of those eligible.

    The whole number 1 is one vote; Fraction(1) is everyone eligible. Raises BadRule.
    """

    kind: QuorumKind
    needed: int | Fraction

    def __post_init__(self) -> None:
        if isinstance(self.needed, int):
            if self.needed < 0:
                raise BadRule(f"A quorum is a whole number from 0 up, and {self.needed} is not.")
            return
        _exact(self.needed)
        if not 0 <= self.needed <= 1:
            raise BadRule(f"A quorum is a part of those eligible, and {self.needed} of them is not.")

    def __str__(self) -> str:
        whole = isinstance(self.needed, int)
        needed = f"{self.needed:,}" if whole else f"as many as {self.needed} of {Base.ELIGIBLE.words}"
        return f"At least {needed} must {'vote' if self.kind is QuorumKind.TURNOUT else 'vote for it'}."


@dataclass(frozen=True, slots=True)
class Line:
    """One rule of a verdict: the rule as a sentence, the inequality with its numbers, whether it holds."""

    rule: str
    numbers: str
    holds: bool

    def __str__(self) -> str:
        return f"{self.numbers}: {'yes' if self.holds else 'no'}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a decision is carried, and a line for the threshold and for each quorum, in their order."""

    passed: bool
    lines: tuple[Line, ...]


def verdict(threshold: Threshold, quorums: tuple[Quorum, ...], counts: Counts) -> Verdict:
    """Judge a result: carried if the threshold and every quorum is met. Without any vote nothing is carried."""
    lines = (_judged(threshold, counts), *(_counted(quorum, counts) for quorum in quorums))
    return Verdict(all(line.holds for line in lines), lines)


def reaches(count: int, fraction: Fraction, whole: int, *, strict: bool) -> bool:
    """Whether a count is more than (strict) or at least a fraction of a whole, in whole numbers only."""
    left, right = fraction.denominator * count, fraction.numerator * whole
    return left > right if strict else left >= right


def _judged(threshold: Threshold, counts: Counts) -> Line:
    base = counts.of(threshold.base)
    if not base:  # 0 is at least two thirds of 0, but nobody decided anything
        return Line(str(threshold), f"Nothing is carried by 0 {threshold.base.words}", holds=False)
    return _compared(str(threshold), counts.yes, threshold.fraction, base, strict=threshold.strict)


def _counted(quorum: Quorum, counts: Counts) -> Line:
    count = counts.of(Base.CAST) if quorum.kind is QuorumKind.TURNOUT else counts.yes
    if isinstance(quorum.needed, int):
        return Line(str(quorum), f"{count:,} ≥ {quorum.needed:,}", holds=count >= quorum.needed)
    return _compared(str(quorum), count, quorum.needed, counts.eligible, strict=False)


def _compared(rule: str, count: int, fraction: Fraction, whole: int, *, strict: bool) -> Line:
    """As ``reaches``, shown: both sides are multiplied by the denominator."""
    above, below = fraction.numerator, fraction.denominator
    sides = (f"{below:,} × {count:,} = {below * count:,}", f"{above:,} × {whole:,} = {above * whole:,}")
    return Line(rule, f" {'>' if strict else '≥'} ".join(sides), reaches(count, fraction, whole, strict=strict))


def _exact(value: object) -> None:
    if not isinstance(value, Fraction):
        raise BadRule(f"{value} is not an exact fraction: 2/3 is Fraction(2, 3).")
