"""`flask serve`: bring the database up to date, load the demonstration where nothing is yet, and answer.

All in one start, because a second Python would cost as long again as the whole of it.
"""

from __future__ import annotations

import threading
import urllib.request
from typing import TYPE_CHECKING

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

if TYPE_CHECKING:
    from config import Settings

THREADS = 16


@click.command("serve")
@with_appcontext
def serve() -> None:
    """Migrate, load the demonstration when the database is empty, and serve until interrupted."""
    settings: Settings = current_app.config["SETTINGS"]
    prepare(settings)
    _announce_when_ready(settings)
    _answer(settings)


def prepare(settings: Settings) -> None:
    """Make the database one that can be served."""
    upgrade()
    if settings.demonstration_sign_in:
        command = current_app.cli.commands["load-demonstration"]
        command.main(["--if-empty"], standalone_mode=False)


def _answer(settings: Settings) -> None:
    """Granian: one process, because the lock that orders writers on SQLite is one process's; 16 threads in it."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "app:create_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=settings.host,
        port=settings.port,
        workers=1,
        blocking_threads=THREADS,
        log_level="warning",
    ).serve()


def _announce_when_ready(settings: Settings) -> None:
    threading.Thread(target=_announce, args=(settings,), daemon=True).start()


def _announce(settings: Settings) -> None:
    """Say where to look, in one line, once looking would work."""
    address = f"http://{settings.host}:{settings.port}"
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{address}/sign-in", timeout=5).close()  # noqa: S310 (our own address)
        except OSError:
            threading.Event().wait(0.05)
        else:
            break
    people = f"; choose who to be at {address}/sign-in" if settings.demonstration_sign_in else ""
    click.echo(f"Redraft is at {address}{people} (Ctrl+C stops it)")


def init_app(app: Flask) -> None:
    """Offer the command."""
    app.cli.add_command(serve)
