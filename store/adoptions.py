"""Decisions to adopt, what bodies outside said to them, provisos, and editorial corrections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from store import members
from store.adoption_tables import (
    CorrectedRow,
    CorrectionObjectionRow,
    CorrectionRow,
    DecisionRow,
    OutsideWordRow,
    ProvisoRow,
)
from store.database import reading, writing
from store.tables import AdoptionRow, DraftRow


class Kind(StrEnum):
    """What a body outside is asked for."""

    REGISTRATION = "registration"
    CONSENT = "consent"


class Term(StrEnum):
    """Whether a clause is in force only from a day on, or only until the end of one."""

    FROM = "from"
    UNTIL = "until"


class UnknownCorrection(LookupError):
    """There is no correction with this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no correction {number}.")
        self.number = number


@dataclass(frozen=True, slots=True)
class Decision:
    """That a draft is to be the next edition; ``edition`` once it is, ``refused`` when it never will be."""

    draft: int
    ballot: int | None
    drafts: tuple[int, ...]
    sentences: tuple[str, ...]
    consent: tuple[str, ...]
    at: datetime
    edition: int | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class OutsideWord:
    """What a body outside said to a draft, on which day, under which reference."""

    kind: Kind
    body: str
    day: date
    reference: str
    given: bool


@dataclass(frozen=True, slots=True)
class Proviso:
    """From which day on, or until the end of which, a clause of a draft is in force."""

    clause: str
    term: Term
    day: date
    note: str

    def holds(self, day: date) -> bool:
        """Whether the clause is in force on a day."""
        return day >= self.day if self.term is Term.FROM else day <= self.day


@dataclass(frozen=True, slots=True)
class Correction:
    """How a clause of an edition is to be written; ``made``: the edition in which it is."""

    id: int
    edition: int
    clause: str
    heading: str
    text: str
    reason: str
    member: members.Member
    at: datetime
    objections: tuple[tuple[members.Member, str, datetime], ...] = ()
    made: int | None = None


def decide(decision: Decision, member: int | None) -> None:
    """Keep that a draft is to be the next edition."""
    row = {name: getattr(decision, name) for name in ("draft", "ballot", "drafts", "sentences", "consent", "at")}
    writing().execute(sa.insert(DecisionRow).values(member=member, **row))


def decision(draft: int) -> Decision | None:
    """The decision on a draft; None when it was never adopted."""
    return next(iter(_decisions(DecisionRow.draft == draft)), None)


def waiting() -> tuple[Decision, ...]:
    """What is adopted and not in force yet, the oldest first."""
    return _decisions(AdoptionRow.edition.is_(None), DraftRow.state == "adopted")


def of_edition(number: int) -> Decision | None:
    """The decision that made an edition."""
    return next(iter(_decisions(AdoptionRow.edition == number)), None)


def _decisions(*wanted: sa.ColumnElement[bool]) -> tuple[Decision, ...]:
    query = sa.select(DecisionRow, AdoptionRow.edition, DraftRow.state).join(
        DraftRow, DraftRow.number == DecisionRow.draft
    )
    query = query.outerjoin(AdoptionRow, AdoptionRow.draft == DecisionRow.draft)
    return tuple(
        Decision(
            row.draft, row.ballot, tuple(row.drafts), tuple(row.sentences), tuple(row.consent),
            row.at, edition, state != "adopted",
        )
        for row, edition, state in reading().execute(query.where(*wanted).order_by(DecisionRow.at, DecisionRow.draft))
    )  # fmt: skip


def add_word(draft: int, word: OutsideWord, member: int, at: datetime) -> None:
    """Keep what a body outside said."""
    row = {"kind": word.kind.value, "body": word.body, "day": word.day.isoformat(), "reference": word.reference}
    writing().execute(sa.insert(OutsideWordRow).values(draft=draft, given=word.given, member=member, at=at, **row))


def words(draft: int) -> tuple[OutsideWord, ...]:
    """What bodies outside said to a draft, the first first."""
    rows = reading().scalars(sa.select(OutsideWordRow).where(OutsideWordRow.draft == draft).order_by(OutsideWordRow.id))
    return tuple(
        OutsideWord(Kind(one.kind), one.body, date.fromisoformat(one.day), one.reference, one.given) for one in rows
    )


def add_proviso(draft: int, proviso: Proviso, member: int, at: datetime) -> None:
    """Keep a proviso."""
    row = {"clause": proviso.clause, "kind": proviso.term.value, "day": proviso.day.isoformat(), "note": proviso.note}
    writing().execute(sa.insert(ProvisoRow).values(draft=draft, member=member, at=at, **row))


def provisos(drafts: Sequence[int] | None = None) -> tuple[Proviso, ...]:
    """The provisos of these drafts, or all there are, the first first."""
    query = sa.select(ProvisoRow).order_by(ProvisoRow.id)
    rows = reading().scalars(query if drafts is None else query.where(ProvisoRow.draft.in_(drafts)))
    return tuple(Proviso(one.clause, Term(one.kind), date.fromisoformat(one.day), one.note) for one in rows)


def add_correction(row: Mapping[str, Any], member: int, at: datetime) -> int:
    """Keep a correction (edition, clause, heading, text, reason); its number."""
    number: int = (
        writing()
        .execute(sa.insert(CorrectionRow).values(member=member, at=at, **row).returning(CorrectionRow.id))
        .scalar_one()
    )
    return number


def corrections() -> tuple[Correction, ...]:
    """Every correction, the newest first."""
    return _corrections()


def correction(number: int) -> Correction:
    """The correction with this number; raises UnknownCorrection."""
    found = _corrections(CorrectionRow.id == number)
    if not found:
        raise UnknownCorrection(number)
    return found[0]


def _corrections(*wanted: sa.ColumnElement[bool]) -> tuple[Correction, ...]:
    session, against = reading(), CorrectionObjectionRow
    rows = session.scalars(sa.select(CorrectionRow).where(*wanted).order_by(CorrectionRow.id.desc())).all()
    objections = session.scalars(sa.select(against).order_by(against.at)).all()
    people = members.by_ids({one.member for one in (*rows, *objections)})
    made = {number: row.edition for row in session.scalars(sa.select(CorrectedRow)) for number in row.corrections}
    return tuple(
        Correction(
            one.id, one.edition, one.clause, one.heading, one.text, one.reason, people[one.member], one.at,
            tuple((people[each.member], each.reason, each.at) for each in objections if each.correction == one.id),
            made.get(one.id),
        )
        for one in rows
    )  # fmt: skip


def object_to(correction: int, member: int, reason: str, at: datetime) -> None:
    """Keep an objection to a correction."""
    row = {"correction": correction, "member": member, "reason": reason, "at": at}
    writing().execute(sa.insert(CorrectionObjectionRow).values(**row))


def corrected(edition: int, numbers: Sequence[int], at: datetime) -> None:
    """Keep that an edition is the one before it with these corrections."""
    writing().execute(sa.insert(CorrectedRow).values(edition=edition, corrections=list(numbers), at=at))


def corrections_of(edition: int) -> tuple[int, ...]:
    """The corrections by which an edition differs from the one before; () for any other."""
    found = reading().scalar(sa.select(CorrectedRow.corrections).where(CorrectedRow.edition == edition))
    return tuple(found or ())
