"""Carrying an amendment from the edition it was made on to a newer one, with a truthful word on how it went.

An edit is anchored to the ids of clauses and to the words it replaces, never to a place in the text. So nothing is ever
re-targeted by position, an insertion that both sides made is not doubled, and what others changed is not reverted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain

from amendments.changes import Edit, EditConflict, Insert, Move, Reword, Strike, inserted
from amendments.edit import rebuilt
from constitution.clause import Clause, Constitution, UnknownClause
from constitution.merge import merge
from constitution.numbering import number
from constitution.references import renamed_text


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
_SAME: Mapping[str, str] = {}
GRAVITY = (State.CLEAN, State.MOVED, State.REWORDED_NEARBY, State.CONFLICT)


@dataclass(frozen=True, slots=True)
class Placement:
    """The amendment on the newer edition. ``edits`` is None when its mover has to look at it first.

    ``each`` has (the original edit, its state, a sentence) in the order of the amendment, and ``carried`` the edit as
    it stands now, None where it does not, also where the whole does not.
    """

    state: State
    edits: tuple[Edit, ...] | None
    each: tuple[tuple[Edit, State, str], ...]
    carried: tuple[Edit | None, ...] = ()


def rebase(edits: Sequence[Edit], base: Constitution, now: Constitution) -> Placement:
    """Place the edits, made on ``base``, on ``now``. What is already in ``now`` is left out of the result."""
    aliases = _adopted_elsewhere(edits, base, now)
    place = _Placing(edits, base, now, aliases)
    placed = [place.one(_renamed(edit, aliases)) for edit in edits]
    state = _overall([one[0] for one in placed])
    kept = None if state in LOST else tuple(edit for _, edit, _ in placed if edit is not None)
    if kept and not _can_be_carried_out(kept, now):
        state, kept = State.CONFLICT, None
    each = tuple((edit, one[0], one[2]) for edit, one in zip(edits, placed, strict=True))
    return Placement(state, kept, each, tuple(edit for _, edit, _ in placed))


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


def _adopted_elsewhere(edits: Sequence[Edit], base: Constitution, now: Constitution) -> Mapping[str, str]:
    """The new clauses that somebody else's of the same words under the same parent has brought in: id -> its id."""
    found: dict[str, str] = {}
    for edit in edits:
        if isinstance(edit, Insert) and edit.clause.id not in now:
            found |= _standing_as(edit.clause, found.get(edit.parent or "", edit.parent), base, now)
    return found


def _standing_as(clause: Clause, parent: str | None, base: Constitution, now: Constitution) -> Mapping[str, str]:
    """The ids of a new clause and of all below it -> those of one with the same words; empty where none stands."""
    if parent is not None and parent not in now:
        return {}
    for other in now.siblings(parent):
        pairs = _paired(clause, other)
        ids = {mine.id: theirs.id for mine, theirs in pairs}
        if (
            pairs
            and other.id not in base
            and all(_own_words(mine, ids) == _own_words(theirs) for mine, theirs in pairs)
        ):
            return ids
    return {}


def _paired(mine: Clause, theirs: Clause) -> tuple[tuple[Clause, Clause], ...]:
    """A new clause and those below it beside another's, none where that has fewer; what it has more came in later."""
    below = [_paired(*pair) for pair in zip(mine.children, theirs.children, strict=False)]
    if len(mine.children) > len(theirs.children) or not all(below):
        return ()
    return (mine, theirs), *chain.from_iterable(below)


def _renamed(edit: Edit, ids: Mapping[str, str]) -> Edit:
    """The edit with the clauses that came in under another id called by that, in places and in references."""
    match edit:
        case Reword():
            heading = None if edit.heading is None else renamed_text(edit.heading, ids)
            return Reword(edit.clause, renamed_text(edit.text, ids), heading)
        case Insert():
            place = _at(edit, ids)
            return replace(edit, parent=place[0], after=place[1], clause=_renamed_clause(edit.clause, ids))
        case Move():
            place = _at(edit, ids)
            return replace(edit, parent=place[0], after=place[1])
        case _:
            return edit


def _at(edit: Insert | Move, ids: Mapping[str, str]) -> tuple[str | None, str | None]:
    return ids.get(edit.parent or "", edit.parent), ids.get(edit.after or "", edit.after)


def _renamed_clause(clause: Clause, ids: Mapping[str, str]) -> Clause:
    """A new clause with its references renamed. It keeps its own id: that says whose it is."""
    return replace(
        clause,
        heading=renamed_text(clause.heading, ids),
        text=renamed_text(clause.text, ids),
        children=tuple(_renamed_clause(one, ids) for one in clause.children),
    )


class _Placing:
    """The two editions, with what is asked of them again and again."""

    def __init__(
        self, edits: Sequence[Edit], base: Constitution, now: Constitution, aliases: Mapping[str, str]
    ) -> None:
        self.base, self.now, self.aliases = base, now, aliases
        self.before, self.after = number(base), number(now)
        self.own: Mapping[str, Clause] = {one: clause for one, clause in inserted(edits).items() if one not in aliases}

    def _stands(self, clause: str) -> bool:
        """Whether a clause of the base, or one brought in since, is still more than a number."""
        if clause not in self.now:
            return False
        return not self.now[clause].repealed or (clause in self.base and self.base[clause].repealed)

    def one(self, edit: Edit) -> Placed:
        """How one edit went."""
        match edit:
            case Reword():
                return self._reword(edit)
            case Insert():
                return self._insert(edit)
            case Strike():
                return self._strike(edit)
            case _:
                return self._move(edit)

    def _reword(self, edit: Reword) -> Placed:
        if not self._stands(edit.clause):
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
        if not self._stands(edit.clause):
            return State.ALREADY_ADOPTED, None, f"Clause {self.before[edit.clause]} is already left out."
        if _words(self.base[edit.clause]) != _words(self.now[edit.clause]):
            label = self.after[edit.clause]
            return State.CONFLICT, None, f"Clause {label}, which it leaves out, has been changed since."
        return self._in_place(edit.clause, edit)

    def _insert(self, edit: Insert) -> Placed:
        if edit.clause.id in self.aliases:
            return State.ALREADY_ADOPTED, None, "The new clause is already in the text."
        if edit.clause.id in self.now:
            same = _words(edit.clause) == _words(self.now[edit.clause.id])
            how = "." if same else "; its words have been changed since."
            return State.ALREADY_ADOPTED, None, f"The new clause is already in the text{how}"
        return self._arrive(edit, "the new clause")

    def _move(self, edit: Move) -> Placed:
        if not self._stands(edit.clause):
            return self._gone(edit.clause)
        home = self.now.parents[edit.clause]
        # A move to where the clause stood all along says how it stands to what else arrives there.
        if _stands_there(edit, self.now) and not _stands_there(edit, self.base):
            return State.ALREADY_ADOPTED, None, f"Clause {self.after[edit.clause]} already stands there."
        if home != self.base.parents[edit.clause]:
            return State.CONFLICT, None, f"Clause {self.after[edit.clause]} has been moved elsewhere since."
        return self._arrive(edit, f"clause {self.after[edit.clause]}")

    def _arrive(self, edit: Insert | Move, what: str) -> Placed:
        """Find the place again: under the same parent, after the same clause or the nearest one before it."""
        if edit.parent is not None and edit.parent not in self.own and not self._stands(edit.parent):
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
        if old in {None, new}:  # what came in since had no number before
            return State.CLEAN, carried, "Nothing it touches has changed."
        return State.MOVED, carried, f"Clause {old} is now clause {new}."

    def _gone(self, clause: str) -> Placed:
        return State.CLAUSE_GONE, None, f"Clause {self.before.get(clause, clause)} is no longer in the text."

    def _anchor(self, parent: str | None, after: str | None) -> str | None:
        if after is None or after in self.own:
            return after
        near = [one.id for one in self.base.siblings(parent)] if after in self.base else [after]
        for one in reversed(near[: near.index(after) + 1]):
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


def _stands_there(edit: Move, book: Constitution) -> bool:
    """Whether the clause already stands where it is to go."""
    if book.parents[edit.clause] != edit.parent:
        return False
    ids = [one.id for one in book.siblings(edit.parent)]
    at = ids.index(edit.clause)
    return (ids[at - 1] if at else None) == edit.after


def _words(clause: Clause) -> tuple[tuple[str, str], ...]:
    """The words of a clause and of all below it, without ids and numbers."""
    return tuple(_own_words(one) for one in clause.walk())


def _own_words(clause: Clause, ids: Mapping[str, str] = _SAME) -> tuple[str, str]:
    """What a clause says itself; references renamed as ``ids`` says."""
    return renamed_text(clause.heading, ids), renamed_text(clause.text, ids)
