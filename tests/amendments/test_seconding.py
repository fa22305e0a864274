"""Who may second, and when there are seconders enough."""

from __future__ import annotations

import pytest

from amendments.seconding import (
    AlreadySeconded,
    NoOffice,
    NotOpen,
    NotSeconded,
    OwnAmendment,
    Standing,
    TextChanged,
    may_second,
    summed,
)
from amendments.states import WAITING, State
from rulebook.formula import figures
from rulebook.reading import parse
from rulebook.seconding import Seconder, SeconderKind, standing


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


@pytest.mark.parametrize("state", sorted(set(State) - WAITING - {State.SEEKING_SECONDERS}))
def test_only_an_open_amendment_can_be_seconded(state: State) -> None:
    with pytest.raises(NotOpen):
        second(state=state)


RULES = parse("""
[process]
name = "Two routes"
[[instrument.amendment.seconding]]
from = "members"
count = 3
spread = { by = "branch", groups = 2 }
[[instrument.amendment.seconding]]
from = "branch"
count = 1
""")


def seconded(*branches: str, deciding: str = "") -> Standing:
    people = [Seconder(SeconderKind.MEMBER, str(n), branch) for n, branch in enumerate(branches)]
    bodies = [Seconder(SeconderKind.BRANCH, deciding, deciding, minute=True)] if deciding else []
    return summed(standing(RULES.instruments["amendment"].seconding, [*people, *bodies], figures({}, {})))


def test_the_figures_are_those_of_the_route_that_lacks_least() -> None:
    none, two, enough = seconded(), seconded("Fen", "Fen"), seconded("Fen", "Fen", "Wold")
    assert (none.count, none.needed, none.missing) == (0, 1, 1)
    assert (two.count, two.needed, two.missing, two.met) == (0, 1, 1, False)
    assert (enough.count, enough.needed, enough.missing, enough.met) == (3, 3, 0, True)


def test_all_routes_are_said_and_what_they_need() -> None:
    found = seconded("Fen", "Fen")
    assert found.sentence == "2 of 3 members, 1 of 2 branches; or 0 of 1 branch"
    assert found.needs == "3 members, 2 branches; or 1 branch"
    assert seconded(deciding="Fen").met


def test_where_no_seconders_are_asked_for_none_are_missing() -> None:
    found = summed(standing((), (), figures({}, {})))
    assert (found.met, found.missing, found.needs) == (True, 0, "no seconders")


def test_what_a_member_may_not_do_is_said_to_them() -> None:
    assert str(NotSeconded()) == "You have not seconded this amendment."
    assert "not an officer of a branch or affiliated body" in str(NoOffice())
