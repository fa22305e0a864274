"""Whether the numbers of a rulebook can be worked out, and the seconding it asks for can be had."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from graphlib import CycleError

from rulebook.exact import Exact, NoValue
from rulebook.formula import (
    Binary,
    Call,
    Figures,
    Formula,
    Function,
    Operator,
    Size,
    Variable,
    constant,
    evaluate,
    in_order,
    parts,
    rooted,
)
from rulebook.lines import Path
from rulebook.naming import Note, formulas, routes, row
from rulebook.rules import Route, Rulebook

# A formula must have a value for a small society and for a large one.
SAMPLES = (10, 100, 100_000)


def numbers(book: Rulebook, tables: Mapping[str, object]) -> Iterator[Note]:
    """Circles, roots where none can stand, formulas without a value, routes that can never be met, wrong shares."""
    try:
        order = in_order(book.variables)
    except CycleError as error:
        circle = " → ".join(reversed(error.args[1]))
        yield ("vars", error.args[1][0]), f"it stands for itself ({circle})", "Write one of them as a number."
    else:
        yield from _values(book, tables, order)
    for path, route in routes(book, tables):
        yield from _reachable(path, route)
    yield from _shares(book, tables)


def _values(book: Rulebook, tables: Mapping[str, object], order: tuple[str, ...]) -> Iterator[Note]:
    roots: set[str] = set()
    for name in order:
        if rooted(book.variables[name], roots):
            roots.add(name)
    for path, formula in formulas(book, tables):
        if _known(formula, book):
            yield from _misplaced(path, formula, roots)
    yield from _valueless(book, tables, order, roots)


def _known(formula: Formula, book: Rulebook) -> bool:
    return all(
        one.electorate in book.electorates if isinstance(one, Size) else one.name in book.variables
        for one in parts(formula)
        if isinstance(one, Size | Variable)
    )


def _misplaced(path: Path, formula: Formula, roots: set[str]) -> Iterator[Note]:
    for one in parts(formula):
        match one:
            case Binary(Operator.OVER, _, divisor) if rooted(divisor, roots):
                yield (
                    path,
                    "it divides by a number with a root in it",
                    "Multiply instead, or round it with ceil or floor.",
                )
            case Call(Function.SQRT, (inner,)) if rooted(inner, roots):
                yield path, "it takes the root of a number with a root in it", "Round the inner one with ceil or floor."


def _valueless(book: Rulebook, tables: Mapping[str, object], order: tuple[str, ...], roots: set[str]) -> Iterator[Note]:
    told: set[Path] = set()
    for size in SAMPLES:
        values = _sampled(book, order, dict.fromkeys(book.electorates, size))
        for path, formula in formulas(book, tables):
            said = _no_value(formula, values) if path not in told and _sound(formula, book, roots) else ""
            if said:
                told.add(path)
                cure = "Write a formula that has a value for any number."
                yield path, f"with {size:,} in every electorate {said}", cure


def _sampled(book: Rulebook, order: tuple[str, ...], sizes: Mapping[str, int]) -> Figures:
    """The variables as far as they have values."""
    values: dict[str, Exact] = {}
    for name in order:
        with suppress(NoValue, KeyError):
            values[name] = evaluate(book.variables[name], Figures(sizes, values))
    return Figures(sizes, values)


def _no_value(formula: Formula, values: Figures) -> str:
    try:
        evaluate(formula, values)
    except NoValue as error:
        return str(error)
    except KeyError:  # it is made of one that has none, which is told of there
        return ""
    return ""


def _sound(formula: Formula, book: Rulebook, roots: set[str]) -> bool:
    return _known(formula, book) and not list(_misplaced((), formula, roots))


def _reachable(path: Path, route: Route) -> Iterator[Note]:
    """What makes a route one that nobody can ever complete."""
    if route.least and route.most and route.least > route.most:
        cure = "Write a min that is not above max."
        yield (*path, "min"), f"it asks for at least {route.least:,} and at most {route.most:,}", cure
    needed = _most_needed(route)
    if needed is None:
        return
    if route.spread and route.spread.groups > needed:
        message = f"{needed:,} seconders cannot come from {route.spread.groups:,} groups"
        yield (*path, "spread", "groups"), message, "Write fewer groups, or a larger count."
    if route.spread and route.spread.max_share and int(route.spread.max_share * needed) < 1:
        message = f"{route.spread.max_share} of {needed:,} is less than one seconder from each group"
        yield (*path, "spread", "max_share"), message, "Write a larger share, or a larger count."
    if route.subquota and route.subquota.count > needed:
        message = f"{route.subquota.count:,} of {needed:,} seconders cannot be had"
        yield (*path, "subquota", "count"), message, "Write a smaller number, or a larger count."


def _most_needed(route: Route) -> int | None:
    """How many are needed at the most, when that is a number whatever the roll."""
    fixed = constant(route.count)
    needed = fixed.__ceil__() if fixed is not None else route.most
    if needed is None:
        return None
    needed = max(needed, route.least or 0)
    return min(needed, route.most) if route.most else needed


def _shares(book: Rulebook, tables: Mapping[str, object]) -> Iterator[Note]:
    for ballot in book.ballots:
        people = [book.electorates[one] for one in ballot.electorates if one in book.electorates]
        if len(people) < 2:  # noqa: PLR2004 (one college decides alone)
            continue
        at = row(tables, "ballot", ballot.id)
        if ballot.combine.value == "weighted" and sum((one.share or Fraction(0) for one in people), Fraction(0)) != 1:
            message = "the shares of its electorates are not 1 together"
            yield (*at, "electorates"), message, 'Write share = "1/2" below each [[electorate]], or combine = "each".'
