"""Ballots: what is put, to whom, the urn, what was counted in a hall or on paper, and the result."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

WORD = sa.String(64)
DIGEST = sa.String(64)
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")

APPEND_ONLY = (
    "ballot", "ballot_step", "ballot_definition", "ballot_voter", "hall_count", "paper_voter", "ballot_result",
)  # fmt: skip

CLOSED = "EXISTS (SELECT 1 FROM ballot_step WHERE ballot_step.ballot = NEW.ballot AND ballot_step.step = 'closed')"


def upgrade():
    _ballots()
    _urn()
    _counted()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in APPEND_ONLY:
        (_guard_sqlite if on_sqlite else _guard_postgresql)(table)
    (_guard_urn_sqlite if on_sqlite else _guard_urn_postgresql)()


def downgrade():
    for table in ("ballot_result", "paper_voter", "hall_count", "envelope"):
        op.drop_table(table)
    for table in ("ballot_voter", "ballot_definition", "ballot_step", "ballot"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION redraft_urn()")


def _number():
    return sa.Column("number", sa.Integer, primary_key=True, autoincrement=False)


def _to(name, other, **options):
    return sa.Column(name, sa.Integer, sa.ForeignKey(other), **{"nullable": False, **options})


def _prose(*names):
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _at(*names):
    return [sa.Column(name, INSTANT, nullable=False) for name in names]


def _voter():
    return (
        _to("ballot", "ballot.number", primary_key=True),
        sa.Column("college", WORD, primary_key=True),
        _to("member", "member.id", primary_key=True),
    )


def _ballots():
    op.create_table(
        "ballot",
        _number(),
        sa.Column("rule", WORD, nullable=False),
        *_prose("title"),
        sa.Column("mode", WORD, nullable=False),
        *_prose("drafts", "split"),
        *_at("opens", "closes"),
        _to("repeats", "ballot.number", nullable=True),
        _to("member", "member.id"),
        *_at("at"),
    )
    op.create_table(
        "ballot_step",
        _to("ballot", "ballot.number", primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("step", WORD, nullable=False),
        *_prose("payload"),
        _to("member", "member.id", nullable=True),
        *_at("at"),
    )
    op.create_table(
        "ballot_definition",
        _to("ballot", "ballot.number", primary_key=True),
        sa.Column("fingerprint", DIGEST, nullable=False, unique=True),
        *_prose("definition"),
    )
    op.create_table("ballot_voter", *_voter(), *_prose("handle"), sa.Column("weight", sa.Integer, nullable=False))


def _urn():
    op.create_table(
        "envelope", *_voter(), *_prose("content"), sa.Column("hash", DIGEST, nullable=False), sa.Column("way", WORD, nullable=False)
    )


def _counted():
    op.create_table(
        "hall_count",
        sa.Column("id", sa.Integer, primary_key=True),
        _to("ballot", "ballot.number", index=True),
        sa.Column("college", WORD, nullable=False),
        sa.Column("batch", WORD, nullable=False),
        *_prose("papers"),
        _to("member", "member.id"),
        *_at("at"),
    )
    op.create_table("paper_voter", *_voter(), *_at("at"))
    op.create_table(
        "ballot_result",
        _to("ballot", "ballot.number", primary_key=True),
        *_prose("papers"),
        sa.Column("digest", DIGEST, nullable=False),
        *_prose("result"),
        _to("member", "member.id"),
        *_at("at"),
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


def _guard_urn_sqlite():
    """An envelope may be replaced while the vote is open; none goes away, and after the closing none comes."""
    for name, event in (("insert", "INSERT"), ("update", "UPDATE")):
        op.execute(
            f"CREATE TRIGGER envelope_refuses_{name} BEFORE {event} ON envelope WHEN {CLOSED} "
            "BEGIN SELECT RAISE(ABORT, 'the vote is closed'); END"
        )
    op.execute(
        "CREATE TRIGGER envelope_refuses_delete BEFORE DELETE ON envelope "
        "BEGIN SELECT RAISE(ABORT, 'no envelope is taken out'); END"
    )


def _guard_urn_postgresql():
    op.execute(
        "CREATE FUNCTION redraft_urn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {CLOSED} THEN RAISE EXCEPTION 'the vote is closed'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER envelope_refuses_late BEFORE INSERT OR UPDATE ON envelope "
        "FOR EACH ROW EXECUTE FUNCTION redraft_urn()"
    )
    for name, event, each in (("delete", "DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER envelope_refuses_{name} BEFORE {event} ON envelope "
            f"FOR EACH {each} EXECUTE FUNCTION redraft_refuse()"
        )
