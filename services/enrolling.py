"""Setting an organisation up: its name, its rules, its roll and its rule book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import store
import store.editions
import store.log
import store.members
import store.processes
from constitution.clause import Constitution, Insertions, Practice, Repeals
from constitution.matching import match
from constitution.references import bind
from rulebook.reading import parse as parse_rulebook

SYSTEM = "system"


class AlreadyHasConstitution(ValueError):
    """An organisation has one rule book; a second import must say that it is a revision."""

    def __init__(self) -> None:
        super().__init__(
            "This database already holds a constitution. To import a revised text of it as the next edition, "
            "keeping the identity of every clause, use --revised."
        )


class NothingRevised(ValueError):
    """The revised document is the edition in force."""

    def __init__(self) -> None:
        super().__init__("The document is the same as the edition in force; there is nothing to import.")


def set_up(organisation: str, rulebook: str, now: datetime) -> None:
    """Name the organisation and fix the rules of its process (TOML, checked before it is kept)."""
    parse_rulebook(rulebook)
    with store.transaction():
        process = store.processes.set(organisation, rulebook)
        store.log.append(
            at=now,
            actor=SYSTEM,
            act="set-up",
            subject="process",
            payload={"organisation": organisation, "rulebook": process.digest},
        )


def enrol(people: Sequence[store.members.NewMember], now: datetime) -> int:
    """Add members to the roll; the number added. The log holds how many, never who."""
    with store.transaction():
        store.members.add_many(people)
        store.log.append(at=now, actor=SYSTEM, act="enrol", subject="roll", payload={"members": len(people)})
    return len(people)


def as_ours(
    book: Constitution,
    latest: store.editions.Edition | None,
    insertions: Insertions | None = None,
    repeals: Repeals | None = None,
) -> Constitution:
    """A rule book as it would be kept: its clauses matched to those of the edition in force, its references bound."""
    before = latest.constitution.practice if latest else book.practice
    practice = Practice(insertions or before.insertions, repeals or before.repeals)
    ours = book.renamed(match(latest.constitution, book)) if latest else book
    return bind(replace(ours, practice=practice))


def import_constitution(
    book: Constitution,
    now: datetime,
    *,
    note: str,
    revised: bool = False,
    insertions: Insertions | None = None,
    repeals: Repeals | None = None,
    actor: str = SYSTEM,
) -> store.editions.Edition:
    """Keep a rule book as the first edition, or (``revised``) as the next one, its clauses matched to ours.

    What it does with its numbers is as given; else as chosen before; else what its own numbers tell.
    """
    with store.transaction():
        latest = store.editions.latest()
        if latest and not revised:
            raise AlreadyHasConstitution
        ours = as_ours(book, latest, insertions, repeals)
        if latest and ours == latest.constitution:
            raise NothingRevised
        edition = store.editions.add(ours, at=now, note=note, adopted_from=None)
        store.log.append(
            at=now,
            actor=actor,
            act="import-constitution",
            subject=f"edition {edition.number}",
            payload={"edition": edition.number, "digest": edition.digest, "clauses": len(ours)},
        )
    return edition
