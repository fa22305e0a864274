"""Adoption: decisions, what bodies outside said to them, provisos, and editorial corrections."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

WORD = sa.String(64)
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")

TABLES = ("decision", "outside_word", "proviso", "correction", "correction_objection", "corrected")


def upgrade():
    _decisions()
    _corrections()
    guard = _guard_sqlite if op.get_bind().dialect.name == "sqlite" else _guard_postgresql
    for table in TABLES:
        guard(table)


def downgrade():
    for table in reversed(TABLES):
        op.drop_table(table)


def _id():
    return sa.Column("id", sa.Integer, primary_key=True)


def _to(name, other, **options):
    return sa.Column(name, sa.Integer, sa.ForeignKey(other), **{"nullable": False, **options})


def _words(*names):
    return [sa.Column(name, WORD, nullable=False) for name in names]


def _prose(*names):
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _said_by(**options):
    return _to("member", "member.id", **options), sa.Column("at", INSTANT, nullable=False)


def _decisions():
    op.create_table(
        "decision",
        _to("draft", "draft.number", primary_key=True),
        _to("ballot", "ballot.number", nullable=True),
        *_prose("drafts", "sentences", "consent"),
        *_said_by(nullable=True),
    )
    op.create_table(
        "outside_word",
        _id(),
        _to("draft", "draft.number", index=True),
        *_words("kind", "day"),
        *_prose("body", "reference"),
        sa.Column("given", sa.Boolean, nullable=False),
        *_said_by(),
    )
    op.create_table(
        "proviso",
        _id(),
        _to("draft", "draft.number", index=True),
        *_words("clause", "kind", "day"),
        *_prose("note"),
        *_said_by(),
    )


def _corrections():
    op.create_table(
        "correction",
        _id(),
        _to("edition", "edition.number", index=True),
        *_words("clause"),
        *_prose("heading", "text", "reason"),
        *_said_by(),
    )
    op.create_table(
        "correction_objection",
        _to("correction", "correction.id", primary_key=True),
        *_prose("reason"),
        *_said_by(primary_key=True),
    )
    op.create_table(
        "corrected", _to("edition", "edition.number", primary_key=True), *_prose("corrections"), *_said_by(nullable=True)
    )


def _guard_sqlite(table):
    for name, event in (("update", "UPDATE"), ("delete", "DELETE")):
        op.execute(
            f"CREATE TRIGGER {table}_refuses_{name} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _guard_postgresql(table):
    for name, event, each in (
        ("update", "UPDATE", "ROW"),
        ("delete", "DELETE", "ROW"),
        ("truncate", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_refuses_{name} BEFORE {event} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION redraft_refuse()"
        )
