"""Telling every member that a stage has opened or is about to close: what no act of anybody's would tell them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import store
import store.members
import store.outbox
from members.notices import Kind
from rulebook import phrases
from rulebook.rules import Rulebook
from rulebook.timetable import Period, Timetable
from rulebook.when import Edge
from services import notifying, timing

SOON = timedelta(days=3)
NEWS = timedelta(days=1)  # that a stage opened longer ago is none


@dataclass(frozen=True, slots=True)
class Reminder:
    """A stage that opened or will close, and the moment from which to tell it: part of what makes it the same telling."""

    kind: Kind
    period: Period
    at: datetime


def remind(now: datetime) -> int:
    """Tell what is to be told of the stages and has not been; how many messages that makes."""
    due = tuple(reminders(timing.dates(), now))
    return sum(_told(one) for one in due)


def reminders(table: Timetable, now: datetime) -> Iterator[Reminder]:
    """What is to be told at a moment, told already or not."""
    for period in table.periods:
        if not period.is_open(now) or period.opens.at is None:
            continue
        if now < period.opens.at + NEWS:
            yield Reminder(Kind.STAGE_OPENING, period, period.opens.at)
        if period.closes.at is not None and period.closes.at - SOON <= now:
            yield Reminder(Kind.STAGE_CLOSING_SOON, period, max(period.opens.at, period.closes.at - SOON))


def _told(one: Reminder) -> int:
    about = f"stage {one.period.stage.id}"
    with store.transaction():
        if store.outbox.is_told(one.kind, one.at):
            return 0
        return notifying.tell(one.kind, about, store.members.everyone(), one.at, **_facts(one.period, timing.rules()))


def _facts(period: Period, book: Rulebook) -> dict[str, str]:
    possible = [phrases.ACTS.get(one) or phrases.a(book.instruments[one].label) for one in period.stage.allows]
    return {
        "stage": period.stage.label,
        "opens": notifying.edge(Edge.OPENS, period.opens.at),
        "closes": notifying.edge(Edge.CLOSES, period.closes.at),
        "allowed": phrases.both(possible) if possible else "reading",
        "link": "/rules",
    }
