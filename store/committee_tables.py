"""The tables of what the committee does in public. All but ``advice`` are append-only; see store.tables."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.columns import Instant, Json
from store.database import Base
from store.tables import Digest, Moment, Number, Prose, Word

AmendmentNumber = Annotated[int, mapped_column(ForeignKey("amendment.number"), index=True)]
VersionId = Annotated[int, mapped_column(ForeignKey("amendment_version.id"))]
MemberId = Annotated[int, mapped_column(ForeignKey("member.id"))]


class RulingRow(Base):
    """Whether an amendment may be taken, of which version; the last holds. ``ground`` and ``changes`` may be empty."""

    __tablename__ = "ruling"

    id: Mapped[int] = mapped_column(primary_key=True)
    amendment: Mapped[AmendmentNumber]
    version: Mapped[VersionId]
    outcome: Mapped[Word]
    ground: Mapped[Word]
    reason: Mapped[Prose]
    changes: Mapped[Prose]
    member: Mapped[MemberId]
    at: Mapped[Moment]


class AppealRow(Base):
    """Somebody asks those named in the rules to overturn a ruling: once."""

    __tablename__ = "appeal"

    id: Mapped[int] = mapped_column(primary_key=True)
    ruling: Mapped[int] = mapped_column(ForeignKey("ruling.id"), unique=True)
    reason: Mapped[Prose]
    member: Mapped[MemberId]
    at: Mapped[Moment]


class AppealOutcomeRow(Base):
    """What became of an appeal, with the votes where they were counted."""

    __tablename__ = "appeal_outcome"

    appeal: Mapped[int] = mapped_column(ForeignKey("appeal.id"), primary_key=True)
    upheld: Mapped[bool]
    in_favour: Mapped[int | None]
    against: Mapped[int | None]
    reason: Mapped[Prose]
    member: Mapped[MemberId]
    at: Mapped[Moment]


class RecommendationRow(Base):
    """What the committee advises voters to do with a version of an amendment; the last holds."""

    __tablename__ = "recommendation"

    id: Mapped[int] = mapped_column(primary_key=True)
    amendment: Mapped[AmendmentNumber]
    version: Mapped[VersionId]
    kind: Mapped[Word]
    reason: Mapped[Prose]
    changes: Mapped[Prose]
    member: Mapped[MemberId]
    at: Mapped[Moment]


class AdviceRow(Base):
    """A message between the committee and a mover; nobody else reads it."""

    __tablename__ = "advice"

    id: Mapped[int] = mapped_column(primary_key=True)
    amendment: Mapped[AmendmentNumber]
    text: Mapped[Prose]
    member: Mapped[MemberId]
    at: Mapped[Moment]


class RuledRelationRow(Base):
    """How the committee rules that an amendment stands to another; the last of amendment, kind and other holds."""

    __tablename__ = "ruled_relation"

    id: Mapped[int] = mapped_column(primary_key=True)
    amendment: Mapped[AmendmentNumber]
    kind: Mapped[Word]
    other: Mapped[AmendmentNumber]
    stands: Mapped[bool]
    reason: Mapped[Prose]
    member: Mapped[MemberId]
    at: Mapped[Moment]


class RelationChallengeRow(Base):
    """Somebody asks those named in the rules to overturn a ruled relation."""

    __tablename__ = "relation_challenge"

    id: Mapped[int] = mapped_column(primary_key=True)
    relation: Mapped[int] = mapped_column(ForeignKey("ruled_relation.id"), index=True)
    reason: Mapped[Prose]
    member: Mapped[MemberId]
    at: Mapped[Moment]


class ChallengeOutcomeRow(Base):
    """What became of a challenge, with the votes where they were counted."""

    __tablename__ = "challenge_outcome"

    challenge: Mapped[int] = mapped_column(ForeignKey("relation_challenge.id"), primary_key=True)
    upheld: Mapped[bool]
    in_favour: Mapped[int | None]
    against: Mapped[int | None]
    reason: Mapped[Prose]
    member: Mapped[MemberId]
    at: Mapped[Moment]


class CompositeRevisionRow(Base):
    """The choices of a composite as each saving left them: what two members changed is told from their common one."""

    __tablename__ = "composite_revision"

    composite: Mapped[int] = mapped_column(ForeignKey("composite.number"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    choices: Mapped[Any] = mapped_column(Json)
    member: Mapped[MemberId]
    at: Mapped[Moment]


class CompositeLeftRow(Base):
    """An amendment that a composite leaves (``stands``) or takes up after all, with the reason; the last holds."""

    __tablename__ = "composite_left"

    id: Mapped[int] = mapped_column(primary_key=True)
    composite: Mapped[int] = mapped_column(ForeignKey("composite.number"), index=True)
    amendment: Mapped[AmendmentNumber]
    stands: Mapped[bool]
    reason: Mapped[Prose]
    member: Mapped[MemberId]
    at: Mapped[Moment]


class ConsentRequestRow(Base):
    """Those whose consent a composite needs were asked about a text (``digest``), until ``closes``; the last holds."""

    __tablename__ = "consent_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    composite: Mapped[int] = mapped_column(ForeignKey("composite.number"), index=True)
    digest: Mapped[Digest]
    closes: Mapped[datetime | None] = mapped_column(Instant)
    member: Mapped[MemberId]
    at: Mapped[Moment]


class ConsentAnswerRow(Base):
    """What one of them answered; the last of a request and member holds."""

    __tablename__ = "consent_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    request: Mapped[int] = mapped_column(ForeignKey("consent_request.id"), index=True)
    agrees: Mapped[bool]
    reason: Mapped[Prose]
    member: Mapped[MemberId]
    at: Mapped[Moment]


class DraftItemRow(Base):
    """What a draft made of an amendment (``fate``) and why; ``set_aside`` lists in sentences what it did not follow."""

    __tablename__ = "draft_item"

    draft: Mapped[int] = mapped_column(ForeignKey("draft.number"), primary_key=True)
    amendment: Mapped[int] = mapped_column(ForeignKey("amendment.number"), primary_key=True, index=True)
    version: Mapped[VersionId]
    fate: Mapped[Word]
    reason: Mapped[Prose]
    set_aside: Mapped[Any] = mapped_column(Json)


class DraftWordingRow(Base):
    """Words of the committee's own in a draft, under the ``key`` of the choice that wrote them, and their reason."""

    __tablename__ = "draft_wording"

    draft: Mapped[int] = mapped_column(ForeignKey("draft.number"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[Prose]
    clause: Mapped[str | None] = mapped_column(sa.String(64))
    words: Mapped[Prose]
    reason: Mapped[Prose]


class DraftObjectionRow(Base):
    """A member's objection to a frozen draft; the last of a draft and member holds, one without a reason takes it back."""

    __tablename__ = "draft_objection"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft: Mapped[int] = mapped_column(ForeignKey("draft.number"), index=True)
    reason: Mapped[Prose]
    member: Mapped[MemberId]
    at: Mapped[Moment]


class PublicationRow(Base):
    """An agenda: amendments ``ordered_by`` what the rulebook says (or as the committee put them), for a draft or none."""

    __tablename__ = "publication"

    number: Mapped[Number]
    title: Mapped[Prose]
    ordered_by: Mapped[Word]
    draft: Mapped[int | None] = mapped_column(ForeignKey("draft.number"))
    member: Mapped[MemberId]
    at: Mapped[Moment]


class PublicationItemRow(Base):
    """The number that an amendment has in a publication."""

    __tablename__ = "publication_item"

    publication: Mapped[int] = mapped_column(ForeignKey("publication.number"), primary_key=True)
    amendment: Mapped[int] = mapped_column(ForeignKey("amendment.number"), primary_key=True, index=True)
    agenda: Mapped[int]


NAMES = frozenset(one.__tablename__ for one in Base.__subclasses__() if one.__module__ == __name__)
