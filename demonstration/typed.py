"""The story's changes as a member would type them into the form, on the edition of the day."""

from __future__ import annotations

from collections.abc import Iterable

from amendments.edit import Move
from constitution.clause import Constitution
from constitution.numbering import number, own_number
from constitution.references import show
from demonstration.amendment import Added, Change, Moved, Reworded, Struck
from demonstration.founding import founding_ids
from services.proposal import Act
from services.proposal import Change as Typed


def typed(change: Change, edition: Constitution) -> Typed:
    """A change as a member would type it into the form, on this edition."""
    ids = founding_ids()
    match change:
        case Reworded(label, phrase, by):
            clause, labels, own = edition[ids[label]], number(edition), own_number(edition)
            text = show(clause.text, labels, own)
            assert text.count(phrase) == 1, f"{label}: {phrase!r} in {text!r}"
            return Typed(Act.REWORD, clause.id, show(clause.heading, labels, own), text.replace(phrase, by))
        case Added(after, text, heading):
            return Typed(Act.ADD_AFTER, ids[after], heading, text)
        case Struck(label):
            return Typed(Act.STRIKE, ids[label])
    raise TypeError(change)


def moves(changes: Iterable[Change], edition: Constitution) -> tuple[Move, ...]:
    """The moves among the changes as edits: the form has no way to move a clause."""
    ids = founding_ids()
    return tuple(
        Move(ids[one.label], edition.parents[ids[one.after]], ids[one.after])
        for one in changes
        if isinstance(one, Moved)
    )
