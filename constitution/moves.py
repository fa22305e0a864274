"""Marks as moved what is deleted in one place and inserted, word for word, in another."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from constitution.runs import Op, Run
from constitution.tokens import is_word, tokens

LEAST_WORDS = 6
# Six words have at least five spaces or signs between them.
_SHINGLE = 2 * LEAST_WORDS - 1

_Place = tuple[int, int]


class _Stretch(NamedTuple):
    """A deleted or inserted run long enough to hold a move: where it is, its tokens, and the move each belongs to."""

    place: _Place
    tokens: tuple[str, ...]
    moves: list[int | None]


def with_moves(redlines: Sequence[Sequence[Run]]) -> tuple[tuple[Run, ...], ...]:
    """The redlines of one document with their moves of six words or more numbered from 1, within and across texts."""
    deleted, inserted = list(_stretches(redlines, Op.DELETE)), list(_stretches(redlines, Op.INSERT))
    if not deleted or not inserted:
        return tuple(map(tuple, redlines))
    _Search(deleted).number(inserted)
    marked = {stretch.place: stretch for stretch in [*deleted, *inserted] if any(stretch.moves)}
    return tuple(
        tuple(part for place, run in enumerate(runs) for part in _parts(run, marked.get((text, place))))
        for text, runs in enumerate(redlines)
    )


def _stretches(redlines: Sequence[Sequence[Run]], op: Op) -> Iterator[_Stretch]:
    for text, runs in enumerate(redlines):
        for place, run in enumerate(runs):
            # Six words and the five signs between them are eleven characters at least.
            if run.op is op and len(run.text) >= _SHINGLE:
                pieces = tokens(run.text)
                if _words(pieces) >= LEAST_WORDS:
                    yield _Stretch((text, place), pieces, [None] * len(pieces))


def _parts(run: Run, stretch: _Stretch | None) -> Iterator[Run]:
    """The run cut where a move begins or ends."""
    if stretch is None:
        yield run
        return
    start = 0
    for end in range(1, len(stretch.moves) + 1):
        if end == len(stretch.moves) or stretch.moves[end] != stretch.moves[start]:
            yield Run(run.op, "".join(stretch.tokens[start:end]), stretch.moves[start])
            start = end


def _words(pieces: Sequence[str]) -> int:
    return sum(map(is_word, pieces))


class _Search:
    """Finds what was inserted among what was deleted; what has moved once does not move again."""

    def __init__(self, deleted: list[_Stretch]) -> None:
        self.places: defaultdict[tuple[str, ...], deque[tuple[_Stretch, int]]] = defaultdict(deque)
        self.count = 0
        for stretch in deleted:
            for start in range(len(stretch.tokens) - _SHINGLE + 1):
                self.places[stretch.tokens[start : start + _SHINGLE]].append((stretch, start))

    def number(self, inserted: list[_Stretch]) -> None:
        """Number the moves on both their ends."""
        for stretch in inserted:
            start = 0
            while start + _SHINGLE <= len(stretch.tokens):
                start += self._step(stretch, start)

    def _step(self, stretch: _Stretch, start: int) -> int:
        """Number a move that ends at ``start``, if there is one; how many tokens are dealt with."""
        source = self._source(stretch.tokens[start : start + _SHINGLE])
        if source is None:
            return 1
        origin, place = source
        length = _common(origin, place, stretch.tokens, start)
        if _words(stretch.tokens[start : start + length]) < LEAST_WORDS:
            return length - _SHINGLE + 1
        self.count += 1
        origin.moves[place : place + length] = [self.count] * length
        stretch.moves[start : start + length] = [self.count] * length
        return length

    def _source(self, shingle: tuple[str, ...]) -> tuple[_Stretch, int] | None:
        """The first deleted place that reads so and has not moved yet."""
        if shingle not in self.places:
            return None
        found = self.places[shingle]
        while found:
            stretch, start = found[0]
            if not any(stretch.moves[start : start + _SHINGLE]):
                return found[0]
            found.popleft()
        return None


def _common(origin: _Stretch, place: int, pieces: tuple[str, ...], start: int) -> int:
    """How many tokens from here on read the same and have not moved yet."""
    length = _SHINGLE
    while (
        place + length < len(origin.tokens)
        and start + length < len(pieces)
        and origin.tokens[place + length] == pieces[start + length]
        and not origin.moves[place + length]
    ):
        length += 1
    return length
