"""The commands of the rule book, the roll and the log. What is done to amendments has two modules beside this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

from constitution.clause import Insertions, Repeals
from constitution.markup import write
from constitution.references import bind, references
from documents import reading as documents_reading
from members.permissions import Role
from rulebook.digest import digest
from rulebook.problem import BadRulebook
from rulebook.reading import parse as parse_rulebook
from services import auditing, enrolling, reading, supporting
from store.members import NewMember
from web import amendment_commands, merge_commands, shell

if TYPE_CHECKING:
    from flask import Flask

    from constitution.clause import Constitution

RULES = """\
[process]
name = "Changes of the constitution"

[seconding]
count = 5
"""


@click.command("set-up", cls=shell.Command)
@click.argument("organisation")
@click.option(
    "--rulebook", metavar="FILE", help="The rules of the process, in TOML. Without it, 5 seconders are needed."
)
@with_appcontext
def set_up(organisation: str, rulebook: str | None) -> None:
    """Name the organisation and set the rules of its process."""
    enrolling.set_up(organisation, shell.words(f"@{rulebook}") if rulebook else RULES, shell.now())
    click.echo(f"{organisation} is set up. Seconders an amendment needs: {supporting.nobody_yet().needs}.")


@click.command("add-member", cls=shell.Command)
@click.argument("handle")
@click.option("--name", required=True)
@click.option("--email", default="")
@click.option("--branch", default="")
@click.option("--body", default="", help="The affiliated body for which the person acts.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    default=[Role.MEMBER.value],
    show_default=True,
)
@with_appcontext
def add_member(roles: tuple[str, ...], **person: str) -> None:
    """Add a person to the roll. A handle belongs to them for life: the log names them by it."""
    enrolling.enrol([NewMember(**person, roles=frozenset(map(str, roles)))], shell.now())
    click.echo(f"{person['name']} is on the roll as {person['handle']} ({', '.join(map(str, roles))}).")


@click.command("check-rulebook")
@click.argument("file")
def check_rulebook(file: str) -> None:
    """Read the rules of a process: "ok" and their digest, or every problem with its line and its cure."""
    try:
        text = shell.content(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file} is not in UTF-8; save it as UTF-8 and try again.") from error
    try:
        book = parse_rulebook(text)
    except BadRulebook as bad:
        for problem in bad.problems:
            click.echo(str(problem), err=True)
        raise click.ClickException(f"{shell.counted(len(bad.problems), 'problem')} found.") from bad
    click.echo(f"ok {digest(book)}")


INSERTED = {
    Insertions.LETTERS: "A clause put between two others takes a letter (12a).",
    Insertions.RENUMBER: "A clause put between two others takes the next number, and the rest follow.",
}
STRUCK = {
    Repeals.CLOSE: "When a clause is struck, the next ones close up.",
    Repeals.KEEP: "When a clause is struck, its number is kept.",
}


@click.command("import-constitution", cls=shell.Command)
@click.argument("file")
@click.option(
    "--revised", is_flag=True, help="A re-typed text of the rule book here: the next edition, clauses matched."
)
@click.option("--note", default="", help="What is said of the edition.")
@click.option(
    "--insertions",
    type=click.Choice([*map(str, Insertions)]),
    help="A clause put between 12 and 13: 12a, or 13 and the rest renumbered.",
)
@click.option(
    "--repeals",
    type=click.Choice([*map(str, Repeals)]),
    help="The number of a clause that is struck: the next closes up, or it is kept.",
)
@click.option("--check", is_flag=True, help="Only say what was read; keep nothing.")
@with_appcontext
def import_constitution(
    file: str, note: str, *, revised: bool, insertions: str | None, repeals: str | None, check: bool
) -> None:
    """Read a rule book (Word, OpenDocument, Markdown or plain text) and put it in force."""
    book = documents_reading.constitution(file, shell.content(file))
    click.echo(described(book))
    if check:
        click.echo("Nothing was kept.")
        return
    edition = enrolling.import_constitution(
        book,
        shell.now(),
        note=note or f"Imported from {file}",
        revised=revised,
        insertions=Insertions(insertions) if insertions else None,
        repeals=Repeals(repeals) if repeals else None,
    )
    click.echo(f"It is edition {edition.number}, in force from now on. Digest {edition.digest}")
    practice = edition.constitution.practice
    click.echo(f"{INSERTED[practice.insertions]} {STRUCK[practice.repeals]}")


def described(book: Constitution) -> str:
    """What was read, in a sentence or two; references that lead nowhere are named."""
    found = references(bind(book))
    lost = [one.text for one in found if one.target is None]
    said = f"Read “{book.title}”: {shell.counted(len(book), 'clause')}, {shell.counted(len(found), 'reference')}."
    return said + (f" These lead to no clause: {', '.join(lost)}." if lost else "")


@click.command("export-constitution", cls=shell.Command)
@click.option("--edition", type=shell.NUMBER, help="Without it, the edition in force.")
@with_appcontext
def export_constitution(edition: int | None) -> None:
    """Print an edition with its labels; importing what is printed changes nothing."""
    click.echo(write(reading.edition(edition).constitution), nl=False)


@click.command("compare", cls=shell.Command)
@click.argument("old", type=shell.NUMBER)
@click.argument("new", type=shell.NUMBER)
@with_appcontext
def compare(old: int, new: int) -> None:
    """Print what differs between two editions: [-left out-] and {+inserted+}."""
    found = reading.compare(old, new)
    click.echo(f"From edition {old} to edition {new}: {shell.counted(len(found.changed), 'clause')} changed.")
    for line in shell.redlined(found.changed):
        click.echo(f"\n{line}")
    if found.renumbered:
        click.echo("\nOnly renumbered: " + ", ".join(shell.redlined(found.renumbered)))


@click.command("verify-log", cls=shell.Command)
@with_appcontext
def verify_log() -> None:
    """Check the chain of the log and the digest of everything it speaks of; exits with 1 when anything is wrong."""
    faults = auditing.verify()
    for fault in faults:
        click.echo(fault.message, err=True)
    if faults:
        raise click.ClickException(f"{shell.counted(len(faults), 'fault')} found.")
    last = reading.log().entries[:1]
    click.echo("All is as it was recorded." + "".join(f" Entry {one.seq} has the hash {one.hash}." for one in last))


@click.command("load-demonstration", cls=shell.Command)
@click.option("--if-empty", is_flag=True, help="Do nothing when the database already holds an organisation.")
@with_appcontext
def load_demonstration(*, if_empty: bool) -> None:
    """Load an invented organisation with ten weeks of amendments, to try Redraft on."""
    from demonstration import loading  # only this command needs it, and every start would pay for it

    if not loading.is_empty():
        if if_empty:
            return
        raise click.ClickException(str(loading.NotEmpty()))
    click.echo("Loading the demonstration ...")
    loading.load(shell.now())
    click.echo(f"Loaded: {loading.ORGANISATION}.")


COMMANDS = (
    set_up,
    add_member,
    check_rulebook,
    import_constitution,
    export_constitution,
    compare,
    verify_log,
    load_demonstration,
    *amendment_commands.COMMANDS,
    *merge_commands.COMMANDS,
)


def init_app(app: Flask) -> None:
    """Offer the commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
