"""How it is kept. The only package that knows SQL; it gives and takes frozen values, never rows."""

from store.database import Base, NestedTransaction, db, init_app, transaction
from store.engine import UnsafeDatabase

__all__ = ["Base", "NestedTransaction", "UnsafeDatabase", "db", "init_app", "transaction"]
