"""What may be ruled of an amendment, and where it stands with those who rule. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from amendments.states import WAITING, State


class Outcome(StrEnum):
    """What is ruled of one version of an amendment."""

    IN_ORDER = "in-order"
    IN_ORDER_WITH_CHANGES = "in-order-with-changes"
    OUT_OF_ORDER = "out-of-order"


class Recommendation(StrEnum):
    """What the committee advises voters to do with one version of an amendment; NONE takes its advice back."""

    CARRY = "carry"
    CARRY_WITH_CHANGES = "carry-with-changes"
    REJECT = "reject"
    REMIT = "remit"
    NONE = "none"


RULED: Mapping[Outcome, str] = {
    Outcome.IN_ORDER: "in order",
    Outcome.IN_ORDER_WITH_CHANGES: "in order after agreed changes",
    Outcome.OUT_OF_ORDER: "out of order",
}
RECOMMENDED: Mapping[Recommendation, str] = {
    Recommendation.CARRY: "Carry it",
    Recommendation.CARRY_WITH_CHANGES: "Carry it with changes",
    Recommendation.REJECT: "Reject it",
    Recommendation.REMIT: "Remit it: decide nothing now, and give it to a body to work on",
    Recommendation.NONE: "No recommendation any more",
}
BECOMES: Mapping[Outcome, State] = {Outcome.IN_ORDER: State.ADMITTED, Outcome.OUT_OF_ORDER: State.REFUSED}


class Admission(StrEnum):
    """Where an amendment stands with those who rule on what may be taken.

    FREE: nobody rules, so everything seconded is taken. EARLY: it has not its seconders yet. CHANGES: its mover is still
    to give the text that was agreed. SILENT: no ruling came in time. OVER: it has gone on, or has its fate.
    """

    FREE = "free"
    EARLY = "early"
    WAITS = "waits"
    CHANGES = "changes"
    SILENT = "silent"
    IN_ORDER = "in-order"
    REFUSED = "refused"
    OVER = "over"


TAKEN = frozenset({Admission.FREE, Admission.IN_ORDER, Admission.SILENT})
"""Where nothing stands in the way of merging it."""

_WHY_NOT = {
    Admission.FREE: "The rules name nobody who rules on admission.",
    Admission.IN_ORDER: "It is in order already. Only another text of it would be ruled on.",
    Admission.SILENT: "No ruling came in time, so it counts as admitted. Only another text of it would be ruled on.",
    Admission.REFUSED: "It is refused already. Only an appeal changes that.",
    Admission.OVER: "It waits for no ruling any more.",
}


class MayNotRule(ValueError):
    """Why an amendment cannot be ruled so now, in a sentence."""


def standing(state: State, last: Outcome | None, *, overturned: bool, silent: bool) -> Admission:
    """Where an amendment stands whose text has this ``last`` ruling (None: none), where somebody rules.

    ``overturned``: an appeal against that ruling was upheld. ``silent``: the time for a ruling has passed. A ruling for
    changes holds until there is another version; leave it out then.
    """
    if state is State.REFUSED:
        return Admission.REFUSED
    if state not in WAITING:
        return Admission.EARLY if state is State.SEEKING_SECONDERS else Admission.OVER
    if state is State.ADMITTED or overturned or last is Outcome.IN_ORDER:
        return Admission.IN_ORDER
    if last is Outcome.IN_ORDER_WITH_CHANGES:
        return Admission.CHANGES
    return Admission.SILENT if silent else Admission.WAITS


def check(now: Admission, outcome: Outcome, *, overturned: bool = False) -> None:
    """Raise MayNotRule unless an amendment that stands so may be ruled so."""
    if now in _WHY_NOT:
        raise MayNotRule(_WHY_NOT[now])
    if overturned:
        raise MayNotRule("An appeal has decided that this text is in order.")
    if now is Admission.EARLY and outcome is not Outcome.OUT_OF_ORDER:
        raise MayNotRule("It can be ruled in order once it has the seconders it needs.")
    if now is Admission.CHANGES and outcome is Outcome.IN_ORDER:
        raise MayNotRule("Its text does not hold the agreed changes yet: its mover is still to give it.")
