"""Members draft: preview a proposal, propose it, withdraw it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import store
import store.amendments
import store.bodies
import store.editions
import store.log
import store.unfinished
from amendments.deriving import CannotDerive, derive
from amendments.edit import Edit, EditConflict, Insert, NothingChanged, Reword, digest, rebuilt
from amendments.instruction import instruction
from amendments.relations import Relation
from amendments.states import State
from constitution.clause import Constitution
from constitution.door import admitted
from constitution.numbering import number, own_number
from constitution.redline import RedlinedClause
from constitution.references import TOKEN, show
from members.permissions import NotAllowed, Permission, require
from rulebook import kinds
from services import (
    amendment_page,
    belonging,
    instruments,
    moving,
    proposal_page,
    standing_to,
    supporting,
    telling,
    timing,
)
from services.basing import Basis, basis
from services.proposal import Act, Proposal, Reader, Unacceptable

LONGEST_NAME = 60  # characters of a cited clause that has no heading


@dataclass(frozen=True, slots=True)
class Preview:
    """What a proposal would do: its edits, the clauses they change, those that follow, the instruction in words.

    ``redline`` is against what the member starts from: the edition, or what another amendment would make of it.
    ``refers`` are the clauses that its words cite, as (label, what it is called, id); ``drafted`` the edits to the
    ``text`` that the member starts from.
    """

    base: int
    edits: tuple[Edit, ...]
    redline: tuple[RedlinedClause, ...]
    following: tuple[RedlinedClause, ...]
    instruction: tuple[str, ...]
    digest: str
    refers: tuple[tuple[str, str, str], ...] = ()
    drafted: tuple[Edit, ...] = ()
    text: Constitution | None = None


def preview(proposal: Proposal, new_id: Callable[[], str]) -> Preview:
    """Show what the changes would do; raises Unacceptable with every problem by field. Stores nothing."""
    found = basis(proposal)
    reader = Reader(found.text, timing.rules(), new_id)
    edits = reader.edits(proposal.changes, some=not proposal.undone)
    reader.finish()
    return shown(found, edits, revises=proposal.revises)


def propose(member: store.members.Member, proposal: Proposal, now: datetime, new_id: Callable[[], str]) -> int:
    """Submit an amendment to its seconders; the number it will keep. Raises Unacceptable, StageClosed or TooDeep."""
    require(member.roles, Permission.PROPOSE)
    with store.transaction():
        found, book = basis(proposal), timing.rules()
        instrument = instruments.wanted(book, found.amendment, proposal.relation)
        timing.require_open(instrument.id, now)
        if not proposal.for_body:
            belonging.require_in(member, instrument.id)
        reader = Reader(found.text, book, new_id)
        edits = reader.edits(proposal.changes, some=not proposal.undone)
        title = reader.line("title", proposal.title, book.title_words)
        reason = reader.line("reason", proposal.reason, book.reason_words)
        said = standing_to.read(member, proposal, reader)
        decision = moving.read(member, proposal, instrument, reader, now)
        reader.finish()
        made = shown(found, edits)
        number = _keep(member, title, reason, made, now, found.version, decision, said)
        store.unfinished.forget(proposal.key, member.id)
        return number


def shown(found: Basis, edits: tuple[Edit, ...], *, revises: bool = False) -> Preview:
    """What edits to the text of a basis make of it and of the edition; raises Unacceptable where nothing comes of it."""
    try:
        final = _final(found, edits, revises=revises)
        whole = edits if found.version is None else derive(found.edition.constitution, final)
        changed, following = amendment_page.between(found.whole, final)
        stated = whole if found.whole == found.edition.constitution else derive(found.whole, final)
    except (NothingChanged, EditConflict, CannotDerive) as refusal:
        raise Unacceptable({"changes": str(refusal)}) from refusal
    return Preview(
        found.edition.number,
        whole,
        changed,
        following,
        instruction(stated, found.whole, renumber=True),
        digest(whole, found.edition.digest),
        tuple(_cited(edits, final)),
        edits,
        found.text,
    )


def _final(found: Basis, edits: tuple[Edit, ...], *, revises: bool) -> Constitution:
    final = rebuilt(edits, found.text)
    if final == (found.edition.constitution if revises else found.whole):
        raise NothingChanged
    return final


def _cited(edits: tuple[Edit, ...], final: Constitution) -> Iterator[tuple[str, str, str]]:
    """The clauses that new words cite, each once."""
    labels, own = number(final), own_number(final)
    texts = [text for one in edits for text in _texts(one)]
    for target in dict.fromkeys(found[1] for text in texts for found in TOKEN.finditer(text)):
        if target in final:
            clause = final[target]
            said = show(clause.heading or clause.text, labels, own)
            yield labels[target], said if len(said) <= LONGEST_NAME else said[:LONGEST_NAME].rstrip() + "…", target


def _texts(edit: Edit) -> Iterator[str]:
    if isinstance(edit, Reword):
        yield from (edit.text, edit.heading or "")
    elif isinstance(edit, Insert):
        for one in edit.clause.walk():
            yield from (one.text, one.heading)


def extended(proposal: Proposal, clause_id: str, act: Act) -> Proposal:
    """The proposal with another change at its end; raises UnknownClause."""
    begun = proposal_page.begun(basis(proposal).text, clause_id, act)
    have = {one.clause for one in proposal.changes if one.act is Act.REWORD}
    return replace(
        proposal,
        changes=(*proposal.changes, *(one for one in begun if act is not Act.REWORD or one.clause not in have)),
    )


def withdraw(member: store.members.Member, number: int, reason: str, now: datetime) -> None:
    """The mover takes an amendment back; it stays readable with the reason. Raises ForbiddenCharacter or TextTooLong."""
    require(member.roles, Permission.PROPOSE)
    reason = admitted(reason)
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


def recorded(version: store.amendments.Version) -> dict[str, object]:
    """What the log says of a version: that it is this text, on this edition, for this reason."""
    return {
        "amendment": version.amendment,
        "version": version.n,
        "digest": version.digest,
        "base": version.base_edition,
        "words": store.amendments.words_digest(version.title, version.reason),
    }


def _keep(  # noqa: PLR0917 (what an amendment is made of)
    member: store.members.Member,
    title: str,
    reason: str,
    made: Preview,
    now: datetime,
    on: store.amendments.Version | None,
    decision: store.bodies.Decision | None,
    said: tuple[Relation, int] | None,
) -> int:
    amendment = store.amendments.add(
        mover=member,
        title=title,
        reason=reason,
        base_edition=made.base,
        edits=made.edits,
        digest=made.digest,
        at=now,
        on_version=on.id if on else None,
    )
    payload = recorded(amendment.version)
    if on:
        payload |= {"amends": on.amendment, "amends_version": on.n}
    if said:
        standing_to.keep(amendment.number, said, now)
        payload |= {"relation": said[0].value, "other": said[1]}
    if decision:
        store.bodies.set_mover(amendment.number, decision)
        payload |= {decision.kind: decision.name, "decided": decision.decided.isoformat(), "minute": decision.minute}
    store.log.append(
        at=now, actor=member.handle, act="propose", subject=f"amendment {amendment.number}", payload=payload
    )
    telling.proposed(amendment, now)
    if supporting.standing(amendment).met:
        store.amendments.set_state(amendment, State.SECONDED, at=now, reason="The rules ask for no seconders")
    return amendment.number
