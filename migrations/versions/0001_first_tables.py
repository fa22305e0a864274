"""The first tables: texts, the roll, amendments, composites, drafts, the log; and the triggers that keep the past."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Everything is spelled out here, not imported: a migration must do tomorrow what it did today.
DIGEST = sa.String(64)
WORD = sa.String(64)
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")

TABLES = (
    "member", "member_role", "process", "clause", "wording", "edition", "edition_clause", "amendment",
    "amendment_version", "amendment_clause", "amendment_state", "second", "composite", "composite_amendment", "draft",
    "draft_clause", "adoption", "log_entry",
)

APPEND_ONLY = (
    "process", "clause", "wording", "edition", "edition_clause", "amendment_version", "amendment_clause",
    "amendment_state", "second", "composite_amendment", "draft_clause", "adoption", "log_entry",
)

# Of these something may change (the state, the choices on the desk), but never what is named here, and no row goes.
KEPT_COLUMNS = {
    "amendment": ("number", "mover", "created"),
    "composite": ("number", "base_edition", "at"),
    "draft": (
        "number", "title", "composite", "base_edition", "digest", "book_title", "front", "language", "redline_digest",
        "provenance", "frozen_at",
    ),
}


def upgrade():
    _people()
    _editions()
    _amendments()
    _composites()
    _drafts()
    _log()
    _guard()


def downgrade():
    for table in reversed(TABLES):
        op.drop_table(table)  # its triggers go with it
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION redraft_refuse()")


def _people():
    op.create_table(
        "member",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("handle", sa.String(64), nullable=False, unique=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "email", "branch", "body")),
    )
    op.create_table(
        "member_role",
        sa.Column("member", sa.Integer, sa.ForeignKey("member.id"), primary_key=True),
        sa.Column("role", sa.String(64), primary_key=True, index=True),
    )
    op.create_table(
        "process",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("organisation", sa.Text, nullable=False),
        sa.Column("rulebook", sa.Text, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
    )


def _editions():
    op.create_table("clause", sa.Column("id", sa.String(64), primary_key=True))
    op.create_table(
        "wording", sa.Column("digest", DIGEST, primary_key=True), sa.Column("text", sa.Text, nullable=False)
    )
    op.create_table(
        "edition",
        _number(),
        *_book(),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_table("edition_clause", *_placed("edition"))


def _amendments():
    op.create_table(
        "amendment",
        _number(),
        sa.Column("mover", sa.Integer, sa.ForeignKey("member.id"), nullable=False, index=True),
        sa.Column("state", WORD, nullable=False, index=True),
        sa.Column("created", INSTANT, nullable=False),
    )
    op.create_table(
        "amendment_version",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("amendment", sa.Integer, sa.ForeignKey("amendment.number"), nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("base_edition", sa.Integer, sa.ForeignKey("edition.number"), nullable=False),
        sa.Column("edits", sa.Text, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.UniqueConstraint("amendment", "n"),
    )
    op.create_table(
        "amendment_clause",
        sa.Column("version", sa.Integer, sa.ForeignKey("amendment_version.id"), primary_key=True),
        sa.Column("clause", sa.String(64), primary_key=True, index=True),
    )
    op.create_table(
        "amendment_state",
        sa.Column("amendment", sa.Integer, sa.ForeignKey("amendment.number"), primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_table(
        "second",
        sa.Column("version", sa.Integer, sa.ForeignKey("amendment_version.id"), primary_key=True),
        sa.Column("member", sa.Integer, sa.ForeignKey("member.id"), primary_key=True, index=True),
        sa.Column("at", INSTANT, nullable=False),
    )


def _composites():
    op.create_table(
        "composite",
        _number(),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("base_edition", sa.Integer, sa.ForeignKey("edition.number"), nullable=False),
        sa.Column("choices", sa.Text, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("state IN ('open', 'drafted', 'abandoned')", name="state"),
    )
    op.create_table(
        "composite_amendment",
        sa.Column("composite", sa.Integer, sa.ForeignKey("composite.number"), primary_key=True),
        sa.Column("amendment", sa.Integer, sa.ForeignKey("amendment.number"), primary_key=True, index=True),
    )


def _drafts():
    op.create_table(
        "draft",
        _number(),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("composite", sa.Integer, sa.ForeignKey("composite.number"), nullable=False, index=True),
        sa.Column("base_edition", sa.Integer, sa.ForeignKey("edition.number"), nullable=False),
        *_book(),
        sa.Column("redline_digest", DIGEST, nullable=False),
        sa.Column("provenance", sa.Text, nullable=False),
        sa.Column("frozen_at", INSTANT, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.CheckConstraint("state IN ('frozen', 'adopted', 'superseded')", name="state"),
    )
    op.create_table("draft_clause", *_placed("draft"))
    op.create_table(
        "adoption",
        sa.Column("edition", sa.Integer, sa.ForeignKey("edition.number"), primary_key=True),
        sa.Column("draft", sa.Integer, sa.ForeignKey("draft.number"), nullable=False, unique=True),
    )


def _log():
    op.create_table(
        "log_entry",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", WORD, nullable=False),
        sa.Column("act", WORD, nullable=False),
        sa.Column("subject", sa.Text, nullable=False, index=True),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("payload_digest", DIGEST, nullable=False),
        sa.Column("previous", DIGEST, nullable=False, unique=True),
        sa.Column("hash", DIGEST, nullable=False, unique=True),
    )


def _number():
    return sa.Column("number", sa.Integer, primary_key=True, autoincrement=False)


def _book():
    return (
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("book_title", sa.Text, nullable=False),
        sa.Column("front", sa.Text, nullable=False),
        sa.Column("language", WORD, nullable=False),
    )


def _placed(owner):
    """The columns of a clause as it stands in an edition or a draft."""
    return (
        sa.Column(owner, sa.Integer, sa.ForeignKey(f"{owner}.number"), primary_key=True),
        sa.Column("clause", sa.String(64), sa.ForeignKey("clause.id"), primary_key=True, index=True),
        sa.Column("parent", sa.String(64)),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("heading", DIGEST, sa.ForeignKey("wording.digest"), nullable=False),
        sa.Column("text", DIGEST, sa.ForeignKey("wording.digest"), nullable=False),
        sa.Column("repealed", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint([owner, "parent"], [f"{owner}_clause.{owner}", f"{owner}_clause.clause"]),
    )


def _guard():
    """Let the database itself refuse to change the past, whoever asks."""
    guard = _guard_sqlite if op.get_bind().dialect.name == "sqlite" else _guard_postgresql
    if guard is _guard_postgresql:
        op.execute(
            "CREATE FUNCTION redraft_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
    for table in APPEND_ONLY:
        guard(table, "UPDATE")
    for table, columns in KEPT_COLUMNS.items():
        guard(table, f"UPDATE OF {', '.join(columns)}")


def _guard_sqlite(table, update):
    for name, event in (("update", update), ("delete", "DELETE")):
        op.execute(
            f"CREATE TRIGGER {table}_refuses_{name} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _guard_postgresql(table, update):
    for name, event, each in (
        ("update", update, "ROW"), ("delete", "DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_refuses_{name} BEFORE {event} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION redraft_refuse()"
        )
