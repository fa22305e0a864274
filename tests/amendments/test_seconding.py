"""Who may second, and when there are seconders enough."""

from __future__ import annotations

import pytest

from amendments.seconding import AlreadySeconded, NotOpen, OwnAmendment, Standing, TextChanged, may_second, standing
from amendments.states import State


def second(
    *, member: str = "rosa", seconders: tuple[str, ...] = (), state: State = State.SEEKING_SECONDERS, digest: str = "d1"
) -> None:
    may_second(member=member, mover="clara", seconders=seconders, state=state, digest=digest, current="d1")


def test_another_member_may_second_the_exact_text() -> None:
    second()


def test_more_seconders_are_welcome_after_the_threshold() -> None:
    second(state=State.SECONDED, seconders=("karl",))


def test_the_mover_may_not_second() -> None:
    with pytest.raises(OwnAmendment):
        second(member="clara")


def test_nobody_seconds_twice() -> None:
    with pytest.raises(AlreadySeconded):
        second(seconders=("karl", "rosa"))


def test_a_second_binds_to_the_text_that_was_read() -> None:
    with pytest.raises(TextChanged):
        second(digest="d0")


@pytest.mark.parametrize("state", sorted(set(State) - {State.SEEKING_SECONDERS, State.SECONDED}))
def test_only_an_open_amendment_can_be_seconded(state: State) -> None:
    with pytest.raises(NotOpen):
        second(state=state)


def test_the_standing_is_met_at_the_threshold_and_not_before() -> None:
    assert standing(4, 5) == Standing(4, 5, False)
    assert standing(4, 5).missing == 1
    assert standing(5, 5).met
    assert standing(7, 5).missing == 0
