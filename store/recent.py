"""Amendments in lines: as much of each as a list or a feed shows, by what happened to them last."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from amendments.states import State
from store import members
from store.database import reading
from store.tables import AmendmentClauseRow, AmendmentRow, AmendmentStateRow, AmendmentVersionRow, MemberRow


@dataclass(frozen=True, slots=True)
class Line:
    """An amendment with the title and reason that stand; ``changed`` is when its text or its state last did."""

    number: int
    title: str
    reason: str
    state: State
    mover: members.Member
    created: datetime
    changed: datetime


def everything(limit: int) -> tuple[Line, ...]:
    """The amendments that were proposed or changed last."""
    return _where(sa.true(), limit)


def of_branch(branch: str, limit: int) -> tuple[Line, ...]:
    """Those moved by members of a branch."""
    people = sa.select(MemberRow.id).where(MemberRow.branch == branch)
    return _where(AmendmentRow.mover.in_(people), limit)


def of_clauses(clauses: Collection[str], limit: int) -> tuple[Line, ...]:
    """Those whose text that stands bears on any of these clauses."""
    touching = (
        sa.select(AmendmentVersionRow.amendment)
        .join(AmendmentClauseRow, AmendmentClauseRow.version == AmendmentVersionRow.id)
        .where(AmendmentClauseRow.clause.in_(clauses), AmendmentVersionRow.id == _last_version())
    )
    return _where(AmendmentRow.number.in_(touching), limit)


def moved_by(member: int) -> tuple[Line, ...]:
    """Those that a member moved."""
    return _where(AmendmentRow.mover == member)


def numbered(numbers: Collection[int]) -> tuple[Line, ...]:
    """These."""
    return _where(AmendmentRow.number.in_(numbers)) if numbers else ()


def _last_version() -> sa.ScalarSelect[Any]:
    """The id of the last version of the amendment of the row: ids grow with n, because one writer writes at a time."""
    later = sa.orm.aliased(AmendmentVersionRow)
    query = sa.select(sa.func.max(later.id)).where(later.amendment == AmendmentVersionRow.amendment)
    return query.correlate(AmendmentVersionRow).scalar_subquery()


def _where(condition: sa.ColumnElement[bool], limit: int | None = None) -> tuple[Line, ...]:
    """The latest first; two queries."""
    version, steps = AmendmentVersionRow, AmendmentStateRow
    stepped = sa.select(sa.func.max(steps.at)).where(steps.amendment == AmendmentRow.number).scalar_subquery()
    changed = sa.case((stepped > version.at, stepped), else_=version.at).label("changed")
    query = (
        sa.select(*AmendmentRow.__table__.columns, version.title, version.reason, changed)
        .join(version, (version.amendment == AmendmentRow.number) & (version.id == _last_version()))
        .where(condition)
        .order_by(changed.desc(), AmendmentRow.number.desc())
        .limit(limit)
    )
    rows = reading().execute(query).all()
    movers = members.by_ids(row.mover for row in rows)
    return tuple(
        Line(row.number, row.title, row.reason, State(row.state), movers[row.mover], row.created, row.changed)
        for row in rows
    )
