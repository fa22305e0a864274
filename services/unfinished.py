"""What a member has typed and not submitted, saved as it is typed; nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import store
import store.amendments
import store.unfinished
from members.permissions import Permission, require
from services import reading
from services.proposal import Act, Change, Proposal
from store.unfinished import Unfinished

MOST = 200  # a member's unfinished proposals; the oldest beyond them go


class NotThere(LookupError):
    """The member has no such unfinished proposal: it was submitted, thrown away, or is somebody else's."""

    def __init__(self) -> None:
        super().__init__("There is no such unfinished proposal of yours. It may have been submitted or thrown away.")


@dataclass(frozen=True, slots=True)
class Saved:
    """The proposal with the key and revision it is saved as; ``other`` is another window's, kept beside it."""

    proposal: Proposal
    at: datetime
    other: Unfinished | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An unfinished proposal as a line of a list. ``since`` says what has come to stand since it was begun."""

    key: str
    title: str
    begins: str
    saved: datetime
    on: int
    revises: bool
    since: str = ""


def save(member: store.members.Member, proposal: Proposal, now: datetime, new_key: str) -> Saved:
    """Keep what was typed; where another window saved something else since, keep both.

    ``new_key`` is for a proposal not saved yet, and for the second of two. Raises UnknownAmendment.
    """
    require(member.roles, Permission.PROPOSE)
    if proposal.on:
        store.amendments.by_number(proposal.on)
    with store.transaction():
        before = store.unfinished.get(proposal.key, member.id) if proposal.key else None
        content = to_json(proposal)
        if before is not None and before.revision != proposal.revision:
            if before.content == content:
                return Saved(replace(proposal, revision=before.revision), before.saved)
            return _kept(member, replace(proposal, key=new_key), content, now, before)
        if before is not None and before.content == content:
            return Saved(proposal, before.saved)
        key = proposal.key if before is not None else new_key
        return _kept(member, replace(proposal, key=key), content, now, None, before)


def opened(member: store.members.Member, key: str) -> Proposal:
    """An unfinished proposal, to go on with; raises NotThere."""
    found = store.unfinished.get(key, member.id)
    if found is None:
        raise NotThere
    return replace(from_json(found.content), key=found.id, revision=found.revision)


def discard(member: store.members.Member, key: str) -> None:
    """Throw one away; raises NotThere."""
    require(member.roles, Permission.PROPOSE)
    with store.transaction():
        if store.unfinished.get(key, member.id) is None:
            raise NotThere
        store.unfinished.forget(key, member.id)


def of(member: store.members.Member) -> tuple[Line, ...]:
    """A member's unfinished proposals, the last saved first."""
    found = store.unfinished.of(member.id)
    about = {one.number: one for one in store.amendments.numbered({one.amendment for one in found if one.amendment})}
    return tuple(_line(one, about.get(one.amendment or 0)) for one in found)


def to_json(proposal: Proposal) -> dict[str, Any]:
    """A proposal as JSON can hold it, without where it is saved."""
    content = asdict(replace(proposal, key="", revision=0))
    return {**content, "changes": [asdict(one) for one in proposal.changes], "undone": list(proposal.undone)}


def from_json(content: Mapping[str, Any]) -> Proposal:
    """What ``to_json`` wrote."""
    changes = tuple(Change(**{**one, "act": Act(one["act"])}) for one in content["changes"])
    return Proposal(**{**content, "changes": changes, "undone": tuple(content["undone"])})


def _kept(  # noqa: PLR0917 (what is saved, and beside what)
    member: store.members.Member,
    proposal: Proposal,
    content: dict[str, Any],
    now: datetime,
    other: Unfinished | None,
    before: Unfinished | None = None,
) -> Saved:
    revision = before.revision + 1 if before else 1
    begun = before.begun if before else now
    on = proposal.on or None
    store.unfinished.put(Unfinished(proposal.key, member.id, on, content, revision, begun, now))
    for one in store.unfinished.of(member.id)[MOST:]:
        store.unfinished.forget(one.id, member.id)
    return Saved(replace(proposal, revision=revision), now, other)


def _line(one: Unfinished, about: store.amendments.Amendment | None) -> Line:
    typed = next(
        (words for change in one.content["changes"] for words in (change["text"], change["heading"]) if words), ""
    )
    on, revises = one.content["on"], one.content["revises"]
    begins = " ".join(typed.split())[:80]
    return Line(one.id, one.content["title"], begins, one.saved, on, revises, _since(one.content, about))


def _since(begun: Mapping[str, Any], about: store.amendments.Amendment | None) -> str:
    if about and about.version.n != begun["version"]:
        return f"A{about.number} has version {about.version.n} by now; you began with version {begun['version']}."
    standing = reading.edition().number
    if standing != begun["base"]:
        return f"Edition {standing} has come into force since you began on edition {begun['base']}."
    return ""
