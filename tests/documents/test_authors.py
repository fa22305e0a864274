"""Every changed word is signed by whoever changed it, however many editions ago."""

from __future__ import annotations

from edits import books, edits
from hypothesis import given
from hypothesis import strategies as st

from amendments.edit import rebuilt
from constitution.clause import Clause, Constitution, Kind
from constitution.runs import Op
from constitution.splices import splices
from documents.authors import Step, through
from documents.tracked import texts, tracked


def rules(text):
    return Constitution("Rules", (Clause("c1", Kind.CLAUSE, text=text),))


def step(old, new, author, put=None, took=None):
    """A step all of whose changes are one author's, unless it says more exactly."""
    gone = took or (
        lambda key: [(s, e, author) for s, e, _ in splices(texts(old).get(key, ""), texts(new).get(key, ""))]
    )
    return Step(texts(old), texts(new), put or {}, gone, author)


def signed(old, new, *steps):
    document = tracked(old, new, through(steps))
    return [
        (p.op.value, p.text, p.author) for row in document for p in (*row.label, *row.pieces) if p.op is not Op.KEEP
    ]


def test_two_editions_later_each_word_is_still_its_authors():
    first, second, third = (
        rules(f"Members pay {n} pounds in every {time}.")
        for n, time in (("five", "year"), ("six", "year"), ("six", "month"))
    )
    assert signed(first, third, step(first, second, "A1"), step(second, third, "A2")) == [
        ("delete", "five", "A1"),
        ("insert", "six", "A1"),
        ("delete", "year", "A2"),
        ("insert", "month", "A2"),
    ]


def test_those_who_took_out_the_same_words_are_named_together():
    old, new = rules("Members must not vote."), rules("Members vote.")
    took = {"c1": [(8, 13, "A1"), (8, 17, "A2")]}
    one = step(old, new, "the committee", took=lambda key: took.get(key, []))
    assert signed(old, new, one) == [("delete", "must ", "A1 and A2"), ("delete", "not ", "A2")]


def test_inserted_words_are_those_of_their_sources():
    old, new = rules("Members vote."), rules("Members may not vote.")
    put = {"c1": [("Members ", ""), ("may ", "A1"), ("not ", "A2"), ("vote.", "")]}
    assert signed(old, new, step(old, new, "the committee", put=put)) == [
        ("insert", "may ", "A1"),
        ("insert", "not ", "A2"),
    ]


@given(books(), st.data())
def test_nothing_that_changed_is_without_an_author(old, data):
    between = rebuilt(data.draw(edits(old)), old)
    new = rebuilt(data.draw(edits(between)), between)
    for one in signed(old, new, step(old, between, "A1"), step(between, new, "A2")):
        assert one[2] in {"A1", "A2"}
