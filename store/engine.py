"""How we speak to the two databases: the driver, its settings, and the checks that they are what they must be."""

from __future__ import annotations

from typing import Any

import pysqlite3  # type: ignore[import-untyped]
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor

# Before 3.51.3 a reset of the write-ahead log could corrupt the file when two connections wrote; Python's own module
# is linked against whatever the system has, so we bring ours.
SAFE_SQLITE = (3, 51, 3)

# FULL: with NORMAL a power cut loses the last acknowledged acts. recursive_triggers: without it INSERT OR REPLACE
# deletes a row behind the back of the trigger that refuses DELETE.
PRAGMAS: dict[str, str | int] = {
    "busy_timeout": 10_000,
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
}

WRITING = "redraft_writing"

# Any number will do, as long as every process of ours uses the same and nothing else in the database does.
WRITE_LOCK = 7_331_733_728_466


class UnsafeDatabase(RuntimeError):
    """The database cannot keep what it acknowledges; the message says why."""


def address(url: str) -> str:
    """The same address, naming the PostgreSQL driver that we install."""
    scheme, separator, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if separator and scheme in {"postgres", "postgresql"} else url


def options(url: str) -> dict[str, Any]:
    """The options with which the engine for this address is made."""
    if url.startswith("sqlite"):
        return {"module": pysqlite3}
    return {"pool_pre_ping": True}


def prepare(engine: Engine) -> None:
    """Give every connection of this engine our settings; raises UnsafeDatabase."""
    if engine.dialect.name != "sqlite":
        return
    refuse_old_sqlite(pysqlite3.sqlite_version_info)
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begun)


def refuse_old_sqlite(version: tuple[int, ...]) -> None:
    """Raise UnsafeDatabase for a version of SQLite that may corrupt the file."""
    if version < SAFE_SQLITE:
        found, needed = (".".join(map(str, one)) for one in (version, SAFE_SQLITE))
        raise UnsafeDatabase(f"SQLite {found} may corrupt a database in WAL mode; at least {needed} is needed.")


def begin_writing(connection: Connection) -> None:
    """Wait until nobody else writes. SQLite has done so in BEGIN IMMEDIATE; PostgreSQL is asked here.

    One writer at a time is what keeps the chain of the log from forking and the numbers from colliding. An
    organisation acts some thousand times a day; a database locks some thousand times a second.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITE_LOCK})


def _connected(connection: DBAPIConnection, _: object) -> None:
    # The driver must not begin transactions by itself: it would begin them deferred, and a deferred transaction
    # that starts to write is refused at once when another writes, whatever the timeout.
    connection.isolation_level = None
    cursor = connection.cursor()
    in_memory = not cursor.execute("PRAGMA database_list").fetchone()[2]
    for name, wanted in PRAGMAS.items():
        if not (in_memory and name == "journal_mode"):
            _set(cursor, name, wanted)
    cursor.close()


def _set(cursor: DBAPICursor, name: str, wanted: str | int) -> None:
    cursor.execute(f"PRAGMA {name} = {wanted}")
    found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
    if found != wanted:
        raise UnsafeDatabase(f"SQLite's {name} is {found!r} and must be {wanted!r}. Is the file on a network drive?")


def _begun(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
