"""How often something limited was tried: counted in the database, so that all processes count together.

To count and to note belong into one transaction. As there is one writer at a time, fifty who try at once are counted
one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from store.database import writing
from store.tables import AttemptRow

WINDOW = timedelta(hours=1)


def free_at(key: str, most: int, now: datetime) -> datetime:
    """When the next attempt is allowed, if ``most`` are within WINDOW; ``now`` when it is allowed already."""
    query = sa.select(AttemptRow.at).where(AttemptRow.key == key, AttemptRow.at > now - WINDOW)
    latest = writing().scalars(query.order_by(AttemptRow.at.desc()).limit(most)).all()
    return latest[-1] + WINDOW if len(latest) >= most else now


def note(keys: Iterable[str], now: datetime) -> None:
    """An attempt was made under each of these keys. Those that do not count any more go away."""
    session = writing()
    session.execute(sa.delete(AttemptRow).where(AttemptRow.at <= now - WINDOW))
    session.execute(sa.insert(AttemptRow), [{"key": key, "at": now} for key in keys])
