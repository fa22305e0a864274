"""The redline beside a draft is drawn in a part of the book only, and reads as if it were drawn in the whole."""

from dataclasses import replace
from itertools import pairwise

import pytest
from corpora import versions
from edits import books, edits
from hypothesis import assume, given
from hypothesis import strategies as st

from amendments.edit import Insert, Move, Reword, Strike, rebuilt
from constitution.clause import Constitution, Mark, Style
from constitution.matching import match
from constitution.redline import Change, redline
from services import touching

RUNNING = Mark(Style.DECIMAL, "§ ", running=True)


def drawn_in_the_whole(base, draft):
    rows = redline(base, rebuilt(draft, base))
    return tuple(one for one in rows if one.change not in {Change.KEPT, Change.RENUMBERED})


@st.composite
def tables(draw):
    base = draw(books())
    cited = draw(st.sampled_from(sorted(base.by_id)))
    base = _each(base, lambda one: replace(one, text=one.text.replace("[[x1]]", f"[[{cited}]]")))
    if draw(st.booleans()):
        base = _each(
            base, lambda one: one if one.id in {top.id for top in base.clauses} else replace(one, mark=RUNNING)
        )
    return base, draw(edits(base))


def _each(base: Constitution, change) -> Constitution:
    def level(ones):
        return tuple(replace(change(one), children=level(one.children)) for one in ones)

    return replace(base, clauses=level(base.clauses))


@given(tables())
def test_a_part_of_the_book_is_drawn_like_the_whole(table):
    base, draft = table
    assume(draft)
    assert touching._changed(base, draft) == drawn_in_the_whole(base, draft)


def test_what_debian_changed_is_drawn_like_in_the_whole():
    drawn = 0
    for old, new in pairwise(versions("debian-constitution")):
        for there, here in match(old, new).items():
            if old[here].text != new[there].text and "[[" not in new[there].text:
                draft = (Reword(here, new[there].text),)
                assert touching._changed(old, draft) == drawn_in_the_whole(old, draft)
                drawn += 1
    assert drawn > 20


@pytest.mark.thorough
def test_what_is_done_to_a_chapter_of_the_grundgesetz_is_drawn_like_in_the_whole():
    base = versions("grundgesetz")[-1]
    elsewhere = next(one.id for one in base.walk() if len(base.ancestors(one.id)) == 3 and one.mark)
    for one in base.clauses[1:8]:
        first, last = one.children[0].id, one.children[-1].id
        for draft in (
            (Strike(last),),
            (Move(last, one.id, None),),
            (Insert(one.id, None, replace(base[last], id="new", children=())),),
            (Reword(one.id, f"Das Nähere regelt [[{elsewhere}]], auch zu [[{last}]]."), Strike(first)),
        ):
            assert touching._changed(base, draft) == drawn_in_the_whole(base, draft)
