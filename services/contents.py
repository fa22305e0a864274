"""The contents of a rule book, and finding clauses in it by number or by words. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import store
import store.editions
from constitution.clause import Clause
from services import reading
from services.reading import ShownClause

DEPTH = 2  # levels that the contents show
SHOWN = 60  # clauses that a search shows
START = 60  # characters of a clause without a heading that the contents show


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a clause, how it begins, the open amendments in it or below, and the lines below it."""

    clause: ShownClause
    words: str
    amendments: tuple[int, ...]
    below: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A clause that a search found, with the way to it and the number of open amendments that touch it."""

    clause: ShownClause
    path: tuple[ShownClause, ...]
    amendments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """A rule book at a glance, or what a search found in it (``total`` may be more than is shown)."""

    edition: store.editions.Edition
    entries: tuple[Entry, ...]
    found: tuple[Found, ...] = ()
    total: int = 0


def contents(query: str = "") -> Contents:
    """The contents of the edition in force, or the clauses that a search finds in it."""
    edition, touched = reading.edition(), reading.touched_clauses()
    rows = reading.shown(edition.constitution)
    if not query.strip():
        return Contents(edition, _entries(edition, rows, touched))
    found = search(rows, query)
    by_id = {one.id: one for one in rows}
    paths = (tuple(by_id[above.id] for above in edition.constitution.ancestors(one.id)) for one in found[:SHOWN])
    shown = tuple(Found(one, path, touched.get(one.id, ())) for one, path in zip(found[:SHOWN], paths, strict=True))
    return Contents(edition, (), shown, len(found))


def search(rows: Iterable[ShownClause], query: str) -> tuple[ShownClause, ...]:
    """The clause with this number and those below it ("4.2", "§ 4.2"); else the clauses that hold every word."""
    rows = tuple(rows)
    return _by_number(rows, query) or _by_words(rows, query)


def _by_number(rows: tuple[ShownClause, ...], query: str) -> tuple[ShownClause, ...]:
    wanted = query.casefold().strip(" §.")
    for sign in ("clause", "section", "article", "artikel", "art."):
        wanted = wanted.removeprefix(sign).strip()
    labels = [(one, one.label.casefold()) for one in rows]
    if wanted not in {label for _, label in labels}:
        return ()
    return tuple(one for one, label in labels if label == wanted or label.startswith((f"{wanted}.", f"{wanted}(")))


def _by_words(rows: tuple[ShownClause, ...], query: str) -> tuple[ShownClause, ...]:
    words = query.casefold().split()
    said = ((one, f"{one.heading} {one.text}".casefold()) for one in rows)
    return tuple(one for one, text in said if all(word in text for word in words))


def _entries(
    edition: store.editions.Edition, rows: Iterable[ShownClause], touched: Mapping[str, tuple[int, ...]]
) -> tuple[Entry, ...]:
    by_id = {one.id: one for one in rows}
    return tuple(_entry(clause, by_id, touched, 1) for clause in edition.constitution.clauses)


def _entry(
    clause: Clause, by_id: Mapping[str, ShownClause], touched: Mapping[str, tuple[int, ...]], depth: int
) -> Entry:
    numbers = {number for one in clause.walk() for number in touched.get(one.id, ())}
    headed = [one for one in clause.children if one.heading]
    below = tuple(_entry(one, by_id, touched, depth + 1) for one in headed) if depth < DEPTH else ()
    row = by_id[clause.id]
    return Entry(row, row.heading or beginning(row.text), tuple(sorted(numbers)), below)


def beginning(text: str) -> str:
    """How a text begins, in a line."""
    words = " ".join(text.split())
    return words if len(words) <= START else words[:START].rsplit(" ", 1)[0] + " …"


class UnknownLabel(LookupError):
    """No clause has the number that was asked for."""

    def __init__(self, label: str, edition: int) -> None:
        super().__init__(f"Edition {edition} has no clause {label}.")
        self.label = label


def labelled(edition: store.editions.Edition, label: str) -> ShownClause:
    """The clause with exactly this number ("4.2(1)") or id; raises UnknownLabel."""
    for one in reading.shown(edition.constitution):
        if label in {one.label, one.id}:
            return one
    raise UnknownLabel(label, edition.number)
