"""Where every word of a merged text comes from."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby

from constitution.splices import Splice, splices
from constitution.tokens import tokens, word_count

BASE: frozenset[str] = frozenset()
COMMITTEE = "committee"


@dataclass(frozen=True, slots=True)
class Word:
    """One token (a word, a sign or a space), and the sides it comes from; none when it stood in the base."""

    text: str
    sources: frozenset[str] = BASE


@dataclass(frozen=True, slots=True)
class Change:
    """What one side, or several alike, make of characters ``start`` to ``end`` of the base, and by which splices."""

    start: int
    end: int
    text: str
    sides: frozenset[str]
    splices: tuple[Splice, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that comes from the same sides."""

    text: str
    sources: frozenset[str]


def spans(words: Iterable[Word]) -> tuple[Span, ...]:
    """The words joined where their sources are the same."""
    groups = groupby(words, key=lambda word: word.sources)
    return tuple(Span("".join(word.text for word in group), sources) for sources, group in groups)


def counts(words: Iterable[Word]) -> dict[str, int]:
    """How many words each side gave; a word of several sides counts for each of them, one of the base for none."""
    found: Counter[str] = Counter()
    for span in spans(words):
        for source in span.sources:
            found[source] += word_count(span.text)
    return {source: found[source] for source in sorted(found)}


def base_count(words: Iterable[Word]) -> int:
    """How many words stood in the base."""
    return sum(word_count(span.text) for span in spans(words) if not span.sources)


class Base:
    """A base text cut into tokens, from which the words of a merged text are taken."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = tuple(map(Word, tokens(text)))
        self.edges = tuple(accumulate((len(word.text) for word in self.words), initial=0))

    def place(self, character: int) -> int:
        """The index of the token that begins at this character."""
        return bisect_left(self.edges, character)

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words from one character to another; both are edges of tokens."""
        return self.words[self.place(start) : self.place(end)]

    def changed(self, start: int, end: int, changes: Iterable[Change]) -> tuple[Word, ...]:
        """The same after changes that lie between."""
        return tuple(self._changed(start, end, changes))

    def _changed(self, start: int, end: int, changes: Iterable[Change]) -> Iterator[Word]:
        for splice, sides in ((splice, change.sides) for change in changes for splice in change.splices):
            yield from self.between(start, splice.start)
            yield from (Word(token, sides) for token in tokens(splice.text))
            start = splice.end
        yield from self.between(start, end)


def reworded(words: tuple[Word, ...], text: str, source: str) -> tuple[Word, ...]:
    """``text`` as a rewording of the words: what is left of them keeps its sources, the rest is from ``source``."""
    old = "".join(word.text for word in words)
    result: list[Word] = []
    here = 0
    for splice in splices(old, text):
        result += _cut(words, here, splice.start)
        result += (Word(token, frozenset({source})) for token in tokens(splice.text))
        here = splice.end
    return (*result, *_cut(words, here, len(old)))


def _cut(words: tuple[Word, ...], start: int, end: int) -> Iterator[Word]:
    """The words between two characters. An edge may lie in a word where a deletion has joined two."""
    place = 0
    for word in words:
        piece = word.text[max(0, start - place) : max(0, end - place)]
        if piece:
            yield Word(piece, word.sources)
        place += len(word.text)
