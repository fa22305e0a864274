"""What the committee does in public: rulings, appeals, advice, relations, consent, and an account of every amendment."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

WORD = sa.String(64)
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")

TABLES = (
    "ruling",
    "appeal",
    "appeal_outcome",
    "recommendation",
    "advice",
    "ruled_relation",
    "relation_challenge",
    "challenge_outcome",
    "composite_revision",
    "composite_left",
    "consent_request",
    "consent_answer",
    "draft_item",
    "draft_wording",
    "draft_objection",
    "publication",
    "publication_item",
)
APPEND_ONLY = tuple(one for one in TABLES if one != "advice")


def upgrade():
    _admission()
    _relations()
    _composites()
    _drafts()
    guard = _guard_sqlite if op.get_bind().dialect.name == "sqlite" else _guard_postgresql
    for table in APPEND_ONLY:
        guard(table)


def downgrade():
    for table in reversed(TABLES):
        op.drop_table(table)


def _id():
    return sa.Column("id", sa.Integer, primary_key=True)


def _to(name, other, **options):
    return sa.Column(name, sa.Integer, sa.ForeignKey(other), **{"nullable": False, **options})


def _prose(*names):
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _said_by():
    return _to("member", "member.id"), sa.Column("at", INSTANT, nullable=False)


def _votes():
    return sa.Column("in_favour", sa.Integer), sa.Column("against", sa.Integer)


def _admission():
    op.create_table(
        "ruling",
        _id(),
        _to("amendment", "amendment.number", index=True),
        _to("version", "amendment_version.id"),
        sa.Column("outcome", WORD, nullable=False),
        sa.Column("ground", WORD, nullable=False),
        *_prose("reason", "changes"),
        *_said_by(),
    )
    op.create_table("appeal", _id(), _to("ruling", "ruling.id", unique=True), *_prose("reason"), *_said_by())
    op.create_table(
        "appeal_outcome",
        _to("appeal", "appeal.id", primary_key=True),
        sa.Column("upheld", sa.Boolean, nullable=False),
        *_votes(),
        *_prose("reason"),
        *_said_by(),
    )
    op.create_table(
        "recommendation",
        _id(),
        _to("amendment", "amendment.number", index=True),
        _to("version", "amendment_version.id"),
        sa.Column("kind", WORD, nullable=False),
        *_prose("reason", "changes"),
        *_said_by(),
    )
    op.create_table("advice", _id(), _to("amendment", "amendment.number", index=True), *_prose("text"), *_said_by())


def _relations():
    op.create_table(
        "ruled_relation",
        _id(),
        _to("amendment", "amendment.number", index=True),
        sa.Column("kind", WORD, nullable=False),
        _to("other", "amendment.number", index=True),
        sa.Column("stands", sa.Boolean, nullable=False),
        *_prose("reason"),
        *_said_by(),
    )
    op.create_table(
        "relation_challenge", _id(), _to("relation", "ruled_relation.id", index=True), *_prose("reason"), *_said_by()
    )
    op.create_table(
        "challenge_outcome",
        _to("challenge", "relation_challenge.id", primary_key=True),
        sa.Column("upheld", sa.Boolean, nullable=False),
        *_votes(),
        *_prose("reason"),
        *_said_by(),
    )


def _composites():
    op.create_table(
        "composite_revision",
        _to("composite", "composite.number", primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("choices", sa.Text, nullable=False),
        *_said_by(),
    )
    op.create_table(
        "composite_left",
        _id(),
        _to("composite", "composite.number", index=True),
        _to("amendment", "amendment.number", index=True),
        sa.Column("stands", sa.Boolean, nullable=False),
        *_prose("reason"),
        *_said_by(),
    )
    op.create_table(
        "consent_request",
        _id(),
        _to("composite", "composite.number", index=True),
        sa.Column("digest", WORD, nullable=False),
        sa.Column("closes", INSTANT),
        *_said_by(),
    )
    op.create_table(
        "consent_answer",
        _id(),
        _to("request", "consent_request.id", index=True),
        sa.Column("agrees", sa.Boolean, nullable=False),
        *_prose("reason"),
        *_said_by(),
    )


def _drafts():
    op.create_table(
        "draft_item",
        _to("draft", "draft.number", primary_key=True),
        _to("amendment", "amendment.number", primary_key=True, index=True),
        _to("version", "amendment_version.id"),
        sa.Column("fate", WORD, nullable=False),
        *_prose("reason", "set_aside"),
    )
    op.create_table(
        "draft_wording",
        _to("draft", "draft.number", primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("clause", WORD),
        *_prose("words", "reason"),
    )
    op.create_table("draft_objection", _id(), _to("draft", "draft.number", index=True), *_prose("reason"), *_said_by())
    op.create_table(
        "publication",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        *_prose("title"),
        sa.Column("ordered_by", WORD, nullable=False),
        _to("draft", "draft.number", nullable=True),
        *_said_by(),
    )
    op.create_table(
        "publication_item",
        _to("publication", "publication.number", primary_key=True),
        _to("amendment", "amendment.number", primary_key=True, index=True),
        sa.Column("agenda", sa.Integer, nullable=False),
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
