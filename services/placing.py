"""Where an amendment made on an earlier edition stands on the edition in force."""

from __future__ import annotations

import store
import store.amendments
import store.editions
from amendments.edit import Edit
from amendments.rebase import Placement, rebase
from amendments.rebase import State as Place

MOST_PLACED = 20_000
_placed: dict[tuple[str, str], Placement] = {}

CARRIES_OVER = frozenset({Place.CLEAN, Place.MOVED, Place.REWORDED_NEARBY})


class DoesNotFit(ValueError):
    """The amendment's words are no longer in the text; its mover has to look at it."""

    def __init__(self, number: int, placement: Placement) -> None:
        super().__init__(
            f"Amendment {number} does not fit the edition in force any more: "
            + " ".join(explanation for _, _, explanation in placement.each)
        )
        self.number = number


def place(version: store.amendments.Version, now: store.editions.Edition) -> Placement | None:
    """How the version's edits carry over to the edition ``now``; None when that is the edition they were made on.

    Remembered, since pages ask again for each of thousands: the digests say which edits, on which text, onto which.
    """
    if version.base_edition == now.number:
        return None
    key = version.digest, now.digest
    found = _placed.get(key)
    if found is None:
        base = store.editions.load(version.base_edition).constitution
        if len(_placed) >= MOST_PLACED:
            _placed.clear()
        found = _placed[key] = rebase(version.edits, base, now.constitution)
    return found


def placed_edits(amendment: store.amendments.Amendment, now: store.editions.Edition) -> tuple[Edit, ...]:
    """The amendment's edits as they stand on the edition ``now``; raises DoesNotFit."""
    placement = place(amendment.version, now)
    if placement is None:
        return amendment.version.edits
    if placement.edits is None or placement.state not in CARRIES_OVER:
        raise DoesNotFit(amendment.number, placement)
    return placement.edits
