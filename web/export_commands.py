"""The commands that write texts into files: Word with tracked changes, and an edition in the form its name asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

from constitution.markup import write
from documents import akoma_ntoso, opendocument_out, word_out
from services import contents, exporting, reading
from web import shell
from web.exporting import colophon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask import Flask

    from documents.bookmarks import Colophon
    from documents.tracked import Tracked

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("export-word", cls=shell.Command)
@click.argument("file", type=FILE)
@click.option("--amendment", type=shell.NUMBER, help="The text as this amendment would make it.")
@click.option("--draft", type=shell.NUMBER, help="This draft against the edition it would replace.")
@click.option("--editions", type=shell.NUMBER, nargs=2, metavar="OLD NEW", help="One edition against another.")
@click.option(
    "--member", "handle", metavar="HANDLE", help="With the names that this member may see, else the public's."
)
@with_appcontext
def export_word(
    file: Path, amendment: int | None, draft: int | None, editions: tuple[int, int] | None, handle: str | None
) -> None:
    """Write a Word document with tracked changes, each signed with its amendment."""
    viewer = shell.member(handle) if handle else None
    asked = [one for one in (amendment, draft, editions) if one is not None]
    if len(asked) != 1:
        raise click.UsageError("Say one of --amendment, --draft and --editions.")
    if amendment is not None:
        sheet = exporting.amendment(amendment, viewer)
    elif draft is not None:
        sheet = exporting.draft(draft, viewer)
    else:
        sheet = exporting.comparison(*editions, viewer)
    _keep(file, word_out.written(sheet.paragraphs, colophon(sheet)), sheet.called)


@click.command("export-edition", cls=shell.Command)
@click.argument("file", type=FILE)
@click.option("--edition", "wanted", type=shell.NUMBER, help="Its number; without it, the one in force.")
@click.option("--clause", "label", default="", help="Only this clause and what is below it (Word and OpenDocument).")
@with_appcontext
def export_edition(file: Path, wanted: int | None, label: str) -> None:
    """Write an edition: .docx and .odt to edit and bring back, .md as it is imported, .xml as Akoma Ntoso."""
    found = reading.edition(wanted)
    clause = contents.labelled(found, label).id if label else ""
    written = {
        ".docx": lambda: _sheet(found.number, clause, word_out.written),
        ".odt": lambda: _sheet(found.number, clause, opendocument_out.written),
        ".md": lambda: write(found.constitution).encode(),
        ".xml": lambda: akoma_ntoso.written(found.constitution, found.number, found.digest, found.at),
    }
    if file.suffix not in written or (label and file.suffix not in {".docx", ".odt"}):
        one_of = ".docx or .odt" if label else ", ".join(written)
        raise click.UsageError(f"The name of the file ends in none of: {one_of}.")
    _keep(file, written[file.suffix](), f"Edition {found.number}")


def _sheet(number: int, clause: str, writer: Callable[[Sequence[Tracked], Colophon], bytes]) -> bytes:
    sheet = exporting.edition(number, clause)
    return writer(sheet.paragraphs, colophon(sheet))


def _keep(file: Path, content: bytes, called: str) -> None:
    try:
        file.write_bytes(content)
    except OSError as refusal:
        raise click.ClickException(f"{file} cannot be written: {refusal.strerror}.") from refusal
    click.echo(f"{called}: {len(content):,} bytes in {file}.")


def init_app(app: Flask) -> None:
    """Offer the commands."""
    for command in (export_word, export_edition):
        app.cli.add_command(command)
