"""A member's own account: where they are signed in, what signs them in, and the way out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import store
import store.passkeys
import store.sessions
from members.assurance import may_remove_passkey, needs_passkey
from members.permissions import Permission, granted, require
from members.visibility import VisibleTo, shown_name
from services import belonging, passkeys
from services.signing_in import SignedIn


class UnknownSession(LookupError):
    """No session of the member, or one that is over already."""

    def __init__(self) -> None:
        super().__init__("You are not signed in there any more.")


@dataclass(frozen=True, slots=True)
class Account:
    """What a member sees of their account. ``weak``: some of their roles want a passkey that this session has not shown.

    ``hidden_as`` is what stands in place of the name for who may not see it, ``uncounted`` why the rules do not count what
    they would propose or second ("" when they do, or the roles allow neither).
    """

    member: store.members.Member
    here: store.sessions.Session
    sessions: tuple[store.sessions.Session, ...]
    passkeys: tuple[store.passkeys.Passkey, ...]
    may_add: bool
    may_remove: bool
    weak: bool
    hidden_as: str
    uncounted: str


def account(one: SignedIn, now: datetime) -> Account:
    """The account of who is signed in."""
    require(one.member.roles, Permission.READ)
    return Account(
        member=one.person,
        here=one.session,
        sessions=store.sessions.of(one.person.id, now),
        passkeys=store.passkeys.of(one.person.id),
        may_add=passkeys.may_add(one, now),
        may_remove=may_remove_passkey(one.session.by, demonstration=one.demonstration),
        weak=needs_passkey(one.person.roles) and not one.strong,
        hidden_as=shown_name(replace(one.person, visible_to=VisibleTo.MEMBERS), viewer_is_member=False),
        uncounted=belonging.why_not(one.person) if Permission.SECOND in granted(one.person.roles) else "",
    )


def end_session(one: SignedIn, session: str, now: datetime) -> None:
    """Sign out somewhere else, or here; raises UnknownSession."""
    require(one.member.roles, Permission.READ)
    with store.transaction():
        if not store.sessions.end(session, one.person.id, now):
            raise UnknownSession


def sign_out_everywhere(one: SignedIn, now: datetime) -> int:
    """End every session of the member, this one too; how many there were."""
    require(one.member.roles, Permission.READ)
    with store.transaction():
        return store.sessions.end_all([one.person.id], now)
