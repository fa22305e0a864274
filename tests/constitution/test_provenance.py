from hypothesis import given
from strategies import merges

from constitution.merge import merge
from constitution.provenance import COMMITTEE, Span, Word, base_count, counts, reworded, spans
from constitution.tokens import word_count

BASE = "Members pay five pounds."
SIDES = {
    "Ada": "Members pay six or seven pounds.",
    "Ben": "All members pay five pounds.",
    "Cem": "All members pay five pounds.",
}


def test_words_of_the_same_sides_are_one_span():
    assert spans(merge(BASE, SIDES).words) == (
        Span("All members", frozenset({"Ben", "Cem"})),
        Span(" pay ", frozenset()),
        Span("six or seven", frozenset({"Ada"})),
        Span(" pounds.", frozenset()),
    )


def test_words_are_counted_for_every_side_that_gave_them():
    words = merge(BASE, SIDES).words
    assert counts(words) == {"Ada": 3, "Ben": 2, "Cem": 2}
    assert base_count(words) == 2


@given(merges())
def test_no_word_is_counted_for_nobody(case):
    words = merge(*case).words
    assert "".join(span.text for span in spans(words)) == "".join(word.text for word in words)
    assert base_count(words) + sum(counts(words).values()) >= word_count("".join(word.text for word in words))


def test_what_is_left_of_a_wording_keeps_its_source():
    ada = frozenset({"Ada"})
    words = reworded((Word("fair", ada), Word(" "), Word("share")), "fair and equal share", COMMITTEE)
    assert spans(words) == (
        Span("fair", ada), Span(" ", frozenset()), Span("and equal ", frozenset({COMMITTEE})), Span("share", frozenset()),
    )  # fmt: skip


def test_a_word_joined_of_two_is_kept_with_both_sources():
    ada, ben = frozenset({"Ada"}), frozenset({"Ben"})
    assert reworded((Word("sub", ada), Word("clause", ben)), "subclause", COMMITTEE) == (
        Word("sub", ada),
        Word("clause", ben),
    )
