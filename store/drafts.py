"""Drafts: whole frozen texts with a source for every word, to be adopted or set aside, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from constitution.clause import Constitution
from constitution.digest import digest as digest_of
from constitution.digest import text_digest
from store import books
from store.columns import canonical
from store.database import reading, writing
from store.tables import DraftClauseRow, DraftRow


class State(StrEnum):
    """Where a draft stands."""

    FROZEN = "frozen"
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"


class UnknownDraft(LookupError):
    """There is no draft with this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no draft {number}.")
        self.number = number


class WrongDigest(ValueError):
    """The digest handed over is not that of the text handed over; nothing is frozen."""

    def __init__(self) -> None:
        super().__init__("The digest is not the one of this text. Nothing was frozen.")


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list, without its text."""

    number: int
    composite: int
    base_edition: int
    title: str
    digest: str
    frozen_at: datetime
    state: State


@dataclass(frozen=True, slots=True)
class Draft:
    """A frozen text. ``provenance``: clause id -> [[words, [sources]], ...]; no source means the edition in force."""

    number: int
    composite: int
    base_edition: int
    title: str
    constitution: Constitution
    digest: str
    redline_digest: str
    provenance: Mapping[str, Any]
    frozen_at: datetime
    state: State


def provenance_digest(provenance: Mapping[str, Any]) -> str:
    """The digest of the sources of a draft's words; the log may record it as ``provenance``."""
    return text_digest(canonical(provenance))


def add(
    *,
    composite: int,
    base_edition: int,
    title: str,
    constitution: Constitution,
    digest: str,
    redline_digest: str,
    provenance: Mapping[str, Any],
    at: datetime,
) -> Draft:
    """Freeze a text; raises WrongDigest."""
    if digest != digest_of(constitution):
        raise WrongDigest
    session = writing()
    number = (session.scalar(sa.select(sa.func.max(DraftRow.number))) or 0) + 1
    session.execute(
        sa.insert(DraftRow).values(
            number=number,
            composite=composite,
            base_edition=base_edition,
            title=title,
            redline_digest=redline_digest,
            provenance=dict(provenance),
            frozen_at=at,
            state=State.FROZEN.value,
            **books.header(constitution),
        )
    )
    books.keep(session, DraftClauseRow, {"draft": number}, constitution)
    books.reread(session, DraftClauseRow, number, _row(number))
    return by_number(number)


def set_state(draft: Draft | DraftLine, state: str) -> None:
    """Say that the draft was adopted or superseded."""
    writing().execute(sa.update(DraftRow).where(DraftRow.number == draft.number).values(state=State(state).value))


def by_number(number: int) -> Draft:
    """The draft with this number; raises UnknownDraft, Damaged."""
    row = _row(number)
    return Draft(
        row.number,
        row.composite,
        row.base_edition,
        row.title,
        books.load(reading(), DraftClauseRow, row.number, row),
        row.digest,
        row.redline_digest,
        row.provenance,
        row.frozen_at,
        State(row.state),
    )


def listing() -> tuple[DraftLine, ...]:
    """Every draft without its text, the oldest first."""
    columns = (
        DraftRow.number,
        DraftRow.composite,
        DraftRow.base_edition,
        DraftRow.title,
        DraftRow.digest,
        DraftRow.frozen_at,
        DraftRow.state,
    )
    rows = reading().execute(sa.select(*columns).order_by(DraftRow.number))
    return tuple(DraftLine(*row[:-1], State(row.state)) for row in rows)


def _row(number: int) -> sa.Row[Any]:
    row = reading().execute(sa.select(*DraftRow.__table__.columns).where(DraftRow.number == number)).one_or_none()
    if row is None:
        raise UnknownDraft(number)
    return row
