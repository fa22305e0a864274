"""Whether a vote has carried: whole numbers only, and the rule with its numbers put in.

"At least 2/3 of the votes cast for and against: 3 × 5,200 = 15,600 ≥ 2 × 8,400 = 16,800: no."
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from rulebook.exact import Exact, exact, shown
from rulebook.formula import Figures, evaluate
from rulebook.kinds import Combining, Counted, QuorumKind
from rulebook.rules import Quorum, Threshold
from rulebook.saying import counted


class NotCounted(ValueError):
    """A rule asks for a number that was not counted, or counts that cannot be."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted, as whole numbers (or summed weights, where votes weigh).

    ``blank`` and ``spoilt`` papers are neither votes nor abstentions. ``present`` and ``eligible`` None: not known.
    Against a default option, ``in_favour`` prefer the option to it and ``against`` prefer it to the option.
    """

    in_favour: int
    against: int
    abstain: int = 0
    blank: int = 0
    spoilt: int = 0
    present: int | None = None
    eligible: int | None = None

    def __post_init__(self) -> None:
        papers_in = (self.in_favour, self.against, self.abstain, self.blank, self.spoilt)
        if min(papers_in) < 0:
            raise NotCounted("A count cannot be below zero.")
        for limit, what in ((self.present, "present"), (self.eligible, "eligible")):
            if limit is not None and sum(papers_in) > limit:
                raise NotCounted(f"{sum(papers_in):,} papers were counted of {limit:,} who are {what}.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a rule is met, the rule in words, and the sum that shows it ("3 × 10 = 30 ≥ 2 × 15 = 30: yes")."""

    met: bool
    rule: str
    sum: str

    @property
    def sentence(self) -> str:
        """The rule with its numbers put in."""
        return f"{self.rule[:1].upper()}{self.rule[1:]}: {self.sum}."


BASES = {
    Counted.CAST: "the votes cast for and against",
    Counted.VALID: "the valid votes, abstentions among them",
    Counted.PAPERS: "the papers handed in, blank and spoilt ones among them",
    Counted.PRESENT: "those present",
    Counted.ELIGIBLE: "those entitled to vote",
    Counted.VERSUS_DEFAULT: "the voters who prefer one of it and the default option to the other",
}


def passes(threshold: Threshold, counts: Counts) -> Verdict:
    """Whether so many votes are enough; raises NotCounted where the base is not known.

    No votes in favour are never enough, not even of nothing. Against a default option "at least" asks besides for
    more votes above it than below it (Debian constitution, A.5(3)(2)).
    """
    rule = in_words(threshold)
    if counts.in_favour == 0:
        return Verdict(met=False, rule=rule, sum="nobody voted in favour: no")
    if threshold.base is Counted.VERSUS_DEFAULT:
        return _versus_default(threshold, counts, rule)
    share = threshold.share
    of = base(threshold.base, counts)
    met, said = _compared(counts.in_favour, share.denominator, of, share.numerator, strict=threshold.strict)
    return Verdict(met, rule, f"{said}: {_yes(met)}")


def in_words(threshold: Threshold) -> str:
    """The rule as a phrase: "more than 1/2 of the votes cast for and against"."""
    if threshold.base is Counted.VERSUS_DEFAULT:
        above, below = _ratio(threshold)
        return f"{_least(threshold)} {counted(above, 'vote')} above the default option for every {below} below it"
    return f"{_least(threshold)} {threshold.share} of {BASES[threshold.base]}"


def base(which: Counted, counts: Counts) -> int:
    """What the votes in favour are compared with; raises NotCounted where it is not known."""
    cast = counts.in_favour + counts.against
    match which:
        case Counted.CAST | Counted.VERSUS_DEFAULT:
            return cast
        case Counted.VALID:
            return cast + counts.abstain
        case Counted.PAPERS:
            return papers(counts)
        case Counted.PRESENT:
            return _known(counts.present, "present")
    return _known(counts.eligible, "entitled to vote")


def papers(counts: Counts) -> int:
    """Everything that was handed in."""
    return counts.in_favour + counts.against + counts.abstain + counts.blank + counts.spoilt


def in_colleges(threshold: Threshold, combine: Combining, colleges: Sequence[tuple[str, Fraction, Counts]]) -> Verdict:
    """Whether several colleges together carry it: each on its own, or their shares of the base weighed and added.

    A college is (its name, its weight, its counts); the weights of all are 1 together. A college in which the base
    is empty adds nothing.
    """
    if combine is Combining.EACH:
        each = [(name, passes(threshold, counts)) for name, _, counts in colleges]
        met = all(one.met for _, one in each)
        said = "; ".join(f"{name}: {one.sum}" for name, one in each)
        return Verdict(met, f"{in_words(threshold)}, in every college", said)
    reached = sum((weight * _part(threshold, counts) for _, weight, counts in colleges), Fraction(0))
    met = reached > threshold.share if threshold.strict else reached >= threshold.share
    added = " + ".join(_weighed(threshold, weight, counts) for _, weight, counts in colleges)
    said = f"{added} = {_fraction(reached)} {_sign(strict=threshold.strict)} {threshold.share}: {_yes(met and reached > 0)}"
    return Verdict(met and reached > 0, f"{in_words(threshold)}, the colleges weighed", said)


def quorate(quorum: Quorum, counts: Counts, known: Figures) -> Verdict:
    """Whether so many took part, voted in favour, or (per option) ranked it above the default option.

    The number needed is not rounded: 47.6 asks for 48, but is shown as what it is.
    """
    reached = papers(counts) if quorum.kind is QuorumKind.TURNOUT else counts.in_favour
    needed = evaluate(quorum.count, known)
    met = _reaches(exact(reached), needed, strict=quorum.strict)
    said = f"{reached:,} {_sign(strict=quorum.strict)} {shown(needed)}: {_yes(met)}"
    return Verdict(met, f"{'more than' if quorum.strict else 'at least'} {shown(needed)} {_QUORUMS[quorum.kind]}", said)


_QUORUMS = {
    QuorumKind.TURNOUT: "papers handed in",
    QuorumKind.APPROVAL: "votes in favour",
    QuorumKind.PER_OPTION: "voters who rank it above the default option",
}


def _versus_default(threshold: Threshold, counts: Counts, rule: str) -> Verdict:
    above, below = _ratio(threshold)
    met, said = _compared(counts.in_favour, below, counts.against, above, strict=threshold.strict)
    if threshold.strict:
        return Verdict(met, rule, f"{said}: {_yes(met)}")
    beats = counts.in_favour > counts.against
    said = f"{said} and {counts.in_favour:,} > {counts.against:,}: {_yes(met and beats)}"
    return Verdict(met and beats, rule, said)


def _ratio(threshold: Threshold) -> tuple[int, int]:
    """A share of three in four as three to one."""
    return threshold.share.numerator, threshold.share.denominator - threshold.share.numerator


def _compared(one: int, by: int, other: int, times: int, *, strict: bool) -> tuple[bool, str]:
    left, right = by * one, times * other
    met = left > right if strict else left >= right
    return met, f"{by} × {one:,} = {left:,} {_sign(strict=strict)} {times} × {other:,} = {right:,}"


def _reaches(one: Exact, other: Exact, *, strict: bool) -> bool:
    return other < one if strict else other <= one


def _part(threshold: Threshold, counts: Counts) -> Fraction:
    of = base(threshold.base, counts)
    return Fraction(counts.in_favour, of) if of else Fraction(0)


def _weighed(threshold: Threshold, weight: Fraction, counts: Counts) -> str:
    return f"{weight} × {counts.in_favour:,}/{base(threshold.base, counts):,}"


def _fraction(value: Fraction) -> str:
    return f"{value.numerator:,}/{value.denominator:,}" if value.denominator != 1 else f"{value.numerator:,}"


def _known(value: int | None, what: str) -> int:
    if value is None:
        raise NotCounted(f"Nobody has counted how many are {what}, and the rule asks for it.")
    return value


def _least(threshold: Threshold) -> str:
    return "more than" if threshold.strict else "at least"


def _sign(*, strict: bool) -> str:
    return ">" if strict else "≥"


def _yes(met: bool) -> str:  # noqa: FBT001 (a word for it)
    return "yes" if met else "no"
