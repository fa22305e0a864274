"""The first tables: texts, the roll, amendments, composites, drafts, the log; and the triggers that keep the past."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

DIGEST = sa.String(64)
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")

# Spelled out here, not imported: a migration must do tomorrow what it did today.
APPEND_ONLY = (
    "wording", "clause", "snapshot", "snapshot_clause", "edition", "amendment_version", "state_change", "second", "log_entry",
)


def upgrade() -> None:
    _texts()
    _people()
    _desk()
    _editions()
    _amendments()
    _log()
    for table in APPEND_ONLY:
        _refuse_change(table)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA foreign_keys=OFF")
    for table in (
        "log_entry", "second", "state_change", "composite_amendment", "amendment_version", "amendment", "edition",
        "draft", "composite", "member", "process", "snapshot_clause", "snapshot", "clause", "wording",
    ):
        _drop(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS redraft_refuse_change()")


def _texts() -> None:
    op.create_table("wording", sa.Column("digest", DIGEST, primary_key=True), sa.Column("text", sa.Text, nullable=False))
    op.create_table("clause", sa.Column("id", sa.String(64), primary_key=True))
    op.create_table(
        "snapshot",
        sa.Column("digest", DIGEST, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("front", sa.Text, nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
    )
    op.create_table(
        "snapshot_clause",
        sa.Column("snapshot", DIGEST, sa.ForeignKey("snapshot.digest"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("clause", sa.String(64), sa.ForeignKey("clause.id"), nullable=False, index=True),
        sa.Column("parent", sa.String(64), sa.ForeignKey("clause.id")),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("heading", DIGEST, sa.ForeignKey("wording.digest"), nullable=False),
        sa.Column("wording", DIGEST, sa.ForeignKey("wording.digest"), nullable=False),
        sa.Column("repealed", sa.Boolean, nullable=False),
    )


def _people() -> None:
    op.create_table(
        "process",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("organisation", sa.Text, nullable=False),
        sa.Column("rulebook_toml", sa.Text, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("handle", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("branch", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
    )


def _desk() -> None:
    op.create_table(
        "composite",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("base_edition", sa.Integer, nullable=False),
        sa.Column("choices", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_table(
        "draft",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("composite", sa.Integer, sa.ForeignKey("composite.number"), nullable=False),
        sa.Column("base_edition", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("digest", DIGEST, sa.ForeignKey("snapshot.digest"), nullable=False),
        sa.Column("redline_digest", DIGEST, nullable=False),
        sa.Column("provenance", sa.Text, nullable=False),
        sa.Column("frozen_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
    )


def _editions() -> None:
    op.create_table(
        "edition",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("digest", DIGEST, sa.ForeignKey("snapshot.digest"), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("adopted_from", sa.Integer, sa.ForeignKey("draft.number")),
    )


def _amendments() -> None:
    op.create_table(
        "amendment",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("mover_id", sa.Integer, sa.ForeignKey("member.id"), nullable=False, index=True),
        sa.Column("state", sa.String(32), nullable=False, index=True),
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
        "composite_amendment",
        sa.Column("composite", sa.Integer, sa.ForeignKey("composite.number"), primary_key=True),
        sa.Column("amendment", sa.Integer, sa.ForeignKey("amendment.number"), primary_key=True),
    )
    op.create_table(
        "state_change",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("amendment", sa.Integer, sa.ForeignKey("amendment.number"), nullable=False, index=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_table(
        "second",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version", sa.Integer, sa.ForeignKey("amendment_version.id"), nullable=False),
        sa.Column("member_id", sa.Integer, sa.ForeignKey("member.id"), nullable=False, index=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.UniqueConstraint("version", "member_id"),
    )


def _log() -> None:
    op.create_table(
        "log_entry",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("act", sa.String(64), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("payload_digest", DIGEST, nullable=False),
        sa.Column("previous", DIGEST, nullable=False, unique=True),
        sa.Column("digest", DIGEST, nullable=False, unique=True),
    )


def _refuse_change(table: str) -> None:
    """Refuse UPDATE and DELETE; the table names are ours, never input."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION redraft_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION redraft_refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION redraft_refuse_change()"
    )


def _drop(table: str) -> None:
    op.drop_table(table)
