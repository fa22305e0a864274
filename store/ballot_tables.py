"""The tables of ballots. All but ``envelope`` are append-only; see store.tables."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.columns import Instant, Json
from store.database import Base
from store.tables import Digest, Moment, Number, Prose, Word

BallotKey = Annotated[int, mapped_column(ForeignKey("ballot.number"), primary_key=True)]
College = Annotated[str, mapped_column(sa.String(64), primary_key=True)]
Voter = Annotated[int, mapped_column(ForeignKey("member.id"), primary_key=True)]
MemberId = Annotated[int, mapped_column(ForeignKey("member.id"))]


class BallotRow(Base):
    """A vote that is prepared: under which ballot of the rules, on which drafts, when; ``repeats`` the one before.

    ``split`` are the questions that are put in parts. What is put is written down when it opens, in the definition.
    """

    __tablename__ = "ballot"

    number: Mapped[Number]
    rule: Mapped[Word]
    title: Mapped[Prose]
    mode: Mapped[Word]
    drafts: Mapped[Any] = mapped_column(Json)
    split: Mapped[Any] = mapped_column(Json)
    opens: Mapped[Moment]
    closes: Mapped[Moment]
    repeats: Mapped[int | None] = mapped_column(ForeignKey("ballot.number"))
    member: Mapped[MemberId]
    at: Mapped[Moment]


class BallotStepRow(Base):
    """What has been done towards a vote (its key, its rehearsal, its opening ...), in order."""

    __tablename__ = "ballot_step"

    ballot: Mapped[BallotKey]
    n: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[Word]
    payload: Mapped[Any] = mapped_column(Json)
    member: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class BallotDefinitionRow(Base):
    """What is put, to whom, by which rules: canonical JSON, and its fingerprint."""

    __tablename__ = "ballot_definition"

    ballot: Mapped[BallotKey]
    fingerprint: Mapped[str] = mapped_column(sa.String(64), unique=True)
    definition: Mapped[Prose]


class BallotVoterRow(Base):
    """Who may vote in which college, with what weight, as the roll stood at the opening."""

    __tablename__ = "ballot_voter"

    ballot: Mapped[BallotKey]
    college: Mapped[College]
    member: Mapped[Voter]
    handle: Mapped[Prose]
    weight: Mapped[int]


class EnvelopeRow(Base):
    """What a voter has handed in; the last counts until the closing. No time: nobody is to learn when somebody voted.

    ``content`` is sealed (base64url) or, in a recorded vote, the answers; ``way`` says by whom it was sealed.
    """

    __tablename__ = "envelope"

    ballot: Mapped[BallotKey]
    college: Mapped[College]
    member: Mapped[Voter]
    content: Mapped[Prose]
    hash: Mapped[Digest]
    way: Mapped[Word]


class HallCountRow(Base):
    """A batch of papers or of hands as one clerk entered it; it counts when two have entered the same."""

    __tablename__ = "hall_count"

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot: Mapped[int] = mapped_column(ForeignKey("ballot.number"), index=True)
    college: Mapped[Word]
    batch: Mapped[Word]
    papers: Mapped[Any] = mapped_column(Json)
    member: Mapped[MemberId]
    at: Mapped[Moment]


class PaperVoterRow(Base):
    """Who was handed a paper, and so does not vote here; what they may have handed in before is set aside."""

    __tablename__ = "paper_voter"

    ballot: Mapped[BallotKey]
    college: Mapped[College]
    member: Mapped[Voter]
    at: Mapped[Moment]


class BallotResultRow(Base):
    """The published papers (a line each) with their digest, and what they come to."""

    __tablename__ = "ballot_result"

    ballot: Mapped[BallotKey]
    papers: Mapped[Prose]
    digest: Mapped[Digest]
    result: Mapped[Any] = mapped_column(Json)
    member: Mapped[MemberId]
    at: Mapped[Moment]


NAMES = frozenset(one.__tablename__ for one in Base.__subclasses__() if one.__module__ == __name__)
