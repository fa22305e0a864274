"""The one clock that stages open and close by: the database's, whichever machine asks."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from store.database import reading


def now() -> datetime:
    """The moment it is (aware, UTC); to the millisecond on SQLite, to the microsecond on PostgreSQL."""
    session = reading()
    if session.get_bind().dialect.name == "sqlite":
        text = session.scalar(sa.text("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')"))
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    moment: datetime = session.scalar(sa.text("SELECT clock_timestamp()"))
    return moment.astimezone(UTC)
