"""What the committee and the mover of an amendment write to one another, and nobody else reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from constitution.digest import text_digest
from store.columns import iso
from store.committee_tables import AdviceRow
from store.database import reading, writing


@dataclass(frozen=True, slots=True)
class Message:
    """What a member (an id) wrote."""

    member: int
    text: str
    at: datetime


def add(amendment: int, message: Message) -> None:
    """Keep a message."""
    row = {"amendment": amendment, "member": message.member, "text": message.text, "at": message.at}
    writing().execute(sa.insert(AdviceRow).values(**row))


def of(amendment: int) -> tuple[Message, ...]:
    """The messages about an amendment, the first first."""
    row = AdviceRow
    query = sa.select(row).where(row.amendment == amendment).order_by(row.id)
    return tuple(Message(one.member, one.text, one.at) for one in reading().scalars(query))


def digest(amendment: int, handle: str, text: str, at: datetime) -> str:
    """What the log holds of a message: it shows neither of what nor by whom, but that nothing of it was changed."""
    return text_digest(f"{amendment}\n{handle}\n{iso(at)}\n{text}")
