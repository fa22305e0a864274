"""The closed grammar of numbers."""

from __future__ import annotations

from fractions import Fraction
from graphlib import CycleError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook.exact import ceil, exact, rational, shown
from rulebook.formula import (
    BadFormula,
    Binary,
    Call,
    Figures,
    Function,
    Number,
    Operator,
    Size,
    Variable,
    constant,
    evaluate,
    figures,
    in_order,
    parse,
    rooted,
    share_of,
    sizes_asked,
    written,
)

NOTHING = Figures({}, {})

LEAVES = st.one_of(
    st.decimals(0, 999, places=2).map(lambda one: Number(Fraction(one))),
    st.sampled_from(["Q", "half"]).map(Variable),
    st.sampled_from(["members", "the_9"]).map(Size),
)
FORMULAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Binary, st.sampled_from(list(Operator)), inner, inner),
        st.builds(Call, st.sampled_from([Function.MIN, Function.MAX]), st.tuples(inner, inner)),
        st.builds(Call, st.sampled_from([Function.SQRT, Function.CEIL, Function.FLOOR]), st.tuples(inner)),
    ),
    max_leaves=6,
)


@given(FORMULAS)
def test_a_formula_that_is_written_reads_as_itself(formula):
    assert parse(written(formula)) == formula


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("7 - 2 - 1", 4),
        ("12 / 2 / 3", 2),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("min(3, 2, 5)", 2),
        ("max(3, 2, 5)", 5),
        ("ceil(7 / 2) + floor(7 / 2)", 7),
        ("sqrt(2) * sqrt(8)", 4),
        ("N(members) / 20", Fraction(21, 2)),
        ("ceil(sqrt(N(members)))", 15),
    ],
)
def test_a_formula_is_worked_out_exactly(text, value):
    assert rational(evaluate(parse(text), Figures({"members": 210}, {}))) == value


def test_debians_sponsors_are_the_whole_number_inequality_for_every_roll_up_to_2000():
    # K = min(Q, 5), Q = sqrt(N)/2: count >= K  if and only if  count >= 5 or 4 count^2 >= N
    rules = {"Q": parse("sqrt(N(developers)) / 2"), "K": parse("min(Q, 5)")}
    for developers in range(1, 2001):
        k = figures(rules, {"developers": developers}).values["K"]
        least = ceil(k)
        assert exact(least - 1) < k <= exact(least)
        for count in range(7):
            assert (count >= least) == (count >= 5 or 4 * count * count >= developers)


def test_debians_quorum_is_the_whole_number_inequality_for_every_roll_up_to_2000():
    # R = 3Q: count >= R  if and only if  4 count^2 >= 9 N
    rules = {"R": parse("3 * sqrt(N(developers)) / 2")}
    for developers in range(1, 2001):
        needed = ceil(figures(rules, {"developers": developers}).values["R"])
        assert 4 * needed**2 >= 9 * developers > 4 * (needed - 1) ** 2


def test_variables_are_worked_out_after_those_they_are_made_of():
    rules = {"c": parse("a + b"), "b": parse("2 * a"), "a": parse("3")}
    assert shown(figures(rules, {}).values["c"]) == "9"
    assert in_order(rules).index("a") < in_order(rules).index("b") < in_order(rules).index("c")


def test_variables_in_a_circle_are_caught():
    with pytest.raises(CycleError):
        in_order({"a": parse("b"), "b": parse("a + 1")})


@pytest.mark.parametrize(
    ("text", "is_rooted"),
    [
        ("sqrt(2)", True),
        ("1 + sqrt(2)", True),
        ("min(1, sqrt(2))", True),
        ("Q", True),
        ("P + 1", False),
        ("ceil(sqrt(2)) + N(members)", False),
    ],
)
def test_a_root_is_seen_unless_it_is_rounded(text, is_rooted):
    assert rooted(parse(text), {"Q"}) == is_rooted


def test_a_share_of_an_electorate_is_a_formula():
    assert written(share_of(Fraction(1, 20), "members")) == "N(members) * 1 / 20"
    assert constant(share_of(Fraction(1, 20), "members")) is None
    assert constant(parse("20")) == 20


SAMPLE = 'Write a formula such as "min(sqrt(N(members)) / 2, 5)".'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", f"Column 1: it ends where a number is due. {SAMPLE}"),
        ("1 +", f"Column 4: it ends where a number is due. {SAMPLE}"),
        ("1 + * 2", f'Column 5: "*" stands where a number is due. {SAMPLE}'),
        ("-1", f'Column 1: "-" stands where a number is due. {SAMPLE}'),
        ("1 2", f'Column 3: "2" does not belong here. {SAMPLE}'),
        ("5 % 2", f'Column 3: "%" is not part of any formula. {SAMPLE}'),
        ("2 ** 3", f'Column 4: "*" stands where a number is due. {SAMPLE}'),
        ("__import__('os')", f'Column 12: "\'" is not part of any formula. {SAMPLE}'),
        ("(1", 'Column 3: a closing bracket is missing. Write ")" here.'),
        ("min(1 2)", 'Column 7: a closing bracket is missing. Write ")" here.'),
        ("round(1)", 'Column 1: there is no function "round". There are min, max, sqrt, ceil, floor and N.'),
        ("min(1)", 'Column 1: min takes two numbers or more. Write "min(N(members), 20)".'),
        ("1 + sqrt(1, 2)", 'Column 5: sqrt takes one number. Write "ceil(N(members) / 20)".'),
        ("N(20)", 'Column 3: N wants the id of an electorate. Write, for example, "N(members)".'),
        ("N(", 'Column 3: N wants the id of an electorate. Write, for example, "N(members)".'),
        ("N(a + b)", 'Column 5: a closing bracket is missing. Write ")" here.'),
        ("1" * 201, "Column 201: a formula has at most 200 characters. Name its parts under [vars]."),
        ("(" * 13, "Column 13: brackets are more than 12 deep. Name its parts under [vars]."),
    ],
)
def test_a_formula_that_cannot_be_read_names_the_column_and_the_cure(text, said):
    with pytest.raises(BadFormula) as caught:
        parse(text)
    assert str(caught.value) == said


def test_twelve_brackets_are_read():
    assert rational(evaluate(parse("(" * 11 + "7" + ")" * 11), NOTHING)) == 7


def test_the_electorates_whose_size_is_asked_for_are_named():
    asked = sizes_asked([parse("ceil(N(members) / 2)"), parse("max(K, N(delegates))"), parse("5")])
    assert asked == {"members", "delegates"}
