"""The Allotment Society, on a database of its own and with the whole application before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import allotment
import pages

import store
from app import create_app
from config import Environment, Settings

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask


def opened(folder: Path, name: str = "society") -> Flask:
    """The application, its society founded; the people of allotment.py may sign in with one click."""
    url = f"sqlite:///{folder / name}.sqlite3"
    app = create_app(Settings(Environment.DEMONSTRATION, url, "allotment" * 4, demonstration_sign_in=True))
    app.test_client_class = pages.Client
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        store.upgrade()
        allotment.found()
    return app
