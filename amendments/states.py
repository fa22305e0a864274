"""The public states of an amendment and the steps between them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Where an amendment stands. Every change of state is dated, reasoned and logged."""

    SEEKING_SECONDERS = "seeking-seconders"
    SECONDED = "seconded"
    COMPOSITED = "composited"
    ACCEPTED = "accepted"
    IN_FORCE = "in-force"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"


class NotPossible(ValueError):
    """An amendment in this state cannot come into that one."""

    def __init__(self, now: State, wanted: State) -> None:
        super().__init__(f"An amendment that is {spoken(now)} cannot become {spoken(wanted)}.")
        self.now, self.wanted = now, wanted


# A seconded amendment seeks seconders again when its text changes or a second is taken back, and too few remain.
# A composited amendment is free again (seconded) when its draft is superseded or abandoned. Whatever is in force,
# accepted (by the mover of the amendment it amends), refused, withdrawn or overtaken has its fate: taking it up again
# means a new amendment.
TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.SEEKING_SECONDERS: frozenset(
        {State.SECONDED, State.ACCEPTED, State.REFUSED, State.WITHDRAWN, State.OVERTAKEN}
    ),
    State.SECONDED: frozenset(
        {State.SEEKING_SECONDERS, State.COMPOSITED, State.ACCEPTED, State.REFUSED, State.WITHDRAWN, State.OVERTAKEN}
    ),
    State.COMPOSITED: frozenset({State.SECONDED, State.IN_FORCE, State.OVERTAKEN}),
    State.ACCEPTED: frozenset(),
    State.IN_FORCE: frozenset(),
    State.REFUSED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.OVERTAKEN: frozenset(),
}


def may_become(now: State, wanted: State) -> bool:
    """Whether the step from one state to the other exists."""
    return wanted in TRANSITIONS[now]


def step(now: State, wanted: State) -> State:
    """The wanted state; raises NotPossible when there is no such step."""
    if not may_become(now, wanted):
        raise NotPossible(now, wanted)
    return wanted


def spoken(state: State) -> str:
    """The state as a word in a sentence: "seeking seconders"."""
    return state.value.replace("-", " ")
