"""Typed numbers: recognising them at the start of a line, and reading which counter they belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from constitution.clause import Kind, Style
from constitution.numbering import from_letters, from_roman

_WORDS = {
    Kind.ARTICLE: ("article", "artikel", "art.", "rule", "clause", "regulation", "bye-law", "bylaw", "by-law", "regel"),
    Kind.PART: ("part", "chapter", "title", "teil", "kapitel", "titel", "division"),
    Kind.SCHEDULE: ("schedule", "appendix", "annex", "anlage", "anhang"),
    Kind.SECTION: ("section", "abschnitt", "sec.", "§"),
}
KIND_OF_WORD = {word: kind for kind, words in _WORDS.items() for word in words}

_WORD = "(?i:" + "|".join(sorted(map(re.escape, KIND_OF_WORD), key=len, reverse=True)) + ")"
_DECIMAL = r"(?:0|[1-9]\d{0,2})[a-z]{0,2}"
_ROMAN = r"[IVXLC]{1,7}[a-z]?"
_PATH = rf"(?:(?:{_DECIMAL}|{_ROMAN}|[A-Z])\.)+{_DECIMAL}"
_LOW = r"(?:aa|bb|cc|dd|ee|ff|gg|hh|[ivxlc]{1,7}|[a-z])"
_END = r"(?=\s|$)"
_SIGN = r"[.:)]|\s[—–-]|"

_HEADINGS = (
    re.compile(rf"(?P<before>{_WORD}\s?)(?P<number>{_PATH}|{_DECIMAL}|{_ROMAN}|[A-Z])(?P<after>{_SIGN}){_END}"),
    re.compile(rf"(?P<before>)(?P<number>{_PATH}|{_DECIMAL})(?P<after>[.:)]|){_END}"),
    re.compile(rf"(?P<before>)(?P<number>{_ROMAN}|[A-Z])(?P<after>[.:)]){_END}"),
)
_ITEMS = (
    re.compile(rf"(?P<before>\()(?P<number>{_DECIMAL}|{_LOW}|{_ROMAN}|[A-Z])(?P<after>\)){_END}"),
    re.compile(rf"(?P<before>)(?P<number>{_DECIMAL})(?P<after>[.)]){_END}"),
    re.compile(rf"(?P<before>)(?P<number>{_PATH})(?P<after>[.)]|){_END}"),
    re.compile(rf"(?P<before>)(?P<number>{_LOW}|[A-Z]|{_ROMAN})(?P<after>[.)]){_END}"),
)
_BULLET = re.compile(rf"-{_END}")
_ROMAN_PARTS = re.compile(r"(?P<base>[IVXLC]+|[ivxlc]+)(?P<suffix>(?:(?<=[IVXLC])[a-z])?)")
_TWICE = 2


@dataclass(frozen=True, slots=True)
class Typed:
    """A number as somebody typed it: what is around it, the number itself, and the label before it ("4." of "4.2")."""

    before: str
    number: str
    after: str
    above: str = ""

    @property
    def label(self) -> str:
        """The number with what stands before it: ``4.2``."""
        return f"{self.above}.{self.number}" if self.above else self.number

    @property
    def bare(self) -> bool:
        """Whether it is a letter with a dot ("a.", "V."), which may as well begin a sentence."""
        return not self.before and self.after == "." and not self.above and not self.number[0].isdigit()


def _typed(match: re.Match[str]) -> Typed | None:
    above, _, number = match["number"].rpartition(".")
    return Typed(match["before"], number, match["after"], above) if _is_number(number) else None


def _is_number(number: str) -> bool:
    """Whether letters are a number at all: one of them, the same twice, or a roman number (IVa), but not CIVIL."""
    parts = _ROMAN_PARTS.fullmatch(number)
    roman = from_roman(parts["base"]) if parts else None
    return number[0].isdigit() or (len(set(number)) == 1 and len(number) <= _TWICE) or roman is not None


def heading_mark(line: str) -> tuple[Typed | None, str]:
    """The number at the start of a heading, and the words after it."""
    for pattern in _HEADINGS:
        if (match := pattern.match(line)) and (typed := _typed(match)):
            return typed, line[match.end() :].lstrip()
    return None, line


def item_mark(line: str) -> tuple[Typed, str] | None:
    """The number or bullet at the start of a line, and the text after it; None when the line has none."""
    if _BULLET.match(line):
        return Typed("-", "", ""), line[1:].lstrip()
    for pattern in _ITEMS:
        if (match := pattern.match(line)) and (typed := _typed(match)):
            return typed, line[match.end() :].lstrip()
    return None


@dataclass(frozen=True, slots=True)
class Value:
    """A typed number understood: 12a in decimals is (DECIMAL, 12, 1)."""

    style: Style
    number: int
    letter: int = 0


def values(numbers: Sequence[str]) -> list[Value]:
    """What the numbers of one list mean. (i) after (h) is a letter, unless (ii) follows; else i begins a roman list."""
    read: list[Value] = []
    for place, number in enumerate(numbers):
        following = numbers[place + 1] if place + 1 < len(numbers) else ""
        read.append(_value(number, following, read))
    return read


def _value(number: str, following: str, before: Sequence[Value]) -> Value:
    if not number:
        return Value(Style.NONE, 0)
    if number[0].isdigit():
        digits = number.rstrip("abcdefghijklmnopqrstuvwxyz")
        return Value(Style.DECIMAL, int(digits), from_letters(number[len(digits) :]))
    if number.islower() or number.isupper():
        return _lettered(number, following, before)
    return Value(Style.UPPER_ROMAN, from_roman(number[:-1]) or 0, from_letters(number[-1]))


def _lettered(number: str, following: str, before: Sequence[Value]) -> Value:
    low = number.islower()
    letters = Value(Style.LOWER_LETTER if low else Style.UPPER_LETTER, from_letters(number))
    worth = from_roman(number)
    if worth is None:
        return letters
    roman = Value(Style.LOWER_ROMAN if low else Style.UPPER_ROMAN, worth)
    return roman if _is_roman(number, letters, roman, following, before) else letters


def _is_roman(number: str, letters: Value, roman: Value, following: str, before: Sequence[Value]) -> bool:
    continues_letters = _last(before, letters.style) == letters.number - 1 and letters.number > 1
    continues_roman = _last(before, roman.style) == roman.number - 1
    if continues_letters and continues_roman:
        return from_roman(following) == roman.number + 1
    if continues_letters or continues_roman:
        return continues_roman
    return len(number) > 1 or from_roman(following) == roman.number + 1


def _last(before: Sequence[Value], style: Style) -> int:
    return next((one.number for one in reversed(before) if one.style is style), 0)
