"""The log: every act, one entry, chained by SHA-256. Nothing here is ever updated or deleted.

An entry's digest covers its number, moment, actor's handle, act, subject, the digest of its payload and the digest of
the entry before it. Whoever noted down the last digest can tell later whether anything before it was changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from store.columns import canonical, iso
from store.database import db
from store.tables import LogRow

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One act, as logged."""

    seq: int
    at: datetime
    actor: str
    act: str
    subject: str
    payload: Mapping[str, Any]
    payload_digest: str
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was recorded; ``seq`` is the entry that says how it was, if there is one."""

    seq: int | None
    message: str


def append(*, at: datetime, actor: str, act: str, subject: str, payload: Mapping[str, Any]) -> Entry:
    """Add the entry of an act, inside its transaction."""
    last = db.session.execute(select(LogRow).order_by(LogRow.seq.desc()).limit(1)).scalar_one_or_none()
    seq, previous = (last.seq + 1, last.digest) if last else (1, GENESIS)
    written = canonical(payload)
    row = LogRow(seq=seq, at=at, actor=actor, act=act, subject=subject, payload=written, payload_digest=sha(written), previous=previous)
    row.digest = entry_digest(row)
    db.session.add(row)
    db.session.flush()
    return entry(row)


def entries(*, limit: int = 50, before: int | None = None) -> tuple[Entry, ...]:
    """The newest entries, or those before entry ``before``."""
    query = select(LogRow).order_by(LogRow.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(LogRow.seq < before)
    return tuple(map(entry, db.session.execute(query).scalars()))


def verify() -> tuple[Fault, ...]:
    """Every fault of the chain and of what it speaks of; empty when all is as it was recorded."""
    from store.verification import verify as everything

    return everything()


def entry(row: LogRow) -> Entry:
    """A row as a value."""
    return Entry(
        row.seq, row.at, row.actor, row.act, row.subject, json.loads(row.payload), row.payload_digest, row.previous,
        row.digest,
    )


def entry_digest(row: LogRow) -> str:
    """The digest that the row should have."""
    return sha(canonical({
        "seq": row.seq, "at": iso(row.at), "actor": row.actor, "act": row.act, "subject": row.subject,
        "payload": row.payload_digest, "previous": row.previous,
    }))


def sha(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
