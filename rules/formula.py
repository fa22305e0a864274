"""Formulas of a rulebook, a closed grammar, and their values as exact real numbers.

    sum     = product {("+" | "-") product}
    product = part {("*" | "/") part}
    part    = number | name | "N(" electorate ")" | function "(" sum {"," sum} ")" | "(" sum ")"

The functions are min, max, sqrt, ceil and floor; a number is ``12`` or ``0.5`` and is read exactly. Nothing is rounded
and nothing is a float: Debian's quorum (section A.6 of its constitution) is half a square root, and stays one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType
from typing import NoReturn, TypeVar

LONGEST = 500
"""Characters of a formula."""
DEEPEST = 40
"""Brackets within brackets of a formula."""
FUNCTIONS: Mapping[str, int | None] = MappingProxyType(
    {"ceil": 1, "floor": 1, "max": None, "min": None, "sqrt": 1}
)  # how many values each takes; None: two or more

# Bounds of values, so that variables built on variables cannot grow without end; far above what a rulebook needs.
_LARGEST = 2000  # bits of a numerator or denominator
_STEPS = 300  # operations on irrational numbers within one value
_PRECISIONS = (64, 256, 1024, 4096)  # bits after the point
_ROOTS = 4  # different square roots in one exact decision: its cost grows as a power of their number

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<size>N\s*\(\s*[A-Za-z0-9_][A-Za-z0-9_-]*\s*\))
      | (?P<number>[0-9]+(?:\.[0-9]+)?)
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<sign>[-+*/(),])""",
    re.VERBOSE,
)
_INSTEAD = {
    "%": "Write 3/5 for 60 per cent.",
    "^": "Write x * x for a square.",
    "×": "Write * to multiply.",
    "÷": "Write / to divide.",
    "\N{MINUS SIGN}": "Write - to take away.",
    "–": "Write - to take away.",
    "\N{SQUARE ROOT}": "Write sqrt(x) for a square root.",
    ".": "Write a digit on each side of the point, such as 0.5.",
}
_ONLY = "Write numbers, names, + - * / ( ), min, max, sqrt, ceil, floor and N(members) only."
_VALUE = "Write a number, a name or N(members) there."

Inner = TypeVar("Inner")


class BadFormula(ValueError):
    """The text is not a formula. ``column`` counts from 1; ``message`` is a clause, ``cure`` a sentence."""

    def __init__(self, column: int, message: str, cure: str) -> None:
        self.column, self.message, self.cure = column, message, cure
        super().__init__(f"Column {column}: {message}. {cure}")


class NoValue(ValueError):
    """The formula has no value with these sizes and variables."""


class Undecided(NoValue):
    """Whether two values are the same could not be proven: they agree to a thousand digits, with too many roots."""


# ---------------------------------------------------------------- formulas


@dataclass(frozen=True, slots=True)
class _Number:
    value: Fraction


@dataclass(frozen=True, slots=True)
class _Size:
    electorate: str


@dataclass(frozen=True, slots=True)
class _Name:
    name: str


@dataclass(frozen=True, slots=True)
class _Call:
    function: str
    values: tuple[_Tree, ...]


@dataclass(frozen=True, slots=True)
class _Chain:
    """``first`` and then one operation after the other, from left to right."""

    first: _Tree
    steps: tuple[tuple[str, _Tree], ...]


_Tree = _Number | _Size | _Name | _Call | _Chain


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as written and as understood; made by ``parse``."""

    text: str
    tree: _Tree

    def __str__(self) -> str:
        return self.text

    @property
    def electorates(self) -> frozenset[str]:
        """The electorates whose sizes it needs."""
        return frozenset(one.electorate for one in _leaves(self.tree) if isinstance(one, _Size))

    @property
    def names(self) -> frozenset[str]:
        """The variables it uses itself; what those use in their turn is not among them."""
        return frozenset(one.name for one in _leaves(self.tree) if isinstance(one, _Name))

    def at(self, sizes: Mapping[str, int], variables: Mapping[str, Formula] = MappingProxyType({})) -> Exact:
        """The value with electorates of these sizes (people) and variables of these meanings; raises NoValue."""
        values: dict[str, Exact] = {}
        for name in _in_order(self, variables):
            values[name] = _value(variables[name].tree, sizes, values)
        return _value(self.tree, sizes, values)


def parse(text: str) -> Formula:
    """Read a formula; raises BadFormula."""
    if len(text) > LONGEST:
        raise BadFormula(LONGEST + 1, f"it is longer than {LONGEST} characters", "Write parts of it as variables.")
    return Formula(text, _Reader(list(_tokens(text))).whole())


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int

    def refuse(self, message: str, cure: str) -> NoReturn:
        raise BadFormula(self.column, message, cure)


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise BadFormula(at + 1, f'"{text[at]}" has no meaning in a formula', _INSTEAD.get(text[at], _ONLY))
        if found.lastgroup != "space":
            yield _Token(found.lastgroup or "", found[0], at + 1)
        at = found.end()
    yield _Token("end", "", len(text) + 1)


class _Reader:
    """Recursive descent over the tokens; one method for each line of the grammar."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def took(self, *signs: str) -> bool:
        """Step over the next token if it is one of these signs."""
        fits = self.next.kind == "sign" and self.next.text in signs
        self.at += fits
        return fits

    def whole(self) -> _Tree:
        tree = self.sum()
        if self.next.kind != "end":
            self.stray(self.next)
        return tree

    def stray(self, token: _Token) -> NoReturn:
        """Say what is wrong with a token that cannot follow a value."""
        if token.text == ")":
            token.refuse("this bracket was never opened", "Take it out.")
        if token.text == ",":
            token.refuse("a comma stands only in min( ) and max( )", "Write 1000 and 0.5 without a comma.")
        before = self.tokens[self.at - 1].text
        token.refuse(f'a sign is missing before "{token.text}"', f"Write {before} * {token.text} to multiply.")

    def sum(self) -> _Tree:
        return self.chain(self.product, "+", "-")

    def product(self) -> _Tree:
        return self.chain(self.part, "*", "/")

    def chain(self, inner: Callable[[], _Tree], *signs: str) -> _Tree:
        first, steps = inner(), []
        while self.took(*signs):
            sign = self.tokens[self.at - 1].text
            steps.append((sign, inner()))
        return _Chain(first, tuple(steps)) if steps else first

    def part(self) -> _Tree:
        token = self.next
        if self.took("("):
            return self.closed(token, self.sum)
        if token.kind in {"end", "sign"}:
            self.missing(token)
        self.at += 1
        match token.kind:
            case "number":
                return _number(token)
            case "size":
                return _Size(token.text.partition("(")[2][:-1].strip())
            case _:
                return self.named(token)

    def missing(self, token: _Token) -> NoReturn:
        """Say that a value was expected where a sign or the end came."""
        if token.kind == "end":
            token.refuse("the formula ends where a value is expected", _VALUE)
        if token.text == "*" and self.at and self.tokens[self.at - 1].text == "*":
            token.refuse("there are no powers", _INSTEAD["^"])
        token.refuse(f'a value is missing before "{token.text}"', _VALUE)

    def named(self, token: _Token) -> _Tree:
        name = token.text
        if name == "N":
            token.refuse("N needs the name of one electorate", "Write N(members).")
        if self.took("("):
            if name not in FUNCTIONS:
                token.refuse(f'there is no function "{name}"', "Write min, max, sqrt, ceil or floor, in small letters.")
            return self.call(token)
        if name in FUNCTIONS:
            token.refuse(f"{name} needs brackets", f"Write {name}( ) around what it is of.")
        return _Name(name)

    def call(self, token: _Token) -> _Tree:
        values = self.closed(self.tokens[self.at - 1], self.values)
        wanted = FUNCTIONS[token.text]
        if wanted is None and len(values) == 1:
            token.refuse(f"{token.text} needs two values or more", f"Write {token.text}(a, b).")
        if wanted is not None and len(values) != wanted:
            token.refuse(f"{token.text} takes one value", f"Write {token.text}(a).")
        return _Call(token.text, values)

    def values(self) -> tuple[_Tree, ...]:
        found = [self.sum()]
        while self.took(","):
            found.append(self.sum())
        return tuple(found)

    def closed(self, opened: _Token, inner: Callable[[], Inner]) -> Inner:
        """What stands between the bracket just opened and the one that closes it."""
        self.depth += 1
        if self.depth > DEEPEST:
            opened.refuse(f"more than {DEEPEST} brackets stand within one another", "Write parts of it as variables.")
        found = inner()
        if self.next.kind == "end":
            opened.refuse("this bracket is never closed", 'Write ")" where what is in it ends.')
        if not self.took(")"):
            self.stray(self.next)
        self.depth -= 1
        return found


def _number(token: _Token) -> _Number:
    # "max(1,000)" would be the larger of 1 and 0: whoever writes a comma for thousands must hear of it.
    if re.match("0[0-9]", token.text):
        token.refuse(f'"{token.text}" begins with 0', "Write 1000 without a comma, and no 0 in front of a number.")
    return _Number(Fraction(token.text))


def _leaves(tree: _Tree) -> Iterator[_Tree]:
    match tree:
        case _Call(values=inner):
            for one in inner:
                yield from _leaves(one)
        case _Chain():
            for one in (tree.first, *(operand for _, operand in tree.steps)):
                yield from _leaves(one)
        case _:
            yield tree


def _in_order(formula: Formula, variables: Mapping[str, Formula]) -> tuple[str, ...]:
    """Every variable a formula comes to in the end, each after those it needs itself."""
    needs: dict[str, frozenset[str]] = {}
    open_ = sorted(formula.names)
    while open_:
        name = open_.pop()
        if name not in variables:
            raise NoValue(f'No variable is called "{name}".')
        if name not in needs:
            needs[name] = variables[name].names
            open_ += sorted(needs[name])
    try:
        return tuple(TopologicalSorter(needs).static_order())
    except CycleError as error:
        circle = sorted(set(error.args[1]))
        raise NoValue(f"Variables need their own value in order to have one: {', '.join(circle)}.") from error


def _value(tree: _Tree, sizes: Mapping[str, int], values: Mapping[str, Exact]) -> Exact:
    match tree:
        case _Number(number):
            return Exact(number)
        case _Size(electorate):
            if electorate not in sizes:
                raise NoValue(f'The size of the electorate "{electorate}" is not known.')
            return Exact(Fraction(sizes[electorate]))
        case _Name(name):
            return values[name]
        case _Call(function, inner):
            return _CALLED[function](*[_value(one, sizes, values) for one in inner])
        case _:
            value = _value(tree.first, sizes, values)
            for sign, operand in tree.steps:
                value = _combined(sign, value, _value(operand, sizes, values))
            return value


# ---------------------------------------------------------------- exact numbers


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Exact:
    """A real number made of fractions by + - * / and square roots, compared without rounding.

    It is a fraction (``rational``), or an operation (``sign``: one of + - * / and r, the root) on other exact numbers.

    What is guaranteed: every answer of ``<``, ``==``, ``ceiling`` and so on is true, or Undecided is raised. Two numbers
    are first enclosed between fractions, at up to 4,096 bits after the point: enclosures that do not meet prove which is
    the larger. If they still meet, the sign of the difference is found by algebra (see ``_Algebra``), which is exact and
    finds equality too; it is given up when more than four different square roots occur. So no comparison with at most
    four different square roots is ever undecided.
    """

    rational: Fraction | None
    sign: str = ""
    parts: tuple[Exact, ...] = ()
    steps: int = 0

    def __str__(self) -> str:
        """``12``, ``1,250``, ``3/5``, ``943 1/5``; an irrational number to one place, cut off: ``27.4…``."""
        if self.rational is not None:
            return _written(self.rational)
        if self < 0:
            return f"-{_operation('-', Exact(Fraction(0)), self)}"
        tenths = _operation("*", self, Exact(Fraction(10)))
        whole = tenths.floor()
        return _written(Fraction(whole, 10)) if tenths == whole else f"{whole // 10:,}.{whole % 10}…"

    def __repr__(self) -> str:
        return f"Exact({self})"

    # Equal numbers would need equal hashes, and there is no canonical form to take one of.
    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return _order(self, other) == 0 if isinstance(other, int | Fraction | Exact) else NotImplemented

    def __lt__(self, other: int | Fraction | Exact) -> bool:
        return _order(self, other) < 0 if isinstance(other, int | Fraction | Exact) else NotImplemented

    def __le__(self, other: int | Fraction | Exact) -> bool:
        return _order(self, other) <= 0 if isinstance(other, int | Fraction | Exact) else NotImplemented

    def __gt__(self, other: int | Fraction | Exact) -> bool:
        return _order(self, other) > 0 if isinstance(other, int | Fraction | Exact) else NotImplemented

    def __ge__(self, other: int | Fraction | Exact) -> bool:
        return _order(self, other) >= 0 if isinstance(other, int | Fraction | Exact) else NotImplemented

    def floor(self) -> int:
        """The largest whole number that is not above it."""
        if self.rational is not None:
            return math.floor(self.rational)
        for bits in _PRECISIONS:
            with suppress(_TooCoarse):
                low, high = _between(self, bits)
                whole = high >> bits
                if low >> bits == whole:
                    return whole
                if high - low < 1 << bits:  # then it is the only whole number between them
                    return whole if self >= whole else whole - 1
        raise Undecided("The number is too large for a whole number to be found below it.")

    def ceiling(self) -> int:
        """The smallest whole number that is not below it."""
        return -_operation("-", Exact(Fraction(0)), self).floor()


def _written(value: Fraction) -> str:
    whole, rest = divmod(abs(value), 1)
    said = [f"{whole:,}"] if whole or not rest else []
    return "-" * (value < 0) + " ".join([*said, str(rest)] if rest else said)


def _order(one: Exact, other: int | Fraction | Exact) -> int:
    """Whether one number is below (-1), the same as (0) or above (1) another."""
    right = other.rational if isinstance(other, Exact) else other
    if one.rational is not None and right is not None:
        return (one.rational > right) - (one.rational < right)
    return _sign(_operation("-", one, other if isinstance(other, Exact) else Exact(Fraction(other))))


def _sign(value: Exact) -> int:
    if value.rational is not None:
        return (value.rational > 0) - (value.rational < 0)
    for bits in _PRECISIONS:
        with suppress(_TooCoarse):
            low, high = _between(value, bits)
            if low > 0 or high < 0:
                return 1 if low > 0 else -1
    algebra = _Algebra()
    return algebra.sign(algebra.read(value))


_RATIONAL: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": Fraction.__add__,
    "-": Fraction.__sub__,
    "*": Fraction.__mul__,
    "/": Fraction.__truediv__,
}


def _operation(sign: str, left: Exact, right: Exact) -> Exact:
    if left.rational is not None and right.rational is not None:
        return Exact(_RATIONAL[sign](left.rational, right.rational))
    return Exact(None, sign, (left, right), left.steps + right.steps + 1)


def _combined(sign: str, left: Exact, right: Exact) -> Exact:
    if sign == "/" and right == 0:
        raise NoValue("The formula divides by nothing (0).")
    return _bounded(_operation(sign, left, right))


def _bounded(value: Exact) -> Exact:
    number = value.rational or Fraction(0)
    if max(number.numerator.bit_length(), number.denominator.bit_length()) > _LARGEST:
        raise NoValue("The formula comes to a number of more than six hundred digits.")
    if value.steps > _STEPS:
        raise NoValue(f"The formula comes to more than {_STEPS} operations on square roots.")
    return value


def _root(value: Exact) -> Exact:
    sign = _sign(value)
    if sign < 0:
        raise NoValue(f"There is no square root of a number below zero ({value}).")
    if not sign:
        return Exact(Fraction(0))
    number = value.rational
    if number is not None:
        root = Fraction(math.isqrt(number.numerator), math.isqrt(number.denominator))
        if root * root == number:
            return Exact(root)
    return _bounded(Exact(None, "r", (value,), value.steps + 1))


def _least(*values: Exact) -> Exact:
    return min(values)


def _greatest(*values: Exact) -> Exact:
    return max(values)


_CALLED: Mapping[str, Callable[..., Exact]] = {
    "ceil": lambda value: Exact(Fraction(value.ceiling())),
    "floor": lambda value: Exact(Fraction(value.floor())),
    "max": _greatest,
    "min": _least,
    "sqrt": _root,
}


# ---------------------------------------------------------------- enclosures

_Enclosure = tuple[int, int]
"""Two whole numbers (low, high), in units of 2 to the minus ``bits``, between which a number lies."""


class _TooCoarse(Exception):
    """At this precision a divisor could not be told from 0."""


def _between(value: Exact, bits: int) -> _Enclosure:
    """An enclosure; every step rounds outwards."""
    if value.rational is not None:
        scaled = value.rational * (1 << bits)
        return math.floor(scaled), math.ceil(scaled)
    if value.sign == "r":
        low, high = _between(value.parts[0], bits)  # its true value is above 0, therefore so is high
        return math.isqrt(max(low, 0) << bits), math.isqrt(high << bits) + 1
    return _ENCLOSED[value.sign](_between(value.parts[0], bits), _between(value.parts[1], bits), bits)


def _product(one: _Enclosure, other: _Enclosure, bits: int) -> _Enclosure:
    found = [a * b for a in one for b in other]
    return min(found) >> bits, -(-max(found) >> bits)


def _quotient(one: _Enclosure, other: _Enclosure, bits: int) -> _Enclosure:
    if other[0] <= 0 <= other[1]:
        raise _TooCoarse
    return min((a << bits) // b for a in one for b in other), max(-((-a << bits) // b) for a in one for b in other)


_ENCLOSED: Mapping[str, Callable[[_Enclosure, _Enclosure, int], _Enclosure]] = {
    "+": lambda one, other, _: (one[0] + other[0], one[1] + other[1]),
    "-": lambda one, other, _: (one[0] - other[1], one[1] - other[0]),
    "*": _product,
    "/": _quotient,
}


# ---------------------------------------------------------------- algebra


@dataclass(frozen=True, slots=True)
class _Over:
    """``a + b`` times root number ``level``; a and b know only roots of lower numbers, and b is not written as 0."""

    level: int
    a: _Element
    b: _Element


_Element = Fraction | _Over


class _Algebra:
    """Numbers as a + b√r, where a, b and r are fractions or again such numbers with fewer roots.

    The sign of a + b√r needs no root: where a and b differ in sign, it is that of a times that of a² - b²r, and those have
    one root less. This holds also when √r is itself a number of the lower kind (√8 beside √2), so that the roots need not
    be independent of one another, and by the same token a number that is 0 without looking so is found to be 0.
    """

    def __init__(self) -> None:
        self.radicands: list[_Element] = []

    def read(self, value: Exact) -> _Element:
        if value.rational is not None:
            return value.rational
        parts = tuple(map(self.read, value.parts))
        match value.sign:
            case "r":
                return self.root(*parts)
            case "+":
                return self.add(*parts)
            case "-":
                return self.add(parts[0], self.multiply(Fraction(-1), parts[1]))
            case "*":
                return self.multiply(*parts)
            case _:
                return self.multiply(parts[0], self.inverse(parts[1]))

    def root(self, radicand: _Element) -> _Element:
        if radicand not in self.radicands:
            if len(self.radicands) == _ROOTS:
                raise Undecided(f"Two numbers with more than {_ROOTS} different square roots are too close to compare.")
            self.radicands.append(radicand)
        return _Over(self.radicands.index(radicand), Fraction(0), Fraction(1))

    def add(self, one: _Element, other: _Element) -> _Element:
        if isinstance(one, Fraction) and isinstance(other, Fraction):
            return one + other
        level = max(_level(one), _level(other))
        (a, b), (c, d) = _split(one, level), _split(other, level)
        return _over(level, self.add(a, c), self.add(b, d))

    def multiply(self, one: _Element, other: _Element) -> _Element:
        if isinstance(one, Fraction) and isinstance(other, Fraction):
            return one * other
        level = max(_level(one), _level(other))
        (a, b), (c, d) = _split(one, level), _split(other, level)
        without = self.add(self.multiply(a, c), self.multiply(self.multiply(b, d), self.radicands[level]))
        return _over(level, without, self.add(self.multiply(a, d), self.multiply(b, c)))

    def inverse(self, value: _Element) -> _Element:
        """1 / value; the value is not 0."""
        if isinstance(value, Fraction):
            return 1 / value
        norm = self.norm(value)
        if not self.sign(norm):  # a is b√r, because they are not opposite: the value is twice a
            return self.inverse(self.add(value.a, value.a))
        shrunk = self.inverse(norm)
        a, b = self.multiply(value.a, shrunk), self.multiply(value.b, self.multiply(Fraction(-1), shrunk))
        return _over(value.level, a, b)

    def norm(self, value: _Over) -> _Element:
        """a² - b²r."""
        squares = self.multiply(self.multiply(value.b, value.b), self.radicands[value.level])
        return self.add(self.multiply(value.a, value.a), self.multiply(Fraction(-1), squares))

    def sign(self, value: _Element) -> int:
        if isinstance(value, Fraction):
            return (value > 0) - (value < 0)
        a, b = self.sign(value.a), self.sign(value.b)
        return a * self.sign(self.norm(value)) if a * b < 0 else a or b


def _level(value: _Element) -> int:
    return value.level if isinstance(value, _Over) else -1


def _split(value: _Element, level: int) -> tuple[_Element, _Element]:
    return (value.a, value.b) if isinstance(value, _Over) and value.level == level else (value, Fraction(0))


def _over(level: int, a: _Element, b: _Element) -> _Element:
    return a if b == 0 else _Over(level, a, b)
