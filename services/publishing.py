"""The committee publishes agendas. An amendment's own number never changes; its item number is that of the agenda."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import store
import store.amendments
import store.drafts
import store.log
import store.publications
from amendments.agenda import arranged
from amendments.states import OPEN, WAITING
from amendments.ties import Tie
from members.permissions import Permission, require
from rulebook import kinds
from rulebook.kinds import Order
from services import reading, relating, timing
from services.placing import DoesNotFit, placed_edits

ORDERS: Mapping[Order, str] = {
    Order.TEXT: "in the order of the text",
    Order.AGENDA: "as named here",
    Order.COMMITTEE: "in the committee’s order",
    Order.PRIORITY: "by the priority ballot",
    Order.FAR_REACHING: "furthest-reaching first",
}
LONGEST = 200  # characters of a title


class CannotPublish(ValueError):
    """Why an agenda cannot be published, in a sentence; ``field`` names what to look at."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Agenda:
    """A publication with its amendments as they stand now, and what hangs on what among them."""

    publication: store.publications.Publication
    amendments: Mapping[int, store.amendments.Amendment]
    ties: Mapping[int, tuple[Tie, ...]]


def order() -> Order:
    """The order that the rules ask for."""
    return timing.rules().conflict.order


def preview(by: Order, named: Sequence[int]) -> tuple[store.amendments.Amendment, ...]:
    """The items in their order: those named, or all that wait when none is. Raises CannotPublish, UnknownAmendment."""
    edition = reading.edition()
    chosen = tuple(map(store.amendments.by_number, dict.fromkeys(named))) or store.amendments.in_states(WAITING)
    ended = [f"A{one.number}" for one in chosen if one.state not in OPEN]
    if ended or not chosen:
        said = f"These have their fate already: {', '.join(ended)}." if ended else "No amendment waits to be taken."
        raise CannotPublish(said, "amendments")
    try:
        sides = {one.number: placed_edits(one, edition) for one in chosen}
    except DoesNotFit as refusal:
        raise CannotPublish(str(refusal), "amendments") from refusal
    by_number = {one.number: one for one in chosen}
    return tuple(by_number[one] for one in arranged(by, edition.constitution, sides, named))


def publish(
    member: store.members.Member,
    title: str,
    by: Order,
    named: Sequence[int],
    now: datetime,
    *,
    draft: int | None = None,
) -> store.publications.Publication:
    """Publish an agenda; its items are numbered from 1. Raises CannotPublish, UnknownAmendment, UnknownDraft."""
    require(member.roles, Permission.MERGE)
    if not title.strip() or len(title.strip()) > LONGEST:
        raise CannotPublish(f"Enter a title of at most {LONGEST} characters, such as Preliminary agenda.", "title")
    with store.transaction():
        timing.require_open(kinds.Act.MERGE, now)
        if draft is not None:
            store.drafts.by_number(draft)
        items = [one.number for one in preview(by, named)]
        made = store.publications.add(
            title=title.strip(), ordered_by=by, draft=draft, items=items, member=member.id, at=now
        )
        store.log.append(
            at=now,
            actor=member.handle,
            act="publish-agenda",
            subject=f"publication {made.number}",
            payload={"title": made.title, "ordered_by": by.value, "draft": draft, "items": items},
        )
    return made


def agenda(number: int) -> Agenda:
    """A publication; raises UnknownPublication."""
    found = store.publications.by_number(number)
    items = set(found.items)
    ties: dict[int, tuple[Tie, ...]] = {}
    for one in relating.ties():
        if {one.amendment, one.other} <= items:
            for each in (one.amendment, one.other):
                ties[each] = (*ties.get(each, ()), one)
    return Agenda(found, {one.number: one for one in store.amendments.numbered(found.items)}, ties)


def everything() -> tuple[store.publications.Publication, ...]:
    """Every publication, the newest first."""
    return store.publications.listing()


def of(amendment: int) -> tuple[tuple[int, store.publications.Publication], ...]:
    """Where an amendment stands on agendas, the newest first."""
    return store.publications.of_amendment(amendment)
