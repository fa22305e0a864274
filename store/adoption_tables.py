"""The tables of adoption: what was decided, what others must say to it, provisos, corrections. All are append-only."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.columns import Instant, Json
from store.database import Base
from store.tables import Prose, Word

DraftNumber = Annotated[int, mapped_column(ForeignKey("draft.number"), index=True)]
MemberId = Annotated[int, mapped_column(ForeignKey("member.id"))]
Nobody = Annotated[int | None, mapped_column(ForeignKey("member.id"))]
At = Annotated[datetime, mapped_column(Instant)]


class DecisionRow(Base):
    """A draft is to be the next edition: by which ballot (None: by the committee), made of which drafts that were put.

    ``consent`` names those outside who must agree first; ``sentences`` say what was decided. Without a member the count
    itself did it.
    """

    __tablename__ = "decision"

    draft: Mapped[int] = mapped_column(ForeignKey("draft.number"), primary_key=True)
    ballot: Mapped[int | None] = mapped_column(ForeignKey("ballot.number"))
    drafts: Mapped[Any] = mapped_column(Json)
    sentences: Mapped[Any] = mapped_column(Json)
    consent: Mapped[Any] = mapped_column(Json)
    member: Mapped[Nobody]
    at: Mapped[At]


class OutsideWordRow(Base):
    """What a body outside (``body``) said to an adopted draft: its registration or its consent, given or refused."""

    __tablename__ = "outside_word"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft: Mapped[DraftNumber]
    kind: Mapped[Word]
    body: Mapped[Prose]
    day: Mapped[Word]
    reference: Mapped[Prose]
    given: Mapped[bool]
    member: Mapped[MemberId]
    at: Mapped[At]


class ProvisoRow(Base):
    """A clause of a draft comes into force only on a day ("from"), or is in force only until the end of one ("until")."""

    __tablename__ = "proviso"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft: Mapped[DraftNumber]
    clause: Mapped[Word]
    kind: Mapped[Word]
    day: Mapped[Word]
    note: Mapped[Prose]
    member: Mapped[MemberId]
    at: Mapped[At]


class CorrectionRow(Base):
    """How a clause of an edition is to be written without a change of what it says."""

    __tablename__ = "correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition: Mapped[int] = mapped_column(ForeignKey("edition.number"), index=True)
    clause: Mapped[Word]
    heading: Mapped[Prose]
    text: Mapped[Prose]
    reason: Mapped[Prose]
    member: Mapped[MemberId]
    at: Mapped[At]


class CorrectionObjectionRow(Base):
    """A member's objection to a correction; one is enough to stop it."""

    __tablename__ = "correction_objection"

    correction: Mapped[int] = mapped_column(ForeignKey("correction.id"), primary_key=True)
    member: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    reason: Mapped[Prose]
    at: Mapped[At]


class CorrectedRow(Base):
    """An edition that differs from the one before it by these corrections alone."""

    __tablename__ = "corrected"

    edition: Mapped[int] = mapped_column(ForeignKey("edition.number"), primary_key=True)
    corrections: Mapped[Any] = mapped_column(Json)
    member: Mapped[Nobody]
    at: Mapped[At]


NAMES = frozenset(one.__tablename__ for one in Base.__subclasses__() if one.__module__ == __name__)
