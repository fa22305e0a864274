"""The orders of an agenda."""

import pytest
from edits import books, edits, item
from hypothesis import given
from hypothesis import strategies as st

from amendments.agenda import arranged, reach
from amendments.changes import Insert, Move, Reword, Strike
from constitution.clause import Clause, Constitution, Kind
from rulebook.kinds import Order

BOOK = Constitution(
    "Rules",
    (item("fees", "Members pay ten pounds a year.", item("low", "One pound.")), item("board", "The board is nine.")),
)
SIDES = {
    1: [Strike("board")],  # four words
    2: [Reword("low", "Five pounds and more.")],  # two
    3: [Insert(None, "fees", Clause("n1", Kind.ITEM, text="A fund of many words is kept."))],
    4: [Strike("fees")],  # eight words
    5: [Move("low", "board", None), Reword("board", "The board is ten.")],
    6: [Insert(None, None, Clause("n2", Kind.ITEM, text="Aims."))],
}


@pytest.mark.parametrize(
    ("order", "numbers"),
    [
        (Order.TEXT, (6, 4, 2, 5, 3, 1)),
        (Order.FAR_REACHING, (4, 1, 2, 5, 3, 6)),
        (Order.AGENDA, (5, 1, 2, 3, 4, 6)),
        (Order.COMMITTEE, (5, 1, 2, 3, 4, 6)),
        (Order.PRIORITY, (5, 1, 2, 3, 4, 6)),
    ],
)
def test_amendments_are_arranged(order, numbers):
    assert arranged(order, BOOK, SIDES, given=[5, 1]) == numbers


def test_words_struck_and_replaced_are_counted():
    assert [reach(BOOK, SIDES[number]) for number in SIDES] == [4, 2, 0, 8, 1, 0]


@given(st.data(), st.sampled_from(Order), st.randoms())
def test_each_is_there_once_whatever_order_they_come_in(data, order, chance):
    base = data.draw(books())
    sides = {n: data.draw(edits(base, prefix=f"n{n}x", most=2)) for n in range(1, 5)}
    found = arranged(order, base, sides, given=[3])
    assert sorted(found) == sorted(sides)
    numbers = list(sides)
    chance.shuffle(numbers)
    assert arranged(order, base, {n: sides[n] for n in numbers}, given=[3]) == found
