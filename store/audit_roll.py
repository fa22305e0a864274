"""Snapshots of the roll and the log: each is as it was written down, and as the log recorded it."""

from __future__ import annotations

from collections.abc import Iterator

from store import roll
from store.chain import Entry, Fault


class Snapshots:
    """What the log says of the snapshots, by their numbers."""

    def __init__(self) -> None:
        self._recorded: dict[str, Entry] = {}

    def note(self, entry: Entry) -> None:
        """Take note of an entry whose particulars are a mapping, if it is of a snapshot: taken alone, or after an import."""
        if entry.act == "roll-snapshot":
            self._recorded.setdefault(entry.subject, entry)
        elif entry.act == "import-roll" and "snapshot" in entry.payload:
            self._recorded.setdefault(_subject(entry.payload["snapshot"]), entry)

    def faults(self) -> Iterator[Fault]:
        """Every snapshot that is not as it was written down, or not as the log recorded it."""
        gone = dict(self._recorded)
        for one in reversed(roll.snapshots()):
            yield from roll.verify(one.number)
            yield from _compared(one, gone.pop(_subject(one.number), None))
        for subject, entry in gone.items():
            yield Fault(entry.seq, f"Entry {entry.seq} of the log recorded {subject}, which is not there any more.")


def _subject(number: object) -> str:
    return f"roll snapshot {number}"


def _compared(one: roll.Snapshot, entry: Entry | None) -> Iterator[Fault]:
    name = f"Snapshot {one.number} of the roll"
    if entry is None:
        yield Fault(None, f"{name} is not recorded in the log.")
        return
    for key, value in (("digest", one.digest), ("members", one.members)):
        if entry.payload.get(key) != value:
            what = "digest" if key == "digest" else "number of members"
            yield Fault(entry.seq, f"{name} has another {what} than entry {entry.seq} of the log recorded.")
    if one.at != entry.at:
        yield Fault(entry.seq, f"{name} is dated otherwise than entry {entry.seq} of the log.")
