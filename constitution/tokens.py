"""The pieces by which texts are compared and counted.

A token is a word with its inner signs (``3.2``, ``1,000``, ``twenty-one``, ``member's``), a label with its
bracketed parts (``4.2(1)``), a reference (``[[id]]``), a run of line breaks, a run of other spaces, or one
other sign. The tokens of a text, joined, are that text, whatever it holds.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain

from constitution.door import ForbiddenCharacter, MixedScripts, normalise, warnings

__all__ = ["ForbiddenCharacter", "MixedScripts", "is_word", "normalise", "tokens", "warnings", "word_count"]


def _marks() -> str:
    """Combining marks as a character class; in decomposed text and in many scripts they are part of the word."""
    points = [
        point
        for point in chain(range(0x300, 0x1F000), range(0xE0100, 0xE01F0))
        if unicodedata.category(chr(point)).startswith("M")
    ]
    firsts = [point for point, before in zip(points, [0, *points], strict=False) if point != before + 1]
    lasts = [point for point, after in zip(points, [*points[1:], 0], strict=True) if after != point + 1]
    return "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in zip(firsts, lasts, strict=True)) + "]"


_MARK = _marks()
_INNER = "-'\N{RIGHT SINGLE QUOTATION MARK}.,:/\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
_REFERENCE = r"\[\[[a-z0-9]+(?:-[a-z0-9]+)?(?::(?:dotted|own))?\]\]"


def _pattern(run: str, sign: str = r"\S") -> re.Pattern[str]:
    """The pattern of a token, given those of an unbroken run of letters and of a sign."""
    # Most words end here; the look ahead spares them the rest and takes half the time off.
    rest = rf"(?=[{_INNER}_(])(?:(?:[{_INNER}]|_++){run})*+(?:\(\w{{1,4}}\))*+"
    return re.compile(rf"{run}(?:{rest})?+|{_REFERENCE}|{sign}|\n++|[^\S\n]++")


# Three spellings of one rule: the first is three times as fast as the second, and that as the third.
_ASCII = _pattern("[a-zA-Z0-9]++")
_SIMPLE = _pattern(r"\w++")
_ANY = _pattern(rf"[^\W_]++(?:{_MARK}++[^\W_]*+)*+", rf"{_MARK}++|\S{_MARK}*+")
_NOT_SIMPLE = re.compile(rf"_|{_MARK}")


def tokens(text: str) -> tuple[str, ...]:
    """'Pay 3.2 %.' -> ('Pay', ' ', '3.2', ' ', '%', '.'); joined they are the text."""
    if text.isascii():
        return tuple(_ASCII.findall(text))
    return tuple((_ANY if _NOT_SIMPLE.search(text) else _SIMPLE).findall(text))


def is_word(token: str) -> bool:
    """Whether a token is a word, a number or a reference; signs and spaces are none."""
    return token[0].isalnum() or token.startswith("[[")


def word_count(text: str) -> int:
    """How many words a text has."""
    return sum(map(is_word, tokens(text)))
