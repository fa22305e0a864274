from pathlib import Path

import demonstration
from constitution.clause import Kind
from constitution.markup import parse, write
from constitution.numbering import number
from constitution.references import bind, references

TEXT = (Path(demonstration.__file__).parent / "constitution.md").read_text(encoding="utf-8")
BOOK = bind(parse(TEXT))


def test_the_rule_book_is_in_canonical_form():
    assert write(BOOK) == TEXT


def test_it_is_large_enough_to_try_everything_on():
    assert len(BOOK) >= 300


def test_it_has_sections_subsections_items_and_items_below_items():
    assert max(len(BOOK.ancestors(one.id)) for one in BOOK.walk()) >= 3
    assert {"1", "4.2", "4.2(1)", "11.3(2)(3)", "A.5(3)"} <= set(number(BOOK).values())
    assert {Kind.SECTION, Kind.ITEM} <= {one.kind for one in BOOK.walk()}


def test_every_reference_is_bound():
    found = references(BOOK)
    assert len(found) >= 60
    assert [one for one in found if not one.bound or one.target is None] == []


def test_no_two_clauses_say_the_same():
    texts = [one.text for one in BOOK.walk() if one.text]
    assert len(texts) == len(set(texts))
