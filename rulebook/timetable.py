"""The stages of a process with their moments: what is open now, what it allows, and why something is not possible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import Enum

from rulebook.rules import Rulebook, Stage
from rulebook.saying import apart, at_closing, at_opening, lasting
from rulebook.when import Duration, Edge, OnDay, OnEdge, OnEvent, When, shifted
from rulebook.zones import instant, zone


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that has happened, or an edge of a stage ("amendments.closes") moved by hand; ``at`` is aware.

    Of several with one name the last in the list holds; every one of them extends a stage that waits for it.
    """

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment worked out: ``at`` in UTC, or None while it waits for the event ``on``.

    ``on`` is kept when the event has happened: two moments that hang on one event can be compared before it does.
    """

    at: datetime | None
    on: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A stage and its two ends: open from ``opens`` until just before ``closes``. ``skipped``: it is not held."""

    stage: Stage
    opens: Dated
    closes: Dated
    skipped: bool = False

    def is_open(self, now: datetime) -> bool:
        """Whether the stage is open at a moment."""
        begun = self.opens.at is not None and self.opens.at <= now
        return begun and not self.skipped and (self.closes.at is None or now < self.closes.at)

    def is_over(self, now: datetime) -> bool:
        """Whether the stage has closed."""
        return self.closes.at is not None and self.closes.at <= now


@dataclass(frozen=True, slots=True)
class Timetable:
    """All stages in the order of the rulebook, the zone they are told in, and the words for events without a date."""

    zone: tzinfo
    zone_name: str
    periods: tuple[Period, ...]
    events: Mapping[str, str]


class Why(Enum):
    """Why an act is not possible now."""

    NEVER = "no stage allows it"
    NOT_YET = "it is not open yet"
    WAITING = "it opens with an event"
    LAST_CALL = "it is too near to the end of its stage"
    OVER = "it has closed"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is not possible, with the stage it belongs to (None for NEVER), and as a sentence for a member."""

    why: Why
    stage: Stage | None
    at: datetime | None
    sentence: str


class Unsettled(ValueError):
    """Two moments are each counted from the other; ``names`` are the edges of the circle."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"{' → '.join(names)}: each of these waits for the next.")
        self.names = tuple(names)


def timetable(rulebook: Rulebook, happenings: Iterable[Happening] = ()) -> Timetable:
    """Every stage with its moments, as far as what has happened allows; raises Unsettled for a circle."""
    here = zone(rulebook.process.timezone)
    moments = Moments(rulebook.stages, happenings, here)
    return Timetable(
        here, rulebook.process.timezone, tuple(moments.period(one) for one in rulebook.stages), rulebook.events
    )


def stage_at(table: Timetable, now: datetime) -> tuple[Period, ...]:
    """The stages that are open now: none, one, or several that run side by side."""
    return tuple(one for one in table.periods if one.is_open(now))


def allows(table: Timetable, act: str, now: datetime) -> bool:
    """Whether an act, or bringing in an instrument by its id, is possible now. Without stages all of it always is."""
    return refusal(table, act, now) is None


def refusal(table: Timetable, act: str, now: datetime) -> Refusal | None:
    """Why an act is not possible now, or None when it is."""
    if not table.periods:
        return None
    periods = [one for one in table.periods if act in one.stage.allows and not one.skipped]
    in_last_call: list[Period] = []
    for period in periods:
        if not period.is_open(now):
            continue
        if not _in_last_call(table, period, act, now):
            return None
        in_last_call.append(period)
    return _nearest(table, periods, in_last_call, act, now)


def too_far(table: Timetable, period: Period, moment: datetime, now: datetime) -> str:
    """Why the rules do not let a stage close at a moment that somebody chooses, in a sentence; "" where they do.

    ``period`` is the stage as the rules date it, without what was moved by hand.
    """
    vary, closes = period.stage.vary, period.closes.at
    if vary is None or closes is None:
        return ""
    earliest, latest = (shifted(closes, vary.upto, table.zone, later=one) for one in (False, True))
    if not earliest <= moment <= latest:
        first, last = (at_closing(one, table.zone, table.zone_name) for one in (earliest, latest))
        return (
            f"By the rules it may be moved by up to {lasting(vary.upto)} from its own date: {first} at the earliest, "
            f"{last} at the latest."
        )
    if vary.not_within and moment < shifted(now, vary.not_within, table.zone):
        return f"By the rules it may not close within {lasting(vary.not_within)} of the change."
    return ""


def _nearest(
    table: Timetable, periods: Sequence[Period], in_last_call: Sequence[Period], act: str, now: datetime
) -> Refusal:
    """The reason that helps most: a stage still to come, then one about to close, then the last that has closed."""
    coming = [(one.opens.at, one) for one in periods if one.opens.at and one.opens.at > now]
    if coming:
        at, period = min(coming, key=lambda one: one[0])
        said = f"{period.stage.label} will open {at_opening(at, table.zone, table.zone_name)}, in {apart(now, at)}."
        return Refusal(Why.NOT_YET, period.stage, at, said)
    if in_last_call:
        return _last_call(table, in_last_call[0], act)
    waiting = [one for one in periods if one.opens.at is None]
    if waiting:
        event = table.events.get(waiting[0].opens.on, waiting[0].opens.on)
        return Refusal(Why.WAITING, waiting[0].stage, None, f"{waiting[0].stage.label} will open when {event}.")
    return _over(table, periods, act, now)


def _over(table: Timetable, periods: Sequence[Period], act: str, now: datetime) -> Refusal:
    closed = [(one.closes.at, one) for one in periods if one.closes.at]
    if not closed:
        return Refusal(Why.NEVER, None, None, f"The rules have no stage for this ({act.replace('_', ' ')}).")
    at, period = max(closed, key=lambda one: one[0])
    said = f"{period.stage.label} closed {at_closing(at, table.zone, table.zone_name)}, {apart(at, now)} ago."
    return Refusal(Why.OVER, period.stage, at, said)


def _last_call(table: Timetable, period: Period, act: str) -> Refusal:
    call, closes = period.stage.last_call, period.closes.at
    assert call, "only a stage with a last call is in it"
    assert closes, "only a stage that closes is in its last call"
    since = shifted(closes, call.window, table.zone, later=False)
    said = (
        f"{period.stage.label} will close {at_closing(closes, table.zone, table.zone_name)}: in the last "
        f"{lasting(call.window)} before that this is no longer possible ({act.replace('_', ' ')})."
    )
    return Refusal(Why.LAST_CALL, period.stage, since, said)


def _in_last_call(table: Timetable, period: Period, act: str, now: datetime) -> bool:
    call, closes = period.stage.last_call, period.closes.at
    if not call or not closes or act not in call.forbids:
        return False
    return shifted(closes, call.window, table.zone, later=False) <= now


class Moments:
    """Works out moments from those they are counted from, each once."""

    def __init__(self, stages: Iterable[Stage], happenings: Iterable[Happening], here: tzinfo) -> None:
        self.stages = {one.id: one for one in stages}
        # In UTC: Python compares two moments of one zone by their clocks, also where these are set back between them.
        self.happenings = tuple(Happening(one.name, one.at.astimezone(UTC)) for one in happenings)
        self.last = {one.name: one.at for one in self.happenings}
        self.zone = here
        self._known: dict[OnEdge, Dated] = {}
        self._asking: list[OnEdge] = []

    def period(self, stage: Stage) -> Period:
        """A stage with both its ends."""
        opens, closes = self.edge(OnEdge(stage.id, Edge.OPENS)), self.edge(OnEdge(stage.id, Edge.CLOSES))
        return Period(stage, opens, closes, self._skipped(stage))

    def edge(self, which: OnEdge) -> Dated:
        """When a stage opens or closes; raises Unsettled for a circle. Of a stage nobody knows: never."""
        if which not in self._known:
            if which in self._asking:
                circle = self._asking[self._asking.index(which) :]
                raise Unsettled([str(one) for one in (*circle, which)])
            self._asking.append(which)
            self._known[which] = self._edge(which)
            self._asking.pop()
        return self._known[which]

    def moment(self, written: When | None, edge: Edge = Edge.OPENS) -> Dated:
        """A moment as it is written. A date without a time is the day's first moment, or its last as a closing."""
        if not written:
            return Dated(None)
        dated = self._start(written.start, edge)
        at = dated.at
        if at is None:
            return dated
        for later, by in written.shifts:
            at = shifted(at, by, self.zone, later=later)
        return Dated(at, dated.on)

    def _start(self, start: OnDay | OnEdge | OnEvent, edge: Edge) -> Dated:
        match start:
            case OnDay(day, at):
                whole = at is None and edge is Edge.CLOSES
                return Dated(instant(datetime.combine(day, at or time()) + timedelta(days=whole), self.zone))
            case OnEdge():
                return self.edge(start)
        return Dated(self.last.get(start.event), start.event)

    def _edge(self, which: OnEdge) -> Dated:
        stage = self.stages.get(which.stage)
        if not stage:
            return Dated(None)
        if str(which) in self.last:
            return Dated(self.last[str(which)])
        if which.edge is Edge.OPENS:
            return self.moment(stage.opens)
        opens = self.edge(OnEdge(stage.id, Edge.OPENS))
        if self._skipped(stage):
            return opens
        closes = self.moment(stage.closes, Edge.CLOSES)
        return Dated(self._extended(stage, opens.at, closes.at), closes.on) if opens.at and closes.at else closes

    def _extended(self, stage: Stage, opens: datetime, closes: datetime) -> datetime:
        """The closing after all that has extended the stage: what comes when it has closed comes too late."""
        for one in sorted(self.happenings, key=lambda one: one.at) if stage.extend else ():
            if stage.extend and one.name in stage.extend.on and opens <= one.at < closes:
                closes = max(closes, shifted(one.at, stage.extend.by, self.zone))
                closes = self._no_later(closes, opens, stage.most)
        return closes

    def _no_later(self, closes: datetime, opens: datetime, most: Duration | None) -> datetime:
        return min(closes, shifted(opens, most, self.zone)) if most else closes

    def _skipped(self, stage: Stage) -> bool:
        return bool(stage.skip_if) and stage.skip_if in self.last
