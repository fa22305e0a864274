"""A ticket is used once, in time, by the browser that asked; attempts are counted whoever counts at the same time."""

from datetime import timedelta
from threading import Barrier, Thread

import allotment
import pytest
import sqlalchemy as sa
from allotment import MEERA, NOON, ROSA, member

import store
import store.attempts
import store.tickets
from store.database import db

pytestmark = pytest.mark.usefixtures("database")

SOON, LATE = NOON + timedelta(minutes=5), NOON + timedelta(minutes=20)
A, B, HERE, THERE = "a" * 64, "b" * 64, "1" * 64, "2" * 64


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()


def issue(name=A, *, browser=HERE, purpose="link", handle=MEERA, at=NOON, expires=LATE):
    with store.transaction():
        store.tickets.issue(
            name, purpose=purpose, member=member(handle).id if handle else None, browser=browser,
            payload={"onward": "/"}, at=at, expires=expires,
        )  # fmt: skip


def use(name=A, *, browser=HERE, purpose="link", at=SOON):
    with store.transaction():
        return store.tickets.use(name, purpose=purpose, browser=browser, at=at)


def at_once(app, work, times):
    """What ``work`` gives in so many threads that begin together, each with a connection of its own."""
    given, together = [], Barrier(times)

    def one():
        with app.app_context():
            together.wait()
            try:
                given.append(work())
            finally:
                db.session.remove()

    threads = [Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_a_ticket_is_used_once_and_says_for_what():
    issue()
    ticket = use()
    assert (ticket.member, ticket.payload, ticket.used) == (member(MEERA).id, {"onward": "/"}, SOON)
    assert use() is None


@pytest.mark.parametrize(
    "wrong", [{"browser": THERE}, {"browser": ""}, {"purpose": "passkey"}, {"at": LATE}, {"name": B}]
)
def test_a_ticket_is_not_used_up_by_who_cannot_use_it(wrong):
    issue()
    assert use(**wrong) is None
    assert use() is not None


def test_a_ticket_for_anywhere_is_used_in_any_browser():
    issue(browser=store.tickets.ANYWHERE)
    assert use(browser=THERE) is not None


def test_of_many_who_use_a_ticket_at_once_one_succeeds(database):
    issue()
    used = at_once(database, use, 8)
    assert len(used) == 8
    assert len([one for one in used if one is not None]) == 1


def test_what_was_asked_for_can_be_called_off():
    issue(A), issue(B, handle=ROSA), issue("c" * 64, purpose="other")
    with store.transaction():
        store.tickets.cancel(member(MEERA).id, {"link"}, SOON)
    assert use(A) is None
    assert use(B) is not None
    assert use("c" * 64, purpose="other") is not None


def test_what_expired_long_ago_is_forgotten():
    issue(A)
    issue(B, at=LATE + store.tickets.KEPT, expires=LATE + timedelta(days=2))
    assert store.tickets.find(A, "link") is None
    assert store.tickets.find(B, "link") is not None


def attempt(most=5, now=NOON):
    """Try, as services.limits does."""
    with store.transaction():
        allowed = store.attempts.free_at(A, most, now) <= now
        if allowed:
            store.attempts.note([A], now)
    return allowed


def test_of_fifty_attempts_at_once_no_more_pass_than_may(database):
    given = at_once(database, attempt, 50)
    assert (len(given), sum(given)) == (50, 5)


def test_the_next_attempt_is_allowed_an_hour_after_the_first_that_counts():
    minutes = [NOON + timedelta(minutes=n) for n in (0, 10, 20)]
    assert [attempt(3, now) for now in minutes] == [True, True, True]
    with store.transaction():
        assert store.attempts.free_at(A, 3, minutes[2]) == NOON + timedelta(hours=1)
        assert store.attempts.free_at(B, 3, minutes[2]) == minutes[2]
    assert not attempt(3, NOON + timedelta(minutes=59))
    assert attempt(3, NOON + timedelta(hours=1))


def test_attempts_that_do_not_count_any_more_are_not_kept():
    attempt()
    attempt(now=NOON + timedelta(hours=1))
    assert db.session.scalar(sa.text("SELECT count(*) FROM attempt")) == 1
