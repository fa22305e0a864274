"""The people: what a roll says of them, how they sign in, what they are told, and the dates they are told of."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

DIGEST = sa.String(64)
WORD = sa.String(64)
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")

TABLES = (
    "roll_snapshot",
    "roll_entry",
    "session",
    "ticket",
    "attempt",
    "passkey",
    "notice",
    "notice_choice",
    "stage_date",
    "body_second",
    "amendment_body",
)
APPEND_ONLY = ("roll_snapshot", "roll_entry", "stage_date", "body_second", "amendment_body")
OF_A_MEMBER = {"membership": "", "joined": "", "standing": "good", "email_key": "", "visible_to": "members"}


def upgrade():
    for name, usual in OF_A_MEMBER.items():
        op.add_column(
            "member",
            sa.Column(
                name, WORD if name in ("standing", "visible_to") else sa.Text, nullable=False, server_default=usual
            ),
        )
    op.execute("UPDATE member SET email_key = lower(email)")
    op.create_index("ix_member_email_key", "member", ["email_key"])
    op.create_index("ix_member_membership", "member", ["membership"])
    _roll()
    _signing_in()
    _notices()
    _acts()
    guard = _guard_sqlite if op.get_bind().dialect.name == "sqlite" else _guard_postgresql
    for table in APPEND_ONLY:
        guard(table)


def downgrade():
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_index("ix_member_membership", "member")
    op.drop_index("ix_member_email_key", "member")
    for name in OF_A_MEMBER:
        op.drop_column("member", name)


def _member(**options):
    return sa.Column("member", sa.Integer, sa.ForeignKey("member.id"), **options)


def _roll():
    op.create_table(
        "roll_snapshot",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("members", sa.Integer, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
    )
    op.create_table(
        "roll_entry",
        sa.Column("snapshot", sa.Integer, sa.ForeignKey("roll_snapshot.number"), primary_key=True),
        _member(primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("handle", "branch", "body", "joined")),
        sa.Column("standing", WORD, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
    )


def _signing_in():
    op.create_table(
        "session",
        sa.Column("id", DIGEST, primary_key=True),
        _member(nullable=False, index=True),
        sa.Column("by", WORD, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("seen", INSTANT, nullable=False),
        sa.Column("expires", INSTANT, nullable=False),
        sa.Column("ended", INSTANT),
    )
    op.create_table(
        "ticket",
        sa.Column("id", DIGEST, primary_key=True),
        sa.Column("purpose", WORD, nullable=False),
        _member(nullable=True, index=True),
        sa.Column("browser", DIGEST, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("expires", INSTANT, nullable=False),
        sa.Column("used", INSTANT),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", DIGEST, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_index("ix_attempt_key_at", "attempt", ["key", "at"])
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer, primary_key=True),
        _member(nullable=False, index=True),
        sa.Column("credential", sa.String(1400), nullable=False, unique=True),
        sa.Column("public_key", sa.Text, nullable=False),
        sa.Column("sign_count", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("used", INSTANT),
    )


def _notices():
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("message_id", sa.String(255), nullable=False, unique=True),
        _member(nullable=True, index=True),
        sa.Column("kind", WORD, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("address", "subject", "body")),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("due", INSTANT),
        sa.Column("sent", INSTANT),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
    )
    op.create_index("ix_notice_due", "notice", ["due"])
    op.create_table(
        "notice_choice",
        _member(primary_key=True),
        sa.Column("kind", WORD, primary_key=True),
        sa.Column("choice", WORD, nullable=False),
    )


def _acts():
    op.create_table(
        "stage_date",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", WORD, nullable=False),
        sa.Column("edge", WORD, nullable=False),
        sa.Column("moment", INSTANT, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_table(
        "body_second",
        sa.Column("version", sa.Integer, sa.ForeignKey("amendment_version.id"), primary_key=True),
        sa.Column("kind", WORD, primary_key=True),
        sa.Column("body", sa.String(200), primary_key=True),
        _member(nullable=False),
        sa.Column("decided", sa.Text, nullable=False),
        sa.Column("minute", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_table(
        "amendment_body",
        sa.Column("amendment", sa.Integer, sa.ForeignKey("amendment.number"), primary_key=True),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("body", sa.String(200), nullable=False),
        sa.Column("decided", sa.Text, nullable=False),
        sa.Column("minute", sa.Text, nullable=False),
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
