"""The demonstration behind a client that looks at every page."""

from __future__ import annotations

import shutil

import pages
import pytest

from app import create_app
from config import Environment, Settings


def opened(file):
    """The application over this file."""
    app = create_app(Settings(Environment.DEMONSTRATION, f"sqlite:///{file}", "w" * 40, demonstration_sign_in=True))
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False  # test_headers.py has it on
    app.test_client_class = pages.Client
    return app


@pytest.fixture
def app(demonstration, tmp_path):
    """The demonstration, all one's own."""
    app = opened(shutil.copy(demonstration, tmp_path / "redraft.sqlite3"))
    yield app
    with app.app_context():
        from store.database import db

        db.engine.dispose()


@pytest.fixture
def client(app):
    """A visitor who is not signed in; ``client.sign_in("rosa-lindgren")``."""
    with app.test_client() as client:
        yield client
