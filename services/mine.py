"""A member's own page: what they moved, seconded, said and follow, and what they still have to answer. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import store
import store.amendments
import store.editions
import store.follow
import store.points
import store.recent
import store.seconds
from amendments.seconding import OPEN, Standing
from constitution.clause import Constitution
from constitution.numbering import number
from members.permissions import Permission, require
from services import supporting, unfinished
from store.follow import Kind, Subject
from store.recent import Line

WITH_STANDING = 20  # of what one moved: each takes queries of its own, and nobody waits for seconders of more at once


@dataclass(frozen=True, slots=True)
class Moved:
    """An amendment of the member's own; ``standing`` while it can still be seconded, if it is among the last changed."""

    line: Line
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Made:
    """A point of the member's own, and the amendment it is about."""

    point: store.points.Point
    line: Line


@dataclass(frozen=True, slots=True)
class Followed:
    """What the member follows: ``words`` name it, whatever has become of it."""

    subject: Subject
    words: str


@dataclass(frozen=True, slots=True)
class MyPage:
    """Everything of one member, each list with what changed last first.

    ``answers`` are the amendments whose text has changed since the member seconded it, which they have neither
    confirmed nor left.
    """

    answers: tuple[Line, ...]
    unfinished: tuple[unfinished.Line, ...]
    moved: tuple[Moved, ...]
    seconded: tuple[Line, ...]
    points: tuple[Made, ...]
    follows: tuple[Followed, ...]


def page(member: store.members.Member) -> MyPage:
    """What is a member's own."""
    require(member.roles, Permission.READ)
    waiting, seconded = store.seconds.waiting(member), store.seconds.of_member(member.id)
    points, follows = store.points.of_member(member.id), store.follow.of_member(member.id)
    lines = _lines((*waiting, *seconded, *(one.amendment for one in points), *_numbers(follows)))
    return MyPage(
        answers=tuple(one for one in _these(waiting, lines) if one.state in OPEN),
        unfinished=unfinished.of(member),
        moved=tuple(_moved(store.recent.moved_by(member.id))),
        seconded=tuple(_these(seconded, lines)),
        points=tuple(Made(one, lines[one.amendment]) for one in reversed(points)),
        follows=tuple(Followed(one, words) for one, words in _named(follows, lines)),
    )


def _lines(numbers: Iterable[int]) -> Mapping[int, Line]:
    """The lines of these amendments by their numbers, the last changed first."""
    return {one.number: one for one in store.recent.numbered(frozenset(numbers))}


def _these(numbers: Iterable[int], lines: Mapping[int, Line]) -> Iterator[Line]:
    wanted = frozenset(numbers)
    return (line for one, line in lines.items() if one in wanted)


def _moved(lines: Iterable[Line]) -> Iterator[Moved]:
    left = WITH_STANDING
    for one in lines:
        told = one.state in OPEN and left > 0
        left -= told
        yield Moved(one, supporting.standing(store.amendments.by_number(one.number)) if told else None)


def _numbers(follows: Iterable[Subject]) -> Iterator[int]:
    return (int(one.name) for one in follows if one.kind is Kind.AMENDMENT)


def _named(follows: Iterable[Subject], lines: Mapping[int, Line]) -> Iterator[tuple[Subject, str]]:
    latest = store.editions.latest()
    for one in follows:
        match one.kind:
            case Kind.AMENDMENT:
                yield one, f"A{one.name} {lines[int(one.name)].title}"
            case Kind.BRANCH:
                yield one, one.name
            case Kind.CLAUSE:
                yield one, _clause(one.name, latest.constitution if latest else None)


def _clause(clause: str, book: Constitution | None) -> str:
    """Its number and heading as they are in force; of one that was struck, as the last edition had them."""
    ending = ""
    if book is None or clause not in book:
        last = store.editions.last_with(clause)
        assert last is not None, "only a clause of an edition can be followed, and editions stay"
        book, ending = store.editions.load(last).constitution, ", which is no longer in force"
    label, heading = number(book)[clause], book[clause].heading
    return (f"Clause {label}" if heading in {"", label} else f"Clause {label} {heading}") + ending
