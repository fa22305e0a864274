"""Two editions side by side: what happened to each clause, and the runs of its words.

Runs are over the printed texts: references show the labels of their own edition. Where only a label followed its clause,
nothing changed in substance and the clause is *renumbered*, which readers are shown apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from constitution.clause import Clause, Constitution
from constitution.diff import diff_unmoved
from constitution.matching import match
from constitution.moves import with_moves
from constitution.numbering import number, own_number, printed
from constitution.order import settled
from constitution.parting import joined, split
from constitution.references import show
from constitution.runs import Op, Run

Runs = tuple[Run, ...]
Compare = Callable[[str, str], Runs]


class Change(StrEnum):
    """What happened to a clause."""

    ADDED = "added"
    JOINED = "joined"
    KEPT = "kept"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    REWORDED = "reworded"
    SPLIT = "split"
    STRUCK = "struck"


_PARTED = frozenset({Change.ADDED, Change.REWORDED, Change.STRUCK})


@dataclass(frozen=True, slots=True)
class RedlinedClause:
    """A clause with what happened to it. Labels and marks are None on the side where it is not; depth counts from 0.

    A clause that was split, or took another in, is *split* or *joined* as its parts are; ``partners`` are the labels of
    the others: of the parts for the whole, of the whole for a part. Where struck clauses leave their number behind, the
    clause is *struck* and has a label on both sides; ``repealed`` says so of the new edition.
    """

    id: str
    kind: str
    depth: int
    change: Change
    label_before: str | None
    label_after: str | None
    mark_before: str | None
    mark_after: str | None
    heading: Runs
    text: Runs
    moved_from: str | None = None
    partners: tuple[str, ...] = ()
    repealed: bool = False


def redline(
    old: Constitution, new: Constitution, *, only: Collection[str] | None = None, compare: Compare = diff_unmoved
) -> tuple[RedlinedClause, ...]:
    """Every clause of both (or those with an id in ``only``), in the order of ``new``, struck ones at their old place.

    Two texts without one id in common have not met yet: their clauses are matched first. ``compare`` stands in for
    ``diff_unmoved``, for one who remembers what was compared before.
    """
    if old.by_id and new.by_id and not old.by_id.keys() & new.by_id.keys():
        new = new.renamed(match(old, new))
    before, after = _Side(old), _Side(new)
    moved = {one for one in new.by_id if one in old} - settled(old, new)
    rows = [
        _redlined(clause_id, before, after, moved, compare)
        for clause_id in _order(old, new, moved)
        if only is None or clause_id in only
    ]
    return _with_moves(_with_parts(rows, before, after))


class _Side:
    """One edition with its labels, its depths and its texts as they are printed."""

    def __init__(self, book: Constitution) -> None:
        self.book = book
        self.labels, self.own, self.marks = number(book), own_number(book), printed(book)
        self.depths: dict[str, int] = {}
        for one in book.walk():
            parent = book.parents[one.id]
            self.depths[one.id] = 0 if parent is None else self.depths[parent] + 1

    def shown(self, text: str) -> str:
        """A stored text as it is read."""
        return show(text, self.labels, self.own)


def _redlined(clause_id: str, before: _Side, after: _Side, moved: Collection[str], compare: Compare) -> RedlinedClause:
    old, new = before.book.by_id.get(clause_id), after.book.by_id.get(clause_id)
    side, one = (before, old) if new is None else (after, new)
    assert one is not None
    heading = compare(before.shown(old.heading) if old else "", after.shown(new.heading) if new else "")
    text = compare(before.shown(old.text) if old else "", after.shown(new.text) if new else "")
    labels = before.labels.get(clause_id), after.labels.get(clause_id)
    marks = before.marks.get(clause_id), after.marks.get(clause_id)
    change = _change(old, new, clause_id in moved, labels[0] == labels[1] and marks[0] == marks[1], (*heading, *text))
    return RedlinedClause(
        clause_id, one.kind.value, side.depths[clause_id], change, *labels, *marks, heading, text,
        labels[0] if change is Change.MOVED else None, repealed=new is not None and new.repealed,
    )  # fmt: skip


def _change(old: Clause | None, new: Clause | None, moved: bool, same_number: bool, runs: Runs) -> Change:  # noqa: FBT001
    if old is None:
        return Change.ADDED
    if new is None or (new.repealed and not old.repealed):
        return Change.STRUCK
    if moved:
        return Change.MOVED
    if (old.heading, old.text, old.repealed) != (new.heading, new.text, new.repealed):
        return Change.REWORDED
    unmarked = same_number and all(run.op is Op.KEEP for run in runs)
    return Change.KEPT if unmarked else Change.RENUMBERED


def _order(old: Constitution, new: Constitution, moved: Collection[str]) -> Iterator[str]:
    """The ids in the order of ``new``; a struck clause after the clause it followed, if that one has not moved."""
    following: dict[str | None, list[str]] = {}
    anchor: str | None = None
    for one in old.by_id:
        if one not in new:
            following.setdefault(anchor, []).append(one)
        elif one not in moved and not any(above.id in moved for above in old.ancestors(one)):
            anchor = one
    yield from following.get(None, ())
    for one in new.by_id:
        yield one
        yield from following.get(one, ())


def _with_parts(rows: list[RedlinedClause], before: _Side, after: _Side) -> list[RedlinedClause]:
    """What was added or struck but is a part of another clause, and that other clause, for what they are."""
    partners: dict[str, list[str]] = {}
    became: dict[str, Change] = {}
    for change, parts, labels in (
        (Change.SPLIT, split(before.book, after.book), after.labels),
        (Change.JOINED, joined(before.book, after.book), before.labels),
    ):
        for part, whole in parts.items():
            partners.setdefault(whole, []).append(labels[part])
            partners[part] = [after.labels[whole]]
            became |= {part: change, whole: became.get(whole, change)}
    return [
        replace(row, change=became[row.id] if row.change in _PARTED else row.change, partners=tuple(partners[row.id]))
        if row.id in became
        else row
        for row in rows
    ]


def _with_moves(rows: list[RedlinedClause]) -> tuple[RedlinedClause, ...]:
    """Mark words that went from one clause to another; a clause that moved whole is not made of moved words."""
    texts = with_moves([row.text for row in rows])
    return tuple(replace(row, text=text) for row, text in zip(rows, texts, strict=True))
