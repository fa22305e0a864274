"""Amendments, their immutable versions, their seconds, and the steps of their lives."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from amendments.edit import Edit, from_json, to_json, touched
from amendments.states import State, step
from constitution.digest import text_digest
from store import finding, members
from store.database import reading, writing
from store.seconds import add as keep_second
from store.seconds import stands
from store.tables import (
    AmendmentClauseRow,
    AmendmentRow,
    AmendmentStateRow,
    AmendmentVersionRow,
    BodySecondRow,
    CompositeAmendmentRow,
    SecondRow,
)

FEW = 500
REMEMBERED = 10_000
_known_edits: dict[tuple[int, str], tuple[Edit, ...]] = {}


class UnknownAmendment(LookupError):
    """There is no amendment with this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no amendment {number}.")
        self.number = number


@dataclass(frozen=True, slots=True)
class Version:
    """What an amendment says: its edits to ``base_edition`` (their digest is what seconds bind to), and why.

    ``on_version`` is the id of the version of another amendment that this one amends: its edits then hold that one's
    too, so that they stand by themselves. ``note`` says why this version followed the one before.
    """

    id: int
    amendment: int
    n: int
    title: str
    reason: str
    base_edition: int
    edits: tuple[Edit, ...]
    digest: str
    at: datetime
    on_version: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """An amendment with its versions, the oldest first."""

    number: int
    state: State
    mover: members.Member
    created: datetime
    versions: tuple[Version, ...]

    @property
    def version(self) -> Version:
        """The version that stands."""
        return self.versions[-1]

    @property
    def title(self) -> str:
        """Its title, as it stands."""
        return self.version.title

    def version_with(self, wanted: int) -> Version:
        """The version with this id; raises StopIteration for one of another amendment."""
        return next(one for one in self.versions if one.id == wanted)

    @property
    def same_text(self) -> tuple[int, ...]:
        """The ids of the versions whose text is the one that stands: a second of any of them is a second of it."""
        return tuple(one.id for one in self.versions if one.digest == self.version.digest)


@dataclass(frozen=True, slots=True)
class Second:
    """A member's support for the text with this digest."""

    member: members.Member
    version_digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StateChange:
    """A step in the life of an amendment and why it was taken."""

    state: State
    at: datetime
    reason: str


def words_digest(title: str, reason: str) -> str:
    """The digest of what a version says besides its edits; the log may record it as ``words``."""
    return text_digest(f"{title}\n\n{reason}")


def add(
    *,
    mover: members.Member,
    title: str,
    reason: str,
    base_edition: int,
    edits: Sequence[Edit],
    digest: str,
    at: datetime,
    on_version: int | None = None,
) -> Amendment:
    """Keep a new amendment, seeking seconders."""
    session = writing()
    number = (session.scalar(sa.select(sa.func.max(AmendmentRow.number))) or 0) + 1
    row = {"number": number, "mover": mover.id, "state": State.SEEKING_SECONDERS.value, "created": at}
    session.execute(sa.insert(AmendmentRow).values(**row))
    _add_step(number, State.SEEKING_SECONDERS, at, "Proposed")
    said = {"title": title, "reason": reason, "base_edition": base_edition, "digest": digest, "at": at}
    _add_version(number, 1, edits, **said, on_version=on_version)
    return by_number(number)


def add_version(
    amendment: Amendment,
    *,
    title: str,
    reason: str,
    base_edition: int,
    edits: Sequence[Edit],
    digest: str,
    at: datetime,
    note: str = "",
) -> Amendment:
    """Keep the amendment's next text. Seconds of the versions before do not count for it, unless the text is the same."""
    last = writing().scalar(
        sa.select(sa.func.max(AmendmentVersionRow.n)).where(AmendmentVersionRow.amendment == amendment.number)
    )
    if last is None:
        raise UnknownAmendment(amendment.number)
    said = {"title": title, "reason": reason, "base_edition": base_edition, "digest": digest, "at": at}
    _add_version(amendment.number, last + 1, edits, **said, on_version=amendment.version.on_version, note=note)
    return by_number(amendment.number)


def set_state(amendment: Amendment, state: State, *, at: datetime, reason: str) -> None:
    """Take the next step of its life; raises amendments.states.NotPossible.

    What counts is the state in the store: the caller's amendment may have been read before another step.
    """
    session = writing()
    here = AmendmentRow.number == amendment.number
    now = session.scalar(sa.select(AmendmentRow.state).where(here))
    if now is None:
        raise UnknownAmendment(amendment.number)
    session.execute(sa.update(AmendmentRow).where(here).values(state=step(State(now), state).value))
    _add_step(amendment.number, state, at, reason)


def by_number(number: int) -> Amendment:
    """The amendment with this number; raises UnknownAmendment."""
    found = _where(AmendmentRow.number == number)
    if not found:
        raise UnknownAmendment(number)
    return found[0]


def of_version(version: int) -> Amendment:
    """The amendment that a version (its id) belongs to; raises UnknownAmendment."""
    query = sa.select(AmendmentVersionRow.amendment).where(AmendmentVersionRow.id == version)
    return by_number(reading().scalar(query) or 0)


def numbered(numbers: Collection[int]) -> tuple[Amendment, ...]:
    """These, in the order of their numbers."""
    return _where(AmendmentRow.number.in_(numbers)) if numbers else ()


def by_numbers(numbers: Collection[int]) -> tuple[Amendment, ...]:
    """As ``numbered``; raises UnknownAmendment when one of them is not there."""
    found = numbered(numbers)
    for missing in sorted(set(numbers) - {one.number for one in found}):
        raise UnknownAmendment(missing)
    return found


def on_composite(number: int) -> tuple[Amendment, ...]:
    """Those on a composite, by number."""
    on_it = sa.select(CompositeAmendmentRow.amendment).where(CompositeAmendmentRow.composite == number)
    return _where(AmendmentRow.number.in_(on_it))


def standing_in(states: Collection[State]) -> dict[int, int]:
    """The id of the version that stands of each amendment in one of these states, by its number; one query."""
    last = sa.func.max(AmendmentVersionRow.id)
    query = sa.select(AmendmentVersionRow.amendment, last).group_by(AmendmentVersionRow.amendment)
    here = AmendmentRow.state.in_([one.value for one in states])
    rows = query.join(AmendmentRow, AmendmentRow.number == AmendmentVersionRow.amendment).where(here)
    return {row[0]: row[1] for row in reading().execute(rows)}


def on_amendment(number: int) -> tuple[Amendment, ...]:
    """The amendments that amend any version of this one, by their number."""
    versions = sa.select(AmendmentVersionRow.id).where(AmendmentVersionRow.amendment == number)
    above = sa.select(AmendmentVersionRow.amendment).where(AmendmentVersionRow.on_version.in_(versions))
    return _where(AmendmentRow.number.in_(above))


def listing(state: State | None = None, clause: str | None = None) -> tuple[Amendment, ...]:
    """Amendments by number: all, those in a state, those whose standing version touches a clause."""
    conditions = [] if state is None else [AmendmentRow.state == state.value]
    if clause is not None:
        conditions.append(AmendmentRow.number.in_(_touching(clause)))
    return _where(sa.and_(sa.true(), *conditions))


def in_states(states: Collection[State]) -> tuple[Amendment, ...]:
    """Those in one of these states, by number."""
    return _where(AmendmentRow.state.in_(states))


def touched_by(states: Collection[State]) -> dict[str, tuple[int, ...]]:
    """For each clause, the numbers of those in these states whose standing version touches it; one query."""
    query = (
        sa.select(AmendmentClauseRow.clause, AmendmentVersionRow.amendment)
        .join(AmendmentVersionRow, AmendmentVersionRow.id == AmendmentClauseRow.version)
        .join(AmendmentRow, AmendmentRow.number == AmendmentVersionRow.amendment)
        .where(AmendmentRow.state.in_(states), _stands())
        .order_by(AmendmentVersionRow.amendment)
    )
    found: dict[str, list[int]] = {}
    for clause, number in reading().execute(query):
        found.setdefault(clause, []).append(number)
    return {clause: tuple(numbers) for clause, numbers in found.items()}


def moved_by(member: int, states: Collection[State]) -> tuple[Amendment, ...]:
    """Those in one of these states that a member moved, by number."""
    return _where(AmendmentRow.state.in_(states) & (AmendmentRow.mover == member))


def count(state: State, not_by: int | None = None) -> int:
    """How many are in a state; without those that a member moved."""
    here = sa.and_(AmendmentRow.state == state.value, _of_others(not_by))
    return reading().scalar(sa.select(sa.func.count()).select_from(AmendmentRow).where(here)) or 0


def most_seconded(state: State, limit: int, not_by: int | None = None) -> tuple[Amendment, ...]:
    """Those in a state that most members, and those that most bodies, have seconded in any version: ``limit`` of each."""
    numbers: set[int] = set()
    for table in (SecondRow, BodySecondRow):
        seconded = (
            sa.select(AmendmentRow.number)
            .join(AmendmentVersionRow, AmendmentVersionRow.amendment == AmendmentRow.number)
            .outerjoin(table, table.version == AmendmentVersionRow.id)
            .where(AmendmentRow.state == state.value, _of_others(not_by))
            .group_by(AmendmentRow.number)
            .order_by(sa.func.count(table.version).desc(), AmendmentRow.number)
        )
        numbers.update(reading().scalars(seconded.limit(limit)))
    return numbered(numbers)


def add_second(version: Version, member: members.Member, *, at: datetime) -> None:
    """Keep a member's support for exactly this version; raises AlreadySeconded."""
    keep_second(version.id, member, at=at)


def seconds(amendment: Amendment) -> tuple[Second, ...]:
    """The seconds of the text that stands, the first first."""
    query = (
        sa.select(SecondRow.member, sa.func.min(SecondRow.at).label("at"))
        .where(SecondRow.version.in_(amendment.same_text), stands())
        .group_by(SecondRow.member)
        .order_by(sa.func.min(SecondRow.at), SecondRow.member)
    )
    rows = reading().execute(query).all()
    people = members.by_ids(row.member for row in rows)
    return tuple(Second(people[row.member], amendment.version.digest, row.at) for row in rows)


def history(amendment: Amendment) -> tuple[StateChange, ...]:
    """Every step of its life, the first first."""
    query = (
        sa.select(AmendmentStateRow)
        .where(AmendmentStateRow.amendment == amendment.number)
        .order_by(AmendmentStateRow.n)
    )
    return tuple(StateChange(State(row.state), row.at, row.reason) for row in reading().scalars(query))


def _add_version(number: int, n: int, edits: Sequence[Edit], **said: Any) -> None:  # noqa: ANN401 (of several types)
    row = AmendmentVersionRow(amendment=number, n=n, edits=to_json(tuple(edits)), **said)
    session = writing()
    session.add(row)
    session.flush()
    clauses = sorted(set(touched(tuple(edits))))
    if clauses:
        session.execute(sa.insert(AmendmentClauseRow), [{"version": row.id, "clause": one} for one in clauses])
    finding.keep_version(row)


def _add_step(number: int, state: State, at: datetime, reason: str) -> None:
    taken = sa.select(sa.func.count()).where(AmendmentStateRow.amendment == number)
    n = (writing().scalar(taken) or 0) + 1
    row = {"amendment": number, "n": n, "state": state.value, "at": at, "reason": reason}
    writing().execute(sa.insert(AmendmentStateRow).values(**row))


def _stands() -> sa.ColumnElement[bool]:
    """Of a row of ``AmendmentVersionRow``: that none follows it."""
    later = sa.orm.aliased(AmendmentVersionRow)
    follows = (later.amendment == AmendmentVersionRow.amendment, later.n > AmendmentVersionRow.n)
    return ~sa.exists().where(*follows).correlate(AmendmentVersionRow)


def _of_others(member: int | None) -> sa.ColumnElement[bool]:
    return sa.true() if member is None else AmendmentRow.mover != member


def _touching(clause: str) -> sa.Select[Any]:
    return (
        sa.select(AmendmentVersionRow.amendment)
        .join(AmendmentClauseRow, AmendmentClauseRow.version == AmendmentVersionRow.id)
        .where(AmendmentClauseRow.clause == clause, _stands())
    )


def _where(condition: sa.ColumnElement[bool]) -> tuple[Amendment, ...]:
    """Four queries, however many amendments they find; edits that were read before are not read again."""
    session, one = reading(), AmendmentRow
    found = sa.select(one.number, one.state, one.mover, one.created).where(condition).order_by(one.number)
    rows = session.execute(found).all()
    if not rows:
        return ()
    version = AmendmentVersionRow
    here = version.amendment.in_(sa.select(one.number).where(condition))
    columns = (column for column in version.__table__.columns if column.name != "edits")
    read = session.execute(sa.select(*columns).where(here).order_by(version.amendment, version.n)).all()
    edits = _edits(read, here)
    versions: dict[int, list[Version]] = {}
    for row in read:
        versions.setdefault(row.amendment, []).append(_version(row, edits[row.id, row.digest]))
    movers = members.by_ids(row.mover for row in rows)
    return tuple(
        Amendment(row.number, State(row.state), movers[row.mover], row.created, tuple(versions[row.number]))
        for row in rows
    )


def _edits(rows: Sequence[sa.Row[Any]], here: sa.ColumnElement[bool]) -> dict[tuple[int, str], tuple[Edit, ...]]:
    """The edits of versions, by id and digest: they never change, and reading them is most of reading an amendment."""
    wanted = {(row.id, row.digest) for row in rows}
    found = {one: edits for one in wanted if (edits := _known_edits.get(one)) is not None}
    missing = {one[0] for one in wanted - found.keys()}
    if missing:
        # A few by their ids; many as they were asked for, lest there be more ids than a query may have.
        which = AmendmentVersionRow.id.in_(missing) if len(missing) <= FEW else here
        query = sa.select(AmendmentVersionRow.id, AmendmentVersionRow.digest, AmendmentVersionRow.edits).where(which)
        found |= {(row.id, row.digest): from_json(row.edits) for row in reading().execute(query)}
        if len(_known_edits) + len(found) > REMEMBERED:
            _known_edits.clear()
        _known_edits.update(found)
    return found


def _version(row: sa.Row[Any], edits: tuple[Edit, ...]) -> Version:
    return Version(
        row.id,
        row.amendment,
        row.n,
        row.title,
        row.reason,
        row.base_edition,
        edits,
        row.digest,
        row.at,
        row.on_version,
        row.note,
    )
