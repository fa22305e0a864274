from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import clause, renumbered

from constitution.clause import Constitution, Kind, Mark, Style
from constitution.markup import parse
from constitution.numbering import from_letters, from_roman, in_letters, in_roman, number, own_number, printed, written


def labels(*lines):
    return list(number(parse("\n".join(["# Rules", "", *lines]))).values())


def test_labels_follow_from_the_place():
    assert labels("## 4. Votes", "### 4.1. Ballots", "1. one", "   (a) two", "2. three") == [
        "4",
        "4.1",
        "4.1(1)",
        "4.1(1)(a)",
        "4.1(2)",
    ]


def test_a_book_may_begin_at_nought_and_skip_a_number():
    assert labels("## A. Procedure", "### A.0. Proposal", "### A.1. Debate", "### A.4. Vote") == [
        "A",
        "A.0",
        "A.1",
        "A.4",
    ]


def test_insertions_take_a_letter_and_the_next_number_goes_on():
    assert labels("## Article 12", "## Article 12a", "## Article 12b", "## Article 13") == ["12", "12a", "12b", "13"]


def test_a_letter_may_be_left_out_and_a_number_missing_before_it():
    assert labels("## Article 12", "## Article 12c", "## Article 14a", "## Article 15") == ["12", "12c", "14a", "15"]


def test_articles_run_on_through_the_parts():
    lines = ["## Part I", "### Article 1", "### Article 2", "## Part II", "### Article 3", "(1) one"]
    assert labels(*lines) == ["I", "1", "2", "II", "3", "3(1)"]


def test_sections_that_begin_again_belong_to_their_article():
    assert labels("## Article IV", "### Section 1", "### Section 2", "## Article V", "### Section 1") == [
        "IV",
        "IV(1)",
        "IV(2)",
        "V",
        "V(1)",
    ]


def test_roman_parts_take_letters_too():
    assert labels("## IV. Council", "## IVa. Committee", "## V. President") == ["IV", "IVa", "V"]


def test_what_has_no_number_is_counted_by_a_pilcrow():
    assert labels("## Preamble", "", "We.", "", "They.", "## 1. Name", "", "It.", "- a", "- b") == [
        "Preamble",
        "Preamble¶1",
        "Preamble¶2",
        "1",
        "1¶1",
        "1¶2",
        "1¶3",
    ]


def test_a_number_is_printed_with_what_stands_around_it():
    c = parse("# Rules\n\n## Artikel 12a\n(1) one\n   a) two\n## 4. Votes\n4.2 text\n- dash\n")
    assert list(printed(c).values()) == ["Artikel 12a", "(1)", "a)", "4.", "4.2", "-"]
    assert list(own_number(c).values()) == ["12a", "1", "a", "4", "2", ""]


def test_an_insertion_renumbers_what_follows():
    c = parse("# Rules\n\n## 1. Name\n\n1. one\n2. two\n")
    first, *rest = c.clauses[0].children
    more = replace(c, clauses=(replace(c.clauses[0], children=(first, replace(first, id="new"), *rest)),))
    assert [number(more)[one.id] for one in more.clauses[0].children] == ["1(1)", "1(2)", "1(3)"]


def test_what_letters_cannot_write_is_written_in_digits():
    c = renumbered(Constitution("Rules", (clause(Kind.SECTION, Mark(Style.UPPER_LETTER, start=0)),)))
    assert number(c) == {"x1": "0"}


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (Style.DECIMAL, "28"),
        (Style.LOWER_LETTER, "ab"),
        (Style.UPPER_LETTER, "AB"),
        (Style.LOWER_ROMAN, "xxviii"),
        (Style.UPPER_ROMAN, "XXVIII"),
        (Style.NONE, ""),
    ],
)
def test_every_style_writes_twenty_eight(style, text):
    assert written(style, 28) == text


@given(st.integers(1, 3999))
def test_letters_and_roman_numerals_are_read_back(value):
    assert from_letters(in_letters(value)) == value
    assert from_roman(in_roman(value)) == value


@pytest.mark.parametrize("word", ["iiii", "vx", "q", "ic", ""])
def test_a_numeral_in_no_usual_spelling_is_none(word):
    assert from_roman(word) is None
