"""Formulas are read strictly, and their values are exact."""

import math
from contextlib import suppress
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from rules import formula
from rules.formula import BadFormula, Exact, NoValue, Undecided, parse

DEBIAN = {"Q": parse("sqrt(N(d)) / 2"), "K": parse("min(Q, 5)")}


def value(text, variables=None, **sizes):
    return parse(text).at(sizes, variables or {})


# ---------------------------------------------------------------- rules of real organisations


def test_debian_asks_for_half_the_square_root_of_its_developers_and_never_more_than_five():
    wrong = []
    for size in range(2001):
        needed = DEBIAN["K"].at({"d": size}, DEBIAN)
        wrong += [(size, n) for n in range(41) if (needed <= n) != (4 * n * n >= size or n >= 5)]
    assert wrong == []


def test_the_quorum_of_debian_is_not_rounded():
    quorum = parse("3*Q").at({"d": 1001}, DEBIAN)
    assert quorum > 47
    assert not quorum <= Fraction(4745, 100)
    assert (str(quorum), quorum.floor(), quorum.ceiling()) == ("47.4…", 47, 48)


@pytest.mark.parametrize("size", [*range(1, 60), 39_999, 40_000, 40_001, 126_451])
def test_the_german_greens_ask_for_twenty_or_one_in_two_thousand(size):
    assert value("max(20, ceil(N(m)*5/10000))", m=size) == max(20, -(-size // 2000))


def test_three_tenths_of_the_members_are_a_fraction():
    assert [value("N(m)*3/10", m=size) for size in range(300)] == [Fraction(3 * size, 10) for size in range(300)]


def test_the_whole_part_of_a_square_root_is_the_integer_root():
    assert [value("floor(sqrt(N(m)))", m=size).floor() for size in range(2001)] == [
        math.isqrt(size) for size in range(2001)
    ]


# ---------------------------------------------------------------- reading


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("7", 7),
        ("0.5", Fraction(1, 2)),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("10 - 3 - 2", 5),
        ("24 / 4 / 3", 2),
        ("1 / 3 * 3", 1),
        ("min(3, 2, 5)", 2),
        ("max(3, 2, 5)", 5),
        ("ceil(7/2)", 4),
        ("floor(7/2)", 3),
        ("floor(1 - 3/2)", -1),
        ("ceil(sqrt(2))", 2),
        ("ceil(0 - sqrt(2))", -1),
        ("floor(0 - sqrt(2))", -2),
        ("sqrt(9/4)", Fraction(3, 2)),
        ("sqrt(0)", 0),
        ("\n sqrt ( 16 )\t", 4),
        ("N ( clp-members ) + N(2024_roll)", 12),
    ],
)
def test_a_formula_is_worked_out_as_everyone_learns_it(text, result):
    assert parse(text).at({"clp-members": 5, "2024_roll": 7}) == result


def test_a_formula_tells_what_it_needs():
    needy = parse("max(K, N(members)/10, N(members) - N(ncg)) + half * K")
    assert needy.electorates == {"members", "ncg"}
    assert needy.names == {"K", "half"}
    assert str(needy) == needy.text == "max(K, N(members)/10, N(members) - N(ncg)) + half * K"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Column 1: the formula ends where a value is expected. Write a number, a name or N(members) there."),
        ("3 *", "Column 4: the formula ends where a value is expected. Write a number, a name or N(members) there."),
        ("N(m) * 60%", 'Column 10: "%" has no meaning in a formula. Write 3/5 for 60 per cent.'),
        ("x^2", 'Column 2: "^" has no meaning in a formula. Write x * x for a square.'),
        ("x ** 2", "Column 4: there are no powers. Write x * x for a square."),
        (".5", 'Column 1: "." has no meaning in a formula. Write a digit on each side of the point, such as 0.5.'),
        ("a.b", 'Column 2: "." has no meaning in a formula. Write a digit on each side of the point, such as 0.5.'),
        ("3 × 4", 'Column 3: "×" has no meaning in a formula. Write * to multiply.'),
        (
            "½",
            'Column 1: "½" has no meaning in a formula. Write numbers, names, + - * / ( ), min, max, sqrt, ceil, floor and N(members) only.',
        ),
        ("-5", 'Column 1: a value is missing before "-". Write a number, a name or N(members) there.'),
        ("* 5", 'Column 1: a value is missing before "*". Write a number, a name or N(members) there.'),
        ("1 + * 5", 'Column 5: a value is missing before "*". Write a number, a name or N(members) there.'),
        ("min(1,)", 'Column 7: a value is missing before ")". Write a number, a name or N(members) there.'),
        ("3Q", 'Column 2: a sign is missing before "Q". Write 3 * Q to multiply.'),
        ("(3 N(m))", 'Column 4: a sign is missing before "N(m)". Write 3 * N(m) to multiply.'),
        ("(1 + 2))", "Column 8: this bracket was never opened. Take it out."),
        ("2 * (1 + (2)", 'Column 5: this bracket is never closed. Write ")" where what is in it ends.'),
        ("1,5", "Column 2: a comma stands only in min( ) and max( ). Write 1000 and 0.5 without a comma."),
        ("(1,5)", "Column 3: a comma stands only in min( ) and max( ). Write 1000 and 0.5 without a comma."),
        ("max(1,000)", 'Column 7: "000" begins with 0. Write 1000 without a comma, and no 0 in front of a number.'),
        ("N", "Column 1: N needs the name of one electorate. Write N(members)."),
        ("N(a, b)", "Column 1: N needs the name of one electorate. Write N(members)."),
        ("round(3)", 'Column 1: there is no function "round". Write min, max, sqrt, ceil or floor, in small letters.'),
        ("1 + sqrt", "Column 5: sqrt needs brackets. Write sqrt( ) around what it is of."),
        ("min(3)", "Column 1: min needs two values or more. Write min(a, b)."),
        ("sqrt(3, 4)", "Column 1: sqrt takes one value. Write sqrt(a)."),
        ("1" * 501, "Column 501: it is longer than 500 characters. Write parts of it as variables."),
        (
            "(" * 41 + "1" + ")" * 41,
            "Column 41: more than 40 brackets stand within one another. Write parts of it as variables.",
        ),
    ],
)
def test_what_is_not_a_formula_is_refused_with_its_place_and_a_cure(text, said):
    with pytest.raises(BadFormula) as refused:
        parse(text)
    assert str(refused.value) == said
    assert said == f"Column {refused.value.column}: {refused.value.message}. {refused.value.cure}"


def test_the_longest_and_the_deepest_formula_are_read():
    assert value("1+" * 249 + "11") == 260
    assert value("(" * 40 + "1" + ")" * 40) == 1
    assert value("1" + "+(2)" * 100) == 201


@given(st.text("N()+-*/,.0123456789 minaxsqrtceflo%md", max_size=60))
def test_whatever_is_typed_is_either_worked_out_or_refused_by_name(text):
    with suppress(BadFormula, NoValue):
        assert isinstance(parse(text).at({"m": 3}), Exact)


# ---------------------------------------------------------------- variables and values that are not there


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 / (2 - 2)", "The formula divides by nothing (0)."),
        ("1 / (sqrt(8) - 2 * sqrt(2))", "The formula divides by nothing (0)."),
        ("sqrt(1 - 2)", "There is no square root of a number below zero (-1)."),
        ("sqrt(1 - sqrt(2))", "There is no square root of a number below zero (-0.4…)."),
        ("N(x)", 'The size of the electorate "x" is not known.'),
        ("K", 'No variable is called "K".'),
        ("a", "Variables need their own value in order to have one: b, c."),
        ("self", "Variables need their own value in order to have one: self."),
        ("huge * huge", "The formula comes to a number of more than six hundred digits."),
        ("twice * twice", "The formula comes to more than 300 operations on square roots."),
    ],
)
def test_a_formula_without_a_value_says_why(text, said):
    variables = {
        "a": parse("b"),
        "b": parse("c + 1"),
        "c": parse("b + 1"),
        "self": parse("self"),
        "huge": parse("9" * 400),
        "twice": parse("+".join(["root"] * 31)),
        "root": parse("+".join(["sqrt(3)"] * 3)),
    }
    with pytest.raises(NoValue) as missing:
        parse(text).at({}, variables)
    assert str(missing.value) == said


def test_variables_may_build_on_one_another_in_any_order():
    variables = {"c": parse("a + b"), "a": parse("N(m)"), "b": parse("2 * a"), "unused": parse("1/0")}
    assert value("c + a", variables, m=5) == 20


def test_a_long_chain_of_variables_is_worked_out():
    chain = {f"v{n}": parse(f"v{n - 1} + 1") for n in range(1, 3000)}
    assert value("v2999", {**chain, "v0": parse("0")}) == 2999


# ---------------------------------------------------------------- exactness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sqrt(2) * sqrt(2)", "2"),
        ("sqrt(8)", "2 * sqrt(2)"),
        ("sqrt(2) * sqrt(3)", "sqrt(6)"),
        ("sqrt(3 + 2 * sqrt(2))", "1 + sqrt(2)"),
        ("sqrt(5 + 2 * sqrt(6))", "sqrt(2) + sqrt(3)"),
        ("1 / (sqrt(3) - sqrt(2))", "sqrt(3) + sqrt(2)"),
        ("1 / (sqrt(8) + 2 * sqrt(2))", "sqrt(2) / 8"),
        ("1 / (sqrt(8) + 2 * sqrt(2) - sqrt(2))", "sqrt(2) / 6"),
        ("sqrt(sqrt(16))", "2"),
        ("sqrt(sqrt(2) * sqrt(2) * 8)", "4"),
        ("sqrt(2)/2", "1/sqrt(2)"),
        ("sqrt(2) + sqrt(3) + sqrt(5) + sqrt(7)", "sqrt(7) + sqrt(5) + sqrt(3) + sqrt(2)"),
    ],
)
def test_the_same_number_written_twice_is_equal_to_itself(one, other):
    assert value(one) == value(other)
    assert value(one) <= value(other)
    assert value(one) >= value(other)
    assert not value(one) < value(other)
    assert not value(one) > value(other)


def test_two_numbers_that_differ_in_the_hundredth_digit_are_told_apart():
    near = "14142135623730950488016887242096980785696718753769480731766797379907324784621070388503875343276415727"
    assert Exact(Fraction(int(near), 10**100)) < value("sqrt(2)") < Exact(Fraction(int(near) + 1, 10**100))
    assert (value(f"sqrt(2) * 1{'0' * 100}").floor(), value(f"sqrt(2) * 1{'0' * 100}").ceiling()) == (
        int(near),
        int(near) + 1,
    )


def test_a_divisor_near_nothing_is_divided_by_all_the_same():
    assert value(f"1 / (sqrt(1{'0' * 60} + 1) - 1{'0' * 30})").floor() == 2 * 10**30


def test_whole_numbers_in_disguise_are_their_own_floor_and_ceiling():
    two = value("sqrt(3 + 2 * sqrt(2)) - sqrt(2) + 1")
    assert (two.floor(), two.ceiling(), str(two)) == (2, 2, "2")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (f"sqrt({10**40 - 1})", 10**20 - 1),
        (f"sqrt({10**40 + 1})", 10**20),
        (f"sqrt(2) * {10**20}", math.isqrt(2 * 10**40)),
        (f"sqrt(3) * {10**25}", math.isqrt(3 * 10**50)),
    ],
)
def test_a_root_next_to_a_whole_number_is_put_on_its_right_side(text, whole):
    assert value(text).floor() == whole
    assert value(text).ceiling() == whole + 1


def test_what_cannot_be_decided_is_not_guessed():
    one, other = (value(" + ".join(f"sqrt({n})" for n in order)) for order in ([2, 3, 5, 7, 11], [11, 7, 5, 3, 2]))
    with pytest.raises(Undecided, match="more than 4 different square roots"):
        assert one == other
    assert one > 11


def test_a_number_too_large_for_its_whole_part_is_not_guessed():
    large = value("*".join(["a"] * 12), {"a": parse(f"sqrt({'2' * 480})")})
    with pytest.raises(Undecided, match="too large"):
        large.floor()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12", "12"),
        ("0", "0"),
        ("1250", "1,250"),
        ("3/5", "3/5"),
        ("4716/5", "943 1/5"),
        ("0 - 3/5", "-3/5"),
        ("0 - 8/5", "-1 3/5"),
        ("sqrt(751)", "27.4…"),
        ("1000 * sqrt(2)", "1,414.2…"),
        ("0 - sqrt(2)", "-1.4…"),
        ("sqrt(2) * sqrt(2) / 5", "2/5"),
    ],
)
def test_a_number_is_said_readably(text, said):
    assert str(value(text)) == said
    assert repr(value(text)) == f"Exact({said})"


def test_an_exact_number_is_not_compared_with_a_float():
    with pytest.raises(TypeError):
        assert value("sqrt(2)") < 1.5
    with pytest.raises(TypeError):
        assert value("sqrt(2)") <= 1.5
    with pytest.raises(TypeError):
        assert value("sqrt(2)") > 1.5
    with pytest.raises(TypeError):
        assert value("sqrt(2)") >= 1.5
    assert value("1/2") != 0.5
    with pytest.raises(TypeError):
        hash(value("1/2"))


def sums():
    """Formulas of small numbers and at most four roots; their values in a hundred digits."""
    roots = st.sampled_from(["sqrt(2)", "sqrt(3)", "sqrt(6)", "sqrt(8)"])
    leaves = st.one_of(st.integers(0, 9).map(str), roots)
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda three: "({}{}{})".format(*three)),
            st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda three: "{}({},{})".format(*three)),
        ),
        max_leaves=6,
    )


@given(sums(), sums())
def test_comparing_agrees_with_a_hundred_digits(one, other):
    try:
        left, right = value(one), value(other)
    except NoValue:
        assume(False)
    difference = decimal(one) - decimal(other)
    close = abs(difference) < Decimal(10) ** -60
    assert (left == right) == close
    assert (left < right) == (difference < 0 and not close)


@given(sums(), st.integers(0, 12))
@example("(sqrt(2)*(1/3))", 0)
@example("(sqrt(2)*(3/4))", 2)
@example("(1/(sqrt(2)-(7/5)))", 2)
def test_a_number_lies_within_its_enclosure_however_coarse(text, bits):
    with suppress(NoValue, formula._TooCoarse):
        low, high = formula._between(value(text), bits)
        slack = Decimal(10) ** -60
        assert low - slack <= decimal(text) * 2**bits <= high + slack


def decimal(text):
    with localcontext() as context:
        context.prec = 100
        quoted = "".join(f"Decimal({one})" if one.isdigit() else one for one in text)
        known = {"Decimal": Decimal, "sqrt": lambda number: number.sqrt(), "min": min, "max": max}
        return eval(quoted, known)
