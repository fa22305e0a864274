"""New words that are like others: the rare ones count for more, and the likeness can be shown."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import law_text

from amendments.similar import LITTLE, MOST_COMPARED, Passages, longest_run, passage
from constitution.tokens import is_word, tokens

FEW = ("at", "least", "thirty", "days", "notice", "of", "the", "Chair", "[[x1]]", ".")


def phrases():
    return st.lists(st.sampled_from(FEW), max_size=12).map(" ".join)


def known(*texts, among=()):
    return Passages.of({n: (passage([text]),) for n, text in enumerate(texts, 1)}, among)


def test_a_rare_word_weighs_more_than_one_that_stands_everywhere():
    found = known("members vote", "members pay", "members ring", among=["Members sing."] * 5)
    assert found.weight("members") == 1
    assert found.weight("vote") == 4
    assert found.weight("never-heard") == 4


def test_what_is_shared_is_weighed_not_counted():
    found = known("members auditor", "members pay", "members sing", among=["members act"] * 13)
    mine = passage(["auditor members report"])
    # "members" 1 bit, "auditor" 5, "report" 5: twice 6 by 11 and 6.
    assert found.share(mine, passage(["members auditor"])) == Fraction(12, 17)
    assert found.share(mine, passage(["members report auditor"])) == 1
    assert found.share(mine, passage(["auditor"])) is None
    assert found.share(mine, passage(["pay sing"])) is None


def test_a_short_passage_is_found_in_a_long_one_that_holds_it():
    held = "Treasurer keeps accounts, shows receipts."
    long = (
        "The treasurer keeps accounts, shows receipts yearly, buys paper, posts letters, rings bells and paints fences. "
        "Gardeners water roses, prune trees, mow lawns, rake leaves, feed birds."
    )
    found = known(long).like([passage([held])], most=5)
    assert found[1].share == Fraction(10, 30)
    assert found[1].run == "Treasurer keeps accounts, shows receipts"


def test_references_are_no_words_and_part_the_words_beside_them():
    one, other = passage(["see clause [[a1]] on sale"]), passage(["see clause on sale"])
    assert one.telling == {"see", "clause", "sale"}
    assert longest_run(one, other) == "see clause"


def test_no_run_goes_from_one_piece_to_the_next():
    one, other = passage(["grey cats", "sleep long hours"]), passage(["grey cats sleep"])
    assert longest_run(one, other) == "grey cats"
    assert longest_run(one, passage(["cats sleep"])) == ""


def test_a_run_of_little_words_shows_nothing():
    assert longest_run(passage(["of the and by the chair"]), passage(["of the and by the ring"])) == ""


def test_only_the_beginning_of_a_very_long_passage_is_searched_for_a_run():
    filler = " ".join(f"w{n}" for n in range(MOST_COMPARED))
    assert longest_run(passage([f"{filler} blue moon"]), passage(["blue moon"])) == ""


@given(phrases(), phrases())
def test_the_run_is_the_longest_there_is(one, other):
    mine, theirs = passage([one]), passage([other])
    runs = {
        run
        for run in all_runs(mine.words)
        if run in all_runs(theirs.words) and len(run) > 1 and set(run) - LITTLE and "" not in run
    }
    found = tuple(one.casefold() for one in tokens(longest_run(mine, theirs)) if is_word(one))
    assert len(found) == max(map(len, runs), default=0)
    assert not found or found in runs


def all_runs(words):
    return {tuple(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)}


@settings(max_examples=50)
@given(st.lists(st.one_of(phrases(), law_text()), min_size=1, max_size=6), st.one_of(phrases(), law_text()))
def test_no_likeness_is_overlooked(texts, draft):
    found, mine = known(*texts, among=[draft]), passage([draft])
    slow = {n: share for n, (one,) in found.known.items() if (share := found.share(mine, one)) is not None}
    assert {n: one.share for n, one in found.like([mine], most=99).items()} == slow
    assert set(found.like([mine], most=99, leaving_out={1})) == slow.keys() - {1}
    for n, (one,) in found.known.items():
        common, *both = (
            sum(map(found.weight, words)) for words in (mine.telling & one.telling, mine.telling, one.telling)
        )
        if len(mine.telling & one.telling) > 1 and 4 * common >= sum(both):
            assert slow[n] == Fraction(2 * common, sum(both))


@settings(max_examples=30)
@given(st.lists(phrases(), min_size=2, max_size=5))
def test_what_comes_and_goes_leaves_the_rest_as_it_was(texts):
    found, fewer = known(*texts), known(*texts[:-1])
    assert found.without(len(texts)) == fewer
    assert fewer.with_(len(texts), found.known[len(texts)]) == found


def test_what_was_never_there_cannot_go():
    with pytest.raises(KeyError):
        known("some words").without(2)
