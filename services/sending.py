"""Sending what is due, message by message: taken in one transaction, handed over, settled in another.

In that order a crash leaves a message that is visibly being sent; what then happens to it is written in store.outbox.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage

import store
import store.outbox
from services.letters import Letterhead, UnusableAddress, letter

Clock = Callable[[], datetime]
Post = Callable[[EmailMessage], None]


class NotTaken(Exception):
    """A message was not taken: ``for_good`` when asking again would get the same answer.

    ``unsure``: it may have been taken after all, because the answer never came.
    """

    def __init__(self, why: str, *, for_good: bool = False, unsure: bool = False) -> None:
        super().__init__(why)
        self.for_good, self.unsure = for_good, unsure


class NoServer(NotTaken):
    """Nobody takes any message at the moment, so there is no sense in trying the next."""


@dataclass(frozen=True, slots=True)
class Round:
    """What came of sending what was due: how many were sent, will be tried again, were given up, and a sentence each."""

    sent: int = 0
    later: int = 0
    given_up: int = 0
    said: tuple[str, ...] = ()


def send_due(post: Post, head: Letterhead, clock: Clock, stopped: Callable[[], bool] = lambda: False) -> Round:
    """Send what is due until nothing is, nobody takes it, or ``stopped()``; several may do so at once."""
    made = Round()
    while not stopped() and (claimed := _claimed(clock)) is not None:
        notice, now = claimed
        refusal = _refusal(notice, post, head, now)
        made = _sent(made, notice, clock) if refusal is None else _failed(made, notice, refusal, clock)
        if isinstance(refusal, NoServer):
            break
    return made


def _claimed(clock: Clock) -> tuple[store.outbox.Notice, datetime] | None:
    with store.transaction():  # the clock is the database's: asked outside, it would keep a transaction open meanwhile
        now = clock()
        notice = store.outbox.claim(now)
    return notice and (notice, now)


def _refusal(notice: store.outbox.Notice, post: Post, head: Letterhead, now: datetime) -> NotTaken | None:
    """Hand a message over; why it was not taken, None when it was."""
    try:
        post(letter(notice, head, now))
    except UnusableAddress as unusable:
        return NotTaken(str(unusable), for_good=True)
    except NotTaken as refusal:
        return refusal
    return None


def _sent(made: Round, notice: store.outbox.Notice, clock: Clock) -> Round:
    with store.transaction():
        store.outbox.sent(notice, clock())
    return replace(made, sent=made.sent + 1)


def _failed(made: Round, notice: store.outbox.Notice, refusal: NotTaken, clock: Clock) -> Round:
    with store.transaction():
        over = store.outbox.failed(notice, clock(), str(refusal), for_good=refusal.for_good, unsure=refusal.unsure)
    said = (*made.said, f"Message {notice.id} ({notice.kind}) was {'given up' if over else 'not taken'}. {refusal}")
    if over:
        return replace(made, given_up=made.given_up + 1, said=said)
    return replace(made, later=made.later + 1, said=said)
