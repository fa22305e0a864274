"""What only the store's own tests need: a database before its first migration."""

from __future__ import annotations

import postgres
import pytest
import sqlalchemy as sa
from flask import Flask

import store
from store.database import db


@pytest.fixture
def empty_database(tmp_path):
    """A database without any table: the store alone around it."""
    app = Flask("store")
    store.init_app(app, postgres.address() or f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            with db.engine.begin() as connection:
                connection.execute(sa.text("DROP SCHEMA public CASCADE"))
                connection.execute(sa.text("CREATE SCHEMA public"))
        yield app
        db.session.remove()
        db.engine.dispose()
