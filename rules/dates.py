"""When the stages of a process open and close: moments as a rulebook writes them, and moments as people read them.

Every moment that is known is kept in UTC: between two moments in one zone Python compares and subtracts what the clocks
show, which is wrong when they are changed in between. Zones come from the database of time zones that is installed with
the product; nothing here asks what time it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from zoneinfo import ZoneInfo

Key = tuple[str, str]
"""A stage and its edge: ("amendments", "closes")."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Names that a machine gives to files of its own: its own zone, and copies of the zones with and without leap seconds.
_NO_ZONES = {"", "localtime", "posix", "posixrules", "right"}

_LENGTH = r"(?P<count>[0-9]{1,4})\s*(?P<unit>w|d|h|min)"
_OFFSET = rf"(?:\s*(?P<sign>[+-])\s*{_LENGTH})?"
_DURATION = re.compile(_LENGTH)
_WRITTEN = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?P<time>[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
_AFTER = re.compile(rf"(?:(?P<stage>[A-Za-z0-9_-]+)\.)?(?P<edge>opens|closes){_OFFSET}")
# A hyphen in the name of an event is followed by a letter, so that "declaration-24h" is a day before the declaration.
_EVENT = re.compile(rf"(?:event:\s*)?(?P<event>[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z][A-Za-z0-9_]*)*){_OFFSET}")

_LIKE = "Write 2026-06-28T12:00, amendments.closes + 3w, or the name of an event such as declaration."
_DAY = "Write a day of the calendar, and a time from 00:00 to 23:59."


class BadMoment(ValueError):
    """A moment, duration or zone that cannot be. ``message`` is a clause without a stop, ``cure`` a sentence."""

    def __init__(self, message: str, cure: str) -> None:
        self.message, self.cure = message, cure
        super().__init__(f"{message}. {cure}")


class Circular(ValueError):
    """Moments wait for one another. ``names`` are those of the circle, in alphabetical order: "vote.opens"."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(sorted(names))
        super().__init__(f"These moments wait for one another: {', '.join(self.names)}.")


class Edge(StrEnum):
    """The two ends of a stage."""

    CLOSES = "closes"
    OPENS = "opens"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time, or backwards when negative: whole calendar days and, apart from them, absolute minutes.

    A day later is the same time on the clock of the zone, even if the clocks were changed in between and only 23 hours
    went by. An hour later is always 60 minutes later.
    """

    days: int = 0
    minutes: int = 0

    def __str__(self) -> str:
        """``3 weeks``, ``10 days``, ``24 hours``, ``90 minutes``; what is backwards is said without its sign."""
        parts = [_length(self.days, 7, "week", "day"), _length(self.minutes, 60, "hour", "minute")]
        return " and ".join(part for part in parts if part) or "no time"

    def after(self, moment: datetime, zone: str) -> datetime:
        """The moment (UTC) later by this, its days being days in a zone; raises BadMoment beyond the years 1 to 9999.

        If that day has no such time on the clock it is later by as much as the clocks go forward, and if it has it twice it
        is the first of the two (RFC 5545, 3.3.5).
        """
        try:
            here = _here(moment, zone)
            if self.days:
                here = _in_force(here.replace(tzinfo=None) + timedelta(days=self.days), zone)
            return here.astimezone(UTC) + timedelta(minutes=self.minutes)
        except OverflowError as error:
            raise BadMoment("a moment lies beyond the years 1 to 9999", "Write a shorter time.") from error


@dataclass(frozen=True, slots=True)
class Fixed:
    """A moment that is known; ``at`` is in UTC."""

    at: datetime


@dataclass(frozen=True, slots=True)
class After:
    """So long after (or, if negative, before) an edge of a stage; days are days in ``zone``."""

    stage: str
    edge: Edge
    duration: Duration
    zone: str


@dataclass(frozen=True, slots=True)
class OnEvent:
    """So long after (or before) something that happens, such as the declaration; days are days in ``zone``."""

    event: str
    duration: Duration
    zone: str


Moment = Fixed | After | OnEvent


def duration(text: str) -> Duration:
    """Read ``3w``, ``10d``, ``24h`` or ``90min``; raises BadMoment."""
    found = _DURATION.fullmatch(text.strip())
    if not found:
        raise BadMoment(f'"{text}" is not a length of time', "Write 3w, 10d, 24h or 90min.")
    return _duration(found, 1)


def parse(value: str | datetime | date, zone: str, edge: Edge = Edge.OPENS, stage: str = "") -> Moment:
    """Read a moment of a rulebook; raises BadMoment.

    ``2026-06-28T12:00`` is the time on the clocks of the zone; an offset (``+01:00`` or ``Z``) overrides it. A date alone
    is the first moment of that day where something opens and the end of that day, 24:00, where something closes.
    ``closes + 3w`` without the name of a stage is meant of ``stage``.
    """
    _zone(zone)
    try:
        return _read(value.strip(), zone, edge, stage) if isinstance(value, str) else _fixed(value, zone, edge)
    except OverflowError as error:
        raise BadMoment(f'"{value}" lies beyond the years 1 to 9999', _DAY) from error


def resolve(moments: Mapping[Key, Moment], events: Mapping[str, datetime]) -> dict[Key, datetime | None]:
    """When (UTC) each moment is; None while it waits for an event that has not happened (is not in ``events``).

    Raises Circular, and BadMoment for an edge that is not among the moments.
    """
    waits = {key: _waits_for(key, moment, moments) for key, moment in moments.items()}
    try:
        order = tuple(TopologicalSorter(waits).static_order())
    except CycleError as error:
        raise Circular({".".join(key) for key in error.args[1]}) from error
    found: dict[Key, datetime | None] = {}
    for key in order:
        found[key] = _when(moments[key], found, events)
    return {key: found[key] for key in moments}


def spoken(moment: datetime, zone: str) -> str:
    """A moment in words, ``28 June 2026 at 12:00 (Europe/London)``; with the offset where clocks show that time twice."""
    here = _here(moment, zone)
    twice = len(_candidates(here.replace(tzinfo=None), zone)) > 1
    offset = f", UTC{_offset_of(here)}" if twice else ""
    return f"{here.day} {_MONTHS[here.month - 1]} {here.year} at {here:%H:%M} ({zone}{offset})"


def ago(then: datetime, now: datetime) -> str:
    """A distance in words, ``9 days ago`` or ``in 3 hours``.

    Whole minutes below an hour, whole hours below 24, then whole days of 24 hours; "now" only at that very moment.
    Rounded down on both sides of now, so that nobody is promised more time than there is.
    """
    # Between two moments in one zone Python counts the time on the clocks, not the time that goes by.
    away = _here(then, "UTC") - _here(now, "UTC")
    if not away:
        return "now"
    minutes = abs(away) // timedelta(minutes=1)
    hours = minutes // 60
    days = hours // 24
    said = "less than a minute"
    for count, unit in ((minutes, "minute"), (hours, "hour"), (days, "day")):
        said = _counted(count, unit) if count else said
    return f"in {said}" if away > timedelta() else f"{said} ago"


# ---------------------------------------------------------------- reading


def _read(text: str, zone: str, edge: Edge, stage: str) -> Moment:
    if found := _WRITTEN.fullmatch(text):
        return _fixed(_on_the_calendar(text, date if found["time"] is None else datetime), zone, edge)
    if found := _AFTER.fullmatch(text):
        if not (found["stage"] or stage):
            raise BadMoment(f'"{text}" does not say of which stage', f"Write amendments.{text}.")
        return After(found["stage"] or stage, Edge(found["edge"]), _offset(found), zone)
    if found := _EVENT.fullmatch(text):
        return OnEvent(found["event"], _offset(found), zone)
    raise BadMoment(f'"{text}" is not a moment', _LIKE)


def _on_the_calendar(text: str, kind: type[date]) -> date:
    try:
        return kind.fromisoformat(text)
    except ValueError as error:
        raise BadMoment(f'"{text}" does not exist', _DAY) from error


def _duration(found: re.Match[str], sign: int) -> Duration:
    count = sign * int(found["count"])
    match found["unit"]:
        case "w":
            return Duration(days=7 * count)
        case "d":
            return Duration(days=count)
        case "h":
            return Duration(minutes=60 * count)
        case _:
            return Duration(minutes=count)


def _offset(found: re.Match[str]) -> Duration:
    """The duration at the end of "closes + 3w"; none where there is none."""
    return _duration(found, -1 if found["sign"] == "-" else 1) if found["sign"] else Duration()


# ---------------------------------------------------------------- clocks


def _fixed(value: date, zone: str, edge: Edge) -> Fixed:
    if isinstance(value, datetime):
        return Fixed(_local(value, zone))
    first = value + timedelta(days=1) if edge is Edge.CLOSES else value
    # Where clocks go forward at midnight the day begins at whatever time they show then.
    return Fixed(_in_force(datetime.combine(first, time()), zone).astimezone(UTC))


def _local(moment: datetime, zone: str) -> datetime:
    """A moment in UTC; one without an offset is a time on the clocks of the zone, which must show it once."""
    if moment.tzinfo:
        return moment.astimezone(UTC)
    found = _candidates(moment, zone)
    if not found:
        later = _clock(_in_force(moment, zone))
        message = f"{_clock(moment)} does not exist in {zone}: the clocks go forward over it"
        raise BadMoment(message, f"Write {later}, or another time.")
    if len(found) > 1:
        first, second = (_clock(moment) + _offset_of(one) for one in found)
        raise BadMoment(
            f"{_clock(moment)} exists twice in {zone}: the clocks go back",
            f"Add an offset such as +01:00: write {first} for the first, {second} for the second.",
        )
    return found[0].astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        if name.partition("/")[0] not in _NO_ZONES:
            return ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # no such zone, a folder of zones, a path
        pass
    raise BadMoment(f'"{name}" is not a time zone', "Write one such as Europe/London or UTC.")


def _here(moment: datetime, zone: str) -> datetime:
    """A moment on the clocks of a zone. One without an offset would be read in the zone of this machine: refused."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no offset.")
    return moment.astimezone(_zone(zone))


def _in_force(wall: datetime, zone: str) -> datetime:
    """When clocks show a time: the first of two; where they leave it out, as much later as they go forward."""
    return _here(wall.replace(tzinfo=_zone(zone), fold=0).astimezone(UTC), zone)


def _candidates(wall: datetime, zone: str) -> list[datetime]:
    """All moments, none to two, in their order, at which clocks show a time."""
    tries = {wall.replace(tzinfo=_zone(zone), fold=fold).astimezone(UTC) for fold in (0, 1)}
    found = [_here(one, zone) for one in sorted(tries)]
    return [one for one in found if one.replace(tzinfo=None) == wall]


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"


def _offset_of(moment: datetime) -> str:
    """+01:00"""
    return f"{moment:%z}"[:3] + ":" + f"{moment:%z}"[3:5]


# ---------------------------------------------------------------- resolving


def _waits_for(key: Key, moment: Moment, moments: Mapping[Key, Moment]) -> tuple[Key, ...]:
    if not isinstance(moment, After):
        return ()
    other = (moment.stage, str(moment.edge))
    if other not in moments:
        message = f'there is no "{".".join(other)}", for which {".".join(key)} waits'
        raise BadMoment(message, "Write the name of a stage as it stands in the rulebook.")
    return (other,)


def _when(moment: Moment, found: Mapping[Key, datetime | None], events: Mapping[str, datetime]) -> datetime | None:
    match moment:
        case Fixed(at):
            return at
        case After(stage, edge):
            start = found[stage, edge]
        case _:
            start = events.get(moment.event)
    return None if start is None else moment.duration.after(start, moment.zone)


# ---------------------------------------------------------------- words


def _length(count: int, many: int, large: str, small: str) -> str:
    """A count of small units in words, in large ones if it comes out whole; nothing for 0."""
    size = abs(count)
    if not size:
        return ""
    return _counted(size, small) if size % many else _counted(size // many, large)


def _counted(count: int, unit: str) -> str:
    return f"{count:,} {unit}" if count == 1 else f"{count:,} {unit}s"
