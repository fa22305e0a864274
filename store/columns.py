"""Column types that come back from SQLite and PostgreSQL exactly as they were put in."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine


class NaiveTime(ValueError):
    """A time without a zone means another moment in another place, so it is not kept."""

    def __init__(self, value: datetime) -> None:
        super().__init__(f"The time {value.isoformat()} names no time zone.")


def iso(moment: datetime) -> str:
    """The moment in UTC, always with six decimals: as text it sorts as time, and it hashes the same everywhere."""
    if moment.tzinfo is None:
        raise NaiveTime(moment)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(value: object) -> str:
    """The one JSON text of a value: keys sorted, no spaces, characters as themselves."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, to the microsecond: ISO text on SQLite (which has no such type), timestamptz on PostgreSQL."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type that the database itself is given."""
        return dialect.type_descriptor(sa.String(32) if dialect.name == "sqlite" else sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | datetime | None:
        """Into the database; raises NaiveTime."""
        if value is None:
            return None
        return iso(value) if dialect.name == "sqlite" else datetime.fromisoformat(iso(value))

    def process_result_value(self, value: str | datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Out of the database."""
        if value is None:
            return None
        return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


class Json(TypeDecorator[Any]):
    """A JSON value kept as its canonical text: a database's own JSON type may reorder what has been hashed."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str:  # noqa: ARG002
        """Into the database."""
        return canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:  # noqa: ARG002
        """Out of the database."""
        return None if value is None else json.loads(value)
