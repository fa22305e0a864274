"""The roll as it was at a moment: snapshots with their digest, never changed; and a file that waits to be applied.

The digest of a snapshot is the SHA-256 of the canonical JSON of its entries in the order of their handles, each
``[handle, member, branch, body, joined, standing, roles]``. Names and addresses are in none: what must never change must
not hold what a person may have erased.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from store import members
from store.chain import Fault
from store.columns import canonical
from store.database import reading, writing
from store.tables import RollEntryRow, RollSnapshotRow, TicketRow

ENTRIES = RollEntryRow.__table__


class UnknownSnapshot(LookupError):
    """There is no snapshot of the roll with this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no snapshot {number} of the roll.")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """When and why the roll was written down, of how many people, and the digest of what was written."""

    number: int
    at: datetime
    reason: str
    members: int
    digest: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as the roll had them then; ``roles`` in alphabetical order, parted by spaces."""

    handle: str
    member: int
    branch: str
    body: str
    joined: str
    standing: str
    roles: str


UPLOAD = "roll-upload"
SNAPSHOT = tuple(Snapshot.__dataclass_fields__)
ENTRY = tuple(Entry.__dataclass_fields__)


def snapshot(reason: str, at: datetime) -> Snapshot:
    """Write the roll down as it is, without those who have left it."""
    session = writing()
    number = (session.scalar(sa.select(sa.func.max(RollSnapshotRow.number))) or 0) + 1
    entries = sorted(map(_entry, members.on_roll()), key=lambda one: one.handle)
    made = Snapshot(number, at, reason, len(entries), digest(entries))
    session.execute(sa.insert(RollSnapshotRow).values(**{name: getattr(made, name) for name in SNAPSHOT}))
    if entries:
        rows = [{"snapshot": number} | {name: getattr(one, name) for name in ENTRY} for one in entries]
        session.execute(sa.insert(ENTRIES), rows)
    return made


def snapshots() -> tuple[Snapshot, ...]:
    """Every snapshot, the latest first."""
    rows = reading().execute(sa.select(RollSnapshotRow.__table__).order_by(RollSnapshotRow.number.desc()))
    return tuple(Snapshot(*(getattr(row, name) for name in SNAPSHOT)) for row in rows)


def entries(number: int) -> tuple[Entry, ...]:
    """Who was on the roll at a snapshot, in the order of their handles; raises UnknownSnapshot."""
    _snapshot(number)
    return _entries(number)


def verify(number: int) -> tuple[Fault, ...]:
    """What of a snapshot is not as it was written; empty when all is. Raises UnknownSnapshot."""
    kept, found = _snapshot(number), _entries(number)
    if (kept.members, kept.digest) == (len(found), digest(found)):
        return ()
    return (Fault(None, f"Snapshot {number} of the roll is not as it was kept: its entries do not match its digest."),)


def digest(found: Iterable[Entry]) -> str:
    """As the module says; taken piece by piece, because a roll of 100,000 need not be one text in memory."""
    kept = hashlib.sha256()
    for piece in _pieces(found):
        kept.update(piece.encode())
    return kept.hexdigest()


def forget_uploads(at: datetime, ticket: str | None = None) -> None:
    """Empty the tickets of files that were applied (``ticket``) or waited too long: what they held is personal."""
    over = TicketRow.expires <= at if ticket is None else TicketRow.id == ticket
    writing().execute(sa.update(TicketRow).where(TicketRow.purpose == UPLOAD, over).values(payload=None))


def show_again(ticket: str, payload: object) -> None:
    """A file that waits was looked at anew: keep what it would do now."""
    this = sa.and_(TicketRow.id == ticket, TicketRow.purpose == UPLOAD, TicketRow.used.is_(None))
    writing().execute(sa.update(TicketRow).where(this).values(payload=payload))


def _pieces(found: Iterable[Entry]) -> Iterator[str]:
    yield "["
    for n, one in enumerate(found):
        yield ("," if n else "") + canonical([getattr(one, name) for name in ENTRY])
    yield "]"


def _entry(one: members.Member) -> Entry:
    return Entry(one.handle, one.id, one.branch, one.body, one.joined, one.standing, " ".join(sorted(one.roles)))


def _snapshot(number: int) -> Snapshot:
    query = sa.select(RollSnapshotRow.__table__).where(RollSnapshotRow.number == number)
    row = reading().execute(query).one_or_none()
    if row is None:
        raise UnknownSnapshot(number)
    return Snapshot(*(getattr(row, name) for name in SNAPSHOT))


def _entries(number: int) -> tuple[Entry, ...]:
    """Sorted here: two databases do not agree on the order of texts."""
    query = sa.select(ENTRIES).where(RollEntryRow.snapshot == number)
    found = (Entry(*(getattr(row, name) for name in ENTRY)) for row in reading().execute(query))
    return tuple(sorted(found, key=lambda one: one.handle))
