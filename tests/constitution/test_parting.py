from itertools import product

from edits import books, edits
from hypothesis import given
from hypothesis import strategies as st

from amendments.edit import rebuilt
from constitution.clause import Clause, Constitution, Kind, Mark, Style
from constitution.diff import after, before
from constitution.numbering import number
from constitution.parting import joined, split
from constitution.redline import Change, redline

LIST = Mark(Style.DECIMAL, after=".")
DUES = "Members pay five pounds a year. Who cannot pay is excused by the treasurer."


def clause(clause_id, text="", *children):
    return Clause(clause_id, Kind.CLAUSE, "", text, LIST, children)


def rules(*clauses):
    return Constitution("Rules", clauses)


WHOLE = rules(clause("name", "The club is called the Angling Club."), clause("dues", DUES))
PARTS = rules(
    clause("name", "The club is called the Angling Club."),
    clause("dues", "Members pay five pounds a year."),
    clause("relief", "Who cannot pay is excused by the treasurer."),
)


def rows(old, new):
    return {row.id: row for row in redline(old, new)}


def test_a_clause_whose_words_go_on_in_a_new_one_was_split():
    assert split(WHOLE, PARTS) == {"relief": "dues"}
    found = rows(WHOLE, PARTS)
    assert (found["dues"].change, found["dues"].partners) == (Change.SPLIT, ("3",))
    assert (found["relief"].change, found["relief"].partners) == (Change.SPLIT, ("2",))
    assert found["name"].change is Change.KEPT


def test_a_clause_that_took_in_the_words_of_a_struck_one_was_joined():
    assert joined(PARTS, WHOLE) == {"relief": "dues"}
    found = rows(PARTS, WHOLE)
    assert (found["dues"].change, found["dues"].partners) == (Change.JOINED, ("3",))
    assert (found["relief"].change, found["relief"].partners) == (Change.JOINED, ("2",))


def test_words_that_went_into_another_clause_are_marked_as_moved():
    found = rows(WHOLE, PARTS)
    moved = {run.moved for row in found.values() for run in row.text if run.moved}
    assert len(moved) == 1
    assert before(found["dues"].text) == DUES
    assert after(found["relief"].text) == "Who cannot pay is excused by the treasurer."


def test_a_paragraph_made_a_list_is_split_into_its_items():
    whole = rules(clause("board", "The board has a chair and two deputies; it has a treasurer of accounts."))
    listed = rules(
        clause(
            "board", "The board has", clause("a", "a chair and two deputies;"), clause("b", "a treasurer of accounts.")
        )
    )
    assert split(whole, listed) == {"a": "board", "b": "board"}
    assert rows(whole, listed)["board"].partners == ("1(1)", "1(2)")


def test_new_words_beside_a_changed_clause_are_new():
    new = rules(
        clause("name", "The club is called the Angling Club."),
        clause("dues", "Members pay five pounds a year."),
        clause("relief", "The secretary keeps minutes of all meetings."),
    )
    assert split(WHOLE, new) == {}
    assert rows(WHOLE, new)["relief"].change is Change.ADDED


def test_words_that_also_stayed_did_not_go():
    new = rules(*WHOLE.clauses, clause("relief", "Who cannot pay is excused by the treasurer."))
    assert split(WHOLE, new) == {}


def test_the_same_words_do_not_go_twice():
    new = rules(*PARTS.clauses, clause("again", "Who cannot pay is excused by the treasurer."))
    assert split(WHOLE, new) == {"relief": "dues"}


def test_few_words_agree_by_chance():
    old = rules(clause("dues", "Members pay five pounds a year each."))
    new = rules(clause("dues", "Members pay five pounds each."), clause("more", "A year."))
    assert split(old, new) == {}


@given(st.data())
def test_partners_name_one_another(data):
    book = data.draw(books())
    amended = rebuilt(data.draw(edits(book)), book)
    if not book.by_id.keys() & amended.by_id.keys():
        return
    found = rows(book, amended)
    labels = number(amended), number(book)
    for parts, there in ((split(book, amended), labels[0]), (joined(book, amended), labels[1])):
        for part, whole in parts.items():
            assert there[part] in found[whole].partners
            assert found[part].partners == (labels[0][whole],)
    named = {one for parts in (split(book, amended), joined(book, amended)) for pair in parts.items() for one in pair}
    assert {one for one, row in found.items() if row.partners} == named


def test_nothing_is_split_or_joined_in_an_unchanged_text():
    for old, new in product((WHOLE, PARTS), repeat=2):
        if old is new:
            assert not split(old, new)
            assert not joined(old, new)
