"""Dates that were changed and events that have happened since the rules were fixed. Nothing is ever taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from store.database import reading, writing
from store.tables import StageDateRow


@dataclass(frozen=True, slots=True)
class StageDate:
    """An edge of a stage ("opens", "closes") or an event (``edge`` "event") and its moment; ``at``: when that was said."""

    name: str
    edge: str
    moment: datetime
    reason: str
    at: datetime

    @property
    def key(self) -> str:
        """As the rulebook calls it: "amendments.closes", or the event's own name."""
        return self.name if self.edge == "event" else f"{self.name}.{self.edge}"


def everything() -> tuple[StageDate, ...]:
    """All of them in the order in which they were said: the last of a key holds."""
    rows = reading().scalars(sa.select(StageDateRow).order_by(StageDateRow.id))
    return tuple(StageDate(row.name, row.edge, row.moment, row.reason, row.at) for row in rows)


def put(name: str, edge: str, *, moment: datetime, reason: str, at: datetime) -> None:
    """Say that an edge is at another moment, or that an event has happened."""
    row = {"name": name, "edge": edge, "moment": moment, "reason": reason, "at": at}
    writing().execute(sa.insert(StageDateRow).values(**row))
