"""Makes a shortest edit readable: islands of one or two words are absorbed, pure insertions start where words do."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, compress, islice
from operator import not_
from typing import NamedTuple

from constitution.alignment import Span, common_start
from constitution.tokens import is_word, tokens

# An unchanged island of so many words at most is absorbed by two larger changes around it.
ISLAND = 2
_SENTENCE_ENDS = frozenset(".!?")
_CLAUSE_ENDS = frozenset(";:")


class Text(NamedTuple):
    """A text cut into units, the tokens that are not space, with their places.

    ``starts`` says where each unit starts, and one more: the end of the text. ``ends`` says where the unit before
    each one ends (the first: 0), and one more: where the last unit ends.
    """

    whole: str
    units: list[str]
    starts: list[int]
    ends: list[int]

    def gap(self, place: int) -> str:
        """The space before the unit at ``place``."""
        return self.whole[self.ends[place] : self.starts[place]]

    def words(self, start: int, end: int) -> int:
        """How many of these units are words."""
        return sum(map(is_word, self.units[start:end]))

    def recut(self, whole: str) -> Text:
        """Another text, cut: the same as ``cut``, but what both begin and end with need not be cut again."""
        first, start = self._first_different(whole)
        last, end = self._last_different(whole, start)
        middle, shift = cut(whole[start : end + len(whole) - len(self.whole)]), len(whole) - len(self.whole)
        return Text(
            whole,
            [*self.units[:first], *middle.units, *self.units[last:]],
            [
                *self.starts[:first],
                *(place + start for place in middle.starts[:-1]),
                *(place + shift for place in self.starts[last:]),
            ],
            [
                *self.ends[: first + 1],
                *(place + start for place in middle.ends[1:]),
                *(place + shift for place in self.ends[last + 1 :]),
            ],
        )

    def _first_different(self, whole: str) -> tuple[int, int]:
        """The first unit that may read otherwise, and where it starts: after a space that both texts have.

        Only there is the edge of a token one in both texts: ``3`` and ``.`` of "3. 2" are one in "3.2".
        """
        unit = bisect_left(self.starts, common_start(self.whole, whole)) - 1
        while unit > 0 and not self.gap(unit):
            unit -= 1
        return (unit, self.starts[unit]) if unit > 0 else (0, 0)

    def _last_different(self, whole: str, start: int) -> tuple[int, int]:
        """The first unit after all that may read otherwise, and where the one before it ends: before such a space."""
        same = common_start(self.whole[start:][::-1], whole[start:][::-1])
        unit = bisect_right(self.ends, len(self.whole) - same)
        while unit < len(self.units) and not self.gap(unit):
            unit += 1
        return (unit, self.ends[unit]) if unit < len(self.units) else (len(self.units), len(self.whole))


def cut(whole: str) -> Text:
    """A text cut into units."""
    pieces = tokens(whole)
    edges = list(accumulate(map(len, pieces), initial=0))
    seen = list(map(not_, map(str.isspace, pieces)))
    return Text(
        whole,
        list(compress(pieces, seen)),
        [*compress(edges, seen), edges[-1]],
        [0, *compress(islice(edges, 1, None), seen)],
    )


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
