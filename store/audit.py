"""Is everything in the store what the log says was put there?

A digest kept beside what it digests proves little: whoever can change the one can change the other. So each edition,
draft, version, second, snapshot of the roll, date and rulebook is recomputed from its rows, compared with the digest kept
beside it, *and* with the digest that the log recorded, which cannot be changed without breaking the chain. What the log
does not know of, and what it knows of but is gone, are faults too.

What entries must carry for this (the services write them): subject ``edition 3`` with ``digest`` (and ``in_force``, the
moment, where that is not the entry's); ``draft 2`` with
``digest`` (and ``redline``, ``provenance``, the coverage table as ``items`` and own ``words`` where recorded); ``amendment 7`` with ``version`` and ``digest`` (and
``words``: amendments.words_digest); ``process`` with ``rulebook``; acts ``second``, ``take-back-second`` and
``leave-amendment`` on ``amendment 7`` with ``digest``, ``second-for-body`` with the ``branch`` or ``body``, ``decided`` and
``minute`` as well; ``roll-snapshot`` on ``roll snapshot 3``, or ``import-roll`` with ``snapshot``, with ``digest`` and
``members``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from amendments.edit import digest as edits_digest
from amendments.edit import from_json
from constitution.digest import digest, text_digest
from store import amendments, books, drafts
from store.audit_accounts import Accounts
from store.audit_ballots import Ballots
from store.audit_committee import Committee
from store.audit_public import SaidInPublic
from store.audit_roll import Snapshots
from store.audit_seconds import Seconds
from store.chain import Entry, Fault
from store.database import reading
from store.tables import (
    AdoptionRow,
    AmendmentRow,
    AmendmentStateRow,
    AmendmentVersionRow,
    DraftClauseRow,
    DraftRow,
    EditionClauseRow,
    EditionRow,
    ProcessRow,
    WordingRow,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A thing in the store: its name in sentences, the digest beside it, and what its rows hash to now (None: broken)."""

    subject: str
    digest: str
    now: str | None
    at: datetime
    more: Mapping[str, Any] = field(default_factory=dict)


class Record:
    """What the log says of each thing: the entry that recorded it, by subject."""

    def __init__(self) -> None:
        self.things: dict[str, Entry] = {}
        self.seconds = Seconds()
        self.snapshots = Snapshots()
        self.committee = Committee()
        self.public = SaidInPublic()
        self.accounts = Accounts()
        self.ballots = Ballots()
        self.rulebook: Entry | None = None

    def noting(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Pass the entries on, taking note of each."""
        for entry in entries:
            if isinstance(entry.payload, dict):
                self._note(entry)
            yield entry

    def _note(self, entry: Entry) -> None:
        self.seconds.note(entry)
        self.snapshots.note(entry)
        self.committee.note(entry)
        self.public.note(entry)
        self.accounts.note(entry)
        self.ballots.note(entry)
        if entry.subject == "process" and "rulebook" in entry.payload:
            self.rulebook = entry
        if "digest" not in entry.payload:
            return
        if entry.subject.startswith("amendment ") and "version" in entry.payload:
            self.things.setdefault(f"{entry.subject}, version {entry.payload['version']}", entry)
        elif entry.subject.startswith(("edition ", "draft ")):
            self.things.setdefault(entry.subject, entry)


def faults(record: Record) -> Iterator[Fault]:
    """Everything that is not as the log recorded it."""
    yield from _wordings()
    kept = [*_editions(), *_drafts(), *_versions()]
    for thing in kept:
        yield from _compared(thing, record.things.get(thing.subject))
    yield from _gone(record.things, {thing.subject for thing in kept})
    yield from record.seconds.faults()
    yield from record.snapshots.faults()
    yield from record.committee.faults()
    yield from record.public.faults()
    yield from record.accounts.faults()
    yield from record.ballots.faults()
    yield from _states()
    yield from _rulebook(record.rulebook)


def _compared(thing: Kept, entry: Entry | None) -> Iterator[Fault]:
    name = thing.subject[0].upper() + thing.subject[1:]
    if thing.now != thing.digest:
        seq = entry.seq if entry else None
        yield Fault(seq, f"{name} is not as it was kept: its text does not match its digest.")
    if entry is None:
        yield Fault(None, f"{name} is not recorded in the log.")
        return
    if thing.digest != entry.payload["digest"]:
        yield Fault(entry.seq, f"{name} has another digest than entry {entry.seq} of the log recorded.")
    if thing.at != _moment(entry):
        yield Fault(entry.seq, f"{name} is dated otherwise than entry {entry.seq} of the log.")
    for key, value in thing.more.items():
        if key in entry.payload and entry.payload[key] != value:
            yield Fault(entry.seq, f"{name} has another {key} than entry {entry.seq} of the log recorded.")


def _moment(entry: Entry) -> datetime | None:
    """Of what it recorded: its own, unless an edition came into force at another one than it was entered."""
    said = entry.payload.get("in_force")
    if said is None:
        return entry.at
    try:
        return datetime.fromisoformat(said)
    except (TypeError, ValueError):
        return None


def _gone(recorded: Mapping[str, Entry], kept: set[str]) -> Iterator[Fault]:
    for subject, entry in recorded.items():
        if subject not in kept:
            yield Fault(entry.seq, f"Entry {entry.seq} of the log recorded {subject}, which is not there any more.")


def _wordings() -> Iterator[Fault]:
    rows = reading().execute(sa.select(WordingRow.digest, WordingRow.text).execution_options(yield_per=1000))
    for row in rows:
        if text_digest(row.text) != row.digest:
            yield Fault(None, f"The wording {row.digest[:12]} is not as it was kept; it now reads: {row.text[:60]!r}.")


def _editions() -> Iterator[Kept]:
    columns: sa.Select[Any] = sa.select(*EditionRow.__table__.columns, AdoptionRow.draft)
    rows = reading().execute(columns.outerjoin(AdoptionRow, AdoptionRow.edition == EditionRow.number)).all()
    for row in rows:
        more = {"draft": row.draft, "edition": row.number}
        yield Kept(f"edition {row.number}", row.digest, _recomputed(EditionClauseRow, row.number, row), row.at, more)


def _drafts() -> Iterator[Kept]:
    for row in reading().execute(sa.select(*DraftRow.__table__.columns)).all():
        more = {
            "composite": row.composite,
            "base": row.base_edition,
            "redline": row.redline_digest,
            "provenance": drafts.provenance_digest(row.provenance),
        }
        yield Kept(f"draft {row.number}", row.digest, _recomputed(DraftClauseRow, row.number, row), row.frozen_at, more)


def _versions() -> Iterator[Kept]:
    bases = {row.number: row.digest for row in reading().execute(sa.select(EditionRow.number, EditionRow.digest))}
    for row in reading().execute(sa.select(*AmendmentVersionRow.__table__.columns)).all():
        more = {"base": row.base_edition, "words": amendments.words_digest(row.title, row.reason)}
        now = _edits_digest(row.edits, bases.get(row.base_edition, ""))
        yield Kept(f"amendment {row.amendment}, version {row.n}", row.digest, now, row.at, more)


def _recomputed(rows: books.ClauseRows, owner: int, head: sa.Row[Any]) -> str | None:
    """From the rows, never from the shelf; None when they make no rule book any more."""
    try:
        return digest(books.read(reading(), rows, owner, head))
    except (ValueError, LookupError, TypeError):
        return None


def _edits_digest(edits: list[dict[str, Any]], base: str) -> str | None:
    try:
        return edits_digest(from_json(edits), base)
    except (ValueError, LookupError, TypeError):
        return None


def _states() -> Iterator[Fault]:
    last = sa.select(AmendmentStateRow.amendment, sa.func.max(AmendmentStateRow.n).label("n"))
    ends = last.group_by(AmendmentStateRow.amendment).subquery()
    query = (
        sa.select(AmendmentRow.number, AmendmentRow.state, AmendmentStateRow.state.label("step"))
        .outerjoin(ends, ends.c.amendment == AmendmentRow.number)
        .outerjoin(
            AmendmentStateRow, (AmendmentStateRow.amendment == ends.c.amendment) & (AmendmentStateRow.n == ends.c.n)
        )
        .order_by(AmendmentRow.number)
    )
    for row in reading().execute(query).all():
        if row.state != row.step:
            yield Fault(
                None,
                f"Amendment {row.number} is {row.state}, but the last step of its history is {row.step or 'missing'}.",
            )


def _rulebook(entry: Entry | None) -> Iterator[Fault]:
    row = (
        reading()
        .execute(sa.select(*ProcessRow.__table__.columns).order_by(ProcessRow.id.desc()).limit(1))
        .one_or_none()
    )
    if row is None:
        return
    if text_digest(row.rulebook) != row.digest:
        yield Fault(
            entry.seq if entry else None, "The rules are not as they were kept: they do not match their digest."
        )
    if entry is None or entry.payload["rulebook"] != row.digest:
        yield Fault(entry.seq if entry else None, "The rules have another digest than the log recorded.")
