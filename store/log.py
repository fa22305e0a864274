"""The append-only log: one entry for each act, each bound to the one before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from store import audit
from store.chain import Entry, Fault, faults, next_entry
from store.columns import canonical
from store.database import reading, snapshot, writing
from store.tables import LogEntryRow

__all__ = ["Entry", "Fault", "append", "entries", "verify", "whole"]

COLUMNS = tuple(LogEntryRow.__table__.columns)


def append(*, at: datetime, actor: str, act: str, subject: str, payload: Mapping[str, Any]) -> Entry:
    """Record an act. The transaction has kept other writers out, so the last entry is the last."""
    entry = next_entry(_last(), at=at, actor=actor, act=act, subject=subject, payload=payload)
    row = {name: getattr(entry, name) for name in Entry.__dataclass_fields__} | {"payload": canonical(payload)}
    writing().execute(sa.insert(LogEntryRow).values(**row))
    return entry


def entries(limit: int = 100, before: int | None = None) -> tuple[Entry, ...]:
    """The last entries, or the last before entry ``before``; the latest first."""
    query = sa.select(*COLUMNS).order_by(LogEntryRow.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(LogEntryRow.seq < before)
    return tuple(map(_entry, reading().execute(query)))


def about(subject: str) -> tuple[Entry, ...]:
    """The entries on one subject, the first first."""
    query = sa.select(*COLUMNS).where(LogEntryRow.subject == subject).order_by(LogEntryRow.seq)
    return tuple(map(_entry, reading().execute(query)))


def count() -> int:
    """How many acts were recorded."""
    return reading().scalar(sa.select(sa.func.count()).select_from(LogEntryRow)) or 0


def whole() -> Iterator[Entry]:
    """Every entry, the first first."""
    return _all()


def verify() -> tuple[Fault, ...]:
    """Everything that is not as it was kept: the chain itself, then all that it speaks of. Empty: all is well.

    What is done meanwhile is in neither: else an act between two looks would be taken for a forgery.
    """
    recorded = audit.Record()
    with snapshot():
        chained = tuple(faults(recorded.noting(_all())))
        return chained + tuple(audit.faults(recorded))


def _last() -> Entry | None:
    row = writing().execute(sa.select(*COLUMNS).order_by(LogEntryRow.seq.desc()).limit(1)).one_or_none()
    return None if row is None else _entry(row)


def _all() -> Iterator[Entry]:
    query = sa.select(*COLUMNS).order_by(LogEntryRow.seq).execution_options(yield_per=1000)
    return map(_entry, reading().execute(query))


def _entry(row: sa.Row[Any]) -> Entry:
    return Entry(**{**row._mapping, "payload": _payload(row.payload)})  # noqa: SLF001 (the documented name of a public thing)


def _payload(text: str) -> object:
    """The particulars; a text that is no JSON any more is handed on as it is, for verify() to find."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text
