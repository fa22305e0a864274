"""What can be found by its words: the clauses in force and the amendments as they stand, indexed as they are kept.

The index is written in the transaction of what it indexes. It holds nobody's name: whoever may search by mover does so
in the roll as it is now. Words are cut and folded by constitution.finding and only kept and matched here, by FTS5
or as a tsvector, so that both databases find the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain, islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from amendments.edit import Edit, Insert, Reword, from_json, inserted
from amendments.states import State
from constitution.clause import Constitution
from constitution.finding import Term, label_key, one_line, words
from constitution.numbering import number, own_number
from constitution.references import show
from store import books
from store.database import reading, writing
from store.tables import (
    AmendmentClauseRow,
    AmendmentRow,
    AmendmentVersionRow,
    EditionClauseRow,
    EditionRow,
    MemberRow,
    SearchDocumentRow,
)

# Of one document. PostgreSQL knows no place after 16,383, and no tsvector of more than 1,048,575 bytes.
MOST_WORDS = 16_000
MOST_BYTES = 600_000

LABEL = 200  # characters, as the table has it

_index = sa.table("search_index", sa.column("rowid"), sa.column("id"), sa.column("words"), sa.column("titles"))


class Kind(StrEnum):
    """What can be found."""

    AMENDMENT = "amendment"
    CLAUSE = "clause"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to find. Whatever is empty or None asks for nothing.

    All the ``terms`` must occur, or one of the ``labels`` (label_key) be its own. An amendment is in one of the
    ``states`` and bears on one of the ``clauses`` (ids). With ``movers`` a term may also stand in the mover's name,
    which is for members to know.
    """

    kind: Kind | None = None
    terms: tuple[Term, ...] = ()
    labels: tuple[str, ...] = ()
    states: Collection[State] = ()
    clauses: tuple[str, ...] | None = None
    branch: str = ""
    movers: bool = False

    @property
    def everything(self) -> bool:
        """Whether everything of its kind is wanted."""
        return not (self.terms or self.states or self.branch) and self.clauses is None


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found: the id of a clause or the number of an amendment, and its texts in one line each."""

    kind: Kind
    clause: str | None
    amendment: int | None
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of what was found, and how much was found in all."""

    hits: tuple[Hit, ...]
    total: int


# Keeping the index


def keep_edition(book: Constitution) -> None:
    """Let the clauses of this book be found in the place of those of the edition before."""
    session = writing()
    old = sa.select(SearchDocumentRow.id).where(SearchDocumentRow.kind == Kind.CLAUSE.value)
    _forget(session, session.scalars(old).all())
    _keep(session, list(_clauses(book)))


def keep_version(row: AmendmentVersionRow) -> None:
    """Let an amendment be found by this version in the place of the one before."""
    session = writing()
    old = sa.select(SearchDocumentRow.id).where(SearchDocumentRow.amendment == row.amendment)
    _forget(session, session.scalars(old).all())
    _keep(session, [_amendment(row, _base(session, row.base_edition))])


def rebuild() -> int:
    """Make the whole index anew from the rows; how many documents it has."""
    return _rebuilt(writing())


def fill(session: Session) -> None:
    """Make the index where there is none although there is what to index: its tables have just been made."""
    documents = session.scalar(sa.select(SearchDocumentRow.id).limit(1))
    if documents is None:
        _rebuilt(session)


def _rebuilt(session: Session) -> int:
    _forget(session, session.scalars(sa.select(SearchDocumentRow.id)).all())
    latest = session.scalar(sa.select(sa.func.max(EditionRow.number)))
    if latest is None:
        return 0
    standing = sa.select(sa.func.max(AmendmentVersionRow.id)).group_by(AmendmentVersionRow.amendment)
    query = sa.select(AmendmentVersionRow).where(AmendmentVersionRow.id.in_(standing))
    rows = session.scalars(query.order_by(AmendmentVersionRow.amendment)).all()
    amendments = (_amendment(row, _base(session, row.base_edition)) for row in rows)
    kept = 0
    for some in _batches(chain(_clauses(_base(session, latest)), amendments)):
        _keep(session, some)
        kept += len(some)
    return kept


def _base(session: Session, edition: int) -> Constitution:
    return books.load(session, EditionClauseRow, edition, session.get_one(EditionRow, edition))


def _clauses(book: Constitution) -> Iterator[dict[str, Any]]:
    labels, own = number(book), own_number(book)
    for place, one in enumerate(book.walk()):
        yield {
            "kind": Kind.CLAUSE.value,
            "clause": one.id,
            "amendment": None,
            "version": None,
            "place": place,
            "label": label_key(labels[one.id])[:LABEL],
            "title": one_line(_name(labels[one.id], show(one.heading, labels, own))),
            "text": one_line(show(one.text, labels, own)),
        }


def _name(label: str, heading: str) -> str:
    """A clause's number and heading; one without a number is labelled by its heading."""
    return label if heading in {"", label} else f"{label} {heading}"


def _amendment(row: AmendmentVersionRow, base: Constitution) -> dict[str, Any]:
    edits = from_json(row.edits)
    # A clause that the amendment brings has no number yet; the others are cited by those they had.
    new = dict.fromkeys(inserted(edits), "")
    labels, own = number(base) | new, own_number(base) | new
    said = "\n".join(show(text, labels, own) for text in _new_texts(edits) if text)
    return {
        "kind": Kind.AMENDMENT.value,
        "clause": None,
        "amendment": row.amendment,
        "version": row.id,
        "place": -row.amendment,  # the newest first
        "label": f"a{row.amendment}",
        "title": one_line(f"A{row.amendment} {row.title}"),
        "text": one_line(f"{row.reason}\n{said}"),
    }


def _new_texts(edits: Iterable[Edit]) -> Iterator[str]:
    for edit in edits:
        if isinstance(edit, Reword):
            yield from (edit.heading or "", edit.text)
        if isinstance(edit, Insert):
            yield from (text for one in edit.clause.walk() for text in (one.heading, one.text))


def _forget(session: Session, ids: Sequence[int]) -> None:
    key = _index.c.rowid if _on_sqlite(session) else _index.c.id
    if ids:
        session.execute(sa.delete(_index).where(key == sa.bindparam("gone")), [{"gone": one} for one in ids])
        session.execute(
            sa.delete(SearchDocumentRow.__table__).where(SearchDocumentRow.id == sa.bindparam("gone")),
            [{"gone": one} for one in ids],
        )


def _keep(session: Session, documents: Sequence[dict[str, Any]]) -> None:
    if not documents:
        return
    first = (session.scalar(sa.select(sa.func.max(SearchDocumentRow.id))) or 0) + 1
    rows = [{"id": first + at, **one} for at, one in enumerate(documents)]
    session.execute(sa.insert(SearchDocumentRow), rows)
    indexed = [_indexed(one["title"], one["text"]) for one in rows]
    if _on_sqlite(session):
        statement = sa.text("INSERT INTO search_index (rowid, title, text) VALUES (:id, :title, :text)")
        values = [
            {"id": row["id"], "title": " ".join(title), "text": " ".join(text)}
            for row, (title, text) in zip(rows, indexed, strict=True)
        ]
    else:
        statement = sa.text(
            "INSERT INTO search_index (id, words, titles) VALUES (:id, CAST(:words AS tsvector), CAST(:titles AS tsvector))"
        )
        values = [
            {"id": row["id"], "words": f"{_vector(title)} {_vector(text, len(title) + 2)}", "titles": _vector(title)}
            for row, (title, text) in zip(rows, indexed, strict=True)
        ]
    session.execute(statement, values)


def _indexed(title: str, text: str) -> tuple[list[str], list[str]]:
    """As many words of both as any database can hold, so that both hold the same."""
    named = list(_fitting(words(title), MOST_WORDS // 2, MOST_BYTES // 2))
    return named, list(_fitting(words(text), MOST_WORDS // 2, MOST_BYTES // 2))


def _fitting(found: Iterable[str], most: int, room: int) -> Iterator[str]:
    for word in islice(found, most):
        room -= len(word.encode("utf-8", "surrogatepass"))
        if room < 0:
            return
        yield word


def _vector(found: Sequence[str], first: int = 1) -> str:
    """Words with their places. Between title and text one is left free, so that no phrase reaches over it."""
    return " ".join(f"'{word}':{at}" for at, word in enumerate(found, first))


def _on_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _batches(documents: Iterable[dict[str, Any]], size: int = 1_000) -> Iterator[list[dict[str, Any]]]:
    some = iter(documents)
    while batch := list(islice(some, size)):
        yield batch


# Finding


def find(wanted: Wanted, *, limit: int, offset: int = 0) -> Hits:
    """What is wanted, by relevance: what has the label; all the words in its title or heading; the rest.

    What is equally relevant: first the clauses, in the order of the text, then the amendments, the newest first.
    """
    session, one = reading(), SearchDocumentRow
    found = sa.select(one.id, one.kind, one.place, *_rank(session, wanted)).where(*_conditions(session, wanted))
    # What takes looking through the documents is found once, for the page and the total; and without its texts, which
    # would be carried through the sorting. All of them are counted and in order in an index.
    fitting = found.subquery() if wanted.everything else found.cte().prefix_with("MATERIALIZED")
    total = sa.select(sa.func.count().label("total")).select_from(fitting).subquery()
    page = sa.select(fitting).order_by(*_order(fitting)).limit(limit).offset(offset).subquery()
    query = sa.select(total.c.total, one.kind, one.clause, one.amendment, one.title, one.text)
    query = query.select_from(total.outerjoin(page, sa.true()).outerjoin(one, one.id == page.c.id))
    rows = session.execute(query.order_by(*_order(page))).all()
    hits = (Hit(Kind(row.kind), row.clause, row.amendment, row.title, row.text) for row in rows if row.kind)
    return Hits(tuple(hits), rows[0].total)


def _order(found: sa.FromClause) -> tuple[sa.ColumnElement[Any], ...]:
    by_rank = (column for column in found.c if column.name == "rank")
    return *by_rank, found.c.kind.desc(), found.c.place


def _rank(session: Session, wanted: Wanted) -> Iterator[sa.ColumnElement[int]]:
    """How relevant a document is, smallest first, if any words are looked for: else the index has them in order."""
    if wanted.terms:
        named = SearchDocumentRow.id.in_(_matching(session, wanted.terms, titles=True))
        yield sa.case((_labelled(wanted), 0), (named, 1), else_=2).label("rank")


def _labelled(wanted: Wanted) -> sa.ColumnElement[bool]:
    labelled = sa.select(SearchDocumentRow.id).where(SearchDocumentRow.label.in_(wanted.labels))
    return SearchDocumentRow.id.in_(labelled)


def titles(clauses: Collection[str]) -> Mapping[str, str]:
    """The numbers and headings of these clauses of the edition in force, by their ids."""
    document = SearchDocumentRow
    rows = reading().execute(sa.select(document.clause, document.title).where(document.clause.in_(clauses)))
    return {clause: title for clause, title in rows if clause is not None}


def branches() -> tuple[str, ...]:
    """The branches whose members have moved anything."""
    moved = sa.select(AmendmentRow.mover).distinct()
    query = sa.select(MemberRow.branch).distinct().where(MemberRow.id.in_(moved), MemberRow.branch != "")
    return tuple(reading().scalars(query.order_by(MemberRow.branch)))


def _conditions(session: Session, wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    document = SearchDocumentRow
    filters = list(_filters(wanted))
    if filters:  # which say that it is an amendment: to say it besides leads SQLite to look at all of them
        yield from filters
    elif wanted.kind is not None:
        yield document.kind == wanted.kind.value
    if wanted.terms:
        # "Is true", so that PostgreSQL gathers the ids and looks through the documents once: it cannot guess how many
        # hold the start of a word, guesses few, and would seek each of thousands by itself.
        yield sa.or_(_labelled(wanted), _said(session, wanted)).is_(sa.true())


def _filters(wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    amendment = SearchDocumentRow.amendment
    if wanted.states:
        # "Is true", lest SQLite seek the many in a state, and not the few of a branch or on a clause.
        yield amendment.in_(sa.select(AmendmentRow.number).where(AmendmentRow.state.in_(wanted.states))).is_(sa.true())
    if wanted.branch:
        people = sa.select(MemberRow.id).where(MemberRow.branch == wanted.branch)
        yield amendment.in_(sa.select(AmendmentRow.number).where(AmendmentRow.mover.in_(people)))
    if wanted.clauses is not None:
        touching = sa.select(AmendmentClauseRow.version).where(AmendmentClauseRow.clause.in_(wanted.clauses))
        yield SearchDocumentRow.version.in_(touching)


def _said(session: Session, wanted: Wanted) -> sa.ColumnElement[bool]:
    """That every term occurs: in the document, or where that may be, in the name of its mover."""
    document, terms = SearchDocumentRow, wanted.terms
    named = _named(session, terms) if wanted.movers else {}
    only_said = tuple(term for term in terms if term not in named)
    conditions = [document.id.in_(_matching(session, only_said))] if only_said else []
    for term, movers in named.items():
        # As figures in the statement: a first letter may fit more names than a statement may have parameters.
        people = sa.bindparam(None, movers, expanding=True, literal_execute=True)
        moved = sa.select(AmendmentRow.number).where(AmendmentRow.mover.in_(people))
        conditions.append(sa.or_(document.id.in_(_matching(session, (term,))), document.amendment.in_(moved)))
    return sa.and_(*conditions)


def _named(session: Session, terms: Sequence[Term]) -> Mapping[Term, list[int]]:
    """The movers whose name holds a term, by the term, if there are any."""
    moved = sa.select(AmendmentRow.mover).distinct()
    people = session.execute(sa.select(MemberRow.id, MemberRow.name).where(MemberRow.id.in_(moved))).all()
    names = [(member, _spoken(name)) for member, name in people]
    found = {}
    for term in terms:
        sought = f" {' '.join(term.words)}{'' if term.unfinished else ' '}"
        if those := [member for member, name in names if sought in name]:
            found[term] = those
    return found


@lru_cache(maxsize=100_000)
def _spoken(name: str) -> str:
    """A name as its words, with a space on both sides; remembered, since every search of a member asks for all."""
    return f" {' '.join(words(name))} "


def _matching(session: Session, terms: Sequence[Term], *, titles: bool = False) -> sa.Select[Any]:
    """The ids of the documents in which all the terms stand; with ``titles`` all of them in the title."""
    if _on_sqlite(session):
        found = " AND ".join(f'"{" ".join(term.words)}"{"*" if term.unfinished else ""}' for term in terms)
        match = sa.literal_column("search_index").op("MATCH")(f"{{title}} : ({found})" if titles else found)
        return sa.select(_index.c.rowid).where(match)
    vector = sa.type_coerce(_index.c.titles if titles else _index.c.words, TSVECTOR)
    return sa.select(_index.c.id).where(vector.op("@@")(sa.cast(" & ".join(map(_lexemes, terms)), TSQUERY)))


def _lexemes(term: Term) -> str:
    """A term as a tsquery: ('thirty' <-> 'day':*)."""
    joined = "' <-> '".join(term.words)
    return f"('{joined}'{':*' if term.unfinished else ''})"
