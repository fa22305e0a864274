"""The pieces by which texts are compared and counted.

A token is a word with its inner signs (``3.2``, ``1,000``, ``twenty-one``, ``member's``), a label with its
bracketed parts (``4.2(1)``), a reference (``[[id]]``), a run of line breaks, a run of other spaces, or one
other sign. The tokens of a text, joined, are that text, whatever it holds.
"""

from __future__ import annotations

import re
import unicodedata

from constitution.door import ForbiddenCharacter, MixedScripts, normalise, warnings

__all__ = ["ForbiddenCharacter", "MixedScripts", "is_word", "normalise", "tokens", "warnings", "word_count"]


def _marks() -> str:
    """Combining marks as a character class; in decomposed text and in many scripts they are part of the word."""
    points = [point for point in range(0x300, 0x1F000) if unicodedata.category(chr(point)).startswith("M")]
    firsts = [point for point, before in zip(points, [0, *points], strict=False) if point != before + 1]
    lasts = [point for point, after in zip(points, [*points[1:], 0], strict=True) if after != point + 1]
    return "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in zip(firsts, lasts, strict=True)) + "]"


_MARK = _marks()
_HAS_MARK = re.compile(_MARK)
_JOINER = "(?:[-'\N{RIGHT SINGLE QUOTATION MARK}.,:/\N{HYPHEN}\N{NON-BREAKING HYPHEN}]|_+)"
_REFERENCE = r"\[\[[a-z0-9]+(?:-[a-z0-9]+)?(?::(?:dotted|own))?\]\]"


def _unit(run: str, sign: str) -> str:
    """The pattern of what is not space, given those of an unbroken run of letters and of a sign."""
    return rf"{run}(?:{_JOINER}{run})*(?:\(\w{{1,4}}\))*|{_REFERENCE}|{sign}"


# Looking for marks costs as much as all the rest, so texts without any have a pattern that does not ask.
_SPACES = r"|\n+|[^\S\n]+"
_PLAIN = re.compile(_unit(r"[^\W_]+", r"\S") + _SPACES)
_MARKED = re.compile(_unit(rf"[^\W_]+(?:{_MARK}+[^\W_]*)*", rf"{_MARK}+|\S{_MARK}*") + _SPACES)


def tokens(text: str) -> tuple[str, ...]:
    """'Pay 3.2 %.' -> ('Pay', ' ', '3.2', ' ', '%', '.'); joined they are the text."""
    marked = not text.isascii() and _HAS_MARK.search(text)
    return tuple((_MARKED if marked else _PLAIN).findall(text))


def is_word(token: str) -> bool:
    """Whether a token is a word, a number or a reference; signs and spaces are none."""
    return token[0].isalnum() or token.startswith("[[")


def word_count(text: str) -> int:
    """How many words a text has."""
    return sum(map(is_word, tokens(text)))
