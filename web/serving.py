"""`flask serve`: bring the database up to date, load the demonstration where nothing is yet, and answer.

All in one start, because a second Python would cost as long again as the whole of it.
"""

from __future__ import annotations

import gc
import socket
import time
from functools import partial
from importlib import import_module
from threading import Thread

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

import store
from config import Settings
from services import composing, touching, what_if
from store.database import NotMigrated, db

APPLICATION = "app:create_app"  # by name: nothing imports app
THREADS = 16
PATIENCE = 30  # seconds in which a worker that is well begins to answer


@click.command("serve")
@with_appcontext
def serve() -> None:
    """Migrate, load the demonstration when the database is empty, and serve until interrupted."""
    settings: Settings = current_app.config["SETTINGS"]
    refuse_taken_port(settings)
    prepare(settings)
    server(settings).serve(target_loader=partial(loaded, settings))


def prepare(settings: Settings) -> None:
    """Make the database one that can be served."""
    try:
        store.startup_check()
    except NotMigrated:
        store.upgrade()
    if settings.demonstration_sign_in:
        load = current_app.cli.commands["load-demonstration"]
        load.main(["--if-empty"], standalone_mode=False)
    db.session.remove()
    db.engine.dispose()  # the server forks, and a connection must not be shared with a child


def server(settings: Settings) -> Granian:
    """One process, because the lock that orders writers on SQLite is one process's; 16 threads in it."""
    return Granian(
        APPLICATION,
        interface=Interfaces.WSGI,
        address=settings.host,
        port=settings.port,
        workers=1,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
    )


def loaded(settings: Settings, target: str) -> Flask:
    """The application, made in the process that answers; it says so as soon as it does."""
    module, factory = target.split(":")
    app: Flask = getattr(import_module(module), factory)(settings)
    settle()
    Thread(target=announce, args=(settings,), daemon=True).start()
    Thread(target=ready, args=(app,), daemon=True).start()
    return app


def ready(app: Flask) -> None:
    """Prepare, beside the first answers, what members who type are not to wait for."""
    with app.app_context():
        touching.prepare()
        composing.prepare()
        what_if.prepare()
        app.jinja_env.get_template("what_if/what_if.html")
    settle()


def settle() -> None:
    """Let the collector pass over what was made to start: it stays, and going through it holds up an answer for 90 ms."""
    gc.collect()
    gc.freeze()


def announce(settings: Settings) -> None:
    """Wait until the address answers, then print where to look."""
    until = time.monotonic() + PATIENCE
    while not answers(settings) and time.monotonic() < until:
        time.sleep(0.01)
    click.echo(announcement(settings))


def announcement(settings: Settings) -> str:
    """Where to look, in one line."""
    address = f"http://{settings.host}:{settings.port}"
    people = f"; choose who to be at {address}/sign-in" if settings.demonstration_sign_in else ""
    return f"Redraft is at {address}{people} (Ctrl+C stops it)"


def answers(settings: Settings) -> bool:
    """Whether anything takes connections at our address."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((settings.host, settings.port)) == 0


def refuse_taken_port(settings: Settings) -> None:
    """Say at once that something else answers there; raises ClickException."""
    if answers(settings):
        raise click.ClickException(
            f"Something is already served on port {settings.port}. Stop it, or choose another: PORT=5001 ./run"
        )


def init_app(app: Flask) -> None:
    """Offer the command."""
    app.cli.add_command(serve)
