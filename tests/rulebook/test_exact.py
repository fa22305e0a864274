"""Numbers with roots in them are compared as what they are."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook.exact import NoValue, ceil, exact, floor, rational, root, shown, sign

SMALL = st.integers(0, 60)
FRACTIONS = st.fractions(min_value=-20, max_value=20, max_denominator=12)


def roots(*numbers):
    total = exact(0)
    for one in numbers:
        total = total + root(exact(one))
    return total


def test_a_root_of_a_square_is_a_number():
    assert rational(root(exact(Fraction(9, 4)))) == Fraction(3, 2)


def test_roots_that_differ_by_a_factor_are_one():
    assert roots(2, 8).terms == ((2, Fraction(3)),)
    assert sign(roots(2, 8) - root(exact(18))) == 0


def test_a_sum_of_roots_multiplied_out_is_known_to_be_nothing():
    both = roots(2, 3)
    assert sign(both * both - exact(5) - root(exact(24))) == 0


@pytest.mark.parametrize("least", [1, 10**6, 10**40])
def test_numbers_that_agree_in_all_their_first_digits_are_told_apart(least):
    near, exactly = root(exact(least * least + 1)), exact(least)
    assert sign(near - exactly) == 1
    assert sign(exactly - near) == -1


@given(st.lists(SMALL, min_size=4, max_size=4), FRACTIONS)
def test_a_comparison_agrees_with_the_inequality_in_whole_numbers(numbers, number):
    # sqrt(a) <= q  if and only if  q is not negative and a <= q squared
    under = numbers[0]
    assert (root(exact(under)) <= exact(number)) == (number >= 0 and under <= number * number)
    assert (exact(number) < root(exact(under))) == (number < 0 or number * number < under)


@given(st.lists(st.integers(1, 40), max_size=5), FRACTIONS)
def test_a_sum_is_compared_as_its_decimals_are(numbers, number):
    value = roots(*numbers) + exact(number)
    # forty digits of each root: far more than sums of so few can be alike in, unless they are equal
    digits = sum(Fraction(isqrt(one * 10**80), 10**40) for one in numbers) + number
    near = abs(digits) < Fraction(1, 10**30)
    assert sign(value) == (0 if near else 1 if digits > 0 else -1)
    assert floor(value) <= digits + Fraction(1, 10**30)
    assert digits < floor(value) + 1


@given(st.lists(st.integers(1, 40), max_size=4), FRACTIONS)
def test_a_number_lies_between_its_floor_and_its_ceiling(numbers, number):
    value = roots(*numbers) + exact(number)
    assert exact(floor(value)) <= value < exact(floor(value) + 1)
    assert exact(ceil(value) - 1) < value <= exact(ceil(value))


def test_what_is_a_whole_number_is_its_own_floor_and_ceiling():
    nearly = root(exact(2)) * root(exact(2)) + exact(3)
    assert floor(nearly) == ceil(nearly) == 5
    assert floor(exact(Fraction(-5, 2))) == -3


def test_a_root_that_the_first_bounds_do_not_part_from_a_whole_number_is_floored_rightly():
    large = 10**12
    assert floor(root(exact(large * large - 1))) == large - 1
    assert floor(root(exact(large * large + 1))) == large
    assert ceil(root(exact(large * large + 1))) == large + 1


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: exact(1) / exact(0), "it divides by zero"),
        (lambda: exact(1) / root(exact(2)), "it has a root where only a fraction can stand"),
        (lambda: root(exact(-1)), "it takes the root of a number below zero"),
        (lambda: root(root(exact(2))), "it has a root where only a fraction can stand"),
        (lambda: exact(2**600), "it is too large or too fine a number"),
        (lambda: root(exact(2**511 - 1) * exact(3)), "it is too large or too fine a number"),
        (lambda: root(exact(Fraction(2**400 + 1, 3**250))), "it is too large or too fine a number"),
        (lambda: roots(*PRIMES), "it has more than 15 different roots"),
    ],
)
def test_a_number_that_does_not_exist_says_why(make, said):
    with pytest.raises(NoValue) as caught:
        make()
    assert str(caught.value) == said


PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (exact(4200), "4,200"),
        (exact(Fraction(5, 2)), "5/2"),
        (roots(1000) * exact(Fraction(3, 2)), "about 47.43"),
        (exact(0) - root(exact(2)), "about -1.42"),
        (exact(0), "0"),
    ],
)
def test_a_number_is_shown_without_pretending(value, said):
    assert shown(value) == said
