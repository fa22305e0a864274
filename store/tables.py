"""The tables. Migrations are written by hand; a test compares them with this file.

What is *append-only* is guarded by triggers on both databases (see the first migration): ``log_entry``,
``clause``, ``wording``, ``edition``, ``edition_clause``, ``adoption``, ``process``, ``amendment_version``,
``amendment_clause``, ``amendment_state``, ``second``, ``composite_amendment``, ``draft_clause``, ``roll_snapshot``,
``roll_entry``, ``stage_date``, ``body_second``, ``amendment_body``, ``amendment_relation``, ``second_change``,
``version_objection``, ``point_version``, all tables of the committee (``store.committee_tables``) but ``advice``, and all of
ballots (``store.ballot_tables``) but ``envelope``, in which nothing changes once the vote is closed. Of
``amendment`` and ``draft`` only the state may change, and no row goes away.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from store.columns import Instant, Json
from store.database import Base

Digest = Annotated[str, mapped_column(sa.String(64))]
Number = Annotated[int, mapped_column(primary_key=True, autoincrement=False)]
Prose = Annotated[str, mapped_column(sa.Text)]
Moment = Annotated[datetime, mapped_column(Instant)]
Word = Annotated[str, mapped_column(sa.String(64))]


class MemberRow(Base):
    """A person on the roll. The handle is for life: the log speaks of it.

    ``membership`` is the organisation's own number, "" for none; ``joined`` a date (ISO) or ""; ``email_key`` the
    address folded for comparison. Who leaves or is erased stays, without what was known of them.
    """

    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[Prose]
    email: Mapped[Prose]
    branch: Mapped[Prose]
    body: Mapped[Prose]
    membership: Mapped[str] = mapped_column(sa.Text, index=True, default="")
    joined: Mapped[str] = mapped_column(sa.Text, default="")
    standing: Mapped[str] = mapped_column(sa.String(64), default="good")
    email_key: Mapped[str] = mapped_column(sa.Text, index=True, default="")
    visible_to: Mapped[str] = mapped_column(sa.String(64), default="members")


class RollSnapshotRow(Base):
    """Who was on the roll at a moment, for an electorate or a threshold; ``digest`` is over its entries."""

    __tablename__ = "roll_snapshot"

    number: Mapped[Number]
    at: Mapped[Moment]
    reason: Mapped[Prose]
    members: Mapped[int]
    digest: Mapped[Digest]


class RollEntryRow(Base):
    """A member as the roll had them at a snapshot; ``roles`` in alphabetical order, parted by spaces."""

    __tablename__ = "roll_entry"

    snapshot: Mapped[int] = mapped_column(ForeignKey("roll_snapshot.number"), primary_key=True)
    member: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    handle: Mapped[Prose]
    branch: Mapped[Prose]
    body: Mapped[Prose]
    joined: Mapped[Prose]
    standing: Mapped[Word]
    roles: Mapped[Prose]


class SessionRow(Base):
    """A browser that is signed in. ``id`` is the digest of what its cookie holds; ``ended`` once signed out."""

    __tablename__ = "session"

    id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    member: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    by: Mapped[Word]
    device: Mapped[Prose]
    at: Mapped[Moment]
    seen: Mapped[Moment]
    expires: Mapped[Moment]
    ended: Mapped[datetime | None] = mapped_column(Instant)


class TicketRow(Base):
    """A secret that may be used once: a sign-in link, the challenge to a passkey, a changed address to confirm.

    ``id`` is the digest of the secret, ``browser`` that of what the asking browser was given. ``member`` is None for an
    address nobody has: the answer must not tell.
    """

    __tablename__ = "ticket"

    id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    purpose: Mapped[Word]
    member: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    browser: Mapped[Digest]
    payload: Mapped[Any] = mapped_column(Json)
    at: Mapped[Moment]
    expires: Mapped[Moment]
    used: Mapped[datetime | None] = mapped_column(Instant)


class AttemptRow(Base):
    """One attempt at something that is limited; ``key`` is the digest of what and by whom."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[Digest]
    at: Mapped[Moment]


class PasskeyRow(Base):
    """A passkey of a member; ``credential`` and ``public_key`` in base64url."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    member: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    credential: Mapped[str] = mapped_column(sa.String(1400), unique=True)
    public_key: Mapped[Prose]
    sign_count: Mapped[int]
    name: Mapped[Prose]
    at: Mapped[Moment]
    used: Mapped[datetime | None] = mapped_column(Instant)


class NoticeRow(Base):
    """A message to be sent, written in the transaction of the act it tells of.

    ``message_id`` is made of what it tells and to whom, so that telling twice is refused. ``due`` None: only shown on
    the member's page.
    """

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(sa.String(255), unique=True)
    member: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    kind: Mapped[Word]
    address: Mapped[Prose]
    subject: Mapped[Prose]
    body: Mapped[Prose]
    at: Mapped[Moment]
    due: Mapped[datetime | None] = mapped_column(Instant, index=True)
    sent: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int]
    error: Mapped[Prose]


class NoticeChoiceRow(Base):
    """How a member wants to hear of one kind of thing: at once, daily, none."""

    __tablename__ = "notice_choice"

    member: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    choice: Mapped[Word]


class StageDateRow(Base):
    """A date that was set or changed since the rulebook was fixed: the last of a name and edge holds.

    ``edge`` is "opens" or "closes" of the stage ``name``, or "event" for something that has happened.
    """

    __tablename__ = "stage_date"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Word]
    edge: Mapped[Word]
    moment: Mapped[Moment]
    reason: Mapped[Prose]
    at: Mapped[Moment]


class MemberRoleRow(Base):
    """A role that a member holds; a table of its own because a member may hold several."""

    __tablename__ = "member_role"

    member: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    role: Mapped[str] = mapped_column(sa.String(64), primary_key=True, index=True)


class ProcessRow(Base):
    """The organisation's name and rules; the last row holds, the others are what held before."""

    __tablename__ = "process"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation: Mapped[Prose]
    rulebook: Mapped[Prose]
    digest: Mapped[Digest]


class ClauseRow(Base):
    """The identity of a clause, for life. What it says and where it stands belongs to an edition."""

    __tablename__ = "clause"

    id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)


class WordingRow(Base):
    """A heading or a text, kept once however many editions print it, and addressed by its own digest."""

    __tablename__ = "wording"

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    text: Mapped[Prose]


class Book:
    """What editions and drafts have in common: a whole rule book, less its clauses."""

    digest: Mapped[Digest]
    book_title: Mapped[Prose]
    front: Mapped[Prose]
    language: Mapped[Word]
    insertions: Mapped[Word]
    repeals: Mapped[Word]


class Placed:
    """One clause as it stands in a whole rule book. ``position`` counts from 0 among the children of ``parent``."""

    position: Mapped[int]
    kind: Mapped[Word]
    mark: Mapped[Any] = mapped_column(Json)
    repealed: Mapped[bool]

    @declared_attr
    @classmethod
    def clause(cls) -> Mapped[str]:
        """The permanent id of the clause."""
        return mapped_column(ForeignKey("clause.id"), primary_key=True, index=True)

    @declared_attr
    @classmethod
    def parent(cls) -> Mapped[str | None]:
        """The clause above, None at the top level."""
        return mapped_column(sa.String(64))

    @declared_attr
    @classmethod
    def heading(cls) -> Mapped[str]:
        """The digest of the heading's wording."""
        return mapped_column(ForeignKey("wording.digest"))

    @declared_attr
    @classmethod
    def text(cls) -> Mapped[str]:
        """The digest of the text's wording."""
        return mapped_column(ForeignKey("wording.digest"))


class EditionRow(Book, Base):
    """A rule book as it was in force from a moment on; the highest number is in force. Never changed."""

    __tablename__ = "edition"

    number: Mapped[Number]
    note: Mapped[Prose]
    at: Mapped[Moment]


class EditionClauseRow(Placed, Base):
    """A clause of an edition."""

    __tablename__ = "edition_clause"
    __table_args__ = (ForeignKeyConstraint(["edition", "parent"], ["edition_clause.edition", "edition_clause.clause"]),)

    edition: Mapped[int] = mapped_column(ForeignKey("edition.number"), primary_key=True)


class AdoptionRow(Base):
    """Which draft became which edition; a table of its own because the two would point at each other."""

    __tablename__ = "adoption"

    edition: Mapped[int] = mapped_column(ForeignKey("edition.number"), primary_key=True)
    draft: Mapped[int] = mapped_column(ForeignKey("draft.number"), unique=True)


class AmendmentRow(Base):
    """An amendment. Its number is for life; ``state`` is that of its last ``amendment_state`` (amendments.states)."""

    __tablename__ = "amendment"

    number: Mapped[Number]
    mover: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    state: Mapped[str] = mapped_column(sa.String(64), index=True)
    created: Mapped[Moment]


class AmendmentVersionRow(Base):
    """What an amendment says: never changed, only followed by the next version, because seconds bind to it.

    ``on_version`` is what an amendment to an amendment changes: its edits are to the text as that version would make
    it (no foreign key: SQLite adds none to a table that is there). ``note`` says why this version followed the one before.
    """

    __tablename__ = "amendment_version"
    __table_args__ = (UniqueConstraint("amendment", "n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    amendment: Mapped[int] = mapped_column(ForeignKey("amendment.number"))
    n: Mapped[int]
    title: Mapped[Prose]
    reason: Mapped[Prose]
    base_edition: Mapped[int] = mapped_column(ForeignKey("edition.number"))
    edits: Mapped[Any] = mapped_column(Json)
    digest: Mapped[Digest]
    at: Mapped[Moment]
    on_version: Mapped[int | None]
    note: Mapped[str] = mapped_column(sa.Text, default="")


class AmendmentClauseRow(Base):
    """An index from a clause to the versions that touch it. No foreign key: a clause to be inserted is not yet one."""

    __tablename__ = "amendment_clause"

    version: Mapped[int] = mapped_column(ForeignKey("amendment_version.id"), primary_key=True)
    clause: Mapped[str] = mapped_column(sa.String(64), primary_key=True, index=True)


class AmendmentStateRow(Base):
    """One step in the life of an amendment, with its reason."""

    __tablename__ = "amendment_state"

    amendment: Mapped[int] = mapped_column(ForeignKey("amendment.number"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[Word]
    at: Mapped[Moment]
    reason: Mapped[Prose]


class SecondRow(Base):
    """A member's support for the exact text of a version: nobody counts twice."""

    __tablename__ = "second"

    version: Mapped[int] = mapped_column(ForeignKey("amendment_version.id"), primary_key=True)
    member: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True, index=True)
    at: Mapped[Moment]


class BodySecondRow(Base):
    """The support of a branch or an affiliated body (``kind``) for the exact text of a version, by its officer.

    ``decided`` is the date (ISO) of its decision and ``minute`` where that is written.
    """

    __tablename__ = "body_second"

    version: Mapped[int] = mapped_column(ForeignKey("amendment_version.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    body: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    member: Mapped[int] = mapped_column(ForeignKey("member.id"))
    decided: Mapped[Prose]
    minute: Mapped[Prose]
    at: Mapped[Moment]


class AmendmentBodyRow(Base):
    """The branch or affiliated body in whose name an amendment is moved, and its decision."""

    __tablename__ = "amendment_body"

    amendment: Mapped[int] = mapped_column(ForeignKey("amendment.number"), primary_key=True)
    kind: Mapped[Word]
    body: Mapped[str] = mapped_column(sa.String(200))
    decided: Mapped[Prose]
    minute: Mapped[Prose]


class AmendmentRelationRow(Base):
    """How its mover wants an amendment to stand to another (``kind``: amendments.relations.Relation)."""

    __tablename__ = "amendment_relation"

    amendment: Mapped[int] = mapped_column(ForeignKey("amendment.number"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    other: Mapped[int] = mapped_column(ForeignKey("amendment.number"), primary_key=True, index=True)
    at: Mapped[Moment]


class SecondChangeRow(Base):
    """A second taken back (``seconds`` False) or given again: the last of a version and member holds."""

    __tablename__ = "second_change"
    __table_args__ = (Index("ix_second_change_version_member", "version", "member"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(ForeignKey("amendment_version.id"))
    member: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    seconds: Mapped[bool]
    at: Mapped[Moment]


class VersionObjectionRow(Base):
    """A seconder's objection to the version that followed the one they seconded."""

    __tablename__ = "version_objection"

    version: Mapped[int] = mapped_column(ForeignKey("amendment_version.id"), primary_key=True)
    member: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    reason: Mapped[Prose]
    at: Mapped[Moment]


class UnfinishedRow(Base):
    """What a member has typed and not submitted. ``revision`` counts the savings; ``amendment`` when it is one's next text."""

    __tablename__ = "unfinished"

    id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    member: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    amendment: Mapped[int | None] = mapped_column(ForeignKey("amendment.number"))
    content: Mapped[Any] = mapped_column(Json)
    revision: Mapped[int]
    begun: Mapped[Moment]
    saved: Mapped[Moment]


class PointRow(Base):
    """A member's one point for or against (``side``) an amendment; ``hidden`` since when, and why."""

    __tablename__ = "point"
    __table_args__ = (
        UniqueConstraint("amendment", "member"),
        CheckConstraint("side IN ('for', 'against')", name="side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    amendment: Mapped[int] = mapped_column(ForeignKey("amendment.number"))
    member: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    side: Mapped[Word]
    at: Mapped[Moment]
    hidden: Mapped[datetime | None] = mapped_column(Instant)
    hidden_reason: Mapped[str] = mapped_column(sa.Text, default="")


class PointVersionRow(Base):
    """What a point says, and what it said before: ``n`` counts from 1."""

    __tablename__ = "point_version"

    point: Mapped[int] = mapped_column(ForeignKey("point.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[Prose]
    at: Mapped[Moment]


class FollowRow(Base):
    """Whom to tell of what: ``kind`` is clause, amendment or branch, ``subject`` its id, number or name."""

    __tablename__ = "follow"
    __table_args__ = (Index("ix_follow_kind_subject", "kind", "subject"),)

    member: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    subject: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    at: Mapped[Moment]


class SearchDocumentRow(Base):
    """What can be found: a clause of the edition in force, or the text of an amendment that stands (``kind``).

    Derived from other rows, so that it may change and go; its words are in ``search_index``, which each database has
    in its own way (see store.finding). ``label`` and ``place`` (smallest first) order what was found.
    """

    __tablename__ = "search_document"
    __table_args__ = (Index("ix_search_document_kind_place", "kind", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Word]
    clause: Mapped[str | None] = mapped_column(ForeignKey("clause.id"), unique=True)
    amendment: Mapped[int | None] = mapped_column(ForeignKey("amendment.number"), unique=True)
    version: Mapped[int | None] = mapped_column(ForeignKey("amendment_version.id"), index=True)
    place: Mapped[int]
    label: Mapped[str] = mapped_column(sa.String(200), index=True)
    title: Mapped[Prose]
    text: Mapped[Prose]


class CompositeRow(Base):
    """Several amendments on the committee's desk: open, then drafted or abandoned. ``revision`` counts the savings."""

    __tablename__ = "composite"
    __table_args__ = (CheckConstraint("state IN ('open', 'drafted', 'abandoned')", name="state"),)

    number: Mapped[Number]
    title: Mapped[Prose]
    base_edition: Mapped[int] = mapped_column(ForeignKey("edition.number"))
    choices: Mapped[Any] = mapped_column(Json)
    state: Mapped[Word]
    revision: Mapped[int]
    at: Mapped[Moment]


class CompositeAmendmentRow(Base):
    """An original that a composite keeps."""

    __tablename__ = "composite_amendment"

    composite: Mapped[int] = mapped_column(ForeignKey("composite.number"), primary_key=True)
    amendment: Mapped[int] = mapped_column(ForeignKey("amendment.number"), primary_key=True, index=True)


class DraftRow(Book, Base):
    """A whole rule book as it would be: frozen, then adopted or superseded. Only ``state`` ever changes."""

    __tablename__ = "draft"
    __table_args__ = (CheckConstraint("state IN ('frozen', 'adopted', 'superseded')", name="state"),)

    number: Mapped[Number]
    title: Mapped[Prose]
    composite: Mapped[int] = mapped_column(ForeignKey("composite.number"), index=True)
    base_edition: Mapped[int] = mapped_column(ForeignKey("edition.number"))
    redline_digest: Mapped[Digest]
    provenance: Mapped[Any] = mapped_column(Json)
    frozen_at: Mapped[Moment]
    state: Mapped[Word]


class DraftClauseRow(Placed, Base):
    """A clause of a draft."""

    __tablename__ = "draft_clause"
    __table_args__ = (ForeignKeyConstraint(["draft", "parent"], ["draft_clause.draft", "draft_clause.clause"]),)

    draft: Mapped[int] = mapped_column(ForeignKey("draft.number"), primary_key=True)


class LogEntryRow(Base):
    """One act. ``previous`` is the hash of the entry before: unique, so that the chain cannot fork."""

    __tablename__ = "log_entry"
    __table_args__ = (UniqueConstraint("previous"), UniqueConstraint("hash"), Index(None, "subject"))

    seq: Mapped[Number]
    at: Mapped[Moment]
    actor: Mapped[Word]
    act: Mapped[Word]
    subject: Mapped[Prose]
    payload: Mapped[Prose]
    payload_digest: Mapped[Digest]
    previous: Mapped[Digest]
    hash: Mapped[Digest]
