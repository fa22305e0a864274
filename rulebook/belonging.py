"""Who on a roll belongs to an electorate of the rulebook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rulebook.rules import Electorate, Rulebook
from rulebook.timetable import Happening, Moments
from rulebook.zones import zone

GOOD, ARREARS = "good", "arrears"


@dataclass(frozen=True, slots=True)
class OnRoll:
    """What the roll says of a person, as far as an electorate may ask. ``joined`` None: not known.

    ``standing`` is "good", "arrears", or another that belongs nowhere (suspended, left). ``status`` is what kind of
    member somebody is where the roll has several; "" where everybody on it is of the one kind.
    """

    standing: str = GOOD
    status: str = ""
    branch: str = ""
    body: str = ""
    joined: date | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """An electorate with its date worked out: only who joined before ``joined_before`` belongs to it.

    ``waiting``: that date hangs on something that has not happened, and until then nobody belongs.
    """

    electorate: Electorate
    joined_before: date | None = None
    waiting: bool = False

    def __contains__(self, one: OnRoll) -> bool:
        chosen = self.electorate
        asked = ((chosen.status, one.status or None), (chosen.branches, one.branch), (chosen.bodies, one.body))
        named = all(not wanted or value is None or value in wanted for wanted, value in asked)
        standing = one.standing == GOOD or (one.standing == ARREARS and chosen.arrears)
        return named and standing and self._early_enough(one)

    def _early_enough(self, one: OnRoll) -> bool:
        if self.waiting:
            return False
        return self.joined_before is None or (one.joined is not None and one.joined < self.joined_before)


def selections(book: Rulebook, happenings: Iterable[Happening] = ()) -> dict[str, Selection]:
    """Every electorate by its id."""
    here = zone(book.process.timezone)
    moments = Moments(book.stages, happenings, here)
    found = {}
    for key, one in book.electorates.items():
        at = moments.moment(one.joined_before).at
        found[key] = Selection(one, at.astimezone(here).date() if at else None, bool(one.joined_before) and at is None)
    return found
