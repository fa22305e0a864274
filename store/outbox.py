"""Messages to be sent: written in the transaction of the act they tell of, sent by the worker afterwards."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from store.database import reading, writing
from store.tables import NoticeRow


def put(
    *,
    message_id: str,
    member: int | None,
    kind: str,
    address: str,
    subject: str,
    body: str,
    at: datetime,
    due: datetime | None,
) -> bool:
    """Put a message in; False where one with this id is there already, and nothing is put.

    ``message_id`` says what the message tells and to whom, and is the same whoever works it out again.
    """
    session = writing()
    if session.scalar(sa.select(sa.exists().where(NoticeRow.message_id == message_id))):
        return False
    row = NoticeRow(
        message_id=message_id, member=member, kind=kind, address=address, subject=subject, body=body, at=at, due=due,
        sent=None, tries=0, error="",
    )  # fmt: skip
    session.add(row)
    session.flush()
    return True


def waiting() -> int:
    """How many messages are to be sent and are not."""
    query = sa.select(sa.func.count()).where(NoticeRow.sent.is_(None), NoticeRow.due.is_not(None))
    return reading().scalar(query) or 0
