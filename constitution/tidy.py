"""Makes a shortest edit readable: islands of one or two words are absorbed, pure insertions start where words do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, compress, islice
from operator import not_

from constitution.alignment import Span
from constitution.tokens import is_word, tokens

# An unchanged island of so many words at most is absorbed by two larger changes around it.
ISLAND = 2
_SENTENCE_ENDS = frozenset(".!?")
_CLAUSE_ENDS = frozenset(";:")


class Text:
    """A text cut into units, the tokens that are not space, with their places."""

    __slots__ = ("ends", "starts", "units", "whole")

    def __init__(self, whole: str) -> None:
        pieces = tokens(whole)
        edges = list(accumulate(map(len, pieces), initial=0))
        seen = list(map(not_, map(str.isspace, pieces)))
        self.whole = whole
        self.units = list(compress(pieces, seen))
        # Where each unit starts; one more: the end of the text.
        self.starts = [*compress(edges, seen), edges[-1]]
        # Where the unit before each one ends (the first: 0); one more: where the last unit ends.
        self.ends = [0, *compress(islice(edges, 1, None), seen)]

    def gap(self, place: int) -> str:
        """The space before the unit at ``place``."""
        return self.whole[self.ends[place] : self.starts[place]]

    def words(self, start: int, end: int) -> int:
        """How many of these units are words."""
        return sum(map(is_word, self.units[start:end]))


def absorbed(spans: Iterable[Span], old: Text, new: Text) -> list[Span]:
    """Spans joined over unchanged islands of at most two words that are smaller than both neighbours."""
    joined: list[Span] = []
    for span in spans:
        while joined and _is_island(joined[-1], span, old, new):
            last = joined.pop()
            span = Span(last.old_start, span.old_end, last.new_start, span.new_end)  # noqa: PLW2901 (it grows)
        joined.append(span)
    return joined


def slid(spans: Sequence[Span], old: Text, new: Text) -> list[Span]:
    """Pure insertions and deletions where they read best: at the start of a line, a sentence, a word."""
    result: list[Span] = []
    for place, span in enumerate(spans):
        following = spans[place + 1] if place + 1 < len(spans) else None
        result.append(_slid(span, result[-1] if result else None, following, old, new))
    return result


def _is_island(left: Span, right: Span, old: Text, new: Text) -> bool:
    """Whether what stands between two spans is too little to be read; the end of a sentence never is."""
    start, end = left.old_end, right.old_start
    if end - start > ISLAND * 4:  # words with their signs: spare the count of long ones
        return False
    words = old.words(start, end)
    return (
        words <= ISLAND
        and words < min(_size(left, old, new), _size(right, old, new))
        and not any(_ends_sentence(old, place) for place in range(start, end))
    )


def _size(span: Span, old: Text, new: Text) -> int:
    return max(old.words(span.old_start, span.old_end), new.words(span.new_start, span.new_end))


def _ends_sentence(text: Text, place: int) -> bool:
    return text.units[place] in _SENTENCE_ENDS or "\n" in text.gap(place) or "\n" in text.gap(place + 1)


def _slid(span: Span, last: Span | None, following: Span | None, old: Text, new: Text) -> Span:
    """One span; at least one unit stays between it and its neighbours."""
    if span.old_start == span.old_end:
        low = last.old_end + 1 if last else 0
        high = following.old_start - 1 if following else len(old.units)
        shift = _best_shift(new, span.new_start, span.new_end, old, place=span.old_start, limits=(low, high))
    elif span.new_start == span.new_end:
        low = last.new_end + 1 if last else 0
        high = following.new_start - 1 if following else len(new.units)
        shift = _best_shift(old, span.old_start, span.old_end, new, place=span.new_start, limits=(low, high))
    else:
        return span
    return Span(*(place + shift for place in span))


def _best_shift(longer: Text, start: int, end: int, shorter: Text, *, place: int, limits: tuple[int, int]) -> int:
    """How far to slide units ``start`` to ``end`` of the longer text, which stand at ``place`` in the shorter one."""
    low = 0
    while place + low > limits[0] and _same_earlier(longer, start + low, end + low, shorter.gap(place + low)):
        low -= 1
    high = 0
    while place + high < limits[1] and _same_later(longer, start + high, end + high, shorter.gap(place + high)):
        high += 1
    return max(range(low, high + 1), key=lambda shift: (_welcome(longer, start + shift), -shift)) if low < high else 0


def _same_earlier(text: Text, start: int, end: int, gap: str) -> bool:
    """Whether the texts are the same when the run starts one unit earlier; ``gap`` is the shorter text's."""
    return text.units[start - 1] == text.units[end - 1] and text.gap(end) == gap


def _same_later(text: Text, start: int, end: int, gap: str) -> bool:
    """Whether the texts are the same when the run starts one unit later; ``gap`` is the shorter text's."""
    return text.units[start] == text.units[end] and text.gap(start) == gap


def _welcome(text: Text, place: int) -> int:
    """How well a run starts here: at a line 4, a sentence 3, after a semicolon 2, a word 1, elsewhere 0."""
    gap = text.gap(place)
    if not place or "\n" in gap:
        return 4
    if not gap:
        return 0
    last = text.units[place - 1]
    return 3 if last in _SENTENCE_ENDS else 2 if last in _CLAUSE_ENDS else 1
