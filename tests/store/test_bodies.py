from datetime import date

import make
import pytest

import store
import store.amendments
import store.bodies
from amendments.seconding import AlreadySeconded
from store.bodies import Decision

FEN = Decision("branch", "Fen", date(2026, 4, 28), "Minute 7")
GUILD = Decision("body", "Fen", date(2026, 4, 29), "Minute 1")


@pytest.fixture
def amended(database):
    rosa, omar = make.members("rosa", "omar")
    return make.amendment(rosa, make.edition()), omar


def test_a_branch_and_a_body_of_one_name_are_two(amended):
    amendment, omar = amended
    with store.transaction():
        store.bodies.add_second(amendment.version, FEN, omar, at=make.NOON)
        store.bodies.add_second(amendment.version, GUILD, omar, at=make.after(1))
    assert [one.decision for one in store.bodies.seconds(amendment)] == [FEN, GUILD]
    assert store.bodies.seconds(amendment)[0].officer.handle == "omar"
    assert {key: sorted(of) for key, of in store.bodies.seconding().items()} == {
        amendment.version.id: [("body", "Fen"), ("branch", "Fen")]
    }


def test_a_body_counts_once(amended):
    amendment, omar = amended
    with store.transaction():
        store.bodies.add_second(amendment.version, FEN, omar, at=make.NOON)
    with pytest.raises(AlreadySeconded), store.transaction():
        store.bodies.add_second(amendment.version, FEN, omar, at=make.after(1))


def test_an_amendment_may_be_moved_in_the_name_of_a_body(amended):
    amendment, _ = amended
    assert store.bodies.mover(amendment.number) is None
    with store.transaction():
        store.bodies.set_mover(amendment.number, FEN)
    assert store.bodies.mover(amendment.number) == FEN
