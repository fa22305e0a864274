"""The open amendments, prepared so that each few words a member types can be held against all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from threading import Lock

import store
import store.amendments
import store.editions
import store.log
from amendments.edit import Edit, Insert, Move, Reword, inserted, rebuilt
from amendments.touching import Met, Open, OpenAmendments
from constitution.clause import Clause, Constitution
from constitution.redline import Change, RedlinedClause, redline
from constitution.references import TOKEN
from services import reading
from services.placing import place
from store.database import name

MOST_AT_ONCE = 15  # changed amendments that are taken up one by one; of more the index is put together anew
SHOWN = 3  # amendments with their redline beside a draft; the others are counted
MOST_DRAWN = 500  # redlines that are remembered


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
    """An index, of which database and edition, and the versions (by their amendments) it was made of.

    ``last`` is the last entry of the log before they were read: where it still is the last, nothing has changed.
    """

    database: str
    last: tuple[store.log.Entry, ...]
    edition: store.editions.Edition
    versions: dict[int, int]
    index: OpenAmendments


_lock = Lock()
_known: list[_Known] = []  # the last used first; one for each database, and tests have many
_drawn: dict[str, tuple[RedlinedClause, ...]] = {}


def prepared(edition: store.editions.Edition) -> OpenAmendments:
    """The index of what is open now; only what has changed since the last time is read again."""
    last = store.log.entries(limit=1)
    with _lock:
        before = next((one for one in _known if one.database == name()), None)
        if before is not None and (before.last, before.edition.number) == (last, edition.number):
            return before.index
        versions = store.amendments.standing_in(reading.OPEN)
        found = _Known(name(), last, edition, versions, _brought_up(before, edition, versions))
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
    shown = met[:SHOWN]
    found = {one.number: one for one in store.amendments.numbered([one.number for one in shown])}
    ones = ((one, found[one.number]) for one in shown)
    return tuple(Other(one, it.mover, _redline(it.version)) for one, it in ones), len(met) - len(shown)


def on_clauses(clauses: Iterable[str], leaving_out: Collection[int]) -> tuple[tuple[int, str], ...]:
    """The open amendments (number, title) that touch any of these clauses."""
    index = prepared(reading.edition())
    numbers = {number for one in clauses for number in index.by_clause.get(one, ())}
    return tuple((number, index.titles[number]) for number in sorted(numbers.difference(leaving_out)))


def _brought_up(before: _Known | None, edition: store.editions.Edition, versions: dict[int, int]) -> OpenAmendments:
    if before is None:
        ones = store.amendments.in_states(reading.OPEN)
        return OpenAmendments.of((_open(one, edition) for one in ones if one.number in versions), edition.constitution)
    changed = {number for number, version in versions.items() if before.versions.get(number) != version}
    gone = before.versions.keys() - versions.keys()
    another = before.edition.number != edition.number
    if another:
        changed |= _displaced(before.edition.constitution, edition.constitution, versions.keys() - changed)
    ones = [_open(one, edition) for one in store.amendments.numbered(changed)]
    index = before.index
    if another or len(changed) + len(gone) > MOST_AT_ONCE:
        return index.renewed(ones, gone, edition.constitution)
    for number in gone:
        index = index.without(number)
    for one in ones:
        index = index.with_(one)
    return index


def _displaced(old: Constitution, new: Constitution, numbers: Collection[int]) -> set[int]:
    """Those for which something is not as it was in the edition before: the others stand as they stood.

    A clause that was gone already may have come back under another id, so those that name one are placed again.
    """
    same = {one for one, clause in old.by_id.items() if new.by_id.get(one) == clause}
    ones = (one for one in store.amendments.in_states(reading.OPEN) if one.number in numbers)
    return {one.number for one in ones if _bearing(one.version.edits, old) - inserted(one.version.edits).keys() - same}


def _open(amendment: store.amendments.Amendment, edition: store.editions.Edition) -> Open:
    """As it is placed on the edition in force; as it was made, on its own, where it does not fit any more."""
    version, placement = amendment.version, place(amendment.version, edition)
    if placement is not None and placement.edits:
        return Open(amendment.number, version.title, placement.edits, edition.constitution)
    return Open(amendment.number, version.title, version.edits, store.editions.load(version.base_edition).constitution)


def _redline(version: store.amendments.Version) -> tuple[RedlinedClause, ...]:
    """Remembered: the same few stand beside a draft while it is typed, and the digest says which edits to which text."""
    found = _drawn.get(version.digest)
    if found is None:
        if len(_drawn) >= MOST_DRAWN:
            _drawn.clear()
        base = store.editions.load(version.base_edition).constitution
        found = _drawn[version.digest] = _changed(base, version.edits)
    return found


def _changed(base: Constitution, edits: Sequence[Edit]) -> tuple[RedlinedClause, ...]:
    """The redline of what the edits change, drawn in as much of the book as its numbers need."""
    near = _near(base, edits)
    rows = redline(near, rebuilt(edits, near))
    return tuple(one for one in rows if one.change not in {Change.KEPT, Change.RENUMBERED})


def _near(base: Constitution, edits: Sequence[Edit]) -> Constitution:
    """The book without what stands below clauses the edits have nothing to do with: what is left keeps its number.

    So it needs what their words and the words of the clauses they change cite, and what is counted through the book.
    """
    reached = [one for root in _bearing(edits, base) if root in base for one in base[root].walk()]
    said = [f"{one.heading} {one.text}" for one in (*reached, *inserted(edits).values())]
    said += [f"{one.heading or ''} {one.text}" for one in edits if isinstance(one, Reword)]
    cited = {found[1] for text in said for found in TOKEN.finditer(text) if found[1] in base}
    running = {one.id for one in base.by_id.values() if one.mark.running}
    ids = {one.id for one in reached}
    opened = ids | {above.id for one in ids | cited | running for above in base.ancestors(one)}
    return replace(base, clauses=_opened(base.clauses, opened))


def _opened(clauses: tuple[Clause, ...], ids: Collection[str]) -> tuple[Clause, ...]:
    return tuple(replace(one, children=_opened(one.children, ids) if one.id in ids else ()) for one in clauses)


def _bearing(edits: Sequence[Edit], base: Constitution) -> set[str | None]:
    """The clauses that, with all below them, decide what the edits come to; None is the top level of the book."""
    found: set[str | None] = {*inserted(edits), *(one.clause for one in edits if not isinstance(one, Insert))}
    found.update(one.parent for one in edits if isinstance(one, Insert | Move))
    return found | {base.parents.get(one.clause) for one in edits if isinstance(one, Move)}
