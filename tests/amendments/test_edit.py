"""Edits are carried out on a base, numbers follow, and what is not touched stays as it is."""

from __future__ import annotations

import json

import pytest
from edits import books, edits, item
from hypothesis import given, settings
from hypothesis import strategies as st

from amendments.deriving import CannotDerive, derive
from amendments.edit import (
    EditConflict,
    Insert,
    Move,
    NothingChanged,
    Reword,
    Strike,
    UnknownClause,
    apply,
    digest,
    from_json,
    rebuilt,
    to_json,
    touched,
)
from constitution.clause import Clause, Constitution, Kind, Mark, Style
from constitution.numbering import own_number

LETTERED = Mark(Style.DECIMAL, "Article ", "", suffixed=True)
ARTICLE = Mark(Style.DECIMAL, "Article ")


def new(clause_id: str, text: str = "New.", kind: Kind = Kind.ITEM, **more: object) -> Clause:
    return Clause(clause_id, kind, text=text, **more)  # type: ignore[arg-type]


@pytest.fixture
def book() -> Constitution:
    return Constitution(
        "Rules",
        (
            item("aims", "We exist."),
            item("fees", "Members pay:", item("monthly", "five pounds a month;"), item("yearly", "or fifty a year.")),
            item("board", "It has nine members.", heading="Board"),
        ),
    )


def order(book: Constitution) -> list[str]:
    own = own_number(book)
    return [f"{own[one.id]} {one.id}" for one in book.walk()]


def test_a_clause_is_reworded_and_keeps_its_heading(book: Constitution) -> None:
    changed = apply([Reword("board", "It has eleven members.")], book)
    assert (changed["board"].text, changed["board"].heading) == ("It has eleven members.", "Board")
    assert changed["fees"] is book["fees"]


def test_a_heading_is_reworded_with_the_text_and_can_be_taken_away(book: Constitution) -> None:
    assert apply([Reword("board", "It has nine members.", "Council")], book)["board"].heading == "Council"
    assert apply([Reword("board", "It has nine members.", "")], book)["board"].heading == ""


def test_a_new_clause_takes_its_number_and_the_later_ones_count_on(book: Constitution) -> None:
    changed = apply([Insert(None, "aims", new("name", children=(new("n1"),)))], book)
    assert order(changed) == ["1 aims", "2 name", " n1", "3 fees", "1 monthly", "2 yearly", "4 board"]


def test_a_new_clause_can_come_first(book: Constitution) -> None:
    assert order(apply([Insert("fees", None, new("free"))], book))[1:5] == ["2 fees", "1 free", "2 monthly", "3 yearly"]


def test_several_new_clauses_at_one_place_stand_in_the_order_of_the_edits(book: Constitution) -> None:
    changed = apply([Insert(None, "aims", new("a")), Insert(None, "a", new("b")), Insert(None, "aims", new("c"))], book)
    assert order(changed)[:4] == ["1 aims", "2 a", "3 b", "4 c"]


def test_a_struck_clause_takes_what_is_below_it_along(book: Constitution) -> None:
    assert order(apply([Strike("fees")], book)) == ["1 aims", "2 board"]


def test_what_is_moved_out_of_a_struck_clause_stays(book: Constitution) -> None:
    changed = apply([Strike("fees"), Move("yearly", "board", None), Reword("yearly", "fifty a year.")], book)
    assert order(changed) == ["1 aims", "2 board", "1 yearly"]


def test_a_new_clause_can_stand_where_a_struck_one_stood(book: Constitution) -> None:
    assert order(apply([Strike("fees"), Insert(None, "fees", new("dues"))], book)) == ["1 aims", "2 dues", "3 board"]


def test_clauses_can_be_gathered_below_a_new_one(book: Constitution) -> None:
    changed = apply([Insert(None, "aims", new("part")), Move("fees", "part", None), Move("board", "part", None)], book)
    assert order(changed) == ["1 aims", "2 part", "1 fees", "1 monthly", "2 yearly", "2 board"]


def test_a_clause_moves_and_both_places_renumber(book: Constitution) -> None:
    assert order(apply([Move("board", None, None)], book)) == ["1 board", "2 aims", "3 fees", "1 monthly", "2 yearly"]


def test_the_same_edit_twice_is_the_edit_once(book: Constitution) -> None:
    assert apply([Move("board", None, None)] * 2, book) == apply([Move("board", None, None)], book)


@pytest.mark.parametrize(
    "edit",
    [
        Reword("ghost", "x"),
        Strike("ghost"),
        Move("ghost", None, None),
        Move("aims", "ghost", None),
        Insert("ghost", None, new("n")),
        Insert(None, "ghost", new("n")),
    ],
)
def test_what_is_not_in_the_base_is_named(book: Constitution, edit: Reword | Strike | Move | Insert) -> None:
    with pytest.raises(UnknownClause, match="ghost"):
        apply([edit], book)


@pytest.mark.parametrize(
    ("together", "said"),
    [
        ([Reword("aims", "a"), Reword("aims", "b")], "changed twice"),
        ([Move("aims", "fees", None), Move("aims", "board", None)], "changed twice"),
        ([Strike("fees"), Reword("monthly", "ten")], "struck out is also changed"),
        ([Strike("aims"), Move("aims", "fees", None)], "struck out is also changed"),
        ([Strike("fees"), Insert("fees", None, new("n"))], "put into one that is struck"),
        ([Strike("fees"), Move("aims", "fees", "yearly")], "struck out is also changed"),
        ([Insert(None, "monthly", new("n"))], "after one that stands elsewhere"),
        ([Insert(None, None, new("aims"))], "id of another clause"),
        ([Insert(None, None, new("n")), Insert(None, "aims", new("n", "Other."))], "id of another clause"),
        ([Move("fees", "monthly", None)], "moved into itself"),
        ([Move("fees", "board", None), Move("board", "fees", None)], "moved into itself"),
        ([Insert(None, "n", new("m")), Insert(None, "m", new("n"))], "after no clause of the text"),
    ],
)
def test_edits_that_contradict_one_another_are_refused(book: Constitution, together: list[Strike], said: str) -> None:
    with pytest.raises(EditConflict, match=said):
        apply(together, book)


@pytest.mark.parametrize("edit", [[], [Reword("aims", "We exist.")], [Move("fees", None, "aims")]])
def test_edits_that_change_nothing_are_refused(book: Constitution, edit: list[Reword]) -> None:
    with pytest.raises(NothingChanged):
        apply(edit, book)
    assert rebuilt(edit, book) == book


def numbered(*clauses: Clause) -> Constitution:
    return Constitution("Rules", clauses)


def article(clause_id: str, mark: Mark = ARTICLE, kind: Kind = Kind.ARTICLE) -> Clause:
    return Clause(clause_id, kind, text="x", mark=mark)


def own(book: Constitution) -> list[str]:
    numbers = own_number(book)
    return [numbers[one.id] for one in book.clauses]


def test_a_list_that_starts_at_zero_goes_on_starting_at_zero() -> None:
    book = numbered(article("a", Mark(Style.DECIMAL, start=0)), article("b", Mark(Style.DECIMAL)))
    assert own(apply([Insert(None, None, new("n", kind=Kind.ARTICLE))], book)) == ["0", "1", "2"]
    assert own(apply([Strike("a")], book)) == ["0"]
    assert own(apply([Move("a", None, "b")], book)) == ["0", "1"]
    assert own(apply([Strike("a"), Strike("b"), Insert(None, None, new("n", kind=Kind.ARTICLE))], book)) == ["1"]


def test_a_gap_in_the_numbers_stays_where_it_is() -> None:
    plain = Mark(Style.DECIMAL)
    book = numbered(article("a", plain), article("e", Mark(Style.DECIMAL, start=5)), article("f", plain))
    assert own(apply([Insert(None, "a", new("n", kind=Kind.ARTICLE))], book)) == ["1", "2", "5", "6"]
    assert own(apply([Strike("e")], book)) == ["1", "5"]


def test_an_insertion_is_lettered_where_the_list_letters_its_insertions() -> None:
    book = numbered(article("a"), article("b", LETTERED), article("c"))
    assert own(book) == ["1", "1a", "2"]
    assert own(apply([Insert(None, "b", new("n", kind=Kind.ARTICLE))], book)) == ["1", "1a", "1b", "2"]
    assert own(apply([Insert(None, "c", new("n", kind=Kind.ARTICLE))], book)) == ["1", "1a", "2", "3"]


def test_a_paragraph_among_items_stands_without_a_number_and_an_article_does_not() -> None:
    book = numbered(article("a"))
    assert own(apply([Insert(None, "a", new("n", kind=Kind.PARAGRAPH))], book)) == ["1", ""]
    assert own(apply([Insert(None, "a", new("n", kind=Kind.CLAUSE))], book)) == ["1", "2"]
    assert own(apply([Insert(None, "a", new("n", kind=Kind.ARTICLE), as_marked=True)], book)) == ["1", ""]


def test_a_given_mark_is_kept() -> None:
    given_mark = Mark(Style.UPPER_ROMAN)
    changed = apply([Insert(None, "a", article("n", given_mark))], numbered(article("a")))
    assert changed["n"].mark == given_mark


def test_a_clause_moved_into_another_list_is_numbered_as_that_list_is() -> None:
    letters = Mark(Style.LOWER_LETTER, "(", ")")
    book = numbered(article("a"), Clause("b", Kind.ARTICLE, mark=ARTICLE, children=(article("c", letters, Kind.ITEM),)))
    assert apply([Move("a", "b", "c")], book)["a"].mark == letters
    assert apply([Move("c", None, "a")], book)["c"].mark == ARTICLE
    assert apply([Move("a", "c", None)], book)["a"].mark == ARTICLE


def test_json_and_digest_hold_everything(book: Constitution) -> None:
    edits = (
        Reword("aims", "x", ""),
        Strike("fees"),
        Move("board", None, None),
        Insert(None, "aims", Clause("n", Kind.NOTE, "H", "t", LETTERED, (new("m"),), repealed=True), as_marked=True),
    )
    assert from_json(json.loads(json.dumps(to_json(edits)))) == edits
    assert digest(edits, "d") != digest(edits, "e")
    assert digest(edits, "d") != digest(edits[:3], "d")
    assert len(digest(edits, "d")) == 64


def test_touched_names_the_clauses_of_the_base() -> None:
    edits = (
        Reword("a", "x"),
        Insert("p", "b", new("n")),
        Insert("c", None, new("m")),
        Insert(None, None, new("o")),
        Strike("a"),
    )
    assert touched(edits) == ("a", "b", "c")


@settings(max_examples=50)
@given(st.data())
def test_edits_survive_json(data: st.DataObject) -> None:
    made = data.draw(edits(data.draw(books())))
    assert from_json(json.loads(json.dumps(to_json(made)))) == made


@settings(max_examples=50)
@given(st.data())
def test_what_no_edit_touches_stays_as_it_is(data: st.DataObject) -> None:
    base = data.draw(books())
    made = data.draw(edits(base))
    changed = rebuilt(made, base)
    reworded = {one.clause for one in made if isinstance(one, Reword)}
    gone = {below.id for one in made if isinstance(one, Strike) for below in base[one.clause].walk()}
    for one in base.walk():
        if one.id not in gone:
            assert one.id in changed
        if one.id in changed and one.id not in reworded | gone:
            assert (changed[one.id].text, changed[one.id].heading, changed[one.id].kind) == (
                one.text,
                one.heading,
                one.kind,
            )


@settings(max_examples=50)
@given(st.data())
def test_derived_edits_give_the_changed_text(data: st.DataObject) -> None:
    base = data.draw(books())
    changed = rebuilt(data.draw(edits(base, most=6)), base)
    assert rebuilt(derive(base, changed), base) == changed


def test_a_title_cannot_be_derived(book: Constitution) -> None:
    with pytest.raises(CannotDerive):
        derive(book, Constitution("Other", book.clauses))
    assert derive(book, book) == ()
