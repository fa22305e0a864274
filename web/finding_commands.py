"""The command that makes the index of words anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

from services import finding
from web import shell

if TYPE_CHECKING:
    from flask import Flask


@click.command("rebuild-search", cls=shell.Command)
@with_appcontext
def rebuild_search() -> None:
    """Make the index of words anew from the clauses in force and the amendments. Nothing else is changed."""
    click.echo(f"Clauses and amendments that can be found: {finding.rebuild():,}.")


def init_app(app: Flask) -> None:
    """Offer the command."""
    app.cli.add_command(rebuild_search)
