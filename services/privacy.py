"""What is held on a person: given to them, taken away, and who may see their name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import store
import store.log
import store.members
import store.personal
import store.sessions
from members.permissions import Permission, Role, require
from members.roll_cells import ERASED, GOOD
from members.visibility import UnknownVisibility, VisibleTo

SYSTEM = "system"


class LastAdministrator(ValueError):
    """Without this member nobody could administer the organisation."""

    def __init__(self) -> None:
        super().__init__("This is the last administrator; make somebody else one before.")


class AlreadyErased(ValueError):
    """Nothing is known of this member any more."""

    def __init__(self, handle: str) -> None:
        super().__init__(f"What was known of {handle} has been erased already.")


def export(handle: str) -> Mapping[str, Any]:
    """Everything held on a member, as JSON can hold it; raises UnknownMember."""
    member = store.members.by_handle(handle)
    known = {name: value for name, value in asdict(member).items() if name not in {"id", "roles"}}
    return {"member": known, "roles": sorted(member.roles), **store.personal.held(member)}


def erase(handle: str, now: datetime) -> None:
    """Forget who a member is; their handle and their acts stay, so that the record can be checked.

    Raises UnknownMember, AlreadyErased or LastAdministrator.
    """
    with store.transaction():
        member = store.members.by_handle(handle)
        if member.standing == ERASED:
            raise AlreadyErased(handle)
        _refuse_the_last(member)
        store.sessions.end_all([member.id], now)
        store.personal.erase(member.id)
        store.log.append(at=now, actor=SYSTEM, act="erase-member", subject=f"member {handle}", payload={})


def set_visible_to(member: store.members.Member, choice: str, now: datetime) -> None:
    """Who sees a member's name beside what they moved or seconded; raises UnknownVisibility."""
    require(member.roles, Permission.READ)
    if choice not in set(VisibleTo):
        raise UnknownVisibility(choice)
    with store.transaction():
        store.members.set_visible_to(member.id, choice)
        store.log.append(
            at=now,
            actor=member.handle,
            act="set-visibility",
            subject=f"member {member.handle}",
            payload={"visible_to": choice},
        )


def _refuse_the_last(member: store.members.Member) -> None:
    administrators = {one.id for one in store.members.with_role(Role.ADMINISTRATOR, standing={GOOD})}
    if administrators == {member.id}:
        raise LastAdministrator
