"""Members follow a clause, an amendment or a branch, and are told what happens to it (services.telling)."""

from __future__ import annotations

from datetime import datetime

import store
import store.amendments
import store.editions
import store.follow
from constitution.clause import UnknownClause
from members.permissions import Permission, require
from store.follow import Kind, Subject

HIGHEST = 2**31 - 1  # no database holds a higher number of an amendment


class NothingToFollow(LookupError):
    """What is to be followed is neither a clause nor an amendment nor a branch of ours."""

    def __init__(self) -> None:
        super().__init__("There is nothing of that name to follow.")


def follow(member: store.members.Member, kind: str, name: str, now: datetime) -> Subject:
    """Follow something; raises NothingToFollow, UnknownAmendment or UnknownClause.

    Not an entry of the log: what one wants to be told is no act of the process, and nobody else's business.
    """
    require(member.roles, Permission.READ)
    with store.transaction():
        subject = _subject(kind, name)
        _require_there(subject)
        store.follow.add(member.id, subject, at=now)
    return subject


def unfollow(member: store.members.Member, kind: str, name: str) -> Subject:
    """Follow something no more, also what is no longer there; raises NothingToFollow for a kind that is none."""
    require(member.roles, Permission.READ)
    with store.transaction():
        subject = _subject(kind, name)
        store.follow.remove(member.id, subject)
    return subject


def follows(member: store.members.Member, kind: str, name: str) -> bool:
    """Whether a member follows it."""
    return store.follow.follows(member.id, _subject(kind, name))


def _subject(kind: str, name: str) -> Subject:
    if kind not in set(Kind) or not name or len(name) > store.follow.LONGEST:
        raise NothingToFollow
    return Subject(Kind(kind), name)


def _require_there(subject: Subject) -> None:
    match subject.kind:
        case Kind.AMENDMENT:
            _require_amendment(subject.name)
        case Kind.BRANCH:
            if not store.follow.has_branch(subject.name):
                raise NothingToFollow
        case Kind.CLAUSE:
            if store.editions.last_with(subject.name) is None:
                raise UnknownClause(subject.name)


def _require_amendment(name: str) -> None:
    """Its number, in the one form that it is kept in: "07" would be another subject than "7"."""
    if not (name.isascii() and name.isdecimal() and str(int(name)) == name and int(name) <= HIGHEST):
        raise NothingToFollow
    store.amendments.by_number(int(name))
