"""Carrying out an amendment: ``apply(edits, base)``. What can be done is in ``amendments.changes``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from amendments.changes import (
    Edit,
    EditConflict,
    Insert,
    Move,
    NothingChanged,
    Reword,
    Strike,
    clause_from_json,
    clause_to_json,
    digest,
    from_json,
    inserted,
    to_json,
    touched,
)
from amendments.marking import marked
from constitution.clause import UNNUMBERED, Clause, Constitution, Repeals, Style, UnknownClause
from constitution.order import in_order

__all__ = [
    "Edit",
    "EditConflict",
    "Insert",
    "Move",
    "NothingChanged",
    "Reword",
    "Strike",
    "UnknownClause",
    "apply",
    "clause_from_json",
    "clause_to_json",
    "digest",
    "from_json",
    "inserted",
    "rebuilt",
    "to_json",
    "touched",
]

One = TypeVar("One", Reword, Move)


def apply(edits: Sequence[Edit], base: Constitution) -> Constitution:
    """The base as the edits would have it; numbers follow by themselves.

    Raises UnknownClause for a clause that is not in the base, EditConflict when two edits contradict one another,
    and NothingChanged when nothing comes of them.
    """
    changed = rebuilt(edits, base)
    if changed == base:
        raise NothingChanged
    return changed


def rebuilt(edits: Sequence[Edit], base: Constitution) -> Constitution:
    """As ``apply``, but edits that change nothing give the base back."""
    plan = Plan(tuple(dict.fromkeys(edits)), base)
    changed = replace(base, clauses=plan.below(None, base.clauses))
    # New clauses that stand only after one another have no place in the text: they must not get lost in silence.
    if not plan.expected <= changed.by_id.keys():
        raise EditConflict("New clauses are put after one another, but after no clause of the text.")
    return changed


class Plan:
    """The edits of one amendment sorted by what they do, and checked against one another and the base."""

    def __init__(self, edits: Sequence[Edit], base: Constitution) -> None:
        self.base = base
        self.inserts = [one for one in edits if isinstance(one, Insert)]
        self.new = inserted(self.inserts)
        self._refuse_known_ids()
        self.tops = {one.clause.id for one in self.inserts}
        self.rewords = _once(one for one in edits if isinstance(one, Reword))
        self.moves = _once(one for one in edits if isinstance(one, Move))
        self.struck = {one.clause for one in edits if isinstance(one, Strike)}
        self.homes = self._homes()
        self.arrivals: dict[tuple[str | None, str | None], list[Clause]] = {}
        for edit in edits:
            self._admit(edit)
        self.reached = set(self._reached())

    def _reached(self) -> Iterator[str]:
        """Every clause that is changed itself or has anything below it that is: all others stay as they are."""
        waiting = [*self.rewords, *self.moves, *self.struck, *(parent for parent, _ in self.arrivals)]
        while waiting:
            at = waiting.pop()
            if at is not None:
                yield at
                waiting.append(self.homes[at])

    @property
    def expected(self) -> set[str]:
        """The ids that must be in the result."""
        return {*self.tops, *self.moves}

    def below(self, parent: str | None, old: tuple[Clause, ...]) -> tuple[Clause, ...]:
        """The clauses under a parent, where ``old`` are now, as they will be: in order, numbered, with all below them."""
        placed = list(self._placed(parent, old))
        if not _same(placed, old):
            placed = self._numbered(old, placed)
        return tuple(map(self._finished, placed))

    def _placed(self, parent: str | None, old: tuple[Clause, ...]) -> Iterator[Clause]:
        yield from self._arriving(parent, None)
        for one in old:
            if one.id in self.struck:
                yield from self._remains(one)
            elif one.id not in self.moves:
                yield one
            yield from self._arriving(parent, one.id)

    def _remains(self, struck: Clause) -> Iterator[Clause]:
        """The number of a struck clause, where the rule book keeps the numbers of repealed clauses."""
        if self.base.practice.repeals is Repeals.KEEP and struck.mark.style is not Style.NONE:
            yield replace(struck, heading="", text="", children=(), repealed=True)

    def _arriving(self, parent: str | None, after: str | None) -> Iterator[Clause]:
        for one in self.arrivals.get((parent, after), ()):
            yield one
            if one.id in self.tops:
                yield from self._arriving(parent, one.id)

    def _numbered(self, old: tuple[Clause, ...], placed: list[Clause]) -> list[Clause]:
        # What was moved among its siblings is what stands in another order now, whichever of them an edit names.
        arrived = {one.id for one in placed} - in_order(old, placed)
        given = {one.clause.id for one in self.inserts if one.as_marked or one.clause.mark != UNNUMBERED}
        return list(marked(old, placed, arrived, given, self.base.practice.insertions))

    def _finished(self, clause: Clause) -> Clause:
        if clause.id not in self.reached:
            return clause
        children = self.below(clause.id, clause.children)
        if not _same(children, clause.children):
            clause = replace(clause, children=children, repealed=clause.repealed and not children)
        reword = self.rewords.get(clause.id)
        if reword is None:
            return clause
        heading = clause.heading if reword.heading is None else reword.heading
        return replace(clause, text=reword.text, heading=heading, repealed=clause.repealed and not reword.text)

    def _homes(self) -> dict[str, str | None]:
        """Where every clause, old and new, stands before anything moves."""
        homes = dict(self.base.parents)
        homes.update((one.clause.id, one.parent) for one in self.inserts)
        homes.update((child.id, one.id) for one in self.new.values() for child in one.children)
        return homes

    def _refuse_known_ids(self) -> None:
        ids = Counter(one.id for edit in self.inserts for one in edit.clause.walk())
        if any(count > 1 or one in self.base for one, count in ids.items()):
            raise EditConflict("A new clause has the id of another clause.")

    def _admit(self, edit: Edit) -> None:
        if not isinstance(edit, Insert):
            self.base[edit.clause]
        if isinstance(edit, Reword | Move) and self._ends_struck(edit.clause):
            raise EditConflict("A clause that is struck out is also changed or moved.")
        if isinstance(edit, Insert | Move):
            self._check_place(edit)
            coming = edit.clause if isinstance(edit, Insert) else self.base[edit.clause]
            self.arrivals.setdefault((edit.parent, edit.after), []).append(coming)

    def _check_place(self, edit: Insert | Move) -> None:
        for one in (edit.parent, edit.after):
            if one is not None and one not in self.homes:
                raise UnknownClause(one)
        if edit.after is not None and self.homes[edit.after] != edit.parent:
            raise EditConflict("A clause is to be put after one that stands elsewhere.")
        if edit.parent is not None and self._ends_struck(edit.parent):
            raise EditConflict("A clause is to be put into one that is struck out.")

    def _ends_struck(self, clause: str) -> bool:
        """Whether the clause is struck where it will stand; raises EditConflict for a clause moved into itself."""
        above: set[str] = set()
        at: str | None = clause
        while at is not None and at not in self.struck:
            if at in above:
                raise EditConflict("A clause cannot be moved into itself.")
            above.add(at)
            at = self.moves[at].parent if at in self.moves else self.homes.get(at)
        return at is not None


def _once(edits: Iterable[One]) -> dict[str, One]:
    """The edits by clause; raises EditConflict where one clause has two."""
    found: dict[str, One] = {}
    for edit in edits:
        if found.setdefault(edit.clause, edit) != edit:
            raise EditConflict("One clause is changed twice, differently.")
    return found


def _same(some: Sequence[Clause], others: Sequence[Clause]) -> bool:
    return len(some) == len(others) and all(one is two for one, two in zip(some, others, strict=True))
