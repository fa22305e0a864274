"""The server's signed word that an envelope was taken: it cannot deny it later, and nobody else can give it."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ballots.definition import written
from ballots.sealing import decoded, encoded


def signing_key(seed: bytes) -> str:
    """The public key, in base64url, of who signs with this seed of 32 bytes."""
    return encoded(Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw())


def acknowledged(seed: bytes, fingerprint: str, college: str, envelope: str) -> str:
    """The signature, in base64url, that the envelope with this hash was taken. It names no time and no voter."""
    return encoded(Ed25519PrivateKey.from_private_bytes(seed).sign(_said(fingerprint, college, envelope)))


def is_genuine(key: str, signature: str, fingerprint: str, college: str, envelope: str) -> bool:
    """Whether who has this public key acknowledged exactly this."""
    try:
        Ed25519PublicKey.from_public_bytes(decoded(key)).verify(
            decoded(signature), _said(fingerprint, college, envelope)
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _said(fingerprint: str, college: str, envelope: str) -> bytes:
    return written({"ballot": fingerprint, "college": college, "envelope": envelope, "said": "taken"})
