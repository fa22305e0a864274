"""Finding clauses and amendments by their words and numbers, a page at a time. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import store
import store.amendments
import store.editions
import store.finding
from amendments.seconding import Standing
from amendments.states import State
from constitution.clause import Constitution
from constitution.finding import Piece, label_key, pieces, query, snippet
from constitution.numbering import number
from services import supporting
from store.finding import Hit, Kind, Wanted

PAGE = 50
MOST_PAGES = 1_000_000  # no database counts further than 2**63
MAY_BE_SECONDED = frozenset({State.SEEKING_SECONDERS, State.SECONDED})


@dataclass(frozen=True, slots=True)
class FoundClause:
    """A clause of the edition in force that was found: the clauses above it (id, name), its name and where it says so."""

    id: str
    above: tuple[tuple[str, str], ...]
    name: tuple[Piece, ...]
    snippet: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FoundAmendment:
    """An amendment that was found, and where it says so; ``standing`` while it may be seconded."""

    amendment: store.amendments.Amendment
    standing: Standing | None
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, the most relevant first, and what was asked.

    ``page`` counts from 1 and is one that there is. ``cut``: only the first words were looked for. ``unknown`` says that
    the clause that was asked for is none. ``asked`` is what was given, to ask for another page.
    """

    results: tuple[FoundClause | FoundAmendment, ...]
    total: int
    page: int
    asked: Mapping[str, str]
    cut: bool = False
    unknown: str = ""

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // PAGE))

    @property
    def first(self) -> int:
        """The place of the first result on this page among all, from 1."""
        return (self.page - 1) * PAGE + 1


def find(
    words: str = "",
    *,
    state: str = "",
    clause: str = "",
    branch: str = "",
    by_member: bool = False,
    kind: Kind | None = None,
    page: int = 1,
) -> Found:
    """What holds every word (the last may be unfinished) and phrase, or has the number that was typed.

    ``state`` (none of ours: any), ``clause`` (a label or id: amendments that bear on it or below it) and ``branch`` (of
    the mover) narrow it to amendments. For a member, a word may also be one of the mover's name: ``by_member`` says
    that a member asks.
    """
    typed = {"q": words, "state": state, "clause": clause, "branch": branch}
    asked = {name: seen for name, value in typed.items() if (seen := _seen(value))}
    looked, clauses = query(asked.get("q", "")), _bearing(asked.get("clause", ""))
    if clauses == ():
        return Found((), 0, 1, asked, unknown=f"There is no clause {asked['clause']}.")
    if "q" in asked and not looked.terms:
        return Found((), 0, 1, asked)
    wanted = Wanted(
        kind=kind,
        terms=looked.terms,
        labels=_labels(asked.get("q", "")),
        states=(State(state),) if state in set(State) else (),
        clauses=clauses,
        branch=asked.get("branch", ""),
        movers=by_member,
    )
    return _page(wanted, asked, max(1, page), cut=looked.cut)


def _seen(typed: str) -> str:
    """What was typed, in one line, without what cannot be seen: PostgreSQL refuses to be asked for a NUL."""
    return "".join(filter(str.isprintable, " ".join(typed.split())))


def _labels(words: str) -> tuple[str, ...]:
    """The labels that were perhaps typed: a bare number may be that of a clause or that of an amendment."""
    key = label_key(words)
    return (key, f"a{key}") if key.isdecimal() else (key,) * bool(key)


def _bearing(clause: str) -> tuple[str, ...] | None:
    """The ids of a clause and all below it by its label or id, also of one that is gone; none for what is no clause."""
    if not clause:
        return None
    latest = store.editions.latest()
    book = latest.constitution if latest else Constitution("")
    for one, label in number(book).items():
        if clause == one or label_key(clause) == label_key(label):
            return tuple(below.id for below in book[one].walk())
    return (clause,) if store.editions.last_with(clause) else ()


def _page(wanted: Wanted, asked: Mapping[str, str], page: int, *, cut: bool) -> Found:
    """The page that was asked for, or the last there is."""
    found = store.finding.find(wanted, limit=PAGE, offset=min(page - 1, MOST_PAGES) * PAGE)
    if not found.hits and found.total:
        return _page(wanted, asked, -(-found.total // PAGE), cut=cut)
    return Found(tuple(_results(found.hits, wanted)), found.total, page if found.hits else 1, asked, cut)


def _results(hits: Sequence[Hit], wanted: Wanted) -> Iterator[FoundClause | FoundAmendment]:
    numbers = [hit.amendment for hit in hits if hit.amendment is not None]
    amendments = {one.number: one for one in store.amendments.numbered(numbers)}
    standings = supporting.standings([one for one in amendments.values() if one.state in MAY_BE_SECONDED])
    above = _above([hit.clause for hit in hits if hit.clause is not None])
    for hit in hits:
        title, said = pieces(hit.title, wanted.terms), snippet(hit.text, wanted.terms)
        if hit.amendment is not None:
            yield FoundAmendment(amendments[hit.amendment], standings.get(hit.amendment), title, said)
        if hit.clause is not None:
            yield FoundClause(hit.clause, above[hit.clause], title, said)


def _above(clauses: Sequence[str]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The way to each clause from the top: the ids and names of those above it."""
    latest = store.editions.latest()
    if not clauses or latest is None:
        return {}
    ways = {one: [up.id for up in latest.constitution.ancestors(one)] for one in clauses}
    names = store.finding.titles({one for way in ways.values() for one in way})
    return {clause: tuple((one, names[one]) for one in way) for clause, way in ways.items()}


def branches() -> tuple[str, ...]:
    """The branches by which amendments can be narrowed down."""
    return store.finding.branches()


def rebuild() -> int:
    """Make the index of words anew from what it is made of; how many clauses and amendments it has."""
    with store.transaction():
        return store.finding.rebuild()
