"""The differences of two texts as splices: which stretch of the first is replaced by what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from constitution.alignment import Alphabet, Span, TooManyUnits, anchors, changed
from constitution.tidy import Text, absorbed, cut, slid

# Texts this long are first anchored on whole lines (paragraphs) that are unique in both; lines as short as
# "or" or "1." are no anchors.
_BY_LINES_ABOVE = 2000
_ANCHORING_LINE = 24
# Shorter texts are cut sooner than it is found out what need not be cut.
_RECUT_ABOVE = 1000
_LINE = re.compile(r"\S(?:[^\n]*\S)?")


class Splice(NamedTuple):
    """Characters ``start`` to ``end`` of a text give way to ``text``; both stand on the edges of tokens."""

    start: int
    end: int
    text: str


def splices(before: str, after: str) -> tuple[Splice, ...]:
    """What makes ``after`` of ``before``, in order; between any two splices stands at least one token."""
    return Original(before).splices(after)


def spliced(text: str, changes: Iterable[Splice], start: int = 0, end: int | None = None) -> str:
    """``text`` from ``start`` to ``end`` with the changes made; all of them lie within."""
    parts: list[str] = []
    for change in changes:
        parts += text[start : change.start], change.text
        start = change.end
    return "".join([*parts, text[start:end]])


class Original:
    """A text that others are compared with; what is found out about it once serves them all."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._blocks: dict[str, _Block] = {}

    def splices(self, text: str) -> tuple[Splice, ...]:
        """What makes the other text of this one."""
        if text == self.text:
            return ()
        return tuple(
            Splice(at + start, at + end, put)
            for at, old, new in self._between_paragraphs(text)
            if old != new
            for start, end, put in self._block(old).splices(new)
        )

    def _between_paragraphs(self, text: str) -> Iterator[tuple[int, str, str]]:
        """The texts between equal paragraphs, with their place in ours; they are cut where space begins or ends."""
        here, there = 0, 0
        for (start, end), (new_start, new_end) in self._equal_paragraphs(text):
            yield here, self.text[here:start], text[there:new_start]
            here, there = end, new_end
        yield here, self.text[here:], text[there:]

    def _equal_paragraphs(self, text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        if len(self.text) + len(text) <= _BY_LINES_ABOVE:
            return
        old, new = self._paragraphs, _paragraphs(text)
        for here, there in anchors([match.group() for match in old], [match.group() for match in new]):
            yield old[here].span(), new[there].span()

    @cached_property
    def _paragraphs(self) -> list[re.Match[str]]:
        return _paragraphs(self.text)

    def _block(self, text: str) -> _Block:
        if text not in self._blocks:
            self._blocks[text] = _Block(text)
        return self._blocks[text]


def _paragraphs(text: str) -> list[re.Match[str]]:
    return [match for match in _LINE.finditer(text) if match.end() - match.start() >= _ANCHORING_LINE]


class _Block:
    """A stretch of the original, cut and spelled."""

    def __init__(self, text: str) -> None:
        self.text = cut(text)

    @cached_property
    def spelling(self) -> tuple[str, Alphabet]:
        alphabet = Alphabet(self.text.units)
        return alphabet.spelled(self.text.units), alphabet

    def splices(self, text: str) -> Iterator[Splice]:
        old = self.text
        new = old.recut(text) if len(text) > _RECUT_ABOVE else cut(text)
        try:
            spelling, alphabet = self.spelling
            # A copy: how one text is spelled must not depend on which others came before it.
            new_spelling = alphabet.copy().spelled(new.units)
        except TooManyUnits:
            yield Splice(0, len(old.whole), text)
            return
        here, there = 0, 0
        for span in slid(absorbed(changed(spelling, new_spelling), old, new), old, new):
            yield from _changed_gaps(old, new, here, there, span.old_start)
            yield _splice(span, old, new)
            here, there = span.old_end + 1, span.new_end + 1
        yield from _changed_gaps(old, new, here, there, len(old.units) + 1)


def _changed_gaps(old: Text, new: Text, here: int, there: int, end: int) -> Iterator[Splice]:
    """The spaces that differ between units that do not."""
    if (
        here == end
        or old.whole[old.ends[here] : old.starts[end - 1]]
        == (new.whole[new.ends[there] : new.starts[there + end - here - 1]])
    ):
        return
    for place in range(here, end):
        gap = new.gap(place - here + there)
        if old.gap(place) != gap:
            yield Splice(old.ends[place], old.starts[place], gap)


def _splice(span: Span, old: Text, new: Text) -> Splice:
    """A span of units as a splice of characters, with the spaces around it that differ."""
    start, end = old.ends[span.old_start], old.starts[span.old_end]
    new_start, new_end = new.ends[span.new_start], new.starts[span.new_end]
    lead, new_lead = old.starts[span.old_start] - start, new.starts[span.new_start] - new_start
    if old.whole[start : start + lead] == new.whole[new_start : new_start + new_lead]:
        start, new_start = start + lead, new_start + new_lead
    trail, new_trail = end - old.ends[span.old_end], new_end - new.ends[span.new_end]
    trail, new_trail = min(trail, end - start), min(new_trail, new_end - new_start)
    if old.whole[end - trail : end] == new.whole[new_end - new_trail : new_end]:
        end, new_end = end - trail, new_end - new_trail
    return Splice(start, end, new.whole[new_start:new_end])
