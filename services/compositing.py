"""The committee merges seconded amendments: what agrees, what overlaps, what conflicts, and their choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import store
import store.amendments
import store.composites
import store.editions
import store.log
from amendments.composite import Choices, Composition, compose
from amendments.states import State
from members.permissions import Permission, require
from services.placing import placed_edits


class NotMergeable(ValueError):
    """The chosen amendments cannot be put on the desk together; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A composite with everything its page needs: the base, the sources by name, and how they meet."""

    composite: store.composites.Composite
    base: store.editions.Edition
    amendments: tuple[store.amendments.Amendment, ...]
    composition: Composition
    choices: Choices


def source_name(number: int) -> str:
    """The name under which an amendment's words are credited."""
    return f"A{number}"


def begin(member: store.members.Member, numbers: Sequence[int], title: str, now: datetime) -> int:
    """Put two or more seconded amendments on the desk together; the number of the composite."""
    require(member.roles, Permission.MERGE)
    chosen = tuple(sorted(set(numbers)))
    with store.transaction():
        _check(chosen, title)
        base = _in_force()
        for amendment in map(store.amendments.by_number, chosen):
            placed_edits(amendment, base)
        composite = store.composites.add(title=title.strip(), base_edition=base.number, amendments=chosen, at=now)
        store.log.append(
            at=now, actor=member.handle, act="begin-composite", subject=f"composite {composite.number}",
            payload={"amendments": list(chosen), "base": base.number},
        )
    return composite.number


def open_desk(number: int) -> Desk:
    """The composite as it stands."""
    composite = store.composites.by_number(number)
    base = store.editions.load(composite.base_edition)
    found = tuple(map(store.amendments.by_number, composite.amendments))
    sides = {source_name(one.number): placed_edits(one, base) for one in found}
    return Desk(composite, base, found, compose(base.constitution, sides), Choices.from_json(composite.choices))


def choose(
    member: store.members.Member, number: int, choices: Choices, expected_revision: int, now: datetime
) -> None:
    """Record the committee's choices; refused when another member saved in between (StaleRevision)."""
    require(member.roles, Permission.MERGE)
    with store.transaction():
        composite = store.composites.by_number(number)
        store.composites.save_choices(composite, choices.to_json(), expected_revision=expected_revision)
        store.log.append(
            at=now, actor=member.handle, act="choose", subject=f"composite {number}", payload=choices.to_json(),
        )


def abandon(member: store.members.Member, number: int, now: datetime) -> None:
    """Clear the desk; the amendments stay as they were."""
    require(member.roles, Permission.MERGE)
    with store.transaction():
        store.composites.set_state(store.composites.by_number(number), "abandoned")
        store.log.append(
            at=now, actor=member.handle, act="abandon-composite", subject=f"composite {number}", payload={},
        )


def _in_force() -> store.editions.Edition:
    latest = store.editions.latest()
    if latest is None:
        raise NotMergeable("There is no constitution yet.")
    return latest


def _check(numbers: Sequence[int], title: str) -> None:
    if not numbers:
        raise NotMergeable("Choose the amendments to merge.")
    if not title.strip():
        raise NotMergeable("Enter a title for the composite.")
    for number in numbers:
        amendment = store.amendments.by_number(number)
        if amendment.state is not State.SECONDED:
            raise NotMergeable(f"Amendment {number} is not seconded; only seconded amendments can be merged.")
