"""`flask serve`: bring the database up to date, load the demonstration where nothing is yet, and answer.

All in one start, because a second Python would cost as long again as the whole of it.
"""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from store.database import db, startup_check

if TYPE_CHECKING:
    from config import Settings

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
THREADS = 16


@click.command("serve")
@with_appcontext
def serve() -> None:
    """Migrate, load the demonstration when the database is empty, and serve until interrupted."""
    settings: Settings = current_app.config["SETTINGS"]
    refuse_taken_port(settings)
    prepare(settings)
    server(settings).serve()


def prepare(settings: Settings) -> None:
    """Make the database one that can be served."""
    upgrade(str(MIGRATIONS))
    startup_check()
    if settings.demonstration_sign_in:
        load = current_app.cli.commands["load-demonstration"]
        load.main(["--if-empty"], standalone_mode=False)
    db.engine.dispose()  # the server forks, and a connection must not be shared with a child


def server(settings: Settings) -> Granian:
    """One process, because the lock that orders writers on SQLite is one process's; 16 threads in it."""
    granian = Granian(
        "app:create_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=settings.host,
        port=settings.port,
        workers=1,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
    )
    granian.on_startup(lambda: click.echo(announcement(settings)))
    return granian


def announcement(settings: Settings) -> str:
    """Where to look, in one line."""
    address = f"http://{settings.host}:{settings.port}"
    people = f"; choose who to be at {address}/sign-in" if settings.demonstration_sign_in else ""
    return f"Redraft is at {address}{people} (Ctrl+C stops it)"


def refuse_taken_port(settings: Settings) -> None:
    """Say at once that something else answers there; raises ClickException."""
    with socket.socket() as probe:
        if probe.connect_ex((settings.host, settings.port)) == 0:
            raise click.ClickException(
                f"Something is already served on port {settings.port}. Stop it, or choose another: PORT=5001 ./run"
            )


def init_app(app: Flask) -> None:
    """Offer the command."""
    app.cli.add_command(serve)
