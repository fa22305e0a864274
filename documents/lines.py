"""Numbered lines: where the lines of a text end, by a rule of characters and not of a typeface.

PDF, large print, plain text and screen then have the same lines, so that "item 7, line 12" is one place whatever one reads.
A line ends before the word that no longer fits into its columns; a word is split only where it alone is longer than a
line. Ideographs may end a line anywhere but before closing punctuation, and count two columns; combining marks none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from constitution.runs import Op, Run, plain
from documents.tracked import Piece

COLUMNS = 56  # of 18-point type a line of A4; the normal print takes the same, with wide margins
STEP = 3  # columns that a step of indentation takes
_SPACES = re.compile(r"\n|[^\S\n\u00a0\u202f\u2007]+")
_JOINER = "\N{ZERO WIDTH JOINER}"
_NONE, _WIDE, _CLOSING = frozenset({"Mn", "Me", "Cf"}), frozenset("WF"), frozenset({"Pe", "Pf", "Po"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line, with the space or the line break at its end: joined, the lines give back the text."""

    pieces: tuple[Piece, ...]

    @property
    def shown(self) -> tuple[Piece, ...]:
        """Its pieces as they are printed, without the white space at its end."""
        pieces = list(self.pieces)
        while pieces and not pieces[-1].text.rstrip():
            pieces.pop()
        if pieces:
            pieces[-1] = replace(pieces[-1], text=pieces[-1].text.rstrip())
        return tuple(pieces)

    @property
    def signs(self) -> str:
        """It in signs: 'Members pay [-five-]{+six+} pounds'."""
        return plain(Run(one.op, one.text) for one in self.shown)


def broken(pieces: Iterable[Piece], columns: int = COLUMNS) -> tuple[Line, ...]:
    """The lines of a text; () for one without a character."""
    row = [one for one in pieces if one.text]
    ends = cuts("".join(one.text for one in row), columns, frozenset(_joints(row)))
    return tuple(Line(tuple(_between(row, start, end))) for start, end in zip([0, *ends], ends, strict=False))


def cuts(text: str, columns: int = COLUMNS, joints: frozenset[int] = frozenset()) -> list[int]:
    """Where each line ends. Besides white space a line may end at ``joints``: between a word struck and its successor."""
    found, start, used = list[int](), 0, 0
    for end in sorted(_chances(text) | joints):
        unit = text[start:end]
        needed = width(unit.rstrip())
        if used and used + needed > columns:
            found.append(start)
            used = 0
        if needed > columns:
            *split, start = _split(text, start, end, columns)
            found += split
        used += width(text[start:end])
        start = end
        if unit.endswith("\n"):
            found.append(end)
            used = 0
    return found if found[-1:] == [len(text)] or not text else [*found, len(text)]


def width(text: str) -> int:
    """Columns that a text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(sign: str) -> int:
    if unicodedata.category(sign) in _NONE:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in _WIDE else 1


def _chances(text: str) -> set[int]:
    """Where a line may end: behind white space and beside what is wide, and at the end of the text."""
    found = {one.end() for one in _SPACES.finditer(text)} | ({len(text)} if text else set())
    if text.isascii():
        return found
    wide = {n + k for n, sign in enumerate(text) if unicodedata.east_asian_width(sign) in _WIDE for k in (0, 1)}
    return found | {n for n in wide if 0 < n < len(text) and _apart(text, n) and text[n] != " "} - {0}


def _apart(text: str, n: int) -> bool:
    """Whether two characters may stand on two lines."""
    return unicodedata.category(text[n]) not in _NONE | _CLOSING and text[n - 1] != _JOINER


def _split(text: str, start: int, end: int, columns: int) -> Iterator[int]:
    """Where a word that is longer than a line is split; last of all where its last line begins."""
    used = 0
    for n in range(start, end):
        here = _width(text[n])
        if used and used + here > columns and here and text[n - 1] != _JOINER and not text[n:end].isspace():
            yield n
            start, used = n, 0
        used += here
    yield start


def _joints(pieces: Sequence[Piece]) -> Iterator[int]:
    place = 0
    for one, following in pairwise(pieces):
        place += len(one.text)
        if {one.op, following.op} == {Op.DELETE, Op.INSERT} and _width(following.text[0]):
            yield place


def _between(pieces: Sequence[Piece], start: int, end: int) -> Iterator[Piece]:
    place = 0
    for one in pieces:
        text = one.text[max(start - place, 0) : max(end - place, 0)]
        if text:
            yield replace(one, text=text)
        place += len(one.text)
