"""How it is kept: the only package that knows SQL; it gives and takes frozen values, never rows.

Every act is one ``store.transaction()``. The modules are ``store.amendments``, ``.composites``, ``.drafts``,
``.editions``, ``.log``, ``.members`` and ``.processes``.
"""

from store import amendments, composites, drafts, editions, log, members, processes
from store.database import NestedTransaction, NoTransaction, init_app, startup_check, transaction, upgrade
from store.engine import UnsafeDatabase

__all__ = [
    "NestedTransaction",
    "NoTransaction",
    "UnsafeDatabase",
    "amendments",
    "composites",
    "drafts",
    "editions",
    "init_app",
    "log",
    "members",
    "processes",
    "startup_check",
    "transaction",
    "upgrade",
]
