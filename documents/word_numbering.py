"""The numbers that Word prints and does not store: computed from numbering.xml and the styles, paragraph by paragraph.

Counters belong to the abstract numbering: two lists of one kind count on, unless the second says where it starts. Source:
ECMA-376, part 1, 17.9; checked against what LibreOffice prints.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "-"
_PLACES = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LETTERS = 26
_TEENS = (11, 12, 13)
_MOST_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts; ``restarts`` after which level above it (None: any, 0: never)."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    style: str = ""
    legal: bool = False
    restarts: int | None = None


@dataclass(slots=True)
class _List:
    """An abstract numbering and where its counters stand."""

    levels: dict[int, Level]
    link: str = ""
    counters: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Use:
    """A list as paragraphs name it: which abstract numbering, and where it starts or looks otherwise."""

    abstract: str
    starts: Mapping[int, int]
    levels: Mapping[int, Level]


class Numbering:
    """The lists of one document, counting as its paragraphs are read in order. ``of_style``: a style's own list, by id."""

    def __init__(self, root: etree._Element | None, of_style: Callable[[str], str | None]) -> None:
        self._lists: dict[str, _List] = {}
        self._uses: dict[str, _Use] = {}
        self._begun: set[tuple[str, int]] = set()
        self._of_style = of_style
        if root is None:
            return
        for one in root.iter(f"{W}abstractNum"):
            levels = {count(each.get(f"{W}ilvl", ""), 0): _level(each) for each in one.iterfind(f"{W}lvl")}
            self._lists[one.get(f"{W}abstractNumId", "")] = _List(levels, _value(one, "numStyleLink"))
        for one in root.iter(f"{W}num"):
            self._uses[one.get(f"{W}numId", "")] = _use(one)

    def level_of(self, number: str, style: str) -> int:
        """The level of a list that is the one of a style."""
        found = self._levels(number)
        return next((n for n, level in found.items() if style and level.style == style), 0)

    def label(self, number: str, depth: int) -> str:
        """The number that the next paragraph of this list prints, and count it; "" where there is none."""
        use, kept = self._use(number), self._list(number)
        levels = self._levels(number)
        if use is None or kept is None or depth not in levels:
            return ""
        for above in range(depth):
            if above in levels:
                kept.counters.setdefault(above, self._start(use, levels, above))
        overridden = depth in use.starts and (number, depth) not in self._begun
        if overridden or depth not in kept.counters:
            kept.counters[depth] = self._start(use, levels, depth)
        else:
            kept.counters[depth] += 1
        self._begun.add((number, depth))
        for below in [n for n in kept.counters if n > depth]:
            restarts = levels[below].restarts if below in levels else None
            if restarts is None or depth < restarts:
                del kept.counters[below]
        return _printed(levels, kept.counters, depth)

    def _use(self, number: str) -> _Use | None:
        return self._uses.get(number)

    def _list(self, number: str) -> _List | None:
        """The abstract numbering behind a list, through the style that it may be linked to."""
        seen: set[str] = set()
        while (use := self._uses.get(number)) is not None and number not in seen:
            seen.add(number)
            found = self._lists.get(use.abstract)
            if found is None or not found.link:
                return found
            number = self._of_style(found.link) or ""
        return None

    def _levels(self, number: str) -> dict[int, Level]:
        use, kept = self._use(number), self._list(number)
        return {**kept.levels, **use.levels} if use and kept else {}

    @staticmethod
    def _start(use: _Use, levels: Mapping[int, Level], depth: int) -> int:
        return use.starts.get(depth, levels[depth].start)


def _level(one: etree._Element) -> Level:
    restarts = _value(one, "lvlRestart")
    return Level(
        count(_value(one, "start"), 1 if one.find(f"{W}start") is None else 0),
        _value(one, "numFmt") or "decimal",
        _value(one, "lvlText"),
        _value(one, "pStyle"),
        is_on(one, "isLgl"),
        count(restarts, 0) if restarts else None,
    )


def _use(one: etree._Element) -> _Use:
    starts, levels = {}, {}
    for each in one.iterfind(f"{W}lvlOverride"):
        depth = count(each.get(f"{W}ilvl", ""), 0)
        if start := _value(each, "startOverride"):
            starts[depth] = count(start, 1)
        if (level := each.find(f"{W}lvl")) is not None:
            levels[depth] = _level(level)
    return _Use(_value(one, "abstractNumId"), starts, levels)


def _value(parent: etree._Element, name: str) -> str:
    """The value of a child, as Word writes them: <w:name w:val="..."/>."""
    found = parent.find(W + name)
    return "" if found is None else found.get(f"{W}val", "")


def count(said: str, otherwise: int) -> int:
    """A number in an attribute, which may be anything; not larger than Word's own largest."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS else otherwise


def is_on(parent: etree._Element, name: str) -> bool:
    """Whether a property is there and not switched off."""
    found = parent.find(W + name)
    return found is not None and found.get(f"{W}val", "1") not in {"0", "false", "off"}


def _printed(levels: Mapping[int, Level], counters: Mapping[int, int], depth: int) -> str:
    own = levels[depth]
    if own.form == "bullet":
        return BULLET
    if own.form == "none":
        return _PLACES.sub("", own.text).strip()

    def place(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        if at not in levels or levels[at].form in {"bullet", "none"}:
            return ""
        return written(counters.get(at, levels[at].start), "decimal" if own.legal else levels[at].form)

    return _PLACES.sub(place, own.text).strip()


def written(n: int, form: str) -> str:
    """A count as a kind of number of Word: 4 -> "4", "d", "D", "iv", "IV", "04", "4th"."""
    forms: dict[str, Callable[[int], str]] = {
        "decimalZero": "{:02}".format,
        "lowerLetter": _letters,
        "lowerRoman": lambda each: "".join(_roman(each)),
        "ordinal": lambda each: f"{each}{_ending(each)}",
        "upperLetter": lambda each: _letters(each).upper(),
        "upperRoman": lambda each: "".join(_roman(each)).upper(),
    }
    return forms[form](n) if form in forms and n > 0 else str(n)


def _letters(n: int) -> str:
    """From a to z, then aa, bb: as Word counts, and no spreadsheet."""
    times, letter = divmod(n - 1, _LETTERS)
    return chr(ord("a") + letter) * (times + 1)


def _roman(n: int) -> Iterator[str]:
    for value, sign in _ROMAN:
        yield sign * (n // value)
        n %= value


def _ending(n: int) -> str:
    return "th" if n % 100 in _TEENS else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
