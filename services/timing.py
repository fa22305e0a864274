"""When what may be done: the timetable of the process, what it forbids now, and who changed its dates and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import store
import store.log
import store.processes
import store.stages
from members.permissions import Permission, require
from rulebook.digest import digest
from rulebook.in_words import Section, in_words
from rulebook.reading import parse
from rulebook.rules import Rulebook
from rulebook.saying import apart
from rulebook.timetable import Happening, Period, Timetable, refusal, timetable, too_far
from rulebook.zones import instant
from services import telling

AMENDMENT = "amendment"  # what proposing brings in; the other acts are those of ``rulebook.kinds.Act``


class StageClosed(ValueError):
    """The rules do not allow this now; the message quotes the rule, with its date and how long ago or hence."""


class NoSuchDate(LookupError):
    """No stage of the rules has the edge whose date is to be changed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The rules have no stage {name!r}.")


class NoSuchEvent(LookupError):
    """The rules wait for no event of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The rules have no event {name!r}.")


class NotYet(ValueError):
    """What is still to come has not happened; its date may yet change, and a stage must not open by it."""

    def __init__(self) -> None:
        super().__init__("That moment is still to come. Enter the event once it has happened.")


class NoReasonForDate(ValueError):
    """A date that changes without a reason is what this programme exists to end."""

    def __init__(self) -> None:
        super().__init__("Enter the reason; it is published with the new date and sent to every member.")


class NotLater(ValueError):
    """A stage would close before it opens, or one that is over would be opened again unseen."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)


@lru_cache(maxsize=8)
def _parsed(toml: str) -> Rulebook:
    return parse(toml)


def rules() -> Rulebook:
    """The rules of the process."""
    return _parsed(store.processes.current().rulebook_toml)


def dates() -> Timetable:
    """The stages with their moments as they stand."""
    return timetable(rules(), happenings())


def happenings() -> tuple[Happening, ...]:
    """Events that have happened and dates that were changed."""
    return tuple(Happening(one.key, one.moment) for one in store.stages.everything())


def require_open(act: str, now: datetime) -> None:
    """Raise StageClosed unless the stages allow an act now."""
    found = refusal(dates(), act, now)
    if found is not None:
        raise StageClosed(found.sentence)


def closed(act: str, now: datetime) -> str:
    """Why the stages do not allow an act now, in a sentence; "" when they do."""
    found = refusal(dates(), act, now)
    return found.sentence if found else ""


def change_date(member: store.members.Member, name: str, moment: datetime, reason: str, now: datetime) -> None:
    """Open or close a stage ("amendments.closes") at another moment; published with its reason, and in the log."""
    require(member.roles, Permission.ADMINISTER)
    if not reason.strip():
        raise NoReasonForDate
    with store.transaction():
        stage, _, edge = name.partition(".")
        period = next((one for one in dates().periods if one.stage.id == stage), None)
        if period is None or edge not in {"opens", "closes"}:
            raise NoSuchDate(name)
        other = period.closes.at if edge == "opens" else period.opens.at
        if other is not None and (moment >= other if edge == "opens" else moment <= other):
            raise NotLater("The stage would close before it opens. Choose another date.")
        if edge == "closes" and (said := too_far(*_by_rules_alone(name), moment, now)):
            raise NotLater(said)
        if moment <= now:
            raise NotLater("That moment has passed. A date can only be changed to one that is still to come.")
        before = period.opens.at if edge == "opens" else period.closes.at
        store.stages.put(stage, edge, moment=moment, reason=reason.strip(), at=now)
        store.log.append(
            at=now,
            actor=member.handle,
            act="change-date",
            subject=f"stage {stage}",
            payload={
                "edge": edge,
                "from": before.isoformat() if before else None,
                "to": moment.isoformat(),
                "reason": reason.strip(),
            },
        )
        telling.date_changed(period.stage, edge, before=before, moment=moment, reason=reason, at=now)


def _by_rules_alone(name: str) -> tuple[Timetable, Period]:
    """The timetable and the stage of an edge, as if that edge had never been moved by hand."""
    table = timetable(rules(), (one for one in happenings() if one.name != name))
    return table, next(one for one in table.periods if one.stage.id == name.partition(".")[0])


def record_event(member: store.members.Member, event: str, moment: datetime, reason: str, now: datetime) -> None:
    """Say that an event of the rules happened at ``moment``, from which stages are counted; published, and in the log.

    What happens twice is said twice: each extends the stage that waits for it, and other dates count from the last.
    Raises NoReasonForDate, NoSuchEvent or NotYet.
    """
    require(member.roles, Permission.ADMINISTER)
    if not reason.strip():
        raise NoReasonForDate
    if moment > now:
        raise NotYet
    with store.transaction():
        if event not in rules().events:
            raise NoSuchEvent(event)
        store.stages.put(event, "event", moment=moment, reason=reason.strip(), at=now)
        store.log.append(
            at=now,
            actor=member.handle,
            act="event",
            subject=f"event {event}",
            payload={"moment": moment.isoformat(), "reason": reason.strip()},
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A stage as a member sees it in the timetable: over, open, or to come; and what is left, in words."""

    period: Period
    stands: str
    left: str


@dataclass(frozen=True, slots=True)
class RulesPage:
    """The rules in plain words, where the process stands, and the dates that were changed, the last first."""

    name: str
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    changes: tuple[store.stages.StageDate, ...]
    labels: Mapping[str, str]
    zone: str
    digest: str
    toml: str


def page(now: datetime) -> RulesPage:
    """Everything a member should know of the rules, and how long is left."""
    book, table = rules(), dates()
    return RulesPage(
        name=book.name,
        lines=tuple(_line(one, now) for one in table.periods),
        sections=in_words(book, table, now),
        changes=tuple(reversed(store.stages.everything())),
        labels={one.id: one.label for one in book.stages} | dict(book.events),
        zone=table.zone_name,
        digest=digest(book),
        toml=store.processes.current().rulebook_toml,
    )


def local(moment: datetime) -> datetime:
    """A local time of the process (without a zone) as a moment."""
    return instant(moment, dates().zone)


def _line(period: Period, now: datetime) -> Line:
    opens, closes = period.opens.at, period.closes.at
    if period.is_over(now):
        return Line(period, "over", f"{apart(closes, now)} ago" if closes else "")
    if period.is_open(now):
        return Line(period, "open", f"{apart(now, closes)} left" if closes else "")
    return Line(period, "to come", f"in {apart(now, opens)}" if opens else "")
