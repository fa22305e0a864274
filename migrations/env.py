"""Runs the migrations on the application's own engine: all of them together or none, one process at a time."""

from alembic import context
from flask import current_app
from sqlalchemy.orm import Session

from store import finding, tables
from store.database import Base, db
from store.engine import WRITING, begin_writing

assert tables.Base is Base  # imported for what it declares

with db.engine.connect().execution_options(**{WRITING: True}) as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        transactional_ddl=True,
        **current_app.config.get("ALEMBIC", {}),
    )
    with context.begin_transaction():
        begin_writing(connection)
        context.run_migrations()
        # What can be found is derived from rows: it is made when the last migration is through, from the tables as the
        # programme knows them, and never inside one of the migrations, which know them as they were.
        if context.get_context().get_current_revision() == context.get_head_revision():
            with Session(bind=connection) as session:
                finding.fill(session)
                session.commit()
