"""What is ruled on admission, appealed and recommended in the story, besides refusals and what goes on the desk."""

from __future__ import annotations

from dataclasses import dataclass

from amendments.rulings import Outcome, Recommendation
from demonstration import round_five


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling on an amendment (its key), so many days before today."""

    key: str
    day: int
    outcome: Outcome = Outcome.IN_ORDER
    reason: str = ""
    changes: str = ""


@dataclass(frozen=True, slots=True)
class Appealed:
    """Its mover's appeal against the refusal of an amendment; ``ended`` 0: nothing is decided yet."""

    key: str
    day: int
    reason: str
    ended: int = 0
    votes: tuple[int, int] = (0, 0)
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Recommended:
    """What the drafting committee recommends of an amendment."""

    key: str
    day: int
    kind: Recommendation
    reason: str
    changes: str = ""


RULINGS = (
    Ruled("report-in-a-week", 4, reason="It changes one duty of branches, and says whose it is."),
    Ruled("aim-hedges", 2),
    Ruled(
        "seven-on-panel",
        2,
        Outcome.IN_ORDER_WITH_CHANGES,
        "Three of seven cannot be called “the other two”: as it stands nobody could say who hears an appeal.",
        "In clause 11.4(2), say how the two who hear an appeal are chosen from the four who did not sit.",
    ),
)
OLDER = ("ten-thousand", "no-limit", "nine-drafters", "eight-meetings")
WAVE = tuple(Ruled(one, 1) for one in (*OLDER, *(each.key for each in round_five.AMENDMENTS)))
APPEALS = (
    Appealed(
        "no-copies",
        53,
        "I do not ask that anybody break the law, only that the constitution stop repeating it.",
        47,
        (5, 17),
        "The delegates decided this at their meeting by video, minute 4.",
    ),
    Appealed(
        "two-meetings",
        29,
        "Amendment 1 was about three meetings or two; this asks whether a branch may choose. I say that is not the same, "
        "and I should like the delegates to say so too.",
    ),
)
RECOMMENDATIONS = (
    Recommended(
        "report-in-a-week",
        3,
        Recommendation.CARRY,
        "The form can be sent from the path, and eight branches have a footpath secretary already.",
    ),
    Recommended(
        "no-limit",
        3,
        Recommendation.REJECT,
        "A limit is there for the branch that would not use its elections. Nine years would meet the need.",
    ),
    Recommended(
        "nine-years",
        3,
        Recommendation.CARRY_WITH_CHANGES,
        "Small branches need the longer term; large ones do not.",
        "Add: “in a branch of fewer than twenty members”.",
    ),
)
