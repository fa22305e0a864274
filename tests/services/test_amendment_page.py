"""The redline on the page of an amendment: all that changes is shown, and what only goes along is said once."""

from dataclasses import replace

from edits import books, edits
from hypothesis import given
from hypothesis import strategies as st

from amendments.edit import Insert, rebuilt
from constitution.clause import Clause, Constitution, Kind, Mark, Style
from constitution.redline import Change, redline
from services.amendment_page import between

ARTICLE, RULE = Mark(Style.DECIMAL, after="."), Mark(Style.DECIMAL, path=True)


def article(name, *texts):
    rules = (Clause(f"{name}{at}", Kind.CLAUSE, "", text, RULE) for at, text in enumerate(texts, 1))
    return Clause(name, Kind.ARTICLE, name.upper(), "", ARTICLE, tuple(rules))


@given(books(), st.data())
def test_what_is_compared_is_all_that_changes(base, data):
    changed = rebuilt(data.draw(edits(base)), base)
    whole = redline(base, changed)
    shown, following = between(base, changed)
    assert shown == tuple(one for one in whole if one.change not in {Change.KEPT, Change.RENUMBERED})
    renumbered = [one for one in whole if one.change is Change.RENUMBERED]
    assert [one for one in renumbered if one in following] == list(following)
    for one in set(renumbered) - set(following):
        above = one.id
        while (above := changed.parents[above]) not in {row.id for row in following}:
            assert above in {row.id for row in renumbered}


def test_what_goes_along_with_the_clause_above_it_is_not_said_again():
    base = Constitution(
        "Rules", (article("a", "See [[c1]]."), article("b", "See [[c1]].", "One."), article("c", "Two."))
    )
    added = Clause("new", Kind.ARTICLE, "New", "", ARTICLE)
    changed = rebuilt(
        (Insert(None, "a", added), Insert("c", None, Clause("c0", Kind.CLAUSE, "", "Before.", RULE))), base
    )
    # What cites c1 follows it; b and c go on one, and with them b2; c1 is besides not the first in it any more.
    assert [one.id for one in between(base, changed)[1]] == ["a1", "b", "b1", "c", "c1"]


def test_what_moves_without_another_number_is_shown():
    one, two, three = (
        Clause(name, Kind.ARTICLE, name, "", Mark(Style.DECIMAL, running=True)) for name in ("one", "two", "three")
    )
    before, after = (
        Constitution("Rules", (replace(article("a"), children=first), replace(article("b"), children=second)))
        for first, second in (((one, two), (three,)), ((one,), (two, three)))
    )
    assert [(row.id, row.change) for row in between(before, after)[0]] == [("two", Change.MOVED)]
