"""The differences of two texts as splices: which stretch of the first is replaced by what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from constitution.alignment import Span, anchors, changed, encoded
from constitution.tidy import Text, absorbed, slid

# Texts this long are first anchored on whole lines (paragraphs) that are unique in both; lines as short as
# "or" or "1." are no anchors.
_BY_LINES_ABOVE = 2000
_ANCHORING_LINE = 24
_LINE = re.compile(r"\S(?:[^\n]*\S)?")


class Splice(NamedTuple):
    """Characters ``start`` to ``end`` of a text give way to ``text``; both stand on the edges of tokens."""

    start: int
    end: int
    text: str


def splices(before: str, after: str) -> tuple[Splice, ...]:
    """What makes ``after`` of ``before``, in order; between any two splices stands at least one token."""
    if before == after:
        return ()
    return tuple(
        splice._replace(start=splice.start + start, end=splice.end + start)
        for start, old, new in _blocks(before, after)
        if old != new
        for splice in _within(old, new)
    )


def spliced(text: str, changes: Iterable[Splice], start: int = 0, end: int | None = None) -> str:
    """``text`` from ``start`` to ``end`` with the changes made; all of them lie within."""
    parts: list[str] = []
    for change in changes:
        parts += text[start : change.start], change.text
        start = change.end
    return "".join([*parts, text[start:end]])


def _blocks(before: str, after: str) -> Iterator[tuple[int, str, str]]:
    """The texts between equal paragraphs, with their place in ``before``; they are cut where space begins or ends."""
    here, there = 0, 0
    for (start, end), (new_start, new_end) in _equal_paragraphs(before, after):
        yield here, before[here:start], after[there:new_start]
        here, there = end, new_end
    yield here, before[here:], after[there:]


def _equal_paragraphs(before: str, after: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    if len(before) + len(after) <= _BY_LINES_ABOVE:
        return
    old = [match for match in _LINE.finditer(before) if match.end() - match.start() >= _ANCHORING_LINE]
    new = [match for match in _LINE.finditer(after) if match.end() - match.start() >= _ANCHORING_LINE]
    for here, there in anchors([match.group() for match in old], [match.group() for match in new]):
        yield old[here].span(), new[there].span()


@lru_cache(maxsize=8)
def _cut(text: str) -> Text:
    """The text cut into units. Remembered: a merge compares all its sides with one base."""
    return Text(text)


def _within(before: str, after: str) -> Iterator[Splice]:
    old, new = _cut(before), _cut(after)
    codes = encoded(old.units, new.units)
    if codes is None:
        yield Splice(0, len(before), after)
        return
    here, there = 0, 0
    for span in slid(absorbed(changed(*codes), old, new), old, new):
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
