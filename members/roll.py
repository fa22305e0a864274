"""The roll as a file says it is: read() takes every field for what it is or says what is wrong with it. Pure.

Nothing is put right by guessing. What can be read in one way only is read (a date whose order the sheet decides, a
heading in other words); everything else is a problem with its line, because the roll decides who may vote.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from members.roll_cells import LABELS, LONGEST, SHOWN, Wrong, cells, day_first_in, email_key, number_key
from members.sheet import DELIMITERS, SEPARATOR, Decoded, Problem, decoded, records, told_delimiter

MOST_ROWS = 200_000
MOST_PROBLEMS = 10_000
_SAID: Mapping[str, str] = {
    "membership": "membership number, membership no, membership id, member number, member no, member id, number, no",
    "name": "name, full name, member name",
    "email": "e mail, email, e mail address, email address",
    "branch": "branch, local branch, branch name",
    "body": "affiliated body, body, affiliate, affiliation",
    "joined": "joined, joined on, date joined, join date, joining date, member since",
    "standing": "standing, membership standing, status, membership status",
    "roles": "roles, role",
}
HEADINGS = {said: column for column, all_said in _SAID.items() for said in all_said.split(", ")}


@dataclass(frozen=True, slots=True)
class Entry:
    """A person as the file has them; ``joined`` is a date (ISO) or ""."""

    line: int
    membership: str
    name: str
    email: str
    branch: str
    body: str
    joined: str
    standing: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read. ``unread`` holds the keys of numbers whose line has a problem; ``ignored`` unknown headings."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    ignored: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()


def read(data: bytes, most_rows: int = MOST_ROWS) -> Sheet:
    """The roll in a CSV file of at most ``most_rows``; whatever is wrong with it is among its problems, never an exception."""
    found = decoded(data)
    if isinstance(found, Problem):
        return Sheet(problems=(found,))
    reading = _Reading(found, most_rows)
    reading.read()
    return reading.sheet()


@dataclass(slots=True)
class _Row:
    line: int
    fields: Sequence[str]


@dataclass(slots=True)
class _Reading:
    """One sheet while it is being read."""

    source: Decoded
    most_rows: int
    delimiter: str = ","
    places: dict[str, int] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    addresses: dict[str, int] = field(default_factory=dict)
    known: dict[tuple[str, str], Any] = field(default_factory=dict)

    def sheet(self) -> Sheet:
        """All that was found."""
        return Sheet(
            tuple(self.entries),
            tuple(sorted(self.problems, key=lambda one: one.line)),
            self.source.encoding,
            DELIMITERS[self.delimiter],
            self.ignored,
            frozenset(self.unread),
        )

    def read(self) -> None:
        """Read headings, then rows; the order of the dates is known only when all rows are."""
        text = self.source.text
        self.delimiter = told_delimiter(text) or _best_delimiter(text)
        found = records(text, self.delimiter)
        told = SEPARATOR.match(text)
        if told:
            next(found, None)
        headings = next(found, None)
        if headings is None or headings.fields is None:
            self.problems.append(Problem(0, "", "The file is empty: there is not even a line of headings."))
            return
        self._take_headings(headings.line, headings.fields)
        if self.problems:
            return
        rows = list(self._rows(found, len(headings.fields)))
        if not rows and not self.problems:
            self.problems.append(Problem(headings.line, "", "There are no rows below the headings."))
        taken = cells(day_first_in(row.fields[self.places["joined"]] for row in rows))
        for row in rows:
            if len(self.problems) > MOST_PROBLEMS:
                self.problems.append(
                    Problem(
                        row.line,
                        "",
                        f"There are more than {MOST_PROBLEMS:,} problems before this line; the rest was not read.",
                    )
                )
                break
            self._take(row, taken)

    def _take_headings(self, line: int, fields: Sequence[str]) -> None:
        named = [_column(one) for one in fields]
        self.ignored = tuple(one.strip() for one, name in zip(fields, named, strict=True) if not name and one.strip())
        self.places = {name: n for n, name in enumerate(named) if name}
        for name, times in Counter(name for name in named if name).items():
            if times > 1:
                self.problems.append(Problem(line, LABELS[name], f"This column is there {times} times."))
        for name in LABELS:
            if name not in self.places:
                said = f"This column is missing. Head it “{LABELS[name]}”, and leave it empty if it says nothing."
                self.problems.append(Problem(line, LABELS[name], said))

    def _rows(self, found: Iterator[Any], width: int) -> Iterator[_Row]:
        for n, record in enumerate(found):
            if n == self.most_rows:
                self.problems.append(
                    Problem(record.line, "", f"There are more than {self.most_rows:,} rows; no more were read.")
                )
                return
            if record.fields is None:
                self.problems.append(Problem(record.line, "", record.why))
            elif len(record.fields) < width or any(map(str.strip, record.fields[width:])):
                said = f"There are {len(record.fields)} fields on this line and {width} headings."
                self.problems.append(Problem(record.line, "", said))
                self._leave(record.fields)
            else:
                yield _Row(record.line, record.fields)

    def _leave(self, fields: Sequence[str]) -> None:
        """Whoever has this number is not to be taken for one who is no longer in the file."""
        place = self.places["membership"]
        if place < len(fields):
            self.unread.add(number_key(fields[place]))

    def _take(self, row: _Row, taken: Mapping[str, Callable[[str], Any]]) -> None:
        before, values = len(self.problems), {}
        for name, place in self.places.items():
            try:
                values[name] = self._cell(name, row.fields[place], taken[name])
            except Wrong as wrong:
                self.problems.append(Problem(row.line, LABELS[name], str(wrong)))
        self._once(row.line, "membership", number_key(values.get("membership", "")), self.numbers)
        self._once(row.line, "email", email_key(values.get("email", "")), self.addresses)
        if len(self.problems) == before:
            self.entries.append(Entry(line=row.line, **values))
        else:
            self._leave(row.fields)

    def _cell(self, name: str, raw: str, cell: Callable[[str], Any]) -> Any:  # noqa: ANN401 (text, or roles)
        """The value of a field. What many rows say in the same words is read and kept once."""
        if name in {"membership", "name", "email"}:
            return cell(raw)
        if (name, raw) not in self.known:
            self.known[name, raw] = cell(raw)
        return self.known[name, raw]

    def _once(self, line: int, name: str, key: str, seen: dict[str, int]) -> None:
        if key and seen.setdefault(key, line) != line:
            said = f"“{key[:SHOWN]}” is on line {seen[key]} and again on line {line}; it can be one person's only."
            self.problems.append(Problem(line, LABELS[name], said))


def _column(heading: str) -> str | None:
    """Which column a heading stands for, in whatever case and with whatever between its words."""
    return HEADINGS.get(" ".join(re.findall(r"\w+", heading.casefold().replace("_", " "))))


def _best_delimiter(text: str) -> str:
    """The one that cuts the first line into the most headings that we know."""
    firsts = {one: next(records(text[: LONGEST * 100], one), None) for one in DELIMITERS}
    known = {
        one: sum(1 for said in (first.fields or () if first else ()) if _column(said)) for one, first in firsts.items()
    }
    return max(known, key=lambda one: known[one])
