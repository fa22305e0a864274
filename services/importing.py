"""A rule book brought in as a document: looked at, corrected, compared with the one in force, then kept as it was seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import store
import store.editions
from constitution.clause import Constitution
from constitution.digest import text_digest
from constitution.markup import MarkupError, write
from constitution.redline import Change, RedlinedClause, redline
from documents.outlining import Entry, Role, built
from members.permissions import Permission, require
from services import enrolling, ratifying

Roles = Mapping[int, tuple[Role, int]]


class CannotImport(ValueError):
    """The rule book cannot be kept; the message is a sentence for whoever brings it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What would come of the entries: a book as a redline (against the edition in force, if there is one), or why none.

    ``problems`` by the number of the entry; ``digest`` says what was seen. ``refused`` is why it may not be kept at all.
    """

    entries: tuple[Entry, ...]
    book: Constitution | None
    redline: tuple[RedlinedClause, ...]
    problems: Mapping[int, str]
    against: int
    refused: str

    @property
    def digest(self) -> str:
        """Of the text that was seen and the edition it was seen against."""
        return text_digest(f"{self.against}\n{write(self.book)}") if self.book else ""

    @property
    def doubtful(self) -> tuple[Entry, ...]:
        """The entries that somebody should look at."""
        return tuple(one for one in self.entries if one.doubts and one.role is not Role.OUT)

    @property
    def changed(self) -> tuple[RedlinedClause, ...]:
        """What differs from the edition in force."""
        return tuple(one for one in self.redline if one.change is not Change.KEPT)


def look(entries: Sequence[Entry]) -> Look:
    """What would come of these entries. Stores nothing."""
    latest = store.editions.latest()
    against = latest.number if latest else 0
    try:
        book = built(entries)
    except MarkupError as error:
        problems = {one.line: one.message for one in error.problems}
        return Look(tuple(entries), None, (), problems, against, _refused(latest))
    ours = enrolling.as_ours(book, latest)
    rows = redline(latest.constitution if latest else ours, ours)
    return Look(tuple(entries), book, rows, {}, against, _refused(latest))


def corrected(entries: Sequence[Entry], roles: Roles) -> tuple[Entry, ...]:
    """The entries with the roles that somebody chose; what they looked at is no longer in doubt where they changed it."""
    found = []
    for one in entries:
        role, depth = roles.get(one.number, (one.role, one.depth))
        same = (role, depth) == (one.role, one.depth)
        found.append(one if same else replace(one, role=role, depth=depth, doubts=()))
    return tuple(found)


def keep(
    member: store.members.Member, entries: Sequence[Entry], digest: str, note: str, now: datetime
) -> store.editions.Edition:
    """Keep the book that was seen. Raises CannotImport, NothingRevised or MarkupError."""
    require(member.roles, Permission.ADMINISTER)
    seen = look(entries)
    if seen.refused:
        raise CannotImport(seen.refused)
    if seen.book is None:
        raise CannotImport("Some lines do not fit yet. Correct them, then show it again.")
    if seen.digest != digest:
        raise CannotImport("This is not the text that you looked at, or another edition has come since. Look again.")
    words = " ".join(note.split()) or "Imported from a document"
    return enrolling.import_constitution(seen.book, now, note=words, revised=seen.against > 0, actor=member.handle)


def _refused(latest: store.editions.Edition | None) -> str:
    if latest and (votes := ratifying.asked()):
        return (
            f"The rules here decide by vote what changes the constitution ({votes}). You can look at what differs, but "
            "it is not kept; whoever wants it proposes it as an amendment."
        )
    return ""
