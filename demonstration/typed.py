"""The story's changes as a member would type them into the form, on the edition of the day."""

from __future__ import annotations

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
        case Moved(label, after):
            return Typed(Act.MOVE, ids[label], place="after", to=ids[after])
    raise TypeError(change)
