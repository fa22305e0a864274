"""What an amendment does alike at every place."""

from __future__ import annotations

import pytest

from amendments.phrases import spoken
from amendments.repeated import repeated
from amendments.throughout import Replacement


def found(*texts: tuple[str, str], brought: tuple[str, ...] = ()) -> tuple[list[Replacement], list[str]]:
    """The replacements, and what is left to be said of each text that changes."""
    replacements, steps = repeated({(str(n), "text"): both for n, both in enumerate(texts)}, brought)
    return list(replacements), [spoken(ones) for ones in steps.values()]


PAYS = ("The clerk pays.", "The bursar pays.")
ASKS = ("Ask the clerk.", "Ask the bursar.")


def test_the_same_replacement_in_two_clauses_is_found() -> None:
    assert found(PAYS, ASKS, ("Rest.", "Rest.")) == ([Replacement("clerk", "bursar")], ["", ""])


@pytest.mark.parametrize(
    "texts",
    [
        [PAYS],
        [PAYS, ASKS, ("Or the clerk, or the clerk.", "Or the bursar, or the clerk.")],
        [PAYS, ASKS, ("Or the clerk, if the clerk goes.", "Or the bursar, if another goes.")],
        [PAYS, ASKS, ("The clerk rests.", "The clerk rests.")],
        [PAYS, ASKS, ("The clerk rests.", "The chair rests.")],
        [PAYS, ASKS, ("We rest.", "We rest, the clerk too.")],
        [("The clerk pays.", "The pays."), ("Ask the clerk.", "Ask the.")],
        [("One clerk.", "One  clerk."), ("One clerk.", "One  clerk.")],
    ],
)
def test_nothing_is_said_of_all_places_that_does_not_hold_for_each(texts: list[tuple[str, str]]) -> None:
    assert found(*texts)[0] == []


def test_two_places_in_one_clause_are_not_throughout() -> None:
    both = {("1", "heading"): PAYS, ("1", "text"): ASKS}
    assert repeated(both)[0] == ()


def test_a_new_clause_with_the_old_words_speaks_against_it() -> None:
    assert found(PAYS, ASKS, brought=("The clerk is back.",))[0] == []


def test_what_else_happens_in_a_clause_is_left_to_be_said() -> None:
    assert found(PAYS, ("Two ask the clerk daily.", "Three ask the bursar daily.")) == (
        [Replacement("clerk", "bursar")],
        ["", 'leave out "Two" and insert "Three"'],
    )


def test_more_words_are_named_where_fewer_would_say_too_much() -> None:
    assert found(
        ("The General Secretary pays.", "The General Convenor pays."),
        ("Ask the General Secretary.", "Ask the General Convenor."),
        ("The Press Secretary rests.", "The Press Secretary rests."),
    )[0] == [Replacement("General Secretary", "General Convenor")]


def test_what_is_only_done_in_some_places_is_not_said_with_the_words_that_stand_beside_it_there() -> None:
    assert (
        found(
            ("The clerk of works pays.", "The bursar of works pays."),
            ("Ask the clerk of works.", "Ask the bursar of works."),
            ("A clerk rests.", "A bursar rests."),
            ("One clerk stays.", "One clerk stays."),
        )[0]
        == []
    )


def test_words_that_are_added_each_time_are_named_with_the_word_beside_them() -> None:
    assert found(("A member pays.", "A full member pays."), ("Ask a member.", "Ask a full member."))[0] == [
        Replacement("member", "full member")
    ]


def test_several_replacements_are_found_beside_one_another() -> None:
    replacements, left = found(
        ("The clerk pays five pounds.", "The bursar pays six pounds."),
        ("Five or five for the clerk.", "Five or six for the bursar."),
    )
    assert set(replacements) == {Replacement("clerk", "bursar"), Replacement("five", "six")}
    assert left == ["", ""]


def test_a_capital_where_a_sentence_begins_goes_with_the_rest() -> None:
    assert found(PAYS, ASKS, ("Clerk or not, pay.", "Bursar or not, pay.")) == (
        [Replacement("clerk", "bursar", also_capital=True)],
        ["", "", ""],
    )


def test_capitals_elsewhere_are_a_replacement_of_their_own() -> None:
    replacements, left = found(PAYS, ASKS, ("The Clerk, or not.", "The Bursar, or not."), ("The Clerk.", "The Bursar."))
    assert sorted(one.old for one in replacements) == ["Clerk", "clerk"]
    assert left == ["", "", "", ""]


def test_a_text_of_which_nothing_but_the_replacement_is_left_needs_no_more_words() -> None:
    old = " ".join(["clerk"] * 14)
    assert found((old, old.replace("clerk", "bursar")), PAYS, ASKS) == ([Replacement("clerk", "bursar")], ["", "", ""])
