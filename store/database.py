"""The tables' base, and the one way to write: one act, one transaction, one writer at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate  # type: ignore[import-untyped]
from flask_migrate import upgrade as migrate_up
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

from store.engine import WRITING, address, begin_writing, options, prepare

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"

# Constraints that have names can be changed by a migration on both databases.
NAMES = {
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}


class Base(DeclarativeBase):
    """What every table of ours derives from."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base)


class NestedTransaction(RuntimeError):
    """An act inside an act: the inner one would be kept or lost with the outer one, against its promise."""

    def __init__(self) -> None:
        super().__init__("A transaction was begun inside another one.")


class NoTransaction(RuntimeError):
    """Something was to be kept outside a transaction."""

    def __init__(self) -> None:
        super().__init__("Only inside store.transaction() can anything be kept.")


class NotMigrated(RuntimeError):
    """The tables are not those that this version of the programme knows."""

    def __init__(self, found: str | None, wanted: str | None) -> None:
        super().__init__(
            f"The database is at revision {found or 'none'}, the programme at {wanted}. Run: ./run flask db upgrade"
        )


class NoRoom(RuntimeError):
    """The disk of the database is full: the act was not kept, and nothing of it."""

    def __init__(self) -> None:
        super().__init__(
            "The server has no room left to keep anything. Nothing was changed. Keep this page open and try again later; "
            "reading goes on."
        )


# SQLite lets one writer in at a time and makes the others poll; queueing them here instead is fair and wakes the
# next one at once (p99 of a write with 16 threads: 31 ms against 1,200 ms).
_one_writer = threading.Lock()
_this_thread = threading.local()


@contextmanager
def transaction() -> Iterator[None]:
    """One act: all that is written inside is kept together, or none of it.

    Reading inside sees the newest committed state, and nobody else writes until the end. Raises NestedTransaction.
    """
    if getattr(_this_thread, "session", None) is not None:
        raise NestedTransaction
    session = db.session()
    # What this session has read before may be old by now. Ended before waiting, lest a reader hold up the queue.
    session.rollback()
    with _one_writer:
        try:
            _this_thread.session = session
            begin_writing(session.connection(execution_options={WRITING: True}))
            yield
            session.commit()
        except BaseException as error:
            session.rollback()
            if isinstance(error, OperationalError) and _is_full(error):
                raise NoRoom from error
            raise
        finally:
            _this_thread.session = None


def _is_full(error: OperationalError) -> bool:
    """Whether it says that the disk is full: SQLITE_FULL, a write-ahead log that cannot grow, or 53100 of PostgreSQL."""
    said = str(error.orig)
    return "disk is full" in said or "disk I/O error" in said or getattr(error.orig, "sqlstate", "") == "53100"


@contextmanager
def snapshot() -> Iterator[None]:
    """Reading inside sees the database as it is at one moment, whatever others commit meanwhile. Nothing is written.

    Inside an act that is so already: nobody else writes until its end.
    """
    if getattr(_this_thread, "session", None) is not None:
        yield
        return
    session = db.session()
    session.rollback()  # what this session has read before is of another moment
    if db.engine.dialect.name == "postgresql":  # which else looks anew in each statement
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    try:
        yield
    finally:
        session.rollback()


def name() -> str:
    """The address of the database, to keep apart what is remembered of several."""
    return str(db.engine.url)


def reading() -> Session:
    """The session to read with: inside an act the one that writes, so that it sees what it has written."""
    return getattr(_this_thread, "session", None) or db.session()


def writing() -> Session:
    """The session to write with; raises NoTransaction outside transaction()."""
    session: Session | None = getattr(_this_thread, "session", None)
    if session is None:
        raise NoTransaction
    return session


def insert_new(session: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that passes over the rows whose key is there already."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()


def init_app(app: Flask, url: str | None = None) -> None:
    """Connect the app to the database at ``url`` (or its SQLALCHEMY_DATABASE_URI); raises UnsafeDatabase."""
    found = address(url or app.config["SQLALCHEMY_DATABASE_URI"])
    app.config["SQLALCHEMY_DATABASE_URI"] = found
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options(found) | app.config.get("SQLALCHEMY_ENGINE_OPTIONS", {})
    db.init_app(app)
    Migrate(app, db, directory=str(MIGRATIONS))
    with app.app_context():
        prepare(db.engine)


def upgrade() -> None:
    """Bring the tables to this version of the programme."""
    migrate_up(directory=str(MIGRATIONS))


def startup_check() -> None:
    """Raise UnsafeDatabase or NotMigrated when serving from this database would be wrong."""
    wanted = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    with db.engine.connect() as connection:  # connecting checks the settings
        found = MigrationContext.configure(connection).get_current_revision()
    if found != wanted:
        raise NotMigrated(found, wanted)
