"""What if these were carried: the text that would result, what falls, what conflicts, what dangles. Changes nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import store
import store.amendments
import store.editions
from amendments.choices import Nature, Option, Question, in_order
from amendments.composite import compose
from amendments.decisions import Fallen, outcome
from amendments.edit import Edit
from amendments.what_if import Meet, partial
from amendments.wording import Met, Place, meet, words_of
from constitution.clause import Constitution
from constitution.diff import diff_unmoved
from constitution.merge import merge
from constitution.numbering import number, own_number
from constitution.order import settled
from constitution.redline import Change, RedlinedClause, redline
from constitution.references import Finding, Level, check, show
from services import contents, reading, relating, touching
from services.placing import DoesNotFit, placed_edits
from store.database import name

MOST_TICKED = 500
OFFERED = 60  # amendments to tick at once; a search finds others
REMEMBERED = 8000  # amendments as they stand on an edition

# What cites by a number has a figure, a bracket, or a letter that stands for one: most clauses have none.
NUMBERED = re.compile(r"\d|\(\w|\b[A-Z]{1,5}\b|[Bb]uchst|lit\.")

WHOLE = {
    Nature.STRIKE: (
        "Strike it, or keep it as changed?",
        {"strike": "strike it", "keep": "change it, or put something into it"},
    ),
    Nature.MOVE: ("Where does it go?", {"stay": "leave it where it is"}),
    Nature.CYCLE: ("Clauses would be moved into one another.", {}),
    Nature.PLACE: ("These come to one place; here they stand in the order of their numbers.", {}),
}


@dataclass(frozen=True, slots=True)
class Side:
    """An open amendment on the edition in force; ``edits`` None where it does not fit (``why``).

    ``amends`` is the number of the amendment that it amends with the digest of the text it was made on.
    """

    digest: str
    edits: tuple[Edit, ...] | None
    why: str = ""
    amends: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """A conflict: where, what is asked, the words of the base, and who would have what there."""

    where: str
    clause: str
    asked: str
    base: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What the chosen amendments make of the text, conflicts left as the base has them."""

    fallen: Fallen
    follows: tuple[int, ...]
    left_out: tuple[str, ...]
    clashes: tuple[Clash, ...]
    redline: tuple[RedlinedClause, ...]
    dangling: tuple[Finding, ...]
    impossible: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The page: what is ticked, what may be ticked besides (``others`` more fit the search), and what comes of it."""

    edition: store.editions.Edition
    titles: Mapping[int, str]
    ticked: tuple[int, ...]
    offered: tuple[int, ...]
    others: int
    unknown: str
    ignored: tuple[int, ...]
    result: Result | None


def prepare() -> None:
    """Place every open amendment on the edition in force before anybody ticks it."""
    edition = store.editions.latest()
    if edition is not None:
        _sides(touching.prepared(edition).titles.keys(), edition)


def page(numbers: Collection[int], q: str = "", clause: str = "") -> WhatIf:
    """What would come of carrying these amendments."""
    edition = reading.edition()
    index = touching.prepared(edition)
    wanted = sorted(set(numbers))
    ticked = tuple(one for one in wanted if one in index.titles)[:MOST_TICKED]
    try:
        found, unknown = _searched(index, edition, q, clause), ""
    except contents.UnknownLabel as refusal:
        found, unknown = [], str(refusal)
    found = [one for one in found if one not in set(ticked)]
    return WhatIf(
        edition,
        index.titles,
        ticked,
        tuple(found[:OFFERED]),
        max(len(found) - OFFERED, 0),
        unknown,
        tuple(one for one in wanted if one not in set(ticked)),
        result(ticked, edition) if ticked else None,
    )


def _searched(index: touching.OpenAmendments, edition: store.editions.Edition, q: str, clause: str) -> list[int]:
    found: Iterable[int] = index.titles
    if clause:
        book = edition.constitution
        below = book[contents.labelled(edition, clause).id].walk()
        found = {number for one in below for number in index.by_clause.get(one.id, ())}
    words = q.casefold().split()
    if not words:
        return sorted(found)
    return sorted(one for one in found if all(word in f"a{one} {index.titles[one]}".casefold() for word in words))


def result(ticked: Sequence[int], edition: store.editions.Edition) -> Result:
    """What comes of carrying these and all that is consequential on them."""
    fallen = outcome(relating.ties(), ticked)
    carried = fallen.stands | fallen.open
    sides = _sides(carried, edition)
    taken_up = {one.amends[0]: no for no, one in sides.items() if one.amends and _holds(one, sides)}
    left_out = [f"A{no} amends A{one}: its text holds that of A{one} too." for one, no in sorted(taken_up.items())]
    left_out += [one.why for _, one in sorted(sides.items()) if one.edits is None]
    met = compose(
        edition.constitution,
        {f"A{no}": one.edits for no, one in sorted(sides.items()) if one.edits is not None and no not in taken_up},
    )
    made = partial(met, _met_on(met.base))
    changed = _changed(met.base, made.constitution)
    rows = redline(met.base, made.constitution, only=changed, compare=_compared)
    return Result(
        fallen,
        tuple(sorted((fallen.stands | fallen.open | fallen.falls.keys()) - set(ticked))),
        tuple(left_out),
        tuple(_Printing(met.base, made.constitution).clashes(made.questions)),
        tuple(one for one in rows if one.change not in {Change.KEPT, Change.RENUMBERED}),
        tuple(_dangling(met.base, made.constitution, changed)),
        made.impossible,
    )


def _holds(one: Side, sides: Mapping[int, Side]) -> bool:
    """Whether what it amends is carried too, in the text that it was made on."""
    return one.amends is not None and one.amends[0] in sides and sides[one.amends[0]].digest == one.amends[1]


def _met_on(base: Constitution) -> Meet:
    return lambda place, texts: _met(place, words_of(base[place[0]], place[1]), tuple(sorted(texts.items())))


# Readers tick one more and ask again: of what meets and is compared, all but a clause or two has been before.
_compared = lru_cache(maxsize=2000)(diff_unmoved)


@lru_cache(maxsize=2000)
def _met(place: Place, words: str, texts: tuple[tuple[str, str], ...]) -> Met:
    return meet(place, merge(words, dict(texts)))


def _changed(base: Constitution, after: Constitution) -> set[str]:
    """The clauses of either text that are not the same or not where they were, and those above them."""
    moved = after.by_id.keys() & base.by_id.keys() - settled(base, after)
    return moved | {
        one for one in base.by_id.keys() | after.by_id.keys() if base.by_id.get(one) != after.by_id.get(one)
    }


def _dangling(base: Constitution, after: Constitution, changed: Collection[str]) -> Iterable[Finding]:
    """References to nothing: stored ones anywhere, and typed ones in what is changed."""
    texts = ((one.id, f"{one.heading} {one.text}") for one in after.walk())
    citing = {one for one, text in texts if "[[" in text or (one in changed and NUMBERED.search(text))}
    found = check(base, after, citing)
    return (one for one in found if one.level is Level.ERROR or (one.level is Level.WARNING and one.target is None))


class _Printing:
    """Says conflicts in words, with the numbers of the base and, for what is new, those it would have."""

    def __init__(self, base: Constitution, after: Constitution) -> None:
        self.labels = number(after) | number(base)
        self.own = own_number(after) | own_number(base)
        self.base = base

    def clashes(self, questions: Iterable[Question]) -> Iterable[Clash]:
        for one in questions:
            known = one.clause if one.clause in self.base else ""
            where = f"Clause {self.labels[known]}" if known else "At the beginning"
            asked, said = WHOLE.get(one.nature, ("", {}))
            options = tuple(
                (" and ".join(in_order(each.sources)), said.get(each.key) or self._said(one, each))
                for each in one.options
                if each.sources
            )
            heading = " (heading)" if one.part == "heading" else ""
            yield Clash(where + heading, known or "", asked or "Which words?", self._shown(one.base), options)

    def _said(self, question: Question, option: Option) -> str:
        """What one would have: its words, or where it would move the clause."""
        if question.nature in {Nature.WORDS, Nature.PLACE}:
            return self._shown(option.text) or "(nothing there)"
        parent, _, after = option.key.removeprefix("stay-").partition("/")
        if question.nature is Nature.CYCLE:
            return f"leave clause {self.labels.get(parent, '')} where it is"
        where = (
            f"after clause {self.labels.get(after, '')}" if after else f"first in {self.labels.get(parent, 'the text')}"
        )
        return f"move it {where}"

    def _shown(self, text: str) -> str:
        return show(text, self.labels, self.own)


_lock = Lock()
_remembered: dict[tuple[str, int, int], Side] = {}


def _sides(numbers: Collection[int], edition: store.editions.Edition) -> dict[int, Side]:
    """These amendments as they stand on an edition; only those that nobody has asked for yet are read."""
    here = name()
    versions = {no: it for no, it in store.amendments.standing_in(reading.OPEN).items() if no in numbers}
    with _lock:
        found = {no: _remembered.get((here, version, edition.number)) for no, version in versions.items()}
    missing = [no for no, one in found.items() if one is None]
    made = {one.number: _side(one, edition) for one in store.amendments.numbered(missing)}
    with _lock:
        if len(_remembered) > REMEMBERED:
            _remembered.clear()
        _remembered.update({(here, versions[no], edition.number): one for no, one in made.items()})
    return {no: one for no, one in found.items() if one is not None} | made


def _side(amendment: store.amendments.Amendment, edition: store.editions.Edition) -> Side:
    version = amendment.version
    try:
        edits: tuple[Edit, ...] | None = placed_edits(amendment, edition)
        why = ""
    except DoesNotFit as refusal:
        edits, why = None, str(refusal)
    if version.on_version is None:
        return Side(version.digest, edits, why)
    amended = store.amendments.of_version(version.on_version)
    return Side(version.digest, edits, why, (amended.number, amended.version_with(version.on_version).digest))
