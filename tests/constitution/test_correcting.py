"""What may be corrected without a vote, and what may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constitution.correcting import beyond

ELSEWHERE = frozenset({"may", "must", "sixteen", "most", "member", "form", "from"})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Memebers decide.", "Members decide."),
        ("Membrs decide.", "Members decide."),
        ("Memmbers decide.", "Members decide."),
        ("Mambers decide.", "Members decide."),
        ("the Committee sits", "the committee sits"),
        ("a so-called 'quorum'", "a so-called \N{LEFT SINGLE QUOTATION MARK}quorum\N{RIGHT SINGLE QUOTATION MARK}"),
        ("one two", "one  two"),
        ("when the the roll closes", "when the roll closes"),
        ("as clause 9.9 says", "as clause [[a1]] says"),
        ("as [[a2]] says", "as [[a1]] says"),
        ("a co-operative", "a cooperative"),
    ],
)
def test_spelling_references_and_setting_are_corrections(before, after):
    assert beyond(before, after, ELSEWHERE) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Members may vote.", "Members must vote."),
        ("Members may vote.", "Members may not vote."),
        ("Members may not vote.", "Members may vote."),
        ("needs sixteen members", "needs sixty members"),
        ("within 14 days", "within 15 days"),
        ("as clause 9.9 says", "as clause 9.8 says"),
        ("as [[a2]] says", "as nobody says"),
        ("taken from the roll", "taken form the roll"),
        ("Members, and guests", "Members and guests"),
        ("all are heard", "all are hard"),
        ("Members vote.", ""),
        ("", "Members vote."),
    ],
)
def test_what_says_something_else_is_no_correction(before, after):
    found = beyond(before, after, ELSEWHERE | {"heard", "hard"})
    assert found
    assert all(one.endswith("is more than spelling, a reference, or how words are set.") for one in found)


@given(
    st.lists(st.sampled_from(["may", "must", "not", "sixteen", "14", "never", "all", "no"]), min_size=1, max_size=6),
    st.lists(st.sampled_from(["may", "must", "not", "sixteen", "14", "never", "all", "no"]), min_size=1, max_size=6),
)
def test_no_other_words_pass(one, two):
    before, after = " ".join(one), " ".join(two)
    undoubled = [word for n, word in enumerate(one) if word != one[n - 1 : n][0:1] and (n == 0 or word != one[n - 1])]
    if two not in (one, undoubled) and not beyond(before, after, {*one, *two}):
        # only a word that stood beside itself may have gone
        assert set(two) == set(one)
        assert len(two) < len(one)
