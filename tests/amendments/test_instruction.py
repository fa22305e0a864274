"""The amendment in words, and the words carried out again."""

from __future__ import annotations

import pytest
from edits import books, edits, item, texts
from hypothesis import example, given, settings
from hypothesis import strategies as st

from amendments.edit import Edit, Insert, Move, Reword, Strike, rebuilt
from amendments.instruction import Clerk, instruction, ordinal, spoken
from amendments.operations import CannotPerform, Operation, Verb, operations, perform
from constitution.clause import Clause, Constitution, Kind, Mark, Style

BOOK = Constitution(
    "Rules",
    (
        item("aims", "We exist."),
        Clause(
            "board",
            Kind.SECTION,
            "Board",
            mark=Mark(Style.DECIMAL, after="."),
            children=(
                item("who", "The treasurer and two members. The treasurer is paid."),
                item("when", "It meets as [[who]] says.", heading="Meetings"),
            ),
        ),
        Clause(
            "last",
            Kind.ARTICLE,
            text="Last.",
            mark=Mark(Style.UPPER_ROMAN, "Article "),
            children=(Clause("p1", Kind.PARAGRAPH, text="First."), Clause("p2", Kind.PARAGRAPH, text="Second.")),
        ),
        Clause("annex", Kind.SCHEDULE, "Annex", text="Fees."),
    ),
)


def said(*edits: Edit) -> str:
    return " ".join(instruction(edits, BOOK))


def steps(old: str, new: str) -> str:
    assert perform(operations(old, new), old) == new
    return spoken(operations(old, new))


def test_words_are_left_out_and_inserted() -> None:
    assert said(Reword("who", "The treasurer and three members. The treasurer is paid.")) == (
        'In clause 1(1), leave out "two" and insert "three".'
    )


def test_words_that_repeat_are_told_apart() -> None:
    assert said(Reword("who", "The treasurer and two members. The secretary is paid.")) == (
        'In clause 1(1), leave out "treasurer" (the second time it occurs) and insert "secretary".'
    )


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (Strike("who"), "Leave out clause 1(1)."),
        (Strike("p2"), "Leave out the second unnumbered paragraph of Article I."),
        (Strike("annex"), 'Leave out "Annex".'),
        (
            Insert("board", "who", Clause("n", Kind.ITEM, text="See [[n]] and [[who]].")),
            'After clause 1(1), insert a new clause: "See 1(2) and 1(1)."',
        ),
        (
            Insert("board", None, Clause("n", Kind.ITEM, text="New.")),
            'At the beginning of clause 1, insert a new clause: "New."',
        ),
        (Insert(None, None, Clause("n", Kind.ITEM, text="New.")), 'At the beginning, insert a new clause: "New."'),
        (Move("who", "board", "when"), "Move clause 1(1) to after clause 1(2)."),
        (Move("p2", "last", None), "Move the second unnumbered paragraph of Article I to the beginning of Article I."),
        (Move("annex", None, None), 'Move "Annex" to the beginning.'),
        (Reword("aims", "We exist.", "Aims"), 'Give clause 1 the heading "Aims".'),
        (Reword("when", "It meets as [[who]] says.", ""), "Leave out the heading of clause 1(2)."),
        (
            Reword("when", "It meets as [[who]] says.", "Sittings"),
            'In the heading of clause 1(2), leave out "Meetings" and insert "Sittings".',
        ),
        (Reword("when", "It meets as 1(1) says."), "In clause 1(2), no word is changed."),
        (
            Reword("when", "It sits as [[when]] says."),
            'In clause 1(2), leave out "meets" and insert "sits"; leave out "1(1)" and insert "1(2)".',
        ),
    ],
)
def test_every_edit_has_its_sentence(edit: Edit, sentence: str) -> None:
    assert said(edit) == sentence


def test_a_new_clause_is_printed_with_all_below_it() -> None:
    new = Clause("n", Kind.ITEM, "Fees", "All pay:", children=(item("a", "five;"), item("b", "or ten.")))
    after = Insert(None, "n", Clause("m", Kind.ITEM, text="More."))
    assert instruction([Insert(None, "aims", new), after], BOOK) == (
        'After clause 1, insert a new clause: "Fees\nAll pay:\n(1) five;\n(2) or ten."',
        'After the new clause "Fees", insert a new clause: "More."',
    )
    long = Insert(
        None, "aims", Clause("l", Kind.ITEM, text="A clause with a rather long first line that goes on and on.")
    )
    assert '"A clause with a rather long first line ..."' in " ".join(instruction([long, Insert(None, "l", new)], BOOK))


def test_an_edit_taken_out_of_its_amendment_can_still_be_said() -> None:
    after = Insert(None, "n", Clause("m", Kind.ITEM, text="More."))
    assert instruction([after], BOOK) == ('After a new clause, insert a new clause: "More."',)
    assert instruction([Move("who", "n", None)], BOOK) == ("Move clause 1(1) to the beginning of a new clause.",)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("Members may vote.", "Members may not vote.", 'after "may" insert "not"'),
        (
            "We may vote. They may not. You may go.",
            "We may vote. They may not. You may not go.",
            'after "You may" insert "not"',
        ),
        ("Members vote.", "All Members vote.", 'at the beginning insert "All"'),
        ("Members vote.", "Members vote. So be it.", 'at the end add "So be it."'),
        ("Members may not vote.", "Members may vote.", 'leave out "not"'),
        ("", "Members vote.", 'at the beginning insert "Members vote."'),
        ("Members, all of them, vote.", "Members all of them, vote.", 'leave out "Members," and insert "Members"'),
        (", all.", " all.", 'leave out ", all" and insert "all"'),
        ("(.)", "(.", 'leave out the whole text and insert "(."'),
        ("One. Two.", "One.\nTwo.", 'in "One." begin a new line'),
        ("One.\nTwo.", "One. Two.", 'in "One." run the lines on'),
        ("One.Two.", "One. Two.", 'leave out "One.Two" and insert "One. Two"'),
        ("One!Two.", "One! Two.", 'after "One!" change the spaces'),
        ("One!Two.", "One!\nTwo.", 'after "One!" begin a new line'),
        ("a b a b a b", "a b a c a b", 'leave out "b" (the second time it occurs) and insert "c"'),
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen",
            "Wholly other.",
            'leave out the whole text and insert "Wholly other."',
        ),
        ("one two three four five six seven eight nine ten eleven twelve thirteen", "", "leave out the whole text"),
    ],
)
def test_the_usual_forms(old: str, new: str, sentence: str) -> None:
    assert steps(old, new) == sentence


def test_ordinals() -> None:
    assert [ordinal(n) for n in (1, 10, 11, 12, 21, 22, 23, 24, 111)] == [
        "first",
        "tenth",
        "11th",
        "12th",
        "21st",
        "22nd",
        "23rd",
        "24th",
        "111th",
    ]


def test_operations_are_refused_on_another_text() -> None:
    with pytest.raises(CannotPerform, match="do not occur 2 times"):
        perform([Operation(Verb.LEAVE_OUT, words="two", nth=2, times=2)], "one two")


@given(texts(), texts())
@example("a, b", "a b")
@example("a b", "a\nb")
def test_operations_carried_out_give_exactly_the_new_text(old: str, new: str) -> None:
    assert perform(operations(old, new), old) == new


ANY = st.text("ab .,;-'()\n\u0301é§", max_size=25) | st.text(max_size=25)


@given(ANY, ANY)
@example(".;a", ";")
@example("a.;b, c", "a;b c")
def test_operations_hold_for_any_characters(old: str, new: str) -> None:
    assert perform(operations(old, new), old) == new
    assert bool(spoken(operations(old, new))) == (old != new)


@settings(max_examples=50)
@given(st.data())
def test_every_edit_is_said_and_gives_the_amended_text(data: st.DataObject) -> None:
    base = data.draw(books())
    made = data.draw(edits(base))
    clerk, changed = Clerk(made, base), rebuilt(made, base)
    for edit in made:
        assert all(clerk.sentences(edit))
        if isinstance(edit, Reword):
            heading, text = clerk.operations(edit)
            assert perform(text, clerk.shown(base[edit.clause].text)) == clerk.shown(changed[edit.clause].text)
            assert perform(heading, clerk.shown(base[edit.clause].heading)) == clerk.shown(changed[edit.clause].heading)
