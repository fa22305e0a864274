"""Runs the migrations on the application's own engine: all of them together or none, one process at a time."""

from alembic import context
from flask import current_app

from store import tables
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
