"""Counting a whole ballot from its papers: whoever has the definition and the published list comes to the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ballots.definition import DEFAULT, College, Definition, Kind, Question
from ballots.paper import ABSTAIN, BLANK, NO, SPOILT, YES, Paper
from ballots.preference import Ranking, Standing, ranking, reached
from rulebook.kinds import QuorumKind
from rulebook.rules import Threshold
from rulebook.threshold import Counts, Verdict, in_colleges, papers, passes


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted in a college. ``counts``: votes (weights summed); of a ranked question only blank and spoilt."""

    college: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question came to: ``carried`` are the ids of its options; ``quorate`` False: too few took part.

    ``tied``: options between which nothing decides; unless the rules give somebody a casting vote, the present text
    stays.
    """

    question: str
    tallies: tuple[Tally, ...]
    verdicts: tuple[Verdict, ...]
    carried: tuple[str, ...]
    quorate: bool
    ranking: Ranking | None = None

    @property
    def tied(self) -> tuple[str, ...]:
        """The options that are tied with what is carried or with the present text."""
        return self.ranking.tied if self.ranking else ()


def count(definition: Definition, found: Iterable[Paper]) -> tuple[Outcome, ...]:
    """What each question came to, in their order; the order of the papers changes nothing. Raises NotCounted."""
    counted = tuple(found)
    by_college = {one.id: [paper for paper in counted if paper.college == one.id] for one in definition.colleges}
    return tuple(_outcome(definition, question, by_college) for question in definition.questions)


def _outcome(definition: Definition, question: Question, by_college: Mapping[str, Sequence[Paper]]) -> Outcome:
    tallies = tuple(Tally(one.id, _counts(question, one, by_college[one.id])) for one in definition.colleges)
    handed_in = sum(papers(one.counts) for one in tallies) + _ranked(question, by_college)
    turnout = tuple(reached(one, handed_in) for one in question.quorums if one.kind is QuorumKind.TURNOUT)
    if question.kind is Kind.RANKED:
        every = [paper for ones in by_college.values() for paper in ones]
        ranked = ranking(question, every, definition.unranked, turnout)
        quorate = all(one.met for one in turnout)
        return Outcome(question.id, tallies, turnout, ranked.taken, quorate, ranked)
    in_favour = sum(one.counts.in_favour for one in tallies)
    quorums = turnout + tuple(reached(one, in_favour) for one in question.quorums if one.kind is not QuorumKind.TURNOUT)
    verdicts = quorums + tuple(_verdict(definition, one, tallies) for one in question.thresholds)
    carried = tuple(one.id for one in question.options) if all(one.met for one in verdicts) else ()
    return Outcome(question.id, tallies, verdicts, carried, all(one.met for one in quorums))


def _verdict(definition: Definition, threshold: Threshold, tallies: Sequence[Tally]) -> Verdict:
    if len(tallies) == 1:
        return passes(threshold, tallies[0].counts)
    share = {one.id: one.share or Fraction(0) for one in definition.colleges}
    label = {one.id: one.label for one in definition.colleges}
    colleges = [(label[one.college], share[one.college], one.counts) for one in tallies]
    return in_colleges(threshold, definition.combine, colleges)


def _counts(question: Question, college: College, ones: Sequence[Paper]) -> Counts:
    of = dict.fromkeys((YES, NO, ABSTAIN, BLANK, SPOILT), 0)
    for paper in ones:
        answer = paper.answers.get(question.id, BLANK)
        if isinstance(answer, str) or not answer:
            of[answer if isinstance(answer, str) else BLANK] += paper.weight
    eligible = college.weight or college.voters
    return Counts(of[YES], of[NO], of[ABSTAIN], of[BLANK], of[SPOILT], eligible=eligible)


def _ranked(question: Question, by_college: Mapping[str, Sequence[Paper]]) -> int:
    """How many papers (or their weight) rank something."""
    answers = ((paper, paper.answers.get(question.id)) for ones in by_college.values() for paper in ones)
    return sum(paper.weight for paper, answer in answers if answer and not isinstance(answer, str))


def to_json(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """The result as JSON can hold it: numbers, sums in words, and what is carried."""
    return [_json(one) for one in outcomes]


def _json(one: Outcome) -> dict[str, Any]:
    return {
        "question": one.question,
        "carried": list(one.carried),
        "tied": list(one.tied),
        "quorate": one.quorate,
        "colleges": [{"college": each.college} | _numbers(each.counts) for each in one.tallies],
        "verdicts": [_said(each) for each in one.verdicts],
    } | (_ranking_json(one.ranking) if one.ranking else {})


def _numbers(counts: Counts) -> dict[str, int]:
    names = ("in_favour", "against", "abstain", "blank", "spoilt")
    return {name: getattr(counts, name) for name in names}


def _said(one: Verdict) -> dict[str, Any]:
    return {"met": one.met, "rule": one.rule, "sum": one.sum}


def _ranking_json(found: Ranking) -> dict[str, Any]:
    return {
        "matrix": [[a, b, votes] for (a, b), votes in sorted(found.matrix.items())],
        "order": [list(group) for group in found.order],
        "options": [_standing_json(one) for one in found.standings],
    }


def _standing_json(one: Standing) -> dict[str, Any]:
    return {"option": one.option, "stays": one.stays, "verdicts": [_said(each) for each in one.verdicts]}


def default_wins(outcome: Outcome) -> bool:
    """Whether the present text is kept in a ranked question."""
    return outcome.ranking is not None and not outcome.carried and DEFAULT in outcome.ranking.order[0]
