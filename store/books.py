"""Whole rule books as rows: a clause's place belongs to an edition or a draft, its words are shared by all."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from threading import Lock
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from constitution.clause import Clause, Constitution, Insertions, Kind, Mark, Practice, Repeals, Style
from constitution.digest import digest, text_digest
from store.database import Base, insert_new
from store.tables import ClauseRow, DraftClauseRow, DraftRow, EditionClauseRow, EditionRow, WordingRow

ClauseRows: TypeAlias = type[EditionClauseRow] | type[DraftClauseRow]
Row: TypeAlias = sa.Row[Any]


class Damaged(ValueError):
    """What is in the store is not what was put into it; it is not shown as if it were."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not as it was kept: its text does not match its digest. Run flask verify-log.")


class Broken(ValueError):
    """The rows make no tree."""


class Shelf:
    """The rule books read last, by digest. They never change, so the only question is how many to hold.

    Thread-safe. Only what matches its digest may be put here.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._books: OrderedDict[str, Constitution] = OrderedDict()
        self._lock = Lock()

    def get(self, wanted: str) -> Constitution | None:
        """The book with this digest, if it is at hand."""
        with self._lock:
            if wanted in self._books:
                self._books.move_to_end(wanted)
            return self._books.get(wanted)

    def put(self, its_digest: str, book: Constitution) -> None:
        """Keep the book at hand; the one longest unread makes room."""
        with self._lock:
            self._books[its_digest] = book
            self._books.move_to_end(its_digest)
            while len(self._books) > self._size:
                self._books.popitem(last=False)


shelf = Shelf(64)


def header(book: Constitution) -> dict[str, str]:
    """The columns of an edition or a draft that are the book's own."""
    return {
        "digest": digest(book),
        "book_title": book.title,
        "front": book.front,
        "language": book.language,
        "insertions": book.practice.insertions.value,
        "repeals": book.practice.repeals.value,
    }


def keep(session: Session, rows: ClauseRows, owner: Mapping[str, int], book: Constitution) -> None:
    """Write the clauses of a book; ``owner`` is the column and number of its edition or draft."""
    clauses = tuple(book.walk())
    words = {text_digest(text): text for one in clauses for text in (one.heading, one.text)}
    _insert_new(session, WordingRow, [{"digest": key, "text": text} for key, text in words.items()])
    _insert_new(session, ClauseRow, [{"id": one.id} for one in clauses])
    placed = [{**owner, **row} for row in _placed(None, book.clauses)]
    if placed:
        session.execute(sa.insert(rows), placed)


def load(session: Session, rows: ClauseRows, owner: int, head: EditionRow | DraftRow | Row) -> Constitution:
    """The book of an edition or a draft, from the shelf or by one query; raises Damaged."""
    book = shelf.get(head.digest)
    return reread(session, rows, owner, head) if book is None else book  # a book without clauses is false


def reread(session: Session, rows: ClauseRows, owner: int, head: EditionRow | DraftRow | Row) -> Constitution:
    """The book as its rows say now, compared with its digest, and put on the shelf; raises Damaged."""
    try:
        book = read(session, rows, owner, head)
    except Broken as broken:
        raise Damaged(_name(rows, owner)) from broken
    if digest(book) != head.digest:
        raise Damaged(_name(rows, owner))
    shelf.put(head.digest, book)
    return book


def read(session: Session, rows: ClauseRows, owner: int, head: EditionRow | DraftRow | Row) -> Constitution:
    """The book as its rows say now, checked against nothing; raises Broken."""
    found = session.execute(_query(rows, owner)).all()
    return Constitution(head.book_title, tree(found), head.front, head.language, _practice(head))


def _practice(head: EditionRow | DraftRow | Row) -> Practice:
    try:
        return Practice(Insertions(head.insertions), Repeals(head.repeals))
    except ValueError as error:
        raise Broken("What the text does with its numbers is none of the known ways.") from error


def tree(rows: Sequence[Row]) -> tuple[Clause, ...]:
    """The clauses of the rows, each at its place; raises Broken when a row has no place or two have one."""
    below: dict[str | None, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row.position):
        below.setdefault(row.parent, []).append(row)
    built = _built(None, below)
    if below:
        raise Broken("Some clauses stand below a clause that is not there.")
    return built


def _built(parent: str | None, below: dict[str | None, list[Row]]) -> tuple[Clause, ...]:
    rows = below.pop(parent, [])
    if [row.position for row in rows] != list(range(len(rows))):
        raise Broken(f"The positions below {parent or 'the title'} do not count from 0.")
    return tuple(_clause(row, _built(row.clause, below)) for row in rows)


def _clause(row: Row, children: tuple[Clause, ...]) -> Clause:
    mark = Mark(**{**row.mark, "style": Style(row.mark["style"])})
    return Clause(row.clause, Kind(row.kind), row.heading, row.text, mark, children, row.repealed)


def _name(rows: ClauseRows, owner: int) -> str:
    return f"{'Edition' if rows is EditionClauseRow else 'Draft'} {owner}"


def _query(rows: ClauseRows, owner: int) -> sa.Select[Any]:
    heading, text = aliased(WordingRow), aliased(WordingRow)
    key = EditionClauseRow.edition if rows is EditionClauseRow else DraftClauseRow.draft
    return (
        sa.select(
            rows.clause,
            rows.parent,
            rows.position,
            rows.kind,
            rows.mark,
            rows.repealed,
            heading.text.label("heading"),
            text.text.label("text"),
        )
        .join(heading, rows.heading == heading.digest)
        .join(text, rows.text == text.digest)
        .where(key == owner)
    )


def _placed(parent: str | None, clauses: tuple[Clause, ...]) -> Iterable[dict[str, Any]]:
    """Parents before their children: the foreign key is checked row by row."""
    for position, one in enumerate(clauses):
        yield {
            "clause": one.id,
            "parent": parent,
            "position": position,
            "kind": one.kind.value,
            "mark": asdict(one.mark),
            "heading": text_digest(one.heading),
            "text": text_digest(one.text),
            "repealed": one.repealed,
        }
        yield from _placed(one.id, one.children)


def _insert_new(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        session.execute(insert_new(session, table), rows)
