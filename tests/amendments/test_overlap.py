"""How two amendments stand to one another."""

from __future__ import annotations

import pytest
from edits import books, edits, item
from hypothesis import given, settings
from hypothesis import strategies as st

from amendments.changes import Edit, Insert, Move, Reword, Strike
from amendments.overlap import Overlap, Pair, overlap, overlaps
from constitution.clause import Clause, Constitution, Kind

FEES = "Members shall pay a fee of ten pounds per year, reduced to one pound for the unwaged, to the treasurer in May."
BOOK = Constitution(
    "Rules", (item("aims", "We exist."), item("fees", FEES, item("low", "One pound.")), item("board", "Nine."))
)


def fees(**words: str) -> Reword:
    text = FEES
    for old, new in words.items():
        text = text.replace(old, new)
    return Reword("fees", text)


def new(clause_id: str, text: str) -> Clause:
    return Clause(clause_id, Kind.ITEM, text=text)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        (fees(ten="five"), fees(ten="five"), Overlap.IDENTICAL),
        (Insert(None, "aims", new("a", "N.")), Insert(None, "aims", new("b", "N.")), Overlap.IDENTICAL),
        (fees(ten="five"), fees(ten="six"), Overlap.CONTRADICTORY),
        (fees(ten="five"), Strike("fees"), Overlap.CONTRADICTORY),
        (Reword("low", "None."), Strike("fees"), Overlap.CONTRADICTORY),
        (Move("low", None, None), Move("low", "board", None), Overlap.CONTRADICTORY),
        (fees(ten="five", May="June"), fees(ten="five"), Overlap.OVERLAPPING),
        (fees(ten="five"), fees(pounds="euros"), Overlap.OVERLAPPING),
        (Insert(None, "aims", new("a", "N.")), Insert(None, "aims", new("b", "M.")), Overlap.OVERLAPPING),
        (fees(ten="five"), fees(treasurer="secretary"), Overlap.SAME_CLAUSE),
        (Reword("fees", FEES, "Fees"), fees(ten="five"), Overlap.SAME_CLAUSE),
        (fees(ten="five"), Reword("board", "Ten."), Overlap.NONE),
        (Insert("fees", None, new("a", "N.")), Insert("fees", "low", new("b", "M.")), Overlap.NONE),
    ],
)
def test_two_amendments_stand_so_to_one_another(one: Edit, other: Edit, how: Overlap) -> None:
    assert overlap(BOOK, [one], [other]) is how
    assert overlap(BOOK, [other], [one]) is how
    found = overlaps(BOOK, {"A1": [one], "A2": [other]})
    assert found == (() if how is Overlap.NONE else (Pair("A1", "A2", how),))


@settings(max_examples=40)
@given(st.data())
def test_no_meeting_is_overlooked(data: st.DataObject) -> None:
    base = data.draw(books())
    sides = {f"A{n}": data.draw(edits(base, prefix=f"n{n}x", most=2)) for n in (1, 2)}
    how = overlap(base, sides["A1"], sides["A2"])
    assert overlap(base, sides["A2"], sides["A1"]) is how
    assert bool(overlaps(base, sides)) == (how is not Overlap.NONE)
    if sides["A1"]:
        assert overlap(base, sides["A1"], sides["A1"]) is Overlap.IDENTICAL
