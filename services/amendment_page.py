"""What the list of amendments and the page of one show. Reading changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import store
import store.amendments
import store.bodies
import store.editions
import store.seconds
from amendments.deriving import derive
from amendments.edit import Edit, apply, rebuilt
from amendments.instruction import instruction
from amendments.rebase import Placement
from amendments.seconding import Standing
from constitution.clause import Constitution
from constitution.numbering import number, own_number, printed
from constitution.order import settled
from constitution.redline import Change, RedlinedClause, redline
from constitution.runs import Op
from services import reading, standing_to, supporting
from services.placing import place


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """An amendment as a line of the list."""

    amendment: store.amendments.Amendment
    standing: Standing


@dataclass(frozen=True, slots=True)
class AmendmentPage:
    """An amendment with its redline against its own base, what would follow it, and where it stands now.

    ``amended`` is the amendment that it amends (the redline is then against the text as that would make it), ``above``
    are those that amend it; ``relations`` how it stands to others, in words with their numbers; ``moved_by`` the
    decision of the body in whose name it is moved; ``objections`` those to its versions, by their ids.
    """

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
    amended: store.amendments.Amendment | None = None
    above: tuple[store.amendments.Amendment, ...] = ()
    relations: tuple[tuple[str, int], ...] = ()
    moved_by: store.bodies.Decision | None = None
    objections: Mapping[int, tuple[store.seconds.Objection, ...]] = field(default_factory=dict)

    @property
    def outdated(self) -> bool:
        """Whether it amends an earlier text of the amendment that it is about."""
        on = self.amendment.version.on_version
        return self.amended is not None and on not in self.amended.same_text


def page(wanted: int) -> AmendmentPage:
    """An amendment, its redline and its standing."""
    found = store.amendments.by_number(wanted)
    base = store.editions.load(found.version.base_edition)
    now, seconds = reading.edition(), store.amendments.seconds(found)
    amended_one, start = amended(found, base)
    final = apply(found.version.edits, base.constitution)
    changed, following = between(start, final)
    edits = found.version.edits if amended_one is None else derive(start, final)
    return AmendmentPage(
        amendment=found,
        base=base,
        in_force=now,
        redline=changed,
        following=following,
        instruction=instruction(edits, start, renumber=True, changed=final),
        seconds=seconds,
        standing=supporting.standing(found),
        bodies=store.bodies.seconds(found),
        history=store.amendments.history(found),
        placement=place(found.version, now),
        amended=amended_one,
        above=store.amendments.on_amendment(wanted),
        relations=standing_to.sentences(wanted),
        moved_by=store.bodies.mover(wanted),
        objections=store.seconds.objections(wanted),
    )


def amended(
    found: store.amendments.Amendment, base: store.editions.Edition
) -> tuple[store.amendments.Amendment | None, Constitution]:
    """The amendment that this one amends, and the text as that would make it; or none, and the edition."""
    on = found.version.on_version
    if on is None:
        return None, base.constitution
    below = store.amendments.of_version(on)
    placement = place(below.version_with(on), base)
    edits = below.version_with(on).edits if placement is None else placement.edits or ()
    return below, rebuilt(edits, base.constitution)


def changes(
    base: Constitution, edits: tuple[Edit, ...]
) -> tuple[tuple[RedlinedClause, ...], tuple[RedlinedClause, ...]]:
    """The redline of what the edits change, and of what only follows: a number, or a number that is cited."""
    return between(base, apply(edits, base))


def between(base: Constitution, changed: Constitution) -> tuple[tuple[RedlinedClause, ...], tuple[RedlinedClause, ...]]:
    """As ``changes``, from one text to another. What only goes along with the clause above it is not said again."""
    rows = redline(base, changed, only=_reached(base, changed))
    following = {one.id: one for one in rows if one.change is Change.RENUMBERED}
    was, own = own_number(base), own_number(changed)
    return (
        tuple(one for one in rows if one.change not in {Change.KEPT, Change.RENUMBERED}),
        tuple(
            one
            for one in following.values()
            if changed.parents[one.id] not in following
            or was[one.id] != own[one.id]
            or any(run.op is not Op.KEEP for run in (*one.heading, *one.text))
        ),
    )


def _reached(base: Constitution, changed: Constitution) -> set[str]:
    """All that is not as it was, stands or is numbered elsewhere, or cites a clause: the rest need not be compared."""
    stayed, numbers = settled(base, changed), [(number(book), printed(book)) for book in (base, changed)]
    return {
        one
        for one, clause in {**base.by_id, **changed.by_id}.items()
        if one not in stayed
        or clause != base.by_id[one]
        or any(before[one] != after[one] for before, after in zip(*numbers, strict=True))
        or "[[" in clause.heading + clause.text
    }
