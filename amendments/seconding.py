"""Who may second an amendment, and whether it has seconders enough."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from typing import TypeVar

from amendments.states import State

Member = TypeVar("Member", bound=Hashable)


class MayNotSecond(ValueError):
    """A member may not second this amendment; the message is a sentence for them."""


class OwnAmendment(MayNotSecond):
    """The mover is not a seconder."""

    def __init__(self) -> None:
        super().__init__("You moved this amendment, so you cannot second it.")


class AlreadySeconded(MayNotSecond):
    """Nobody counts twice."""

    def __init__(self) -> None:
        super().__init__("You have already seconded this amendment.")


class TextChanged(MayNotSecond):
    """The text that the member read is no longer the text of the amendment."""

    def __init__(self) -> None:
        super().__init__(
            "The text of this amendment has changed since you read it. Read it again before you second it."
        )


class NotOpen(MayNotSecond):
    """The amendment has left the stage at which it can be seconded."""

    def __init__(self) -> None:
        super().__init__("This amendment is not open for seconding.")


@dataclass(frozen=True, slots=True)
class Standing:
    """How many seconders an amendment has, how many it needs, and whether it has them."""

    count: int
    needed: int
    met: bool

    @property
    def missing(self) -> int:
        """How many more are needed."""
        return max(0, self.needed - self.count)


# More seconders are welcome after the threshold is met: they cost nothing and show support.
OPEN = frozenset({State.SEEKING_SECONDERS, State.SECONDED})


def standing(count: int, needed: int) -> Standing:
    """Where an amendment with ``count`` seconders stands against the threshold ``needed``."""
    return Standing(count, needed, count >= needed)


def may_second(
    *, member: Member, mover: Member, seconders: Collection[Member], state: State, digest: str, current: str
) -> None:
    """Raise NotOpen, OwnAmendment, TextChanged or AlreadySeconded unless the member may second.

    ``digest`` is of the text the member was shown, ``current`` of the version that stands: a second binds to the
    exact text. ``seconders`` are those of the current version.
    """
    if state not in OPEN:
        raise NotOpen
    if member == mover:
        raise OwnAmendment
    if digest != current:
        raise TextChanged
    if member in seconders:
        raise AlreadySeconded
