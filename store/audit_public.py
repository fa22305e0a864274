"""What is said in public besides what the committee does, and the log, in both directions, as store/audit_committee.py has it.

Dates of stages and events, agendas, points for and against, objections to a text, the bodies in whose name amendments are
moved. Of points the log has only the digest, because one that is hidden must not be read there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from constitution.digest import text_digest
from store.audit_committee import Said, compared
from store.chain import Entry, Fault
from store.columns import canonical, iso
from store.committee_tables import PublicationItemRow, PublicationRow
from store.database import reading
from store.tables import (
    AmendmentBodyRow,
    AmendmentRow,
    AmendmentVersionRow,
    MemberRow,
    PointRow,
    PointVersionRow,
    StageDateRow,
    VersionObjectionRow,
)


@dataclass(frozen=True, slots=True)
class Public:
    """What ``acts`` write: ``rows`` are what is kept, and ``says`` the particulars that an entry must have.

    ``called`` begins a sentence ("A date"). Who did it is not kept in rows that are not ``signed``.
    """

    called: str
    acts: tuple[str, ...]
    says: tuple[str, ...]
    rows: Callable[[], Iterator[Said]]
    signed: bool = True

    def said(self, entry: Entry) -> Said | None:
        """What an entry says, as its row would; None when it is of something else."""
        if entry.act not in self.acts or not entry.payload.keys() & set(self.says):
            return None
        told = {name: _in_utc(name, entry.payload.get(name)) for name in self.says}
        return entry.subject, entry.actor if self.signed else "", iso(entry.at), canonical(told)


_MOMENTS = frozenset({"to", "moment"})


def _in_utc(name: str, value: Any) -> Any:  # noqa: ANN401 (whatever JSON holds)
    if name not in _MOMENTS:
        return value
    try:
        return datetime.fromisoformat(value).astimezone(UTC).isoformat()
    except (TypeError, ValueError):
        return value


def _dates() -> Iterator[Said]:
    for row in reading().scalars(sa.select(StageDateRow).where(StageDateRow.edge != "event")):
        said = {"edge": row.edge, "to": row.moment.isoformat(), "reason": row.reason}
        yield f"stage {row.name}", "", iso(row.at), canonical(said)


def _events() -> Iterator[Said]:
    for row in reading().scalars(sa.select(StageDateRow).where(StageDateRow.edge == "event")):
        yield f"event {row.name}", "", iso(row.at), canonical({"moment": row.moment.isoformat(), "reason": row.reason})


def _agendas() -> Iterator[Said]:
    items: defaultdict[int, list[int]] = defaultdict(list)
    for item in reading().scalars(sa.select(PublicationItemRow).order_by(PublicationItemRow.agenda)):
        items[item.publication].append(item.amendment)
    query = sa.select(PublicationRow, MemberRow.handle).join(MemberRow, MemberRow.id == PublicationRow.member)
    for row, handle in reading().execute(query):
        said = {"title": row.title, "ordered_by": row.ordered_by, "draft": row.draft, "items": items[row.number]}
        yield f"publication {row.number}", handle, iso(row.at), canonical(said)


def _points() -> Iterator[Said]:
    query = sa.select(PointVersionRow, PointRow.amendment, MemberRow.handle).join(
        PointRow, PointRow.id == PointVersionRow.point
    )
    for row, amendment, handle in reading().execute(query.join(MemberRow, MemberRow.id == PointRow.member)):
        said = {"point": row.point, "n": row.n, "digest": text_digest(row.text)}
        yield f"amendment {amendment}", handle, iso(row.at), canonical(said)


def _objections() -> Iterator[Said]:
    version = AmendmentVersionRow
    query = sa.select(VersionObjectionRow, version.amendment, version.n, MemberRow.handle).join(
        version, version.id == VersionObjectionRow.version
    )
    for row, amendment, n, handle in reading().execute(
        query.join(MemberRow, MemberRow.id == VersionObjectionRow.member)
    ):
        said = {"version": n + 1, "note": f"A seconder objected to version {n}: {row.reason}"}
        yield f"amendment {amendment}", handle, iso(row.at), canonical(said)


def _movers() -> Iterator[Said]:
    version = AmendmentVersionRow
    query = sa.select(AmendmentBodyRow, version.at, MemberRow.handle).join(
        version, (version.amendment == AmendmentBodyRow.amendment) & (version.n == 1)
    )
    query = query.join(AmendmentRow, AmendmentRow.number == AmendmentBodyRow.amendment)
    for row, at, handle in reading().execute(query.join(MemberRow, MemberRow.id == AmendmentRow.mover)):
        said = {"branch": None, "body": None, row.kind: row.body, "decided": row.decided, "minute": row.minute}
        yield f"amendment {row.amendment}", handle, iso(at), canonical(said)


PUBLIC = (
    Public("A date", ("change-date",), ("edge", "to", "reason"), _dates, signed=False),
    Public("A date", ("event",), ("moment", "reason"), _events, signed=False),
    Public("An agenda", ("publish-agenda",), ("title", "ordered_by", "draft", "items"), _agendas),
    Public("A point", ("add-point", "edit-point"), ("point", "n", "digest"), _points),
    Public("An objection to a text", ("object-to-text",), ("version", "note"), _objections),
    Public("The body that moved an amendment", ("propose",), ("branch", "body", "decided", "minute"), _movers),
)


class SaidInPublic:
    """What the log says of it."""

    def __init__(self) -> None:
        self._recorded: defaultdict[Public, list[tuple[Said, Entry]]] = defaultdict(list)

    def note(self, entry: Entry) -> None:
        """Take note of an entry whose particulars are a mapping, if it is of such an act."""
        for one in PUBLIC:
            said = one.said(entry)
            if said:
                self._recorded[one].append((said, entry))

    def faults(self) -> Iterator[Fault]:
        """Every row that is not as the log recorded it, or not recorded, and every entry whose row is gone."""
        for one in PUBLIC:
            yield from compared(one.called, one.rows(), self._recorded[one])
