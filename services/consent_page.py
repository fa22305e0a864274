"""What the pages about a composite show that those read who are asked: the text, what became of theirs, the answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import store
import store.accounts
import store.amendments
import store.drafts
import store.members
from amendments.composite import OpenConflict
from amendments.fates import Fate, Item
from constitution.redline import RedlinedClause
from services import consenting, coverage
from services.amendment_page import between
from services.compositing import Desk, open_desk
from services.draft_page import CoverageLine, lines


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """A composite for those who are asked about it. ``mine``: those of the parties that who looks answers for.

    ``theirs`` are the lines of the coverage table about these; ``redline`` is None while something is unsettled.
    """

    desk: Desk
    consent: consenting.Consent
    redline: tuple[RedlinedClause, ...] | None
    mine: tuple[consenting.Standing, ...]
    theirs: tuple[CoverageLine, ...]

    @property
    def agreed(self) -> int:
        """How many have agreed to the text as it stands."""
        return sum(bool(one.answer and one.answer.agrees) for one in self.consent.parties)


@dataclass(frozen=True, slots=True)
class DeskCoverage:
    """The coverage table that a composite would have, and the amendments to say why it does without.

    ``without`` nobody has given a reason for yet; ``left`` have one, by their numbers.
    """

    desk: Desk
    lines: tuple[CoverageLine, ...]
    without: tuple[CoverageLine, ...]
    left: tuple[CoverageLine, ...]


def page(number: int, now: datetime, member: store.members.Member | None = None) -> ConsentPage:
    """What a composite would make of its amendments, for a member (None: nobody who is signed in)."""
    desk = open_desk(number)
    result = consenting.settled(desk)
    found = consenting.standing(desk, result)
    mine = tuple(one for one in found.parties if member and one.party.is_(member))
    theirs = {amendment for one in mine for amendment in one.party.amendments}
    items = [one for one in _items(desk, now) if one.amendment in theirs] if theirs else []
    shown = None if isinstance(result, OpenConflict) else between(desk.base.constitution, result.constitution)[0]
    return ConsentPage(desk, found, shown, mine, lines(items))


def of_desk(number: int, now: datetime) -> DeskCoverage:
    """What the draft would make of every amendment, were it frozen now; or, once it is, what it made of them."""
    desk = open_desk(number)
    found = lines(_items(desk, now))
    left = store.accounts.left(number).keys() - {one.number for one in desk.amendments}
    return DeskCoverage(
        desk,
        found,
        tuple(one for one in found if one.item.fate is Fate.OPEN),
        tuple(one for one in found if _is_left(one.item, left)),
    )


def _items(desk: Desk, now: datetime) -> tuple[Item, ...]:
    """The coverage table of the draft that the composite became, or would become."""
    made = next((one for one in store.drafts.listing() if one.composite == desk.composite.number), None)
    return store.accounts.items(made.number) if made else coverage.of_desk(desk, now)


def _is_left(item: Item, left: set[int]) -> bool:
    return item.fate is Fate.LEFT and item.amendment in left
