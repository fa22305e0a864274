"""A session lives until it ends, expires, or its member is suspended or gone."""

from datetime import timedelta

import allotment
import pytest
import sqlalchemy as sa
from allotment import GRACE, MEERA, NOON, ROSA, member

import store
import store.sessions
from store.database import db

pytestmark = pytest.mark.usefixtures("database")

LATER, LATEST = NOON + timedelta(hours=1), NOON + timedelta(days=14)
A, B, C = "a" * 64, "b" * 64, "c" * 64


@pytest.fixture(autouse=True)
def _society(database):
    allotment.found()


def begin(name, handle=MEERA, at=NOON, expires=LATEST):
    with store.transaction():
        return store.sessions.begin(
            name, member(handle).id, by="link", device="Firefox on Linux", at=at, expires=expires
        )


def end(name, handle=MEERA):
    with store.transaction():
        return store.sessions.end(name, member(handle).id, LATER)


def test_a_session_is_found_by_its_id_as_it_was_begun():
    begun = begin(A)
    assert store.sessions.find(A, LATER) == begun
    assert store.sessions.find(B, LATER) is None


def test_a_session_is_over_at_the_moment_it_expires():
    begin(A)
    assert store.sessions.find(A, LATEST - timedelta(microseconds=1)) is not None
    assert store.sessions.find(A, LATEST) is None


def test_an_ended_session_stays_ended():
    begin(A)
    assert end(A)
    assert store.sessions.find(A, LATER) is None
    assert not end(A)


def test_nobody_ends_the_session_of_another():
    begin(A)
    assert not end(A, ROSA)
    assert store.sessions.find(A, LATER) is not None


@pytest.mark.parametrize("standing", ["suspended", "left", "erased", ""])
def test_who_is_suspended_or_gone_is_signed_in_nowhere(standing):
    begin(A)
    stands(standing)
    assert store.sessions.find(A, LATER) is None


def test_who_is_in_arrears_stays_signed_in():
    begun = begin(A)
    stands("arrears")
    assert store.sessions.find(A, LATER) == begun


def stands(standing):
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE member SET standing = :s WHERE handle = :h"), {"s": standing, "h": MEERA})
    db.session.rollback()


def test_several_members_are_signed_out_everywhere_at_once():
    begin(A), begin(B), begin(C, ROSA), begin("d" * 64, GRACE)
    with store.transaction():
        ended = store.sessions.end_all([member(MEERA).id, member(ROSA).id], LATER)
    assert ended == 3
    assert [one for one in (A, B, C) if store.sessions.find(one, LATER)] == []
    assert store.sessions.find("d" * 64, LATER) is not None


def test_ending_the_sessions_of_nobody_ends_none():
    begin(A)
    with store.transaction():
        assert store.sessions.end_all([], LATER) == 0
        assert store.sessions.end_all(iter([member(MEERA).id]), LATER) == 1
        assert store.sessions.end_all([member(MEERA).id], LATER) == 0


def test_a_member_sees_where_they_are_signed_in_the_latest_used_first():
    begin(A), begin(B), begin(C, ROSA)
    with store.transaction():
        store.sessions.saw(A, LATER)
    assert [one.id for one in store.sessions.of(member(MEERA).id, LATER)] == [A, B]
    assert store.sessions.find(A, LATER).seen == LATER


def test_what_has_expired_is_not_kept():
    begin(A)
    begin(B, at=LATEST, expires=LATEST + timedelta(days=1))
    assert db.session.scalars(sa.text("SELECT id FROM session")).all() == [B]
