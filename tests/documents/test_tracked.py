"""A document with tracked changes is both its texts, exactly, and nothing in it is marked that did not change."""

from __future__ import annotations

import itertools

import corpora
import pytest
from edits import books, edits
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import amended, law_text

from amendments.edit import rebuilt
from constitution.clause import Clause, Constitution, Kind
from constitution.emphasis import SIGNED
from constitution.numbering import number, own_number, printed
from constitution.references import show
from constitution.runs import Op
from constitution.typesetting import is_headed
from documents.tracked import TITLE, accepted, by, clean, rejected, tracked


@st.composite
def amended_books(draw):
    old = draw(books())
    made = draw(edits(old))
    assume(made)
    return old, rebuilt(made, old)


def one_clause(text, heading=""):
    return Constitution("Rules", (Clause("c1", Kind.CLAUSE, heading, text),))


def read(book):
    """The lines of a book as they are read aloud: number, heading, text; without the signs of emphasis."""
    labels, own, marks = number(book), own_number(book), printed(book)
    lines = [book.title, *([book.front] if book.front else [])]
    for one in book.walk():
        words = [show(part, labels, own) for part in (one.heading, one.text)]
        if one.repealed and not one.text:
            words[1] = "[repealed]"
        if not words[0] and not (marks[one.id] and is_headed(one)):
            del words[0]
        elif not words[1]:
            del words[1]
        first, *rest = words
        lines += ["\t".join(filter(None, (marks[one.id], first))), *rest]
    return [SIGNED.sub(lambda found: found[found.lastgroup], line) for line in lines]


@given(amended_books())
def test_both_texts_are_in_it_exactly(pair):
    old, new = pair
    document = tracked(old, new, by("A1"))
    assert accepted(document) == read(new)
    assert rejected(document) == read(old)


@given(law_text(), st.data())
def test_words_and_their_emphasis_are_told_exactly(text, data):
    old, new = one_clause(text), one_clause(data.draw(amended(text)))
    document = tracked(old, new, by("A1"))
    for book, gone in ((old, Op.INSERT), (new, Op.DELETE)):
        drawn = [(one.text, one.look) for row in document[1:] for one in row.pieces if one.op is not gone]
        own = [(one.text, one.look) for row in clean(book)[1:] for one in row.pieces]
        assert characters(drawn) == characters(own)


def characters(pieces):
    return [(sign, look) for text, look in pieces for sign in text]


@given(books())
def test_nothing_is_tracked_where_nothing_changed(book):
    assert {one.op for row in clean(book) for one in (row, *row.label, *row.pieces)} <= {Op.KEEP}


@given(amended_books())
def test_whatever_changed_has_an_author_and_nothing_else(pair):
    for row in tracked(*pair, by("A1")):
        for one in (*row.label, *row.pieces):
            assert one.author == ("" if one.op is Op.KEEP else "A1")


def test_each_stretch_has_its_own_author():
    def hands(key, op, start, end):
        assert (key, op) == ("c1", Op.INSERT)
        return [(min(end, start + 4), "A1 Ada"), (end, "A2 Ben")]

    document = tracked(one_clause("Members vote."), one_clause("Members may not vote."), hands)
    assert [(one.text, one.author) for one in document[1].pieces] == [
        ("Members ", ""),
        ("may ", "A1 Ada"),
        ("not ", "A2 Ben"),
        ("vote.", ""),
    ]


def test_words_that_became_bold_go_and_come():
    document = tracked(one_clause("A clear day."), one_clause("A **clear** day."), by("A1"))
    assert [(one.op, one.text, one.look) for one in document[1].pieces if one.op is not Op.KEEP] == [
        (Op.DELETE, "clear", "plain"),
        (Op.INSERT, "clear", "bold"),
    ]


def test_a_heading_that_comes_takes_the_number_with_it():
    old = Constitution("Rules", (Clause("c1", Kind.CLAUSE, "", "Members vote."),))
    document = tracked(old, one_clause("Members vote.", "Voting"), by("A1"))
    assert [(one.key, one.headed, one.op) for one in document] == [
        (TITLE, True, Op.KEEP),
        ("c1", True, Op.INSERT),
        ("c1", False, Op.KEEP),
    ]


@pytest.mark.parametrize("name", ["debian-constitution", pytest.param("grundgesetz", marks=pytest.mark.thorough)])
def test_real_editions_follow_from_each_other(name):
    editions = corpora.versions(name)
    for old, new in itertools.pairwise(editions):
        document = tracked(old, new, by("A1"))
        assert accepted(document) == accepted(clean(new))
        assert rejected(document) == accepted(clean(old))
