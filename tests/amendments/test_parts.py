"""A draft's change in parts: all make the draft, none the base, and any choice is a whole rule book."""

from itertools import pairwise

from corpora import versions
from edits import books, edits
from hypothesis import given
from hypothesis import strategies as st

from amendments.edit import Reword, Strike, rebuilt
from amendments.parts import carried, parts
from constitution.clause import Clause, Constitution, Kind
from constitution.matching import match
from constitution.references import Level, check


def clause(clause_id, text, *children):
    return Clause(clause_id, Kind.CLAUSE, text=text, children=children)


BASE = Constitution(
    "Rules", (clause("a", "One.", clause("b", "Two, see [[c]].")), clause("c", "Three."), clause("d", "Four."))
)


@st.composite
def drafts(draw):
    base = draw(books())
    return base, rebuilt(draw(edits(base)), base)


@given(drafts(), st.data())
def test_any_choice_of_parts_is_a_whole_rule_book(books_, data):
    base, draft = books_
    found = parts(base, draft)
    assert carried(base, draft, found) == draft
    assert carried(base, draft, ()) == base
    chosen = data.draw(st.sets(st.sampled_from(found))) if found else set()
    book = carried(base, draft, chosen)
    ids = [one.id for one in book.walk()]
    assert len(ids) == len(set(ids))
    wanted = {one for part in chosen for one in part.clauses}
    lost = {one for part in found for one in part.clauses} - wanted
    assert wanted & draft.by_id.keys() <= set(ids)
    assert not wanted - draft.by_id.keys() & set(ids)
    assert set(ids) & lost == lost & base.by_id.keys()
    for one in book.walk():
        source = draft if one.id in wanted else base
        assert (one.text, one.heading, one.mark) == (source[one.id].text, source[one.id].heading, source[one.id].mark)
    assert broken(base, book) <= broken(base, base) | broken(base, draft)


def broken(base, book):
    """The clauses that cite what is not there."""
    return {one.clause for one in check(base, book) if one.level is Level.ERROR}


def test_what_hangs_together_is_one_part():
    draft = Constitution(
        "Rules",
        (
            clause("a", "One.", clause("b", "Two."), clause("e", "New.", clause("f", "Below."))),
            clause("d", "Four and [[g]]."),
            clause("g", "Five."),
        ),
    )
    found = [set(one.clauses) for one in parts(BASE, draft)]
    assert found == [{"b", "c"}, {"e", "f"}, {"d", "g"}]


def test_what_others_hold_together_is_one_part():
    draft = rebuilt((Reword("a", "Other."), Reword("d", "Another.")), BASE)
    assert [one.clauses for one in parts(BASE, draft)] == [("a",), ("d",)]
    assert [one.clauses for one in parts(BASE, draft, [{"a", "d", "b"}])] == [("a", "d")]


def test_a_lost_part_stays_as_it_was():
    draft = rebuilt((Reword("a", "Other."), Strike("d")), BASE)
    first, second = parts(BASE, draft)
    assert carried(BASE, draft, [first]) == rebuilt((Reword("a", "Other."),), BASE)
    assert carried(BASE, draft, [second]) == rebuilt((Strike("d"),), BASE)


def test_every_revision_of_debian_falls_into_parts():
    for old, new in pairwise(versions("debian-constitution")):
        draft = new.renamed({one: other for other, one in match(old, new).items()})
        found = parts(old, draft)
        assert carried(old, draft, found) == draft
        for one in found:
            alone = carried(old, draft, [one])
            assert {each for part in parts(old, alone) for each in part.clauses} == set(one.clauses)
