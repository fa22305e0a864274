"""Another e-mail address for an account: asked for, confirmed from the new one, and told to the old one both times.

Whoever reads the old mailbox can object for a week: that signs out everywhere, ends what was asked and puts the old
address back. It is told by the messages and shown by the account, never by the log, which holds no address.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import store
import store.addresses
import store.log
import store.members
import store.sessions
import store.tickets
from members.assurance import needs_passkey
from members.fingerprints import fingerprint
from members.notices import Kind
from members.permissions import Permission, require
from members.roll_cells import ADDRESS, LONGEST_ADDRESS, email_key
from services import limits, notifying
from services.signing_in import LINK, LinkUnknown, SignedIn, Visit, check_open, use_ticket
from store.tickets import ANYWHERE

CHANGE, OBJECT = "change-address", "object-to-address"
CHANGE_LASTS, OBJECT_LASTS = timedelta(hours=1), timedelta(days=7)


class NoAddress(ValueError):
    """What was typed cannot be an address."""

    def __init__(self) -> None:
        super().__init__("Enter an e-mail address, as name@example.org.")


class SameAddress(ValueError):
    """The address is the member's already."""

    def __init__(self) -> None:
        super().__init__("This is your address already. Enter the new one.")


class NeedsPasskey(PermissionError):
    """Who decides for others proves more than a mailbox before the mailbox is changed."""

    def __init__(self) -> None:
        super().__init__("Your roles need your passkey: show it, then change your address.")


class AddressNotUsable(ValueError):
    """The address cannot become the member's; not said whose it is. It is told only to who reads its mailbox."""

    def __init__(self) -> None:
        super().__init__(
            "This address cannot be used for your account, and yours stays as it was. Choose another one, or write to "
            "the organisation."
        )


@dataclass(frozen=True, slots=True)
class Change:
    """A change of address, asked for or made."""

    old: str
    new: str


def typed(address: str) -> str:
    """An address as typed, without space around it; raises NoAddress."""
    said = address.strip()
    if len(said) > LONGEST_ADDRESS or not ADDRESS.fullmatch(said) or not said.isprintable():
        raise NoAddress
    return said


def ask(one: SignedIn, address: str, visit: Visit, secrets: tuple[str, str], now: datetime) -> None:
    """Send a link to a new address, and word to the old one; ``secrets`` confirm and object.

    Whether somebody else has the address is not looked at here: the answer would tell. Raises NoAddress, SameAddress,
    NeedsPasskey, TooManyAttempts.
    """
    require(one.member.roles, Permission.READ)
    if needs_passkey(one.person.roles) and not one.strong:
        raise NeedsPasskey
    new, (confirm_secret, object_secret) = typed(address), secrets
    if email_key(new) == email_key(one.person.email):
        raise SameAddress
    with store.transaction():
        limits.take(
            now,
            visit.limit(limits.ADDRESS_CHANGES, "address of", one.person.handle),
            visit.limit(limits.LINKS_TO_ADDRESS, "link to", email_key(new)),
        )
        store.tickets.cancel(one.person.id, {CHANGE}, now)
        change = Change(one.person.email, new)
        _issue(CHANGE, confirm_secret, one.person, change, now, browser=fingerprint(visit.browser))
        _issue(OBJECT, object_secret, one.person, change, now)
        _tell_both(one.person, change, visit, secrets, now)


def look_at(secret: str, one: SignedIn, visit: Visit, now: datetime) -> Change:
    """What a link would change, using nothing up; raises CannotUseLink."""
    ticket = store.tickets.find(fingerprint(secret), CHANGE)
    check_open(ticket, visit, now)
    return _change(_owned(ticket, one))


def confirm(secret: str, one: SignedIn, visit: Visit, object_secret: str, now: datetime) -> Change:
    """Change the address; raises CannotUseLink or AddressNotUsable. The old one is told how to object."""
    require(one.member.roles, Permission.READ)
    with store.transaction():
        change = _change(_owned(use_ticket(secret, CHANGE, visit, now), one))
        if _taken(one.person, change.new):
            raise AddressNotUsable
        store.addresses.change(one.person.id, change.new, email_key(change.new))
        _issue(OBJECT, object_secret, one.person, change, now)
        store.log.append(at=now, actor=one.person.handle, act="change-address", subject="account", payload={})
        _tell_changed(one.person, change, object_secret, now)
    return change


def look_at_objection(secret: str, visit: Visit, now: datetime) -> Change:
    """What would be objected to, using nothing up; raises CannotUseLink."""
    ticket = store.tickets.find(fingerprint(secret), OBJECT)
    check_open(ticket, visit, now)
    return _change(ticket)


def object_to(secret: str, visit: Visit, now: datetime) -> Change:
    """It was not me: end every session, and all that was asked for; put the old address back if it was changed.

    Unless that is somebody else's by now. Raises CannotUseLink.
    """
    with store.transaction():
        ticket = use_ticket(secret, OBJECT, visit, now)
        change, person = _change(ticket), _person(ticket)
        store.sessions.end_all([person.id], now)
        store.tickets.cancel(person.id, {CHANGE, LINK}, now)
        if email_key(person.email) == email_key(change.new) and not _taken(person, change.old):
            store.addresses.change(person.id, change.old, email_key(change.old))
        store.log.append(at=now, actor=person.handle, act="object-to-address", subject="account", payload={})
    return change


def _taken(person: store.members.Member, address: str) -> bool:
    return store.addresses.taken(email_key(address), person.id)


def _issue(
    purpose: str, secret: str, person: store.members.Member, change: Change, now: datetime, *, browser: str = ANYWHERE
) -> None:
    store.tickets.issue(
        fingerprint(secret),
        purpose=purpose,
        member=person.id,
        browser=browser,
        payload={"old": change.old, "new": change.new},
        at=now,
        expires=now + (CHANGE_LASTS if purpose == CHANGE else OBJECT_LASTS),
    )


def _tell_both(
    person: store.members.Member, change: Change, visit: Visit, secrets: tuple[str, str], now: datetime
) -> None:
    confirm_secret, object_secret = secrets
    until = notifying.moment(now + CHANGE_LASTS)
    notifying.tell(
        Kind.ADDRESS_CONFIRM,
        "a new address",
        [replace(person, email=change.new)],
        now,
        link=f"/account/address/{confirm_secret}",
        until=until,
        device=visit.device,
    )
    notifying.tell(
        Kind.ADDRESS_ASKED,
        "another address",
        [person],
        now,
        new=change.new,
        link=f"/account/objection/{object_secret}",
        device=visit.device,
    )


def _tell_changed(person: store.members.Member, change: Change, object_secret: str, now: datetime) -> None:
    """Both addresses; the link to object goes only to the old one."""
    facts = {"old": change.old, "new": change.new}
    link = f"/account/objection/{object_secret}"
    notifying.tell(Kind.ADDRESS_CHANGED, "the old address", [person], now, **facts, link=link)
    moved = replace(person, email=change.new)
    notifying.tell(Kind.ADDRESS_CHANGED, "the new address", [moved], now, **facts, link="/account")


def _owned(ticket: store.tickets.Ticket | None, one: SignedIn) -> store.tickets.Ticket:
    """The ticket, if it is of who is signed in; to anybody else it is none."""
    if ticket is None or ticket.member != one.person.id:
        raise LinkUnknown
    return ticket


def _person(ticket: store.tickets.Ticket) -> store.members.Member:
    person = store.members.by_id(ticket.member) if ticket.member is not None else None
    if person is None:
        raise LinkUnknown
    return person


def _change(ticket: store.tickets.Ticket | None) -> Change:
    if ticket is None:
        raise LinkUnknown
    return Change(ticket.payload["old"], ticket.payload["new"])
