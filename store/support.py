"""Who supports what, and how many belong to an electorate, as far as the rules ask: without names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from rulebook.belonging import ARREARS, GOOD, Selection
from store.database import reading
from store.seconds import stands
from store.tables import BodySecondRow, MemberRow, SecondRow

MOST_NAMED = 2_000  # versions in one statement


@dataclass(frozen=True, slots=True)
class Supporter:
    """A member who seconded a version, as the roll has them now. ``joined`` None: not known."""

    member: int
    branch: str
    body: str
    standing: str
    joined: date | None


@dataclass(frozen=True, slots=True)
class BodySupport:
    """A branch or affiliated body (``kind``) that seconded a version, and whether its minute was given."""

    kind: str
    name: str
    minute: bool


def members(versions: Collection[int] | None = None) -> Mapping[int, tuple[Supporter, ...]]:
    """The members who seconded each version, by its id; of these versions at least, or of all. One query."""
    query = sa.select(
        SecondRow.version, MemberRow.id, MemberRow.branch, MemberRow.body, MemberRow.standing, MemberRow.joined
    )
    query = query.join(MemberRow, MemberRow.id == SecondRow.member).where(stands())
    query = query.where(_among(SecondRow.version, versions))
    found: defaultdict[int, list[Supporter]] = defaultdict(list)
    for version, member, branch, body, standing, joined in reading().execute(query):
        found[version].append(Supporter(member, branch, body, standing, _date(joined)))
    return {version: tuple(those) for version, those in found.items()}


def bodies(versions: Collection[int] | None = None) -> Mapping[int, tuple[BodySupport, ...]]:
    """The branches and bodies that seconded each version, by its id; of these versions at least, or of all. One query."""
    query = sa.select(BodySecondRow.version, BodySecondRow.kind, BodySecondRow.body, BodySecondRow.minute)
    query = query.where(_among(BodySecondRow.version, versions))
    found: defaultdict[int, list[BodySupport]] = defaultdict(list)
    for version, kind, body, minute in reading().execute(query):
        found[version].append(BodySupport(kind, body, bool(minute)))
    return {version: tuple(those) for version, those in found.items()}


def size(selection: Selection) -> int:
    """How many on the roll belong to an electorate, by the rule of ``Selection.__contains__``. One query."""
    if selection.waiting:
        return 0
    chosen = selection.electorate
    standings = [GOOD, ARREARS] if chosen.arrears else [GOOD]
    query = sa.select(sa.func.count()).select_from(MemberRow).where(MemberRow.standing.in_(standings))
    if chosen.branches:
        query = query.where(MemberRow.branch.in_(chosen.branches))
    if chosen.bodies:
        query = query.where(MemberRow.body.in_(chosen.bodies))
    if selection.joined_before is not None:
        # Days are kept as ISO text, which sorts as they do; an unknown day is "" and belongs nowhere.
        query = query.where(MemberRow.joined != "", MemberRow.joined < selection.joined_before.isoformat())
    return reading().scalar(query) or 0


def _among(column: sa.orm.InstrumentedAttribute[int], versions: Collection[int] | None) -> sa.ColumnElement[bool]:
    """Of these versions; of so many that reading all is as fast, and a statement could not name them, of any."""
    return sa.true() if versions is None or len(versions) > MOST_NAMED else column.in_(versions)


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
