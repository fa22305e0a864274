"""Merges any number of texts made from one base, all at once.

Each side is compared with the base by the same tidied splices that readers see; what was changed by one side
alone, or by several alike, is taken; what was changed in several ways is a conflict, which is a value and not an
error. Sides are never merged one after another: the result would depend on their order. Nothing here knows in
which order the sides came, so it cannot depend on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from constitution.looks import Look, Reason, looks
from constitution.provenance import COMMITTEE, Base, Change, Word, counts, reworded
from constitution.splices import Original, Splice, spliced

__all__ = [
    "Change", "Conflict", "Look", "Merged", "OpenConflict", "Reason", "UnknownWording", "Word", "merge", "settle",
]  # fmt: skip


class OpenConflict(ValueError):
    """A merge is to be settled but for some of its conflicts nothing was chosen."""

    def __init__(self, conflicts: Sequence[int]) -> None:
        self.conflicts = tuple(conflicts)
        super().__init__(f"Nothing is chosen yet for {len(conflicts)} of the places where amendments differ.")


class UnknownWording(ValueError):
    """A wording was chosen that no side proposed and that is not the base."""

    def __init__(self, conflict: int, wording: str) -> None:
        self.conflict, self.wording = conflict, wording
        super().__init__(f"No amendment proposes the wording that was chosen: {wording!r}.")


@dataclass(frozen=True)
class Conflict:
    """A stretch of the base that sides changed in different ways.

    ``options`` gives each wording the sides that want it; ``start`` is the index of the stretch in the tokens of
    the base. ``readings`` gives each option, and the base, word by word with the sources of each word.
    """

    base: str
    options: Mapping[str, frozenset[str]]
    start: int
    readings: Mapping[str, tuple[Word, ...]]

    @property
    def is_order(self) -> bool:
        """Whether all only insert at one point, so that all may be kept in an order to be chosen."""
        return not self.base

    @property
    def sides(self) -> frozenset[str]:
        """The sides that take part."""
        return frozenset().union(*self.options.values())


@dataclass(frozen=True)
class Merged:
    """The outcome: changes that stand, conflicts, what merged but needs a look, and the pieces of the text.

    ``pieces`` are words and conflicts in turn, beginning and ending with words (perhaps none).
    """

    base: str
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    looks: tuple[Look, ...]
    pieces: tuple[tuple[Word, ...] | Conflict, ...]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every token outside the conflicts with the sides it comes from (none: the base)."""
        return tuple(word for piece in self.pieces if isinstance(piece, tuple) for word in piece)

    @cached_property
    def text(self) -> str | None:
        """The merged text, or None while a conflict is open."""
        return None if self.conflicts else "".join(word.text for word in self.words)


def merge(base: str, sides: Mapping[str, str]) -> Merged:
    """The texts in ``sides``, by name, merged over the one ``base`` they were made from."""
    cut = Base(base)
    stretches = [_changes(base, group) for group in _groups(_edits(base, sides))]
    conflicts = tuple(_conflict(cut, options) for options in stretches if len(options) > 1)
    changes = tuple(options[0] for options in stretches if len(options) == 1)
    return Merged(base, changes, conflicts, looks(base, changes), _pieces(cut, stretches, conflicts))


def settle(
    merged: Merged, choices: Mapping[int, str | Sequence[str]], committee: Mapping[int, str] | None = None
) -> tuple[Word, ...]:
    """The words of the text once every conflict is settled.

    ``choices`` names, by the number of the conflict, one of its options or its base; where sides inserted at one
    point it may name several in their order. ``committee`` gives own wordings; they come first.
    """
    own = committee or {}
    if missing := [number for number in range(len(merged.conflicts)) if number not in own and number not in choices]:
        raise OpenConflict(missing)
    words: list[Word] = []
    number = 0
    for piece in merged.pieces:
        if not isinstance(piece, Conflict):
            words += piece
            continue
        words += _own(piece, own[number]) if number in own else _chosen(piece, number, choices[number])
        number += 1
    return tuple(words)


def _edits(base: str, sides: Mapping[str, str]) -> list[tuple[Splice, str]]:
    """Every splice of every side in the order of the text; a text that several sides share is compared once."""
    compared = {text: _splices(base, text) for text in set(sides.values())}
    return sorted((splice, side) for side, text in sides.items() for splice in compared[text])


# A desk merges the same texts again with every side that is left or taken up; comparing them is most of the work.
@lru_cache(maxsize=10_000)
def _splices(base: str, text: str) -> tuple[Splice, ...]:
    return _original(base).splices(text)


@lru_cache(maxsize=500)
def _original(base: str) -> Original:
    return Original(base)


def _groups(edits: list[tuple[Splice, str]]) -> Iterator[list[tuple[Splice, str]]]:
    """Edits that overlap, or that touch where one of them only inserts; insertions stand before what they touch."""
    group: list[tuple[Splice, str]] = []
    end, at_point = -1, False
    for splice, side in edits:
        inserts = splice.start == splice.end
        if group and not (splice.start < end or (splice.start == end and (inserts or at_point))):
            yield group
            group, end = [], -1
        group.append((splice, side))
        if splice.end >= end:
            end, at_point = splice.end, inserts
    if group:
        yield group


def _changes(base: str, group: list[tuple[Splice, str]]) -> list[Change]:
    """What the sides of a group make of its stretch of the base, in the order of their names; one when all agree."""
    start, end = group[0][0].start, max(splice.end for splice, _ in group)
    by_side: defaultdict[str, list[Splice]] = defaultdict(list)
    for splice, side in group:
        by_side[side].append(splice)
    wordings: defaultdict[str, list[str]] = defaultdict(list)
    for side in sorted(by_side):
        wordings[spliced(base, by_side[side], start, end)].append(side)
    return [
        Change(start, end, text, frozenset(names), min(tuple(by_side[name]) for name in names))
        for text, names in wordings.items()
    ]


def _conflict(base: Base, options: list[Change]) -> Conflict:
    start, end = options[0].start, options[0].end
    readings = {base.text[start:end]: base.between(start, end)}
    readings |= {option.text: base.changed(start, end, [option]) for option in options}
    wordings = {option.text: option.sides for option in options}
    return Conflict(base.text[start:end], wordings, base.place(start), readings)


def _pieces(
    base: Base, stretches: list[list[Change]], conflicts: tuple[Conflict, ...]
) -> tuple[tuple[Word, ...] | Conflict, ...]:
    pieces: list[tuple[Word, ...] | Conflict] = []
    standing: list[Change] = []
    here, left = 0, iter(conflicts)
    for options in stretches:
        if len(options) == 1:
            standing += options
        else:
            pieces += base.changed(here, options[0].start, standing), next(left)
            here, standing = options[0].end, []
    return (*pieces, base.changed(here, len(base.text), standing))


def _chosen(conflict: Conflict, number: int, choice: str | Sequence[str]) -> Iterator[Word]:
    wordings = [choice] if isinstance(choice, str) else choice
    if len(wordings) > 1 and not conflict.is_order:
        raise UnknownWording(number, "".join(wordings))
    for wording in wordings:
        if wording not in conflict.readings:
            raise UnknownWording(number, wording)
        yield from conflict.readings[wording]


def _own(conflict: Conflict, text: str) -> tuple[Word, ...]:
    """The committee's wording, credited to whom it leaves fewest words of its own."""
    options = [reworded(words, text, COMMITTEE) for _, words in sorted(conflict.readings.items())]
    return min(options, key=lambda words: counts(words).get(COMMITTEE, 0))
