"""What members do together: unfinished proposals, relations, seconds taken back, points for and against, following."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

WORD = sa.String(64)
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")

TABLES = (
    "amendment_relation",
    "second_change",
    "version_objection",
    "unfinished",
    "point",
    "point_version",
    "follow",
)
APPEND_ONLY = ("amendment_relation", "second_change", "version_objection", "point_version")


def upgrade():
    op.add_column("amendment_version", sa.Column("note", sa.Text, nullable=False, server_default=""))
    op.add_column("amendment_version", sa.Column("on_version", sa.Integer))
    _seconding()
    _members()
    guard = _guard_sqlite if op.get_bind().dialect.name == "sqlite" else _guard_postgresql
    for table in APPEND_ONLY:
        guard(table)


def downgrade():
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("amendment_version", "on_version")
    op.drop_column("amendment_version", "note")


def _column(name, other, **options):
    return sa.Column(name, sa.Integer, sa.ForeignKey(other), **options)


def _seconding():
    op.create_table(
        "amendment_relation",
        _column("amendment", "amendment.number", primary_key=True),
        sa.Column("kind", WORD, primary_key=True),
        _column("other", "amendment.number", primary_key=True, index=True),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_table(
        "second_change",
        sa.Column("id", sa.Integer, primary_key=True),
        _column("version", "amendment_version.id", nullable=False),
        _column("member", "member.id", nullable=False, index=True),
        sa.Column("seconds", sa.Boolean, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_index("ix_second_change_version_member", "second_change", ["version", "member"])
    op.create_table(
        "version_objection",
        _column("version", "amendment_version.id", primary_key=True),
        _column("member", "member.id", primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )


def _members():
    op.create_table(
        "unfinished",
        sa.Column("id", WORD, primary_key=True),
        _column("member", "member.id", nullable=False, index=True),
        _column("amendment", "amendment.number"),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("begun", INSTANT, nullable=False),
        sa.Column("saved", INSTANT, nullable=False),
    )
    op.create_table(
        "point",
        sa.Column("id", sa.Integer, primary_key=True),
        _column("amendment", "amendment.number", nullable=False),
        _column("member", "member.id", nullable=False, index=True),
        sa.Column("side", WORD, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("hidden", INSTANT),
        sa.Column("hidden_reason", sa.Text, nullable=False),
        sa.UniqueConstraint("amendment", "member"),
        sa.CheckConstraint("side IN ('for', 'against')", name="side"),
    )
    op.create_table(
        "point_version",
        _column("point", "point.id", primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_table(
        "follow",
        _column("member", "member.id", primary_key=True),
        sa.Column("kind", WORD, primary_key=True),
        sa.Column("subject", sa.String(200), primary_key=True),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_index("ix_follow_kind_subject", "follow", ["kind", "subject"])


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
