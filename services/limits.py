"""How often something may be tried in an hour; called inside the transaction that then does it."""

from __future__ import annotations

from datetime import datetime, timedelta

import store.attempts

Limit = tuple[str, int]  # the key under which it is counted, and how often in an hour

LINKS_TO_ADDRESS = 5
LINKS_FROM_CLIENT = 30
PASSKEY_CHALLENGES = 60
PASSKEY_FAILURES = 10
ADDRESS_CHANGES = 5


class TooManyAttempts(Exception):
    """Tried too often; the same sentence whatever it was tried with, and ``seconds`` until it may be tried again."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = -(-wait // timedelta(seconds=1))
        minutes = -(-wait // timedelta(minutes=1))
        said = "a minute" if minutes <= 1 else f"{minutes} minutes"
        super().__init__(f"This was tried too often within an hour. Try again in {said}.")


def check(now: datetime, *limits: Limit) -> None:
    """Raise TooManyAttempts unless each of the limits leaves room for one more."""
    free = max(store.attempts.free_at(key, most, now) for key, most in limits)
    if free > now:
        raise TooManyAttempts(free - now)


def take(now: datetime, *limits: Limit) -> None:
    """Check, and count this attempt."""
    check(now, *limits)
    store.attempts.note([key for key, _ in limits], now)
