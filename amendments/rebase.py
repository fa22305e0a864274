"""Carrying an amendment from the edition it was made on to a newer one, with a truthful word on how it went.

An edit is anchored to the ids of clauses and to the words it replaces, never to a place in the text. So nothing is ever
re-targeted by position, an insertion that both sides made is not doubled, and what others changed is not reverted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from amendments.changes import Edit, EditConflict, Insert, Move, Reword, Strike, inserted
from amendments.edit import rebuilt
from constitution.clause import Clause, Constitution, UnknownClause
from constitution.merge import merge
from constitution.numbering import number


class State(StrEnum):
    """How an edit, or a whole amendment, stands on the newer edition."""

    ALREADY_ADOPTED = "already-adopted"
    CLAUSE_GONE = "clause-gone"
    CLEAN = "clean"
    CONFLICT = "conflict"
    MOVED = "moved"
    REWORDED_NEARBY = "reworded-nearby"


Placed = tuple[State, Edit | None, str]
"""How one edit went: its state, the edit as it stands now (None where it does not), and a sentence."""

LOST = frozenset({State.CLAUSE_GONE, State.CONFLICT})
GRAVITY = (State.CLEAN, State.MOVED, State.REWORDED_NEARBY, State.CONFLICT)


@dataclass(frozen=True, slots=True)
class Placement:
    """The amendment on the newer edition. ``edits`` is None when its mover has to look at it first.

    ``each`` has (the original edit, its state, a sentence) in the order of the amendment.
    """

    state: State
    edits: tuple[Edit, ...] | None
    each: tuple[tuple[Edit, State, str], ...]


def rebase(edits: Sequence[Edit], base: Constitution, now: Constitution) -> Placement:
    """Place the edits, made on ``base``, on ``now``. What is already in ``now`` is left out of the result."""
    place = _Placing(edits, base, now)
    placed = [place.one(edit) for edit in edits]
    state = _overall([one[0] for one in placed])
    kept = None if state in LOST else tuple(edit for _, edit, _ in placed if edit is not None)
    if kept and not _can_be_carried_out(kept, now):
        state, kept = State.CONFLICT, None
    return Placement(state, kept, tuple((edit, one[0], one[2]) for edit, one in zip(edits, placed, strict=True)))


def _can_be_carried_out(edits: Sequence[Edit], now: Constitution) -> bool:
    """Whether the edits still go together: one may lean on another that has been adopted under another id."""
    try:
        rebuilt(edits, now)
    except (EditConflict, UnknownClause):
        return False
    return True


def _overall(states: Sequence[State]) -> State:
    """The gravest state. An amendment is gone only with all its clauses; losing some of them is for its mover to settle."""
    open_ones = [one for one in states if one is not State.ALREADY_ADOPTED]
    if not open_ones:
        return State.ALREADY_ADOPTED
    if all(one is State.CLAUSE_GONE for one in open_ones):
        return State.CLAUSE_GONE
    return max((State.CONFLICT if one is State.CLAUSE_GONE else one for one in open_ones), key=GRAVITY.index)


class _Placing:
    """The two editions, with what is asked of them again and again."""

    def __init__(self, edits: Sequence[Edit], base: Constitution, now: Constitution) -> None:
        self.base, self.now = base, now
        self.before, self.after = number(base), number(now)
        self.own: Mapping[str, Clause] = inserted([one for one in edits if isinstance(one, Insert)])

    def one(self, edit: Edit) -> Placed:
        """How one edit went."""
        match edit:
            case Reword():
                return self._reword(edit)
            case Insert():
                return self._insert(edit)
            case Strike():
                return self._strike(edit)
            case Move():
                return self._move(edit)

    def _reword(self, edit: Reword) -> Placed:
        if edit.clause not in self.now:
            return self._gone(edit.clause)
        old, new = self.base[edit.clause], self.now[edit.clause]
        text = merge(old.text, {"amendment": edit.text, "edition": new.text}).text
        wanted = old.heading if edit.heading is None else edit.heading
        heading = merge(old.heading, {"amendment": wanted, "edition": new.heading}).text
        if text is None or heading is None:
            return State.CONFLICT, None, f"The words it changes in clause {self.after[new.id]} have been changed since."
        if (text, heading) == (new.text, new.heading):
            return State.ALREADY_ADOPTED, None, f"Clause {self.after[new.id]} already reads so."
        carried = Reword(edit.clause, text, heading if heading != new.heading else None)
        if (old.text, old.heading) == (new.text, new.heading):
            return self._in_place(edit.clause, carried)
        sentence = f"Other words of clause {self.after[new.id]} have been changed since; read it again."
        return State.REWORDED_NEARBY, carried, sentence

    def _strike(self, edit: Strike) -> Placed:
        if edit.clause not in self.now:
            return State.ALREADY_ADOPTED, None, f"Clause {self.before[edit.clause]} is already left out."
        if _words(self.base[edit.clause]) != _words(self.now[edit.clause]):
            label = self.after[edit.clause]
            return State.CONFLICT, None, f"Clause {label}, which it leaves out, has been changed since."
        return self._in_place(edit.clause, edit)

    def _insert(self, edit: Insert) -> Placed:
        if edit.clause.id in self.now or self._stands(edit):
            return State.ALREADY_ADOPTED, None, "The new clause is already in the text."
        return self._arrive(edit, "the new clause")

    def _move(self, edit: Move) -> Placed:
        if edit.clause not in self.now:
            return self._gone(edit.clause)
        home = self.now.parents[edit.clause]
        if self._follows(edit.clause, edit.parent, edit.after):
            return State.ALREADY_ADOPTED, None, f"Clause {self.after[edit.clause]} already stands there."
        if home != self.base.parents[edit.clause]:
            return State.CONFLICT, None, f"Clause {self.after[edit.clause]} has been moved elsewhere since."
        return self._arrive(edit, f"clause {self.after[edit.clause]}")

    def _arrive(self, edit: Insert | Move, what: str) -> Placed:
        """Find the place again: under the same parent, after the same clause or the nearest one before it."""
        if edit.parent is not None and edit.parent not in self.now and edit.parent not in self.own:
            return self._gone(edit.parent)
        after = self._anchor(edit.parent, edit.after)
        carried = replace(edit, after=after)
        if after != edit.after:
            where = "first" if after is None else f"after clause {self.after[after]}"
            return (
                State.REWORDED_NEARBY,
                carried,
                f"The clause it followed has gone from there; {what} would stand {where}.",
            )
        if self._crowded(edit):
            return (
                State.REWORDED_NEARBY,
                carried,
                f"Another new clause now stands where {what} would; look at the order.",
            )
        return self._in_place(edit.after or edit.parent, carried)

    def _in_place(self, clause: str | None, carried: Edit) -> Placed:
        """Untouched words; perhaps under another number."""
        old, new = self.before.get(clause or ""), self.after.get(clause or "")
        if old == new:
            return State.CLEAN, carried, "Nothing it touches has changed."
        return State.MOVED, carried, f"Clause {old} is now clause {new}."

    def _gone(self, clause: str) -> Placed:
        return State.CLAUSE_GONE, None, f"Clause {self.before.get(clause, clause)} is no longer in the text."

    def _anchor(self, parent: str | None, after: str | None) -> str | None:
        if after is None or after in self.own:
            return after
        earlier = [one.id for one in self.base.siblings(parent)]
        for one in reversed(earlier[: earlier.index(after) + 1]):
            if one in self.now and self.now.parents[one] == parent:
                return one
        return None

    def _crowded(self, edit: Insert | Move) -> bool:
        """Whether a clause that the base did not have stands at the very place."""
        if edit.parent in self.own or edit.after in self.own:
            return False
        ids = [one.id for one in self.now.siblings(edit.parent)]
        at = 0 if edit.after is None else ids.index(edit.after) + 1
        return at < len(ids) and ids[at] not in self.base

    def _stands(self, edit: Insert) -> bool:
        """Whether somebody else's new clause of the same words stands under the same parent."""
        if edit.parent is not None and edit.parent not in self.now:
            return False
        mine = _words(edit.clause)
        return any(one.id not in self.base and _words(one) == mine for one in self.now.siblings(edit.parent))

    def _follows(self, clause: str, parent: str | None, after: str | None) -> bool:
        if self.now.parents[clause] != parent:
            return False
        ids = [one.id for one in self.now.siblings(parent)]
        at = ids.index(clause)
        return (ids[at - 1] if at else None) == after


def _words(clause: Clause) -> tuple[tuple[str, str], ...]:
    """The words of a clause and of all below it, without ids and numbers."""
    return tuple((one.heading, one.text) for one in clause.walk())
