"""What a rule book does with its numbers when clauses come and go: a choice of each edition and draft."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

WORD = sa.String(64)
TABLES = ("edition", "draft")
USUAL = {"insertions": "renumber", "repeals": "close"}
NEVER_CHANGES = (
    "number",
    "title",
    "composite",
    "base_edition",
    "digest",
    "book_title",
    "front",
    "language",
    "redline_digest",
    "provenance",
    "frozen_at",
)


def upgrade():
    for table in TABLES:
        for name, usual in USUAL.items():
            op.add_column(table, sa.Column(name, WORD, nullable=False, server_default=usual))
    _guard_drafts((*NEVER_CHANGES, *USUAL))


def downgrade():
    _guard_drafts(NEVER_CHANGES)
    for table in TABLES:
        for name in USUAL:
            op.drop_column(table, name)


def _guard_drafts(columns):
    """A draft's choice is as frozen as its text."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute("DROP TRIGGER draft_refuses_update" + ("" if on_sqlite else " ON draft"))
    does = (
        "BEGIN SELECT RAISE(ABORT, 'draft is append-only'); END"
        if on_sqlite
        else ("FOR EACH ROW EXECUTE FUNCTION redraft_refuse()")
    )
    op.execute(f"CREATE TRIGGER draft_refuses_update BEFORE UPDATE OF {', '.join(columns)} ON draft {does}")
