"""Two texts as one document whose changes are tracked: paragraph by paragraph what is kept, inserted and deleted.

Word knows insertions and deletions, of words and of whole paragraphs. A clause that moved is deleted at its old place and
inserted at its new one; words whose emphasis changed are too. ``accepted`` and ``rejected`` say what remains of it, and
must be ``clean`` of the new and of the old text: no text is ever made from the runs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from constitution.clause import Clause, Constitution
from constitution.diff import diff_unmoved
from constitution.emphasis import Look, looks
from constitution.matching import match
from constitution.numbering import number, own_number, printed
from constitution.order import settled
from constitution.redline import Compare
from constitution.references import show
from constitution.runs import Op, Run, after, before
from constitution.typesetting import REPEAL, is_headed

TITLE, FRONT = ":title", ":front"  # the keys of what is no clause

# Who made a stretch of a text: (key, op, start, end) -> (end, author), in order. The key is the id of a clause,
# "<id>:heading" for its heading (with ":label" behind it for the number, which has no places); start and end are places
# in the printed new text, of a deletion in the old one.
Hands = Callable[[str, Op, int, int], Sequence[tuple[int, str]]]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one look, and whether they are kept, inserted or deleted, by whom."""

    op: Op
    text: str
    look: Look = Look.PLAIN
    author: str = ""


@dataclass(frozen=True, slots=True)
class Tracked:
    """A paragraph: a clause's ``label`` and heading (``headed``), or its text; ``op`` is what happens to it as a whole.

    The title and the matter before the first clause belong to no clause: their key is TITLE or FRONT. ``depth`` counts
    from 0 at the top of the book, ``indent`` from 0 at the nearest clause that stands as a heading.
    """

    key: str
    headed: bool
    depth: int
    indent: int
    op: Op
    label: tuple[Piece, ...]
    pieces: tuple[Piece, ...]


def by(author: str) -> Hands:
    """Everything was made by one."""
    return lambda _key, _op, _start, end: ((end, author),)


def clean(book: Constitution) -> tuple[Tracked, ...]:
    """A text with nothing tracked in it."""
    return tracked(book, book, by(""))


def tracked(
    old: Constitution,
    new: Constitution,
    hands: Hands,
    *,
    compare: Compare = diff_unmoved,
    only: Collection[str] | None = None,
) -> tuple[Tracked, ...]:
    """Every paragraph of both texts (or those of the clauses in ``only``), in the order of the new one.

    What goes stands behind what it stood behind.
    """
    if not old.by_id.keys() & new.by_id.keys():  # as in the redline: they have not met yet
        new = new.renamed(match(old, new))
    writer = _Writer(_Side(old), _Side(new), hands, compare)
    return tuple(
        one
        for clause, before, after in _order(old, new)
        if only is None or clause in only
        for one in writer.paragraphs(clause, was=before, stays=after)
    )


def texts(book: Constitution) -> dict[str, str]:
    """The texts in which hands find their places, as printed, by key."""
    side = _Side(book)
    keys = (TITLE, FRONT, *book.by_id)
    return {f"{key}:heading": side.heading(key) for key in keys} | {key: side.text(key) for key in keys}


def accepted(document: Iterable[Tracked]) -> list[str]:
    """The paragraphs once every change is accepted."""
    return _without(document, Op.DELETE)


def rejected(document: Iterable[Tracked]) -> list[str]:
    """The paragraphs once every change is rejected."""
    return _without(document, Op.INSERT)


def _without(document: Iterable[Tracked], gone: Op) -> list[str]:
    return [
        "\t".join(
            filter(
                None, ("".join(piece.text for piece in row if piece.op is not gone) for row in (one.label, one.pieces))
            )
        )
        for one in document
        if one.op is not gone
    ]


def _order(old: Constitution, new: Constitution) -> Iterator[tuple[str, bool, bool]]:
    """What stands in the document, and on which sides: (key, in the old text, in the new text)."""
    still = settled(old, new)
    moved = {one for book in (old, new) for clause in book.walk() if clause.id not in still for one in _all(clause)}
    leaving: dict[str, list[str]] = {}
    anchor = FRONT
    for one in old.by_id:
        if one in moved:
            leaving.setdefault(anchor, []).append(one)
        else:
            anchor = one
    yield TITLE, True, True
    yield FRONT, True, True
    yield from ((one, True, False) for one in leaving.get(FRONT, ()))
    for one in new.by_id:
        yield one, one not in moved, True
        yield from ((gone, True, False) for gone in leaving.get(one, ()) if one not in moved)


def _all(clause: Clause) -> Iterator[str]:
    return (one.id for one in clause.walk())


class _Side:
    """One text as it is printed."""

    def __init__(self, book: Constitution) -> None:
        self.book = book
        self.labels, self.own, self.marks = number(book), own_number(book), printed(book)
        self.depths: dict[str, int] = {}
        self.indents: dict[str, int] = {}
        for one in book.walk():
            parent = book.parents[one.id]
            self.depths[one.id] = 0 if parent is None else self.depths[parent] + 1
            flush = parent is None or is_headed(one) or is_headed(book[parent])
            self.indents[one.id] = 0 if flush else self.indents[parent or ""] + 1

    def heading(self, key: str) -> str:
        """What stands over a clause; the title of the book."""
        if key in {TITLE, FRONT}:
            return self.book.title if key == TITLE else ""
        return show(self.book[key].heading, self.labels, self.own)

    def text(self, key: str) -> str:
        """What stands below it; of a repealed clause whose number is kept, the word for that."""
        if key in {TITLE, FRONT}:
            return self.book.front if key == FRONT else ""
        one = self.book[key]
        if one.repealed and not one.text:
            return REPEAL.get(self.book.language, REPEAL["en"])
        return show(one.text, self.labels, self.own)

    def mark(self, key: str) -> str:
        """The number as it is printed before the clause."""
        return self.marks.get(key, "")

    def is_there(self, key: str, *, headed: bool) -> bool:
        """Whether it has such a paragraph.

        What stands as a heading has one for its number, even without words; a clause without any of both has its text,
        even if that is empty.
        """
        if key in {TITLE, FRONT}:
            return bool(self.heading(key) if headed else self.text(key))
        over = bool(self.heading(key) or (self.marks[key] and is_headed(self.book[key])))
        return over if headed else bool(self.text(key) or not over)


@dataclass(frozen=True, slots=True)
class _Writer:
    old: _Side
    new: _Side
    hands: Hands
    compare: Compare

    def paragraphs(self, key: str, *, was: bool, stays: bool) -> Iterator[Tracked]:
        """The heading and the text of a clause; of both sides if it ``was`` there and ``stays``."""
        for headed in (True, False):
            here = was and self.old.is_there(key, headed=headed)
            goes_on = stays and self.new.is_there(key, headed=headed)
            if here or goes_on:
                yield self._paragraph(key, headed, here, goes_on)

    def _paragraph(self, key: str, headed: bool, was: bool, stays: bool) -> Tracked:  # noqa: FBT001
        name = f"{key}:heading" if headed else key
        sides = ((self.old, was), (self.new, stays))
        words = [(side.heading if headed else side.text)(key) if there else "" for side, there in sides]
        marks = [self._mark(side, key, headed) if there else "" for side, there in sides]
        op = Op.KEEP if was and stays else Op.INSERT if stays else Op.DELETE
        side = self.new if stays else self.old
        pieces = tuple(self._pieces(name, self.compare(*words)))
        whose = pieces[0].author if op is not Op.KEEP and pieces else ""
        return Tracked(
            key,
            headed,
            side.depths.get(key, 0),
            side.indents.get(key, 0),
            op,
            tuple(self._label(name, whose, *marks)),
            pieces,
        )

    @staticmethod
    def _mark(side: _Side, key: str, headed: bool) -> str:  # noqa: FBT001
        return side.mark(key) if headed == side.is_there(key, headed=True) else ""

    def _label(self, name: str, whose: str, old: str, new: str) -> Iterator[Piece]:
        """The number, changed as a whole by whoever brings or takes the whole clause."""
        if old == new:
            yield from ([Piece(Op.KEEP, new)] if new else ())
            return
        for op, mark in ((Op.DELETE, old), (Op.INSERT, new)):
            if mark:
                yield Piece(op, mark, author=whose or self.hands(f"{name}:label", op, 0, 0)[-1][1])

    def _pieces(self, name: str, runs: Sequence[Run]) -> Iterator[Piece]:
        drawn = {Op.DELETE: looks(before(runs)), Op.INSERT: looks(after(runs))}
        at = {Op.DELETE: 0, Op.INSERT: 0}
        for run in runs:
            rows = {op: drawn[op][at[op] : at[op] + len(run.text)] for op in at if run.op in {op, Op.KEEP}}
            if run.op is Op.KEEP:
                yield from self._kept(name, run.text, rows, at)
            else:
                yield from self._changed(name, run.op, run.text, rows[run.op], at[run.op])
            for op in rows:
                at[op] += len(run.text)

    def _kept(self, name: str, text: str, rows: dict[Op, list[Look]], at: dict[Op, int]) -> Iterator[Piece]:
        """Words that stay; where their emphasis does not, they go and come."""
        place = 0
        for same, group in groupby(
            zip(rows[Op.DELETE], rows[Op.INSERT], strict=True), key=lambda two: two[0] is two[1]
        ):
            found = list(group)
            words = text[place : place + len(found)]
            if same:
                yield from _drawn(Op.KEEP, words, [one for one, _ in found], "")
            else:
                for n, op in enumerate((Op.DELETE, Op.INSERT)):
                    yield from self._changed(name, op, words, [two[n] for two in found], at[op] + place)
            place += len(found)

    def _changed(self, name: str, op: Op, text: str, drawn: list[Look], start: int) -> Iterator[Piece]:
        place = 0
        for end, author in self.hands(name, op, start, start + len(text)):
            upto = min(end, start + len(text)) - start
            yield from _drawn(op, text[place:upto], drawn[place:upto], author)
            place = upto


def _drawn(op: Op, text: str, drawn: list[Look], author: str) -> Iterator[Piece]:
    """Stretches of one look, without the signs of emphasis."""
    place = 0
    for look, group in groupby(drawn):
        size = len(list(group))
        if look is not Look.SIGN:
            yield Piece(op, text[place : place + size], look, author)
        place += size
