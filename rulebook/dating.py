"""Whether the dates of a rulebook can be kept: order, overlaps, gaps, clock changes, appeals, notices, snapshots.

Moments that hang on an event can be compared with one another before it happens: every event is put on one day, and
only moments of the same event are compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations

from rulebook.kinds import Act, Doing
from rulebook.lines import Path
from rulebook.naming import Note, moments, row
from rulebook.rules import Rulebook, Stage
from rulebook.saying import lasting
from rulebook.timetable import Dated, Happening, Moments, Period, Unsettled
from rulebook.when import Edge, OnDay, shifted
from rulebook.zones import Occurs, UnknownZone, occurs, zone

_SOME_DAY = datetime(2030, 1, 15, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Dates:
    book: Rulebook
    tables: Mapping[str, object]
    moments: Moments
    periods: tuple[Period, ...]

    def at(self, stage: Stage, *key: str) -> Path:
        return (*row(self.tables, "stage", stage.id), *key)


def dates(book: Rulebook, tables: Mapping[str, object]) -> Iterator[Note]:
    """All that is wrong with the moments of a rulebook."""
    try:
        here = zone(book.process.timezone)
    except UnknownZone:
        message = f'"{book.process.timezone}" is not a time zone'
        yield ("process", "timezone"), message, 'Write a name of the IANA list, such as "Europe/London" or "UTC".'
        return
    # Dates must be right also for a stage that may come to be skipped.
    held = [replace(one, skip_if="") for one in book.stages]
    found = Moments(held, [Happening(one, _SOME_DAY) for one in book.events], here)
    try:
        periods = tuple(found.period(one) for one in book.stages)
    except Unsettled as error:
        name, _, edge = error.names[0].partition(".")
        path = (*row(tables, "stage", name), edge)
        yield path, f"it waits for itself ({' → '.join(error.names)})", "Write a date for one of them."
        return
    known = _Dates(book, tables, found, periods)
    yield from _clock_changes(known)
    for check in (_order, _overlaps, _gaps, _appeal, _notice, _snapshots, _snapshot_steps):
        yield from check(known)


def _clock_changes(known: _Dates) -> Iterator[Note]:
    for path, written in moments(known.book, known.tables):
        if not isinstance(written.start, OnDay) or not written.start.at:
            continue
        often = occurs(datetime.combine(written.start.day, written.start.at), known.moments.zone)
        if often is not Occurs.ONCE:
            what = "does not exist" if often is Occurs.NEVER else "comes twice"
            where = known.book.process.timezone
            message = f"{written.start} {what} in {where}, because the clocks are changed"
            yield path, message, "Write a time some hours earlier or later."


def _order(known: _Dates) -> Iterator[Note]:
    for period in known.periods:
        stage, opens, closes = period.stage, period.opens, period.closes
        if not _comparable(opens, closes):
            continue
        assert opens.at, "comparable moments have dates"
        assert closes.at, "comparable moments have dates"
        if closes.at <= opens.at:
            what = "when" if closes.at == opens.at else "before"
            yield (
                known.at(stage, "closes"),
                f"it closes {what} it opens",
                "Write a later closing, or an earlier opening.",
            )
            continue
        if stage.least and closes.at < shifted(opens.at, stage.least, known.moments.zone):
            message = f"it is shorter than its own min of {lasting(stage.least)}"
            yield known.at(stage, "closes"), message, "Write a later closing, or a smaller min."
        if stage.most and closes.at > shifted(opens.at, stage.most, known.moments.zone):
            message = f"it is longer than its own max of {lasting(stage.most)}"
            yield known.at(stage, "closes"), message, "Write an earlier closing, or a larger max."


def _overlaps(known: _Dates) -> Iterator[Note]:
    for one, other in combinations(known.periods, 2):
        if other.stage.id in one.stage.beside or one.stage.id in other.stage.beside:
            continue
        if _before(one.opens, other.closes) and _before(other.opens, one.closes):
            message = f'it opens before "{one.stage.id}" has closed'
            cure = f'Write a later opening, or beside = ["{one.stage.id}"] if they are to run at the same time.'
            yield known.at(other.stage, "opens"), message, cure


def _gaps(known: _Dates) -> Iterator[Note]:
    """Weeks between stages are the organisation's business, unless it has said that there are to be none."""
    if not known.book.process.contiguous:
        return
    for period in known.periods[1:]:
        earlier = [one for one in known.periods if one is not period and _by(one.opens, period.opens)]
        reached = [one for one in earlier if not _before(one.closes, period.opens)]
        if earlier and not reached:
            cure = "Write the moment at which the one before it closes, or contiguous = false under [process]."
            yield known.at(period.stage, "opens"), "no stage is open just before it opens", cure


def _appeal(known: _Dates) -> Iterator[Note]:
    appeal = known.book.admission.appeal
    ruling = [one for one in known.periods if Act.RULE in one.stage.allows]
    limit = _print_date(known)
    if not appeal or not limit or not limit.at:
        return
    for period in ruling:
        end = period.closes
        if _comparable(end, limit) and end.at and shifted(end.at, appeal.window, known.moments.zone) > limit.at:
            message = f'{lasting(appeal.window)} after "{period.stage.id}" closes, the text is already fixed'
            cure = f'Write a shorter window, or close "{period.stage.id}" earlier.'
            yield ("admission", "appeal", "window"), message, cure


def _print_date(known: _Dates) -> Dated | None:
    """When all appeals must be over: as the rulebook says, or else when the draft is frozen, or else the first vote."""
    appeal = known.book.admission.appeal
    if appeal and appeal.must_end_before:
        return known.moments.moment(appeal.must_end_before, Edge.CLOSES)
    return _freeze(known) or next((one.opens for one in known.periods if Act.VOTE in one.stage.allows), None)


def _freeze(known: _Dates) -> Dated | None:
    """When the text is fixed by a step of the timetable."""
    for period in known.periods:
        for steps, at in ((period.stage.on_open, period.opens), (period.stage.on_close, period.closes)):
            if any(one.doing is Doing.FREEZE and one.what in ("all", "draft") for one in steps):
                return at
    return None


def _notice(known: _Dates) -> Iterator[Note]:
    """A protected clause wants notice: between the text being fixed and the first vote on it."""
    vote = next((one.opens for one in known.periods if Act.VOTE in one.stage.allows), None)
    fixed = _freeze(known) or _last_change(known)
    if not vote or not fixed or not _comparable(fixed, vote):
        return
    assert fixed.at, "comparable moments have dates"
    assert vote.at, "comparable moments have dates"
    for index, one in enumerate(known.book.protections):
        if one.notice and shifted(fixed.at, one.notice, known.moments.zone) > vote.at:
            message = f"the vote opens less than {lasting(one.notice)} after the text is fixed"
            yield ("protect", index, "notice"), message, "Fix the text earlier, or open the vote later."


def _last_change(known: _Dates) -> Dated | None:
    changing = {Act.MERGE.value, Act.EDIT.value, *known.book.instruments}
    closing = [one.closes for one in known.periods if changing & set(one.stage.allows)]
    return closing[-1] if closing else None


def _snapshots(known: _Dates) -> Iterator[Note]:
    """The roll of a ballot must be fixed, and not later than the ballot opens."""
    opening = {one.stage.id: one.opens for one in known.periods}
    for ballot in known.book.ballots:
        for name in ballot.electorates:
            one = known.book.electorates.get(name)
            if one and one.live:
                path = (*row(known.tables, "electorate", name), "snapshot")
                message = f'the ballot "{ballot.id}" has no snapshot of the roll'
                yield (
                    path,
                    message,
                    f'Write snapshot = "{ballot.stage or "ballot"}.opens", or leave it out: that is the same.',
                )
            if one and one.snapshot and ballot.stage in opening:
                fixed = known.moments.moment(one.snapshot)
                if _before(opening[ballot.stage], fixed):
                    path = (*row(known.tables, "electorate", name), "snapshot")
                    message = f'the roll is fixed after the ballot "{ballot.id}" has opened'
                    yield path, message, f'Write snapshot = "{ballot.stage}.opens", or an earlier moment.'


def _snapshot_steps(known: _Dates) -> Iterator[Note]:
    """A step that fixes a roll must be at the moment that the electorate names, or at which its ballot opens."""
    for period in known.periods:
        edges = ("on_open", period.stage.on_open, period.opens), ("on_close", period.stage.on_close, period.closes)
        for key, steps, at in edges:
            for index, step in enumerate(steps):
                if step.doing is Doing.SNAPSHOT and any(one != at for one in _fixings(known, step.what)):
                    cure = f'Take it out, or write snapshot = "{period.stage.id}.{key[3:]}s" below the electorate.'
                    yield (*known.at(period.stage, key), index), f'"{step.what}" are fixed at another moment', cure


def _fixings(known: _Dates, name: str) -> list[Dated]:
    one = known.book.electorates.get(name)
    if one and one.snapshot:
        return [known.moments.moment(one.snapshot)]
    opening = {each.stage.id: each.opens for each in known.periods}
    return [opening[each.stage] for each in known.book.ballots if name in each.electorates and each.stage in opening]


def _comparable(one: Dated, other: Dated) -> bool:
    return one.at is not None and other.at is not None and one.on == other.on


def _by(one: Dated, other: Dated) -> bool:
    return _comparable(one, other) and not _before(other, one)


def _before(one: Dated, other: Dated) -> bool:
    return one.at is not None and other.at is not None and one.on == other.on and one.at < other.at
