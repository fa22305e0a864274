"""What the list of amendments and the page of one show. Reading changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

import store
import store.amendments
import store.bodies
import store.editions
from amendments.edit import Edit, apply
from amendments.instruction import instruction
from amendments.rebase import Placement
from amendments.seconding import Standing
from amendments.states import State
from constitution.clause import Constitution
from constitution.redline import Change, RedlinedClause, redline
from services import reading, supporting
from services.placing import place


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """An amendment as a line of the list."""

    amendment: store.amendments.Amendment
    standing: Standing


@dataclass(frozen=True, slots=True)
class AmendmentPage:
    """An amendment with its redline against its own base, what would follow it, and where it stands now."""

    amendment: store.amendments.Amendment
    base: store.editions.Edition
    in_force: store.editions.Edition
    redline: tuple[RedlinedClause, ...]
    following: tuple[RedlinedClause, ...]
    instruction: tuple[str, ...]
    seconds: tuple[store.amendments.Second, ...]
    bodies: tuple[store.bodies.BodySecond, ...]
    standing: Standing
    history: tuple[store.amendments.StateChange, ...]
    placement: Placement | None


def listing(state: str = "", words: str = "") -> tuple[AmendmentLine, ...]:
    """The amendments in a state ("": any) whose number, title, mover or reason has all the words; newest first."""
    wanted = State(state) if state in set(State) else None
    found = store.amendments.listing(state=wanted)
    standings = supporting.standings(found)
    return tuple(
        AmendmentLine(one, standings[one.number])
        for one in sorted(found, key=lambda one: -one.number)
        if _has(one, words)
    )


def _has(amendment: store.amendments.Amendment, words: str) -> bool:
    """Whether the words, in any order and case, occur in what the amendment says of itself."""
    version = amendment.version
    said = f"A{amendment.number} {version.title} {amendment.mover.name} {version.reason}".casefold()
    return all(word in said for word in words.casefold().split())


def page(wanted: int) -> AmendmentPage:
    """An amendment, its redline and its standing."""
    found = store.amendments.by_number(wanted)
    base = store.editions.load(found.version.base_edition)
    now, seconds = reading.edition(), store.amendments.seconds(found)
    changed, following = changes(base.constitution, found.version.edits)
    return AmendmentPage(
        amendment=found,
        base=base,
        in_force=now,
        redline=changed,
        following=following,
        instruction=instruction(found.version.edits, base.constitution, renumber=True),
        seconds=seconds,
        standing=supporting.standing(found),
        bodies=store.bodies.seconds(found),
        history=store.amendments.history(found),
        placement=place(found.version, now),
    )


def changes(
    base: Constitution, edits: tuple[Edit, ...]
) -> tuple[tuple[RedlinedClause, ...], tuple[RedlinedClause, ...]]:
    """The redline of what the edits change, and of what only follows: a number, or a number that is cited."""
    whole = redline(base, apply(edits, base))
    return (
        tuple(one for one in whole if one.change not in {Change.KEPT, Change.RENUMBERED}),
        tuple(one for one in whole if one.change is Change.RENUMBERED),
    )
