"""What becomes of each amendment on the desk, in sentences; the committee's own words; and a fate for every input."""

import pytest
from edits import books, edits, item
from hypothesis import given
from hypothesis import strategies as st

from amendments.accounts import Account
from amendments.changes import Insert, Move, Reword, Strike
from amendments.chosen import Speaker
from amendments.composite import OWN, Choices, Nature, OpenConflict, compose, settle
from amendments.edit import EditConflict
from amendments.fates import Fate, Input, Part, coverage
from amendments.instruction import instruction
from amendments.states import State
from constitution.clause import Clause, Constitution, Kind

BOOK = Constitution("Rules", (item("fees", "Members pay five pounds monthly."), item("board", "Nine are elected.")))
SIX, TEN, YEARLY = (
    Reword("fees", BOOK["fees"].text.replace(*words))
    for words in (("five", "six"), ("five", "ten"), ("monthly", "yearly"))
)


def parts(*sides, choices=None, reasons=None, **made):
    met = compose(BOOK, {f"A{n}": side for n, side in enumerate(sides, 1)})
    if "pick" in made:
        (question,) = met.questions()
        options = {one.text: one.key for one in question.options}
        choices = Choices({question.key: options[made["pick"]]})
    return Account(met, choices or Choices(), reasons or {}).parts()


def test_what_agrees_and_merges_is_in_the_draft_whole():
    assert parts((SIX,), (YEARLY,), (SIX,)) == dict.fromkeys(("A1", "A2", "A3"), Part(stands=True))


def test_who_loses_a_question_is_told_what_was_chosen_instead():
    found = parts((SIX, Strike("board")), (TEN,), pick="ten")
    said = "In clause 1 it asks for “six”: the committee chose “ten” (A2)."
    assert found == {"A1": Part(stands=True, set_aside=(said,)), "A2": Part(stands=True)}
    assert not parts((SIX,), (TEN,), pick="ten")["A1"].stands


def test_own_words_are_listed_with_their_reason_and_set_both_sides_aside():
    met = compose(BOOK, {"A1": (SIX,), "A2": (TEN, Insert(None, "board", Clause("new", Kind.ITEM, text="New.")))})
    (question,) = met.questions()
    written = {question.key: "eight or so", "whole/new/text": "Quite New."}
    choices, reasons = Choices({question.key: OWN}, written), {question.key: "Halfway."}
    account = Account(met, choices, reasons)
    assert [(one.clause, one.words, one.reason) for one in account.own_words(settle(met, choices))] == [
        ("fees", "eight or so", "Halfway."), ("new", "Quite", ""),
    ]  # fmt: skip
    assert account.parts()["A1"].set_aside == (
        "In clause 1 it asks for “six”: the committee wrote “eight or so”. Halfway.",
    )
    assert account.parts()["A2"].set_aside[1:] == ("In a new clause the committee gave all the words anew.",)


def test_what_is_left_says_why_and_all_of_it_needs_no_sentence_for_each_edit():
    left = parts((SIX, Strike("board")), (YEARLY,), choices=Choices(left={"A1/board": "Too soon.", "A2": "Late."}))
    assert left["A1"] == Part(True, ("Leave out clause 2. The committee left it: Too soon.",))
    assert (left["A2"].stands, left["A2"].left) == (False, "Late.")


def test_a_change_of_choices_is_told_in_words():
    met = compose(BOOK, {"A1": (SIX,), "A2": (TEN,)})
    (question,) = met.questions()
    before, after = Choices(), Choices({question.key: question.options[1].key}, left={"A1": "Late."})
    assert Speaker(met).changes(before, after) == (
        "In clause 1 the committee chose “ten” (A2).",
        "The committee left A1: Late.",
    )
    assert Speaker(met).changes(before, Choices(after.picked)) == ("In clause 1 the committee chose “ten” (A2).",)
    own = Choices({question.key: OWN}, {question.key: "eight"})
    assert Speaker(met).changes(before, own, ({}, {question.key: "So."})) == (
        "In clause 1 the committee wrote “eight”.",
        "At clause 1 the committee gave the reason for its own words: So.",
    )


@pytest.mark.parametrize(
    ("state", "part", "left", "fate"),
    [
        (State.ADMITTED, Part(stands=True), "", Fate.MERGED),
        (State.SECONDED, Part(True, ("So.",)), "", Fate.IN_PART),
        (State.SECONDED, Part(False, ("So.",)), "", Fate.LEFT),
        (State.SECONDED, Part(stands=True, left="Late."), "", Fate.LEFT),
        (State.SECONDED, None, "By itself.", Fate.LEFT),
        (State.SECONDED, None, "", Fate.OPEN),
        (State.REFUSED, Part(stands=True), "", Fate.REFUSED),
        (State.COMPOSITED, None, "Ignored.", Fate.ELSEWHERE),
    ],
)
def test_the_fate_follows_from_where_it_stands(state, part, left, fate):
    desk, reasons = ({7: part} if part else {}), ({7: left} if left else {})
    (found,) = coverage([Input(7, 70, state, "Said.")], desk, reasons)
    assert (found.amendment, found.version, found.fate) == (7, 70, fate)
    assert found.reason


STATES = st.sampled_from([one for one in State if one is not State.IN_FORCE])
INPUTS = st.dictionaries(st.integers(1, 40), STATES)


@given(INPUTS, st.sets(st.integers(1, 40)), st.sets(st.integers(1, 40)))
def test_no_input_is_ever_missing(states, desk, left):
    inputs = [Input(number, number * 10, state, "Said.") for number, state in states.items()]
    found = coverage(inputs, dict.fromkeys(desk, Part(stands=True)), dict.fromkeys(left, "Why."))
    assert [(one.amendment, one.version) for one in found] == [(one.amendment, one.version) for one in inputs]
    assert all(one.reason for one in found)


@given(st.data())
def test_every_word_of_the_committees_own_is_listed_under_the_choice_that_wrote_it(data):
    """A word is planted in every dispute about words: each is listed, and they are all the committee's words."""
    base = data.draw(books())
    met = compose(base, {f"A{n}": data.draw(edits(base, prefix=f"n{n}x", most=3)) for n in (1, 2, 3)})
    picked, written = {}, {}
    while asked := met.unsettled(Choices(picked, written)):
        for one in asked:
            if one.may_write:
                written[one.key] = f"planted{len(written)}"
            elif one.nature is Nature.PLACE:
                return
            else:
                picked[one.key] = data.draw(st.sampled_from(one.options)).key
    choices = Choices(picked, written)
    try:
        settled = settle(met, choices)
    except (OpenConflict, EditConflict):
        return
    account = Account(met, choices, dict.fromkeys(written, "Why."))
    own = account.own_words(settled)
    assert sum(one.count for one in own) == settled.committee_words
    text = {(one.clause, one.key): written[one.key] for one in own}
    assert all(one.words == text[one.clause, one.key] and one.reason for one in own)
    assert account.parts().keys() == met.sides.keys()


@given(st.data())
def test_what_one_edit_asks_is_said_as_the_instruction_says_it(data):
    base = data.draw(books())
    met = compose(base, {"A1": data.draw(edits(base, most=3))})
    speaker = Speaker(met)
    for edit in met.sides["A1"]:
        if not isinstance(edit, Insert | Move):  # whose numbers and places may lean on other edits
            assert speaker.asks(edit) == " ".join(instruction((edit,), base))
