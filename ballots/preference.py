"""Ranked options: how many prefer which to which, and the order that follows (Schulze, winning votes).

Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
election method", Social Choice and Welfare 36 (2011), and the constitution of the Debian Project, A.5. A defeat is as
strong as the votes for it; of two with the same votes the one with fewer votes against it is the stronger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from ballots.definition import DEFAULT, Needed, Question, Unranked
from ballots.paper import Answer, Paper
from rulebook.kinds import QuorumKind
from rulebook.threshold import Counts, Verdict, passes

Pair = tuple[str, str]
Matrix = Mapping[Pair, int]
Strength = tuple[int, int]
"""Votes for a defeat, and those against it with their sign turned: the greater the stronger."""

NONE: Strength = (0, 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an option stands against the default: the verdicts on it, and whether it stays in the count."""

    option: str
    verdicts: tuple[Verdict, ...]

    @property
    def stays(self) -> bool:
        """Whether it meets every rule."""
        return all(one.met for one in self.verdicts)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The count of a ranked question: the matrix, how each option stands, the order of those that stay.

    ``order`` holds groups, the best first, the default among them; those in one group are tied. ``taken`` are the
    options that are carried, ``tied`` those between which nothing decides and which therefore are not.
    """

    matrix: Matrix
    standings: tuple[Standing, ...]
    order: tuple[tuple[str, ...], ...]
    taken: tuple[str, ...]
    tied: tuple[str, ...]


def ranking(
    question: Question, papers: Iterable[Paper], unranked: Unranked, turnout: tuple[Verdict, ...] = ()
) -> Ranking:
    """Count a ranked question. ``turnout``: verdicts on the whole question; unless all are met nothing is carried."""
    matrix = pairwise(question, papers, unranked)
    standings = tuple(_standing(question, one.id, matrix) for one in question.options)
    staying = [one.option for one in standings if one.stays]
    groups = order([*staying, DEFAULT], matrix)
    taken, tied = _taken(groups, question.slots) if all(one.met for one in turnout) else ((), ())
    return Ranking(matrix, standings, groups, taken, tied)


def pairwise(question: Question, papers: Iterable[Paper], unranked: Unranked) -> Matrix:
    """How many prefer the first to the second, for every two options with the default among them."""
    options = [DEFAULT, *(one.id for one in question.options)]
    found: Counter[Pair] = Counter()
    alike: Counter[tuple[tuple[str, int], ...]] = Counter()
    for paper in papers:
        alike[_ranks(paper.answers.get(question.id, {}))] += paper.weight
    for ranks, times in alike.items():
        for pair in _preferred(dict(ranks), options, unranked):
            found[pair] += times
    return {pair: found[pair] for pair in permutations(options, 2)}


def order(options: Sequence[str], matrix: Matrix) -> tuple[tuple[str, ...], ...]:
    """The options from the best to the worst, those that nothing parts in one group, each in the order given."""
    paths = strongest(options, matrix)
    left, groups = list(options), []
    while left:
        best = [a for a in left if all(paths[a, b] >= paths[b, a] for b in left if b != a)]
        groups.append(tuple(best))
        left = [one for one in left if one not in best]
    return tuple(groups)


def strongest(options: Sequence[str], matrix: Matrix) -> Mapping[Pair, Strength]:
    """The strength of the strongest path from each option to each other: that of its weakest defeat."""
    paths = {pair: _defeat(pair, matrix) for pair in permutations(options, 2)}
    for through in options:
        for a, b in permutations([one for one in options if one != through], 2):
            paths[a, b] = max(paths[a, b], min(paths[a, through], paths[through, b]))
    return paths


def _defeat(pair: Pair, matrix: Matrix) -> Strength:
    ours, theirs = matrix[pair], matrix[pair[::-1]]
    return (ours, -theirs) if ours > theirs else NONE


def _ranks(answer: Answer) -> tuple[tuple[str, int], ...]:
    return () if isinstance(answer, str) else tuple(sorted(answer.items()))


def _preferred(ranks: Mapping[str, int], options: Sequence[str], unranked: Unranked) -> Iterable[Pair]:
    if not ranks:
        return
    after = max(ranks.values()) + 1
    for a, b in permutations(options, 2):
        if unranked is Unranked.UNCOMPARED and not (a in ranks and b in ranks):
            continue
        if ranks.get(a, after) < ranks.get(b, after):
            yield a, b


def _standing(question: Question, option_id: str, matrix: Matrix) -> Standing:
    option = question.option(option_id)
    counts = Counts(matrix[option_id, DEFAULT], matrix[DEFAULT, option_id])
    quorums = [one for one in question.quorums if one.kind is not QuorumKind.TURNOUT]
    thresholds = (option.thresholds if option else ()) or question.thresholds
    return Standing(
        option_id, (*(reached(one, counts.in_favour) for one in quorums), *(passes(one, counts) for one in thresholds))
    )


def reached(needed: Needed, number: int) -> Verdict:
    """Whether so many meet a quorum."""
    met = number >= needed.least
    return Verdict(met, needed.words, f"{number:,} {'≥' if met else '<'} {needed.least:,}: {'yes' if met else 'no'}")


def _taken(groups: Sequence[tuple[str, ...]], slots: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """As many as there are places, above the default; of those that are tied for the last place none."""
    taken: list[str] = []
    for group in groups:
        free = slots - len(taken)
        if DEFAULT in group:
            return tuple(taken), tuple(one for one in group if one != DEFAULT) if free else ()
        if len(group) > free:
            return tuple(taken), group if free else ()
        taken += group
    return tuple(taken), ()
