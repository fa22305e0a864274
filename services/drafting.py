"""Members draft: preview a proposal, propose it, withdraw it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import store
import store.amendments
import store.editions
import store.log
from amendments.edit import Edit, EditConflict, NothingChanged, digest
from amendments.instruction import instruction
from amendments.states import State
from constitution.clause import Constitution
from constitution.redline import RedlinedClause
from members.permissions import NotAllowed, Permission, require
from rulebook import kinds
from services import amendment_page, proposal_page, telling, timing
from services.proposal import Act, Proposal, Reader, Unacceptable


@dataclass(frozen=True, slots=True)
class Preview:
    """What a proposal would do: its edits, the clauses they change, those that follow, the instruction in words."""

    base: int
    edits: tuple[Edit, ...]
    redline: tuple[RedlinedClause, ...]
    following: tuple[RedlinedClause, ...]
    instruction: tuple[str, ...]
    digest: str


def preview(proposal: Proposal, new_id: Callable[[], str]) -> Preview:
    """Show what the changes would do; raises Unacceptable with every problem by field. Stores nothing."""
    edition = store.editions.load(proposal.base)
    reader = _reader(edition.constitution, new_id)
    edits = reader.edits(proposal.changes)
    reader.finish()
    return _shown(edition, edits)


def propose(member: store.members.Member, proposal: Proposal, now: datetime, new_id: Callable[[], str]) -> int:
    """Submit an amendment to its seconders; the number it will keep."""
    require(member.roles, Permission.PROPOSE)
    with store.transaction():
        timing.require_open(timing.AMENDMENT, now)
        edition = store.editions.load(proposal.base)
        rules = timing.rules()
        reader = Reader(edition.constitution, rules, new_id)
        edits = reader.edits(proposal.changes)
        title = reader.line("title", proposal.title, rules.title_words)
        reason = reader.line("reason", proposal.reason, rules.reason_words)
        reader.finish()
        shown = _shown(edition, edits)
        return _keep(member, title, reason, shown, now)


def extended(proposal: Proposal, clause_id: str, act: Act) -> Proposal:
    """The proposal with another change at its end; raises UnknownClause."""
    begun = proposal_page.begun(store.editions.load(proposal.base), clause_id, act)
    have = {one.clause for one in proposal.changes if one.act is Act.REWORD}
    return replace(
        proposal,
        changes=(*proposal.changes, *(one for one in begun if act is not Act.REWORD or one.clause not in have)),
    )


def withdraw(member: store.members.Member, number: int, reason: str, now: datetime) -> None:
    """The mover takes an amendment back; it stays readable with the reason."""
    require(member.roles, Permission.PROPOSE)
    with store.transaction():
        timing.require_open(kinds.Act.WITHDRAW, now)
        amendment = store.amendments.by_number(number)
        if amendment.mover.id != member.id:
            raise NotAllowed("Only the mover can withdraw an amendment.")
        store.amendments.set_state(amendment, State.WITHDRAWN, at=now, reason=reason)
        store.log.append(
            at=now, actor=member.handle, act="withdraw", subject=f"amendment {number}", payload={"reason": reason}
        )
        telling.became(amendment, State.WITHDRAWN, reason, now)


def _keep(member: store.members.Member, title: str, reason: str, shown: Preview, now: datetime) -> int:
    amendment = store.amendments.add(
        mover=member,
        title=title,
        reason=reason,
        base_edition=shown.base,
        edits=shown.edits,
        digest=shown.digest,
        at=now,
    )
    store.log.append(
        at=now,
        actor=member.handle,
        act="propose",
        subject=f"amendment {amendment.number}",
        payload={
            "amendment": amendment.number,
            "version": 1,
            "digest": shown.digest,
            "base": shown.base,
            "words": store.amendments.words_digest(title, reason),
        },
    )
    telling.proposed(amendment, now)
    return amendment.number


def _reader(base: Constitution, new_id: Callable[[], str]) -> Reader:
    return Reader(base, timing.rules(), new_id)


def _shown(edition: store.editions.Edition, edits: tuple[Edit, ...]) -> Preview:
    base = edition.constitution
    try:
        changed, following = amendment_page.changes(base, edits)
    except (NothingChanged, EditConflict) as refusal:
        raise Unacceptable({"changes": str(refusal)}) from refusal
    return Preview(
        edition.number,
        edits,
        changed,
        following,
        instruction(edits, base, renumber=True),
        digest(edits, edition.digest),
    )
