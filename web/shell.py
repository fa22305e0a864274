"""What the commands share: they say what they did in sentences, and what is in the way in one line, never a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import store
import store.members
from amendments.choices import NoSuchOption
from amendments.composite import OpenConflict
from constitution.diff import plain
from constitution.markup import MarkupError
from constitution.redline import Change, RedlinedClause
from documents.packed import Refused
from rulebook.problem import BadRulebook
from services import clock
from services.contents import UnknownLabel
from services.enrolling import AlreadyHasConstitution, NothingRevised
from store.books import Damaged
from store.database import NotMigrated
from store.members import HandleTaken
from web.addresses import HIGHEST
from web.errors import TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from store.members import Member

NUMBER = click.IntRange(1, HIGHEST)

in_the_name_of = click.option("--member", "handle", required=True, metavar="HANDLE", help="In whose name.")

REFUSALS = (
    *TABLE,
    AlreadyHasConstitution,
    BadRulebook,
    Damaged,
    HandleTaken,
    MarkupError,
    NoSuchOption,
    NothingRevised,
    OpenConflict,
    Refused,
    UnknownLabel,
)


class Command(click.Command):
    """A command whose refusals are sentences and exit with 1. A database that lacks our tables gets them first."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (as click has it)
        """Do it."""
        try:
            prepare()
            return super().invoke(ctx)
        except REFUSALS as refusal:
            raise click.ClickException(str(refusal)) from refusal


def prepare() -> None:
    """Bring the tables to this version of the programme when they are not."""
    try:
        store.startup_check()
    except NotMigrated:
        store.upgrade()


def now() -> datetime:
    """When a command acts."""
    return clock.now()


def member(handle: str) -> Member:
    """The member in whose name a command acts; raises UnknownMember."""
    return store.members.by_handle(handle)


def content(file: str) -> bytes:
    """What a file holds; raises ClickException saying why it cannot be read."""
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}.") from error


def words(typed: str) -> str:
    """A text as typed on the command line, or with @ the content of a file."""
    if not typed.startswith("@"):
        return typed
    try:
        return content(typed[1:]).decode()
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{typed[1:]} is not in UTF-8; save it as UTF-8 and try again.") from error


def counted(number: int, thing: str) -> str:
    """A number and its thing: 1 clause, 203 clauses."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def redlined(clauses: Iterable[RedlinedClause]) -> Iterator[str]:
    """A redline in plain text, a paragraph a clause; what was kept is left out, renumbered ones are a line each."""
    for one in clauses:
        if one.change is Change.RENUMBERED:
            yield (
                f"{one.label_before} -> {one.label_after}"
                if one.label_before != one.label_after
                else f"{one.label_after} (a reference follows)"
            )
        elif one.change is not Change.KEPT:
            said = " ".join(part for part in (plain(one.heading), plain(one.text)) if part)
            yield f"{one.label_after or one.label_before} ({one.change.value}): {said}"
