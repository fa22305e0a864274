"""Members second the exact text of an amendment."""

from __future__ import annotations

from datetime import datetime

import store
import store.amendments
import store.log
import store.processes
from amendments.rulebook import parse as parse_rulebook
from amendments.seconding import Standing, may_second, standing
from amendments.states import State
from members.permissions import Permission, require
from services import telling


def second(member: store.members.Member, number: int, digest: str, now: datetime) -> Standing:
    """Second the version whose digest the member was shown; where the amendment stands afterwards.

    Raises OwnAmendment, AlreadySeconded, TextChanged or NotOpen, each a sentence for the member.
    """
    require(member.roles, Permission.SECOND)
    with store.transaction():
        amendment = store.amendments.by_number(number)
        before = store.amendments.seconds(amendment)
        may_second(
            member=member.id,
            mover=amendment.mover.id,
            seconders={one.member.id for one in before},
            state=amendment.state,
            digest=digest,
            current=amendment.version.digest,
        )
        store.amendments.add_second(amendment.version, member, at=now)
        rules = parse_rulebook(store.processes.current().rulebook_toml)
        reached = standing(len(before) + 1, rules.seconders)
        store.log.append(
            at=now,
            actor=member.handle,
            act="second",
            subject=f"amendment {number}",
            payload={"digest": digest, "count": reached.count, "needed": reached.needed},
        )
        if reached.met and amendment.state is State.SEEKING_SECONDERS:
            store.amendments.set_state(
                amendment, State.SECONDED, at=now, reason=f"{reached.count} of {reached.needed} seconders"
            )
            telling.seconded_enough(amendment, reached, now)
    return reached
