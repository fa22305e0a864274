"""Putting right what a member cannot put right themselves: `flask reset-passkeys`."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import with_appcontext

from services import passkeys
from services.enrolling import SYSTEM
from web import shell


@click.command("reset-passkeys", cls=shell.Command)
@click.argument("handle")
@with_appcontext
def reset_passkeys(handle: str) -> None:
    """Take every passkey of a member away, who has lost theirs, and sign them out everywhere.

    Be sure that it is they who ask: within ten minutes of their next link they can add a first passkey again.
    """
    gone = passkeys.reset(shell.member(handle), shell.now(), actor=SYSTEM)
    click.echo(f"{shell.counted(gone, 'passkey')} of {handle} removed; they are signed out everywhere.")


def init_app(app: Flask) -> None:
    """Offer the command."""
    app.cli.add_command(reset_passkeys)
