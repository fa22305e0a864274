"""The committee rules an amendment out, with a published reason."""

from __future__ import annotations

from datetime import datetime

import store
import store.amendments
import store.log
from amendments.states import State
from members.permissions import Permission, require
from rulebook import kinds
from services import telling, timing


class NoReason(ValueError):
    """A ruling without a reason is not a ruling."""

    def __init__(self) -> None:
        super().__init__("Enter the reason; it is published with the ruling.")


def refuse(member: store.members.Member, number: int, reason: str, now: datetime) -> None:
    """Refuse an amendment; its text stays readable with the reason."""
    require(member.roles, Permission.MERGE)
    if not reason.strip():
        raise NoReason
    with store.transaction():
        timing.require_open(kinds.Act.RULE, now)
        amendment = store.amendments.by_number(number)
        store.amendments.set_state(amendment, State.REFUSED, at=now, reason=reason.strip())
        store.log.append(
            at=now, actor=member.handle, act="refuse", subject=f"amendment {number}", payload={"reason": reason.strip()}
        )
        telling.became(amendment, State.REFUSED, reason, now)
