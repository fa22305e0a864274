"""What a rule book does with its numbers when clauses come and go is its own choice."""

from dataclasses import replace

import pytest
from corpora import versions

from amendments.deriving import derive
from amendments.edit import Insert, Move, NothingChanged, Reword, Strike, apply
from constitution.clause import Clause, Constitution, Insertions, Kind, Mark, Practice, Repeals, Style
from constitution.markup import parse, write
from constitution.numbering import number, printed
from constitution.references import Level, check

LETTERS = Practice(Insertions.LETTERS, Repeals.CLOSE)
KEPT = Practice(Insertions.RENUMBER, Repeals.KEEP)
BOTH = Practice(Insertions.LETTERS, Repeals.KEEP)


def rules(practice, style=Style.DECIMAL):
    mark = Mark(style, after=".")
    names = ("name", "dues", "board", "end")
    clauses = tuple(Clause(one, Kind.CLAUSE, text=f"On the {one}.", mark=mark) for one in names)
    return Constitution("Rules", clauses, practice=practice)


def new(clause_id="new"):
    return Clause(clause_id, Kind.CLAUSE, text="On something new.")


def labels(book):
    return list(number(book).values())


@pytest.mark.parametrize(
    ("style", "lettered"),
    [
        (Style.DECIMAL, ["1", "2", "2a", "3", "4"]),
        (Style.UPPER_ROMAN, ["I", "II", "IIa", "III", "IV"]),
        (Style.LOWER_LETTER, ["a", "b", "c", "d", "e"]),
    ],
)
def test_an_insertion_takes_a_letter_where_a_letter_can_be_read(style, lettered):
    assert labels(apply([Insert(None, "dues", new())], rules(LETTERS, style))) == lettered


def test_an_insertion_renumbers_what_follows_where_the_rule_book_says_so():
    assert labels(apply([Insert(None, "dues", new())], rules(Practice()))) == ["1", "2", "3", "4", "5"]


def test_several_insertions_take_the_letters_in_turn():
    made = [Insert(None, "dues", new("first")), Insert(None, "first", new("second"))]
    assert labels(apply(made, rules(LETTERS))) == ["1", "2", "2a", "2b", "3", "4"]


def test_at_the_end_the_count_goes_on():
    assert labels(apply([Insert(None, "end", new())], rules(LETTERS))) == ["1", "2", "3", "4", "5"]


def test_before_the_first_there_is_no_number_to_add_a_letter_to():
    assert labels(apply([Insert(None, None, new())], rules(LETTERS))) == ["1", "2", "3", "4", "5"]


def test_a_struck_clause_leaves_its_number_where_the_rule_book_keeps_it():
    amended = apply([Strike("dues")], rules(KEPT))
    assert labels(amended) == ["1", "2", "3", "4"]
    assert amended["dues"] == replace(rules(KEPT)["dues"], text="", repealed=True)
    assert "2. [repealed]" in write(amended)


def test_otherwise_the_next_clause_closes_up():
    amended = apply([Strike("dues")], rules(Practice()))
    assert labels(amended) == ["1", "2", "3"]
    assert "dues" not in amended


def test_what_has_no_number_leaves_none():
    book = replace(rules(KEPT), clauses=(*rules(KEPT).clauses, Clause("close", Kind.PARAGRAPH, text="The end.")))
    assert "close" not in apply([Strike("close")], book)


def test_what_stood_below_a_struck_clause_goes_with_it():
    deep = rules(KEPT)
    below = Clause("below", Kind.ITEM, text="Below.", mark=Mark(Style.LOWER_LETTER, "(", ")"))
    deep = replace(deep, clauses=(deep.clauses[0], replace(deep.clauses[1], children=(below,)), *deep.clauses[2:]))
    amended = apply([Strike("dues")], deep)
    assert amended["dues"].children == ()
    moved = apply([Strike("dues"), Move("below", None, "name")], deep)
    assert (moved["dues"].children, "below" in moved) == ((), True)


def test_a_number_that_was_kept_can_be_given_words_again():
    kept = apply([Strike("dues")], rules(KEPT))
    assert not apply([Reword("dues", "Members pay.")], kept)["dues"].repealed
    assert not apply([Insert("dues", None, new())], kept)["dues"].repealed


def test_a_kept_number_cannot_be_struck_once_more():
    kept = apply([Strike("dues")], rules(KEPT))
    with pytest.raises(NothingChanged):
        apply([Strike("dues")], kept)


@pytest.mark.parametrize("practice", [Practice(), LETTERS, KEPT, BOTH])
def test_what_was_done_can_be_derived(practice):
    book = rules(practice)
    made = [Strike("dues"), Insert(None, "name", new()), Reword("board", "On the council.")]
    assert apply(derive(book, apply(made, book)), book) == apply(made, book)


@pytest.mark.parametrize("practice", [Practice(), LETTERS, KEPT, BOTH])
def test_the_choice_is_written_and_read_back(practice):
    book = rules(practice)
    written = write(book)
    assert parse(written).practice == practice
    assert written.startswith("<!-- numbering: ") == (practice != Practice())


def test_a_rule_book_says_by_its_numbers_what_it_does_with_them():
    text = "# Rules\n\n1. One.\n2. Two.\n{}3. Three.\n"
    assert parse(text.format("")).practice == Practice()
    assert parse(text.format("2a. More.\n")).practice == LETTERS
    assert parse(text.replace("Two.", "[repealed]").format("")).practice == KEPT


def test_a_citation_of_a_clause_of_which_only_the_number_is_left_is_an_error():
    book = rules(KEPT)
    book = replace(book, clauses=(replace(book.clauses[0], text="As under clause [[dues]]."), *book.clauses[1:]))
    amended = apply([Strike("dues")], book)
    found = check(book, amended)
    assert [(one.level, one.clause, one.message) for one in found] == [
        (Level.ERROR, "name", "1 cites 2, which is left out.")
    ]
    assert check(amended, amended) == ()


@pytest.mark.thorough
def test_the_basic_law_numbers_by_letters_and_keeps_repealed_numbers():
    last = versions("grundgesetz")[-1]
    assert last.practice == BOTH
    place = next(one.id for one in last.walk() if printed(last)[one.id] == "Artikel 20a")
    amended = apply([Insert(last.parents[place], place, Clause("new", Kind.ARTICLE, "Neues"))], last)
    assert printed(amended)["new"] == "Artikel 20b"
    assert {**printed(amended), **printed(last)} == printed(amended)
