"""The commands that make an amendment and second it, withdraw it or rule on it, each in the name of a member."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Any

import click
from flask.cli import with_appcontext

import store.amendments
from amendments.rulings import RULED, Outcome
from services import admitting, contents, drafting, reading, seconding, supporting
from services.proposal import Act, Change, Proposal
from web import shell
from web.drafting import new_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from store.editions import Edition

Pairs = tuple[tuple[str, str], ...]


def placed(flag: str, help_text: str) -> Callable[[Any], Any]:
    """An option that may be given several times, each with the label of a clause and a text (or @FILE)."""
    return click.option(flag, multiple=True, type=(str, str), metavar="CLAUSE TEXT", help=help_text)


@click.command("propose", cls=shell.Command)
@shell.in_the_name_of
@click.option("--title", required=True)
@click.option("--reason", required=True, help="A text, or @FILE.")
@placed("--reword", "Give the clause this text.")
@placed("--rename", "Give the clause this heading.")
@placed("--after", "Add a clause after this one. A first line that begins with # is its heading.")
@placed("--before", "Add a clause before this one.")
@placed("--below", "Add a clause as the last below this one.")
@click.option("--strike", multiple=True, metavar="CLAUSE", help="Leave the clause out, and all below it.")
@click.option("--check", is_flag=True, help="Only show what it would do; keep nothing.")
@with_appcontext
def propose(handle: str, title: str, reason: str, *, check: bool, **changes: Any) -> None:  # noqa: ANN401 (by option)
    """Propose an amendment of the edition in force. A clause is named by its number, a text may be @FILE."""
    edition, member = reading.edition(), shell.member(handle)
    proposal = Proposal(edition.number, tuple(_changes(edition, changes)), title, shell.words(reason))
    preview = drafting.preview(proposal, new_id)
    for line in (*preview.instruction, "", *shell.redlined(preview.redline)):
        click.echo(line)
    if check:
        click.echo("Nothing was kept.")
        return
    number = drafting.propose(member, proposal, shell.now(), new_id)
    click.echo(f"This is amendment {number}. Its seconders: {supporting.nobody_yet().needs}.")


@click.command("second", cls=shell.Command)
@click.argument("number", type=shell.NUMBER)
@shell.in_the_name_of
@click.option("--digest", help="Only if this is the digest of its exact text.")
@with_appcontext
def second(number: int, handle: str, digest: str | None) -> None:
    """Second an amendment as it stands."""
    wanted = digest or store.amendments.by_number(number).version.digest
    reached = seconding.second(shell.member(handle), number, wanted, shell.now())
    end = " and goes to the committee" if reached.met else ""
    click.echo(f"Amendment {number} has {reached.count} of {shell.counted(reached.needed, 'seconder')}{end}.")


@click.command("withdraw", cls=shell.Command)
@click.argument("number", type=shell.NUMBER)
@shell.in_the_name_of
@click.option("--reason", default="")
@with_appcontext
def withdraw(number: int, handle: str, reason: str) -> None:
    """Withdraw one's own amendment."""
    drafting.withdraw(shell.member(handle), number, reason, shell.now())
    click.echo(f"Amendment {number} is withdrawn.")


@click.command("rule", cls=shell.Command)
@click.argument("number", type=shell.NUMBER)
@shell.in_the_name_of
@click.option("--outcome", type=click.Choice([one.value for one in Outcome]), required=True)
@click.option("--ground", default="", help="From the rulebook's list; a refusal needs one.")
@click.option("--reason", default="", help="Published with the ruling.")
@click.option("--changes", default="", help="The changes that were agreed.")
@with_appcontext
def rule(number: int, handle: str, **typed: str) -> None:
    """Rule on an amendment as it stands: in order, in order with changes, or out of order."""
    version = store.amendments.by_number(number).version.n
    outcome = admitting.rule(shell.member(handle), number, admitting.Wanted(version, **typed), shell.now())
    click.echo(f"Amendment {number} is ruled {RULED[outcome]}.")


def _changes(edition: Edition, typed: dict[str, Any]) -> Iterator[Change]:
    yield from _rewordings(edition, typed["reword"], typed["rename"])
    for act in (Act.ADD_BEFORE, Act.ADD_AFTER, Act.ADD_BELOW):
        for label, text in typed[act.value.removeprefix("add-")]:
            yield _added(act, contents.labelled(edition, label).id, shell.words(text))
    for label in typed["strike"]:
        yield Change(Act.STRIKE, contents.labelled(edition, label).id)


def _rewordings(edition: Edition, texts: Pairs, headings: Pairs) -> Iterator[Change]:
    """A clause may get a new text, a new heading or both; what is not given stays as it is."""
    by_text, by_heading = (_by_clause(edition, pairs) for pairs in (texts, headings))
    for clause in ChainMap(by_heading, by_text):
        shown = contents.labelled(edition, clause)
        yield Change(Act.REWORD, clause, by_heading.get(clause, shown.heading), by_text.get(clause, shown.text))


def _by_clause(edition: Edition, pairs: Pairs) -> dict[str, str]:
    return {contents.labelled(edition, label).id: shell.words(text) for label, text in pairs}


def _added(act: Act, clause: str, text: str) -> Change:
    first, _, rest = text.partition("\n")
    if first.startswith("#"):
        return Change(act, clause, first.lstrip("# ").strip(), rest.strip())
    return Change(act, clause, "", text)


COMMANDS = (propose, second, withdraw, rule)
