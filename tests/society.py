"""The Allotment Society, on a database of its own and with the whole application before it."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import allotment
import pages

import store
from app import create_app
from config import Environment, Settings
from store.database import db

if TYPE_CHECKING:
    from flask import Flask


def opened(folder: Path) -> Flask:
    """The application, its society founded; the people of allotment.py may sign in with one click."""
    app = application(Path(shutil.copy(founded(), folder / "society.sqlite3")))
    app.test_client_class = pages.Client
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@cache
def founded() -> Path:
    """The file of a society that has only been founded, made once and copied for each test."""
    file = Path(tempfile.mkdtemp()) / "founded.sqlite3"
    with application(file).app_context():
        store.upgrade()
        allotment.found()
        db.session.remove()
        db.engine.dispose()
    return file


def application(file: Path) -> Flask:
    """The application over a database."""
    url = f"sqlite:///{file}"
    return create_app(Settings(Environment.DEMONSTRATION, url, "allotment" * 4, demonstration_sign_in=True))
