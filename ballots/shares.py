"""The officers' private key in three shares on paper, of which any two make it again (SLIP-0039, by shamir-mnemonic)."""

from __future__ import annotations

from collections.abc import Sequence

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

NEEDED, SHARES = 2, 3


class CannotJoin(ValueError):
    """These words do not make the key again; the sentence says what is wrong with them."""


def split(private: bytes) -> tuple[str, ...]:
    """Three shares of 33 words; a single one tells nothing about the key."""
    [shares] = generate_mnemonics(1, [(NEEDED, SHARES)], private)
    return tuple(shares)


def joined(shares: Sequence[str]) -> bytes:
    """The key from two of the shares; raises CannotJoin."""
    words = [" ".join(one.lower().split()) for one in shares]
    if len(words) != NEEDED or len(set(words)) != NEEDED:
        raise CannotJoin("Two different shares are needed.")
    try:
        return bytes(combine_mnemonics(words))
    except (MnemonicError, ValueError, KeyError) as error:
        raise CannotJoin(f"The words are not those of two shares of one key: {error}") from error
