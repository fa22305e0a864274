"""What a draft makes of every amendment there is: its fate, and why. Pure; ``amendments.accounts`` says what was set aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from amendments.states import WAITING, State


class Fate(StrEnum):
    """What became of an amendment when a draft was frozen. OPEN: nobody has said yet, and nothing can be frozen."""

    MERGED = "merged"
    IN_PART = "merged-in-part"
    LEFT = "left-out"
    ELSEWHERE = "in-another-draft"
    SEEKING = "seeking-seconders"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"
    EXPIRED = "expired"
    LOST = "lost"
    FALLEN = "fallen"
    OPEN = "open"


TAKEN = frozenset({Fate.MERGED, Fate.IN_PART})
"""The fates of those of which something stands in the draft."""

WORDS: Mapping[Fate, str] = {
    Fate.MERGED: "Merged",
    Fate.IN_PART: "Merged in part",
    Fate.LEFT: "Left out",
    Fate.ELSEWHERE: "In another draft",
    Fate.SEEKING: "Seeking seconders",
    Fate.ACCEPTED: "Accepted into another",
    Fate.REFUSED: "Refused",
    Fate.WITHDRAWN: "Withdrawn",
    Fate.OVERTAKEN: "Overtaken",
    Fate.EXPIRED: "Expired",
    Fate.LOST: "Lost in a vote",
    Fate.FALLEN: "Fallen by what else was carried",
    Fate.OPEN: "Without a fate",
}

WHOLE = "All that it asks for is in the draft."
PART = "A part of what it asks for is in the draft."
NOTHING = "Nothing of what it asks for was taken."
UNSAID = "It has its seconders, is not on this desk, and nobody has said why the draft does without it."

_OF_STATE = {
    State.SEEKING_SECONDERS: Fate.SEEKING,
    State.COMPOSITED: Fate.ELSEWHERE,
    State.ACCEPTED: Fate.ACCEPTED,
    State.REFUSED: Fate.REFUSED,
    State.WITHDRAWN: Fate.WITHDRAWN,
    State.OVERTAKEN: Fate.OVERTAKEN,
    State.EXPIRED: Fate.EXPIRED,
    State.CARRIED: Fate.ELSEWHERE,  # what it is in waits to be in force
    State.LOST: Fate.LOST,
    State.FALLEN: Fate.FALLEN,
}


@dataclass(frozen=True, slots=True)
class Input:
    """An amendment in its exact version (the id of that), where it stands, and why it came there."""

    amendment: int
    version: int
    state: State
    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """What the desk makes of an amendment: whether anything of it stands, what was set aside, why all of it was left."""

    stands: bool
    set_aside: tuple[str, ...] = ()
    left: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the coverage table."""

    amendment: int
    version: int
    fate: Fate
    reason: str
    set_aside: tuple[str, ...] = ()


def coverage(inputs: Iterable[Input], desk: Mapping[int, Part], left: Mapping[int, str]) -> tuple[Item, ...]:
    """A line for each input, in their order. ``left`` gives the reasons for those that are not on the desk."""
    return tuple(_item(one, desk.get(one.amendment), left.get(one.amendment, "")) for one in inputs)


def _item(one: Input, part: Part | None, left: str) -> Item:
    if one.state not in WAITING:
        return Item(one.amendment, one.version, _OF_STATE[one.state], one.reason)
    if part is None:
        return Item(one.amendment, one.version, Fate.LEFT if left else Fate.OPEN, left or UNSAID)
    if part.left:
        return Item(one.amendment, one.version, Fate.LEFT, part.left)
    if not part.set_aside:
        return Item(one.amendment, one.version, Fate.MERGED, WHOLE)
    fate, reason = (Fate.IN_PART, PART) if part.stands else (Fate.LEFT, NOTHING)
    return Item(one.amendment, one.version, fate, reason, part.set_aside)
