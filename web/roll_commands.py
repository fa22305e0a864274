"""The commands of the roll and of what is held on a person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

from services import privacy, roll
from web import shell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from services.roll import Shown


@click.command("import-roll", cls=shell.Command)
@click.argument("file")
@click.option("--apply", "applying", is_flag=True, help="Change the roll; without it, only say what would change.")
@click.option(
    "--allow-many-removals",
    "meant",
    is_flag=True,
    help="It is meant that more than a third of the roll, or the last administrator, leaves.",
)
@with_appcontext
def import_roll(file: str, *, applying: bool, meant: bool) -> None:
    """Read a list of members (CSV) and say what it would change on the roll. Exits with 1 when it has problems."""
    data = shell.content(file)
    if applying:
        applied(data, meant=meant)
        return
    shown = roll.dry_run(data)
    said(shown)
    click.echo("Nothing was changed; with --apply it is.")
    if shown.problems:
        raise click.ClickException(f"{shell.counted(len(shown.problems), 'problem')} found.")


def applied(data: bytes, *, meant: bool) -> None:
    """Change the roll and say so; or say what is in the way, and end with 1."""
    try:
        done = roll.apply(data, shell.now(), meant=meant)
    except (roll.CannotImport, roll.NotMeant) as refusal:
        said(refusal.shown)
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{done.plan}: the roll is as in the file. {shell.counted(done.sessions, 'session')} ended.")
    click.echo(f"Snapshot {done.snapshot.number}: {snapshot_line(done.snapshot)}")


def said(shown: Shown) -> None:
    """What was read and what it would do; every problem on a line of its own."""
    for line in lines(shown):
        click.echo(line)


def lines(shown: Shown) -> Iterator[str]:
    """The same, line by line."""
    if shown.sheet.delimiter:
        yield f"Read {shell.counted(len(shown.sheet.entries), 'row')} ({shown.sheet.encoding}, {shown.sheet.delimiter})."
    if shown.sheet.ignored:
        yield f"Columns that were passed over: {', '.join(shown.sheet.ignored)}."
    yield from map(str, shown.problems)
    yield str(shown.plan)
    yield from (f"{one} Allow it with --allow-many-removals." for one in shown.plan.cautions)


@click.command("roll-snapshot", cls=shell.Command)
@click.option("--reason", required=True, help="What it is for; it is kept with the snapshot.")
@with_appcontext
def roll_snapshot(reason: str) -> None:
    """Write down who is on the roll now, with the digest by which anybody can check that it was not changed."""
    made = roll.snapshot(reason, shell.now())
    click.echo(f"Snapshot {made.number}: {snapshot_line(made)}")


def snapshot_line(made: roll.Snapshot) -> str:
    """How many people, and the digest."""
    return f"{shell.counted(made.members, 'member')}. Digest {made.digest}"


@click.command("export-member", cls=shell.Command)
@click.argument("handle")
@with_appcontext
def export_member(handle: str) -> None:
    """Print everything that is held on a member, as JSON."""
    click.echo(json.dumps(privacy.export(handle), ensure_ascii=False, indent=2))


@click.command("erase-member", cls=shell.Command)
@click.argument("handle")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@with_appcontext
def erase_member(handle: str, *, yes: bool) -> None:
    """Forget who a member is. Their handle and what they did stay, so that the record can be checked."""
    shell.member(handle)
    if not yes:
        click.confirm(f"Forget who {handle} is? This cannot be taken back.", abort=True)
    privacy.erase(handle, shell.now())
    click.echo(
        f"{handle} is now “A former member”. Snapshots of the roll keep branch, body and date of joining of {handle}."
    )


COMMANDS = (import_roll, roll_snapshot, export_member, erase_member)


def init_app(app: Flask) -> None:
    """Offer the commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
