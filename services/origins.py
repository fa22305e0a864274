"""Which vote put each sentence of an edition there, and whose words it was made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import store
import store.adoptions
import store.ballots
import store.drafts
import store.editions
from amendments.choices import in_order
from amendments.sentences import sentences
from constitution.clause import Clause
from constitution.numbering import number, own_number
from constitution.provenance import COMMITTEE
from constitution.references import show
from services import reading


@dataclass(frozen=True, slots=True)
class Origin:
    """The edition in which a sentence first stood, whose words are new in it, and the editions that corrected it."""

    edition: int
    sources: tuple[str, ...] = ()
    corrected: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of one origin that stand beside each other, as printed."""

    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Traced:
    """A clause by its passages."""

    id: str
    label: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """An edition sentence by sentence; ``votes`` by edition, where a vote made it."""

    edition: store.editions.Edition
    clauses: tuple[Traced, ...]
    editions: Mapping[int, store.editions.EditionLine]
    votes: Mapping[int, store.ballots.Ballot]


_Known = Mapping[str, Sequence[tuple[str, Origin]]]


def page(wanted: int | None = None) -> Page:
    """Every sentence of an edition with its origin; raises UnknownEdition."""
    edition = reading.edition(wanted)
    lines = [one for one in store.editions.listing() if one.number <= edition.number]
    known: _Known = {}
    for line in lines:
        known = _next(known, line)
    labels, own = number(edition.constitution), own_number(edition.constitution)
    clauses = tuple(
        Traced(
            clause, labels[clause], tuple(_passages(((show(words, labels, own), origin) for words, origin in found)))
        )
        for clause, found in known.items()
        if found
    )
    decisions = {one.number: store.adoptions.of_edition(one.number) for one in lines}
    votes = {name: store.ballots.by_number(one.ballot) for name, one in decisions.items() if one and one.ballot}
    return Page(edition, clauses, {one.number: one for one in lines}, votes)


def _next(known: _Known, line: store.editions.EditionLine) -> _Known:
    """The sentences of an edition: those of the one before keep their origin, the others have it here."""
    corrected = bool(store.adoptions.corrections_of(line.number))
    provenance = store.drafts.by_number(line.adopted_from).provenance if line.adopted_from else {}
    found = {}
    for one in store.editions.load(line.number).constitution.walk():
        before, now = list(known.get(one.id, ())), list(_sentences(one))
        alike = corrected and len(before) == len(now)
        found[one.id] = [
            _traced(each, before, before[n] if alike else None, line.number, provenance) for n, each in enumerate(now)
        ]
    return found


def _traced(
    now: tuple[str, str, int],
    before: list[tuple[str, Origin]],
    same: tuple[str, Origin] | None,
    edition: int,
    provenance: Mapping[str, Sequence[tuple[str, Sequence[str]]]],
) -> tuple[str, Origin]:
    words, key, start = now
    kept = next((one for one in before if one[0] == words), None)
    if kept:
        before.remove(kept)
        return kept
    if same:
        return words, replace(same[1], corrected=(*same[1].corrected, edition))
    return words, Origin(edition, _sources(provenance.get(key, ()), start, start + len(words)))


def _sentences(one: Clause) -> Iterator[tuple[str, str, int]]:
    """The heading and each sentence, with the key of its provenance and its place in that text."""
    if one.heading:
        yield one.heading, f"{one.id}:heading", 0
    for start, end in sentences(one.text):
        yield one.text[start:end], one.id, start


def _sources(words: Iterable[tuple[str, Sequence[str]]], start: int, end: int) -> tuple[str, ...]:
    here, found = 0, set()
    for text, sources in words:
        if here < end and here + len(text) > start:
            found.update(sources)
        here += len(text)
    return tuple("the committee" if one == COMMITTEE else one for one in in_order(found))


def _passages(found: Iterable[tuple[str, Origin]]) -> Iterator[Passage]:
    last: Passage | None = None
    for words, origin in found:
        if last and last.origin == origin:
            last = Passage(f"{last.text} {words}", origin)
            continue
        if last:
            yield last
        last = Passage(words, origin)
    if last:
        yield last
