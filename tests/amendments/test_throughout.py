"""One replacement at every place where words occur."""

from __future__ import annotations

import pytest
from edits import books, item
from hypothesis import given, settings
from hypothesis import strategies as st

from amendments.edit import Reword, UnknownClause, apply, rebuilt
from amendments.reader import CannotPerform
from amendments.throughout import Replacement, edits, places
from constitution.clause import Constitution
from constitution.tokens import tokens

CLUB = Constitution(
    "Club",
    (
        item("chair1", "The chair opens the meeting. Chair or not, all sit. The Chair's hat.", heading="The chair"),
        item("x2", "See [[chair1]] for the chair, the vice-chair and chairs."),
        item("x3", "Nobody."),
    ),
)
CHAIR = Replacement("chair", "convenor")


def test_whole_words_are_found_with_where_they_stand() -> None:
    found = places(CLUB, CHAIR)
    assert [(one.clause, one.part, one.nth) for one in found] == [
        ("chair1", "heading", 1),
        ("chair1", "text", 1),
        ("x2", "text", 1),
    ]
    assert found[1].snippet == "The chair opens the meeting. Chair or n"
    assert (found[1].before, found[1].old, found[1].new) == ("The ", "chair", "convenor")


def test_a_capital_is_replaced_by_a_capital_only_where_asked_and_where_a_sentence_begins() -> None:
    found = places(CLUB, Replacement("chair", "convenor", also_capital=True))
    assert [(one.clause, one.part, one.nth, one.new) for one in found] == [
        ("chair1", "heading", 1, "convenor"),
        ("chair1", "text", 1, "convenor"),
        ("chair1", "text", 2, "Convenor"),
        ("x2", "text", 1, "convenor"),
    ]
    upper = Replacement("Chair", "Convenor", also_capital=True)
    assert [one.old for one in places(CLUB, upper)] == ["Chair"], "what has a capital already is found once"


def test_there_is_one_edit_for_each_clause() -> None:
    assert edits(CLUB, places(CLUB, CHAIR)) == (
        Reword(
            "chair1", "The convenor opens the meeting. Chair or not, all sit. The Chair's hat.", heading="The convenor"
        ),
        Reword("x2", "See [[chair1]] for the convenor, the vice-chair and chairs."),
    )


def test_any_place_may_be_left_as_it_is() -> None:
    assert edits(CLUB, places(CLUB, CHAIR)[2:]) == (
        Reword("x2", "See [[chair1]] for the convenor, the vice-chair and chairs."),
    )
    assert edits(CLUB, ()) == ()


def test_the_id_in_a_reference_is_no_word() -> None:
    assert places(CLUB, Replacement("chair1", "x9")) == ()


def test_places_do_not_reach_into_one_another() -> None:
    book = Constitution("Song", (item("x1", "la la la la la"),))
    assert edits(book, places(book, Replacement("la la", "lu"))) == (Reword("x1", "lu lu la"),)


def test_several_replacements_go_together() -> None:
    chosen = [*places(CLUB, Replacement("meeting", "assembly")), *places(CLUB, CHAIR), *places(CLUB, CHAIR)]
    assert edits(CLUB, chosen)[0].text.startswith("The convenor opens the assembly.")


def test_places_of_another_rule_book_are_refused() -> None:
    chosen = places(CLUB, CHAIR)
    with pytest.raises(UnknownClause):
        edits(Constitution("Empty"), chosen)
    with pytest.raises(CannotPerform, match="'chair' do not stand there"):
        edits(rebuilt([Reword("x2", "Nobody.")], CLUB), chosen)
    with pytest.raises(CannotPerform, match="changed twice"):
        edits(CLUB, [*chosen, *places(CLUB, Replacement("the chair", "they"))])


@settings(max_examples=50)
@given(books(), st.sampled_from(("five", "to", "The", "x1", "§ 4.2", "pay five")), st.booleans())
def test_no_place_is_left_and_no_reference_is_touched(book: Constitution, old: str, also: bool) -> None:
    replacement = Replacement(old, "bursar", also_capital=also)
    found = edits(book, places(book, replacement))
    changed = rebuilt(found, book)
    assert places(changed, replacement) == ()
    assert bool(found) == (changed != book)
    for one in found:
        assert apply([one], book)[one.clause] != book[one.clause]
        before, after = (
            [token for token in tokens(text) if token.startswith("[[")] for text in (book[one.clause].text, one.text)
        )
        assert before == after
