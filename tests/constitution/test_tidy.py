from hypothesis import example, given
from strategies import pairs, texts

from constitution.splices import Original, spliced, splices
from constitution.tidy import cut


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
