"""Moments, durations and numbers as they are said to members."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from rulebook.when import Duration, Unit

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))
_SPOKEN = {Unit.HOURS: "hour", Unit.DAYS: "day", Unit.WEEKS: "week"}
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def at_opening(at: datetime, zone: tzinfo, name: str) -> str:
    """A moment at which something begins: "on 28 June 2026 at 12:00 (Europe/London)"; midnight begins its day."""
    return f"on {on_date(at.astimezone(zone))} at {at.astimezone(zone):%H:%M} ({name})"


def at_closing(at: datetime, zone: tzinfo, name: str) -> str:
    """A moment at which something ends: as an opening, but midnight is the end of the day before."""
    local = at.astimezone(zone)
    if local.time() == time():
        return f"at the end of {on_date(local - timedelta(days=1))} ({name})"
    return at_opening(at, zone, name)


def apart(earlier: datetime, later: datetime) -> str:
    """The time between two moments in its largest whole unit: "9 days", "1 hour", "less than a minute"."""
    seconds = int((later - earlier).total_seconds())
    for length, unit in _UNITS:
        if seconds >= length:
            return counted(seconds // length, unit)
    return "less than a minute"


def lasting(by: Duration) -> str:
    """A duration in words: "24 hours", "one week"."""
    return f"{in_letters(by.amount)} {_SPOKEN[by.unit]}{'' if by.amount == 1 else 's'}"


def counted(number: int, what: str, several: str = "") -> str:
    """A number and what it counts: "1 branch", "1,200 members"."""
    return f"{number:,} {what if number == 1 else several or what + 's'}"


def in_letters(number: int) -> str:
    """A whole number, in letters up to twelve."""
    return _WORDS[number] if number < len(_WORDS) else f"{number:,}"


def on_date(day: date) -> str:
    """A date: "28 June 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
