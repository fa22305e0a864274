"""The chain of the log: how an entry is hashed, and what is wrong with a row of entries. No database here.

An entry's hash is the SHA-256 of the canonical JSON of its sequence, time (UTC, six decimals), actor, act, subject,
the SHA-256 of its payload's canonical JSON, and the hash of the entry before; the first follows 64 zeros. Whoever
holds one hash can tell whether anything up to it was changed, left out, added or put in another order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from constitution.digest import text_digest
from store.columns import canonical, iso

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: when, by whom (a handle), what, on what, with which particulars."""

    seq: int
    at: datetime
    actor: str
    act: str
    subject: str
    payload: Mapping[str, Any]
    payload_digest: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was kept, in a sentence. ``seq`` is the entry of the log that shows it, if one does."""

    seq: int | None
    message: str


def next_entry(
    before: Entry | None, *, at: datetime, actor: str, act: str, subject: str, payload: Mapping[str, Any]
) -> Entry:
    """The entry of an act that follows the entry ``before``."""
    seq, previous = (before.seq + 1, before.hash) if before else (1, GENESIS)
    entry = Entry(seq, at, actor, act, subject, payload, text_digest(canonical(payload)), previous, hash="")
    return replace(entry, hash=seal(entry))


def seal(entry: Entry) -> str:
    """The hash that an entry should have: over everything in it but that hash."""
    fields = {"seq": entry.seq, "at": iso(entry.at), "actor": entry.actor, "act": entry.act, "subject": entry.subject}
    return text_digest(canonical({**fields, "payload": entry.payload_digest, "previous": entry.previous}))


def faults(entries: Iterable[Entry]) -> Iterator[Fault]:
    """What is wrong with the log, entry by entry."""
    expected, previous = 1, GENESIS
    for entry in entries:
        if entry.seq != expected:
            yield Fault(entry.seq, f"Entry {entry.seq} of the log stands where entry {expected} should be.")
        if entry.previous != previous:
            yield Fault(entry.seq, f"Entry {entry.seq} of the log does not follow the entry before it.")
        yield from _own_faults(entry)
        expected, previous = entry.seq + 1, entry.hash


def _own_faults(entry: Entry) -> Iterator[Fault]:
    if text_digest(canonical(entry.payload)) != entry.payload_digest:
        yield Fault(entry.seq, f"The particulars of entry {entry.seq} of the log are not those that were recorded.")
    if seal(entry) != entry.hash:
        yield Fault(entry.seq, f"Entry {entry.seq} of the log is not as it was recorded: its hash does not match.")
