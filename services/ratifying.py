"""A frozen draft becomes the next edition, and every open amendment is placed on it."""

from __future__ import annotations

from datetime import datetime

import store
import store.accounts
import store.amendments
import store.composites
import store.drafts
import store.editions
import store.log
from amendments.fates import Fate
from amendments.rebase import Placement
from amendments.rebase import State as Place
from amendments.states import WAITING, State
from members.permissions import Permission, require
from services import objecting, telling
from services.placing import place

OVERTAKEN = {
    Place.ALREADY_ADOPTED: "What it asks for is already in edition {number}.",
    Place.CLAUSE_GONE: "The clause it changes is no longer in edition {number}.",
}


class CannotAdopt(ValueError):
    """Why a draft cannot become the next edition, in a sentence."""


def adopt(member: store.members.Member, number: int, digest: str, now: datetime) -> store.editions.Edition:
    """Adopt the draft whose digest was decided on; the edition it becomes."""
    require(member.roles, Permission.ADOPT)
    with store.transaction():
        draft = store.drafts.by_number(number)
        _check(draft, digest, now)
        edition = store.editions.add(draft.constitution, at=now, note=draft.title, adopted_from=draft.number)
        if edition.digest != draft.digest:
            raise CannotAdopt("The text in the store is not the text that was frozen. Nothing was adopted.")
        store.drafts.set_state(draft, "adopted")
        store.log.append(
            at=now,
            actor=member.handle,
            act="adopt",
            subject=f"edition {edition.number}",
            payload={
                "draft": number,
                "edition": edition.number,
                "digest": edition.digest,
                "previous": draft.base_edition,
            },
        )
        _bring_into_force(draft, edition, now)
        telling.changed(edition, draft.base_edition, now)
        _set_aside(draft, now)
        _place_open(edition, now)
    return edition


def _check(draft: store.drafts.Draft, digest: str, now: datetime) -> None:
    if draft.state != "frozen":
        raise CannotAdopt(f"Draft {draft.number} is {draft.state}; only a frozen draft can be adopted.")
    if draft.digest != digest:
        raise CannotAdopt("The digest is not the one of this draft. Nothing was adopted.")
    if sentence := objecting.still_open(now):
        raise CannotAdopt(sentence)
    latest = store.editions.latest()
    if latest is None or latest.number != draft.base_edition:
        raise CannotAdopt(f"Draft {draft.number} was made against an edition that is no longer in force.")


def _bring_into_force(draft: store.drafts.Draft, edition: store.editions.Edition, now: datetime) -> None:
    taken = store.accounts.taken(draft)
    amendments = store.amendments.numbered(taken)
    for amendment in amendments:
        part = " in part" if taken[amendment.number] is Fate.IN_PART else ""
        reason = f"In force{part} with edition {edition.number}"
        store.amendments.set_state(amendment, State.IN_FORCE, at=now, reason=reason)
    telling.adopted(edition, draft, amendments, now)


def _set_aside(adopted: store.drafts.Draft, now: datetime) -> None:
    """Drafts and composites made against the old edition end; their amendments are free again."""
    for draft in store.drafts.listing():
        if draft.state == "frozen" and draft.number != adopted.number:
            store.drafts.set_state(draft, "superseded")
            _free(draft, f"Draft {draft.number} was superseded by draft {adopted.number}", now)
    for composite in store.composites.listing():
        if composite.state == "open":
            store.composites.set_state(composite, "abandoned")


def _free(draft: store.drafts.DraftLine, reason: str, now: datetime) -> None:
    """What was merged in it waits again as it did before: seconded, or admitted."""
    for amendment in store.amendments.numbered(store.accounts.taken(draft)):
        steps = store.amendments.history(amendment)
        before = next(step.state for step in reversed(steps) if step.state in WAITING)
        store.amendments.set_state(amendment, before, at=now, reason=reason)
        telling.became(amendment, before, reason, now)


def _place_open(edition: store.editions.Edition, now: datetime) -> None:
    staying = []
    for amendment in store.amendments.in_states(WAITING | {State.SEEKING_SECONDERS}):
        placement = place(amendment.version, edition)
        if placement is not None and not _overtake(amendment, placement, edition, now):
            staying.append((amendment, placement))
    telling.placed(edition, staying, now)


def _overtake(
    amendment: store.amendments.Amendment, placement: Placement, edition: store.editions.Edition, now: datetime
) -> bool:
    """End an amendment that has nothing left to change; whether it had."""
    reason = OVERTAKEN.get(placement.state, "").format(number=edition.number)
    if reason:
        store.amendments.set_state(amendment, State.OVERTAKEN, at=now, reason=reason)
        telling.became(amendment, State.OVERTAKEN, reason, now)
    return bool(reason)
