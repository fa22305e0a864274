"""Thresholds and quorums are exact, name their base, and show the rule with its numbers put in."""

from fractions import Fraction
from itertools import product

import pytest

from rules.threshold import BadRule, Base, Counts, Quorum, QuorumKind, Threshold, Verdict, WrongCounts, reaches, verdict

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)


def counts(yes, no, abstain=0, invalid=0, *, present=None, eligible=None):
    present = yes + no + abstain + invalid if present is None else present
    return Counts(yes, no, abstain, invalid, present, present if eligible is None else eligible)


def two_thirds(base=Base.FOR_AND_AGAINST):
    return Threshold(TWO_THIRDS, base, strict=False)


def said(*rules, result):
    threshold, *quorums = rules
    return [str(line) for line in verdict(threshold, tuple(quorums), result).lines]


# ---------------------------------------------------------------- the numbers put in


def test_a_result_short_of_two_thirds_shows_by_how_much():
    judged = verdict(two_thirds(), (), counts(5200, 3200))
    assert not judged.passed
    assert judged.lines[0].rule == "At least 2/3 of votes for and against must be for."
    assert str(judged.lines[0]) == "3 × 5,200 = 15,600 ≥ 2 × 8,400 = 16,800: no"


def test_exactly_two_thirds_are_at_least_two_thirds_and_not_more():
    strict = Threshold(TWO_THIRDS, Base.FOR_AND_AGAINST, strict=True)
    assert said(two_thirds(), result=counts(2, 1)) == ["3 × 2 = 6 ≥ 2 × 3 = 6: yes"]
    assert said(strict, result=counts(2, 1)) == ["3 × 2 = 6 > 2 × 3 = 6: no"]
    assert str(strict) == "More than 2/3 of votes for and against must be for."


@pytest.mark.parametrize(
    ("base", "line"),
    [
        (Base.FOR_AND_AGAINST, "3 × 20 = 60 ≥ 2 × 30 = 60: yes"),
        (Base.VALID, "3 × 20 = 60 ≥ 2 × 34 = 68: no"),
        (Base.CAST, "3 × 20 = 60 ≥ 2 × 39 = 78: no"),
        (Base.PRESENT, "3 × 20 = 60 ≥ 2 × 45 = 90: no"),
        (Base.ELIGIBLE, "3 × 20 = 60 ≥ 2 × 1,000 = 2,000: no"),
    ],
)
def test_the_base_decides(base, line):
    assert said(two_thirds(base), result=counts(20, 10, 4, 5, present=45, eligible=1000)) == [line]


def test_momentum_needed_three_tenths_of_its_members_for_a_change_its_national_body_rejected():
    rule = (Threshold(HALF, Base.FOR_AND_AGAINST, strict=False), Quorum(QuorumKind.APPROVAL, Fraction(30, 100)))
    result = counts(2999, 1000, eligible=10_000)
    judged = verdict(rule[0], rule[1:], result)
    assert not judged.passed
    assert [str(line) for line in judged.lines] == [
        "2 × 2,999 = 5,998 ≥ 1 × 3,999 = 3,999: yes",
        "10 × 2,999 = 29,990 ≥ 3 × 10,000 = 30,000: no",
    ]
    assert judged.lines[1].rule == "At least as many as 3/10 of those eligible must vote for it."
    assert verdict(rule[0], rule[1:], counts(3000, 1000, eligible=10_000)).passed


def test_a_turnout_counts_all_votes_and_an_approval_only_those_for():
    result = counts(40, 30, 20, 10, eligible=1000)
    turnout, approval = Quorum(QuorumKind.TURNOUT, 100), Quorum(QuorumKind.APPROVAL, 41)
    half = Threshold(HALF, Base.FOR_AND_AGAINST, strict=True)
    assert said(half, turnout, approval, result=result) == [
        "2 × 40 = 80 > 1 × 70 = 70: yes",
        "100 ≥ 100: yes",
        "40 ≥ 41: no",
    ]
    assert str(turnout) == "At least 100 must vote."
    assert str(approval) == "At least 41 must vote for it."
    assert not verdict(half, (turnout, approval), result).passed
    assert verdict(half, (turnout,), result).passed


def test_every_rule_must_hold():
    no_quorum, met = Quorum(QuorumKind.TURNOUT, 10_000), Quorum(QuorumKind.TURNOUT, 1)
    for quorums in ((no_quorum, met), (met, no_quorum)):
        assert not verdict(two_thirds(), quorums, counts(9, 1)).passed
    assert not verdict(two_thirds(), (met,), counts(1, 9)).passed


def test_a_quorum_of_one_vote_is_not_a_quorum_of_everyone():
    result = counts(1, 0, eligible=5)
    assert verdict(two_thirds(), (Quorum(QuorumKind.TURNOUT, 1),), result).passed
    assert not verdict(two_thirds(), (Quorum(QuorumKind.TURNOUT, Fraction(1)),), result).passed


@pytest.mark.parametrize(
    ("base", "sentence"),
    [
        (Base.FOR_AND_AGAINST, "Nothing is carried by 0 votes for and against: no"),
        (Base.VALID, "Nothing is carried by 0 valid votes, abstentions among them: no"),
        (Base.CAST, "Nothing is carried by 0 votes cast, abstentions and invalid ones among them: no"),
        (Base.PRESENT, "Nothing is carried by 0 those present: no"),
        (Base.ELIGIBLE, "Nothing is carried by 0 those eligible: no"),
    ],
)
def test_without_any_vote_nothing_is_carried(base, sentence):
    judged = verdict(two_thirds(base), (Quorum(QuorumKind.TURNOUT, 0),), counts(0, 0))
    assert not judged.passed
    assert str(judged.lines[0]) == sentence


def test_abstentions_alone_carry_nothing():
    assert not verdict(two_thirds(), (), counts(0, 0, abstain=7)).passed


# ---------------------------------------------------------------- exactness


FRACTIONS = (HALF, TWO_THIRDS, Fraction(3, 5), Fraction(3, 4))


def test_every_count_of_every_whole_to_two_hundred_agrees_with_fractions():
    wrong = []
    for whole in range(1, 201):
        for count in range(whole + 1):
            share = Fraction(count, whole)
            for fraction in FRACTIONS:
                more, least = (reaches(count, fraction, whole, strict=strict) for strict in (True, False))
                wrong += [] if (more, least) == (share > fraction, share >= fraction) else [(count, fraction, whole)]
    assert wrong == []


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("base", [Base.FOR_AND_AGAINST, Base.ELIGIBLE])
def test_every_result_of_a_dozen_voters_agrees_with_fractions(base, strict):
    for yes, no, fraction in product(range(13), range(13), FRACTIONS):
        if 0 < yes + no <= 12:
            share = Fraction(yes, 12 if base is Base.ELIGIBLE else yes + no)
            expected = share > fraction if strict else share >= fraction
            assert verdict(Threshold(fraction, base, strict), (), counts(yes, no, eligible=12)).passed == expected


def test_every_quorum_of_a_small_electorate_agrees_with_fractions():
    for eligible, yes, part in product(range(1, 21), range(21), (Fraction(3, 10), Fraction(1, 3), Fraction(1))):
        if yes <= eligible:
            result = Counts(yes, 0, 0, 0, yes, eligible)
            judged = verdict(two_thirds(), (Quorum(QuorumKind.APPROVAL, part),), result)
            assert judged.lines[1].holds == (Fraction(yes, eligible) >= part)


# ---------------------------------------------------------------- what cannot be


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((-1, 0, 0, 0, 0, 0), "The count of yes is not a whole number from 0 up (-1)."),
        ((1, 0, 0, 0.0, 1, 1), "The count of invalid is not a whole number from 0 up (0.0)."),
        ((600, 600, 1, 1, 1000, 2000), "1,202 votes were cast, and only 1,000 are present."),
        ((1, 1, 0, 0, 3, 2), "3 are present, and only 2 are eligible."),
    ],
)
def test_counts_that_cannot_be_are_refused(given, said):
    with pytest.raises(WrongCounts) as refused:
        Counts(*given)
    assert str(refused.value) == said


@pytest.mark.parametrize("given", [(2, 1, 1, 1, 5, 5), (0, 0, 0, 0, 0, 0)])
def test_counts_may_just_fit(given):
    assert Counts(*given).of(Base.CAST) == given[4]


@pytest.mark.parametrize(
    ("fraction", "strict", "said"),
    [
        (Fraction(0), False, "A threshold lies between 0 and 1, and 0 does not."),
        (Fraction(3, 2), False, "A threshold lies between 0 and 1, and 3/2 does not."),
        (Fraction(1), True, "Nothing can have more than all votes: a threshold of 1 cannot be strict."),
        (0.5, True, "0.5 is not an exact fraction: 2/3 is Fraction(2, 3)."),
    ],
)
def test_a_threshold_that_cannot_be_is_refused(fraction, strict, said):
    with pytest.raises(BadRule) as refused:
        Threshold(fraction, Base.CAST, strict)
    assert str(refused.value) == said


def test_a_threshold_of_all_is_unanimity():
    every = Threshold(Fraction(1), Base.FOR_AND_AGAINST, strict=False)
    assert isinstance(verdict(every, (), counts(7, 0)), Verdict)
    assert verdict(every, (), counts(7, 0)).passed
    assert not verdict(every, (), counts(7, 1)).passed


@pytest.mark.parametrize(
    ("needed", "said"),
    [
        (-1, "A quorum is a whole number from 0 up, and -1 is not."),
        (Fraction(-1, 2), "A quorum is a part of those eligible, and -1/2 of them is not."),
        (Fraction(3, 2), "A quorum is a part of those eligible, and 3/2 of them is not."),
        (0.3, "0.3 is not an exact fraction: 2/3 is Fraction(2, 3)."),
    ],
)
def test_a_quorum_that_cannot_be_is_refused(needed, said):
    with pytest.raises(BadRule) as refused:
        Quorum(QuorumKind.TURNOUT, needed)
    assert str(refused.value) == said
