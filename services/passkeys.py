"""Passkeys: adding one, taking one away, signing in with one (W3C Web Authentication, level 2).

A challenge is a ticket: used once, within minutes, by the browser that asked. Nothing tells whether an address or a member
has a passkey: whoever signs in is known only by the passkey shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import store
import store.log
import store.members
import store.passkeys
import store.sessions
import store.tickets
from members.assurance import By, may_add_passkey, may_remove_passkey
from members.fingerprints import fingerprint
from members.notices import Kind, folded
from members.permissions import Permission, require
from services import limits, notifying
from services.signing_in import SignedIn, Visit, begin

if TYPE_CHECKING:
    from webauthn.helpers.structs import AuthenticationCredential, RegistrationCredential

SHOW, ADD = "passkey-show", "passkey-add"
CHALLENGE_LASTS = timedelta(minutes=5)
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Site:
    """Where passkeys of ours are good: the domain, the origin of its pages, and the name shown beside the key."""

    domain: str
    origin: str
    name: str


class PasskeyUnreadable(ValueError):
    """What was sent is no answer of a passkey."""

    def __init__(self) -> None:
        super().__init__("No passkey was shown. Press the button again; without script, ask for a link instead.")


class PasskeyRefused(PermissionError):
    """A passkey that we do not know, or whose answer is not right; not said which."""

    def __init__(self) -> None:
        super().__init__("This passkey did not sign you in. Try again, or ask for a link.")


class PasskeyNotAdded(ValueError):
    """A new passkey could not be taken."""

    def __init__(self) -> None:
        super().__init__("The passkey was not added: it was made too slowly, or it is here already. Try again.")


class MayNotAddPasskey(PermissionError):
    """Adding one now would make a mailbox worth a passkey."""

    def __init__(self) -> None:
        super().__init__(
            "To add a passkey, sign in with one you have; or, for your first, within 10 minutes of signing in by a link."
        )


class MayNotRemovePasskey(PermissionError):
    """Only who shows a passkey takes one away."""

    def __init__(self) -> None:
        super().__init__("To remove a passkey, sign in with a passkey first.")


class UnknownPasskey(LookupError):
    """The member has no such passkey."""

    def __init__(self) -> None:
        super().__init__("You have no such passkey.")


# ------------------------------------------------------------------ showing one


def ask_to_show(visit: Visit, challenge: str, site: Site, now: datetime, *, one: SignedIn | None = None) -> str:
    """The options (JSON) with which a browser asks for a passkey; ``challenge`` is 32 random bytes in base64url.

    To somebody signed in the browser is told which keys would do. Raises TooManyAttempts.
    """
    from webauthn import base64url_to_bytes, generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    with store.transaction():
        _issue(SHOW, one, visit, challenge, now)
    options = generate_authentication_options(
        rp_id=site.domain,
        challenge=base64url_to_bytes(challenge),
        allow_credentials=_descriptors(one) if one else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def show(answer: str, visit: Visit, site: Site, secret: str, now: datetime, *, before: SignedIn | None = None) -> None:
    """Sign in whoever the shown passkey belongs to; raises PasskeyUnreadable, PasskeyRefused, NotOnTheRoll.

    What is refused is counted, and after too many raises TooManyAttempts.
    """
    shown = _shown(answer)
    failures = visit.limit(limits.PASSKEY_FAILURES, "passkey failed", visit.client)
    with store.transaction():
        limits.check(now, failures)
        passkey = _proved(shown, visit, site, now)
        if passkey is None:
            limits.take(now, failures)
        else:
            begin(passkey.member, By.PASSKEY, visit, secret, now, before=before)
    if passkey is None:
        raise PasskeyRefused


def _shown(answer: str) -> AuthenticationCredential:
    from webauthn.helpers import parse_authentication_credential_json
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        return parse_authentication_credential_json(answer)
    except (WebAuthnException, ValueError, TypeError) as wrong:
        raise PasskeyUnreadable from wrong


def _proved(shown: AuthenticationCredential, visit: Visit, site: Site, now: datetime) -> store.passkeys.Passkey | None:
    """The passkey, its answer verified and its use noted; the challenge is used up either way."""
    from webauthn import base64url_to_bytes, verify_authentication_response
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.exceptions import WebAuthnException

    challenge = _challenge(shown.response.client_data_json, SHOW, visit, now)
    passkey = store.passkeys.by_credential(bytes_to_base64url(shown.raw_id))
    if challenge is None or passkey is None:
        return None
    try:
        verified = verify_authentication_response(
            credential=shown,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.domain,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,  # one that does not grow is refused: a copy of the key
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError):
        return None
    store.passkeys.used(passkey, verified.new_sign_count, now)
    return passkey


# ------------------------------------------------------------------ adding one


def ask_to_add(one: SignedIn, visit: Visit, challenge: str, site: Site, now: datetime) -> str:
    """The options (JSON) with which a browser makes a passkey; raises MayNotAddPasskey or TooManyAttempts."""
    from webauthn import base64url_to_bytes, generate_registration_options, options_to_json
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    with store.transaction():
        _require_may_add(one, now)
        _issue(ADD, one, visit, challenge, now)
    options = generate_registration_options(
        rp_id=site.domain,
        rp_name=site.name,
        user_id=bytes.fromhex(fingerprint(f"passkeys of {one.person.handle}")),
        user_name=one.person.email or one.person.handle,
        user_display_name=one.person.name,
        challenge=base64url_to_bytes(challenge),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=_descriptors(one),
    )
    return options_to_json(options)


def add(one: SignedIn, answer: str, visit: Visit, site: Site, now: datetime, *, name: str) -> None:
    """Keep a new passkey, and tell its member; raises PasskeyUnreadable, PasskeyNotAdded, MayNotAddPasskey."""
    require(one.member.roles, Permission.READ)
    made = _made(answer)
    called = folded(name)[:LONGEST_NAME] or visit.device
    with store.transaction():
        _require_may_add(one, now)
        kept = _kept(made, one, visit, site, now, name=called)
        if kept:
            store.log.append(at=now, actor=one.person.handle, act="add-passkey", subject="account", payload={})
            about = f"passkey {fingerprint(made.id)}"
            notifying.tell(Kind.PASSKEY_ADDED, about, [one.person], now, passkey=called, link="/account")
    if not kept:
        raise PasskeyNotAdded


def remove(one: SignedIn, passkey: int, now: datetime) -> None:
    """Take a passkey away; raises MayNotRemovePasskey or UnknownPasskey."""
    require(one.member.roles, Permission.READ)
    if not may_remove_passkey(one.session.by, demonstration=one.demonstration):
        raise MayNotRemovePasskey
    with store.transaction():
        if store.passkeys.remove(passkey, one.person.id) is None:
            raise UnknownPasskey
        store.log.append(at=now, actor=one.person.handle, act="remove-passkey", subject="account", payload={})


def reset(member: store.members.Member, now: datetime, *, actor: str) -> int:
    """Take every passkey of a member away and sign them out everywhere, for who has lost theirs; how many there were.

    Whoever asks must know otherwise that it is the member who lost them: the next link adds a first passkey again.
    """
    with store.transaction():
        gone = store.passkeys.remove_all(member.id)
        store.sessions.end_all([member.id], now)
        store.log.append(
            at=now, actor=actor, act="reset-passkeys", subject=f"member {member.handle}", payload={"passkeys": gone}
        )
    return gone


def may_add(one: SignedIn, now: datetime) -> bool:
    """Whether this session may add a passkey now."""
    held = len(store.passkeys.of(one.person.id))
    return may_add_passkey(held, one.session.by, now - one.session.at, demonstration=one.demonstration)


def _require_may_add(one: SignedIn, now: datetime) -> None:
    if not may_add(one, now):
        raise MayNotAddPasskey


def _made(answer: str) -> RegistrationCredential:
    from webauthn.helpers import parse_registration_credential_json
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        return parse_registration_credential_json(answer)
    except (WebAuthnException, ValueError, TypeError) as wrong:
        raise PasskeyUnreadable from wrong


def _kept(made: RegistrationCredential, one: SignedIn, visit: Visit, site: Site, now: datetime, *, name: str) -> bool:
    from webauthn import base64url_to_bytes, verify_registration_response
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.exceptions import WebAuthnException

    challenge = _challenge(made.response.client_data_json, ADD, visit, now, one)
    if challenge is None:
        return False
    try:
        verified = verify_registration_response(
            credential=made,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.domain,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError):
        return False
    return store.passkeys.add(
        one.person.id,
        credential=bytes_to_base64url(verified.credential_id),
        public_key=bytes_to_base64url(verified.credential_public_key),
        sign_count=verified.sign_count,
        name=name,
        at=now,
    )


# ------------------------------------------------------------------ challenges


def _issue(purpose: str, one: SignedIn | None, visit: Visit, challenge: str, now: datetime) -> None:
    limits.take(now, visit.limit(limits.PASSKEY_CHALLENGES, "passkey asked", visit.client))
    store.tickets.issue(
        fingerprint(challenge),
        purpose=purpose,
        member=one.person.id if one else None,
        browser=fingerprint(visit.browser),
        payload={},
        at=now,
        expires=now + CHALLENGE_LASTS,
    )


def _challenge(
    client_data: bytes, purpose: str, visit: Visit, now: datetime, one: SignedIn | None = None
) -> str | None:
    """The challenge that was answered, now used up; None unless it was ours, asked for here, and for this member."""
    from webauthn.helpers import bytes_to_base64url, parse_client_data_json
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        challenge = bytes_to_base64url(parse_client_data_json(client_data).challenge)
    except (WebAuthnException, ValueError, TypeError, LookupError):
        return None
    browser = fingerprint(visit.browser)
    ticket = store.tickets.use(fingerprint(challenge), purpose=purpose, browser=browser, at=now)
    if ticket is None or (one is not None and ticket.member != one.person.id):
        return None
    return challenge


def _descriptors(one: SignedIn) -> list[object]:
    from webauthn import base64url_to_bytes
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    mine = store.passkeys.of(one.person.id)
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.credential)) for each in mine]
