"""Finding: what can be found, and the index of its words.

Each database indexes in its own way, but neither cuts or folds words: constitution.finding has done both.
The rows are derived, so none are made here: env.py has them made when the last migration is through.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

WORD = sa.String(64)


def upgrade():
    op.create_table(
        "search_document",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("clause", WORD, sa.ForeignKey("clause.id"), unique=True),
        sa.Column("amendment", sa.Integer, sa.ForeignKey("amendment.number"), unique=True),
        sa.Column("version", sa.Integer, sa.ForeignKey("amendment_version.id"), index=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("label", sa.String(200), nullable=False, index=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("ix_search_document_kind_place", "search_document", ["kind", "place"])
    if op.get_bind().dialect.name == "sqlite":
        # Contentless: the texts are in search_document already. The tokenizer "ascii" takes every other letter as it
        # is, and so cuts exactly at the spaces that we put between words.
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5"
            "(title, text, content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3')"
        )
    else:
        # The words of the titles a second time: to look for a weight among all words means to read each vector.
        op.execute(
            "CREATE TABLE search_index (id integer PRIMARY KEY, words tsvector NOT NULL, titles tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_search_index_words ON search_index USING gin (words)")
        op.execute("CREATE INDEX ix_search_index_titles ON search_index USING gin (titles)")


def downgrade():
    op.drop_table("search_index")
    op.drop_table("search_document")
