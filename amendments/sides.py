"""The edits of several amendments brought to one set: what several ask for alike is one edit credited to all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from amendments.changes import Edit, Insert, Move, Reword
from amendments.choices import in_order
from amendments.edit import Plan
from constitution.clause import Clause, Constitution
from constitution.references import renamed_text


def agreed(base: Constitution, sides: Mapping[str, Sequence[Edit]]) -> dict[str, tuple[Edit, ...]]:
    """The sides in the order of submission, where a new clause that two bring alike at one place has one id.

    Raises UnknownClause and EditConflict for a side that cannot be carried out by itself.
    """
    register = _Register(base)
    found: dict[str, tuple[Edit, ...]] = {}
    for name in in_order(sides):
        Plan(tuple(dict.fromkeys(sides[name])), base)
        found[name] = register.agreed(name, sides[name])
    return found


class _Register:
    """New clauses as they were first brought. One that a later side brings alike at the same place is the same clause."""

    def __init__(self, base: Constitution) -> None:
        self.known: dict[object, Clause] = {}
        self.taken = set(base.by_id)

    def agreed(self, side: str, edits: Sequence[Edit]) -> tuple[Edit, ...]:
        """The edits of one side with its new clauses named as in the register."""
        ids: dict[str, str] = {}
        seen: Counter[object] = Counter()
        for edit in edits:
            placed = renamed(edit, ids)
            if isinstance(placed, Insert):
                self._enter(side, placed, ids, seen)
        return tuple(dict.fromkeys(renamed(edit, ids) for edit in edits))

    def _enter(self, side: str, edit: Insert, ids: dict[str, str], seen: Counter[object]) -> None:
        content = edit.parent, edit.after, edit.as_marked, shape(edit.clause)
        seen[content] += 1
        twin = self.known.get((content, seen[content]))
        if twin is not None:
            ids.update(zip((one.id for one in edit.clause.walk()), (one.id for one in twin.walk()), strict=True))
            return
        for one in edit.clause.walk():
            if one.id in self.taken:
                ids[one.id] = sha256(f"{side} {one.id}".encode()).hexdigest()[:16]
        entered = renamed_clause(edit.clause, ids)
        self.taken.update(one.id for one in entered.walk())
        self.known[content, seen[content]] = entered


def shape(clause: Clause) -> Clause:
    """The clause with its ids replaced by places, references to them too: equal for clauses that read the same."""
    return renamed_clause(clause, {one.id: f"new-{n}" for n, one in enumerate(clause.walk())})


def renamed(edit: Edit, ids: Mapping[str, str]) -> Edit:
    """The edit with the ids of new clauses replaced, in references too."""
    match edit:
        case Reword():
            heading = None if edit.heading is None else renamed_text(edit.heading, ids)
            return replace(edit, text=renamed_text(edit.text, ids), heading=heading)
        case Insert():
            return replace(
                edit, parent=_id(edit.parent, ids), after=_id(edit.after, ids), clause=renamed_clause(edit.clause, ids)
            )
        case Move():
            return replace(edit, parent=_id(edit.parent, ids), after=_id(edit.after, ids))
        case _:
            return edit


def _id(clause: str | None, ids: Mapping[str, str]) -> str | None:
    return None if clause is None else ids.get(clause, clause)


def renamed_clause(clause: Clause, ids: Mapping[str, str]) -> Clause:
    """The clause with ids replaced in it, in all below it and in references."""
    return replace(
        clause,
        id=ids.get(clause.id, clause.id),
        text=renamed_text(clause.text, ids),
        heading=renamed_text(clause.heading, ids),
        children=tuple(renamed_clause(one, ids) for one in clause.children),
    )
