"""Everything that is held on one person: to be given to them, or to be taken away.

What they did stays, under their handle: the log, amendments and seconds cannot be changed, and other people's decisions
rest on them. So do the snapshots of the roll, which hold no name and no address.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from members.notices import SECRET
from members.roll_cells import ERASED
from members.visibility import FORMER, VisibleTo
from store import adoption_tables, ballot_tables, committee_tables
from store.columns import iso
from store.committee_tables import AdviceRow
from store.database import Base, reading, writing
from store.members import Member
from store.tables import (
    AmendmentBodyRow,
    AmendmentRow,
    AmendmentStateRow,
    AmendmentVersionRow,
    BodySecondRow,
    FollowRow,
    LogEntryRow,
    MemberRoleRow,
    MemberRow,
    NoticeChoiceRow,
    NoticeRow,
    PasskeyRow,
    PointRow,
    PointVersionRow,
    RollEntryRow,
    RollSnapshotRow,
    SecondChangeRow,
    SecondRow,
    SessionRow,
    TicketRow,
    UnfinishedRow,
    VersionObjectionRow,
)

Held = list[dict[str, Any]]


def held(member: Member) -> Mapping[str, Any]:
    """Everything on a member as JSON can hold it; what would open a door (secrets, keys) is left out."""
    mine = member.id
    return {
        "amendments": _amendments(mine),
        "seconds": _rows(_of_version(SecondRow, SecondRow.at).where(SecondRow.member == mine)),
        "seconds_for_bodies": _rows(
            _of_version(
                BodySecondRow,
                BodySecondRow.kind,
                BodySecondRow.body,
                BodySecondRow.decided,
                BodySecondRow.minute,
                BodySecondRow.at,
            ).where(BodySecondRow.member == mine)
        ),
        "seconds_changed": _rows(
            _of_version(SecondChangeRow, SecondChangeRow.seconds, SecondChangeRow.at).where(
                SecondChangeRow.member == mine
            )
        ),
        "objections": _rows(
            _of_version(VersionObjectionRow, VersionObjectionRow.reason, VersionObjectionRow.at).where(
                VersionObjectionRow.member == mine
            )
        ),
        "points": _points(mine),
        "follows": _rows(_of(FollowRow, mine, "kind", "subject", "at")),
        "unfinished": _rows(_of(UnfinishedRow, mine, "amendment", "content", "begun", "saved")),
        "notices": _notices(mine),
        "notice_choices": _rows(_of(NoticeChoiceRow, mine, "kind", "choice")),
        "sessions": _rows(_of(SessionRow, mine, "by", "device", "at", "seen", "expires", "ended")),
        "passkeys": _rows(_of(PasskeyRow, mine, "name", "at", "used")),
        "tickets": _rows(_of(TicketRow, mine, "purpose", "at", "expires", "used")),
        "roll_snapshots": _snapshots(mine),
        "log": _log(member.handle),
        **{table.name: _rows(sa.select(table).where(table.c.member == mine)) for table in _of_desk_and_urn()},
    }


def _of_desk_and_urn() -> list[sa.Table]:
    """What is ruled, appealed, answered and objected, and what is voted: the tables of the committee, of ballots and of adoption."""
    names = adoption_tables.NAMES | committee_tables.NAMES | ballot_tables.NAMES
    return [one for one in Base.metadata.sorted_tables if one.name in names and "member" in one.c]


def erase(member: int) -> None:
    """Take away all that is known of a member but their handle and their acts."""
    session = writing()
    for table in (MemberRoleRow, PasskeyRow, TicketRow, NoticeChoiceRow, FollowRow, UnfinishedRow, AdviceRow):
        session.execute(sa.delete(table).where(table.member == member))
    unsent = sa.and_(NoticeRow.member == member, NoticeRow.sent.is_(None))
    session.execute(sa.delete(NoticeRow).where(unsent))
    blank = {"address": "", "subject": "", "body": "", "error": ""}
    session.execute(sa.update(NoticeRow).where(NoticeRow.member == member).values(**blank))
    session.execute(sa.update(SessionRow).where(SessionRow.member == member).values(device=""))
    known = dict.fromkeys(("email", "email_key", "membership", "branch", "body", "joined"), "")
    nobody = {"name": FORMER, "standing": ERASED, "visible_to": VisibleTo.MEMBERS.value}
    session.execute(sa.update(MemberRow).where(MemberRow.id == member).values(**known, **nobody))


def _of(table: Any, member: int, *columns: str) -> sa.Select[Any]:  # noqa: ANN401 (any of our tables)
    return sa.select(*(getattr(table, name) for name in columns)).where(table.member == member)


def _of_version(table: Any, *columns: Any) -> sa.Select[Any]:  # noqa: ANN401 (any of our tables)
    version = (AmendmentVersionRow.amendment, AmendmentVersionRow.n.label("version"), AmendmentVersionRow.digest)
    joined = sa.select(*version, *columns).join(AmendmentVersionRow, AmendmentVersionRow.id == table.version)
    return joined.order_by(AmendmentVersionRow.amendment, AmendmentVersionRow.n)


def _amendments(member: int) -> Held:
    found = _rows(
        sa.select(AmendmentRow.number, AmendmentRow.state, AmendmentRow.created)
        .where(AmendmentRow.mover == member)
        .order_by(AmendmentRow.number)
    )
    numbers = [one["number"] for one in found]
    version = AmendmentVersionRow
    parts = {
        "versions": sa.select(
            version.amendment,
            version.n,
            version.title,
            version.reason,
            version.base_edition,
            version.edits,
            version.digest,
            version.at,
        ).order_by(version.n),
        "states": sa.select(
            AmendmentStateRow.amendment, AmendmentStateRow.state, AmendmentStateRow.at, AmendmentStateRow.reason
        ).order_by(AmendmentStateRow.n),
        "bodies": sa.select(AmendmentBodyRow.__table__),
    }
    for name, query in parts.items():
        rows = _rows(query.where(query.selected_columns.amendment.in_(numbers)))
        for one in found:
            one[name] = [_without(row, "amendment") for row in rows if row["amendment"] == one["number"]]
    return found


def _points(member: int) -> Held:
    query = sa.select(PointRow.amendment, PointRow.side, PointVersionRow.n, PointVersionRow.text, PointVersionRow.at)
    joined = query.join(PointVersionRow, PointVersionRow.point == PointRow.id).where(PointRow.member == member)
    return _rows(joined.order_by(PointRow.amendment, PointVersionRow.n))


def _notices(member: int) -> Held:
    columns = ("kind", "address", "subject", "body", "at", "due", "sent", "tries", "error")
    rows = _rows(_of(NoticeRow, member, *columns).order_by(NoticeRow.id))
    return [one | {"body": ""} if one["kind"] in SECRET else one for one in rows]


def _snapshots(member: int) -> Held:
    entry = (RollEntryRow.branch, RollEntryRow.body, RollEntryRow.joined, RollEntryRow.standing, RollEntryRow.roles)
    query = sa.select(RollEntryRow.snapshot, RollSnapshotRow.at, RollSnapshotRow.reason, *entry)
    joined = query.join(RollSnapshotRow, RollSnapshotRow.number == RollEntryRow.snapshot)
    return _rows(joined.where(RollEntryRow.member == member).order_by(RollEntryRow.snapshot))


def _log(handle: str) -> Held:
    """What the member did, and what was done about them."""
    columns = (LogEntryRow.seq, LogEntryRow.at, LogEntryRow.actor, LogEntryRow.act, LogEntryRow.subject)
    theirs = sa.or_(LogEntryRow.actor == handle, LogEntryRow.subject == f"member {handle}")
    rows = _rows(sa.select(*columns, LogEntryRow.payload).where(theirs).order_by(LogEntryRow.seq))
    return [one | {"payload": json.loads(one["payload"])} for one in rows]


def _rows(query: sa.Select[Any]) -> Held:
    return [{name: _plain(value) for name, value in row._mapping.items()} for row in reading().execute(query)]  # noqa: SLF001


def _plain(value: object) -> object:
    return iso(value) if isinstance(value, datetime) else value


def _without(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}
