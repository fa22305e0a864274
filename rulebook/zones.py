"""Local time: the zone of a process, and which local times exist there.

The one place that reads the time zone database (of the machine, or the ``tzdata`` package): a table of facts, like
those of Unicode, and no clock. Whoever records a process keeps the moments that came out, not only the rule.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from enum import Enum
from zoneinfo import ZoneInfo


class UnknownZone(ValueError):
    """No time zone has this name."""


class Occurs(Enum):
    """How often a local time comes by."""

    NEVER = 0
    ONCE = 1
    TWICE = 2


def zone(name: str) -> tzinfo:
    """The time zone of a name such as "Europe/London"; raises UnknownZone."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # a folder of the database is an OSError
        raise UnknownZone(f'There is no time zone "{name}".') from error


def occurs(local: datetime, where: tzinfo) -> Occurs:
    """How often the clocks of the zone show a local time (without a zone): never or twice when they are changed."""
    first, second = (local.replace(tzinfo=where, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return Occurs.ONCE
    there = first.astimezone(UTC).astimezone(where).replace(tzinfo=None) == local
    return Occurs.TWICE if there else Occurs.NEVER


def instant(local: datetime, where: tzinfo) -> datetime:
    """The moment, in UTC, of a local time (without a zone).

    Where a local time comes twice it is the first; where it never comes, as long after the change of the clocks as it
    was to be after the hour that is left out.
    """
    return local.replace(tzinfo=where, fold=0).astimezone(UTC)
