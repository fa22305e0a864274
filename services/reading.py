"""Gathering what a page shows. Reading changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

import store
import store.amendments
import store.composites
import store.drafts
import store.editions
import store.processes
from amendments.edit import Edit, apply, touched
from amendments.instruction import instruction
from amendments.rebase import Placement
from amendments.rulebook import Rulebook
from amendments.rulebook import parse as parse_rulebook
from amendments.seconding import Standing, standing
from amendments.states import State
from constitution.clause import Clause, Constitution
from constitution.numbering import number, own_numbers, printed
from constitution.redline import Change, RedlinedClause, redline
from constitution.references import show
from services.placing import place

OPEN = frozenset({State.SEEKING_SECONDERS, State.SECONDED, State.COMPOSITED})


class NoConstitution(LookupError):
    """Nothing has been imported yet."""

    def __init__(self) -> None:
        super().__init__("There is no constitution here yet. Import one with: ./run flask import-constitution FILE")


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause as it is read: its mark as printed, its label, its texts with references printed."""

    id: str
    kind: str
    depth: int
    label: str
    mark: str
    heading: str
    text: str
    repealed: bool
    has_children: bool


@dataclass(frozen=True, slots=True)
class ClausePage:
    """One clause with all below it, the way to it, and what would change it."""

    edition: store.editions.Edition
    path: tuple[ShownClause, ...]
    clauses: tuple[ShownClause, ...]
    amendments: tuple[store.amendments.Amendment, ...]
    previous: ShownClause | None
    following: ShownClause | None


@dataclass(frozen=True, slots=True)
class AmendmentPage:
    """An amendment with its redline against its own base, and where it stands now."""

    amendment: store.amendments.Amendment
    base: store.editions.Edition
    redline: tuple[RedlinedClause, ...]
    instruction: tuple[str, ...]
    seconds: tuple[store.amendments.Second, ...]
    standing: Standing
    history: tuple[store.amendments.StateChange, ...]
    placement: Placement | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions and the redline from the older to the newer."""

    old: store.editions.Edition
    new: store.editions.Edition
    redline: tuple[RedlinedClause, ...]

    @property
    def changed(self) -> tuple[RedlinedClause, ...]:
        """What changed in substance."""
        return tuple(one for one in self.redline if one.change not in {Change.KEPT, Change.RENUMBERED})

    @property
    def renumbered(self) -> tuple[RedlinedClause, ...]:
        """What changed its number, or a number it cites, and nothing else."""
        return tuple(one for one in self.redline if one.change is Change.RENUMBERED)


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A frozen draft as a redline against the edition it would replace."""

    draft: store.drafts.Draft
    base: store.editions.Edition
    redline: tuple[RedlinedClause, ...]
    sources: tuple[store.amendments.Amendment, ...]


def rules() -> Rulebook:
    """The rules of the process."""
    return parse_rulebook(store.processes.current().rulebook_toml)


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
    labels, own, marks = number(book), own_numbers(book), printed(book)

    def below(clauses: tuple[Clause, ...], depth: int) -> list[ShownClause]:
        rows: list[ShownClause] = []
        for one in clauses:
            rows.append(ShownClause(
                one.id, one.kind.value, depth, labels[one.id], marks[one.id], show(one.heading, labels, own),
                show(one.text, labels, own), one.repealed, bool(one.children),
            ))
            rows += below(one.children, depth + 1)
        return rows

    return tuple(below(book.clauses, 0))


def clause_page(clause_id: str, wanted: int | None = None) -> ClausePage:
    """One clause of an edition; raises UnknownClause."""
    found = edition(wanted)
    book = found.constitution
    rows = {one.id: one for one in shown(book)}
    siblings = [one.id for one in book.siblings(book.parents[book[clause_id].id])]
    at = siblings.index(clause_id)
    return ClausePage(
        edition=found,
        path=tuple(rows[one.id] for one in book.ancestors(clause_id)),
        clauses=tuple(rows[one.id] for one in book[clause_id].walk()),
        amendments=touching(clause_id, book),
        previous=rows[siblings[at - 1]] if at else None,
        following=rows[siblings[at + 1]] if at + 1 < len(siblings) else None,
    )


def touching(clause_id: str, book: Constitution) -> tuple[store.amendments.Amendment, ...]:
    """The open amendments that would change this clause or one below it."""
    wanted = {one.id for one in book[clause_id].walk()}
    return tuple(one for one in open_amendments() if wanted & set(touched(one.version.edits)))


def open_amendments() -> tuple[store.amendments.Amendment, ...]:
    """The amendments whose fate is open, by number."""
    return tuple(one for one in store.amendments.listing() if one.state in OPEN)


def touched_clauses() -> dict[str, tuple[int, ...]]:
    """For each clause, the numbers of the open amendments that touch it."""
    found: dict[str, tuple[int, ...]] = {}
    for one in open_amendments():
        for clause in touched(one.version.edits):
            found[clause] = (*found.get(clause, ()), one.number)
    return found


def amendment_page(wanted: int) -> AmendmentPage:
    """An amendment, its redline and its standing."""
    found = store.amendments.by_number(wanted)
    base = store.editions.load(found.version.base_edition)
    seconds = store.amendments.seconds(found)
    return AmendmentPage(
        amendment=found, base=base, redline=changes(base.constitution, found.version.edits),
        instruction=instruction(found.version.edits, base.constitution), seconds=seconds,
        standing=standing(len(seconds), rules().seconders), history=store.amendments.history(found),
        placement=place(found.version, edition()),
    )


def changes(base: Constitution, edits: tuple[Edit, ...]) -> tuple[RedlinedClause, ...]:
    """The redline of the clauses that the edits change, without those that are kept or only renumbered."""
    return tuple(
        one for one in redline(base, apply(edits, base)) if one.change not in {Change.KEPT, Change.RENUMBERED}
    )


def compare(old: int, new: int) -> Comparison:
    """Two editions as a redline."""
    before, after = store.editions.load(old), store.editions.load(new)
    return Comparison(before, after, redline(before.constitution, after.constitution))


def draft_page(wanted: int) -> DraftPage:
    """A draft against its base edition, with the amendments it was made of."""
    draft = store.drafts.by_number(wanted)
    base = store.editions.load(draft.base_edition)
    numbers = store.composites.by_number(draft.composite).amendments
    return DraftPage(
        draft, base, redline(base.constitution, draft.constitution), tuple(map(store.amendments.by_number, numbers))
    )
