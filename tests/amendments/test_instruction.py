"""The amendment in words, and the words carried out again."""

from __future__ import annotations

from dataclasses import replace

import corpora
import pytest
from edits import books, edits, item
from hypothesis import given, settings
from hypothesis import strategies as st

from amendments.edit import Edit, Insert, Move, Reword, Strike, rebuilt
from amendments.instruction import Clerk, instruction
from amendments.operations import span_of
from amendments.reader import Reader, spliced
from amendments.throughout import Replacement, places
from amendments.throughout import edits as replaced
from amendments.wording import PARTS, words_of
from constitution.clause import Clause, Constitution, Kind, Mark, Practice, Repeals, Style

LETTERED = Mark(Style.LOWER_LETTER, "(", ")")
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
    return " ".join(instruction(edits, BOOK, renumber=True))


LONG = (
    "Members who have not paid the fee for two years in a row may not vote at meetings of the society or of its board."
)
CLUB = Constitution(
    "Club",
    (
        item("fee", "Members pay five pounds. Members may pay late. Members may ask the treasurer to wait."),
        item(
            "board",
            "The board is:",
            Clause("chair", Kind.ITEM, text="the chair;", mark=LETTERED),
            Clause("clerk", Kind.ITEM, text="the treasurer; and", mark=LETTERED),
            Clause("others", Kind.ITEM, text="five members.", mark=LETTERED),
        ),
        item("late", LONG),
    ),
)
FEE, TREASURER = CLUB["fee"].text, Replacement("treasurer", "bursar")


# The fifteen forms of real motions, in our words: "leave out" for "delete", and no lines, for every paragraph and
# every list item is a clause of its own.
@pytest.mark.parametrize(
    ("form", "edits", "sentences"),
    [
        (
            "insert text before or after text",
            [Reword("fee", FEE.replace("pounds", "old pounds"))],
            ['In clause 1, after "five" insert "old".'],
        ),
        ("add at the end", [Reword("late", LONG + " So be it.")], ['In clause 3, at the end add "So be it."']),
        ("delete text", [Reword("fee", FEE.replace(" late", ""))], ['In clause 1, leave out "late".']),
        (
            "replace text with text",
            [Reword("fee", FEE.replace("five", "six"))],
            ['In clause 1, leave out "five" and insert "six".'],
        ),
        (
            "replace the words with the words",
            [Reword("late", LONG.replace("two years in a row", "six months"))],
            ['In clause 3, leave out "two years in a row" and insert "six months".'],
        ),
        (
            "add a new clause",
            [Insert(None, "late", Clause("n", Kind.ITEM, text="All may speak."))],
            ['After clause 3, insert a new clause: "All may speak."'],
        ),
        ("delete a clause", [Strike("late")], ["Leave out clause 3."]),
        (
            "delete a clause, and put a full stop after its sibling",
            [Strike("others"), Reword("clerk", "the treasurer.")],
            ["Leave out item 2(c).", 'In item 2(b), leave out "; and" and insert "."'],
        ),
        (
            "delete and insert throughout",
            replaced(CLUB, places(CLUB, TREASURER)),
            ['Throughout the constitution, leave out "treasurer" and insert "bursar".'],
        ),
        (
            "at the start of the last sentence",
            [Reword("fee", FEE.replace("Members may ask", "Branches may ask"))],
            ['In clause 1, at the start of the last sentence, leave out "Members" and insert "Branches".'],
        ),
        (
            "in the first sentence, after text",
            [Reword("fee", FEE.replace("Members pay", "Members must pay"))],
            ['In clause 1, in the first sentence, after "Members" insert "must".'],
        ),
        (
            "from text to text",
            [
                Reword(
                    "late",
                    LONG.replace(
                        "have not paid the fee for two years in a row may not vote at", "owe money stay away from"
                    ),
                )
            ],
            [
                'In clause 3, leave out from "have not paid ..." to "... not vote at" and insert "owe money stay away from".'
            ],
        ),
        (
            "replace an item",
            [Reword("chair", "both convenors;")],
            ['Leave out item 2(a) and insert "both convenors;".'],
        ),
        (
            "after a line, a new paragraph",
            [Insert("board", "others", Clause("n", Kind.PARAGRAPH, text="It may be recalled."))],
            ['After item 2(c), insert a new clause: "It may be recalled."'],
        ),
        ("and renumber accordingly", [Strike("chair")], ["Leave out item 2(a) and renumber accordingly."]),
    ],
)
def test_each_form_of_real_motions_has_its_wording(form: str, edits: list[Edit], sentences: list[str]) -> None:
    assert list(instruction(edits, CLUB, renumber=True)) == sentences


def test_words_are_left_out_and_inserted() -> None:
    assert said(Reword("who", "The treasurer and three members. The treasurer is paid.")) == (
        'In clause 1(1), leave out "two" and insert "three".'
    )


def test_words_that_repeat_are_told_apart() -> None:
    assert said(Reword("who", "The treasurer and two members. The secretary is paid.")) == (
        'In clause 1(1), in the last sentence, leave out "treasurer" and insert "secretary".'
    )


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (Strike("who"), "Leave out clause 1(1) and renumber accordingly."),
        (Strike("p2"), "Leave out the second unnumbered paragraph of Article I."),
        (Strike("annex"), 'Leave out "Annex".'),
        (
            Insert("board", "who", Clause("n", Kind.ITEM, text="See [[n]] and [[who]].")),
            'After clause 1(1), insert a new clause and renumber accordingly: "See 1(2) and 1(1)."',
        ),
        (
            Insert("board", None, Clause("n", Kind.ITEM, text="New.")),
            'At the beginning of clause 1, insert a new clause and renumber accordingly: "New."',
        ),
        (
            Insert(None, None, Clause("n", Kind.ITEM, text="New.")),
            'At the beginning, insert a new clause and renumber accordingly: "New."',
        ),
        (Move("who", "board", "when"), "Move clause 1(1) to after clause 1(2) and renumber accordingly."),
        (Move("p2", "last", None), "Move the second unnumbered paragraph of Article I to the beginning of Article I."),
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
        (Reword("aims", "Be!"), 'Leave out clause 1 and insert "Be!"'),
        (Reword("aims", ""), 'In clause 1, leave out "We exist."'),
        (Reword("p1", "Once"), 'In the first unnumbered paragraph of Article I, leave out "First." and insert "Once".'),
    ],
)
def test_every_edit_has_its_sentence(edit: Edit, sentence: str) -> None:
    assert said(edit) == sentence


def test_a_clause_that_only_gets_another_number_itself_renumbers_nothing() -> None:
    assert instruction([Move("others", None, "late")], CLUB, renumber=True) == ("Move item 2(c) to after clause 3.",)
    assert said(Move("annex", "last", "p2")) == 'Move "Annex" to after the second unnumbered paragraph of Article I.'


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
    assert instruction([Strike("n")], BOOK) == ("Leave out a new clause.",)


def test_a_new_clause_in_the_place_of_one_left_out_is_said_to_replace_it() -> None:
    strike, new = Strike("when"), Insert("board", "when", Clause("n", Kind.ITEM, text="The chair."))
    assert said(strike, new) == 'Leave out clause 1(2) and insert "The chair."'
    kept = replace(BOOK, practice=Practice(repeals=Repeals.KEEP))
    assert len(instruction([strike, new], kept)) == 2, "the number stays with the clause left out"
    assert said(strike, new, Insert("board", "when", Clause("m", Kind.ITEM, text="The clerk."))) == (
        'Leave out clause 1(2). After clause 1(2), insert a new clause: "The chair."'
        ' After clause 1(2), insert a new clause: "The clerk."'
    )
    assert said(strike, Move("who", "board", "when")) == (
        "Leave out clause 1(2). Move clause 1(1) to after clause 1(2)."
    )


def test_renumbering_is_said_once_and_last() -> None:
    assert said(Strike("who"), Reword("annex", "Fines."), Insert(None, None, Clause("n", Kind.ITEM, text="New."))) == (
        'Leave out clause 1(1). In "Annex", leave out "Fees" and insert "Fines".'
        ' At the beginning, insert a new clause and renumber accordingly: "New."'
    )
    assert instruction([Strike("who")], BOOK) == ("Leave out clause 1(1).",), "one edit of several, by itself"
    new = Insert("last", "p1", Clause("n", Kind.PARAGRAPH, text="Other"))
    assert said(Strike("who"), Strike("p1"), new) == (
        "Leave out clause 1(1). Leave out the first unnumbered paragraph of Article I"
        ' and insert "Other" and renumber accordingly.'
    )


def test_what_is_replaced_throughout_is_said_once_and_the_rest_by_clause() -> None:
    made = list(replaced(CLUB, places(CLUB, TREASURER)))
    made[0] = replace(made[0], text=made[0].text.replace("five", "six"))
    assert instruction(made, CLUB) == (
        'Throughout the constitution, leave out "treasurer" and insert "bursar".',
        'In clause 1, leave out "five" and insert "six".',
    )


def test_where_the_replacement_also_begins_sentences_it_is_said() -> None:
    club = replace(CLUB, clauses=(*CLUB.clauses, item("t", "Treasurer or not, all pay.")))
    replacement = replace(TREASURER, also_capital=True)
    assert instruction(replaced(club, places(club, replacement)), club) == (
        'Throughout the constitution, leave out "treasurer" (also where it begins a sentence) and insert "bursar".',
    )


def test_a_replacement_that_leaves_one_place_out_is_said_by_clause() -> None:
    book = replace(CLUB, clauses=(*CLUB.clauses, item("t", "The treasurer pays.")))
    assert instruction(replaced(book, places(book, TREASURER)[1:]), book) == (
        'In item 2(b), leave out "treasurer" and insert "bursar".',
        'In clause 4, leave out "treasurer" and insert "bursar".',
    )


@pytest.mark.parametrize("repeals", Repeals)
def test_what_is_left_out_need_not_be_replaced(repeals: Repeals) -> None:
    clauses = (*CLUB.clauses, item("t", "The treasurer pays."))
    book = replace(CLUB, clauses=clauses, practice=Practice(repeals=repeals))
    assert instruction([Strike("t"), *replaced(book, places(book, TREASURER)[:-1])], book) == (
        'Throughout the constitution, leave out "treasurer" and insert "bursar".',
        "Leave out clause 4.",
    )


def test_a_new_clause_with_the_old_words_forbids_to_say_throughout() -> None:
    new = Insert(None, "late", Clause("n", Kind.ITEM, text="Not the treasurer."))
    assert not any("Throughout" in one for one in instruction([*replaced(CLUB, places(CLUB, TREASURER)), new], CLUB))


def test_there_are_as_many_forms_as_real_motions_have() -> None:
    (forms,) = corpora.corpus(".", "_forms.json")
    (table,) = test_each_form_of_real_motions_has_its_wording.pytestmark
    assert len(table.args[1]) == len(corpora.json.loads(forms.read_text(encoding="utf8"))["forms"])


@settings(max_examples=50)
@given(st.data())
def test_the_instruction_carried_out_gives_the_amended_text(data: st.DataObject) -> None:
    base = data.draw(books())
    made = data.draw(edits(base))
    if data.draw(st.booleans()):
        words = Replacement(data.draw(st.sampled_from(("five", "to", "The", "pay"))), "bursar", also_capital=True)
        made = tuple(replaced(base, places(base, words)))
    clerk, amended = Clerk(made, base), rebuilt(made, base)
    for edit in made:
        if isinstance(edit, Reword):
            for part in PARTS:
                old, new = (clerk.shown(words_of(book[edit.clause], part)) for book in (base, amended))
                assert _carried_out(clerk, (edit.clause, part), old) == new
        elif edit not in clerk.instead.values():
            assert all(clerk.sentences(edit))
    assert bool(instruction(made, base)) == bool(made)


def _carried_out(clerk: Clerk, place: tuple[str, str], old: str) -> str:
    """The text after what is said to happen throughout and what is said of its clause."""
    reader = Reader(old)
    throughout = [span for one in clerk.replacements for span in one.spans(old)]
    return spliced(old, [*throughout, *((*span_of(reader, step), step.new) for step in clerk.steps.get(place, ()))])
