"""What falls if what is carried, which ties cannot all hold, and which are found."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from edits import books, edits, item
from hypothesis import given, settings
from hypothesis import strategies as st

from amendments.changes import Edit, Insert, Move, Reword, Strike
from amendments.decisions import EXCLUDING, MUTUAL, Contradiction, Kind, Tie, check, found, outcome, sentence
from amendments.overlap import Overlap, overlap
from constitution.clause import Clause, Constitution
from constitution.clause import Kind as ClauseKind

ONE, TWO, THREE, FOUR = 18, 19, 20, 21


def tie(one: int, kind: Kind, other: int) -> Tie:
    return Tie(one, kind, other)


@st.composite
def ties(draw: st.DrawFn, most: int = 6) -> list[Tie]:
    pairs = draw(st.lists(st.permutations(range(1, 6)).map(lambda some: some[:2]), max_size=most))
    return [Tie(one, draw(st.sampled_from(Kind)), other) for one, other in pairs]


def subsets(some: frozenset[int]) -> list[frozenset[int]]:
    return [frozenset(one) for one in chain.from_iterable(combinations(sorted(some), n) for n in range(len(some) + 1))]


def allowed(known: list[Tie], put: frozenset[int]) -> list[frozenset[int]]:
    """Every way in which those put may stand, by trying all: each as its ties say, packages as large as they can be.

    Of two alternatives one stands; where another tie between the two decides, that one does.
    """
    directed = {frozenset(one.key[::2]) for one in known if one.kind in EXCLUDING - {Kind.ALTERNATIVE}}
    binding = [one for one in known if one.kind is not Kind.ALTERNATIVE or frozenset(one.key[::2]) not in directed]
    both = [(one.amendment, one.kind, one.other) for one in binding]
    both += [(one.other, one.kind, one.amendment) for one in binding if one.kind in MUTUAL]

    def stands_as_said(one: int, standing: frozenset[int], against: frozenset[int]) -> bool:
        mine = [(kind, other) for amendment, kind, other in both if amendment == one]
        return all(other not in against if kind in EXCLUDING else other in standing for kind, other in mine)

    def largest(against: frozenset[int]) -> frozenset[int]:
        """The union of all that support themselves, given what excludes them."""
        held = [one for one in subsets(put) if all(stands_as_said(each, one, against) for each in one)]
        return frozenset().union(*held)

    return [one for one in subsets(put) if largest(one) == one]


@settings(max_examples=60)
@given(ties(), st.frozensets(st.integers(1, 5)))
def test_the_outcome_is_that_of_trying_everything(known: list[Tie], carried: frozenset[int]) -> None:
    result = outcome(known, carried)
    put = result.stands | result.falls.keys() | result.open
    assert carried <= put
    assert len(put) == len(result.stands) + len(result.falls) + len(result.open)
    ways = allowed(known, put)
    assert all(result.stands <= way and way.isdisjoint(result.falls) for way in ways)
    assert result.open or ways == [result.stands]
    assert all(result.falls.values())


@given(ties(), st.frozensets(st.integers(1, 5)), st.randoms(), st.permutations(range(11, 16)))
def test_neither_the_order_of_ties_nor_the_numbers_change_it(known, carried, chance, numbers) -> None:
    result = outcome(known, carried)
    called = dict(zip(range(1, 6), numbers, strict=True))
    again = [Tie(called[one.amendment], one.kind, called[one.other]) for one in known]
    chance.shuffle(again)
    renamed = outcome(again, [called[one] for one in carried])
    assert renamed.stands == {called[one] for one in result.stands}
    assert renamed.falls.keys() == {called[one] for one in result.falls}
    chance.shuffle(known)
    assert outcome(known, carried) == result


def refused(known) -> Contradiction | None:
    try:
        check(known)
    except Contradiction as contradiction:
        return contradiction
    return None


@given(ties(), st.frozensets(st.integers(1, 5)))
def test_what_is_accepted_is_decided_unless_two_alternatives_are_carried(known, carried) -> None:
    ring = refused(known)
    if ring is not None:
        assert set(ring.ties) <= set(known)
        assert refused(ring.ties) is not None
        assert all(sentence(one) in str(ring) for one in ring.ties)
        return
    result = outcome(known, carried)
    assert bool(result.open) == bool(result.undecided)
    losers = {pair[1] for pair in result.undecided}
    while losers:  # the votes decide
        carried = frozenset(result.stands | result.open) - losers
        result = outcome(known, carried)
        losers = {pair[1] for pair in result.undecided}
    assert not result.open
    # Whatever is accepted can be carried.
    for one in range(1, 6):
        needs = {one}
        while (
            more := {
                other
                for each in known
                if each.kind not in EXCLUDING
                for this, other in (each.key[::2], each.key[::-2])
                if this in needs and (each.kind in MUTUAL or this == each.amendment)
            }
            - needs
        ):
            needs |= more
        assert one in outcome(known, needs).stands


@given(st.frozensets(st.integers(1, 9)))
def test_without_ties_all_that_is_carried_stands(carried: frozenset[int]) -> None:
    result = outcome([], carried)
    assert (result.stands, dict(result.falls), result.undecided, result.open) == (carried, {}, (), frozenset())


@pytest.mark.parametrize(
    ("kind", "carried", "falls"),
    [
        (Kind.FALLS_IF, {ONE, TWO}, {TWO: "It falls because A18 is carried."}),
        (Kind.FALLS_IF, {TWO}, {}),
        (Kind.ONLY_IF, {TWO}, {TWO: "It is put only if A18 is carried, and A18 is not carried."}),
        (Kind.ONLY_IF_LOST, {ONE, TWO}, {TWO: "It is put only if A18 is lost, and A18 is carried."}),
        (Kind.NEEDS, {TWO}, {TWO: "It has no effect without A18, which is not carried."}),
        (Kind.CONSEQUENTIAL, {TWO}, {TWO: "It follows A18, which is not carried."}),
        (Kind.TOGETHER, {ONE}, {ONE: "It stands or falls together with A19, which is not carried."}),
    ],
)
def test_each_kind_says_what_falls_and_why(kind: Kind, carried: set[int], falls: dict[int, str]) -> None:
    result = outcome([tie(TWO, kind, ONE)], carried)
    assert dict(result.falls) == falls
    assert result.stands == carried - falls.keys()


def test_what_follows_is_carried_with_what_it_follows_and_falls_with_it() -> None:
    known = [tie(TWO, Kind.CONSEQUENTIAL, ONE), tie(ONE, Kind.FALLS_IF, THREE)]
    assert outcome(known, {ONE}).stands == {ONE, TWO}
    assert dict(outcome(known, {ONE, THREE}).falls) == {
        ONE: "It falls because A20 is carried.", TWO: "It follows A18, which falls.",
    }  # fmt: skip


def test_two_alternatives_that_are_both_carried_wait_for_a_winner_and_so_does_what_hangs_on_them() -> None:
    known = [tie(TWO, Kind.ALTERNATIVE, ONE), tie(THREE, Kind.NEEDS, ONE)]
    result = outcome(known, {ONE, TWO, THREE, FOUR})
    assert (result.undecided, result.open, result.stands) == (((ONE, TWO),), {ONE, TWO, THREE}, {FOUR})


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (
            [tie(TWO, Kind.NEEDS, ONE), tie(TWO, Kind.FALLS_IF, ONE)],
            "A19 could never be carried: A19 has no effect unless A18 is carried. If A18 is carried, A19 falls.",
        ),
        (
            [tie(TWO, Kind.ALTERNATIVE, ONE), tie(TWO, Kind.TOGETHER, ONE)],
            (
                "A18 could never be carried: A18 and A19 stand or fall together."
                " A18 and A19 are alternatives: at most one of them can be carried."
            ),
        ),
        (
            [tie(ONE, Kind.TOGETHER, TWO), tie(TWO, Kind.TOGETHER, THREE), tie(ONE, Kind.FALLS_IF, THREE)],
            (
                "A18 could never be carried: A18 and A19 stand or fall together. A19 and A20 stand or fall together."
                " If A20 is carried, A18 falls."
            ),
        ),
        (
            [tie(ONE, Kind.ONLY_IF_LOST, TWO), tie(TWO, Kind.ONLY_IF_LOST, ONE)],
            (
                "None of these could ever be put, because each waits for another: A18 is put only if A19 is lost."
                " A19 is put only if A18 is lost."
            ),
        ),
        (
            [tie(ONE, Kind.FALLS_IF, TWO), tie(TWO, Kind.FALLS_IF, THREE), tie(THREE, Kind.FALLS_IF, ONE)],
            (
                "Whether these stand or fall would be decided by nothing, because each hangs on another; where it is meant"
                " that only one of two can be carried, rule that they are alternatives: If A19 is carried, A18 falls."
                " If A20 is carried, A19 falls. If A18 is carried, A20 falls."
            ),
        ),
        (
            [tie(ONE, Kind.CONSEQUENTIAL, TWO), tie(ONE, Kind.CONSEQUENTIAL, THREE)],
            (
                "A18 could be carried with the one and lost with the other: A18 follows A19: it is carried or lost with it."
                " A18 follows A20: it is carried or lost with it."
            ),
        ),
        (
            [tie(ONE, Kind.CONSEQUENTIAL, TWO), tie(THREE, Kind.ALTERNATIVE, ONE)],
            (
                "A18 is not put by itself; rule so of what it follows: A18 follows A19: it is carried or lost with it."
                " A18 and A20 are alternatives: at most one of them can be carried."
            ),
        ),
        ([tie(ONE, Kind.NEEDS, ONE)], "A18 cannot stand so to itself: A18 has no effect unless A18 is carried."),
    ],
)
def test_ties_that_cannot_hold_are_refused_in_words(known: list[Tie], said: str) -> None:
    with pytest.raises(Contradiction) as contradiction:
        check(known)
    assert str(contradiction.value) == said


BOOK = Constitution(
    "Rules",
    (
        item("fees", "Members pay ten pounds.", item("low", "One pound for the unwaged.")),
        item("board", "The board is nine."),
        item("end", "See clause 4."),
    ),
)


def new(clause: str, text: str) -> Clause:
    return Clause(clause, ClauseKind.ITEM, text=text)


FIVE, SIX = Reword("fees", "Members pay five pounds."), Reword("fees", "Members pay six pounds.")


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ([FIVE], [SIX], Tie(1, Kind.ALTERNATIVE, 2, "They change the same words of clause 1: A1 says “five”, A2 says “six”.")),
        ([Reword("low", "Nothing.")], [Strike("fees")], Tie(1, Kind.FALLS_IF, 2, "A2 takes out clause 1, which A1 changes or puts something into.")),
        ([Move("low", None, None)], [Move("low", "board", None)], Tie(1, Kind.ALTERNATIVE, 2, "They move clause 1(1) to different places.")),
        ([Insert(None, "end", new("n1", "A fund."))], [Reword("board", "The board is nine, under clause 4.")],
         Tie(2, Kind.NEEDS, 1, "A2 refers to clause 4, which A1 brings.")),
        ([Insert(None, "end", new("n1", "A “returning officer” means who counts."))], [Reword("board", "The returning officer is nine.")],
         Tie(2, Kind.NEEDS, 1, "A2 says “returning officer”, which A1 explains.")),
        ([Insert(None, "end", new("n1", "A fund."))], [Reword("board", "The board is nine, see [[n1]].")], Tie(2, Kind.NEEDS, 1, "A2 refers to a clause that A1 brings.")),
        ([FIVE], [FIVE], None),
        ([FIVE], [Reword("board", "Ten.")], None),
    ],
)  # fmt: skip
def test_ties_are_found_with_their_reason(one: list[Edit], other: list[Edit], wanted: Tie | None) -> None:
    assert found(BOOK, {"A1": one, "A2": other}) == ((wanted,) if wanted else ())


def test_what_is_known_is_left_out_and_no_more_are_found_than_are_asked_for() -> None:
    sides = {f"A{n}": [Reword("fees", f"Members pay {n} pounds.")] for n in range(1, 5)}
    assert len(found(BOOK, sides)) == 6
    assert len(found(BOOK, sides, [frozenset({1, 2})], most=4)) == 4
    assert found(BOOK, {"A1": [Reword("gone", "x")], "A2": [FIVE]}) == ()


@settings(max_examples=40)
@given(st.data())
def test_no_two_that_contradict_one_another_are_overlooked(data: st.DataObject) -> None:
    base = data.draw(books())
    sides = {f"A{n}": data.draw(edits(base, prefix=f"n{n}x", most=2)) for n in (1, 2)}
    clashing = [one for one in found(base, sides) if one.kind is not Kind.NEEDS]
    assert bool(clashing) == (overlap(base, sides["A1"], sides["A2"]) is Overlap.CONTRADICTORY)
