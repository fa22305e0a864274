"""One table of the TOML: each key is asked for by what it must be, and whatever nobody asked for is a mistake."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from rulebook import when
from rulebook.formula import BadFormula, Formula, number
from rulebook.formula import parse as parse_formula
from rulebook.lines import Path
from rulebook.when import Duration, When

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")

NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
LARGEST = 1_000_000_000
_LONGEST_TEXT = 500
_SHARE = re.compile(r"(\d{1,6})/(\d{1,6})", re.ASCII)
_RATIO = re.compile(r"(\d{1,6}):(\d{1,6})", re.ASCII)
_NAME_CURE = 'Write small letters, digits and underscores, beginning with a letter: "first_agenda".'


class Inexact(str):
    """A number with a decimal point, as it was written: no rule is made of one."""

    __slots__ = ()


@dataclass(slots=True)
class Notes:
    """What was found wrong so far: (path, message, cure)."""

    found: list[tuple[Path, str, str]] = field(default_factory=list)

    def add(self, path: Path, message: str, cure: str) -> None:
        """Note that something is wrong at a path. ``message`` is a clause, ``cure`` a sentence."""
        self.found.append((path, message, cure))


class Table:
    """A table of the TOML and where it stands. What cannot be read is noted, and the default stands in for it."""

    def __init__(self, values: Mapping[str, object], path: Path, notes: Notes) -> None:
        self.values, self.path, self.notes = values, path, notes
        self._asked: list[str] = []

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def note(self, message: str, cure: str, *key: str | int) -> None:
        """Note what is wrong with the table or with one of its keys."""
        self.notes.add((*self.path, *key), message, cure)

    def end(self) -> None:
        """Note every key that nobody asked for: to be called when all was read."""
        for key in self.values:
            if key not in self._asked:
                known = ", ".join(self._asked)
                self.note(f'there is no "{key}" here', f"Take it out, or write one of {known}.", key)

    def text(self, key: str, default: str = "") -> str:
        """A text that is not empty."""
        value = self._get(key)
        if value is None:
            return default
        if type(value) is not str or not value.strip() or len(value) > _LONGEST_TEXT:
            self.note(
                "it must be a text", f'Write words in quotation marks, at most {_LONGEST_TEXT} characters: "...".', key
            )
            return default
        return value.strip()

    def name(self, key: str, default: str = "") -> str:
        """An id, or a reference to one."""
        value = self.text(key, default)
        return self._name(value, key) or default

    def names(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of ids, each once."""
        given = self.texts(key, default)
        read = [self._name(one, key, index) for index, one in enumerate(given)]
        return tuple(one for one in read if one)

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts, each once."""
        value = self._get(key)
        if value is None:
            return default
        if not isinstance(value, list) or any(type(one) is not str or not one.strip() for one in value):
            self.note("it must be a list of texts", 'Write them in brackets: ["one", "another"].', key)
            return default
        for index, one in enumerate(value):
            if one in value[:index]:
                self.note(f'"{one}" is there twice', "Take one of them out.", key, index)
        return tuple(dict.fromkeys(one.strip() for one in value))

    def choice(self, key: str, kind: type[Choice], default: Choice) -> Choice:
        """One of a closed list."""
        value = self._get(key)
        return default if value is None else self._choice(value, kind, key) or default

    def choices(self, key: str, kind: type[Choice]) -> tuple[Choice, ...]:
        """Several of a closed list."""
        read = [self._choice(one, kind, key, index) for index, one in enumerate(self.texts(key))]
        return tuple(one for one in read if one is not None)

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self._get(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.note("it must be true or false", "Write true or false, without quotation marks.", key)
        return default

    def count(self, key: str, default: int, least: int = 0) -> int:
        """A whole number of at least ``least``."""
        found = self.maybe_count(key, least)
        return default if found is None else found

    def maybe_count(self, key: str, least: int = 1) -> int | None:
        """A whole number of at least ``least``, or None when it is not given."""
        value = self._get(key)
        # bool is an int to Python, but "count = true" is a mistake in a rulebook.
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and least <= value <= LARGEST):
            return value if value is None else int(value)
        self.note(f"it must be a whole number of at least {least}", f"Write a number from {least} to {LARGEST:,}.", key)
        return None

    def formula(self, key: str) -> Formula | None:
        """A number, or a formula in quotation marks."""
        value = self._get(key)
        match value:
            case None:
                return None
            case Inexact():
                self.note(
                    f"{value} has a decimal point", f'Put it in quotation marks, "{value}": then it is exact.', key
                )
            case bool():
                self._no_number(key)
            case int() if 0 <= value <= LARGEST:
                return number(value)
            case str():
                return self._formula(value, key)
            case _:
                self._no_number(key)
        return None

    def share(self, key: str) -> Fraction | None:
        """A share such as "2/3", above 0 and at most 1; "3:1" is the share of three in four."""
        value = self._get(key)
        if value is None:
            return None
        read = _share(str(value)) if isinstance(value, str) else None
        if read is None:
            self.note("it must be a share", 'Write a fraction in quotation marks, such as "1/2" or "2/3".', key)
        elif not 0 < read <= 1:
            self.note(f'"{value}" is not a share of anything', "Write a fraction above 0 and at most 1.", key)
        else:
            return read
        return None

    def duration(self, key: str) -> Duration | None:
        """A duration such as "3w"."""
        return self._read(key, lambda value: when.duration(value) if type(value) is str else None, "a duration", '"3w"')

    def moment(self, key: str) -> When | None:
        """A date, an edge of a stage or an event, with durations added."""
        return self._read(key, _moment, "a moment", '"2026-06-28 12:00" or "amendments.closes + 3w"')

    def table(self, key: str) -> Table | None:
        """A table within this one."""
        value = self._get(key)
        if isinstance(value, dict):
            return Table(value, (*self.path, key), self.notes)
        if value is not None:
            self.note("it must be a table", f"Write {key} = {{ ... }}, or a table of its own.", key)
        return None

    def tables(self, key: str) -> list[Table]:
        """A list of tables within this one; a table alone is a list of one."""
        value = self._get(key)
        if value is None:
            return []
        rows = [value] if isinstance(value, dict) else value
        if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
            self.note("it must be a list of tables", f"Write [[{key}]] before each of them.", key)
            return []
        if isinstance(value, dict):
            return [Table(value, (*self.path, key), self.notes)]
        return [Table(one, (*self.path, key, index), self.notes) for index, one in enumerate(rows)]

    def inner(self) -> Iterator[tuple[str, Table]]:
        """Every table within this one by its key, which must be an id."""
        for key in self.values:
            table = self.table(key)
            if table and self.is_id(key):
                yield key, table

    def is_id(self, key: str) -> bool:
        """Whether a key of this table may name something; noted when not."""
        return bool(self._name(key, key))

    def _get(self, key: str) -> object:
        self._asked.append(key)
        return self.values.get(key)

    def _name(self, value: str, *key: str | int) -> str:
        if not value or NAME.fullmatch(value):
            return value
        self.note(f'"{value}" cannot be an id', _NAME_CURE, *key)
        return ""

    def _choice(self, value: object, kind: type[Choice], *key: str | int) -> Choice | None:
        if isinstance(value, str) and value in set(kind):
            return kind(value)
        said = f'"{value}"' if isinstance(value, str) else "this"
        self.note(f"{said} is none of the words that can stand here", f"Write {listed(kind)}.", *key)
        return None

    def _no_number(self, key: str) -> None:
        self.note(
            "it must be a number or a formula",
            f'Write a number from 0 to {LARGEST:,}, or "ceil(N(members) / 20)".',
            key,
        )

    def _formula(self, value: str, key: str) -> Formula | None:
        try:
            return parse_formula(value)
        except BadFormula as error:
            self.note(f"column {error.column} of the formula: {error.message}", error.cure, key)
            return None

    def _read(self, key: str, read: Callable[[object], Value | None], what: str, sample: str) -> Value | None:
        value = self._get(key)
        if value is None:
            return None
        try:
            found = read(value)
        except when.Unreadable as error:
            self.note(error.message, error.cure, key)
            return None
        if found is None:
            self.note(f"it must be {what}", f"Write {sample}.", key)
        return found


def listed(words: Iterable[str]) -> str:
    """Words in a row with "or" before the last: "open, secret or named_after"."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else str(last)


def _moment(value: object) -> When | None:
    if isinstance(value, date):
        return when.on_day(value)
    return when.moment(value) if type(value) is str else None


def _share(text: str) -> Fraction | None:
    ratio, share = _RATIO.fullmatch(text.strip()), _SHARE.fullmatch(text.strip())
    if ratio and int(ratio[1]) + int(ratio[2]):
        return Fraction(int(ratio[1]), int(ratio[1]) + int(ratio[2]))
    if share and int(share[2]):
        return Fraction(int(share[1]), int(share[2]))
    return None
