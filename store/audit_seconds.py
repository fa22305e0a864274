"""Seconds and the log, in both directions: what is kept was recorded, and what was recorded is kept.

A second may be taken back and given again, so one member may have seconded one text several times: each time is an entry
of the log, and a row. They are matched by their moments; what then is left over on both sides is the same act with its
date changed, and what is left over on one side was smuggled in, or is gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from typing import Any

import sqlalchemy as sa

from store.chain import Entry, Fault
from store.database import reading
from store.tables import AmendmentVersionRow, BodySecondRow, MemberRow, SecondChangeRow, SecondRow

GIVES = {
    "second": True,
    "second-for-body": True,
    "endorse-for-body": True,
    "take-back-second": False,
    "leave-amendment": False,
}
LABELS = {"decided": "day of decision", "minute": "minute", "officer": "officer"}


@dataclass(frozen=True, slots=True)
class Act:
    """Whose support of which text was given or (``gives`` False) taken back; ``who`` a handle, or "the branch Fen"."""

    subject: str
    digest: str
    who: str
    gives: bool

    @property
    def sentence(self) -> str:
        """The act as a fact."""
        return f"{self.who} {'seconded' if self.gives else 'took support back from'} {self.subject}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A row of the act: its moment, and what else the log must say of it."""

    at: datetime
    more: Mapping[str, str] = field(default_factory=dict)


class Seconds:
    """What the log says of seconds."""

    def __init__(self) -> None:
        self._recorded: defaultdict[Act, list[Entry]] = defaultdict(list)

    def note(self, entry: Entry) -> None:
        """Take note of an entry whose particulars are a mapping, if it is of a second."""
        if entry.act in GIVES:
            act = Act(entry.subject, str(entry.payload.get("digest")), _who(entry), GIVES[entry.act])
            self._recorded[act].append(entry)

    def faults(self) -> Iterator[Fault]:
        """Every second that is not as the log recorded it."""
        kept: defaultdict[Act, list[Kept]] = defaultdict(list)
        for act, one in (*_of_members(SecondRow), *_of_members(SecondChangeRow), *_of_bodies()):
            kept[act].append(one)
        for act in dict.fromkeys((*kept, *self._recorded)):
            for one, entry in _paired(kept.get(act, ()), self._recorded.get(act, ())):
                yield from _compared(act, one, entry)


def _who(entry: Entry) -> str:
    if not entry.act.endswith("-for-body"):
        return entry.actor
    kind = "branch" if "branch" in entry.payload else "body"
    return f"the {kind} {entry.payload.get(kind)}"


def _of_members(row: type[SecondRow | SecondChangeRow]) -> Iterator[tuple[Act, Kept]]:
    gives = SecondChangeRow.seconds if row is SecondChangeRow else sa.true()
    query = _of_version(row, row.at, MemberRow.handle, gives.label("gives"))
    for one in reading().execute(query):
        yield Act(f"amendment {one.amendment}", one.digest, one.handle, bool(one.gives)), Kept(one.at)


def _of_bodies() -> Iterator[tuple[Act, Kept]]:
    row = BodySecondRow
    query = _of_version(row, row.at, row.kind, row.body, row.decided, row.minute, MemberRow.handle)
    for one in reading().execute(query):
        more = {"decided": one.decided, "minute": one.minute, "officer": one.handle}
        yield (
            Act(f"amendment {one.amendment}", one.digest, f"the {one.kind} {one.body}", gives=True),
            Kept(one.at, more),
        )


def _of_version(row: Any, *columns: Any) -> sa.Select[Any]:  # noqa: ANN401 (any of our tables)
    version = AmendmentVersionRow
    query = sa.select(version.amendment, version.digest, *columns).join(version, version.id == row.version)
    return query.join(MemberRow, MemberRow.id == row.member).order_by(version.amendment, row.at)


def _paired(kept: Iterable[Kept], entries: Iterable[Entry]) -> Iterator[tuple[Kept | None, Entry | None]]:
    unseen, other = list(entries), []
    for one in kept:
        found = next((entry for entry in unseen if entry.at == one.at), None)
        if found is None:
            other.append(one)
        else:
            unseen.remove(found)
            yield one, found
    yield from zip_longest(other, unseen)


def _compared(act: Act, one: Kept | None, entry: Entry | None) -> Iterator[Fault]:
    if entry is None:
        yield Fault(None, f"The log does not record that {act.sentence}.")
    elif one is None:
        gone = "the second" if act.gives else "that"
        yield Fault(entry.seq, f"Entry {entry.seq} of the log recorded that {act.sentence}; {gone} is gone.")
    else:
        yield from _differing(act, one, entry)


def _differing(act: Act, one: Kept, entry: Entry) -> Iterator[Fault]:
    name = f"A second of {act.subject}"
    if one.at != entry.at:
        yield Fault(entry.seq, f"{name} is dated otherwise than entry {entry.seq} of the log.")
    said = {**entry.payload, "officer": entry.actor}
    for key, value in one.more.items():
        if said.get(key) != value:
            yield Fault(entry.seq, f"{name} has another {LABELS[key]} than entry {entry.seq} of the log recorded.")
