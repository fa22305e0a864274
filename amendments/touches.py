"""What an amendment touches: the words it changes, the clauses it strikes or moves, the places it brings clauses to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from amendments.changes import Edit, Move, Reword, Strike, inserted
from amendments.effects import Doing, Effect, Spot, effects
from amendments.wording import PARTS, Place, words_of
from constitution.clause import Clause, Constitution
from constitution.splices import Original, Splice

TOP = ""
"""Stands for the beginning of the text among the clauses touched."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one part of a clause as they stand, and what an amendment makes of them (at least one splice)."""

    base: str
    splices: tuple[Splice, ...]


@dataclass(frozen=True, slots=True)
class Touches:
    """Everything one amendment touches, by clause.

    ``struck`` gives each clause that goes the clause that is struck: itself, or one above it. ``arrivals`` gives each
    place what comes there. ``new`` holds, for each passage of new words, its pieces: what is put between words that
    stay, or the heading and text of a new clause.
    """

    effects: frozenset[Effect]
    wordings: Mapping[Place, Wording]
    struck: Mapping[str, str]
    moved: Mapping[str, Effect]
    arrivals: Mapping[Spot, tuple[Effect, ...]]
    new: tuple[tuple[str, ...], ...]

    def clauses(self) -> dict[str, Doing]:
        """Every clause touched, and what is done to it: of several things the one closest to its words.

        Those that something comes beside or into are touched as well; TOP stands for the beginning of the text.
        """
        found = dict.fromkeys(map(beside_of, self.arrivals), Doing.ADDS)
        found.update(dict.fromkeys(self.moved, Doing.MOVES))
        found.update(dict.fromkeys(self.struck, Doing.STRIKES))
        found.update(dict.fromkeys((clause for clause, _ in self.wordings), Doing.REWORDS))
        return found


def beside_of(spot: Spot) -> str:
    """The clause a place is named by: the one before it, or the one it is in; TOP where there is none."""
    parent, after = spot
    return after or parent or TOP


def touches(edits: Sequence[Edit], base: Constitution, original: Callable[[str], Original] = Original) -> Touches:
    """What the edits touch of their base; they need not go together. Raises UnknownClause.

    Whoever reads many amendments of one text hands in an ``original`` that remembers: cutting a text costs more than
    comparing another with it.
    """
    found = effects(edits, base)
    wordings = dict(_wordings(edits, base, original))
    arrivals: defaultdict[Spot, list[Effect]] = defaultdict(list)
    for effect in found:
        if effect.spot is not None:
            arrivals[effect.spot].append(effect)
    return Touches(
        frozenset(found),
        wordings,
        _struck(edits, base),
        {one.clause: one for one in found if one.doing is Doing.MOVES and one.clause is not None},
        {spot: tuple(ones) for spot, ones in arrivals.items()},
        tuple(_new(edits, wordings)),
    )


def _wordings(
    edits: Sequence[Edit], base: Constitution, original: Callable[[str], Original]
) -> Iterator[tuple[Place, Wording]]:
    for edit in edits:
        if isinstance(edit, Reword):
            for part, text in zip(PARTS, (edit.heading, edit.text), strict=True):
                words = words_of(base[edit.clause], part)
                if text is not None and text != words:
                    yield (edit.clause, part), Wording(words, original(words).splices(text))


def _struck(edits: Sequence[Edit], base: Constitution) -> dict[str, str]:
    """What goes with which clause; what the same amendment moves elsewhere stays, with all below it."""
    moved = {one.clause for one in edits if isinstance(one, Move)}
    tops = {one.clause for one in edits if isinstance(one, Strike)}
    found: dict[str, str] = {}
    # From the bottom, so that of two that are struck the one above counts.
    for top in reversed([one for one in base.by_id if one in tops] if tops else []):
        found.update((below, top) for below in _remaining(base[top], moved))
    return found


def _remaining(clause: Clause, moved: Collection[str]) -> Iterator[str]:
    yield clause.id
    for child in clause.children:
        if child.id not in moved:
            yield from _remaining(child, moved)


def _new(edits: Sequence[Edit], wordings: Mapping[Place, Wording]) -> Iterator[tuple[str, ...]]:
    for wording in wordings.values():
        yield tuple(splice.text for splice in wording.splices)
    for clause in inserted(edits).values():
        yield clause.heading, clause.text
