"""Messages are taken by one worker at a time, and none is sent twice without saying so."""

from datetime import timedelta
from threading import Barrier, Thread

import make
import pytest
import sqlalchemy as sa
from make import NOON, after

import store
import store.notices
import store.outbox
from members.notices import DIGEST, MOST_TRIES, Kind, delay
from store.database import db
from store.outbox import LEASE
from store.tables import NoticeRow


def new(n, member=None, kind=Kind.FATE_REPORT, due=NOON, **change):
    kept = {"address": "rosa@example.org", "subject": f"Subject {n}", "body": f"Body {n}", "at": NOON}
    return store.outbox.New(**{"message_id": f"m.{n}", "member": member, "kind": str(kind), "due": due} | kept | change)


def put(*messages):
    with store.transaction():
        store.outbox.put_many(messages)


def claim(now=NOON):
    with store.transaction():
        return store.outbox.claim(now)


def sent(notice, now=NOON):
    with store.transaction():
        store.outbox.sent(notice, now)


def failed(notice, now=NOON, why="421 later", **how):
    with store.transaction():
        return store.outbox.failed(notice, now, why, **how)


def row(n=1):
    db.session.rollback()
    return db.session.scalars(
        sa.select(NoticeRow).where(NoticeRow.message_id == f"m.{n}").execution_options(populate_existing=True)
    ).one()


def test_a_message_is_put_once(database):
    kept = {
        "member": None,
        "kind": "x",
        "address": "a@example.org",
        "subject": "s",
        "body": "b",
        "at": NOON,
        "due": NOON,
    }
    with store.transaction():
        assert store.outbox.put(message_id="m.1", **kept)
        assert not store.outbox.put(message_id="m.1", **kept | {"body": "another"})
        store.outbox.put_many([new(1), new(2)])
        store.outbox.put_many([])
    assert store.outbox.waiting() == 2
    assert row(1).body == "b"


def test_what_has_been_due_the_longest_is_taken_first_and_nothing_before_its_time(database):
    put(new(1, due=after(2)), new(2, due=after(1)), new(3, due=after(9)))
    assert [claim(after(5)).subject, claim(after(5)).subject, claim(after(5))] == ["Subject 2", "Subject 1", None]


def test_what_is_taken_is_seen_to_be_and_is_nobody_elses(database):
    put(new(1))
    claim()
    assert row().error == "Being sent since 2026-05-01T12:00:00+00:00."
    assert (row().tries, row().sent) == (1, None)
    assert claim(after(9)) is None


def test_what_is_sent_is_not_sent_again(database):
    put(new(1))
    sent(claim(), after(1))
    assert (row().sent, row().error) == (after(1), "")
    assert (claim(after(60)), store.outbox.waiting()) == (None, 0)


def test_a_message_knows_the_name_of_its_member(database):
    rosa = make.members("rosa")[0]
    put(new(1, member=rosa.id), new(2))
    assert [claim().name, claim().name] == ["Rosa", ""]


def test_each_failure_puts_it_off_for_longer_and_after_the_last_it_is_given_up(database):
    put(new(1))
    now = NOON
    for tries in range(1, MOST_TRIES + 1):
        assert failed(claim(now), now, f"450 no {tries}") is (tries == MOST_TRIES)
        assert (row().tries, row().error) == (tries, f"450 no {tries}")
        assert claim(now + delay(tries) - timedelta(seconds=1)) is None
        now += delay(tries)
    assert claim(now + timedelta(days=9)) is None
    assert (row().sent, store.outbox.waiting()) == (None, 0)


def test_a_failure_for_good_is_given_up_at_once_with_its_reason(database):
    put(new(1))
    assert failed(claim(), why="550 no such mailbox", for_good=True)
    assert (row().error, claim(after(10_000))) == ("550 no such mailbox", None)


def test_after_a_crash_it_is_sent_once_more_under_the_same_id_and_says_so(database):
    put(new(1))
    first = claim()
    later = NOON + LEASE
    again = claim(later)
    assert again.message_id == first.message_id
    said, begun = row().error.split("\n")
    assert said.startswith("Sent again on 2026-05-01T12:10:00+00:00 with the same Message-ID")
    assert "begun on 2026-05-01T12:00:00+00:00 never ended, so it may arrive twice" in said
    assert begun == "Being sent since 2026-05-01T12:10:00+00:00."
    sent(again, later)
    assert row().sent == later
    assert row().error.startswith("Sent again on 2026-05-01T12:10:00+00:00")
    assert "Being sent" not in row().error


def test_a_second_crash_is_the_end_of_it(database):
    put(new(1), new(2, due=after(30)))
    claim()
    claim(NOON + LEASE)
    assert claim(after(60)).subject == "Subject 2"  # the hopeless one does not stand in the way
    assert "not sent a third time" in row().error
    assert (row().tries, row().sent) == (MOST_TRIES, None)


def test_a_failure_after_a_crash_does_not_forget_the_crash(database):
    put(new(1))
    claim()
    failed(claim(NOON + LEASE), NOON + LEASE, "450 busy")
    claim(after(60))
    assert claim(after(120)) is None
    assert "not sent a third time" in row().error


def test_an_answer_that_never_came_allows_one_more_attempt(database):
    put(new(1))
    assert not failed(claim(), why="fell silent", unsure=True)
    assert row().error == "Perhaps sent on 2026-05-01T12:00:00+00:00, so it may arrive twice: fell silent"
    assert failed(claim(after(5)), after(5), "fell silent", unsure=True)
    assert row().error.count("Perhaps sent") == 2
    assert claim(after(1000)) is None


def test_a_worker_that_was_too_slow_does_not_settle_what_another_has_taken_over(database):
    put(new(1))
    slow = claim()
    quick = claim(NOON + LEASE)
    failed(slow, NOON + LEASE, "550 no", for_good=True)
    assert row().tries == 2
    sent(quick, NOON + LEASE)
    assert row().sent == NOON + LEASE


@pytest.mark.parametrize("outcome", [sent, lambda notice: failed(notice, for_good=True)])
def test_a_link_to_sign_in_with_is_not_kept_once_it_has_left_or_never_will(database, outcome):
    put(new(1, kind=Kind.SIGN_IN_LINK), new(2))
    outcome(claim())
    outcome(claim())
    assert (row(1).body, row(2).body) == ("", "Body 2")


def test_two_workers_at_once_never_take_the_same(database):
    put(*(new(n) for n in range(40)))
    taken, start = [], Barrier(3)

    def work():
        with database.app_context():
            start.wait()
            while (one := claim()) is not None:
                taken.append(one.id)
                sent(one)
            db.session.remove()

    threads = [Thread(target=work) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(taken) == len(set(taken)) == 40


def test_what_is_called_off_is_not_sent_unless_it_is_on_its_way(database):
    rosa, omar = make.members("rosa", "omar")
    put(new(1, member=rosa.id), new(2, member=rosa.id, due=after(1)), new(3, member=omar.id, due=after(2)))
    put(new(4, member=rosa.id, kind=Kind.STAGE_DATES, due=after(3)))
    on_its_way = claim()
    with store.transaction():
        store.outbox.call_off(rosa.id, [Kind.FATE_REPORT])
    sent(on_its_way)
    assert row(1).sent
    assert [claim(after(9)).subject, claim(after(9)).subject, claim(after(9))] == ["Subject 3", "Subject 4", None]


def test_a_digest_gathers_by_member_what_was_told_before_its_hour(database):
    rosa, omar = make.members("rosa", "omar")
    put(
        new(1, rosa.id, due=None), new(2, omar.id, due=None), new(3, rosa.id, due=None, at=after(1)),
        new(4, rosa.id, due=None, at=after(60)), new(5, rosa.id),
    )  # fmt: skip
    found = store.outbox.for_digest(after(60))
    assert [(one.member.handle, [said.subject for said in one.notices]) for one in found] == [
        ("rosa", ["Subject 1", "Subject 3"]), ("omar", ["Subject 2"]),
    ]  # fmt: skip
    with store.transaction():
        store.outbox.gathered(after(60), after(61))
    assert [row(n).sent for n in (1, 2, 3, 4, 5)] == [after(61), after(61), after(61), None, None]


def test_who_had_a_digest_since_has_no_other(database):
    rosa = make.members("rosa")[0]
    put(new(1, rosa.id, due=None), new(2, rosa.id, kind=DIGEST, at=after(60)))
    assert store.outbox.for_digest(after(60)) == ()
    assert store.outbox.for_digest(after(61)) != ()


def test_a_member_is_shown_the_latest_first_without_digests_and_secrets(database):
    rosa = make.members("rosa")[0]
    put(
        new(1, rosa.id),
        new(2, rosa.id, at=after(1)),
        new(3, rosa.id, DIGEST),
        new(4, rosa.id, Kind.SIGN_IN_LINK),
        new(5),
    )
    assert [one.subject for one in store.outbox.told(rosa.id)] == ["Subject 2", "Subject 1"]
    assert len(store.outbox.told(rosa.id, limit=1)) == 1


def test_choices_are_read_for_few_by_name_and_for_many_at_once(database, monkeypatch):
    rosa, omar, tove = make.members("rosa", "omar", "tove")
    with store.transaction():
        store.notices.choose(rosa.id, {"a": "daily", "b": "none"})
        store.notices.choose(omar.id, {"a": "none"})
        store.notices.choose(omar.id, {})
    assert store.notices.choices("a", [rosa.id, tove.id]) == {rosa.id: "daily"}
    monkeypatch.setattr(store.notices, "MOST_ASKED", 0)
    assert store.notices.choices("a", [rosa.id, omar.id]) == {rosa.id: "daily", omar.id: "none"}
    assert store.notices.choices_of(rosa.id) == {"a": "daily", "b": "none"}
