"""Real votes with published matrices and outcomes, and the cycles of the textbooks, counted again."""

import json
import re
from datetime import date
from fractions import Fraction
from math import isqrt

import pytest
from corpora import corpus

from ballots.definition import DEFAULT, Kind, Needed, Option, Question, Unranked
from ballots.paper import Paper
from ballots.preference import order, pairwise, ranking
from rulebook.kinds import Counted, QuorumKind
from rulebook.rules import Threshold

FROM_V1_6 = date(2015, 12, 13)  # since then "at least" the ratio, and more above than below


def read(name):
    return json.loads(next(one for one in corpus("votes", ".json") if one.stem == name).read_text(encoding="utf8"))


def debian():
    return [
        json.loads(one.read_text(encoding="utf8")) for one in corpus("votes", ".json") if one.stem.startswith("debian")
    ]


def question(options, thresholds=(), quorums=()):
    ones = tuple(Option(str(n), str(n), thresholds=thresholds[n - 1] if thresholds else ()) for n in options)
    return Question("1", Kind.RANKED, "Which?", ones, default="Further discussion", quorums=quorums)


def of_debian(vote):
    """The question under the rules of its time, and its papers."""
    default = vote["default_option"]
    options = [n for n in range(1, len(vote["options"]) + 1) if n != default]
    strict = not vote["majority_comparison"].startswith("V(A,D) >=")
    ratios = [_ratio(vote["options"][n - 1], vote["published"]["majority"].get(str(n))) for n in options]
    thresholds = {
        n: (Threshold(ratio / (ratio + 1), Counted.VERSUS_DEFAULT, strict),)
        for n, ratio in zip(options, ratios, strict=True)
    }
    least = _three_q(vote["electorate"]["developers"])
    quorums = (Needed(QuorumKind.PER_OPTION, least, "3Q"),) if vote["published"]["quorum"] else ()
    ones = tuple(Option(str(n), str(n), thresholds=thresholds[n]) for n in options)
    asked = Question("1", Kind.RANKED, "Which?", ones, default="Further discussion", quorums=quorums)
    papers = [
        Paper("developers", {"1": _ranks(marked, default)}, weight=times) for marked, times in vote["ballots"].items()
    ]
    return asked, papers


def _ratio(option, published):
    if published:
        return Fraction(published["ratio_required"]).limit_denominator(100)
    named = re.search(r"needs (\d+):(\d+)", option)
    return Fraction(int(named[1]), int(named[2])) if named else Fraction(1)


def _three_q(developers):
    """The least whole number that is not below 3/2 of the root of N."""
    squared = Fraction(9 * developers, 4)
    return next(n for n in range(isqrt(int(squared)), developers) if n * n >= squared)


def _ranks(marked, default):
    """One character for each option in its order; after the ninth come letters."""
    return {name(n, default): int(mark, 36) for n, mark in enumerate(marked, 1) if mark != "-"}


def name(n, default):
    return DEFAULT if n == default else str(n)


def test_there_are_26_resolutions_of_debian():
    assert len(debian()) == 26


@pytest.mark.parametrize("n", range(26))
def test_a_resolution_of_debian_comes_to_what_was_published(n):
    vote = debian()[n]
    asked, papers = of_debian(vote)
    found = ranking(asked, papers, Unranked.LAST)
    default, published = vote["default_option"], vote["published"]
    if published["beat_matrix"]:
        for a, row in enumerate(published["beat_matrix"], 1):
            for b, votes in enumerate(row, 1):
                if votes is not None and [a, b] not in [one[:2] for one in vote["verification"]["matrix_differences"]]:
                    assert found.matrix[name(a, default), name(b, default)] == votes
    assert {one.option for one in found.standings if not one.stays} == set(vote["verification"]["dropped"])
    assert {name(one, default) for one in published["winners"]} == set(found.order[0])
    assert found.taken == tuple(one for one in found.order[0] if one != DEFAULT and len(found.order[0]) == 1)


def test_the_cycles_of_the_textbooks_come_to_their_order():
    for example in read("classic-condorcet")["examples"]:
        asked = question(example["options"])
        papers = [
            Paper("x", {"1": {option: rank for rank, option in enumerate(ranks, 1)}}, weight=times)
            for ranks, times in example["ballots"]
        ]
        matrix = pairwise(asked, papers, Unranked.LAST)
        assert {f"{a}>{b}": votes for (a, b), votes in matrix.items() if DEFAULT not in {a, b}} == example["pairwise"]
        groups = order(example["options"], matrix)
        assert [one for group in groups for one in group] == example["schulze_order"]
        assert len(groups) == (1 if example["id"] == "condorcet-paradox" else len(example["options"]))


@pytest.mark.parametrize("year", ["2019", "2023"])
@pytest.mark.parametrize(("unranked", "setting"), [(Unranked.UNCOMPARED, "abstain"), (Unranked.LAST, "last")])
def test_no_opinion_means_what_the_setting_says(year, unranked, setting):
    vote = read(f"k8s-steering-{year}")
    asked = question(vote["options"])
    papers = [
        Paper("x", {"1": {o: r for o, r in zip(vote["options"], ranks, strict=True) if r is not None}}, weight=times)
        for ranks, times in vote["ballots"]
    ]
    groups = order(vote["options"], pairwise(asked, papers, unranked))
    assert [one for group in groups for one in group] == vote["recomputed_schulze"][setting]["order"]
