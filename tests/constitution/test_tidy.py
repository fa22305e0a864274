import pytest
from hypothesis import example, given
from strategies import pairs, texts

from constitution.alignment import Span
from constitution.diff import diff, plain
from constitution.splices import Original, spliced, splices
from constitution.tidy import cut, slid


@given(texts())
def test_the_units_and_the_spaces_around_them_are_the_text(text):
    parts = cut(text)
    again = "".join(parts.gap(place) + unit for place, unit in enumerate(parts.units)) + parts.gap(len(parts.units))
    assert (again, parts.whole) == (text, text)
    assert [
        text[start : start + len(unit)] for start, unit in zip(parts.starts, parts.units, strict=False)
    ] == parts.units
    assert not any(unit.isspace() for unit in parts.units)


@given(pairs())
@example(("a. b c", "a.b c"))
@example(("3. 2 x", "3.2 x"))
@example(("x a .b", "x a.b"))
@example(("x [[ab c", "x [[ab]] c"))
@example(("one two", "one two  "))
@example(("one two three", "one three"))
@example(("one one one one", "one one one"))
@example((" one", "one"))
def test_a_text_cut_with_the_help_of_another_is_cut_as_by_itself(pair):
    before, after = pair
    assert cut(before).recut(after) == cut(after)


@given(pairs())
def test_cutting_two_texts_by_each_other_changes_neither(pair):
    before, after = map(cut, pair)
    assert before.recut(after.whole).recut(before.whole) == before


@given(texts(), texts(), texts())
def test_what_was_compared_before_changes_no_comparison(base, first, second):
    original = Original(base)
    original.splices(first)
    assert original.splices(second) == splices(base, second)


@given(pairs())
def test_the_splices_make_the_one_text_of_the_other(pair):
    before, after = pair
    found = splices(before, after)
    assert spliced(before, found) == after
    assert list(found) == sorted(found)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        # An island of one or two words, smaller than both its neighbours, is absorbed.
        ("m p1 p2 i q1 q2 n", "m r1 r2 i s1 s2 n", "m [-p1 p2 i q1 q2-]{+r1 r2 i s1 s2+} n"),
        ("m p1 p2 p3 i j q1 q2 q3 n", "m r1 r2 r3 i j s1 s2 s3 n", "m [-p1 p2 p3 i j q1 q2 q3-]{+r1 r2 r3 i j s1 s2 s3+} n"),
        # Three words can be read.
        ("m p1 p2 p3 p4 i j k q1 q2 q3 q4 n", "m r1 r2 r3 r4 i j k s1 s2 s3 s4 n",
         "m [-p1 p2 p3 p4-]{+r1 r2 r3 r4+} i j k [-q1 q2 q3 q4-]{+s1 s2 s3 s4+} n"),
        # Not smaller than both.
        ("m p1 p2 i j q1 q2 q3 n", "m r1 r2 i j s1 s2 s3 n", "m [-p1 p2-]{+r1 r2+} i j [-q1 q2 q3-]{+s1 s2 s3+} n"),
        ("m p1 p2 p3 i j q1 q2 n", "m r1 r2 r3 i j s1 s2 n", "m [-p1 p2 p3-]{+r1 r2 r3+} i j [-q1 q2-]{+s1 s2+} n"),
        # A change is as large as the larger of its sides.
        ("m p1 i q1 n", "m r1 r2 i s1 s2 n", "m [-p1 i q1-]{+r1 r2 i s1 s2+} n"),
        ("m p1 p2 i q1 q2 n", "m r1 i s1 n", "m [-p1 p2 i q1 q2-]{+r1 i s1+} n"),
        # One change grows by another, and by the next.
        ("m p1 p2 i q1 q2 j t1 t2 n", "m r1 r2 i s1 s2 j u1 u2 n", "m [-p1 p2 i q1 q2 j t1 t2-]{+r1 r2 i s1 s2 j u1 u2+} n"),
        # Signs alone are absorbed, but never a long row of them.
        ("m p1 p2 ( ) ( ) ( ) ( ) q1 q2 n", "m r1 r2 ( ) ( ) ( ) ( ) s1 s2 n",
         "m [-p1 p2 ( ) ( ) ( ) ( ) q1 q2-]{+r1 r2 ( ) ( ) ( ) ( ) s1 s2+} n"),
        ("m p1 p2 ( ) ( ) ( ) ( ) ) q1 q2 n", "m r1 r2 ( ) ( ) ( ) ( ) ) s1 s2 n",
         "m [-p1 p2-]{+r1 r2+} ( ) ( ) ( ) ( ) ) [-q1 q2-]{+s1 s2+} n"),
        # The end of a sentence or a line is never absorbed.
        ("m p1 p2. q1 q2 n", "m r1 r2. s1 s2 n", "m [-p1 p2-]{+r1 r2+}. [-q1 q2-]{+s1 s2+} n"),
        ("m p1 p2\ni q1 q2 n", "m r1 r2\ni s1 s2 n", "m [-p1 p2-]{+r1 r2+}\ni [-q1 q2-]{+s1 s2+} n"),
        ("m p1 p2 i\nq1 q2 n", "m r1 r2 i\ns1 s2 n", "m [-p1 p2-]{+r1 r2+} i\n[-q1 q2-]{+s1 s2+} n"),
    ],
)  # fmt: skip
def test_small_islands_are_absorbed(old, new, shown):
    assert plain(diff(old, new)) == shown


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("a x", "a b. a x", ("", "a b. ", "a x")),  # the start of the text
        ("a. b\nc", "a. b\nd. b\nc", ("a. b\n", "d. b\n", "c")),  # a line before a sentence
        ("a; b. c", "a; b. d; b. c", ("a; b. ", "d; b. ", "c")),  # a sentence before what follows a semicolon
        ("a; b! c", "a; b! d; b! c", ("a; b! ", "d; b! ", "c")),
        ("a b; c", "a b; d b; c", ("a b; ", "d b; ", "c")),  # that before a word
        ("a b: c", "a b: d b: c", ("a b: ", "d b: ", "c")),
        ("(a b c", "(a d a b c", ("(a ", "d a ", "b c")),  # a word before what touches the one before
        ("x a b y", "x a b a b y", ("x ", "a b ", "a b y")),  # of equals the first
        ("a b c d", "a b c b c d", ("a ", "b c ", "b c d")),
    ],
)
def test_what_is_only_put_in_or_taken_out_starts_where_it_reads_best(old, new, parts):
    before, middle, after = parts
    assert plain(diff(old, new)) == f"{before}{{+{middle}+}}{after}"
    assert plain(diff(new, old)) == f"{before}[-{middle}-]{after}"


@pytest.mark.parametrize(
    ("old", "new", "first", "second"),
    [
        ("q a b", "r a a b", (0, 1, 0, 1), (2, 2, 2, 3)),
        ("q a a b", "r a b", (0, 1, 0, 1), (2, 3, 2, 2)),
        ("a. b a. b q", "a. b a. b a. b r", (0, 0, 0, 3), (6, 7, 9, 10)),
    ],
)
def test_between_two_changes_stands_at_least_one_unit(old, new, first, second):
    found = slid([Span(*first), Span(*second)], cut(old), cut(new))
    assert found == [Span(*first), Span(*second)]


@pytest.mark.parametrize(
    ("old", "new", "span", "following", "expected"),
    [
        # It would start the line, but for the change that comes next.
        ("a b\na q", "a b a\na r", (1, 1, 1, 3), (3, 4, 5, 6), (1, 1, 1, 3)),
        ("x a\na q", "x a\na\na r", (1, 1, 1, 2), (3, 4, 4, 5), (2, 2, 2, 3)),
        ("x a\na q", "x a\na\na r", (1, 1, 1, 2), (2, 4, 3, 5), (1, 1, 1, 2)),
        ("x a\na\na q", "x a\na r", (1, 2, 1, 1), (4, 5, 3, 4), (2, 3, 2, 2)),
        ("x a\na\na q", "x a\na r", (1, 2, 1, 1), (3, 5, 2, 4), (1, 2, 1, 1)),
    ],
)
def test_a_change_slides_up_to_one_unit_before_the_next(old, new, span, following, expected):
    found = slid([Span(*span), Span(*following)], cut(old), cut(new))
    assert found == [Span(*expected), Span(*following)]
