"""The closed grammar of numbers in a rulebook: ``min(sqrt(N(developers)) / 2, 5)``. Nothing else can be written.

    sum     = product { ("+" | "-") product }
    product = part { ("*" | "/") part }
    part    = number | name | "N" "(" name ")" | function "(" sum { "," sum } ")" | "(" sum ")"

The functions are ``min max`` (of two or more) and ``sqrt ceil floor`` (of one). ``N(x)`` is the size of an electorate,
a name alone is a formula of ``[vars]``. A decimal is exact: 0.1 is one tenth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from graphlib import TopologicalSorter

from rulebook.exact import Exact, ceil, exact, floor, root

LONGEST = 200
DEEPEST = 12

_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<sign>[-+*/(),]))", re.ASCII)
_EXAMPLES = {True: "min(N(members), 20)", False: "ceil(N(members) / 20)"}
_SAMPLE = 'Write a formula such as "min(sqrt(N(members)) / 2, 5)".'


class BadFormula(ValueError):
    """A formula cannot be read. ``column`` counts from 1; ``message`` is a clause, ``cure`` a sentence."""

    def __init__(self, column: int, message: str, cure: str = _SAMPLE) -> None:
        super().__init__(f"Column {column}: {message}. {cure}")
        self.column, self.message, self.cure = column, message, cure


class Operator(StrEnum):
    """What stands between two numbers."""

    PLUS = "+"
    MINUS = "-"
    TIMES = "*"
    OVER = "/"


class Function(StrEnum):
    """What may be done to numbers in brackets."""

    CEIL = "ceil"
    FLOOR = "floor"
    MAX = "max"
    MIN = "min"
    SQRT = "sqrt"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was written, exactly."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Variable:
    """A formula of ``[vars]`` by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Size:
    """How many there are in an electorate."""

    electorate: str


@dataclass(frozen=True, slots=True)
class Binary:
    """Two formulas and what stands between them."""

    operator: Operator
    left: Formula
    right: Formula


@dataclass(frozen=True, slots=True)
class Call:
    """A function of one or more formulas."""

    function: Function
    of: tuple[Formula, ...]


Formula = Number | Variable | Size | Binary | Call


def number(value: int | Fraction) -> Number:
    """A formula that is nothing but a number."""
    return Number(Fraction(value))


def share_of(share: Fraction, electorate: str) -> Binary:
    """So much of an electorate, as a formula."""
    return Binary(
        Operator.OVER, Binary(Operator.TIMES, Size(electorate), number(share.numerator)), number(share.denominator)
    )


def parse(text: str) -> Formula:
    """Read a formula; raises BadFormula with the column of what is wrong."""
    if len(text) > LONGEST:
        raise BadFormula(LONGEST + 1, f"a formula has at most {LONGEST} characters", "Name its parts under [vars].")
    reader = _Reader(_tokens(text), len(text) + 1)
    found = reader.sum()
    if reader.word:
        raise BadFormula(reader.column, f'"{reader.word}" does not belong here')
    return found


@dataclass(frozen=True, slots=True)
class Figures:
    """What formulas are worked out with: the size of each electorate and the value of each variable."""

    sizes: Mapping[str, int]
    values: Mapping[str, Exact]


def figures(variables: Mapping[str, Formula], sizes: Mapping[str, int]) -> Figures:
    """Work out the variables, each after those it is made of; raises NoValue where one has none.

    Every name must be known and no variable may stand for itself: the rulebook's check has seen to that.
    """
    values: dict[str, Exact] = {}
    for name in in_order(variables):
        values[name] = evaluate(variables[name], Figures(sizes, values))
    return Figures(sizes, values)


def in_order(variables: Mapping[str, Formula]) -> tuple[str, ...]:
    """The names, each after those it is made of; raises CycleError (its second argument is the circle)."""
    return tuple(
        TopologicalSorter({name: _made_of(one) & set(variables) for name, one in variables.items()}).static_order()
    )


def evaluate(formula: Formula, known: Figures) -> Exact:
    """The exact value of a formula; raises NoValue where there is none."""
    match formula:
        case Number(value):
            return exact(value)
        case Variable(name):
            return known.values[name]
        case Size(electorate):
            return exact(known.sizes[electorate])
        case Binary(operator, left, right):
            return _between(operator, evaluate(left, known), evaluate(right, known))
    return _called(formula.function, [evaluate(one, known) for one in formula.of])


def written(formula: Formula) -> str:
    """The formula in its one canonical form; parsing it gives the same formula."""
    match formula:
        case Number(value):
            return _decimal(value)
        case Variable(name):
            return name
        case Size(electorate):
            return f"N({electorate})"
        case Call(function, of):
            return f"{function.value}({', '.join(written(one) for one in of)})"
    loose = (Operator.PLUS, Operator.MINUS)
    tight = formula.operator not in loose
    before = _bracketed(formula.left, loose if tight else ())
    after = _bracketed(formula.right, tuple(Operator) if tight else loose)
    return f"{before} {formula.operator.value} {after}"


def parts(formula: Formula) -> Iterator[Formula]:
    """The formula and all formulas within it; those that a variable stands for are not looked into."""
    yield formula
    match formula:
        case Binary(_, left, right):
            yield from parts(left)
            yield from parts(right)
        case Call(_, of):
            for one in of:
                yield from parts(one)


def sizes_asked(formulas: Iterable[Formula]) -> frozenset[str]:
    """The electorates whose size the formulas ask for; those that a variable stands for are not looked into."""
    return frozenset(one.electorate for each in formulas for one in parts(each) if isinstance(one, Size))


def rooted(formula: Formula, variables: Collection[str]) -> bool:
    """Whether a root may be left in the value: one that no ceil or floor has rounded.

    ``variables`` are the names of those in whose value one may be left.
    """
    match formula:
        case Call(Function.CEIL | Function.FLOOR, _):
            return False
        case Call(Function.SQRT, _):
            return True
        case Call(_, of):
            return any(rooted(one, variables) for one in of)
        case Binary(_, left, right):
            return rooted(left, variables) or rooted(right, variables)
        case Variable(name):
            return name in variables
    return False


def constant(formula: Formula) -> Fraction | None:
    """The number, when the formula is nothing but a number."""
    return formula.value if isinstance(formula, Number) else None


def _made_of(formula: Formula) -> set[str]:
    return {one.name for one in parts(formula) if isinstance(one, Variable)}


def _between(operator: Operator, left: Exact, right: Exact) -> Exact:
    match operator:
        case Operator.PLUS:
            return left + right
        case Operator.MINUS:
            return left - right
        case Operator.TIMES:
            return left * right
    return left / right


def _called(function: Function, of: Sequence[Exact]) -> Exact:
    match function:
        case Function.CEIL:
            return exact(ceil(of[0]))
        case Function.FLOOR:
            return exact(floor(of[0]))
        case Function.SQRT:
            return root(of[0])
        case Function.MIN:
            return min(of)
    return max(of)


def _bracketed(formula: Formula, when: Sequence[Operator]) -> str:
    text = written(formula)
    return f"({text})" if isinstance(formula, Binary) and formula.operator in when else text


def _decimal(value: Fraction) -> str:
    # A number is written with finitely many decimals, and so it can be again.
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(int(value * 10**places)).zfill(places + 1)
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _tokens(text: str) -> list[tuple[int, str]]:
    """The words of a formula, each with its column."""
    found: list[tuple[int, str]] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        token = _TOKEN.match(text, at)
        if not token:
            wrong = len(text[at:]) - len(text[at:].lstrip()) + at
            raise BadFormula(wrong + 1, f'"{text[wrong]}" is not part of any formula')
        found.append((token.start(token.lastgroup or 0) + 1, token[token.lastgroup or 0]))
        at = token.end()
    return found


class _Reader:
    """Reads the words from left to right; ``word`` is the next one, or "" at the end."""

    def __init__(self, tokens: Sequence[tuple[int, str]], end: int) -> None:
        self._left = iter((*tokens, (end, "")))
        self.column, self.word = next(self._left)
        self.depth = 0

    def sum(self) -> Formula:
        self.depth += 1
        if self.depth > DEEPEST:
            raise BadFormula(self.column, f"brackets are more than {DEEPEST} deep", "Name its parts under [vars].")
        found = self._chain(self._product, "+-")
        self.depth -= 1
        return found

    def _product(self) -> Formula:
        return self._chain(self._part, "*/")

    def _chain(self, below: Callable[[], Formula], signs: str) -> Formula:
        found = below()
        while self.word and self.word in signs:
            operator = Operator(self._take())
            found = Binary(operator, found, below())
        return found

    def _part(self) -> Formula:
        if self.word[:1].isdigit():
            return Number(Fraction(self._take()))
        if self.word == "(":
            self._take()
            found = self.sum()
            self._close()
            return found
        if self.word and self.word not in "+-*/),":
            return self._named()
        what = f'"{self.word}" stands where a number is due' if self.word else "it ends where a number is due"
        raise BadFormula(self.column, what)

    def _named(self) -> Formula:
        column, name = self.column, self._take()
        if self.word != "(":
            return Variable(name)
        self._take()
        if name == "N":
            return self._size()
        if name not in set(Function):
            raise BadFormula(column, f'there is no function "{name}"', "There are min, max, sqrt, ceil, floor and N.")
        return self._call(column, Function(name))

    def _size(self) -> Formula:
        column, name = self.column, self._take()
        if not name[:1].isalpha():
            raise BadFormula(column, "N wants the id of an electorate", 'Write, for example, "N(members)".')
        self._close()
        return Size(name)

    def _call(self, column: int, function: Function) -> Formula:
        of = [self.sum()]
        while self.word == ",":
            self._take()
            of.append(self.sum())
        self._close()
        several = function in (Function.MIN, Function.MAX)
        if several != (len(of) > 1):
            wanted = "two numbers or more" if several else "one number"
            raise BadFormula(column, f"{function.value} takes {wanted}", f'Write "{_EXAMPLES[several]}".')
        return Call(function, tuple(of))

    def _close(self) -> None:
        if self.word != ")":
            raise BadFormula(self.column, "a closing bracket is missing", 'Write ")" here.')
        self._take()

    def _take(self) -> str:
        word = self.word
        if word:
            self.column, self.word = next(self._left)
        return word
