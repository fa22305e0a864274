"""Citations that go from a sentence, where it certainly goes on without them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amendments.citing import without
from amendments.reader import spliced
from constitution.references import TOKEN


def left(text, *gone):
    """The text without what is gone (a, b ... written as references), or None."""
    splices = without(text, gone)
    return None if splices is None else spliced(text, splices)


@pytest.mark.parametrize(
    ("text", "gone", "after"),
    [
        ("under clauses [[a]] and [[b]].", "a", "under clause [[b]]."),
        ("under clauses [[a]] and [[b]].", "b", "under clause [[a]]."),
        ("under clause [[a]] or [[b]] only", "a", "under clause [[b]] only"),
        ("under clause [[a]] or clause [[b:own]]", "a", "under clause [[b:own]]"),
        ("under article [[a]] and clauses [[b]], [[c]]", "c", None),
        ("under article [[a]], clauses [[b]] and [[c]];", "c", "under article [[a]] and clause [[b]];"),
        ("under clauses [[a]], [[b]] and [[c]]", "b", "under clauses [[a]] and [[c]]"),
        ("under clauses [[a]], [[b]], and [[c]]", "b", "under clauses [[a]] and [[c]]"),
        ("under clauses [[a]], [[b]], [[c]], and [[d]]", "b", "under clauses [[a]], [[c]], and [[d]]"),
        ("under clauses [[a]], [[b]], [[c]]", "b", "under clauses [[a]], [[c]]"),
        ("under clauses [[a]], [[b]] and [[c]]", "ac", "under clause [[b]]"),
        ("Clauses [[a]], [[b]] and [[c]] apply.", "a", "Clauses [[b]] and [[c]] apply."),
        ("Rule [[a]], rule [[b]] and rule [[c]] apply.", "a", "Rule [[b]] and rule [[c]] apply."),
        ("notices that clauses [[a]], [[b]] and [[c]] require", "c", "notices that clauses [[a]] and [[b]] require"),
        ("a breach of clauses [[a]] and [[b]], and shall", "a", "a breach of clause [[b]], and shall"),
        ("noon (see clause [[a]]), and", "a", "noon, and"),
        ("noon (clauses [[a]] and [[b]]).", "ab", "noon."),
        ("noon (clauses [[a]] and [[b]]).", "a", "noon (clause [[b]])."),
        ("noon (see clauses [[a]] and [[b]])", "b", "noon (see clause [[a]])"),
        ("nach §§ [[a]] und [[b]] gilt", "a", "nach § [[b]] gilt"),
        ("nach Artikel [[a]] oder Artikel [[b]] ist", "b", "nach Artikel [[a]] ist"),
        ("mittags (vgl. § [[a]]; Artikel [[b]])", "a", None),
        ("mittags (siehe §§ [[a]], [[b]])", "ab", "mittags"),
        ("under clause [[b]]", "a", "under clause [[b]]"),
    ],
)
def test_what_is_gone_is_left_out(text: str, gone: str, after: str | None) -> None:
    assert left(text, *gone) == after


@pytest.mark.parametrize(
    "text",
    [
        "Clauses [[a]] and [[b]] apply.",
        "Clause [[a]] applies.",
        "under clause [[a]] the",
        "between clauses [[a]] and [[b]]",
        "under either of clauses [[a]] and [[b]]",
        "under clauses [[a]] and [[b]] respectively",
        "under clauses [[a]] and [[b]], each of which",
        "under clauses [[a]] to [[b]]",
        "under clauses [[a]], [[b]] to [[c]]",
        "under clauses [[a]] and [[b]] and this clause",
        "under paragraphs [[a]] and [[b]] of schedule [[c]]",
        "under clauses [[a]]([[b]]) and [[c]]",
        "under clauses [[a]] and [[b]] or [[c]]",
        "Artikel [[a]] und [[b]] Abs. [[c]]",
        "die §§ [[a]] und [[b]] gelten",
        "nach den Artikeln [[a]] und [[b]]",
        "(clause [[a]])",
        "4 (clause [[a]])b",
        "noon (as clause [[a]] says)",
        "under clauses [[a]] and [[b]], and under clause [[a]] too",
    ],
)
def test_where_it_is_not_certain_nothing_is_left_out(text: str) -> None:
    assert left(text, "a") is None


@given(
    st.lists(st.sampled_from("abcde"), min_size=1, max_size=5, unique=True),
    st.sets(st.sampled_from("abcde")),
    st.sampled_from(("under clauses ", "Clauses ", "noon (", "noon (see clauses ", "by rule ", "§§ ", "the ")),
    st.sampled_from((" and ", " or ", ", and ", ", ", " to ")),
    st.sampled_from((".", ")", " apply", ", which", "")),
)
def test_what_stays_is_cited_as_before_and_what_is_gone_no_more(cited, gone, before, joint, behind) -> None:
    tokens = [f"[[{one}]]" for one in cited]
    text = before + ", ".join(tokens[:-1]) + (joint if tokens[:-1] else "") + tokens[-1] + behind
    after = left(text, *gone)
    if after is not None:
        assert [one[1] for one in TOKEN.finditer(after)] == [one for one in cited if one not in gone]
        assert after.strip()
        assert (after == text) == (not gone & set(cited))
