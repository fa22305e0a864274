"""Gathering what a page shows. Reading changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import store
import store.amendments
import store.drafts
import store.editions
import store.finding
import store.log
from amendments.states import OPEN
from constitution.clause import Clause, Constitution
from constitution.numbering import number, own_number, printed
from constitution.redline import Change, RedlinedClause, redline
from constitution.references import TOKEN, show
from rulebook.rules import Rulebook
from services import timing
from store.finding import Wanted

ENTRIES = 50  # of the log on one page
NEWEST = 20  # amendments on the page of a clause


class NoConstitution(LookupError):
    """Nothing has been imported yet."""

    def __init__(self) -> None:
        super().__init__("There is no constitution here yet. Import one with: ./run flask import-constitution FILE")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a clause's text; ``target`` is the clause it cites, if it is a reference."""

    text: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause as it is read: its mark as printed, its label, its texts with references printed.

    ``level`` counts the headings above it; ``pieces`` are its text cut where it cites another clause.
    """

    id: str
    kind: str
    depth: int
    level: int
    label: str
    mark: str
    heading: str
    text: str
    pieces: tuple[Piece, ...]
    repealed: bool
    has_children: bool

    @property
    def name(self) -> str:
        """What to call it in a sentence or a trail: its label, its heading, or both."""
        return self.label if self.heading in {"", self.label} else f"{self.label} {self.heading}"


@dataclass(frozen=True, slots=True)
class Redlined:
    """A redline, and the two parts of it that are read apart."""

    redline: tuple[RedlinedClause, ...]

    @property
    def changed(self) -> tuple[RedlinedClause, ...]:
        """What changed in substance."""
        return tuple(one for one in self.redline if one.change not in {Change.KEPT, Change.RENUMBERED})

    @property
    def renumbered(self) -> tuple[RedlinedClause, ...]:
        """What changed its number, or a number it cites, and nothing else."""
        return tuple(one for one in self.redline if one.change is Change.RENUMBERED)

    @property
    def shown(self) -> tuple[RedlinedClause, ...]:
        """What changed in substance, each below the clauses it stands in."""
        return tuple(_in_context(self.redline))

    @property
    def apart(self) -> tuple[RedlinedClause, ...]:
        """What was only renumbered and is not shown already, as standing above a change."""
        shown = {one.id for one in self.shown}
        return tuple(one for one in self.renumbered if one.id not in shown)


@dataclass(frozen=True, slots=True)
class Comparison(Redlined):
    """Two editions and the redline from the one to the other."""

    old: store.editions.Edition
    new: store.editions.Edition


@dataclass(frozen=True, slots=True)
class LogPage:
    """Entries of the log, the newest first, and whether there are older ones."""

    entries: tuple[store.log.Entry, ...]
    more: bool


def _in_context(rows: Iterable[RedlinedClause]) -> Iterator[RedlinedClause]:
    """The changed rows, and before each those above it that have not been given yet."""
    above: list[RedlinedClause] = []
    for one in rows:
        while above and above[-1].depth >= one.depth:
            above.pop()
        if one.change not in {Change.KEPT, Change.RENUMBERED}:
            yield from above
            above.clear()
            yield one
        else:
            above.append(one)


def rules() -> Rulebook:
    """The rules of the process."""
    return timing.rules()


def edition(wanted: int | None = None) -> store.editions.Edition:
    """The edition in force, or any edition by its number."""
    if wanted is not None:
        return store.editions.load(wanted)
    latest = store.editions.latest()
    if latest is None:
        raise NoConstitution
    return latest


def shown(book: Constitution) -> tuple[ShownClause, ...]:
    """Every clause as it is read, in the order of the text."""
    labels, own, marks = number(book), own_number(book), printed(book)

    def below(clauses: tuple[Clause, ...], depth: int, level: int) -> Iterator[ShownClause]:
        for one in clauses:
            pieces = tuple(_pieces(one.text, labels, own))
            yield ShownClause(
                id=one.id,
                kind=one.kind.value,
                depth=depth,
                level=level,
                label=labels[one.id],
                mark=marks[one.id],
                heading=show(one.heading, labels, own),
                text="".join(piece.text for piece in pieces),
                pieces=pieces,
                repealed=one.repealed,
                has_children=bool(one.children),
            )
            yield from below(one.children, depth + 1, level + bool(one.heading))

    return tuple(below(book.clauses, 0, 0))


def _pieces(text: str, labels: Mapping[str, str], own: Mapping[str, str]) -> Iterator[Piece]:
    end = 0
    for token in TOKEN.finditer(text):
        if token.start() > end:
            yield Piece(text[end : token.start()])
        target = token.group(1)
        yield Piece(show(token.group(), labels, own), target if target in labels else None)
        end = token.end()
    if end < len(text):
        yield Piece(text[end:])


def touching(clause_id: str, book: Constitution) -> tuple[tuple[store.amendments.Amendment, ...], int]:
    """The newest open amendments that would change this clause or one below it, and how many there are in all."""
    clauses = tuple(one.id for one in book[clause_id].walk())
    found = store.finding.find(Wanted(states=OPEN, clauses=clauses), limit=NEWEST)
    return store.amendments.numbered([hit.amendment for hit in found.hits if hit.amendment])[::-1], found.total


def open_amendments() -> tuple[store.amendments.Amendment, ...]:
    """The amendments whose fate is open, by number."""
    return tuple(one for one in store.amendments.listing() if one.state in OPEN)


def touched_clauses() -> dict[str, tuple[int, ...]]:
    """For each clause, the numbers of the open amendments that touch it."""
    return store.amendments.touched_by(OPEN)


def editions() -> tuple[store.editions.EditionLine, ...]:
    """Every edition, the newest first."""
    return store.editions.listing()[::-1]


def drafts() -> tuple[store.drafts.DraftLine, ...]:
    """Every draft, the newest first."""
    return store.drafts.listing()[::-1]


def log(before: int | None = None) -> LogPage:
    """The newest entries of the log, or those before entry ``before``."""
    found = store.log.entries(limit=ENTRIES + 1, before=before)
    return LogPage(found[:ENTRIES], len(found) > ENTRIES)


def compare(old: int, new: int) -> Comparison:
    """Two editions as a redline."""
    before, after = store.editions.load(old), store.editions.load(new)
    return Comparison(redline(before.constitution, after.constitution), before, after)
