"""Rulings on what may be taken, appeals and what became of them, and recommendations; every one is kept for good."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

from amendments.rulings import Outcome, Recommendation
from amendments.states import State
from store.committee_tables import AppealOutcomeRow, AppealRow, RecommendationRow, RulingRow
from store.database import reading, writing
from store.ruled import Outcome as Ended
from store.tables import AmendmentStateRow


@dataclass(frozen=True, slots=True)
class Appeal:
    """That somebody (``member``: an id) asks for a ruling to be overturned; ``ended`` None: nothing was decided yet."""

    id: int
    reason: str
    member: int
    at: datetime
    ended: Ended | None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was ruled of a version (its id) of an amendment. ``ground``, ``reason`` and ``changes`` may be ""."""

    id: int
    amendment: int
    version: int
    outcome: Outcome
    ground: str
    reason: str
    changes: str
    at: datetime
    appeal: Appeal | None = None

    @property
    def overturned(self) -> bool:
        """Whether an appeal against it was upheld."""
        return bool(self.appeal and self.appeal.ended and self.appeal.ended.upheld)


@dataclass(frozen=True, slots=True)
class Recommended:
    """What the committee advises of a version (its id) of an amendment."""

    id: int
    amendment: int
    version: int
    kind: Recommendation
    reason: str
    changes: str
    at: datetime


def add(member: int, ruling: Ruling) -> int:
    """Keep a ruling (whatever its ``id``); the number it gets."""
    said = asdict(ruling) | {"member": member}
    return _added(RulingRow(**{name: said[name] for name in said if name not in {"id", "appeal"}}))


def add_appeal(ruling: int, member: int, reason: str, *, at: datetime) -> int:
    """Keep an appeal; its number."""
    return _added(AppealRow(ruling=ruling, member=member, reason=reason, at=at))


def add_outcome(appeal: int, member: int, ended: Ended) -> None:
    """Keep what became of an appeal."""
    writing().execute(sa.insert(AppealOutcomeRow).values(appeal=appeal, member=member, **asdict(ended)))


def add_recommendation(member: int, made: Recommended) -> int:
    """Keep a recommendation (whatever its ``id``); the number it gets."""
    said = asdict(made) | {"member": member}
    return _added(RecommendationRow(**{name: said[name] for name in said if name != "id"}))


def of(amendments: Collection[int]) -> Mapping[int, tuple[Ruling, ...]]:
    """The rulings on each of these amendments that has any, the first first; one query."""
    found: dict[int, tuple[Ruling, ...]] = {}
    for one in _rulings(RulingRow.amendment.in_(amendments)) if amendments else ():
        found[one.amendment] = (*found.get(one.amendment, ()), one)
    return found


def latest(limit: int) -> tuple[Ruling, ...]:
    """The last rulings, the latest first."""
    newest = sa.select(RulingRow.id).order_by(RulingRow.id.desc()).limit(limit)
    return _rulings(RulingRow.id.in_(newest.subquery().select()))[::-1]


def appealed() -> tuple[Ruling, ...]:
    """The rulings whose appeal waits for its outcome, the first first."""
    return _rulings(AppealRow.id.is_not(None) & AppealOutcomeRow.appeal.is_(None))


def recommendations(amendment: int) -> tuple[Recommended, ...]:
    """What was recommended of an amendment, the first first; the last holds."""
    return advice([amendment]).get(amendment, ())


def advice(amendments: Collection[int]) -> Mapping[int, tuple[Recommended, ...]]:
    """The recommendations on each of these amendments that has any, the first first; one query."""
    row, found = RecommendationRow, dict[int, tuple[Recommended, ...]]()
    query = sa.select(row).where(row.amendment.in_(amendments)).order_by(row.id)
    for one in reading().scalars(query) if amendments else ():
        kind = Recommendation(one.kind)
        said = Recommended(one.id, one.amendment, one.version, kind, one.reason, one.changes, one.at)
        found[one.amendment] = (*found.get(one.amendment, ()), said)
    return found


def seconded_since(amendments: Collection[int]) -> Mapping[int, datetime]:
    """Since when each of these has its seconders: the first step there after it last sought any; one query.

    A draft that ends, or an admission that its next text undoes, brings it there again; it was seconded before.
    """
    row, sought = AmendmentStateRow, sa.orm.aliased(AmendmentStateRow)
    last = sa.select(sa.func.max(sought.n)).where(
        sought.amendment == row.amendment, sought.state == State.SEEKING_SECONDERS.value
    )
    after = row.n > sa.func.coalesce(last.correlate(row).scalar_subquery(), 0)
    here = (row.amendment.in_(amendments), row.state == State.SECONDED.value, after)
    query = sa.select(row.amendment, row.at).where(*here).order_by(row.amendment, row.n.desc())
    return {number: at for number, at in reading().execute(query)} if amendments else {}  # noqa: C416 (rows are no pairs)


def _added(row: RulingRow | AppealRow | RecommendationRow) -> int:
    session = writing()
    session.add(row)
    session.flush()
    return row.id


def _rulings(condition: sa.ColumnElement[bool]) -> tuple[Ruling, ...]:
    row, appeal, ended = RulingRow, AppealRow, AppealOutcomeRow
    query = sa.select(row, appeal, ended).outerjoin(appeal, appeal.ruling == row.id)
    rows = reading().execute(query.outerjoin(ended, ended.appeal == appeal.id).where(condition).order_by(row.id))
    return tuple(_ruling(*one) for one in rows)


def _ruling(row: RulingRow, appeal: AppealRow | None, ended: AppealOutcomeRow | None) -> Ruling:
    end = Ended(ended.upheld, ended.in_favour, ended.against, ended.reason, ended.at) if ended else None
    made = Appeal(appeal.id, appeal.reason, appeal.member, appeal.at, end) if appeal else None
    said = (row.ground, row.reason, row.changes, row.at)
    return Ruling(row.id, row.amendment, row.version, Outcome(row.outcome), *said, made)
