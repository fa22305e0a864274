"""A text that a member took away, changed in an office programme and brings back: it becomes an unfinished proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import store
import store.editions
from constitution.clause import UnknownClause
from documents.paragraphs import Paragraph
from documents.returning import NotFromHere, origin, returned
from members.permissions import Permission, require
from services import unfinished
from services.proposal import Act, Change, Proposal

UNPLACED = "Not placed, from the document:"


class NothingChangedInIt(ValueError):
    """The document says what the edition says that it was made of."""

    def __init__(self, edition: int) -> None:
        super().__init__(f"The document says what edition {edition} says, word for word. There is nothing to propose.")


@dataclass(frozen=True, slots=True)
class Brought:
    """The unfinished proposal that came of it, by its key; how many changes, and what could not be placed."""

    key: str
    changes: int
    unplaced: tuple[str, ...]


def bring_back(member: store.members.Member, paragraphs: Sequence[Paragraph], now: datetime, new_key: str) -> Brought:
    """Save what was done to the text as an unfinished proposal; what could not be placed stands in its reason.

    Raises NotFromHere or NothingChangedInIt.
    """
    require(member.roles, Permission.PROPOSE)
    made_of = origin(paragraphs)
    try:
        edition = store.editions.load(made_of.edition)
        found = returned(paragraphs, edition.constitution, made_of.clause)
    except (store.editions.UnknownEdition, UnknownClause) as unknown:
        raise NotFromHere from unknown
    if not found.changes and not found.unplaced:
        raise NothingChangedInIt(edition.number)
    changes = tuple(Change(Act(one.act), one.clause, one.heading, one.text, one.place, one.to) for one in found.changes)
    reason = "\n".join((UNPLACED, *found.unplaced)) if found.unplaced else ""
    saved = unfinished.save(member, Proposal(edition.number, changes, reason=reason), now, new_key)
    return Brought(saved.proposal.key, len(changes), found.unplaced)
