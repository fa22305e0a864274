"""`flask worker`: sends what is due and makes the daily digest, until it is told to stop. Several may run at once."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from select import select
from typing import TYPE_CHECKING

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

import store
import store.processes
from services import correcting, enacting, notifying, reminding, sending
from services.letters import Letterhead
from web import post, shell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from config import Settings
    from services.sending import Clock

PAUSE = 5.0  # seconds between two looks: who waits for a link to sign in with waits for this


@click.command("worker", cls=shell.Command)
@click.option("--once", is_flag=True, help="Send what is due now, and end.")
@with_appcontext
def worker(*, once: bool) -> None:
    """Send messages that are due, and once a day the digest; ends in order on SIGTERM and Ctrl+C."""
    settings: Settings = current_app.config["SETTINGS"]
    refuse_off(settings)
    with stopping() as stop:
        work(settings, shell.now, lambda: stop.asked, (lambda _: True) if once else stop.wait)


def work(settings: Settings, clock: Clock, stopped: Callable[[], bool], wait: Callable[[float], bool]) -> None:
    """Rounds of work, ``wait(PAUSE)`` between them, until that says to stop."""
    while True:
        made = one_round(settings, clock, stopped)
        for line in described(made):
            click.echo(line)
        if wait(PAUSE):
            return


def one_round(settings: Settings, clock: Clock, stopped: Callable[[], bool]) -> sending.Round:
    """What comes into force, what is to be told of the stages, the digest if its hour has come, then what is due."""
    enacting.bring_due(clock())
    correcting.bring_due(clock())
    reminding.remind(clock())
    notifying.gather(clock())
    with post.opened(settings.mail) as way:
        return sending.send_due(way, letterhead(settings), clock, stopped)


def letterhead(settings: Settings) -> Letterhead:
    """In whose name letters leave this installation."""
    organisation = store.processes.current().organisation
    return Letterhead(organisation, settings.sender, settings.base_url, settings.secret_key)


def described(made: sending.Round) -> Iterator[str]:
    """What came of a round, for whoever reads the worker's output: no addresses, no subjects."""
    yield from made.said
    if made.sent or made.later or made.given_up:
        yield (
            f"{shell.counted(made.sent, 'message')} sent, {made.later:,} to be tried again, {made.given_up:,} given up."
        )


def refuse_off(settings: Settings) -> None:
    """Say that nothing can be sent; raises ClickException."""
    if settings.mail == "off":
        raise click.ClickException(
            "REDRAFT_MAIL is off, so nothing is sent; messages stay where they are until it is set."
        )


class Stop:
    """Whether the worker was asked to end. A pipe, because whoever waits at it wakes up and no lock is held meanwhile."""

    def __init__(self) -> None:
        self.asked = False
        self._reading, self._writing = os.pipe()

    def ask(self, *_: object) -> None:
        """End after the message in hand; may be called by a signal."""
        self.asked = True
        os.write(self._writing, b".")

    def wait(self, seconds: float) -> bool:
        """Wait so long, or until asked; whether it was."""
        select([self._reading], [], [], seconds)
        return self.asked

    def close(self) -> None:
        """Nobody waits any more."""
        os.close(self._reading)
        os.close(self._writing)


@contextmanager
def stopping() -> Iterator[Stop]:
    """SIGTERM and Ctrl+C ask the worker to end, instead of ending it in the middle of a message."""
    stop = Stop()
    before = {one: signal.signal(one, stop.ask) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
        stop.close()


def init_app(app: Flask) -> None:
    """Offer the command."""
    app.cli.add_command(worker)
