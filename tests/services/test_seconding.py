"""Members second the exact text."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import allotment
import pytest
from allotment import GRACE, LEONARD, MEERA, NOON, ROSA, member, propose, second, strike

import store.amendments
import store.log
from amendments.seconding import AlreadySeconded, NotOpen, OwnAmendment, TextChanged
from amendments.states import State
from members.permissions import NotAllowed
from services import drafting, seconding
from store.database import db

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def number(database) -> int:
    allotment.found()
    return propose(strike("3(1)"))


def digest(number: int) -> str:
    return store.amendments.by_number(number).version.digest


def test_a_second_counts_and_is_one_entry_of_the_log(number):
    reached = seconding.second(member(ROSA), number, digest(number), NOON)
    assert (reached.count, reached.needed, reached.met) == (1, 2, False)
    assert store.log.entries(limit=1)[0].payload == {"digest": digest(number), "count": 1, "needed": 2}


def test_at_the_threshold_it_is_seconded_by_itself(number):
    second(number, ROSA, GRACE)
    assert store.amendments.by_number(number).state is State.SECONDED


def test_more_may_second_after_the_threshold(number):
    second(number, ROSA, GRACE, LEONARD)
    assert len(store.amendments.seconds(store.amendments.by_number(number))) == 3


def test_nobody_seconds_twice(number):
    second(number, ROSA)
    with pytest.raises(AlreadySeconded):
        second(number, ROSA)


def test_nobody_seconds_what_they_moved(number):
    with pytest.raises(OwnAmendment):
        second(number, MEERA)


def test_a_text_that_was_not_shown_is_not_seconded(number):
    with pytest.raises(TextChanged):
        seconding.second(member(ROSA), number, "0" * 64, NOON)


def test_what_is_withdrawn_is_not_seconded(number):
    drafting.withdraw(member(MEERA), number, "", NOON)
    with pytest.raises(NotOpen):
        second(number, ROSA)


def test_an_administrator_does_not_second(number):
    with pytest.raises(NotAllowed):
        second(number, allotment.HARRIET)


def test_a_refused_second_leaves_nothing_behind(number):
    before = store.log.entries(limit=1)
    with pytest.raises(OwnAmendment):
        second(number, MEERA)
    assert store.log.entries(limit=1) == before


def test_fifty_parallel_presses_count_once(database, number):
    wanted, presses = digest(number), 50
    barrier = Barrier(presses)

    def press():
        with database.app_context():
            barrier.wait()
            try:
                seconding.second(member(ROSA), number, wanted, NOON)
            except AlreadySeconded:
                return "already"
            finally:
                db.session.remove()
            return "counted"

    before = store.log.count()
    with ThreadPoolExecutor(presses) as pool:
        answers = [one.result() for one in [pool.submit(press) for _ in range(presses)]]
    db.session.rollback()  # to see what the others have kept
    assert sorted(answers) == ["already"] * (presses - 1) + ["counted"]
    assert len(store.amendments.seconds(store.amendments.by_number(number))) == 1
    assert store.log.count() == before + 1
