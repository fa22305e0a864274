"""Checking the record against itself: the chain, then every text the chain speaks of, from the rows as they are now.

A row changed by hand is found even when its own digest was changed with it, because the log says what it was; a log changed
by hand is found because the chain breaks. What was never logged is a fault too: rows do not appear by themselves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from amendments.edit import digest as edits_digest
from amendments.edit import from_json
from constitution.digest import digest
from store import snapshots
from store.database import db
from store.log import GENESIS, Fault, entry_digest, sha
from store.tables import AmendmentRow, DraftRow, EditionRow, LogRow, MemberRow, SecondRow, StateChangeRow, VersionRow

Recorded = dict[Any, tuple[int, str]]  # what the log says: key -> (entry, digest)


def verify() -> tuple[Fault, ...]:
    """Every fault, in the order: chain, editions, drafts, amendments, seconds, states."""
    db.session.rollback()
    db.session.expire_all()
    rows = list(db.session.execute(select(LogRow).order_by(LogRow.seq)).scalars())
    chain = list(_chain(rows))
    if chain:
        return tuple(chain)  # what a broken log says of the rest proves nothing
    acts = [(row.seq, row.act, row.actor, json.loads(row.payload)) for row in rows]
    return (*_editions(acts), *_drafts(acts), *_versions(acts), *_seconds(acts), *_states())


Acts = list[tuple[int, str, str, dict[str, Any]]]


def _chain(rows: list[LogRow]) -> Iterator[Fault]:
    previous = GENESIS
    for expected, row in enumerate(rows, 1):
        if row.seq != expected:
            yield Fault(row.seq, f"Entry {expected} of the log is missing.")
            return
        if row.previous != previous:
            yield Fault(row.seq, f"Entry {row.seq} of the log does not follow from the entry before it.")
        if sha(row.payload) != row.payload_digest:
            yield Fault(row.seq, f"The content of entry {row.seq} of the log was changed.")
        if entry_digest(row) != row.digest:
            yield Fault(row.seq, f"Entry {row.seq} of the log was changed.")
        previous = row.digest


def _recorded(acts: Acts, names: set[str], key: str) -> Recorded:
    return {payload[key]: (seq, payload["digest"]) for seq, act, _, payload in acts if act in names}


def _against(what: str, found: dict[int, str], recorded: Recorded) -> Iterator[Fault]:
    """Compare digests computed now with those in the log, both ways."""
    for number, (seq, expected) in recorded.items():
        if number not in found:
            yield Fault(seq, f"{what} {number} is in the log (entry {seq}) but is gone.")
        elif found[number] != expected:
            yield Fault(seq, f"{what} {number} is not the text recorded in entry {seq} of the log.")
    for number in sorted(found.keys() - recorded.keys()):
        yield Fault(None, f"{what} {number} was never logged.")


def _snapshot_digest(name: str) -> str:
    try:
        found = digest(snapshots.read(name))
    except (SQLAlchemyError, ValueError, KeyError, TypeError):
        return "unreadable"
    return found if found == name else f"changed: {found}"


def _editions(acts: Acts) -> Iterator[Fault]:
    rows = db.session.execute(select(EditionRow).order_by(EditionRow.number)).scalars()
    found = {row.number: _snapshot_digest(row.digest) for row in rows}
    yield from _against("Edition", found, _recorded(acts, {"import-constitution", "adopt"}, "edition"))


def _drafts(acts: Acts) -> Iterator[Fault]:
    rows = db.session.execute(select(DraftRow).order_by(DraftRow.number)).scalars()
    found = {row.number: _snapshot_digest(row.digest) for row in rows}
    yield from _against("Draft", found, _recorded(acts, {"freeze"}, "draft"))


def _versions(acts: Acts) -> Iterator[Fault]:
    bases = {number: name for number, name in db.session.execute(select(EditionRow.number, EditionRow.digest))}
    rows = db.session.execute(select(VersionRow).where(VersionRow.n == 1).order_by(VersionRow.amendment)).scalars()
    found = {row.amendment: _version_digest(row, bases) for row in rows}
    yield from _against("Amendment", found, _recorded(acts, {"propose"}, "amendment"))


def _version_digest(row: VersionRow, bases: dict[int, str]) -> str:
    try:
        found = edits_digest(from_json(json.loads(row.edits)), bases[row.base_edition])
    except (ValueError, KeyError, TypeError):
        return "unreadable"
    return found if found == row.digest else f"changed: {found}"


def _seconds(acts: Acts) -> Iterator[Fault]:
    logged = {(actor, payload["digest"]): seq for seq, act, actor, payload in acts if act == "second"}
    kept = {
        (handle, version) for handle, version in db.session.execute(
            select(MemberRow.handle, VersionRow.digest)
            .select_from(SecondRow)
            .join(MemberRow, MemberRow.id == SecondRow.member_id)
            .join(VersionRow, VersionRow.id == SecondRow.version)
        )
    }
    for key in sorted(logged.keys() - kept):
        yield Fault(logged[key], f"The second of {key[0]} in entry {logged[key]} of the log is gone.")
    for handle, _ in sorted(kept - logged.keys()):
        yield Fault(None, f"A second of {handle} was never logged.")


def _states() -> Iterator[Fault]:
    last = {row.amendment: row.state for row in db.session.execute(select(StateChangeRow).order_by(StateChangeRow.id)).scalars()}
    for row in db.session.execute(select(AmendmentRow).order_by(AmendmentRow.number)).scalars():
        if last.get(row.number) != row.state:
            yield Fault(None, f"Amendment {row.number} is marked {row.state}, but its history ends with {last.get(row.number)}.")
