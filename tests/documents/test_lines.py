"""Numbered lines: whatever the text, nothing is lost, and nothing is wider than the line."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from constitution.runs import Op, parse_plain
from documents.lines import COLUMNS, broken, cuts, width
from documents.tracked import Piece

SIGNS = st.text(alphabet=st.sampled_from("abcde  \n.,-[]{}+*_日本。é\u0301\u00a0א\u200d😀"), max_size=150)
PIECES = st.lists(st.builds(Piece, st.sampled_from(Op), SIGNS), max_size=8)


def joined(pieces, gone=None):
    return "".join(one.text for one in pieces if one.op is not gone)


@given(PIECES, st.integers(4, COLUMNS))
def test_the_lines_joined_are_the_text_and_both_its_sides(pieces, columns):
    row = [one for line in broken(pieces, columns) for one in line.pieces]
    for gone in (None, Op.INSERT, Op.DELETE):
        assert joined(row, gone) == joined(pieces, gone)


@given(PIECES, st.integers(4, COLUMNS))
def test_no_line_is_wider_than_its_columns_or_goes_on_after_a_break(pieces, columns):
    for line in broken(pieces, columns):
        assert line.pieces
        shown = joined(line.shown)
        assert "\n" not in joined(line.pieces)[:-1]
        assert width(shown) <= columns or "\u200d" in shown


@given(st.lists(st.text(alphabet="abcdefgh-.,", min_size=1, max_size=20), min_size=1, max_size=40))
def test_no_word_that_fits_into_a_line_is_split_and_no_line_ends_early(words):
    text = " ".join(words)
    lines, start = [], 0
    for end in cuts(text, 20):
        lines.append(text[start:end])
        start = end
    assert [word for line in lines for word in line.split()] == words
    for line, following in pairwise(lines):
        assert len(line.rstrip()) + 1 + len(following.split()[0]) > 20


@given(PIECES)
def test_a_line_in_signs_reads_back(pieces):
    for line in broken(pieces):
        runs = parse_plain(line.signs)
        for gone in (Op.INSERT, Op.DELETE):
            assert joined(runs, gone) == joined(line.shown, gone)


def test_a_long_word_is_split_and_its_rest_is_filled_up():
    lines = broken([Piece(Op.KEEP, "see " + "x" * 25 + " and more")], 10)
    assert [joined(line.shown) for line in lines] == ["see", "x" * 10, "x" * 10, "xxxxx and", "more"]


def test_words_struck_may_end_a_line_before_those_that_replace_them():
    lines = broken([Piece(Op.DELETE, "sixteen"), Piece(Op.INSERT, "forty-eight")], 12)
    assert [line.signs for line in lines] == ["[-sixteen-]", "{+forty-eight+}"]


def test_ideographs_take_two_columns_and_closing_signs_begin_no_line():
    lines = broken([Piece(Op.KEEP, "日本語。日本")], 6)
    assert [joined(line.shown) for line in lines] == ["日本", "語。日", "本"]
