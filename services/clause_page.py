"""What the page of one clause shows: the clause, what would change it, and what became of it. Changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

import store
import store.amendments
import store.editions
from constitution.clause import Clause, UnknownClause
from constitution.numbering import number
from services import reading
from services.reading import ShownClause


@dataclass(frozen=True, slots=True)
class Event:
    """An edition in which a clause, or one below it, came, changed or went."""

    edition: store.editions.EditionLine
    what: str
    label: str
    compare_with: int | None


@dataclass(frozen=True, slots=True)
class ClausePage:
    """One clause with all below it, the way to it, and what would change it: the newest ``amendments`` of ``touching``."""

    edition: store.editions.Edition
    path: tuple[ShownClause, ...]
    clauses: tuple[ShownClause, ...]
    amendments: tuple[store.amendments.Amendment, ...]
    touching: int
    previous: ShownClause | None
    following: ShownClause | None
    in_force: int
    history: tuple[Event, ...]

    @property
    def clause(self) -> ShownClause:
        """The clause the page is about."""
        return self.clauses[0]


def page(clause_id: str, wanted: int | None = None) -> ClausePage:
    """One clause of an edition; raises UnknownClause. Without a number: of the last edition that has it."""
    found = reading.edition(wanted) if wanted else _last_with(clause_id)
    book = found.constitution
    rows = {one.id: one for one in reading.shown(book)}
    siblings = [one.id for one in book.siblings(book.parents[book[clause_id].id])]
    at = siblings.index(clause_id)
    amendments, touching = reading.touching(clause_id, book)
    return ClausePage(
        edition=found,
        path=tuple(rows[one.id] for one in book.ancestors(clause_id)),
        clauses=tuple(rows[one.id] for one in book[clause_id].walk()),
        amendments=amendments,
        touching=touching,
        previous=rows[siblings[at - 1]] if at else None,
        following=rows[siblings[at + 1]] if at + 1 < len(siblings) else None,
        in_force=reading.edition().number,
        history=history(clause_id),
    )


def _last_with(clause_id: str) -> store.editions.Edition:
    """The latest edition that holds the clause: its address stays good after it was struck."""
    latest = reading.edition()
    if clause_id in latest.constitution:
        return latest
    wanted = store.editions.last_with(clause_id)
    if wanted is None:
        raise UnknownClause(clause_id)
    return store.editions.load(wanted)


def history(clause_id: str) -> tuple[Event, ...]:
    """The editions in which the clause came, changed (itself, below it, or its number) or went, latest first."""
    events: list[Event] = []
    before: tuple[Clause, str] | None = None
    previous: int | None = None
    for line in sorted(store.editions.listing(), key=lambda line: line.number):
        book = store.editions.load(line.number).constitution
        now = (book[clause_id], number(book)[clause_id]) if clause_id in book else None
        if what := _what_happened(before, now):
            events.append(Event(line, what, now[1] if now else "", previous))
        before, previous = now, line.number
    return tuple(reversed(events))


def _what_happened(before: tuple[Clause, str] | None, now: tuple[Clause, str] | None) -> str:
    """In words; empty when nothing happened."""
    if before is None or now is None:
        return "" if before is now else "struck" if now is None else "added"
    (old, old_label), (new, label) = before, now
    if (old.heading, old.text) != (new.heading, new.text):
        return "reworded"
    if old != new:
        return "changed below"
    return "renumbered" if old_label != label else ""
