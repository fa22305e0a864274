"""Naming a place in a text by words, and finding it again, as a reader would: whole words, counted from the beginning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from amendments.sentences import Span, sentences
from constitution.tokens import is_word, tokens

Splice = tuple[int, int, str]
"""From where to where a text gives way to another."""

LONGEST_CONTEXT = 4
# The words quoted at each end of a long passage, at least and at most.
FEWEST_AT_END = 3
MOST_AT_END = 6


class CannotPerform(ValueError):
    """The words an operation speaks of do not occur so often, or not where it says."""


@dataclass(frozen=True, slots=True)
class Within:
    """The ``sentence``-th ``of`` so many sentences; words ``at_start`` begin it."""

    sentence: int
    of: int
    at_start: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """Where words stand: the ``nth`` of ``times`` times they occur, in the whole text or within one sentence."""

    nth: int = 1
    times: int = 1
    within: Within | None = None


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """The text with every splice made; raises CannotPerform where two take the same words."""
    pieces: list[str] = []
    at = 0
    for start, end, new in sorted(splices):
        if start < at:
            raise CannotPerform("The same words are changed twice.")
        pieces += [text[at:start], new]
        at = end
    return "".join([*pieces, text[at:]])


class Reader:
    """One text, read for its words and sentences."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.starts = [0, *accumulate(map(len, self.tokens))]
        self.bounds = set(self.starts)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences of the text; one where a reader might count otherwise."""
        return sentences(self.text)

    def places(self, words: str, span: Span | None = None) -> list[int]:
        """Where the words begin, each time they occur as whole words (within a span)."""
        first, last = span or (0, len(self.text))
        found: list[int] = []
        at = self.text.find(words, first, last) if words else -1
        while at >= 0:
            if at in self.bounds and at + len(words) in self.bounds:
                found.append(at)
            at = self.text.find(words, at + 1, last)
        return found

    def spot(self, words: str, at: int) -> Spot:
        """How to tell the words at a place from the other times they occur.

        By the sentence, where they begin it or occur in it but once, and where it takes no more counting than the
        times they occur: it is the first or the last, or there are no more sentences up to it than such times.
        """
        places = self.places(words)
        nth = places.index(at) + 1
        if len(places) > 1 and len(self.sentences) > 1:
            within = self._within(at, at + len(words), nth)
            times = len(self.places(words, self.span(within)))
            if within and (within.at_start or times == 1):
                return Spot(1, times, within)
        return Spot(nth, len(places))

    def find(self, words: str, spot: Spot, span: Span | None = None) -> int:
        """Where the words begin (within a span); raises CannotPerform when they do not occur there so often."""
        places = self.places(words, span or self.span(spot.within))
        if len(places) < spot.nth:
            raise CannotPerform(f"The words {words!r} do not occur {spot.nth} times.")
        return places[spot.nth - 1]

    def span(self, within: Within | None) -> Span:
        """From where to where a sentence goes, or the whole text; raises CannotPerform where they are not as many."""
        if within is None:
            return 0, len(self.text)
        if len(self.sentences) != within.of:
            raise CannotPerform(f"The text has not {within.of} sentences.")
        return self.sentences[within.sentence - 1]

    def whole_sentence(self, start: int, end: int) -> Within | None:
        """The sentence that goes exactly from here to there, if it is one of several."""
        of = len(self.sentences)
        if of == 1 or (start, end) not in self.sentences:
            return None
        return Within(self.sentences.index((start, end)) + 1, of)

    def between(self, place: int) -> tuple[Within, Within] | None:
        """The sentences before and after a place that lies between two."""
        ends = [end for _, end in self.sentences]
        n = sum(end <= place for end in ends)
        if not 0 < n < len(ends) or place > self.sentences[n][0]:
            return None
        return Within(n, len(ends)), Within(n + 1, len(ends))

    def contexts(self, place: int) -> list[str]:
        """The last one, two ... words of the sentence up to a place; the signs before it where there is no word."""
        first = max((start for start, _ in self.sentences if start < place), default=0)
        begins = [self.starts[n] for n, one in enumerate(self.tokens) if is_word(one)]
        own = [begin for begin in begins if first <= begin < place]
        return [self.text[begin:place] for begin in own[: -LONGEST_CONTEXT - 1 : -1] or [first]]

    def widened(self, start: int, end: int, before: int, behind: int) -> Span:
        """A passage with so many words before it and behind it, as far as there are."""
        begins = [self.starts[n] for n, one in enumerate(self.tokens) if is_word(one) and self.starts[n] < start]
        ends = [self.starts[n + 1] for n, one in enumerate(self.tokens) if is_word(one) and self.starts[n] >= end]
        return min([*begins[-before:], start] if before else [start]), max([end, *ends[:behind]])

    def ends_of(self, start: int, end: int) -> tuple[str, str] | None:
        """The first and the last words of a long passage, by which it can be found: from the one to the other.

        None where the last words come earlier behind the first ones, even at their longest.
        """
        begins, stops = self._words(start, end)
        counts = range(FEWEST_AT_END, MOST_AT_END + 1)
        firsts = [self.text[start : stops[n - 1]] for n in counts]
        first = next((one for one in firsts if len(self.places(one)) == 1), firsts[0])
        behind = (start + len(first), len(self.text))
        lasts = (self.text[begins[-n] : end] for n in counts)
        last = next((one for one in lasts if self.places(one, behind)[0] == end - len(one)), None)
        return None if last is None else (first, last)

    def _words(self, start: int, end: int) -> tuple[list[int], list[int]]:
        """Where the words of a passage begin and end."""
        inside = [n for n, one in enumerate(self.tokens) if is_word(one) and start <= self.starts[n] < end]
        return [self.starts[n] for n in inside], [self.starts[n + 1] for n in inside]

    def _within(self, start: int, end: int, effort: int) -> Within | None:
        """The sentence that a passage lies in, if it is found with no more counting than ``effort``."""
        of = len(self.sentences)
        for n, (first, last) in enumerate(self.sentences, 1):
            if first <= start and end <= last and (n == of or n <= effort):
                return Within(n, of, at_start=start == first)
        return None
