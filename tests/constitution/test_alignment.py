"""The bounds of a comparison, one by one; units are letters here."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constitution.alignment import Span, anchors, changed, common_start

WORDS = st.text("abcdefgh", max_size=12)


def whole(old, new):
    return (Span(0, len(old), 0, len(new)),)


def pairwise_doubled(first, count):
    """``count`` units that all occur twice, so that none is unique."""
    return "".join(chr(first + number) * 2 for number in range(count))


@given(WORDS, WORDS)
def test_the_common_start_is_as_long_as_can_be(old, new):
    length = common_start(old, new)
    assert old[:length] == new[:length]
    assert old[length : length + 1] != new[length : length + 1] or length == len(old) == len(new)


@given(st.permutations("abcdefg"))
def test_the_anchors_are_the_longest_row_that_keeps_its_order(new):
    found = anchors("abcdefg", new)
    assert all("abcdefg"[here] == new[there] for here, there in found)
    assert found == sorted(found)
    assert [there for _, there in found] == sorted(there for _, there in found)
    places = [new.index(unit) for unit in "abcdefg"]
    longest = max(length for length in range(8) for row in combinations(places, length) if list(row) == sorted(row))
    assert len(found) == longest


def test_only_what_is_unique_on_both_sides_is_an_anchor():
    assert anchors("aab", "aab") == [(2, 2)]
    assert anchors("abc", "acb b") == [(0, 0), (2, 1)]
    assert anchors("abc", "def") == []


@given(WORDS, WORDS)
def test_between_the_spans_all_is_equal_and_not_empty(old, new):
    here, there = 0, 0
    for span in changed(old, new):
        assert old[here : span.old_start] == new[there : span.new_start]
        assert span.old_start > here or here == 0
        assert span.old_end > span.old_start or span.new_end > span.new_start
        here, there = span.old_end, span.new_end
    assert old[here:] == new[there:]


def test_equal_texts_have_no_spans():
    assert changed("ab", "ab") == ()
    assert changed("", "") == ()


def test_a_small_block_is_always_compared():
    old, new = "p" + pairwise_doubled(0x200, 15) + "x", "q" + pairwise_doubled(0x300, 15) + "x" + "r"
    assert changed(old, new) == (Span(0, 31, 0, 31), Span(32, 32, 32, 33))
    alike = "xx"  # far less than a quarter
    old, new = alike + pairwise_doubled(0x200, 14), pairwise_doubled(0x300, 14) + alike
    assert len(old + new) < 64
    assert len(changed(old, new)) == 2


@pytest.mark.parametrize(("shared", "compared"), [(9, False), (10, True)])
def test_a_larger_block_is_compared_when_a_quarter_is_shared(shared, compared):
    alike = pairwise_doubled(0x200, shared)
    old, new = alike + pairwise_doubled(0x300, 40 - shared), pairwise_doubled(0x400, 40 - shared) + alike
    assert (changed(old, new) != whole(old, new)) == compared


@pytest.mark.parametrize(("pairs", "compared"), [(136, True), (138, False), (200, False)])
def test_a_block_beyond_the_effort_is_replaced_whole(pairs, compared):
    old, new = "ab" * pairs, "ba" * pairs
    assert (changed(old, new) != whole(old, new)) == compared


def test_the_effort_is_that_of_all_blocks_together():
    old, new = "ab" * 100, "ba" * 100
    together = changed(old + "X" + old + "Y" + old, new + "X" + new + "Y" + new)
    assert together[2:] == (Span(201, 401, 201, 401), Span(402, 602, 402, 602))  # 160,000 each: enough for one
    assert len(changed(old + "X" + old, new + "X" + new)) == 3


def test_a_long_text_without_unique_units_is_anchored_on_four_in_a_row():
    units = "".join(f"{number:010b}".replace("0", "a").replace("1", "b") for number in range(1024))
    old, new = units[:400] + "xyzw" * 2 + "cdce" + units[:400], "cdce" + units[:400] + "xyzw" * 2 + units[:400] + "f"
    assert changed(old, new) != whole(old, new)


def test_units_that_changed_places_are_no_anchors_in_a_small_block():
    # X is unique, but to keep it would mark all the others.
    assert changed("Xababab.", "ababab.X") == (Span(0, 1, 0, 0), Span(8, 8, 7, 8))
