"""From two texts to the edits between them, one case at a time (test_edit tries any)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from edits import item

from amendments.deriving import CannotDerive, derive
from amendments.edit import Edit, Insert, Move, Reword, Strike, rebuilt
from constitution.clause import Constitution, Practice, Repeals

BOOK = Constitution(
    "Rules", (item("a", "Aims.", item("a1", "First."), item("a2", "Second."), heading="Aims"), item("b", "Board."))
)
NEW = item("n", "New.", item("n1", "Below."))


@pytest.mark.parametrize(
    "edits",
    [
        (),
        (Reword("a1", "First of all."),),
        (Reword("a", "Aims.", "Purposes"),),
        (Reword("a", "What we want.", ""),),
        (Strike("a"),),
        (Strike("a2"),),
        (Insert("a", "a1", NEW),),
        (Insert(None, None, NEW),),
        (Move("b", "a", "a1"),),
        (Strike("a"), Insert(None, "b", NEW), Move("a2", "n", "n1")),
    ],
)
@pytest.mark.parametrize("repeals", Repeals)
def test_what_the_edits_make_is_derived_again(edits: tuple[Edit, ...], repeals: Repeals) -> None:
    base = replace(BOOK, practice=Practice(repeals=repeals))
    changed = rebuilt(edits, base)
    found = derive(base, changed)
    assert rebuilt(found, base) == changed
    assert [type(one) for one in found] == [type(one) for one in edits]


def test_a_heading_that_stays_is_not_part_of_the_edit() -> None:
    assert derive(BOOK, rebuilt([Reword("a", "What we want.", "Aims")], BOOK)) == (Reword("a", "What we want."),)


def test_a_new_title_is_no_edit() -> None:
    with pytest.raises(CannotDerive, match="more than wording"):
        derive(BOOK, replace(BOOK, title="Other rules"))
