"""Durations and moments as they are written: "24h", "3w", "2026-06-28 12:00", "amendments.closes + 3w", an event."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from rulebook.zones import instant

# However they are put together, moments stay within the calendar that Python knows.
LONGEST = 1_000
SHIFTS = 2
YEARS = range(1900, 3000)

_DURATION = re.compile(r"(\d+)\s*([hdw])", re.ASCII)
_SHIFT = re.compile(r"\s*([+-])\s*(\d+\s*[hdw])", re.ASCII)
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::00)?)?", re.ASCII)
_NAME = re.compile(r"([a-z][a-z0-9_]*)(?:\.(opens|closes))?", re.ASCII)
_DURATION_CURE = 'Write a whole number and h, d or w, such as "24h", "10d" or "3w".'
_YEARS_CURE = f"Write a year from {YEARS.start} to {YEARS.stop - 1}."
_MOMENT_CURE = (
    'Write a date ("2026-06-28" or "2026-06-28 12:00"), an edge of a stage ("amendments.closes + 3w") or an event.'
)


class Unreadable(ValueError):
    """A duration or a moment cannot be read; ``message`` is a clause, ``cure`` a sentence."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(f"{message}. {cure}")
        self.message, self.cure = message, cure


class Unit(StrEnum):
    """Hours are always sixty minutes; days and weeks keep the time of day, also when the clocks are changed."""

    HOURS = "h"
    DAYS = "d"
    WEEKS = "w"


class Edge(StrEnum):
    """The two ends of a stage."""

    OPENS = "opens"
    CLOSES = "closes"


@dataclass(frozen=True, slots=True)
class Duration:
    """So many hours, days or weeks."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.amount}{self.unit.value}"


@dataclass(frozen=True, slots=True)
class OnDay:
    """A date, with a local time or without: then its first moment as an opening, its last as a closing."""

    day: date
    at: time | None = None

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.at:%H:%M}" if self.at else self.day.isoformat()


@dataclass(frozen=True, slots=True)
class OnEdge:
    """When a stage opens or closes."""

    stage: str
    edge: Edge

    def __str__(self) -> str:
        return f"{self.stage}.{self.edge.value}"


@dataclass(frozen=True, slots=True)
class OnEvent:
    """When something happens that has no date yet."""

    event: str

    def __str__(self) -> str:
        return self.event


@dataclass(frozen=True, slots=True)
class When:
    """A moment: where it is counted from, and what is added (True) or taken off (False), one after the other."""

    start: OnDay | OnEdge | OnEvent
    shifts: tuple[tuple[bool, Duration], ...] = ()

    def __str__(self) -> str:
        return str(self.start) + "".join(f" {'+' if later else '-'} {by}" for later, by in self.shifts)


def duration(text: str) -> Duration:
    """Read a duration; raises Unreadable."""
    found = _DURATION.fullmatch(text.strip())
    if not found:
        raise Unreadable(f'"{text}" is not a duration', _DURATION_CURE)
    if int(found[1]) > LONGEST:
        raise Unreadable(f'"{text}" is too long', f"Write a number of at most {LONGEST:,}.")
    return Duration(int(found[1]), Unit(found[2]))


def moment(text: str) -> When:
    """Read a moment; raises Unreadable."""
    text = text.strip()
    head = _DATE.match(text) or _NAME.match(text)
    if not head:
        raise Unreadable(f'"{text}" is not a moment', _MOMENT_CURE)
    start = _on_day(head) if head.re is _DATE else _on_name(head)
    return When(start, _shifts(text, head.end()))


def on_day(value: date) -> When:
    """A date or a local date and time, as TOML knows them; raises Unreadable for one with a zone or with seconds."""
    if value.year not in YEARS:
        raise Unreadable(f'"{value}" is too far away', _YEARS_CURE)
    if not isinstance(value, datetime):
        return When(OnDay(value))
    if value.tzinfo:
        raise Unreadable("it has a time zone of its own", "Leave it out: the zone stands in [process] timezone.")
    if value.second or value.microsecond:
        raise Unreadable("it counts seconds", 'Write hours and minutes: "2026-06-28 12:00".')
    return When(OnDay(value.date(), value.time()))


def shifted(at: datetime, by: Duration, zone: tzinfo, *, later: bool = True) -> datetime:
    """The moment a duration later or earlier; takes and gives UTC.

    Hours are counted as they pass. Days and weeks keep the local time of day of the zone, so that what closes at noon
    closes at noon three weeks on, whatever the clocks did between.
    """
    amount = by.amount if later else -by.amount
    if by.unit is Unit.HOURS:
        return at + timedelta(hours=amount)
    days = timedelta(days=amount) if by.unit is Unit.DAYS else timedelta(weeks=amount)
    return instant(at.astimezone(zone).replace(tzinfo=None) + days, zone).astimezone(UTC)


def _on_day(found: re.Match[str]) -> OnDay:
    try:
        day, at = date.fromisoformat(found[1]), time.fromisoformat(found[2]) if found[2] else None
    except ValueError as error:
        raise Unreadable(f'"{found[0]}" is not in the calendar', "Write a day and a time that exist.") from error
    if day.year not in YEARS:
        raise Unreadable(f'"{day}" is too far away', _YEARS_CURE)
    return OnDay(day, at)


def _on_name(found: re.Match[str]) -> OnEdge | OnEvent:
    return OnEdge(found[1], Edge(found[2])) if found[2] else OnEvent(found[1])


def _shifts(text: str, at: int) -> tuple[tuple[bool, Duration], ...]:
    shifts = []
    while at < len(text):
        found = _SHIFT.match(text, at)
        if not found:
            raise Unreadable(f'"{text[at:].strip()}" in "{text}" is not a duration to add', _MOMENT_CURE)
        shifts.append((found[1] == "+", duration(found[2])))
        at = found.end()
    if len(shifts) > SHIFTS:
        raise Unreadable(f'"{text}" adds more than {SHIFTS} durations', "Put them together.")
    return tuple(shifts)
