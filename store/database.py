"""The tables' base, and the one way to write: one act, one transaction, one writer at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from store.engine import WRITING, begin_writing, options, prepare

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of every table, with names for constraints so that a migration can drop what it made."""

    metadata = MetaData(naming_convention=NAMING)


class NestedTransaction(RuntimeError):
    """One act is one transaction: an act inside an act is a fault of ours."""

    def __init__(self) -> None:
        super().__init__("A transaction was begun inside another one.")


db = SQLAlchemy(model_class=Base)
_one_writer = threading.Lock()
_this_thread = threading.local()


def init_app(app: Flask) -> None:
    """Bind the store to an application whose settings name the database; raises UnsafeDatabase."""
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", options(app.config["SQLALCHEMY_DATABASE_URI"]))
    db.init_app(app)
    Migrate(app, db)
    with app.app_context():
        prepare(db.engine)


@contextmanager
def transaction() -> Iterator[None]:
    """One act: everything in it is kept, or nothing. Writers of this process go one at a time."""
    if getattr(_this_thread, "writes", False):
        raise NestedTransaction
    with _one_writer:
        db.session.rollback()  # a read may have begun a transaction with an older view of the data
        _this_thread.writes = True
        try:
            begin_writing(db.session.connection(execution_options={WRITING: True}))
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
        finally:
            _this_thread.writes = False
