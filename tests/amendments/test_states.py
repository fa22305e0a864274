"""The public states of an amendment as a truth table."""

from __future__ import annotations

import pytest

from amendments.states import TRANSITIONS, NotPossible, State, may_become, step

STEPS = {
    "seeking-seconders": "seconded accepted refused withdrawn overtaken expired",
    "seconded": "seeking-seconders admitted composited accepted refused withdrawn overtaken",
    "admitted": "seeking-seconders seconded composited accepted refused withdrawn overtaken",
    "composited": "seconded admitted carried lost fallen in-force overtaken",
    "carried": "in-force lost",
    "lost": "",
    "fallen": "",
    "accepted": "",
    "in-force": "",
    "refused": "seeking-seconders seconded admitted",
    "withdrawn": "",
    "overtaken": "",
    "expired": "",
}


@pytest.mark.parametrize("now", State)
@pytest.mark.parametrize("wanted", State)
def test_the_steps_are_those_of_the_table(now: State, wanted: State) -> None:
    assert may_become(now, wanted) == (wanted.value in STEPS[now.value].split())


def test_every_state_is_in_the_table() -> None:
    assert set(TRANSITIONS) == set(State)


def test_a_step_that_does_not_exist_is_refused_in_a_sentence() -> None:
    assert step(State.SECONDED, State.COMPOSITED) is State.COMPOSITED
    with pytest.raises(NotPossible, match="An amendment that is in force cannot become seeking seconders"):
        step(State.IN_FORCE, State.SEEKING_SECONDERS)
