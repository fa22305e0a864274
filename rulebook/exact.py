"""Exact numbers with square roots in them: "one half of the root of N" is never rounded before it is compared.

A number is a sum of rational multiples of square roots of whole numbers, no two of which differ by a rational factor
(the root of 2 and the root of 8 are kept as one). Such roots are linearly independent over the rationals
(Besicovitch 1940), and that is what makes every comparison decidable: a sum is zero only when nothing is left of it,
and a sum that is not zero shows its sign once its roots are bounded closely enough by whole-number roots.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

ROOTS = 16
BITS = 512
_FIRST_PRECISION = 16


class NoValue(ArithmeticError):
    """The number does not exist, or is out of all proportion; the message says which."""


@dataclass(frozen=True, slots=True, eq=False)
class Exact:
    """A sum of ``(whole number under the root, factor)``; no factor is 0, and 1 under the root is the rational part."""

    terms: tuple[tuple[int, Fraction], ...] = ()

    def __add__(self, other: Exact) -> Exact:
        return _sum((*self.terms, *other.terms))

    def __sub__(self, other: Exact) -> Exact:
        return self + Exact(tuple((root, -factor) for root, factor in other.terms))

    def __mul__(self, other: Exact) -> Exact:
        return _sum((a * b, x * y) for a, x in self.terms for b, y in other.terms)

    def __truediv__(self, other: Exact) -> Exact:
        divisor = rational(other)
        if not divisor:
            raise NoValue("it divides by zero")
        return self * exact(1 / divisor)

    def __lt__(self, other: Exact) -> bool:
        return sign(self - other) < 0

    def __le__(self, other: Exact) -> bool:
        return sign(self - other) <= 0


def exact(value: int | Fraction) -> Exact:
    """A rational number as an exact one."""
    return _sum(((1, Fraction(value)),))


def rational(value: Exact) -> Fraction:
    """The number as a fraction; raises NoValue when a root is left in it."""
    if any(root != 1 for root, _ in value.terms):
        raise NoValue("it has a root where only a fraction can stand")
    return sum((factor for _, factor in value.terms), Fraction(0))


def root(value: Exact) -> Exact:
    """The square root of a rational number; raises NoValue for a negative number and for the root of a root."""
    under = rational(value)
    if under < 0:
        raise NoValue("it takes the root of a number below zero")
    # The root of p/q is the root of pq, divided by q.
    return _sum(((under.numerator * under.denominator, Fraction(1, under.denominator)),))


def sign(value: Exact) -> int:
    """-1, 0 or 1."""
    if not value.terms:
        return 0
    precision = _FIRST_PRECISION
    while True:  # ends: the value is not zero, and the bounds close in on it
        low, high = _bounds(value, precision)
        if low > 0 or high < 0:
            return 1 if low > 0 else -1
        precision *= 2


def floor(value: Exact) -> int:
    """The largest whole number that is not above the value."""
    low, high = _bounds(value, _precision(value))
    if low.__floor__() == high.__floor__():
        return low.__floor__()
    # The bounds are less than 1 apart, so only one whole number lies between them.
    return high.__floor__() if exact(high.__floor__()) <= value else low.__floor__()


def ceil(value: Exact) -> int:
    """The smallest whole number that is not below the value."""
    return -floor(exact(0) - value)


def shown(value: Exact) -> str:
    """The number for a reader: "4", "5/2", or "about 47.62" when a root is left in it (cut, not rounded)."""
    if any(root != 1 for root, _ in value.terms):
        hundredths = floor(value * exact(100))
        return f"about {'-' if hundredths < 0 else ''}{abs(hundredths) // 100:,}.{abs(hundredths) % 100:02}"
    number = rational(value)
    return f"{number.numerator:,}" if number.denominator == 1 else f"{number.numerator:,}/{number.denominator:,}"


def _sum(parts: Iterable[tuple[int, Fraction]]) -> Exact:
    whole: dict[int, Fraction] = {1: Fraction(0)}
    for under, factor in parts:
        if under and factor:
            _put(whole, under, factor)
    return Exact(tuple(sorted((under, factor) for under, factor in whole.items() if factor)))


def _put(whole: dict[int, Fraction], under: int, factor: Fraction) -> None:
    for known, sofar in whole.items():
        square = isqrt(known * under)
        if square * square == known * under:
            # The root of ``under`` is square/known times the root of ``known``.
            whole[known] = _sane(sofar + factor * square / known)
            return
    if len(whole) >= ROOTS:
        raise NoValue(f"it has more than {ROOTS - 1} different roots")
    whole[_sane_root(under)] = _sane(factor)


def _sane(value: Fraction) -> Fraction:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > BITS:
        raise NoValue("it is too large or too fine a number")
    return value


def _sane_root(under: int) -> int:
    if under.bit_length() > BITS:
        raise NoValue("it is too large or too fine a number")
    return under


def _precision(value: Exact) -> int:
    # Each term is bounded to within |factor| / 2^precision: enough bits that all of them together stay below 1.
    return sum(abs(factor).__ceil__().bit_length() for _, factor in value.terms) + len(value.terms) + 1


def _bounds(value: Exact, precision: int) -> tuple[Fraction, Fraction]:
    low = high = Fraction(0)
    for under, factor in value.terms:
        ends = sorted(factor * one for one in _root_bounds(under, precision))
        low, high = low + ends[0], high + ends[1]
    return low, high


def _root_bounds(under: int, precision: int) -> tuple[Fraction, Fraction]:
    scale = 1 << precision
    below = isqrt(under * scale * scale)
    if below * below == under * scale * scale:
        return Fraction(below, scale), Fraction(below, scale)
    return Fraction(below, scale), Fraction(below + 1, scale)
