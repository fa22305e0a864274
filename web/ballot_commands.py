"""The officers' commands: the key and its shares, the rehearsal, the opening of the urn; and the audit file."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask.cli import with_appcontext

from ballots import sealing, shares
from ballots.definition import Malformed, fingerprint
from ballots.shares import CannotJoin
from ballots.urn import opened
from services import audit_pack
from web import shell

if TYPE_CHECKING:
    from flask import Flask

REFUSALS = (CannotJoin, Malformed, sealing.CannotOpen, KeyError, json.JSONDecodeError, UnicodeDecodeError)

two_shares = click.option(
    "--share", "typed", multiple=True, metavar="FILE", help="A file with the words of one share; twice. Else they are asked for."
)  # fmt: skip


@click.command("ballot-keys")
@click.option("--out", "folder", type=click.Path(file_okay=False, path_type=Path), help="Write the three sheets here.")
def ballot_keys(folder: Path | None) -> None:
    """Make the officers' key for a sealed vote, away from the server: the public key, and three shares on paper.

    The private key is shown nowhere and kept nowhere: two of the shares make it again.
    """
    private = secrets.token_bytes(sealing.KEY_BYTES)
    public = sealing.public_key(private)
    for n, words in enumerate(shares.split(private), 1):
        said = sheet(n, words, public)
        if folder is None:
            click.echo(said)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"share-{n}.txt").write_text(said, encoding="utf8")
    click.echo(f"The public key, to be entered on the page of the vote:\n{public}")


def sheet(n: int, words: str, public: str) -> str:
    """A share as it is printed: the words in lines of six."""
    each = words.split()
    lines = "\n".join("  " + " ".join(each[at : at + 6]) for at in range(0, len(each), 6))
    return f"# Share {n} of 3 of the key {public}\n# Two of three open the urn. Keep it on paper, alone.\n{lines}\n"


@click.command("rehearse-ballot")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@two_shares
def rehearse_ballot(file: Path, typed: tuple[str, ...]) -> None:
    """Open the envelope of a rehearsal with two shares, and say what code is in it."""
    try:
        found = _json(file)
        code = sealing.unseal_rehearsal(_private(typed), found["number"], found["envelope"])
    except REFUSALS as refusal:
        raise click.ClickException(_said(refusal)) from refusal
    click.echo(code)


@click.command("open-ballot")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@two_shares
@click.option("--out", "folder", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Write here.")
def open_ballot(file: Path, typed: tuple[str, ...], folder: Path) -> None:
    """Open an urn with two shares, away from the server: writes list.jsonl and result.json, needs no database."""
    try:
        found = opened(_json(file), _private(typed))
    except REFUSALS as refusal:
        raise click.ClickException(_said(refusal)) from refusal
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "list.jsonl").write_text("".join(f"{one}\n" for one in found.lines), encoding="utf8")
    (folder / "result.json").write_text(json.dumps(found.result, ensure_ascii=False, indent=1), encoding="utf8")
    for digest, why in found.refused:
        click.echo(f"Envelope {digest} holds no vote: {why}")
    click.echo(f"Fingerprint {fingerprint(found.definition)}")
    click.echo(
        f"{shell.counted(len(found.lines), 'paper')} in list.jsonl, {shell.counted(len(found.refused), 'envelope')} without."
    )
    for one in found.result:
        click.echo(f"Question {one['question']}: {', '.join(one['carried']) or 'nothing'} carried.")


@click.command("audit-pack", cls=shell.Command)
@click.argument("number", type=shell.NUMBER)
@click.option(
    "--out", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write here instead of vote-N.zip."
)
@with_appcontext
def write_audit_pack(number: int, file: Path | None) -> None:
    """Everything with which anybody can check a declared vote, in one file."""
    where = file or Path(f"vote-{number}.zip")
    where.write_bytes(audit_pack.made(number))
    click.echo(f"Written to {where}.")


@click.command("verify-audit")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify_audit(file: Path) -> None:
    """Check an audit file by itself, step by step. Exits with 1 when a step fails."""
    try:
        checks = audit_pack.checked(file.read_bytes())
    except audit_pack.NotAPack as refusal:
        raise click.ClickException(str(refusal)) from refusal
    for one in checks:
        click.echo(f"{'ok    ' if not one.faults else 'FAILED'} {one.step}")
        for fault in one.faults:
            click.echo(f"       {fault}")
    if any(one.faults for one in checks):
        raise click.ClickException("Something in this file is not as it was.")


def _private(typed: tuple[str, ...]) -> bytes:
    files = [Path(one).read_text(encoding="utf8") for one in typed]
    texts = files or [click.prompt(f"The words of share {n}") for n in ("one", "two")]
    return shares.joined([" ".join(line for line in text.splitlines() if not line.startswith("#")) for text in texts])


def _json(file: Path) -> dict[str, Any]:
    found = json.loads(file.read_text(encoding="utf8"))
    if not isinstance(found, dict):
        raise Malformed("This is not a file of a vote.")
    return found


def _said(refusal: Exception) -> str:
    known = isinstance(refusal, CannotJoin | Malformed | sealing.CannotOpen)
    return str(refusal) if known else "This is not a file of a vote."


def init_app(app: Flask) -> None:
    """Offer the commands."""
    for one in (ballot_keys, rehearse_ballot, open_ballot, write_audit_pack, verify_audit):
        app.cli.add_command(one)
