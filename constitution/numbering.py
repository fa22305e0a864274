"""Numbers from places: every label, own number and printed mark follows from the tree and is never stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from constitution.clause import Clause, Constitution, Mark, Style

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_JUMP = 1000

Key = tuple[Style, str, str, bool]


def number(c: Constitution) -> dict[str, str]:
    """The label of every clause by its id: ``4.2``, ``4.2(1)``, ``12a``; ``2¶1`` where nothing is printed."""
    return dict(_numbers(c).labels)


def own_number(c: Constitution) -> dict[str, str]:
    """The number of every clause among its siblings by its id (``3``, ``12a``); empty where there is none."""
    return dict(_numbers(c).own)


def printed(c: Constitution) -> dict[str, str]:
    """What stands in front of every clause by its id: ``4.2.``, ``(a)``, ``Artikel 12a``, ``-``, or nothing."""
    return dict(_numbers(c).printed)


def in_letters(value: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    letters = ""
    while value > 0:
        value, place = divmod(value - 1, 26)
        letters = chr(97 + place) + letters
    return letters


def from_letters(letters: str) -> int:
    """The value of a, z, aa (1, 26, 27)."""
    value = 0
    for letter in letters.lower():
        value = value * 26 + ord(letter) - 96
    return value


def in_roman(value: int) -> str:
    """1 is i, 4 is iv."""
    roman = ""
    for worth, sign in _ROMAN:
        while value >= worth:
            roman, value = roman + sign, value - worth
    return roman


def from_roman(roman: str) -> int | None:
    """The value of i, iv; None when it is not a number in its usual spelling."""
    value, rest = 0, roman.lower()
    for worth, sign in _ROMAN:
        while rest.startswith(sign):
            value, rest = value + worth, rest[len(sign) :]
    return value if value and not rest and in_roman(value) == roman.lower() else None


_WRITTEN: dict[Style, Callable[[int], str]] = {
    Style.DECIMAL: str,
    Style.LOWER_LETTER: in_letters,
    Style.UPPER_LETTER: lambda value: in_letters(value).upper(),
    Style.LOWER_ROMAN: in_roman,
    Style.UPPER_ROMAN: lambda value: in_roman(value).upper(),
}


def written(style: Style, value: int) -> str:
    """A counter in its style; what letters and roman numerals cannot write (0) is written in digits."""
    return _WRITTEN[style](value) or str(value) if style is not Style.NONE else ""


def key(mark: Mark) -> Key:
    """Siblings with the same key count on."""
    return mark.style, mark.before, mark.after, mark.path


@dataclass(slots=True)
class Counter:
    """Where the counting of one key stands: a number and, among insertions (12a), the letter after it."""

    number: int = 0
    letter: int = 0

    def step(self, mark: Mark) -> None:
        """Count one clause on."""
        if mark.suffixed:
            jump, letter = divmod(self.letter + 1 if mark.start is None else mark.start, _JUMP)
            self.number, self.letter = jump or self.number, letter
        else:
            self.number, self.letter = self.number + 1 if mark.start is None else mark.start, 0

    def start_of(self, number: int, letter: int) -> int | None:
        """The ``Mark.start`` that takes this counter to a number (and letter); None when it gets there by itself."""
        if not letter:
            return None if number == self.number + 1 else number
        if number != self.number:
            return number * _JUMP + letter
        return None if letter == self.letter + 1 else letter

    def text(self, style: Style) -> str:
        """The number as written: ``12``, ``12a``, ``IVa``."""
        return written(style, self.number) + in_letters(self.letter)


@dataclass(slots=True)
class _Numbers:
    """All numbers of one constitution, gathered in one walk."""

    own: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    running: dict[Key, Counter] = field(default_factory=dict)

    def siblings(self, above: str, clauses: tuple[Clause, ...]) -> None:
        """Number the clauses below the label ``above`` (empty at the top level), and everything below them."""
        for clause, own, nth in self._counted(clauses):
            label = _label(above, clause, own, nth)
            self.own[clause.id], self.labels[clause.id] = own, label
            shown = f"{above}.{own}" if clause.mark.path and above else own
            self.printed[clause.id] = clause.mark.before + shown + clause.mark.after
            if clause.children:
                self.siblings(label, clause.children)

    def _counted(self, clauses: tuple[Clause, ...]) -> Iterator[tuple[Clause, str, int]]:
        here: dict[Key, Counter] = {}
        unnumbered = 0
        for clause in clauses:
            mark = clause.mark
            if mark.style is Style.NONE:
                unnumbered += 1
                yield clause, "", unnumbered
            else:
                counter = (self.running if mark.running else here).setdefault(key(mark), Counter())
                counter.step(mark)
                yield clause, counter.text(mark.style), 0


def _label(above: str, clause: Clause, own: str, nth: int) -> str:
    if not own:
        return clause.heading if clause.heading and not above else f"{above}¶{nth}"
    if clause.mark.running or not above:
        return own
    return f"{above}.{own}" if clause.mark.path else f"{above}({own})"


def _numbers(c: Constitution) -> _Numbers:
    # A constitution never changes, so what was counted once is kept with it, as its cached properties are.
    kept = c.__dict__.get("_numbers")
    if isinstance(kept, _Numbers):
        return kept
    numbers = _Numbers()
    numbers.siblings("", c.clauses)
    c.__dict__["_numbers"] = numbers
    return numbers
