"""Whole texts by their digest: written once, shared by drafts and editions, cached because they never change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache

from sqlalchemy import insert, select

from constitution.clause import Clause, Constitution, Kind, Mark, Style
from constitution.digest import digest
from store.database import db
from store.tables import ClauseRow, SnapshotClauseRow, SnapshotRow, WordingRow


def keep(book: Constitution) -> str:
    """Keep a text, if it is not kept yet; its digest."""
    name = digest(book)
    if db.session.get(SnapshotRow, name) is None:
        rows = _rows(book, name)
        _add_missing(ClauseRow, "id", ({"id": one.id} for one in book.walk()))
        texts = {text for one in book.walk() for text in (one.heading, one.text)}
        _add_missing(WordingRow, "digest", ({"digest": sha(text), "text": text} for text in sorted(texts)))
        db.session.execute(
            insert(SnapshotRow), [{"digest": name, "title": book.title, "front": book.front, "language": book.language}]
        )
        if rows:
            db.session.execute(insert(SnapshotClauseRow), rows)
    return name


@lru_cache(maxsize=64)
def load(name: str) -> Constitution:
    """The text with this digest. The cache is safe: what a digest names cannot change."""
    return read(name)


def read(name: str) -> Constitution:
    """The text as the rows have it now, past the cache: two queries."""
    head = db.session.execute(select(SnapshotRow).where(SnapshotRow.digest == name)).scalar_one()
    heading, wording = WordingRow.__table__.alias(), WordingRow.__table__.alias()
    rows = db.session.execute(
        select(SnapshotClauseRow, heading.c.text, wording.c.text)
        .join(heading, heading.c.digest == SnapshotClauseRow.heading)
        .join(wording, wording.c.digest == SnapshotClauseRow.wording)
        .where(SnapshotClauseRow.snapshot == name)
        .order_by(SnapshotClauseRow.position)
    ).all()
    below: dict[str | None, list[tuple[SnapshotClauseRow, str, str]]] = {}
    for row, its_heading, its_text in rows:
        below.setdefault(row.parent, []).append((row, its_heading, its_text))
    return Constitution(head.title, _tree(below, None), head.front, head.language)


def sha(text: str) -> str:
    """The address of a wording."""
    return hashlib.sha256(text.encode()).hexdigest()


def _tree(
    below: dict[str | None, list[tuple[SnapshotClauseRow, str, str]]], parent: str | None
) -> tuple[Clause, ...]:
    return tuple(
        Clause(row.clause, Kind(row.kind), heading, text, _mark(row.mark), _tree(below, row.clause), row.repealed)
        for row, heading, text in below.get(parent, ())
    )


def _mark(stored: str) -> Mark:
    fields = json.loads(stored)
    return Mark(**{**fields, "style": Style(fields["style"])})


def _rows(book: Constitution, name: str) -> list[dict[str, object]]:
    return [
        {
            "snapshot": name, "position": position, "clause": one.id, "parent": book.parents[one.id],
            "kind": one.kind.value, "mark": json.dumps(asdict(one.mark), sort_keys=True),
            "heading": sha(one.heading), "wording": sha(one.text), "repealed": one.repealed,
        }
        for position, one in enumerate(book.walk())
    ]


def _add_missing(table: type[ClauseRow | WordingRow], key: str, rows: Iterable[dict[str, str]]) -> None:
    wanted = {row[key]: row for row in rows}
    column = getattr(table, key)
    for chunk in _chunks(list(wanted)):
        for known in db.session.execute(select(column).where(column.in_(chunk))).scalars():
            del wanted[known]
    if wanted:
        db.session.execute(insert(table), list(wanted.values()))


def _chunks(keys: list[str], size: int = 500) -> Iterable[list[str]]:
    return (keys[start:start + size] for start in range(0, len(keys), size))
