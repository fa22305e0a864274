"""Who may second an amendment, and whether it has seconders enough."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from typing import TypeVar

from amendments.states import WAITING, State
from rulebook.saying import counted
from rulebook.seconding import Progress
from rulebook.seconding import Standing as AllRoutes

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


class NotSeconded(MayNotSecond):
    """Only a second that was given can be taken back or confirmed."""

    def __init__(self) -> None:
        super().__init__("You have not seconded this amendment.")


class NoOffice(MayNotSecond):
    """Only an officer of a branch or body enters its decision."""

    def __init__(self) -> None:
        super().__init__("You are not an officer of a branch or affiliated body, so you cannot enter its decision.")


class NoDecision(MayNotSecond):
    """A body acts by a decision: on a day that has been, written in a minute."""


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
    """Where an amendment stands: ``count`` of ``needed`` on the route that lacks least, and every route by itself."""

    count: int
    needed: int
    met: bool
    routes: tuple[Progress, ...]
    sentence: str

    @property
    def needs(self) -> str:
        """What is needed in all, in words: "20 members, 3 branches; or 1 branch"."""
        routes = (", ".join(counted(one.needed, one.what, one.several) for one in each.parts) for each in self.routes)
        return "; or ".join(routes) or "no seconders"

    @property
    def missing(self) -> int:
        """How many more are needed on the route that lacks least."""
        return 0 if self.met else min(_missing(one) for one in self.routes)


def summed(found: AllRoutes) -> Standing:
    """What the rulebook says of the routes, with the figures of the route that lacks least (the first of several)."""
    if not found.routes:
        return Standing(0, 0, met=True, routes=(), sentence=found.sentence)
    nearest = min(found.routes, key=_missing)
    first = nearest.parts[0]
    return Standing(first.count, first.needed, found.met, found.routes, found.sentence)


def _missing(route: Progress) -> int:
    return sum(part.missing for part in route.parts)


# More seconders are welcome after the threshold is met: they cost nothing and show support.
OPEN = WAITING | {State.SEEKING_SECONDERS}


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
