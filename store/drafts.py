"""Drafts: frozen texts with a source for every word."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from constitution.clause import Constitution
from store import snapshots
from store.database import db
from store.tables import DraftRow

Provenance = dict[str, list[tuple[str, list[str]]]]


class UnknownDraft(LookupError):
    """There is no draft with this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no draft {number}.")


@dataclass(frozen=True, slots=True)
class Draft:
    """A frozen text. State: frozen, adopted or superseded. Provenance: clause id -> (word, sources) in order."""

    number: int
    composite: int
    base_edition: int
    title: str
    constitution: Constitution
    digest: str
    redline_digest: str
    provenance: Provenance
    frozen_at: datetime
    state: str


def add(
    *, composite: int, base_edition: int, title: str, constitution: Constitution, digest: str, redline_digest: str,
    provenance: Provenance, at: datetime,
) -> Draft:
    """Freeze a text; the digest given must be the digest of what is kept."""
    kept = snapshots.keep(constitution)
    if kept != digest:
        raise ValueError(f"The text kept has the digest {kept}, not {digest}.")
    number = (db.session.execute(select(func.max(DraftRow.number))).scalar() or 0) + 1
    db.session.add(DraftRow(
        number=number, composite=composite, base_edition=base_edition, title=title, digest=digest,
        redline_digest=redline_digest, provenance=json.dumps(provenance, ensure_ascii=False), frozen_at=at, state="frozen",
    ))
    db.session.flush()
    return by_number(number)


def by_number(number: int) -> Draft:
    """A draft by its number; raises UnknownDraft."""
    return _draft(_row(number))


def listing() -> tuple[Draft, ...]:
    """All drafts, the newest first."""
    return tuple(map(_draft, db.session.execute(select(DraftRow).order_by(DraftRow.number.desc())).scalars()))


def set_state(draft: Draft, state: str) -> None:
    """A draft's end: adopted or superseded."""
    _row(draft.number).state = state
    db.session.flush()


def _row(number: int) -> DraftRow:
    row = db.session.get(DraftRow, number)
    if row is None:
        raise UnknownDraft(number)
    return row


def _draft(row: DraftRow) -> Draft:
    return Draft(
        row.number, row.composite, row.base_edition, row.title, snapshots.load(row.digest), row.digest,
        row.redline_digest, json.loads(row.provenance), row.frozen_at, row.state,
    )
