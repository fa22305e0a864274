"""What is kept of a secret: enough to know it again, not enough to use it. Pure."""

from __future__ import annotations

import hashlib
import hmac


def fingerprint(secret: str) -> str:
    """The SHA-256 of a secret that nobody can guess; 64 hex digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def keyed(key: str, *words: str) -> str:
    """A digest of words that can be guessed, such as an address: worth nothing without the ``key``; 64 hex digits."""
    said = "\x00".join(words)
    return hmac.new(key.encode(), said.encode(), hashlib.sha256).hexdigest()
