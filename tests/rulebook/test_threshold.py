"""Whether a vote has carried, in whole numbers and with the numbers put in."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from rulebook.formula import Figures, figures, number, parse
from rulebook.kinds import Combining, Counted, QuorumKind
from rulebook.rules import Quorum, Threshold
from rulebook.threshold import Counts, NotCounted, in_colleges, passes, quorate

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
NOTHING = Figures({}, {})


def test_the_sum_is_shown_with_its_numbers():
    verdict = passes(Threshold(TWO_THIRDS, Counted.CAST, strict=False), Counts(5200, 3200))
    assert not verdict.met
    assert verdict.sum == "3 × 5,200 = 15,600 ≥ 2 × 8,400 = 16,800: no"
    assert verdict.sentence == (
        "At least 2/3 of the votes cast for and against: 3 × 5,200 = 15,600 ≥ 2 × 8,400 = 16,800: no."
    )


def test_without_rules_more_than_half_of_the_votes_cast_are_needed():
    assert passes(Threshold(), Counts(51, 50)).sum == "2 × 51 = 102 > 1 × 101 = 101: yes"
    assert passes(Threshold(), Counts(50, 50)).sum == "2 × 50 = 100 > 1 × 100 = 100: no"


BASES = {
    Counted.CAST: 60 + 20,
    Counted.VALID: 60 + 20 + 10,
    Counted.PAPERS: 60 + 20 + 10 + 5 + 5,
    Counted.PRESENT: 120,
    Counted.ELIGIBLE: 200,
}


@pytest.mark.parametrize(("base", "size"), BASES.items())
def test_the_votes_in_favour_are_compared_with_the_base_that_is_named(base, size):
    counts = Counts(60, 20, 10, 5, 5, present=120, eligible=200)
    exactly = Fraction(60, size)
    assert passes(Threshold(exactly, base, strict=False), counts).met
    assert not passes(Threshold(exactly, base, strict=True), counts).met
    assert passes(Threshold(exactly - Fraction(1, 1000), base, strict=True), counts).met


def test_every_vote_of_a_small_electorate_is_decided_as_fractions_decide_it():
    shares = [Fraction(a, b) for b in range(1, 6) for a in range(1, b + 1)]
    for share, strict in product(shares, (True, False)):
        rules = [Threshold(share, base, strict) for base in (Counted.CAST, Counted.VALID, Counted.ELIGIBLE)]
        for yes, no, abstain in product(range(1, 7), range(7), range(3)):
            counts = Counts(yes, no, abstain, eligible=15)
            for rule, base in zip(rules, (yes + no, yes + no + abstain, 15), strict=True):
                part = Fraction(yes, base)
                assert passes(rule, counts).met == (part > share if strict else part >= share)


@pytest.mark.parametrize("strict", [True, False])
def test_no_votes_in_favour_never_carry_anything(strict):
    verdict = passes(Threshold(HALF, Counted.CAST, strict), Counts(0, 0))
    assert (verdict.met, verdict.sum) == (False, "nobody voted in favour: no")


@pytest.mark.parametrize(
    ("above", "below", "met", "said"),
    [
        (90, 30, True, "1 × 90 = 90 ≥ 3 × 30 = 90 and 90 > 30: yes"),
        (89, 30, False, "1 × 89 = 89 ≥ 3 × 30 = 90 and 89 > 30: no"),
    ],
)
def test_three_to_one_against_the_default_option(above, below, met, said):
    verdict = passes(Threshold(Fraction(3, 4), Counted.VERSUS_DEFAULT, strict=False), Counts(above, below))
    assert (verdict.met, verdict.sum) == (met, said)
    assert verdict.rule == "at least 3 votes above the default option for every 1 below it"


def test_a_tie_with_the_default_option_keeps_the_present_text():
    tie = Counts(40, 40)
    assert (
        passes(Threshold(HALF, Counted.VERSUS_DEFAULT, strict=False), tie).sum
        == "1 × 40 = 40 ≥ 1 × 40 = 40 and 40 > 40: no"
    )
    assert passes(Threshold(HALF, Counted.VERSUS_DEFAULT), tie).sum == "1 × 40 = 40 > 1 × 40 = 40: no"
    assert passes(Threshold(HALF, Counted.VERSUS_DEFAULT), Counts(41, 40)).met


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (
            lambda: passes(Threshold(HALF, Counted.PRESENT), Counts(1, 0)),
            "Nobody has counted how many are present, and the rule asks for it.",
        ),
        (
            lambda: passes(Threshold(HALF, Counted.ELIGIBLE), Counts(1, 0)),
            "Nobody has counted how many are entitled to vote, and the rule asks for it.",
        ),
        (lambda: Counts(1, -1), "A count cannot be below zero."),
        (lambda: Counts(30, 20, present=49), "50 papers were counted of 49 who are present."),
        (lambda: Counts(30, 20, 1, eligible=50), "51 papers were counted of 50 who are eligible."),
    ],
)
def test_what_was_not_counted_is_not_guessed(make, said):
    with pytest.raises(NotCounted) as caught:
        make()
    assert str(caught.value) == said


def test_all_who_are_present_may_have_voted():
    assert passes(Threshold(Fraction(1), Counted.PRESENT, strict=False), Counts(50, 0, present=50, eligible=50)).met


def test_two_colleges_are_weighed_and_added():
    rule, half = Threshold(HALF, Counted.CAST), Fraction(1, 2)
    just = [("clps", half, Counts(301, 199)), ("affiliates", half, Counts(200, 300))]
    verdict = in_colleges(rule, Combining.WEIGHTED, just)
    assert verdict.sum == "1/2 × 301/500 + 1/2 × 200/500 = 501/1,000 > 1/2: yes"
    assert verdict.rule == "more than 1/2 of the votes cast for and against, the colleges weighed"
    even = [("clps", half, Counts(300, 200)), ("affiliates", half, Counts(200, 300))]
    assert in_colleges(rule, Combining.WEIGHTED, even).sum == "1/2 × 300/500 + 1/2 × 200/500 = 1/2 > 1/2: no"
    assert in_colleges(Threshold(HALF, Counted.CAST, strict=False), Combining.WEIGHTED, even).met


def test_a_college_in_which_nobody_votes_adds_nothing():
    colleges = [("one", HALF, Counts(0, 0)), ("other", HALF, Counts(10, 0))]
    assert in_colleges(Threshold(), Combining.WEIGHTED, colleges).sum == "1/2 × 0/0 + 1/2 × 10/10 = 1/2 > 1/2: no"
    nobody = [("one", HALF, Counts(0, 0)), ("other", HALF, Counts(0, 3))]
    assert in_colleges(Threshold(), Combining.WEIGHTED, nobody).sum == "1/2 × 0/0 + 1/2 × 0/3 = 0 > 1/2: no"


def test_each_college_must_carry_it_where_the_rules_say_so():
    colleges = [("teachers", HALF, Counts(3, 2)), ("students", HALF, Counts(2, 2))]
    verdict = in_colleges(Threshold(), Combining.EACH, colleges)
    assert not verdict.met
    assert verdict.sum == "teachers: 2 × 3 = 6 > 1 × 5 = 5: yes; students: 2 × 2 = 4 > 1 × 4 = 4: no"
    assert in_colleges(Threshold(), Combining.EACH, colleges[:1]).met


@pytest.mark.parametrize(
    ("quorum", "met", "sentence"),
    [
        (Quorum(number(31)), True, "At least 31 papers handed in: 31 ≥ 31: yes."),
        (Quorum(number(31), strict=True), False, "More than 31 papers handed in: 31 > 31: no."),
        (Quorum(number(30), strict=True), True, "More than 30 papers handed in: 31 > 30: yes."),
        (Quorum(number(21), QuorumKind.APPROVAL), False, "At least 21 votes in favour: 20 ≥ 21: no."),
    ],
)
def test_a_quorum_counts_what_its_kind_says(quorum, met, sentence):
    verdict = quorate(quorum, Counts(20, 5, 3, 2, 1), NOTHING)
    assert (verdict.met, verdict.sentence) == (met, sentence)


def test_a_quorum_that_is_not_a_whole_number_is_not_rounded():
    known = figures({"Q": parse("sqrt(N(developers)) / 2")}, {"developers": 1003})
    quorum = Quorum(parse("3 * Q"), QuorumKind.PER_OPTION)
    assert quorate(quorum, Counts(47, 0), known).sum == "47 ≥ about 47.50: no"
    assert quorate(quorum, Counts(48, 0), known).sentence == (
        "At least about 47.50 voters who rank it above the default option: 48 ≥ about 47.50: yes."
    )
