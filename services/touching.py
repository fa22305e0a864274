"""The open amendments, prepared so that each few words a member types can be held against all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import store
import store.amendments
import store.editions
from amendments.edit import Edit, Insert, Move, inserted, rebuilt
from amendments.touching import Met, Open, OpenAmendments
from constitution.clause import Constitution
from constitution.redline import Change, RedlinedClause, redline
from services import reading
from services.placing import place
from store.database import name

MOST_AT_ONCE = 40  # changed amendments that are taken up one by one; with more the index is made anew
SHOWN = 3  # amendments with their redline beside a draft; the others are counted


@dataclass(frozen=True, slots=True)
class Other:
    """An open amendment that meets a draft: the reasons in words, its redline, and its mover."""

    met: Met
    mover: store.members.Member
    redline: tuple[RedlinedClause, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Why it is listed, the closest reason first."""
        return tuple(one.sentence for one in self.met.reasons)


@dataclass(frozen=True, slots=True)
class _Known:
    """An index, of which database and edition, and the versions (by their amendments) it was made of."""

    database: str
    edition: int
    versions: dict[int, int]
    index: OpenAmendments


_lock = Lock()
_known: list[_Known] = []  # the last used first; one for each database, and tests have many


def prepared(edition: store.editions.Edition) -> OpenAmendments:
    """The index of what is open now; only what has changed since the last time is read again."""
    versions = store.amendments.standing_in(reading.OPEN)
    with _lock:
        before = next((one for one in _known if one.database == name()), None)
        found = _brought_up(before, edition, versions)
        _known[:] = [found, *(one for one in _known if one is not before)][:4]
        return found.index


def prepare() -> None:
    """Make the index before anybody asks for it, when there is a constitution."""
    edition = store.editions.latest()
    if edition is not None:
        prepared(edition)


def others(edits: Sequence[Edit], base: Constitution, leaving_out: Collection[int]) -> tuple[tuple[Other, ...], int]:
    """The amendments that meet a draft, the closest first, as many as are shown; and how many there are besides."""
    met = prepared(reading.edition()).meeting(edits, base, leaving_out)
    shown = [(one, store.amendments.by_number(one.number)) for one in met[:SHOWN]]
    return tuple(Other(one, it.mover, _redline(name(), it.version.id)) for one, it in shown), len(met) - len(shown)


def on_clauses(clauses: Iterable[str], leaving_out: Collection[int]) -> tuple[tuple[int, str], ...]:
    """The open amendments (number, title) that touch any of these clauses."""
    index = prepared(reading.edition())
    numbers = {number for one in clauses for number in index.by_clause.get(one, ())}
    return tuple((number, index.titles[number]) for number in sorted(numbers.difference(leaving_out)))


def _brought_up(before: _Known | None, edition: store.editions.Edition, versions: dict[int, int]) -> _Known:
    if before is None or before.edition != edition.number:
        return _made(edition, versions)
    changed = [number for number, version in versions.items() if before.versions.get(number) != version]
    gone = before.versions.keys() - versions.keys()
    if not changed and not gone:
        return before
    if len(changed) + len(gone) > MOST_AT_ONCE:
        return _made(edition, versions)
    index = before.index
    for number in gone:
        index = index.without(number)
    for number in changed:
        index = index.with_(_open(store.amendments.by_number(number), edition))
    return _Known(before.database, edition.number, versions, index)


def _made(edition: store.editions.Edition, versions: dict[int, int]) -> _Known:
    ones = (_open(one, edition) for one in reading.open_amendments())
    index = OpenAmendments.of((one for one in ones if one.number in versions), edition.constitution)
    return _Known(name(), edition.number, versions, index)


def _open(amendment: store.amendments.Amendment, edition: store.editions.Edition) -> Open:
    """As it is placed on the edition in force; as it was made, on its own, where it does not fit any more."""
    version, placement = amendment.version, place(amendment.version, edition)
    if placement is not None and placement.edits:
        return Open(amendment.number, version.title, placement.edits, edition.constitution)
    return Open(amendment.number, version.title, version.edits, store.editions.load(version.base_edition).constitution)


@lru_cache(maxsize=500)  # a version never changes, and the same few stand beside a draft while it is typed
def _redline(_database: str, version_id: int) -> tuple[RedlinedClause, ...]:
    version = store.amendments.of_version(version_id).version_with(version_id)
    base = store.editions.load(version.base_edition).constitution
    return _changed(base, version.edits)


def _changed(base: Constitution, edits: Sequence[Edit]) -> tuple[RedlinedClause, ...]:
    """The redline of what the edits change: the rest of the book is numbered, but not drawn."""
    final = rebuilt(edits, base)
    roots = {*inserted(edits), *(one.clause for one in edits if not isinstance(one, Insert))}
    within = {one.id for book in (base, final) for root in roots if root in book for one in book[root].walk()}
    # Of two neighbours that change places it is for the redline to say which has moved.
    rows = redline(base, final, only=None if any(isinstance(one, Move) for one in edits) else within)
    return tuple(one for one in rows if one.change not in {Change.KEPT, Change.RENUMBERED})
