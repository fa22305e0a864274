"""The public states of an amendment and the steps between them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Where an amendment stands. Every change of state is dated, reasoned and logged."""

    SEEKING_SECONDERS = "seeking-seconders"
    SECONDED = "seconded"
    ADMITTED = "admitted"
    COMPOSITED = "composited"
    ACCEPTED = "accepted"
    CARRIED = "carried"
    LOST = "lost"
    FALLEN = "fallen"
    IN_FORCE = "in-force"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"
    EXPIRED = "expired"


class NotPossible(ValueError):
    """An amendment in this state cannot come into that one."""

    def __init__(self, now: State, wanted: State) -> None:
        super().__init__(f"An amendment that is {spoken(now)} cannot become {spoken(wanted)}.")
        self.now, self.wanted = now, wanted


WAITING = frozenset({State.SECONDED, State.ADMITTED})
"""The states in which an amendment has its seconders and waits for the committee."""

OPEN = WAITING | {State.SEEKING_SECONDERS, State.COMPOSITED}
"""The states in which an amendment has no fate yet."""

# A seconded amendment seeks seconders again when its text changes or a second is taken back, and too few remain; one
# that was admitted is to be ruled on again when its text changes. A composited amendment is free again when its draft is
# superseded or abandoned, a refused one when its appeal is upheld. What is carried is lost all the same when a body
# outside that has to agree refuses. Whatever is in force, lost, fallen (by what else was carried), accepted (by the mover of the
# amendment it amends), withdrawn, overtaken or expired (it found too few seconders in time) has its fate: taking it up
# again means a new amendment.
_ENDS = frozenset({State.ACCEPTED, State.REFUSED, State.WITHDRAWN, State.OVERTAKEN})
TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.SEEKING_SECONDERS: _ENDS | {State.SECONDED, State.EXPIRED},
    State.SECONDED: _ENDS | {State.SEEKING_SECONDERS, State.ADMITTED, State.COMPOSITED},
    State.ADMITTED: _ENDS | {State.SEEKING_SECONDERS, State.SECONDED, State.COMPOSITED},
    State.COMPOSITED: WAITING | {State.CARRIED, State.IN_FORCE, State.LOST, State.FALLEN, State.OVERTAKEN},
    State.ACCEPTED: frozenset(),
    State.CARRIED: frozenset({State.IN_FORCE, State.LOST}),
    State.LOST: frozenset(),
    State.FALLEN: frozenset(),
    State.IN_FORCE: frozenset(),
    State.REFUSED: WAITING | {State.SEEKING_SECONDERS},
    State.WITHDRAWN: frozenset(),
    State.OVERTAKEN: frozenset(),
    State.EXPIRED: frozenset(),
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
