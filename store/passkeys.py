"""The passkeys of members: their public halves, and how often each was used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from store.database import reading, writing
from store.tables import PasskeyRow


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey; ``credential`` and ``public_key`` in base64url."""

    id: int
    member: int
    credential: str
    public_key: str
    sign_count: int
    name: str
    at: datetime
    used: datetime | None


def add(member: int, *, credential: str, public_key: str, sign_count: int, name: str, at: datetime) -> bool:
    """Keep a new passkey; False when it is there already."""
    session = writing()
    if by_credential(credential) is not None:
        return False
    row = {"member": member, "credential": credential, "public_key": public_key, "sign_count": sign_count}
    session.execute(sa.insert(PasskeyRow).values(**row, name=name, at=at, used=None))
    return True


def of(member: int) -> tuple[Passkey, ...]:
    """The passkeys of a member, the oldest first."""
    return _where(PasskeyRow.member == member)


def by_credential(credential: str) -> Passkey | None:
    """The passkey that calls itself this."""
    return next(iter(_where(PasskeyRow.credential == credential)), None)


def used(passkey: Passkey, sign_count: int, at: datetime) -> None:
    """A passkey was shown; ``sign_count`` is what it now says."""
    row = sa.update(PasskeyRow).where(PasskeyRow.id == passkey.id)
    writing().execute(row.values(sign_count=sign_count, used=at))


def remove(id: int, member: int) -> str | None:  # noqa: A002
    """Take a passkey of a member away; its name, None when they have no such passkey."""
    theirs = sa.and_(PasskeyRow.id == id, PasskeyRow.member == member)
    name: str | None = writing().scalar(sa.delete(PasskeyRow).where(theirs).returning(PasskeyRow.name))
    return name


def remove_all(member: int) -> int:
    """Take every passkey of a member away; how many there were."""
    theirs = sa.delete(PasskeyRow).where(PasskeyRow.member == member)
    return len(writing().execute(theirs.returning(PasskeyRow.id)).all())


_COLUMNS = tuple(getattr(PasskeyRow, name) for name in Passkey.__dataclass_fields__)


def _where(condition: sa.ColumnElement[bool]) -> tuple[Passkey, ...]:
    rows = reading().execute(sa.select(*_COLUMNS).where(condition).order_by(PasskeyRow.id))
    return tuple(Passkey(**row._mapping) for row in rows)  # noqa: SLF001 (the documented name of a public thing)
