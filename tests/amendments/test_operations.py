"""A change of wording in words, and the words carried out again."""

from __future__ import annotations

from itertools import pairwise

import corpora
import pytest
from edits import texts
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import pairs

from amendments.operations import CannotPerform, Operation, Verb, operations, perform
from amendments.phrases import ordinal, spoken
from amendments.reader import Reader, Spot, Within, spliced
from amendments.sentences import sentences
from constitution.matching import match
from constitution.tokens import tokens


def steps(old: str, new: str) -> str:
    assert perform(operations(old, new), old) == new
    return spoken(operations(old, new))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("Members vote.", "Members vote.", ""),
        ("Members may vote.", "Members may not vote.", 'after "may" insert "not"'),
        (
            "We may vote, they may not, you may go.",
            "We may vote, they may not, you may not go.",
            'after "you may" insert "not"',
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


THREE = "The chair opens the meeting. The clerk opens the books and the chair. The chair closes the meeting."


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("opens the meeting", "opens a meeting", 'in the first sentence, leave out "the" and insert "a"'),
        ("opens the books", "opens a book", 'leave out "the books" and insert "a book"'),
        ("books and the", "books and a", 'leave out "the" (the third time it occurs) and insert "a"'),
        ("The chair opens", "A chair opens", 'at the start of the first sentence, leave out "The" and insert "A"'),
        ("The clerk", "A clerk", 'at the start of the second sentence, leave out "The" and insert "A"'),
        ("closes the", "closes every", 'in the last sentence, leave out "the" and insert "every"'),
        ("chair closes", "chair soon closes", 'in the last sentence, after "chair" insert "soon"'),
        ("The chair closes", "The new chair closes", 'in the last sentence, after "The" insert "new"'),
        ("The chair closes", "Then the chair closes", 'at the start of the last sentence, leave out "The" and insert "Then the"'),
        (" The chair closes the meeting.", "", "leave out the last sentence"),
        ("The clerk opens the books and the chair. ", "", "leave out the second sentence"),
        ("The chair opens the meeting. ", "", "leave out the first sentence"),
        ("meeting. The clerk", "meeting. All rise. The clerk", 'after the first sentence insert "All rise."'),
        ("meeting. The clerk", "meeting. All rise. So be it. The clerk", 'after the first sentence insert "All rise. So be it."'),
        ("meeting. The clerk", "meeting. Then The clerk", 'at the start of the second sentence insert "Then"'),
        ("meeting. The clerk", "meeting.§ The clerk", 'after "opens the meeting." insert "§"'),
    ],
)  # fmt: skip
def test_sentences_are_named_where_that_is_shorter_to_find(before: str, after: str, sentence: str) -> None:
    assert before in THREE
    assert steps(THREE, THREE.replace(before, after, 1)) == sentence


def test_a_sentence_that_is_replaced_is_named() -> None:
    old = "The chair opens the meeting. Nobody pays. The clerk reads the books aloud to all who are there."
    assert steps(old, old.replace("Nobody pays.", "All, however, eat!")) == (
        'leave out the second sentence and insert "All, however, eat!"'
    )


def test_a_sentence_is_not_named_where_finding_it_takes_more_counting() -> None:
    old = "It is. We go. They say: we may. You see. All rise."
    assert steps(old, old.replace("we may", "we must").replace("say", "hold")) == (
        'leave out "say" and insert "hold"; leave out "may" and insert "must"'
    )
    assert steps("One. Two. Say so, they say. Four.", "One. Two. Say so, they hold. Four.") == (
        'leave out "say" and insert "hold"'
    )
    old = "Few pay. Few ask. Some pay. Few rest."
    assert steps(old, old.replace("Some pay", "Some owe")) == (
        'leave out "pay" (the second time it occurs) and insert "owe"'
    )


def test_words_that_occur_twice_in_one_sentence_are_counted_over_the_whole_text() -> None:
    assert steps("We go. To be or not to be. We rest.", "We go. To be or not to live. We rest.") == (
        'leave out "be" (the second time it occurs) and insert "live"'
    )


def test_words_that_begin_a_sentence_need_not_be_alone_in_it() -> None:
    old = "Come in May. May is not May."
    assert steps(old, "Come in May. June is not May.") == (
        'at the start of the last sentence, leave out "May" and insert "June"'
    )
    assert steps(old, "Come in May. May Day is not May.") == (
        'at the start of the last sentence, after "May" insert "Day"'
    )


FILLED = "the treasurer and all the other officers of the society in the order of their election every year"


def test_long_passages_are_named_by_their_ends() -> None:
    old = f"Members elect {FILLED} at the first meeting. They do so in secret, and the officers thank them for it."
    assert steps(old, old.replace(FILLED, "a board")) == (
        'leave out from "the treasurer and ..." to "... election every year" and insert "a board"'
    )
    # Fewer words would end too early: "of the society" occurs before.
    old = f"Members elect {FILLED} of the society. They do so in secret, and with thanks, to the best of their powers."
    assert steps(old, old.replace(f"{FILLED} of the society", "a board")) == (
        'leave out from "the treasurer and ..." to "... year of the society" and insert "a board"'
    )


def test_twelve_words_are_quoted_in_full_and_thirteen_are_not() -> None:
    rest = "the hall is swept by all who were there and the doors are shut for the night"
    for words, said in (
        (12, '"w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12"'),
        (13, 'from "w1 w2 w3 ..." to "... w11 w12 w13"'),
    ):
        gone = " ".join(f"w{n}" for n in range(1, words + 1))
        assert (
            steps(f"When {gone} leave, {rest}.", f"When they leave, {rest}.") == f'leave out {said} and insert "they"'
        )


def test_a_long_passage_that_begins_as_others_do_is_found_by_more_words_or_by_counting() -> None:
    rest = "The board meets once a month in the hall and keeps minutes of what it says there to all members."
    old = f"We have one clerk. Members choose the treasurer and two, and {FILLED}. {rest}"
    assert steps(old, old.replace(f", and {FILLED}", "")) == (
        'leave out from ", and the treasurer ..." to "... election every year"'
    )
    twice = "one, two, three, four, five, six, "
    old = f"{twice}stop; {twice}{twice}and go on as before with all that is left of them in the house and the garden."
    new = f"{twice}stop; and go on as before with all that is left of them in the house and the garden."
    assert perform(operations(old, new), old) == new


def test_a_long_passage_without_an_end_of_its_own_is_quoted_in_full() -> None:
    gone = "la la la la la la la la la la la la la la"
    old = f"We sing {gone} and then we go home to the others who have waited for us with the dinner and the dog."
    assert f'leave out "{gone}"' in steps(old, old.replace(f" {gone}", ""))


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


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([Operation(Verb.LEAVE_OUT, words="two", spot=Spot(2, 2))], "do not occur 2 times"),
        ([Operation(Verb.LEAVE_OUT, words="one", until="three")], "'three' do not occur 1 times"),
        ([Operation(Verb.LEAVE_OUT, spot=Spot(within=Within(1, 2)))], "not 2 sentences"),
        ([Operation(Verb.LEAVE_OUT, words="two", before="\n")], "spaces around 'two' are not"),
        ([Operation(Verb.LEAVE_OUT, words="two", after=" ")], "spaces around 'two' are not"),
        ([Operation(Verb.LEAVE_OUT, words="two"), Operation(Verb.LEAVE_OUT, words="one two")], "changed twice"),
    ],
)
def test_operations_are_refused_on_another_text(steps: list[Operation], said: str) -> None:
    with pytest.raises(CannotPerform, match=said):
        perform(steps, "one two")


def test_splices_are_made_in_any_order() -> None:
    assert spliced("one two", [(4, 7, "2"), (0, 3, "1")]) == "1 2"


def count(words: str, text: str) -> int:
    """How often words occur in a text as whole words, counted in another way than the code does."""
    wanted, pieces = tokens(words), tokens(text)
    return sum(pieces[n : n + len(wanted)] == wanted for n in range(len(pieces)))


def check(old: str, new: str) -> None:
    """Carried out, the steps give the new text; and they speak only of words that occur as they say."""
    made = operations(old, new)
    assert perform(made, old) == new
    assert bool(spoken(made)) == (old != new)
    for step in made:
        within = step.spot.within
        spans = sentences(old)
        where = old[slice(*spans[within.sentence - 1])] if within else old
        assert within is None or within.of == len(spans)
        if step.words:
            assert count(step.words, where) == step.spot.times >= step.spot.nth
            assert within is None or step.spot.times == 1 or where.startswith(step.words)
            assert step.words.strip() in spoken([step])
        if step.until:
            assert count(step.until, old[Reader(old).find(step.words, step.spot) + len(step.words) :])
            assert f'to "... {step.until}"' in spoken([step])


@given(texts(40), texts(40))
@example("a, b", "a b")
@example("a b", "a\nb")
def test_operations_carried_out_give_exactly_the_new_text(old: str, new: str) -> None:
    check(old, new)


ANY = st.text("ab .,;-'()\n\u0301é§A", max_size=25) | st.text(max_size=25)


@given(ANY, ANY)
@example("A;;.", ";-;")
@example(".;a", ";")
@example("a.;b, c", "a;b c")
def test_operations_hold_for_any_characters(old: str, new: str) -> None:
    check(old, new)


@given(pairs())
def test_operations_hold_for_small_changes(pair: tuple[str, str]) -> None:
    check(*pair)


SENTENCES = st.lists(
    st.sampled_from(("The chair may pay.", "The clerk may go.", "Who pays?", "Pay e.g. Five.", "All pay, all go.")),
    max_size=5,
).map(" ".join)


@given(SENTENCES, SENTENCES)
@example("The clerk may go. All pay, all go. Who pays?", "All pay, all go.")
def test_operations_hold_for_sentences(old: str, new: str) -> None:
    check(old, new)


@pytest.mark.parametrize(
    "name", ["debian-constitution", pytest.param("grundgesetz", marks=pytest.mark.thorough), "nixos-assembly-draft"]
)
def test_real_changes_of_clauses_are_said_and_carried_out(name: str) -> None:
    changes = [
        (old[then].text, new[now].text)
        for old, new in pairwise(corpora.versions(name))
        for now, then in match(old, new).items()
        if old[then].text != new[now].text
    ]
    assert len(changes) > 20
    for old, new in changes:
        check(old, new)


def test_real_changes_of_a_whole_document_are_said_and_carried_out() -> None:
    files = [path.read_text(encoding="utf8") for path in corpora.corpus("pep-0013", ".rst")]
    assert len(files) > 5
    for old, new in pairwise(files):
        check(old, new)
