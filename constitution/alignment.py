"""Which units of one sequence answer to which of another: patience anchors, then diff-match-patch between them.

Sequences are strings of one code point a unit, as diff-match-patch wants them. Everything here is bounded by
counts and never by a clock, so the same texts give the same answer on every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain
from operator import lt
from typing import NamedTuple

from diff_match_patch import diff_match_patch

from constitution.order import longest_rising

# All in units (tokens that are not space, half of all tokens), counted over both sides together.
# Above this, what is unique to both sides anchors the rest even where some of it has changed places.
ANCHOR_ABOVE = 160
# Above this, what has no anchor is replaced whole.
REPLACE_ABOVE = 750
# Single units are the anchors, or where none is unique, runs of so many.
ANCHOR_LENGTHS = (1, 4)
# Anchors inside anchors go this deep; texts made to go deeper gain nothing from it.
DEPTH = 12
# Blocks up to this size are always compared. Larger ones are, when they share a quarter of the shorter side at
# least, and as long as the squares of their sizes sum up to no more than the effort: it is out of reach of what
# people write, and bounds what was made to be slow.
ALWAYS = 64
SHARED = 4
EFFORT = 300_000

# Code points from U+0100 on, without the surrogates.
_CODES = range(0x100, 0xD800), range(0xE000, 0x110000)
_MOST_CODES = sum(map(len, _CODES))


class Span(NamedTuple):
    """Units ``old_start`` to ``old_end`` of the old sequence became ``new_start`` to ``new_end`` of the new one."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


class TooManyUnits(ValueError):
    """Two texts have more distinct units than there are code points."""

    def __init__(self) -> None:
        super().__init__(f"The texts have more than {_MOST_CODES:,} different words and signs.")


class Alphabet(dict[str, str]):
    """One code point for every distinct unit, in the order they are met. TooManyUnits when there are no more."""

    def __init__(self, units: Iterable[str] = ()) -> None:
        distinct = dict.fromkeys(units)
        if len(distinct) > _MOST_CODES:
            raise TooManyUnits
        super().__init__(zip(distinct, map(chr, chain(*_CODES)), strict=False))

    def __missing__(self, unit: str) -> str:
        point = _CODES[0].start + len(self)
        if point >= _CODES[0].stop:
            point += _CODES[1].start - _CODES[0].stop
        if len(self) >= _MOST_CODES:
            raise TooManyUnits
        code = self[unit] = chr(point)
        return code

    def copy(self) -> Alphabet:
        """Another one, with which further units may be met."""
        other = Alphabet()
        other.update(self)
        return other

    def spelled(self, units: Iterable[str]) -> str:
        """The units as a string of one code point each."""
        return "".join(map(self.__getitem__, units))


def changed(old: str, new: str) -> tuple[Span, ...]:
    """The spans that differ, in order; between any two of them stands at least one unit of both."""
    return tuple(_Comparison().spans(old, new))


def common_start(old: str, new: str) -> int:
    """How much both begin with."""
    if not old or not new or old[0] != new[0]:
        return 0
    low, high = 1, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if old[low:middle] == new[low:middle] else (low, middle - 1)
    return low


def anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The places of what is unique on both sides, as long a run of them as keeps one order (patience)."""
    return _longest_rising(_unique_to_both(old, new))


def _unique_to_both(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    unique = _unique(old) & _unique(new)
    there = dict(zip(new, range(len(new)), strict=True))
    return [(place, there[unit]) for place, unit in enumerate(old) if unit in unique]


def _unique(units: Iterable[Hashable]) -> set[Hashable]:
    return {unit for unit, times in Counter(units).items() if times == 1}


def _rises(pairs: Iterable[tuple[int, int]]) -> bool:
    """Whether nothing has changed places."""
    places = [place for _, place in pairs]
    return all(map(lt, places, places[1:]))


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence rising in the second place (the first rises already)."""
    if _rises(pairs):
        return pairs
    return [pairs[here] for here in longest_rising([there for _, there in pairs])]


class _Comparison:
    """One comparison and the effort it has left."""

    def __init__(self) -> None:
        self.effort = EFFORT

    def spans(self, old: str, new: str, at: tuple[int, int] = (0, 0), depth: int = 0) -> Iterator[Span]:
        head = common_start(old, new)
        tail = common_start(old[head:][::-1], new[head:][::-1])
        old, new = old[head : len(old) - tail], new[head : len(new) - tail]
        at = at[0] + head, at[1] + head
        if old and new:
            yield from self._inside(old, new, at, depth)
        elif old or new:
            yield _whole(old, new, at)

    def _inside(self, old: str, new: str, at: tuple[int, int], depth: int) -> Iterator[Span]:
        """Two texts that differ at both ends."""
        if set(old).isdisjoint(new):
            yield _whole(old, new, at)
        elif depth < DEPTH and (found := _block_anchors(old, new)):
            yield from self._between(found, old, new, at, depth)
        elif self._affords(old, new):
            yield from _by_diff_match_patch(old, new, at)
        else:
            yield _whole(old, new, at)

    def _between(
        self, found: list[tuple[int, int]], old: str, new: str, at: tuple[int, int], depth: int
    ) -> Iterator[Span]:
        here, there = 0, 0
        for old_place, new_place in [*found, (len(old), len(new))]:
            if old_place > here or new_place > there:
                block = old[here:old_place], new[there:new_place]
                if block[0] != block[1]:
                    yield from self.spans(*block, (at[0] + here, at[1] + there), depth + 1)
            here, there = old_place + 1, new_place + 1

    def _affords(self, old: str, new: str) -> bool:
        size = len(old) + len(new)
        if size <= ALWAYS:
            return True
        if size > REPLACE_ABOVE or _shared(old, new) * SHARED < min(len(old), len(new)):
            return False
        self.effort -= size * size
        return self.effort >= 0


def _shared(old: str, new: str) -> int:
    return (Counter(old) & Counter(new)).total()


def _block_anchors(old: str, new: str) -> list[tuple[int, int]]:
    """The anchors of a block. In a small one they hold only when none has changed places: a shortest edit is better."""
    if len(old) + len(new) <= ANCHOR_ABOVE:
        pairs = _unique_to_both(old, new)
        return pairs if _rises(pairs) else []
    for length in ANCHOR_LENGTHS:
        if found := anchors(_shingles(old, length), _shingles(new, length)):
            return found
    return []


def _shingles(units: str, length: int) -> Sequence[str]:
    return units if length == 1 else [units[place : place + length] for place in range(len(units) - length + 1)]


def _whole(old: str, new: str, at: tuple[int, int]) -> Span:
    return Span(at[0], at[0] + len(old), at[1], at[1] + len(new))


def _by_diff_match_patch(old: str, new: str, at: tuple[int, int]) -> Iterator[Span]:
    """Myers' shortest edit of texts that differ at both ends, so that what is equal always stands between changes.

    No time-out: the answer may not depend on how busy the machine is.
    """
    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    here, there = at
    start = at
    for op, units in [*engine.diff_main(old, new, checklines=False), (engine.DIFF_EQUAL, "")]:
        if op == engine.DIFF_EQUAL:
            yield Span(start[0], here, start[1], there)
            here, there = here + len(units), there + len(units)
            start = here, there
        elif op == engine.DIFF_DELETE:
            here += len(units)
        else:
            there += len(units)
