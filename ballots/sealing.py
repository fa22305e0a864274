"""Sealing a vote to the officers' key: only who holds the private key, which no server does, can open it.

RFC 9180 (HPKE) in base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, bound to the ballot's fingerprint. The
browser seals with its own WebCrypto (static/ballot.js); nothing of anybody else's is shipped. See docs/decisions/0011.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from ballots.definition import DEFAULT, Definition, Kind, Question, written

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Of receipts: 32 signs of which no two look alike."""

RECEIPT = 20  # signs, 100 bits
KEY_BYTES = 32
STEP = 256  # bytes


class NotAKey(ValueError):
    """A text is no key: 32 bytes in base64url are wanted."""


class CannotOpen(ValueError):
    """An envelope was not sealed to this key for this ballot, or is damaged."""


class TooLong(ValueError):
    """The answers do not fit into an envelope of this ballot, which no valid answers do not."""


def size(definition_questions: tuple[Question, ...], colleges: tuple[str, ...]) -> int:
    """How many bytes any vote fits into: all envelopes are of one length, lest it tell what is inside."""
    answers = {one.id: _longest(one) for one in definition_questions}
    college = max(colleges, key=len)
    longest = plaintext("f" * 64, college, answers, "X" * (RECEIPT + 3))
    return -(-len(longest) // STEP) * STEP


def _longest(question: Question) -> object:
    if question.kind is Kind.RANKED:
        return {one: len(question.options) + 1 for one in (DEFAULT, *(each.id for each in question.options))}
    return "abstain"


def plaintext(fingerprint: str, college: str, answers: Mapping[str, Any], receipt: str) -> bytes:
    """What is sealed."""
    return written({"ballot": fingerprint, "college": college, "answers": dict(answers), "receipt": receipt})


def seal(definition: Definition, fingerprint: str, content: bytes) -> str:
    """An envelope in base64url; raises NotAKey or TooLong. Its key for this once is drawn by HPKE itself."""
    if len(content) > definition.size:
        raise TooLong(f"{len(content)} bytes do not fit into {definition.size}.")
    key = X25519PublicKey.from_public_bytes(key_bytes(definition.key))
    return encoded(SUITE.encrypt(content.ljust(definition.size), key, info(fingerprint)))


def seal_rehearsal(key: str, number: int, code: str) -> str:
    """A code sealed to a key, to be found in the rehearsal; bound to the vote's number, since it has no fingerprint yet."""
    return encoded(
        SUITE.encrypt(code.encode(), X25519PublicKey.from_public_bytes(key_bytes(key)), rehearsal_info(number))
    )


def unseal_rehearsal(private: bytes, number: int, envelope: str) -> str:
    """The code in the envelope of a rehearsal; raises CannotOpen."""
    try:
        key = X25519PrivateKey.from_private_bytes(private)
        return SUITE.decrypt(decoded(envelope), key, rehearsal_info(number)).decode()
    except (InvalidTag, ValueError) as error:
        raise CannotOpen("These shares are not those of the key to which the rehearsal was sealed.") from error


def rehearsal_info(number: int) -> bytes:
    """What binds the envelope of a rehearsal to its vote."""
    return f"redraft-rehearsal-1:{number}".encode()


def unseal(private: bytes, fingerprint: str, envelope: str) -> dict[str, Any]:
    """What is in an envelope; raises CannotOpen."""
    try:
        key = X25519PrivateKey.from_private_bytes(private)
        found = json.loads(SUITE.decrypt(decoded(envelope), key, info(fingerprint)))
    except (InvalidTag, ValueError, TypeError) as error:
        raise CannotOpen("It was not sealed to this key for this ballot, or it is damaged.") from error
    if not isinstance(found, dict) or found.get("ballot") != fingerprint:
        raise CannotOpen("It was made for another ballot.")
    return found


def info(fingerprint: str) -> bytes:
    """What binds an envelope to its ballot."""
    return b"redraft-ballot-1:" + fingerprint.encode()


def public_key(private: bytes) -> str:
    """The public key of a private one, in base64url."""
    return encoded(X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())


def key_bytes(text: str) -> bytes:
    """A key from base64url; raises NotAKey."""
    try:
        found = decoded(text.strip())
    except ValueError as error:
        raise NotAKey("A key is 43 signs: letters, digits, - and _.") from error
    if len(found) != KEY_BYTES:
        raise NotAKey("A key is 43 signs: letters, digits, - and _.")
    return found


def receipt(random: bytes) -> str:
    """A receipt code of 20 random bytes: "K7QX2-…" in four groups of five."""
    signs = "".join(ALPHABET[one % len(ALPHABET)] for one in random[:RECEIPT])
    return "-".join(signs[at : at + 5] for at in range(0, RECEIPT, 5))


def encoded(raw: bytes) -> str:
    """Bytes in base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """Bytes from base64url; raises ValueError."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("It is not base64url.") from error
