"""What counts as a word, what somebody who searches means, and what is marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text

from constitution.finding import (
    BEFORE,
    LENGTH,
    LONGEST_WORD,
    MOST_WORDS,
    Piece,
    Term,
    folded,
    label_key,
    one_line,
    pieces,
    placed,
    query,
    snippet,
    words,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Über-Secretary, re-elected", ["the", "uber", "secretary", "re", "elected"]),
        ("U\u0308ber ÜBER", ["uber", "uber"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("see 4.2(a) and ½", ["see", "4", "2", "a", "and", "1", "2"]),
        ("_both_ snake_case", ["both", "snake", "case"]),
        ("ﬁnd \uff21\uff22 \U0001d400", ["find", "ab", "a"]),
        ("… – !", []),
    ],
)
def test_words_are_letters_and_digits_without_case_and_accents(text, found):
    assert words(text) == found


@given(any_text())
def test_words_stand_where_they_are_said_to(text):
    found = list(placed(text))
    assert [one.word for one in found] == words(text)
    assert all(one.word in words(text[one.start : one.end]) for one in found)


@given(any_text())
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)


def test_a_word_without_end_is_compared_by_its_beginning():
    assert words("x" * 1000) == ["x" * LONGEST_WORD]
    assert words("ü" * 1000) == ["u" * LONGEST_WORD]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("", ()),
        ('"" !', ()),
        ("secre", (Term(("secre",), unfinished=True),)),
        ("two secre", (Term(("two",)), Term(("secre",), unfinished=True))),
        ('"thirty days"', (Term(("thirty", "days")),)),
        ('"thirty days', (Term(("thirty", "days"), unfinished=True),)),
        ('notice "thirty days"', (Term(("notice",)), Term(("thirty", "days")))),
        ("„dreißig Tage“ Frist", (Term(("dreissig", "tage")), Term(("frist",), unfinished=True))),
        ("4.2", (Term(("4", "2"), unfinished=True),)),
        ("a NOT b*", (Term(("a",)), Term(("not",)), Term(("b",), unfinished=True))),
    ],
)
def test_what_was_typed_means_words_and_phrases_and_nothing_else(typed, terms):
    assert query(typed).terms == terms
    assert not query(typed).cut


@pytest.mark.parametrize("quote", ["", '"'])
def test_more_words_than_are_looked_for_are_left_out_and_that_is_said(quote):
    asked = query(quote + "word " * (MOST_WORDS + 1))
    assert asked.cut
    assert sum(len(term.words) for term in asked.terms) == MOST_WORDS
    assert not query(quote + "word " * MOST_WORDS).cut


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("4.2(a)", "4.2(a)"),
        ("§ 4.2 (A)", "4.2(a)"),
        ("Clause 4.2.", "4.2"),
        ("Art. 12a", "12a"),
        ("A17", "a17"),
        ("#17", "17"),
        ("17\0\ud800", "17"),
        ("Preamble", "preamble"),
        ("", ""),
    ],
)
def test_a_label_may_be_typed_in_several_ways(typed, key):
    assert label_key(typed) == key


def test_a_line_has_no_signs_of_emphasis():
    assert one_line("**All**\n\nof _it_ but 2*3*4 and snake_case_here") == "All of it but 2*3*4 and snake_case_here"


def test_what_was_looked_for_is_marked_as_it_was_written():
    found = pieces("The Über-Secretary gives thirty days.", query('"thirty days" uber secre').terms)
    assert [one.text for one in found if one.found] == ["Über", "Secretary", "thirty days"]


@given(st.text("aAbß1_ .é", max_size=40), st.text('ab1 "', max_size=8))
def test_the_same_is_marked_whether_folding_a_text_makes_it_longer_or_not(text, typed):
    terms = query(typed).terms
    same, longer = pieces(f"x {text} x", terms), pieces(f"ß {text} x", terms)
    assert same[1:] == longer[1:] if "ß" not in text else True
    assert "".join(one.text for one in longer) == f"ß {text} x"


def test_a_word_that_is_too_long_to_be_compared_whole_is_marked_whole():
    for long in ("x" * 200, "ß" + "x" * 200):
        assert pieces(f"a {long} b", query(long).terms) == (Piece("a "), Piece(long, found=True), Piece(" b"))


def test_stretches_that_overlap_are_marked_once():
    found = pieces("one two three", (Term(("one", "two")), Term(("two", "three")), Term(("two",))))
    assert "".join(one.text for one in found) == "one two three"
    assert [one.text for one in found if one.found] == ["one two", " three"]


def test_a_snippet_is_where_most_of_the_words_are():
    text = "Water. " + "Dry earth. " * 60 + "Water flows to the mill. " + "Dry earth. " * 60
    found = snippet(text, query("water mill").terms)
    assert [one.text for one in found if one.found] == ["Water", "mill"]
    assert (found[0], found[-1]) == (Piece("… "), Piece(" …"))


def test_a_snippet_of_what_has_none_of_the_words_is_its_beginning():
    assert snippet("Ten members. " * 40, query("water").terms)[0].text.startswith("Ten members. Ten")
    assert snippet("Ten members.", ()) == (Piece("Ten members."),)


@given(any_text(), any_text(), st.lists(st.sampled_from([" thirty", " days", " A", "\n"])))
def test_a_snippet_is_part_of_the_text_and_never_long(text, typed, more):
    whole = text + "".join(more) * 20
    found = snippet(whole, query(typed).terms)
    inner = [one for one in found if one not in {Piece("… "), Piece(" …")}]
    assert "".join(one.text for one in inner) in whole
    assert sum(len(one.text) for one in inner) <= LENGTH + BEFORE
    assert all(words(one.text) for one in inner if one.found)
    assert "".join(one.text for one in pieces(whole, query(typed).terms)) == whole
