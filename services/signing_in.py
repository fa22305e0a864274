"""Signing in by a link in a message, and what every way of signing in has in common.

An address that is on the roll and one that is not get the same answer after the same work: the same queries, the same
number of rows. Nothing of this is in the log, which everybody may read: who signs in when is nobody else's business.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import store
import store.addresses
import store.members
import store.outbox
import store.sessions
import store.tickets
from members.assurance import By, effective_roles, is_strong, lifetime
from members.fingerprints import fingerprint, keyed
from members.notices import Kind, message_id
from members.roll_cells import email_key
from services import limits, notifying

LINK = "sign-in-link"
LINK_LASTS = timedelta(minutes=20)
SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Visit:
    """The browser at the other end: the secret in its cookie, its address and device; and the key that hides those."""

    browser: str
    client: str
    device: str
    key: str

    def limit(self, most: int, *words: str) -> limits.Limit:
        """A limit on what the words name; kept so that nobody can read the words."""
        return keyed(self.key, *words), most


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who is signed in. ``person`` has all their roles, ``member`` those that this session lets them use."""

    session: store.sessions.Session
    person: store.members.Member
    member: store.members.Member
    demonstration: bool

    @property
    def strong(self) -> bool:
        """Whether this session lets them use every role they have."""
        return is_strong(self.session.by, demonstration=self.demonstration)


class CannotUseLink(Exception):
    """A link that does not sign in; the message says why and what to do."""


class LinkUnknown(CannotUseLink):
    """Not a link of ours, or one so old that it was forgotten."""

    def __init__(self) -> None:
        super().__init__("This link is not complete, or it is too old. Ask for another one.")


class LinkUsed(CannotUseLink):
    """A link works once."""

    def __init__(self) -> None:
        super().__init__("This link was used already, and a link works once. Ask for another one.")


class LinkExpired(CannotUseLink):
    """A link works for a while."""

    def __init__(self) -> None:
        super().__init__("This link has expired. Ask for another one, and use it soon.")


class OtherBrowser(CannotUseLink):
    """A link works where it was asked for, so that a forwarded message lets nobody in."""

    def __init__(self) -> None:
        super().__init__("Open the link in the browser you asked from, or ask again here.")


class NotOnTheRoll(PermissionError):
    """Whoever this is, nobody who may sign in; the same sentence whatever the reason."""

    def __init__(self) -> None:
        super().__init__("That did not sign you in. Ask for a link to the address that the organisation has of you.")


class ProviderFailed(Exception):
    """The provider does not answer, or not as it should."""

    def __init__(self) -> None:
        super().__init__("Signing in this way is not possible at the moment. Ask for a link instead.")


# ------------------------------------------------------------------ the link


def ask_link(typed: str, visit: Visit, secret: str, now: datetime, *, onward: str = "/") -> None:
    """Send a link to an address if it is on the roll; ``onward`` is the page to go to then. Raises TooManyAttempts."""
    key = email_key(typed)
    with store.transaction():
        limits.take(
            now,
            visit.limit(limits.LINKS_TO_ADDRESS, "link to", key),
            visit.limit(limits.LINKS_FROM_CLIENT, "link from", visit.client),
        )
        _send_link(store.addresses.holder(key), visit, secret, now, onward)


def ask_link_again(secret: str, visit: Visit, new_secret: str, now: datetime) -> None:
    """Send another link to whom this one was sent, for this browser; raises LinkUnknown or TooManyAttempts."""
    ticket = store.tickets.find(fingerprint(secret), LINK)
    member = store.members.by_id(ticket.member) if ticket and ticket.member else None
    if ticket is None or member is None:
        raise LinkUnknown
    ask_link(member.email, visit, new_secret, now, onward=ticket.payload["onward"])


def look_at_link(secret: str, visit: Visit, now: datetime) -> None:
    """Raise CannotUseLink unless the link would sign this browser in. Uses nothing up: mail scanners follow links."""
    ticket = store.tickets.find(fingerprint(secret), LINK)
    check_open(ticket, visit, now)


def use_link(secret: str, visit: Visit, new_session: str, now: datetime, *, before: SignedIn | None = None) -> str:
    """Sign in by a link; the page to go on to. ``before`` is the session that this browser had, which ends.

    Raises CannotUseLink or NotOnTheRoll. Of several who try at once, one is signed in.
    """
    with store.transaction():
        ticket = use_ticket(secret, LINK, visit, now)
        begin(ticket.member, By.LINK, visit, new_session, now, before=before)
    onward: str = ticket.payload["onward"]
    return onward


def use_ticket(secret: str, purpose: str, visit: Visit, now: datetime) -> store.tickets.Ticket:
    """Use a ticket up, inside a transaction; raises CannotUseLink."""
    name = fingerprint(secret)
    ticket = store.tickets.use(name, purpose=purpose, browser=_browser(visit), at=now)
    if ticket is None:
        check_open(store.tickets.find(name, purpose), visit, now)
        raise LinkUnknown
    return ticket


def check_open(ticket: store.tickets.Ticket | None, visit: Visit, now: datetime) -> None:
    """Raise CannotUseLink unless the ticket can be used here and now."""
    if ticket is None:
        raise LinkUnknown
    if ticket.used is not None:
        raise LinkUsed
    if ticket.expires <= now:
        raise LinkExpired
    if ticket.browser not in {_browser(visit), store.tickets.ANYWHERE}:
        raise OtherBrowser


def _send_link(holder: store.addresses.Holder, visit: Visit, secret: str, now: datetime, onward: str) -> None:
    """To nobody the message is written all the same, and never due."""
    expires = now + LINK_LASTS
    store.tickets.issue(
        fingerprint(secret),
        purpose=LINK,
        member=holder.id,
        browser=_browser(visit),
        payload={"onward": onward},
        at=now,
        expires=expires,
    )
    facts = {"link": f"/sign-in/link/{secret}", "until": notifying.moment(expires), "device": visit.device}
    subject, body = notifying.written(Kind.SIGN_IN_LINK, now, facts)
    store.outbox.put(
        message_id=message_id(Kind.SIGN_IN_LINK, fingerprint(secret), holder.handle, now),
        member=holder.id,
        kind=Kind.SIGN_IN_LINK,
        address=holder.email,
        subject=subject,
        body=body,
        at=now,
        due=None if holder.id is None else now,
    )


def _browser(visit: Visit) -> str:
    return fingerprint(visit.browser)


# ------------------------------------------------------------------ sessions


def begin(
    member: int | None, by: By, visit: Visit, secret: str, now: datetime, *, before: SignedIn | None = None
) -> store.sessions.Session:
    """Begin a session, inside a transaction, and end the one that this browser had; raises NotOnTheRoll."""
    person = store.members.by_id(member) if member is not None else None
    if person is None:
        raise NotOnTheRoll
    if before is not None:
        store.sessions.end(before.session.id, before.person.id, now)
    expires = now + lifetime(person.roles)
    begun = store.sessions.begin(fingerprint(secret), person.id, by=by, device=visit.device, at=now, expires=expires)
    if store.sessions.find(begun.id, now) is None:
        raise NotOnTheRoll
    return begun


def enter(member: int, by: By, visit: Visit, secret: str, now: datetime, *, before: SignedIn | None = None) -> None:
    """Sign somebody in who was recognised otherwise; raises NotOnTheRoll."""
    with store.transaction():
        begin(member, by, visit, secret, now, before=before)


def enter_by_address(
    address: str, by: By, visit: Visit, secret: str, now: datetime, *, before: SignedIn | None = None
) -> None:
    """Sign in whoever has this address, which somebody trusted has verified; raises NotOnTheRoll."""
    with store.transaction():
        begin(store.addresses.holder(email_key(address)).id, by, visit, secret, now, before=before)


def signed_in(secret: str, now: datetime, *, demonstration: bool) -> SignedIn | None:
    """Who is signed in with this secret; None once the session is over, or its member suspended or gone.

    Who has come to a role that lasts shorter since stays signed in only as long as that does.
    """
    session = store.sessions.find(fingerprint(secret), now)
    person = store.members.by_id(session.member) if session else None
    if session is None or person is None or session.at + lifetime(person.roles) <= now:
        return None
    roles = effective_roles(person.roles, session.by, demonstration=demonstration)
    return SignedIn(session, person, replace(person, roles=roles), demonstration)


def used(one: SignedIn, now: datetime) -> None:
    """Note that a session was used, not more than once in a while."""
    if now - one.session.seen >= SEEN_EVERY:
        with store.transaction():
            store.sessions.saw(one.session.id, now)


def sign_out(one: SignedIn, now: datetime) -> None:
    """End this session: a copy of its cookie is worth nothing from now on."""
    with store.transaction():
        store.sessions.end(one.session.id, one.person.id, now)
