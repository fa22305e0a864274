"""Messages to be sent: written in the transaction of the act they tell of, sent by the worker afterwards.

The states of a message, in the columns of ``notice``:

* *waiting*: ``sent`` None, ``due`` a moment. The worker takes it once that has come.
* *for the digest*: ``sent`` None, ``due`` None. The next digest takes it, and then it counts as sent.
* *being sent*: as waiting, but the last line of ``error`` begins with BEGUN, and ``due`` is when it may be taken for
  lost. It was committed before the mail server heard a word, so a crash leaves it for all to see.
* *sent*: ``sent`` a moment. ``error`` keeps only that it may have been sent twice.
* *given up*: ``sent`` None, ``tries`` at MOST_TRIES. ``error`` says why; nobody tries again.

A crash between the mail server's yes and our note of it cannot be told from one before; nor can a connection that breaks
before that yes. Such a message is sent once more, under the same Message-ID, and a line of ``error`` says so for good;
when that attempt comes to no answer either, the message is given up. So none goes out twice without its row saying
that it may have, and none three times.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from members.notices import DIGEST, MOST_TRIES, SECRET, delay
from store.database import insert_new, reading, writing
from store.tables import MemberRow, NoticeRow

BEGUN, AGAIN, PERHAPS = "Being sent since", "Sent again", "Perhaps sent"
LEASE = timedelta(
    minutes=10
)  # no mail server takes so long over one message: its every answer is waited for 30 seconds

_UNSENT = sa.and_(NoticeRow.sent.is_(None), NoticeRow.tries < MOST_TRIES)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who can be told of something."""

    id: int
    handle: str
    email: str


@dataclass(frozen=True, slots=True)
class New:
    """A message to be put in; the fields are those of put()."""

    message_id: str
    member: int | None
    kind: str
    address: str
    subject: str
    body: str
    at: datetime
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Notice:
    """A message as it is kept; ``name`` is that of its member, "" where it is for nobody known."""

    id: int
    message_id: str
    member: int | None
    name: str
    kind: str
    address: str
    subject: str
    body: str
    at: datetime
    tries: int
    error: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """A member with the messages that their next digest gathers, the oldest first."""

    member: Addressee
    notices: tuple[Notice, ...]


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
    put_many([New(message_id, member, kind, address, subject, body, at, due)])
    return True


def put_many(messages: Sequence[New]) -> None:
    """Put messages in with one statement, however many; those whose id is there already are passed over."""
    if messages:
        session = writing()
        fresh = {"sent": None, "tries": 0, "error": ""}
        session.execute(insert_new(session, NoticeRow), [asdict(one) | fresh for one in messages])


def waiting() -> int:
    """How many messages are to be sent and are not."""
    query = sa.select(sa.func.count()).where(_UNSENT, NoticeRow.due.is_not(None))
    return reading().scalar(query) or 0


def is_told(kind: str, at: datetime) -> bool:
    """Whether anybody was told of something of this kind that happened at this moment."""
    return bool(reading().scalar(sa.select(sa.exists().where(NoticeRow.kind == kind, NoticeRow.at == at))))


# ------------------------------------------------------------------ sending


def claim(now: datetime) -> Notice | None:
    """Take the message that has been due the longest, so that nobody else sends it; None when nothing is due.

    It is to be followed by sent() or failed() in another transaction, within LEASE.
    """
    session = writing()
    while (row := session.execute(_due(now)).one_or_none()) is not None:
        error, hopeless = _attempt(row.error, now)
        change = {"error": error, "tries": MOST_TRIES if hopeless else row.tries + 1, "due": now + LEASE}
        # SQLite knows no row locks; that nobody has taken it since it was read is part of the statement instead.
        here = sa.and_(NoticeRow.id == row.id, NoticeRow.due == row.due, NoticeRow.sent.is_(None))
        taken = session.execute(sa.update(NoticeRow).where(here).values(**change).returning(NoticeRow.id)).all()
        if taken and not hopeless:
            return _notice(row, tries=row.tries + 1, error=error)
    return None


def sent(notice: Notice, now: datetime) -> None:
    """A claimed message was taken by the mail server. A secret in it has done its work and is not kept."""
    kept = {"body": ""} if notice.kind in SECRET else {}
    _settle(notice, sent=now, error=_lasting(notice.error), **kept)


def failed(notice: Notice, now: datetime, why: str, *, for_good: bool = False, unsure: bool = False) -> bool:
    """A claimed message was not taken: it is due again after a while, or given up (True) with the reason kept.

    ``unsure``: it may have been taken all the same; one more attempt is made, not a third.
    """
    before = _lasting(notice.error)
    over = for_good or notice.tries >= MOST_TRIES or (unsure and bool(before))
    change = {"tries": MOST_TRIES if over else notice.tries, "due": now + delay(notice.tries)}
    kept = {"body": ""} if over and notice.kind in SECRET else {}
    said = f"{PERHAPS} on {_iso(now)}, so it may arrive twice: {why}" if unsure else why
    _settle(notice, error=_joined(before, said), **change, **kept)
    return over


def _due(now: datetime) -> sa.Select[Any]:
    return (
        _select()
        .add_columns(NoticeRow.due)
        .where(_UNSENT, NoticeRow.due <= now)
        .order_by(NoticeRow.due, NoticeRow.id)
        .limit(1)
        .with_for_update(of=NoticeRow, skip_locked=True)
    )


def _attempt(error: str, now: datetime) -> tuple[str, bool]:
    """What ``error`` says once a message is taken, and whether it must not be: two attempts were lost already."""
    *before, last = error.split("\n")
    begun = f"{BEGUN} {_iso(now)}."
    if not last.startswith(BEGUN):
        return _joined(_lasting(error), begun), False
    lost = last.removeprefix(f"{BEGUN} ").rstrip(".")
    if _lasting(error):
        return _joined(*before, f"The attempt begun on {lost} never ended either; not sent a third time."), True
    said = f"{AGAIN} on {_iso(now)} with the same Message-ID: the attempt begun on {lost} never ended, so it may arrive twice."
    return _joined(*before, said, begun), False


def _lasting(error: str) -> str:
    """What of ``error`` remains true whatever comes: that the message may have been sent twice."""
    return "\n".join(line for line in error.split("\n") if line.startswith((AGAIN, PERHAPS)))


def _joined(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _settle(notice: Notice, **change: object) -> None:
    """Only while it is ours: whoever took it over after LEASE settles it."""
    ours = sa.and_(NoticeRow.id == notice.id, NoticeRow.error == notice.error, NoticeRow.tries == notice.tries)
    writing().execute(sa.update(NoticeRow).where(ours).values(**change))


# ------------------------------------------------------------------ the digest


def for_digest(until: datetime) -> tuple[Gathered, ...]:
    """Every member with what waits for a digest since before ``until``, except who has had one since."""
    found: dict[Addressee, list[Notice]] = {}
    query = _select().add_columns(MemberRow.handle, MemberRow.email).where(_gathering(until))
    for row in reading().execute(query.order_by(NoticeRow.member, NoticeRow.at, NoticeRow.id)):
        found.setdefault(Addressee(row.member, row.handle, row.email), []).append(_notice(row))
    return tuple(Gathered(member, tuple(notices)) for member, notices in found.items())


def gathered(until: datetime, now: datetime) -> None:
    """What for_digest() found is told; to whom no address is known any more, it never will be."""
    reachable = sa.select(MemberRow.id).where(MemberRow.email != "")
    session, these = writing(), sa.update(NoticeRow).where(_gathering(until))
    session.execute(these.where(NoticeRow.member.in_(reachable)).values(sent=now))
    session.execute(these.values(tries=MOST_TRIES, error="There was no address when the digest was made."))


def _gathering(until: datetime) -> sa.ColumnElement[bool]:
    had = sa.select(NoticeRow.member).where(
        NoticeRow.kind == DIGEST, NoticeRow.at >= until, NoticeRow.member.is_not(None)
    )
    return sa.and_(_UNSENT, NoticeRow.due.is_(None), NoticeRow.at < until, NoticeRow.member.not_in(had))


# ------------------------------------------------------------------ a member's own


def told(member: int, limit: int = 50) -> tuple[Notice, ...]:
    """The last messages of a member, the latest first: each by itself, and none that holds a secret."""
    query = _select().where(NoticeRow.member == member, NoticeRow.kind.not_in({DIGEST, *SECRET}))
    rows = reading().execute(query.order_by(NoticeRow.at.desc(), NoticeRow.id.desc()).limit(limit))
    return tuple(map(_notice, rows))


def call_off(member: int, kinds: Collection[str]) -> None:
    """What is waiting for a member of kinds that they no longer want is not sent any more, unless it is on its way."""
    idle = NoticeRow.error.not_like(f"%{BEGUN}%")
    theirs = sa.and_(_UNSENT, idle, NoticeRow.member == member, NoticeRow.kind.in_(kinds))
    change = {"tries": MOST_TRIES, "error": "The member chose not to get these before it was sent."}
    writing().execute(sa.update(NoticeRow).where(theirs).values(**change))


def _select() -> sa.Select[Any]:
    columns = [column for column in NoticeRow.__table__.columns if column.name in Notice.__dataclass_fields__]
    named = sa.func.coalesce(MemberRow.name, "").label("name")
    return sa.select(*columns, named).select_from(NoticeRow).outerjoin(MemberRow, MemberRow.id == NoticeRow.member)


def _notice(row: sa.Row[Any], **change: object) -> Notice:
    kept = {name: value for name, value in row._mapping.items() if name in Notice.__dataclass_fields__}  # noqa: SLF001
    return Notice(**kept | change)
