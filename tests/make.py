"""Plain builders of what is kept: a small rule book, a roll, amendments with their entries in the log."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

import store
from amendments.edit import Reword, digest
from constitution.clause import Clause, Constitution, Insertions, Kind, Mark, Practice, Repeals, Style
from constitution.digest import digest as book_digest
from store.database import db

NOON = datetime(2026, 5, 1, 12, 0, 0, 123456, tzinfo=UTC)
PRACTICE = Practice(Insertions.LETTERS, Repeals.KEEP)
NUMBERED = Mark(Style.DECIMAL, after=".")


def after(minutes):
    return NOON + timedelta(minutes=minutes)


def book(quorum="Ten members are a quorum.", title="Rules of the Angling Club"):
    """Three articles, the second with two clauses, one of them in German and one repealed."""
    below = (
        Clause("c21", Kind.CLAUSE, text=quorum, mark=Mark(Style.DECIMAL, path=True)),
        Clause(
            "c22",
            Kind.CLAUSE,
            text="Über Fänge entscheidet der Vorstand, see [[c21]].",
            mark=Mark(Style.DECIMAL, path=True),
        ),
    )
    articles = (
        Clause("a1", Kind.ARTICLE, "Name", "The club is called the Angling Club.", NUMBERED),
        Clause("a2", Kind.ARTICLE, "Meetings", "", NUMBERED, below),
        Clause("a3", Kind.ARTICLE, "", "", NUMBERED, repealed=True),
    )
    return Constitution(title, articles, front="Adopted in 1911.", language="en", practice=PRACTICE)


def members(*handles):
    """Members with these handles, in the order given."""
    with store.transaction():
        store.members.add_many([store.members.NewMember(one, one.title(), f"{one}@example.org") for one in handles])
    return [store.members.by_handle(one) for one in handles]


def edition(constitution=None, at=NOON, draft=None):
    """An edition, and what the log says of it."""
    with store.transaction():
        made = store.editions.add(
            book() if constitution is None else constitution, at=at, note="First", adopted_from=draft
        )
        payload = {"edition": made.number, "digest": made.digest} | ({"draft": draft} if draft else {})
        log("adopt" if draft else "import-constitution", f"edition {made.number}", at, **payload)
    return made


def amendment(mover, base, text="Twenty members are a quorum.", clause="c21", at=NOON):
    """An amendment that rewords a clause, and what the log says of it."""
    edits = (Reword(clause, text),)
    with store.transaction():
        made = store.amendments.add(
            mover=mover,
            title="A larger quorum",
            reason="Ten is too few.",
            base_edition=base.number,
            edits=edits,
            digest=digest(edits, base.digest),
            at=at,
        )
        payload = {"amendment": made.number, "version": 1, "digest": made.version.digest, "base": base.number}
        words = store.amendments.words_digest(made.title, made.version.reason)
        log("propose", f"amendment {made.number}", at, mover.handle, **payload, words=words)
    return made


def second(amended, member, at=NOON):
    """A second, and what the log says of it."""
    with store.transaction():
        store.amendments.add_second(amended.version, member, at=at)
        log("second", f"amendment {amended.number}", at, member.handle, digest=amended.version.digest)


def composite(base, *amendments):
    with store.transaction():
        return store.composites.add(
            title="Quorums", base_edition=base.number, amendments=[one.number for one in amendments], at=NOON
        )


def draft(merged, constitution=None, at=NOON):
    """A draft of a composite, and what the log says of it."""
    text = constitution if constitution is not None else book("Fifteen members are a quorum.")
    sources = {"c21": [["Fifteen", ["A1", "A2"]], [" members are a quorum.", []]]}
    with store.transaction():
        made = store.drafts.add(
            composite=merged.number,
            base_edition=merged.base_edition,
            title=merged.title,
            constitution=text,
            digest=book_digest(text),
            redline_digest="a" * 64,
            provenance=sources,
            at=at,
        )
        log("freeze", f"draft {made.number}", at, digest=made.digest, redline=made.redline_digest)
    return made


def log(act, subject, at=NOON, actor="rosa", **payload):
    """An entry, inside the transaction of its act."""
    return store.log.append(at=at, actor=actor, act=act, subject=subject, payload=payload)


def changed_by_hand(statement, *tables):
    """What somebody with the database's own tools can do: take the guard off these tables, and write."""
    with db.engine.begin() as connection:
        for table in tables:
            for lift in _lifts(connection, table):
                connection.execute(sa.text(lift))
        found = connection.execute(sa.text(statement.replace(":", "\\:")))  # a colon is no parameter here
        assert found.rowcount, f"Nothing was changed by: {statement}"
    db.session.rollback()


def _lifts(connection, table):
    if connection.dialect.name == "postgresql":
        return [f"ALTER TABLE {table} DISABLE TRIGGER USER"]
    names = connection.scalars(
        sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"), {"table": table}
    )
    return [f"DROP TRIGGER {name}" for name in names.all()]


@contextmanager
def at_most(queries):
    """No more than so many statements are sent to the database inside."""
    sent = []
    note = lambda *args: sent.append(args[2])  # noqa: E731
    db.session.rollback()
    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
    asked = [one for one in sent if not one.startswith("BEGIN")]
    assert len(asked) <= queries, "\n".join(asked)
